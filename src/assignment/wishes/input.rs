//! What is sent about a party's wish.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::{EXAMPLE_ID, example_instant};
use crate::words::{Manner, MediatorStance};

/// What a party says of a mediator.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordMediatorWish {
    /// Who says it.
    pub party_id: Uuid,
    /// Of whom.
    pub mediator_id: Uuid,
    pub stance: MediatorStance,
    pub declared_at: DateTime<Utc>,
    pub manner: Manner,
}

impl Example for RecordMediatorWish {
    fn example() -> Self {
        Self {
            party_id: EXAMPLE_ID,
            mediator_id: EXAMPLE_ID,
            stance: MediatorStance::Chosen,
            declared_at: example_instant(),
            manner: Manner::Phone,
        }
    }
}
