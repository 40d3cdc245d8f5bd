//! HTTP for suspending, resuming and extending mediation.

use chrono::NaiveDate;
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::{MediationExtension, Suspension};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned, example_instant};
use crate::words::SuspensionReason;

/// That mediation stands still.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SuspendMediation {
    pub reason: SuspensionReason,
    /// The first day on which it stands still; today or earlier.
    pub from: NaiveDate,
    /// The last day, when it is over already.
    pub to: Option<NaiveDate>,
    /// The reason in words, such as who appraises what.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub explanation: String,
}

impl Example for SuspendMediation {
    fn example() -> Self {
        Self {
            reason: SuspensionReason::Appraisal,
            from: example_instant().date_naive(),
            to: None,
            explanation: "双方同意委托市质量监督检验院鉴定压缩机故障原因。".to_owned(),
        }
    }
}

/// That mediation goes on.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ResumeMediation {
    /// The last day on which it stood still; the clocks go on with the day after.
    pub to: NaiveDate,
}

impl Example for ResumeMediation {
    fn example() -> Self {
        Self { to: example_instant().date_naive() }
    }
}

/// That both parties give mediation more time.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ExtendMediation {
    /// By so many days, in the unit of the rule.
    #[oai(validator(minimum(value = "1"), maximum(value = "365")))]
    pub days: i32,
    /// Why, in words.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub explanation: String,
}

impl Example for ExtendMediation {
    fn example() -> Self {
        Self {
            days: 15, explanation: "双方希望等待总部答复后继续协商。".to_owned()
        }
    }
}

#[derive(Debug)]
pub struct SuspensionsApi(pub App);

#[OpenApi(tag = "Tag::Deadlines")]
impl SuspensionsApi {
    /// List the suspensions of a case
    ///
    /// Oldest first: why and when mediation stood still.
    #[oai(path = "/cases/:case_id/suspensions", method = "get", operation_id = "list_suspensions")]
    async fn list_suspensions(
        &self,
        call: Allowed<can::ListSuspensions>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Suspension>>, Problem> {
        let (version, suspensions) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, suspensions))
    }

    /// Suspend mediation (中止)
    ///
    /// Records days on which mediation stands still. A clock stops only where its rule stops for
    /// the reason: the time of an appraisal is not counted (O121 22), a party's absence is. `409`
    /// for days to come, before acceptance, that end before they begin or overlap another
    /// suspension, and while one lasts.
    #[oai(
        path = "/cases/:case_id/suspensions",
        method = "post",
        operation_id = "suspend_mediation"
    )]
    async fn suspend_mediation(
        &self,
        call: Allowed<can::SuspendMediation>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<SuspendMediation>,
    ) -> Result<Created<Suspension>, Problem> {
        Ok(service::suspend(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Resume mediation (恢复)
    ///
    /// Ends a suspension that lasts; the clocks it stopped go on with the day after its last one.
    /// `409` for a day to come or before its first one, and when it is over already.
    #[oai(
        path = "/suspensions/:suspension_id/resumption",
        method = "post",
        operation_id = "resume_mediation"
    )]
    async fn resume_mediation(
        &self,
        call: Allowed<can::ResumeMediation>,
        /// The suspension.
        suspension_id: Path<Uuid>,
        body: Body<ResumeMediation>,
    ) -> Result<Versioned<Suspension>, Problem> {
        Ok(service::resume(&self.0, &call, suspension_id.0, body.0).await?.into())
    }

    /// List the extensions of a mediation
    ///
    /// Oldest first.
    #[oai(path = "/cases/:case_id/extensions", method = "get", operation_id = "list_extensions")]
    async fn list_extensions(
        &self,
        call: Allowed<can::ListExtensions>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<MediationExtension>>, Problem> {
        let (version, extensions) = service::list_extensions(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, extensions))
    }

    /// Extend mediation (延长)
    ///
    /// Gives mediation more time where the law lets both parties do so: people's mediation, and
    /// a court's referral (SPC on invited mediation 27). Each party's consent `extension` must be
    /// on record, anew for each extension (`409 consent_to_extension_missing`). The authority's
    /// 60 days cannot be extended (`409 not_extensible`, O121 23).
    #[oai(path = "/cases/:case_id/extensions", method = "post", operation_id = "extend_mediation")]
    async fn extend_mediation(
        &self,
        call: Allowed<can::ExtendMediation>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ExtendMediation>,
    ) -> Result<Created<MediationExtension>, Problem> {
        Ok(service::extend(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
