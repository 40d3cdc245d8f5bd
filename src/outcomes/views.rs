//! What is answered about the routes that remain to the parties.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::route_notice;
use crate::words::Manner;

/// That a party was told of arbitration, administrative and court routes.
#[derive(Debug, Object)]
pub struct RouteNotice {
    pub id: Uuid,
    /// The party who was told.
    pub party_id: Uuid,
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
    pub recorded_by: Uuid,
}

impl From<route_notice::Model> for RouteNotice {
    fn from(it: route_notice::Model) -> Self {
        let route_notice::Model { id, party_id, told_at, manner, recorded_by, .. } = it;
        Self { id, party_id, told_at, manner, recorded_by }
    }
}
