//! What is answered about the parties' times.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::party_time;
use crate::words::TimeStance;

/// When a party could come, or not.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PartyTime {
    id: Uuid,
    case_id: Uuid,
    party_id: Uuid,
    stance: TimeStance,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    note: Option<String>,
    recorded_by: Uuid,
    recorded_at: DateTime<Utc>,
}

impl From<party_time::Model> for PartyTime {
    fn from(it: party_time::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            party_id: it.party_id,
            stance: it.stance,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            note: it.note,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
