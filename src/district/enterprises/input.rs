//! What is sent about enterprises.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::words::{EnterpriseKind, EnterpriseStatus, EnterpriseTrade};

/// An enterprise, as it is to stand.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WriteEnterprise {
    /// Unified social credit code, checked by its checksum (GB 32100-2015); no other enterprise
    /// has it.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub credit_code: String,
    /// The registered name.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    pub kind: EnterpriseKind,
    pub trade: EnterpriseTrade,
    /// Where it is.
    pub building_id: Option<Uuid>,
    #[oai(validator(min_length = 1, max_length = 20))]
    pub floor: Option<String>,
    #[oai(validator(min_length = 1, max_length = 40))]
    pub unit: Option<String>,
    /// Whether it is visited first (重点企业).
    pub is_key: bool,
    pub status: EnterpriseStatus,
    /// A public landline or service number, never a person's mobile.
    #[oai(validator(min_length = 3, max_length = 40))]
    pub phone: Option<String>,
}

impl Example for WriteEnterprise {
    fn example() -> Self {
        Self {
            credit_code: "91350100M000100Y43".to_owned(),
            name: "上海悦动健身有限公司".to_owned(),
            kind: EnterpriseKind::Company,
            trade: EnterpriseTrade::Fitness,
            building_id: None,
            floor: Some("5".to_owned()),
            unit: Some("501".to_owned()),
            is_key: true,
            status: EnterpriseStatus::Operating,
            phone: Some("400-820-8820".to_owned()),
        }
    }
}
