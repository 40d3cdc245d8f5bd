//! What is answered about judicial confirmation.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::routes::Route;
use super::rules;
use crate::cases::file::CaseFile;
use crate::entity::{court_answer, judicial_confirmation};
use crate::http::LawView;
use crate::language::Language;
use crate::tracks;
use crate::words::{CourtAnswer, EnforcementRoute};

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
    /// What the court has said, in its order.
    pub answers: Vec<CourtAnswered>,
}

/// What a court has said to an application.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CourtAnswered {
    pub answer: CourtAnswer,
    pub answered_on: NaiveDate,
    pub court_number: Option<String>,
    pub explanation: Option<String>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<&court_answer::Model> for CourtAnswered {
    fn from(it: &court_answer::Model) -> Self {
        Self {
            answer: it.answer,
            answered_on: it.answered_on,
            court_number: it.court_number.clone(),
            explanation: it.explanation.clone(),
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
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
    /// The last application, once there is one.
    pub application: Option<ConfirmationApplication>,
}

impl JudicialConfirmation {
    /// As the file shows it.
    pub(super) fn of(file: &CaseFile) -> Self {
        Self::new(file, file.confirmations.last().cloned())
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
                answers: file.court_answers_to(it.id).map(CourtAnswered::from).collect(),
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

/// A way to have an agreement kept.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RouteView {
    route: EnforcementRoute,
    /// Whether it can be taken today.
    open: bool,
    /// Whether both parties must take it together.
    joint: bool,
    /// Whether every party has said already, with its signature, that it wants this.
    agreed: bool,
    /// The last day, where there is one.
    last_day: Option<NaiveDate>,
    /// What it asks for, in the caller's language.
    detail: String,
    law: Vec<LawView>,
}

impl RouteView {
    pub(super) fn new(it: &Route, language: Language) -> Self {
        Self {
            route: it.way,
            open: it.open,
            joint: it.joint,
            agreed: it.agreed,
            last_day: it.last_day,
            detail: it.detail.in_language(language).to_owned(),
            law: it.law.iter().map(|law| LawView::new(*law, language)).collect(),
        }
    }
}
