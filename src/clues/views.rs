//! What is answered about clues: one view for the register, which knows nothing of the case,
//! and one for the people of the case.

use chrono::NaiveDate;
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::clue;
use crate::words::{ClueDecision, ClueStatus};

/// A clue of illegality in the register (违法线索). It holds no case, no number of one, no
/// party but the operator's entry in the public register, and nothing of the mediation.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Clue {
    pub id: Uuid,
    /// The market supervision office that verifies it.
    pub office_id: Uuid,
    /// The operator's registered name.
    pub respondent_name: Option<String>,
    /// The operator's unified social credit code.
    pub respondent_credit_code: Option<String>,
    /// What was seen, as it was written for this register.
    pub description: String,
    pub discovered_on: NaiveDate,
    pub status: ClueStatus,
    pub received_on: Option<NaiveDate>,
    /// Whether the time to verify was extended.
    pub extended: bool,
    pub extended_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub decision: Option<ClueDecision>,
    /// Why it was decided so.
    pub explanation: Option<String>,
    /// The version for `If-Match`.
    pub version: i64,
}

impl From<clue::Model> for Clue {
    fn from(it: clue::Model) -> Self {
        Self {
            id: it.id,
            office_id: it.office_id,
            respondent_name: it.respondent_name,
            respondent_credit_code: it.respondent_credit_code,
            description: it.description,
            discovered_on: it.discovered_on,
            status: it.status,
            received_on: it.received_on,
            extended: it.extended_on.is_some(),
            extended_on: it.extended_on,
            decided_on: it.decided_on,
            decision: it.decision,
            explanation: it.explanation,
            version: it.version,
        }
    }
}

/// A clue as the people of the case see it: that they reported it, and how far it is.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ReportedClue {
    pub id: Uuid,
    pub office_id: Uuid,
    pub respondent_name: Option<String>,
    pub description: String,
    pub discovered_on: NaiveDate,
    pub reported_by: Uuid,
    pub status: ClueStatus,
    pub received_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub decision: Option<ClueDecision>,
}

impl From<clue::Model> for ReportedClue {
    fn from(it: clue::Model) -> Self {
        Self {
            id: it.id,
            office_id: it.office_id,
            respondent_name: it.respondent_name,
            description: it.description,
            discovered_on: it.discovered_on,
            reported_by: it.reported_by,
            status: it.status,
            received_on: it.received_on,
            decided_on: it.decided_on,
            decision: it.decision,
        }
    }
}
