//! What is answered about judicial confirmation.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::rules;
use crate::cases::file::CaseFile;
use crate::entity::judicial_confirmation;
use crate::tracks;

/// That all parties asked a court to confirm their agreement (司法确认申请).
#[derive(Debug, Object)]
pub struct ConfirmationApplication {
    pub id: Uuid,
    pub agreement_id: Uuid,
    /// The court that was asked.
    pub court: String,
    pub applied_on: NaiveDate,
    /// Who applied: every party of the agreement.
    pub party_ids: Vec<Uuid>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

/// How a case stands with judicial confirmation (司法确认).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct JudicialConfirmation {
    /// Whether the track offers it (PML 33; CPL 205).
    pub offered: bool,
    /// The day on which the agreement took effect.
    pub effective_on: Option<NaiveDate>,
    /// The last day to apply: thirty natural days after, or the first working day that follows.
    pub last_day: Option<NaiveDate>,
    /// The application, once there is one.
    pub application: Option<ConfirmationApplication>,
}

impl JudicialConfirmation {
    /// As the file shows it.
    pub(super) fn of(file: &CaseFile) -> Self {
        Self::new(file, file.confirmations.first().cloned())
    }

    /// With this application.
    pub(super) fn new(file: &CaseFile, asked: Option<judicial_confirmation::Model>) -> Self {
        let offered = tracks::rules(file.case.track).confirmation;
        let effective_on = rules::in_force(file).and_then(|it| it.effective_on);
        Self {
            offered,
            effective_on,
            last_day: rules::last_day(file).filter(|_| offered),
            application: asked.map(|it| ConfirmationApplication {
                id: it.id,
                agreement_id: it.agreement_id,
                court: it.court,
                applied_on: it.applied_on,
                party_ids: file.parties.iter().map(|it| it.id).collect(),
                recorded_by: it.recorded_by,
                recorded_at: it.recorded_at,
            }),
        }
    }
}
