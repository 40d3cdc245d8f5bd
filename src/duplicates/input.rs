//! What is sent about duplicates and groups.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;
use crate::words::DuplicateDecision;

/// What a person found out about two cases.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DecideDuplicate {
    /// The other case; it must be in the caller's sight.
    pub other_case_id: Uuid,
    pub decision: DuplicateDecision,
    /// What it rests on.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub explanation: String,
}

impl Example for DecideDuplicate {
    fn example() -> Self {
        Self {
            other_case_id: EXAMPLE_ID,
            decision: DuplicateDecision::Linked,
            explanation: "经电话核实，为同一申请人就同一纠纷先后通过热线和来访提出。".to_owned(),
        }
    }
}

/// Cases that are to be led by one.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AddGroupMembers {
    /// Cases in the caller's sight, against the same respondent.
    #[oai(validator(min_items = 1, max_items = 200))]
    pub case_ids: Vec<Uuid>,
}

impl Example for AddGroupMembers {
    fn example() -> Self {
        Self { case_ids: vec![EXAMPLE_ID] }
    }
}
