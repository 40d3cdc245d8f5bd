//! What is sent about the panel.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;
use crate::words::{AssignmentAnswer, AssignmentOrigin, PanelSeat};

/// Who is to sit on the panel, and in which seat.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AssignMediator {
    /// An active people's mediator or officer; `GET /mediators` lists them.
    pub mediator_id: Uuid,
    /// One mediator presides; there may be further members.
    pub seat: PanelSeat,
    /// Whether the committee designates the mediator or the parties chose.
    pub origin: AssignmentOrigin,
    /// The suggestion this goes by.
    pub suggestion_id: Option<Uuid>,
    /// Why somebody else is assigned than was suggested; required then.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub explanation: Option<String>,
}

impl Example for AssignMediator {
    fn example() -> Self {
        Self {
            mediator_id: EXAMPLE_ID,
            seat: PanelSeat::Presiding,
            origin: AssignmentOrigin::Designated,
            suggestion_id: None,
            explanation: None,
        }
    }
}

/// The mediator's answer.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RespondToAssignment {
    pub answer: AssignmentAnswer,
    /// Why; required when declining.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub reason: Option<String>,
}

impl Example for RespondToAssignment {
    fn example() -> Self {
        Self { answer: AssignmentAnswer::Accept, reason: None }
    }
}

/// Why a mediator leaves the panel.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ReleaseMediator {
    /// Illness, workload, an interest that came to light.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub reason: String,
}

impl Example for ReleaseMediator {
    fn example() -> Self {
        Self { reason: "调解员因病住院，不能继续主持。".to_owned() }
    }
}
