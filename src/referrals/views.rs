//! What is answered about referrals.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::cases::CaseFile;
use crate::words::Outcome;

/// That a case was sent to another desk, and what came back (转介).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Referral {
    /// Whether the case was sent elsewhere; if not, nothing else is answered.
    pub referred: bool,
    /// The desk.
    pub office_id: Option<Uuid>,
    pub referred_at: Option<DateTime<Utc>>,
    /// Why, in words.
    pub explanation: Option<String>,
    /// What the desk answered; absent while it is waited for.
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl Referral {
    /// As the file shows it.
    pub(super) fn of(file: &CaseFile) -> Self {
        let case = &file.case;
        let referred = case.outcome == Some(Outcome::Referred);
        let reason = case.outcome_reason.as_deref().filter(|_| referred);
        let office = reason.and_then(|it| it.strip_prefix("referred_to:"));
        let answer = file.referral_answers.first();
        Self {
            referred,
            office_id: office.and_then(|it| it.parse().ok()),
            referred_at: case.ended_at.filter(|_| referred),
            explanation: case.outcome_explanation.clone().filter(|_| referred),
            answer: answer.map(|it| it.answer.clone()),
            answered_at: answer.map(|it| it.answered_at),
        }
    }
}
