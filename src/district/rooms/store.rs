//! Queries of rooms.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::room;
use crate::error::{Error, Result};

/// Which rooms are listed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Filter {
    pub service_point_id: Option<Uuid>,
    pub enterprise_id: Option<Uuid>,
    pub active: Option<bool>,
}

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<room::Model>> {
    Ok(room::Entity::find_by_id(id).one(db).await?)
}

/// The room of that name of the same owner.
pub(super) async fn find_by_name(
    db: &impl ConnectionTrait,
    service_point_id: Option<Uuid>,
    enterprise_id: Option<Uuid>,
    name: &str,
) -> Result<Option<room::Model>> {
    let mut query = room::Entity::find().filter(room::Column::Name.eq(name));
    if let Some(id) = service_point_id {
        query = query.filter(room::Column::ServicePointId.eq(id));
    }
    if let Some(id) = enterprise_id {
        query = query.filter(room::Column::EnterpriseId.eq(id));
    }
    Ok(query.one(db).await?)
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    filter: Filter,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<room::Model>> {
    let mut query = room::Entity::find().order_by_asc(room::Column::Id);
    if let Some(id) = filter.service_point_id {
        query = query.filter(room::Column::ServicePointId.eq(id));
    }
    if let Some(id) = filter.enterprise_id {
        query = query.filter(room::Column::EnterpriseId.eq(id));
    }
    if let Some(active) = filter.active {
        query = query.filter(room::Column::Active.eq(active));
    }
    if let Some(after) = after {
        query = query.filter(room::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_room(db: &impl ConnectionTrait, room: room::Model) -> Result<()> {
    insert(db, room).await
}

/// Writes the room over the version it was read at.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    room: room::Model,
    read_version: i64,
) -> Result<()> {
    let id = room.id;
    let mut row = room.into_active_model().reset_all();
    row.not_set(room::Column::Id);
    let saved = room::Entity::update_many()
        .set(row)
        .filter(room::Column::Id.eq(id))
        .filter(room::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
