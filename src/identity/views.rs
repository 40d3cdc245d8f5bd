//! What is answered about accounts.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::user;
use crate::words::{Role, UserStatus};

/// An account.
#[derive(Debug, Object)]
pub struct User {
    pub id: Uuid,
    /// The name to log in with.
    pub username: String,
    /// The name that others see.
    pub display_name: String,
    pub role: Role,
    pub office_id: Uuid,
    pub status: UserStatus,
    /// Locked after failed logins until then; absent when not locked.
    #[oai(skip_serializing_if_is_none)]
    pub locked_until: Option<DateTime<Utc>>,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<user::Model> for User {
    fn from(it: user::Model) -> Self {
        Self {
            id: it.id,
            username: it.username,
            display_name: it.display_name,
            role: it.role,
            office_id: it.office_id,
            status: it.status,
            locked_until: it.locked_until,
            version: it.version,
            created_at: it.created_at,
        }
    }
}
