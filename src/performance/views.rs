//! What is answered about duties, performances and revisits.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::rules::{self, DutyStatus};
use crate::cases::file::{CaseFile, Duty};
use crate::entity::{performance, revisit};
use crate::words::{Manner, PerformanceKind, TermKind};

/// How the agreement in force is kept.
#[derive(Debug, Object)]
pub struct Performances {
    /// Every duty, in order; empty while no agreement is in force.
    pub duties: Vec<AgreedDuty>,
    /// What was recorded, oldest first.
    pub performances: Vec<Performance>,
}

impl From<CaseFile> for Performances {
    fn from(file: CaseFile) -> Self {
        let duties =
            file.duties().into_iter().filter_map(|it| AgreedDuty::new(&file, it)).collect();
        Self {
            duties,
            performances: file.performances.into_iter().map(Performance::from).collect(),
        }
    }
}

/// A duty that is performed as one: a term, or one instalment of it.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AgreedDuty {
    pub term_id: Uuid,
    /// Set when the term is paid in instalments.
    pub instalment_id: Option<Uuid>,
    /// Place of the term in the agreement, from 1.
    pub ordinal: i32,
    pub kind: TermKind,
    /// The party that owes it.
    pub obligor_id: Uuid,
    /// The party it is owed to.
    pub obligee_id: Uuid,
    /// What is to be paid, in fen.
    pub amount_fen: Option<i64>,
    /// The last day for it.
    pub due_on: NaiveDate,
    pub status: DutyStatus,
}

impl AgreedDuty {
    fn new(file: &CaseFile, duty: Duty) -> Option<Self> {
        let term = file.terms.iter().find(|it| it.id == duty.term_id)?;
        let Duty { term_id, instalment_id, ordinal, amount_fen, due_on } = duty;
        Some(Self {
            term_id,
            instalment_id,
            ordinal,
            kind: term.kind,
            obligor_id: term.obligor_id,
            obligee_id: term.obligee_id,
            amount_fen,
            due_on,
            status: rules::status(file, duty),
        })
    }
}

/// That a duty was performed, or not.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Performance {
    pub id: Uuid,
    pub term_id: Uuid,
    pub instalment_id: Option<Uuid>,
    pub kind: PerformanceKind,
    /// The day it was done, or found not to be done.
    pub happened_on: NaiveDate,
    /// What proves it.
    pub proof: Option<String>,
    /// The proof itself, among the evidence.
    pub proof_evidence_id: Option<Uuid>,
    /// The party it was owed to, where it has said that it has arrived.
    pub confirmed_by_party_id: Option<Uuid>,
    /// What the parties were advised after a default.
    pub advice: Option<String>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<performance::Model> for Performance {
    fn from(it: performance::Model) -> Self {
        Self {
            id: it.id,
            term_id: it.term_id,
            instalment_id: it.instalment_id,
            kind: it.kind,
            happened_on: it.happened_on,
            proof: it.proof,
            proof_evidence_id: it.proof_evidence_id,
            confirmed_by_party_id: it.confirmed_by_party_id,
            advice: it.advice,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}

/// How the parties fare afterwards (回访).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Revisit {
    pub id: Uuid,
    /// The party who was asked; absent when all were.
    pub party_id: Option<Uuid>,
    pub visited_at: DateTime<Utc>,
    pub manner: Manner,
    /// What was found: performance, any suit, signs of escalation, measures taken.
    pub findings: String,
    /// 1 (not at all) to 5 (very).
    pub satisfaction: Option<i32>,
    pub visited_by: Uuid,
}

impl From<revisit::Model> for Revisit {
    fn from(it: revisit::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            visited_at: it.visited_at,
            manner: it.manner,
            findings: it.findings,
            satisfaction: it.satisfaction,
            visited_by: it.visited_by,
        }
    }
}
