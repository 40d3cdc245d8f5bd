//! What is answered about liaisons.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::liaison;

/// Who a building is spoken to through (联络员).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Liaison {
    pub id: Uuid,
    pub building_id: Uuid,
    /// For whom the liaison works.
    pub organization: String,
    /// The duty, not the name of a person.
    pub duty: String,
    /// A public one.
    pub phone: Option<String>,
    /// The account of somebody at the station.
    pub user_id: Option<Uuid>,
    /// Whether the building is still spoken to through it.
    pub active: bool,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<liaison::Model> for Liaison {
    fn from(it: liaison::Model) -> Self {
        Self {
            id: it.id,
            building_id: it.building_id,
            organization: it.organization,
            duty: it.duty,
            phone: it.phone,
            user_id: it.user_id,
            active: it.active,
            version: it.version,
            created_at: it.created_at,
        }
    }
}
