//! What is answered about offices.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::office;
use crate::words::OfficeKind;

/// An office of the station or of its network.
#[derive(Debug, Object)]
pub struct Office {
    pub id: Uuid,
    pub kind: OfficeKind,
    /// Official name.
    pub name: String,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<office::Model> for Office {
    fn from(it: office::Model) -> Self {
        let office::Model { id, kind, name, version, created_at } = it;
        Self { id, kind, name, version, created_at }
    }
}
