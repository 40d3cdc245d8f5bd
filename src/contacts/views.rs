//! What is answered about contacts.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::contact;
use crate::words::Manner;

/// That somebody tried to reach a party.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Contact {
    pub id: Uuid,
    pub party_id: Uuid,
    pub tried_at: DateTime<Utc>,
    pub manner: Manner,
    /// Whether the party, or somebody for it, was spoken to.
    pub reached: bool,
    /// What was said, or why it was in vain.
    pub note: Option<String>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<contact::Model> for Contact {
    fn from(it: contact::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            tried_at: it.tried_at,
            manner: it.manner,
            reached: it.reached,
            note: it.note,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
