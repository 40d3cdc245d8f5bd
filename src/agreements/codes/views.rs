//! What is answered about codes: never the code.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::signing_code;

/// That a code is on its way to somebody's phone.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct SigningCode {
    pub id: Uuid,
    pub party_id: Uuid,
    /// The agent or guardian it was sent to; the party itself without one.
    pub agent_id: Option<Uuid>,
    /// The number it was sent to, masked.
    pub number: String,
    /// Hash of the text that it signs.
    pub text_hash: String,
    pub expires_at: DateTime<Utc>,
    /// The message it is in; events tell when it has left.
    pub message_id: Uuid,
}

impl From<signing_code::Model> for SigningCode {
    fn from(it: signing_code::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            agent_id: it.agent_id,
            number: it.number_masked,
            text_hash: it.text_hash,
            expires_at: it.expires_at,
            message_id: it.message_id,
        }
    }
}
