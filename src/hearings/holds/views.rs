//! What is answered about holds.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::room_hold;

/// A room that is kept for somebody for a short while.
#[derive(Debug, Object)]
pub struct RoomHold {
    id: Uuid,
    room_id: Uuid,
    /// Who may book over it.
    held_by: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// From then on anybody may take the room.
    expires_at: DateTime<Utc>,
}

impl From<room_hold::Model> for RoomHold {
    fn from(it: room_hold::Model) -> Self {
        Self {
            id: it.id,
            room_id: it.room_id,
            held_by: it.held_by,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            expires_at: it.expires_at,
        }
    }
}
