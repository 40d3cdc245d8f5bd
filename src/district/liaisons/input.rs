//! What is sent about liaisons.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::EXAMPLE_ID;

/// A liaison, as it is to stand.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WriteLiaison {
    pub building_id: Uuid,
    /// For whom the liaison works: the managing company, the street, the station.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub organization: String,
    /// The duty, not the name of a person.
    #[oai(validator(min_length = 1, max_length = 60))]
    pub duty: String,
    /// A public landline or service number, never a person's mobile.
    #[oai(validator(min_length = 3, max_length = 40))]
    pub phone: Option<String>,
    /// The account of somebody at the station, who is told of cases of the building.
    pub user_id: Option<Uuid>,
    /// Whether the building is still spoken to through it.
    pub active: bool,
}

impl Example for WriteLiaison {
    fn example() -> Self {
        Self {
            building_id: EXAMPLE_ID,
            organization: "上海港汇物业管理有限公司".to_owned(),
            duty: "客户服务主管".to_owned(),
            phone: Some("021-64070001".to_owned()),
            user_id: None,
            active: true,
        }
    }
}
