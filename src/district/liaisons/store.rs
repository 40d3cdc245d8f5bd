//! Queries of liaisons.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::liaison;
use crate::error::{Error, Result};

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<liaison::Model>> {
    Ok(liaison::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    building_id: Option<Uuid>,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<liaison::Model>> {
    let mut query = liaison::Entity::find().order_by_asc(liaison::Column::Id);
    if let Some(building_id) = building_id {
        query = query.filter(liaison::Column::BuildingId.eq(building_id));
    }
    if let Some(after) = after {
        query = query.filter(liaison::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_liaison(
    db: &impl ConnectionTrait,
    liaison: liaison::Model,
) -> Result<()> {
    insert(db, liaison).await
}

/// Writes the liaison over the version it was read at.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    liaison: liaison::Model,
    read_version: i64,
) -> Result<()> {
    let id = liaison.id;
    let mut row = liaison.into_active_model().reset_all();
    row.not_set(liaison::Column::Id);
    let saved = liaison::Entity::update_many()
        .set(row)
        .filter(liaison::Column::Id.eq(id))
        .filter(liaison::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
