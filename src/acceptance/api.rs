//! HTTP for the decision on a case and for endings by the parties.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::http::{Body, Created, EXAMPLE_ID, Problem, Tag, example_instant};
use crate::words::{DeclineReason, Manner};

/// Why a case is not taken on, and how the applicants were told.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DeclineCase {
    reason: DeclineReason,
    /// The reason in words, as the applicants were told it.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
    /// When they were told the reason and the routes that remain to them.
    told_at: DateTime<Utc>,
    manner: Manner,
}

impl Example for DeclineCase {
    fn example() -> Self {
        Self {
            reason: DeclineReason::HandledElsewhere,
            explanation: "同一纠纷已由徐汇区人民法院立案受理。".to_owned(),
            told_at: example_instant(),
            manner: Manner::Phone,
        }
    }
}

/// Where a case is sent instead.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ReferCase {
    /// The office that will deal with it.
    office_id: Uuid,
    /// Why there and not here.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for ReferCase {
    fn example() -> Self {
        Self {
            office_id: EXAMPLE_ID,
            explanation: "属于劳动争议，转送劳动争议调解组织。".to_owned(),
        }
    }
}

/// How the parties ended it.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EndByParties {
    /// What the parties said.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for EndByParties {
    fn example() -> Self {
        Self { explanation: "商家已全额退款，申请人不再要求调解。".to_owned() }
    }
}

#[derive(Debug)]
pub struct AcceptanceApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Acceptance")]
impl AcceptanceApi {
    /// Accept a case (受理)
    ///
    /// The case gets its number, without gap or double, and becomes `accepted`. Needs an
    /// applicant, a respondent, a claim, no open supplement, and nobody who clearly refuses
    /// mediation (PML 17).
    #[oai(path = "/:case_id/acceptance", method = "post", operation_id = "accept_case")]
    async fn accept_case(
        &self,
        call: Allowed<can::AcceptCase>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::accept(&self.0, &call, case_id.0).await?.into())
    }

    /// Decline a case
    ///
    /// Closes a registered case with a reason. The applicants must have been told the reason
    /// and the routes that remain to them (O121 15; CRPL 39); when and how is recorded.
    #[oai(path = "/:case_id/declination", method = "post", operation_id = "decline_case")]
    async fn decline_case(
        &self,
        call: Allowed<can::DeclineCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<DeclineCase>,
    ) -> Result<Created<Case>, Problem> {
        let DeclineCase { reason, explanation, told_at, manner } = body.0;
        let input = service::Decline { reason, explanation, told_at, manner };
        Ok(service::decline(&self.0, &call, case_id.0, input).await?.into())
    }

    /// Refer a case to another desk (转送)
    ///
    /// Closes a registered case that is not for the station and names the office that will
    /// deal with it.
    #[oai(path = "/:case_id/referral", method = "post", operation_id = "refer_case")]
    async fn refer_case(
        &self,
        call: Allowed<can::ReferCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ReferCase>,
    ) -> Result<Created<Case>, Problem> {
        let ReferCase { office_id, explanation } = body.0;
        Ok(service::refer(&self.0, &call, case_id.0, office_id, explanation).await?.into())
    }

    /// Record that the applicant withdraws
    ///
    /// Closes the case at any stage before an agreement. Mediation never bars arbitration,
    /// administrative or court routes (PML 3).
    #[oai(path = "/:case_id/withdrawal", method = "post", operation_id = "withdraw_case")]
    async fn withdraw_case(
        &self,
        call: Allowed<can::WithdrawCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<EndByParties>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::withdraw(&self.0, &call, case_id.0, body.0.explanation).await?.into())
    }

    /// Record that the parties settled by themselves (和解)
    ///
    /// Closes the case with the outcome `settled_privately`; the station makes no agreement.
    #[oai(
        path = "/:case_id/private-settlement",
        method = "post",
        operation_id = "record_settlement"
    )]
    async fn record_settlement(
        &self,
        call: Allowed<can::RecordSettlement>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<EndByParties>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::settle(&self.0, &call, case_id.0, body.0.explanation).await?.into())
    }
}
