//! HTTP for feedback to the hotline.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Feedback;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned, example_instant};
use crate::words::FeedbackKind;

/// What was told to the hotline.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordFeedback {
    pub kind: FeedbackKind,
    /// What was told: accepted or not, how mediation stands, when an end is expected; or how it
    /// ended.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub content: String,
    /// When; not in the future.
    pub given_at: DateTime<Utc>,
}

impl Example for RecordFeedback {
    fn example() -> Self {
        Self {
            kind: FeedbackKind::Interim,
            content: "已受理，正在组织调解，预计四月下旬办结。".to_owned(),
            given_at: example_instant(),
        }
    }
}

#[derive(Debug)]
pub struct FeedbacksApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Aftercare")]
impl FeedbacksApi {
    /// List the feedback to the hotline
    ///
    /// Oldest first.
    #[oai(path = "/:case_id/feedbacks", method = "get", operation_id = "list_feedbacks")]
    async fn list_feedbacks(
        &self,
        call: Allowed<can::ListFeedbacks>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Feedback>>, Problem> {
        let (version, feedbacks) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, feedbacks))
    }

    /// Record feedback to the hotline (工单反馈)
    ///
    /// An order of 12345 has its own clock, shorter than the mediation's: the hotline is told how
    /// things stand (`interim`), then how they ended (`final`). After the final answer there is no
    /// other (`409 answered_finally`); a case that did not come from the hotline has nobody to
    /// answer (`409 not_from_hotline`).
    #[oai(path = "/:case_id/feedbacks", method = "post", operation_id = "record_feedback")]
    async fn record_feedback(
        &self,
        call: Allowed<can::RecordFeedback>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordFeedback>,
    ) -> Result<Created<Feedback>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
