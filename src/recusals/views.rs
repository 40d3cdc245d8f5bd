//! What is answered about recusals.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::recusal;
use crate::words::{RecusalGround, RecusalStatus};

/// An objection to a mediator, or a mediator's own withdrawal (回避).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Recusal {
    pub id: Uuid,
    pub case_id: Uuid,
    /// The seat it is about.
    pub assignment_id: Uuid,
    /// Who sits or sat in it.
    pub mediator_id: Uuid,
    /// The party that asked; absent when the mediator withdrew by himself.
    pub requested_by: Option<Uuid>,
    pub ground: RecusalGround,
    pub explanation: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub recorded_by: Uuid,
    /// `open` while mediation is suspended.
    pub status: RecusalStatus,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

impl From<recusal::Model> for Recusal {
    fn from(it: recusal::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            assignment_id: it.assignment_id,
            mediator_id: it.mediator_id,
            requested_by: it.requested_by,
            ground: it.ground,
            explanation: it.explanation,
            requested_at: it.requested_at,
            recorded_by: it.recorded_by,
            status: it.status,
            decided_by: it.decided_by,
            decided_at: it.decided_at,
            reason: it.reason,
        }
    }
}
