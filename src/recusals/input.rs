//! What is sent about recusals.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::{EXAMPLE_ID, example_instant};
use crate::words::{RecusalDecision, RecusalGround};

/// Who is objected to, by whom and why.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RequestRecusal {
    /// The seat on the panel.
    pub assignment_id: Uuid,
    /// The party that asks; absent when the mediator withdraws by himself.
    pub requested_by: Option<Uuid>,
    /// The people's track asks for none.
    pub ground: RecusalGround,
    /// The ground in words.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub explanation: Option<String>,
    pub requested_at: DateTime<Utc>,
}

impl Example for RequestRecusal {
    fn example() -> Self {
        Self {
            assignment_id: EXAMPLE_ID,
            requested_by: Some(EXAMPLE_ID),
            ground: RecusalGround::NoneGiven,
            explanation: None,
            requested_at: example_instant(),
        }
    }
}

/// How a request for recusal is decided.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DecideRecusal {
    pub decision: RecusalDecision,
    /// Why.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub reason: String,
}

impl Example for DecideRecusal {
    fn example() -> Self {
        Self {
            decision: RecusalDecision::Upheld,
            reason: "经核实，调解员与被申请人存在利害关系。".to_owned(),
        }
    }
}
