//! What is answered about enterprises.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::enterprise;
use crate::words::{EnterpriseKind, EnterpriseStatus, EnterpriseTrade};

/// An enterprise of the district (企业、商户). All of it is public record.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Enterprise {
    pub id: Uuid,
    /// Unified social credit code.
    pub credit_code: String,
    /// The registered name.
    pub name: String,
    pub kind: EnterpriseKind,
    pub trade: EnterpriseTrade,
    pub building_id: Option<Uuid>,
    pub floor: Option<String>,
    pub unit: Option<String>,
    /// Whether it is visited first (重点企业).
    pub is_key: bool,
    pub status: EnterpriseStatus,
    /// A public one.
    pub phone: Option<String>,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<enterprise::Model> for Enterprise {
    fn from(it: enterprise::Model) -> Self {
        Self {
            id: it.id,
            credit_code: it.credit_code,
            name: it.name,
            kind: it.kind,
            trade: it.trade,
            building_id: it.building_id,
            floor: it.floor,
            unit: it.unit,
            is_key: it.is_key,
            status: it.status,
            phone: it.phone,
            version: it.version,
            created_at: it.created_at,
        }
    }
}
