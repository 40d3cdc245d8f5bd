//! What is sent about service points and buildings.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::district::hours::{OpeningHours, working_days};
use crate::words::ServicePointKind;

/// A service point, as it is to stand.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WriteServicePoint {
    pub kind: ServicePointKind,
    /// What people call it; no other service point has it.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    #[oai(validator(min_length = 1, max_length = 200))]
    pub address: String,
    /// Degrees north, WGS-84, within the district.
    pub latitude: f64,
    /// Degrees east, WGS-84, within the district.
    pub longitude: f64,
    /// The circle it serves, in metres; 500 unless given.
    #[oai(validator(minimum(value = "50"), maximum(value = "5000")))]
    pub radius_m: Option<i32>,
    /// When it is open; several stretches of a day do not overlap.
    #[oai(validator(max_items = 28))]
    pub opening_hours: Vec<OpeningHours>,
    /// A public landline or service number, never a person's mobile.
    #[oai(validator(min_length = 3, max_length = 40))]
    pub phone: Option<String>,
    /// The office of the network that works there, if it is one.
    pub office_id: Option<Uuid>,
    /// Whether people are sent there.
    pub active: bool,
}

impl Example for WriteServicePoint {
    fn example() -> Self {
        Self {
            kind: ServicePointKind::BuildingServiceCenter,
            name: "荟在港汇楼宇服务中心".to_owned(),
            address: "上海市徐汇区虹桥路1号".to_owned(),
            latitude: 31.194_43,
            longitude: 121.434_28,
            radius_m: Some(500),
            opening_hours: working_days("09:00", "17:30"),
            phone: Some("021-64070000".to_owned()),
            office_id: None,
            active: true,
        }
    }
}

/// A building, as it is to stand.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WriteBuilding {
    /// What people call it; no other building has it.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    #[oai(validator(min_length = 1, max_length = 200))]
    pub address: String,
    /// Degrees north, WGS-84, within the district.
    pub latitude: f64,
    /// Degrees east, WGS-84, within the district.
    pub longitude: f64,
    /// The company that manages it (物业).
    #[oai(validator(min_length = 1, max_length = 100))]
    pub managing_company: Option<String>,
    /// Whether it is still there.
    pub active: bool,
}

impl Example for WriteBuilding {
    fn example() -> Self {
        Self {
            name: "港汇恒隆广场".to_owned(),
            address: "上海市徐汇区虹桥路1号".to_owned(),
            latitude: 31.194_6,
            longitude: 121.434_5,
            managing_company: Some("上海港汇物业管理有限公司".to_owned()),
            active: true,
        }
    }
}
