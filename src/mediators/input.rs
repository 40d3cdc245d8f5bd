//! What is sent about mediators.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::words::{AbsenceReason, Category, MediatorKind, RosterState, SpokenLanguage};

/// The whole profile of a mediator or an officer.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct UpdateMediatorProfile {
    /// `officer` for officers and for nobody else.
    pub kind: MediatorKind,
    /// First day of the engagement.
    pub engaged_from: NaiveDate,
    /// Last day of the engagement; absent while it is open.
    pub engaged_until: Option<NaiveDate>,
    pub roster_state: RosterState,
    /// What the person knows best.
    #[oai(validator(max_items = 14))]
    pub specialities: Vec<Category>,
    /// In which languages the person can mediate.
    #[oai(validator(min_items = 1, max_items = 9))]
    pub languages: Vec<SpokenLanguage>,
    /// How many ordinary cases may be open at once; a complex one counts double, a sensitive one
    /// half as much again.
    #[oai(validator(minimum(value = "1"), maximum(value = "1000")))]
    pub capacity: i32,
}

impl Example for UpdateMediatorProfile {
    fn example() -> Self {
        Self {
            kind: MediatorKind::FullTime,
            engaged_from: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default(),
            engaged_until: NaiveDate::from_ymd_opt(2027, 12, 31),
            roster_state: RosterState::Listed,
            specialities: vec![Category::PrepaidCard, Category::FoodSafety],
            languages: vec![SpokenLanguage::Mandarin, SpokenLanguage::Shanghainese],
            capacity: 30,
        }
    }
}

/// Days on which somebody is away.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordAbsence {
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    pub reason: AbsenceReason,
}

impl Example for RecordAbsence {
    fn example() -> Self {
        Self {
            since: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default(),
            until: NaiveDate::from_ymd_opt(2026, 3, 13).unwrap_or_default(),
            reason: AbsenceReason::Training,
        }
    }
}

/// The last day of an absence that ends earlier.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EndAbsence {
    /// Not before its first day and not after its last.
    pub until: NaiveDate,
}

impl Example for EndAbsence {
    fn example() -> Self {
        Self { until: NaiveDate::from_ymd_opt(2026, 3, 6).unwrap_or_default() }
    }
}
