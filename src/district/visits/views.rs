//! What is answered about visits.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::rules::Suggestion;
use crate::entity::visit;
use crate::words::{VisitPurpose, VisitReason};

/// A visit that was paid (走访).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Visit {
    pub id: Uuid,
    pub enterprise_id: Uuid,
    pub visited_on: NaiveDate,
    /// Who of the station went.
    pub visited_by: Uuid,
    pub purpose: VisitPurpose,
    pub findings: String,
    /// The day on which somebody comes again.
    pub follow_up_on: Option<NaiveDate>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<visit::Model> for Visit {
    fn from(it: visit::Model) -> Self {
        Self {
            id: it.id,
            enterprise_id: it.enterprise_id,
            visited_on: it.visited_on,
            visited_by: it.visited_by,
            purpose: it.purpose,
            findings: it.findings,
            follow_up_on: it.follow_up_on,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}

/// An enterprise that may be visited next.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitSuggestion {
    pub enterprise_id: Uuid,
    pub enterprise_name: String,
    pub building_id: Option<Uuid>,
    /// Why it stands where it stands; empty where only time has passed.
    pub reasons: Vec<VisitReason>,
    /// The last visit; absent where there was none.
    pub last_visited_on: Option<NaiveDate>,
    /// Days since the last visit.
    pub days_since: Option<i64>,
    /// The day agreed on at the last visit.
    pub follow_up_on: Option<NaiveDate>,
}

impl VisitSuggestion {
    pub fn of(it: Suggestion, today: NaiveDate) -> Self {
        let reasons = it.reasons(today);
        Self {
            enterprise_id: it.enterprise_id,
            enterprise_name: it.name,
            building_id: it.building_id,
            reasons,
            last_visited_on: it.last_visited_on,
            days_since: it.last_visited_on.map(|last| (today - last).num_days()),
            follow_up_on: it.follow_up_on,
        }
    }
}
