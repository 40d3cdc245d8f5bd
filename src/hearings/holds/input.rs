//! What is sent to hold a room.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::hearings::input::example_start;

/// The time for which a room is held.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct HoldRoom {
    /// In the future, within the opening hours of the room.
    pub starts_at: DateTime<Utc>,
    /// After the start, on the same day, at most 8 hours later.
    pub ends_at: DateTime<Utc>,
}

impl Example for HoldRoom {
    fn example() -> Self {
        Self { starts_at: example_start(), ends_at: example_start() + TimeDelta::minutes(90) }
    }
}
