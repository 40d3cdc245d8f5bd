//! What is answered about referrals.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::cases::CaseFile;
use crate::error::{Error, Result};
use crate::words::Outcome;

/// That a case was sent to another desk, and what came back (转介).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Referral {
    /// The desk.
    pub office_id: Uuid,
    pub referred_at: DateTime<Utc>,
    /// Why, in words.
    pub explanation: Option<String>,
    /// What the desk answered; absent while it is waited for.
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

impl Referral {
    /// As the file shows it; 404 for a case that was not referred.
    pub(super) fn of(file: &CaseFile) -> Result<Self> {
        let case = &file.case;
        let reason = case.outcome_reason.as_deref().unwrap_or_default();
        let office_id = reason.strip_prefix("referred_to:").and_then(|it| it.parse().ok());
        match (case.outcome, case.ended_at, office_id) {
            (Some(Outcome::Referred), Some(referred_at), Some(office_id)) => {
                let answer = file.referral_answers.first();
                Ok(Self {
                    office_id,
                    referred_at,
                    explanation: case.outcome_explanation.clone(),
                    answer: answer.map(|it| it.answer.clone()),
                    answered_at: answer.map(|it| it.answered_at),
                })
            }
            _ => Err(Error::NotFound),
        }
    }
}
