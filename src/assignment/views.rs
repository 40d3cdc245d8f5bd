//! What is answered about the panel.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::assignment;
use crate::words::{AssignmentOrigin, AssignmentStatus, PanelSeat};

/// A seat on the panel, held or past.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Assignment {
    pub id: Uuid,
    pub case_id: Uuid,
    /// The person in the seat.
    pub mediator_id: Uuid,
    pub seat: PanelSeat,
    pub origin: AssignmentOrigin,
    pub status: AssignmentStatus,
    pub assigned_by: Uuid,
    pub assigned_at: DateTime<Utc>,
    /// When the mediator accepted or declined.
    pub responded_at: Option<DateTime<Utc>>,
    /// Why the mediator declined or was released.
    pub reason: Option<String>,
    /// The suggestion it goes by.
    pub suggestion_id: Option<Uuid>,
    /// Why somebody else was assigned than was suggested.
    pub explanation: Option<String>,
}

impl From<assignment::Model> for Assignment {
    fn from(it: assignment::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            mediator_id: it.mediator_id,
            seat: it.seat,
            origin: it.origin,
            status: it.status,
            assigned_by: it.assigned_by,
            assigned_at: it.assigned_at,
            responded_at: it.responded_at,
            reason: it.reason,
            suggestion_id: it.suggestion_id,
            explanation: it.explanation,
        }
    }
}
