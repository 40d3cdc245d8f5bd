//! What is answered about rooms.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::district::hours::{self, OpeningHours};
use crate::entity::room;
use crate::words::RoomEquipment;

/// A room for hearings (调解室).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Room {
    pub id: Uuid,
    pub name: String,
    /// The service point it belongs to.
    pub service_point_id: Option<Uuid>,
    /// The enterprise that lends it.
    pub enterprise_id: Option<Uuid>,
    /// Where to find it.
    pub place: Option<String>,
    /// How many people it seats.
    pub capacity: i32,
    /// In the order of the week.
    pub opening_hours: Vec<OpeningHours>,
    pub equipment: Vec<RoomEquipment>,
    /// Whether it may be used at all.
    pub active: bool,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<room::Model> for Room {
    fn from(it: room::Model) -> Self {
        Self {
            id: it.id,
            name: it.name,
            service_point_id: it.service_point_id,
            enterprise_id: it.enterprise_id,
            place: it.place,
            capacity: it.capacity,
            opening_hours: hours::of_column(&it.opening_hours),
            equipment: serde_json::from_str(&it.equipment).unwrap_or_default(),
            active: it.active,
            version: it.version,
            created_at: it.created_at,
        }
    }
}
