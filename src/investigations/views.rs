//! What is answered about investigations.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::investigation;

/// That somebody was asked about the dispute.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Investigation {
    pub id: Uuid,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub place: String,
    /// Who was asked.
    pub respondent: String,
    /// Who else was there.
    pub participants: Option<String>,
    /// What was said.
    pub content: String,
    /// Who asked.
    pub investigated_by: Uuid,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<investigation::Model> for Investigation {
    fn from(it: investigation::Model) -> Self {
        Self {
            id: it.id,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            place: it.place,
            respondent: it.respondent,
            participants: it.participants,
            content: it.content,
            investigated_by: it.investigated_by,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
