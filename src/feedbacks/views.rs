//! What is answered about feedback to the hotline.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::feedback;
use crate::words::FeedbackKind;

/// What was told to the hotline (工单反馈).
#[derive(Debug, Object)]
pub struct Feedback {
    pub id: Uuid,
    pub kind: FeedbackKind,
    /// What was told.
    pub content: String,
    pub given_at: DateTime<Utc>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<feedback::Model> for Feedback {
    fn from(it: feedback::Model) -> Self {
        Self {
            id: it.id,
            kind: it.kind,
            content: it.content,
            given_at: it.given_at,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
