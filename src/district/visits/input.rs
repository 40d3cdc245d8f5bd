//! What is sent about visits.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;
use crate::words::VisitPurpose;

/// A visit that was paid.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordVisit {
    pub enterprise_id: Uuid,
    /// The day in Shanghai, not one to come.
    pub visited_on: NaiveDate,
    /// Who of the station went; the caller unless given.
    pub visited_by: Option<Uuid>,
    pub purpose: VisitPurpose,
    /// What was found and said, without personal data of consumers.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub findings: String,
    /// The day on which somebody comes again, after the visit.
    pub follow_up_on: Option<NaiveDate>,
}

impl Example for RecordVisit {
    fn example() -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        Self {
            enterprise_id: EXAMPLE_ID,
            visited_on: day(3, 2),
            visited_by: None,
            purpose: VisitPurpose::Routine,
            findings: "预付卡已备案，退费规则已上墙公示。".to_owned(),
            follow_up_on: Some(day(6, 1)),
        }
    }
}
