//! What is sent about judicial confirmation.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;
use crate::words::CourtAnswer;

/// That the parties asked a court.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ApplyForConfirmation {
    /// The court: at a party's domicile, where the subject matter is, or where the mediation
    /// organization is (CPL 205).
    #[oai(validator(min_length = 2, max_length = 100))]
    pub court: String,
    /// The day of the application.
    pub applied_on: NaiveDate,
    /// Who applies: every party of the agreement. Absent: those who have said with their
    /// signatures that they want it.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub party_ids: Option<Vec<Uuid>>,
}

impl Example for ApplyForConfirmation {
    fn example() -> Self {
        Self {
            court: "上海市徐汇区人民法院".to_owned(),
            applied_on: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default(),
            party_ids: Some(vec![EXAMPLE_ID]),
        }
    }
}

/// What the court has said to the application that waits for it.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordCourtAnswer {
    pub answer: CourtAnswer,
    /// The day of the court's paper.
    pub answered_on: NaiveDate,
    /// The court's number of the matter; a ruling has one.
    #[oai(validator(min_length = 2, max_length = 100))]
    pub court_number: Option<String>,
    /// Why, where the court gave a reason.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub explanation: Option<String>,
}

impl Example for RecordCourtAnswer {
    fn example() -> Self {
        Self {
            answer: CourtAnswer::Valid,
            answered_on: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default(),
            court_number: Some("（2026）沪0104诉前调确1号".to_owned()),
            explanation: None,
        }
    }
}
