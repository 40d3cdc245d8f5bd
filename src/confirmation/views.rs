//! What is answered about judicial confirmation.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::judicial_confirmation;

/// That all parties asked a court to confirm their agreement (司法确认申请).
#[derive(Debug, Object)]
pub struct JudicialConfirmation {
    pub id: Uuid,
    pub case_id: Uuid,
    pub agreement_id: Uuid,
    /// The court that was asked.
    pub court: String,
    pub applied_on: NaiveDate,
    /// Who applied: every party of the agreement.
    pub party_ids: Vec<Uuid>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl JudicialConfirmation {
    /// `party_ids`: the parties of the case, all of whom applied.
    pub fn new(it: judicial_confirmation::Model, party_ids: Vec<Uuid>) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            agreement_id: it.agreement_id,
            court: it.court,
            applied_on: it.applied_on,
            party_ids,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
