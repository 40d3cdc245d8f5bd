//! What is answered about links.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::calendar_feed;

/// A secret link to a calendar.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CalendarFeed {
    id: Uuid,
    mediator_id: Option<Uuid>,
    room_id: Option<Uuid>,
    created_by: Uuid,
    created_at: DateTime<Utc>,
    /// The path to subscribe to. Told once, when the link is made; whoever knows it reads the
    /// calendar.
    path: Option<String>,
}

impl CalendarFeed {
    pub(super) fn new(it: &calendar_feed::Model, path: Option<String>) -> Self {
        Self {
            id: it.id,
            mediator_id: it.mediator_id,
            room_id: it.room_id,
            created_by: it.created_by,
            created_at: it.created_at,
            path,
        }
    }
}
