//! What is sent about rooms.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::district::hours::{OpeningHours, working_days};
use crate::http::EXAMPLE_ID;
use crate::words::RoomEquipment;

/// A room, as it is to stand.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WriteRoom {
    /// What people call it; no other room of the same owner has it.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// The service point it belongs to. Either this or `enterprise_id`.
    pub service_point_id: Option<Uuid>,
    /// The enterprise that lends it. Either this or `service_point_id`.
    pub enterprise_id: Option<Uuid>,
    /// Where to find it, such as floor and number.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub place: Option<String>,
    /// How many people it seats.
    #[oai(validator(minimum(value = "2"), maximum(value = "500")))]
    pub capacity: i32,
    /// When it may be used; several stretches of a day do not overlap.
    #[oai(validator(max_items = 28))]
    pub opening_hours: Vec<OpeningHours>,
    /// What it has, each at most once.
    #[oai(validator(max_items = 10, unique_items))]
    pub equipment: Vec<RoomEquipment>,
    /// Whether it may be used at all.
    pub active: bool,
}

impl Example for WriteRoom {
    fn example() -> Self {
        Self {
            name: "一号调解室".to_owned(),
            service_point_id: Some(EXAMPLE_ID),
            enterprise_id: None,
            place: Some("3楼305室".to_owned()),
            capacity: 8,
            opening_hours: working_days("09:00", "17:00"),
            equipment: vec![RoomEquipment::Screen, RoomEquipment::Recorder],
            active: true,
        }
    }
}
