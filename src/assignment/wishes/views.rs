//! What is answered about wishes.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::mediator_wish;
use crate::words::{Manner, MediatorStance};

/// What a party said of a mediator (当事人对调解员的意见).
#[derive(Debug, Object)]
pub struct MediatorWish {
    pub id: Uuid,
    pub case_id: Uuid,
    pub party_id: Uuid,
    pub mediator_id: Uuid,
    pub stance: MediatorStance,
    pub declared_at: DateTime<Utc>,
    pub manner: Manner,
    pub recorded_by: Uuid,
}

impl From<mediator_wish::Model> for MediatorWish {
    fn from(it: mediator_wish::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            party_id: it.party_id,
            mediator_id: it.mediator_id,
            stance: it.stance,
            declared_at: it.declared_at,
            manner: it.manner,
            recorded_by: it.recorded_by,
        }
    }
}
