//! Queries of holds.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::room_hold;
use crate::error::Result;

pub(super) async fn insert_hold(db: &impl ConnectionTrait, hold: room_hold::Model) -> Result<()> {
    insert(db, hold).await
}

/// A hold of this person that still stands.
pub(super) async fn find_open(
    db: &impl ConnectionTrait,
    id: Uuid,
    held_by: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<room_hold::Model>> {
    Ok(room_hold::Entity::find_by_id(id)
        .filter(room_hold::Column::HeldBy.eq(held_by))
        .filter(room_hold::Column::EndedAt.is_null())
        .filter(room_hold::Column::ExpiresAt.gt(now))
        .one(db)
        .await?)
}
