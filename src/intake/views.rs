//! What is answered about requests for supplements.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::supplement;
use crate::words::{Manner, SupplementStatus};

/// A request to add what is missing (补正).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Supplement {
    pub id: Uuid,
    /// What was asked for.
    pub items: String,
    /// Until which day.
    pub due_on: NaiveDate,
    /// How the applicant was asked.
    pub manner: Manner,
    pub status: SupplementStatus,
    pub requested_by: Uuid,
    pub requested_at: DateTime<Utc>,
    /// What came.
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl From<supplement::Model> for Supplement {
    fn from(it: supplement::Model) -> Self {
        Self {
            id: it.id,
            items: it.items,
            due_on: it.due_on,
            manner: it.manner,
            status: it.status,
            requested_by: it.requested_by,
            requested_at: it.requested_at,
            answer: it.answer,
            answered_at: it.answered_at,
        }
    }
}
