//! What is sent about a party's time.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::hearings::input::example_start;
use crate::http::EXAMPLE_ID;
use crate::words::TimeStance;

/// When a party could come, or not.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordPartyTime {
    /// Whose time it is.
    pub party_id: Uuid,
    pub stance: TimeStance,
    pub starts_at: DateTime<Utc>,
    /// After the start, and not past.
    pub ends_at: DateTime<Utc>,
    /// What else was said of it; no personal data.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub note: Option<String>,
}

impl Example for RecordPartyTime {
    fn example() -> Self {
        Self {
            party_id: EXAMPLE_ID,
            stance: TimeStance::Proposed,
            starts_at: example_start(),
            ends_at: example_start() + TimeDelta::hours(2),
            note: Some("上午均可。".to_owned()),
        }
    }
}
