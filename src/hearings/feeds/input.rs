//! What is sent to make a link.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;

/// Whose calendar a link shows: either a mediator's or a room's.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CreateCalendarFeed {
    /// The mediator whose hearings it shows; mediators and officers make their own only.
    pub mediator_id: Option<Uuid>,
    /// The room whose hearings it shows.
    pub room_id: Option<Uuid>,
}

impl Example for CreateCalendarFeed {
    fn example() -> Self {
        Self { mediator_id: Some(EXAMPLE_ID), room_id: None }
    }
}
