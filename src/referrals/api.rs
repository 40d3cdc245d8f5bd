//! HTTP for what became of a referral.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Referral;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned, example_instant};

/// What the desk answered that a case was sent to.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AnswerReferral {
    /// What it did with the matter.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub answer: String,
    /// When it answered; not in the future.
    pub answered_at: DateTime<Utc>,
}

impl Example for AnswerReferral {
    fn example() -> Self {
        Self {
            answer: "已由劳动人事争议调解中心受理，并已联系申请人。".to_owned(),
            answered_at: example_instant(),
        }
    }
}

#[derive(Debug)]
pub struct ReferralsApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Acceptance")]
impl ReferralsApi {
    /// Read what became of a referral (转介)
    ///
    /// Whether the case was sent to another desk, to which and why, and what it answered.
    #[oai(path = "/:case_id/referral", method = "get", operation_id = "read_referral")]
    async fn read_referral(
        &self,
        call: Allowed<can::ReadReferral>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Referral>, Problem> {
        let (version, referral) = service::read(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, referral))
    }

    /// Record what the desk answered
    ///
    /// Until then the deadline `referral_answer` runs, so that nothing that was sent on is
    /// forgotten. `409 no_open_referral` for a case that was not referred or is answered already.
    #[oai(path = "/:case_id/referral/answer", method = "post", operation_id = "answer_referral")]
    async fn answer_referral(
        &self,
        call: Allowed<can::AnswerReferral>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<AnswerReferral>,
    ) -> Result<Created<Referral>, Problem> {
        Ok(service::answer(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
