//! HTTP for route notices and for mediation that ends without an agreement.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::RouteNotice;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::http::{Body, Created, EXAMPLE_ID, Problem, Tag, Versioned, example_instant};
use crate::words::{Manner, Outcome, TerminationReason};

/// That a party was told of the routes that remain.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordRouteNotice {
    /// The party who was told.
    party_id: Uuid,
    /// When they were told of arbitration, administrative and court routes.
    told_at: DateTime<Utc>,
    manner: Manner,
}

impl Example for RecordRouteNotice {
    fn example() -> Self {
        Self { party_id: EXAMPLE_ID, told_at: example_instant(), manner: Manner::InPerson }
    }
}

/// How mediation ends when there is no agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Ending {
    /// It was tried and brought no agreement (调解不成).
    Failed,
    /// It was broken off (终止调解).
    Terminated,
}

impl From<Ending> for Outcome {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Failed => Self::Failed,
            Ending::Terminated => Self::Terminated,
        }
    }
}

/// Why mediation ends without an agreement.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ConcludeMediation {
    outcome: Ending,
    reason: TerminationReason,
    /// The reason in words, as it will stand in the case file.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for ConcludeMediation {
    fn example() -> Self {
        Self {
            outcome: Ending::Failed,
            reason: TerminationReason::NoAgreement,
            explanation: "双方对退款金额分歧较大，经两次调解未能达成一致。".to_owned(),
        }
    }
}

/// That the authority ends mediation, and why.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DecideTermination {
    reason: TerminationReason,
    /// The reason in words, as the parties will be told it.
    #[oai(validator(min_length = 1, max_length = 2000))]
    explanation: String,
}

impl Example for DecideTermination {
    fn example() -> Self {
        Self {
            reason: TerminationReason::NoAgreement,
            explanation: "双方分歧较大，被投诉人明确表示无法达成协议。".to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct OutcomesApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Outcome")]
impl OutcomesApi {
    /// List who was told of the other routes
    ///
    /// Oldest first. A declined case has the notice to each of its applicants here.
    #[oai(path = "/:case_id/route-notices", method = "get", operation_id = "list_route_notices")]
    async fn list_route_notices(
        &self,
        call: Allowed<can::ListRouteNotices>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<RouteNotice>>, Problem> {
        let (version, notices) = service::list_route_notices(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, notices))
    }

    /// Record that a party was told of the other routes
    ///
    /// Mediation bars no other route: each party must know of arbitration, administrative and
    /// court routes before mediation ends without an agreement (PML 26; O121 25).
    #[oai(path = "/:case_id/route-notices", method = "post", operation_id = "record_route_notice")]
    async fn record_route_notice(
        &self,
        call: Allowed<can::RecordRouteNotice>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordRouteNotice>,
    ) -> Result<Created<RouteNotice>, Problem> {
        let RecordRouteNotice { party_id, told_at, manner } = body.0;
        let input = service::RecordRouteNotice { party_id, told_at, manner };
        Ok(service::record_route_notice(&self.0, &call, case_id.0, input).await?.into())
    }

    /// Decide to end the authority's mediation
    ///
    /// On the authority's tracks an officer or the director decides first (O121 23); then each
    /// party is told under `…/route-notices` within seven working days, and then the case is
    /// closed under `…/conclusion`. `409 no_decision_needed` on the people's track,
    /// `reason_not_of_this_track` for a reason the track does not know.
    #[oai(
        path = "/:case_id/termination-decision",
        method = "post",
        operation_id = "decide_termination"
    )]
    async fn decide_termination(
        &self,
        call: Allowed<can::DecideTermination>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<DecideTermination>,
    ) -> Result<Created<Case>, Problem> {
        let DecideTermination { reason, explanation } = body.0;
        let decided =
            service::decide_termination(&self.0, &call, case_id.0, reason, explanation).await?;
        Ok(decided.into())
    }

    /// End mediation without an agreement
    ///
    /// Closes an accepted or mediating case as `failed` or `terminated`, for a reason the track
    /// knows (`409 reason_not_of_this_track`). On the authority's tracks it needs the decision
    /// (`termination_not_decided`, O121 23) and its reason. Needs that each party was told of the other routes (PML 26; O121 25), all minutes, and no hearing still
    /// scheduled. An agreement that never took effect is superseded.
    #[oai(path = "/:case_id/conclusion", method = "post", operation_id = "conclude_mediation")]
    async fn conclude_mediation(
        &self,
        call: Allowed<can::ConcludeMediation>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ConcludeMediation>,
    ) -> Result<Created<Case>, Problem> {
        let ConcludeMediation { outcome, reason, explanation } = body.0;
        let input = service::Conclude { outcome: outcome.into(), reason, explanation };
        Ok(service::conclude(&self.0, &call, case_id.0, input).await?.into())
    }
}
