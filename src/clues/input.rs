//! What is sent about clues.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;
use crate::words::ClueDecision;

/// A clue, written for whoever verifies it.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ReportClue {
    /// The market supervision office that is to verify it.
    pub office_id: Uuid,
    /// The organization it is about, if it is one of the case: its name and credit code go
    /// along, and nothing else.
    pub respondent_id: Option<Uuid>,
    /// What was seen, without the consumer's name and the number of the case.
    #[oai(validator(min_length = 5, max_length = 2000))]
    pub description: String,
    /// The day on which it was discovered; the authority's 15 working days run from it.
    pub discovered_on: NaiveDate,
}

impl Example for ReportClue {
    fn example() -> Self {
        Self {
            office_id: EXAMPLE_ID,
            respondent_id: Some(EXAMPLE_ID),
            description: "经营者未经备案发行单用途预付卡，且门店已停业。".to_owned(),
            discovered_on: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default(),
        }
    }
}

/// Why fifteen working days are not enough.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ExtendClue {
    /// The special circumstances.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub reason: String,
}

impl Example for ExtendClue {
    fn example() -> Self {
        Self { reason: "经营者下落不明，需向登记机关调取档案。".to_owned() }
    }
}

/// What the verification came to.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DecideClue {
    pub decision: ClueDecision,
    /// Why.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub explanation: String,
}

impl Example for DecideClue {
    fn example() -> Self {
        Self {
            decision: ClueDecision::CaseFiled,
            explanation: "初步核查属实，已予立案。".to_owned(),
        }
    }
}
