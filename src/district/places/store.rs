//! Queries of service points and buildings.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::{building, service_point};
use crate::error::{Error, Result};

pub(in crate::district) async fn find_point(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<service_point::Model>> {
    Ok(service_point::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn find_point_by_name(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<service_point::Model>> {
    Ok(service_point::Entity::find().filter(service_point::Column::Name.eq(name)).one(db).await?)
}

pub(super) async fn list_points(
    db: &impl ConnectionTrait,
    active: Option<bool>,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<service_point::Model>> {
    let mut query = service_point::Entity::find().order_by_asc(service_point::Column::Id);
    if let Some(active) = active {
        query = query.filter(service_point::Column::Active.eq(active));
    }
    if let Some(after) = after {
        query = query.filter(service_point::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// Where people may be sent, oldest first.
pub(super) async fn active_points(db: &impl ConnectionTrait) -> Result<Vec<service_point::Model>> {
    Ok(service_point::Entity::find()
        .filter(service_point::Column::Active.eq(true))
        .order_by_asc(service_point::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn insert_point(
    db: &impl ConnectionTrait,
    point: service_point::Model,
) -> Result<()> {
    insert(db, point).await
}

/// Writes the service point over the version it was read at.
pub(super) async fn save_point(
    db: &impl ConnectionTrait,
    point: service_point::Model,
    read_version: i64,
) -> Result<()> {
    let id = point.id;
    let mut row = point.into_active_model().reset_all();
    row.not_set(service_point::Column::Id);
    let saved = service_point::Entity::update_many()
        .set(row)
        .filter(service_point::Column::Id.eq(id))
        .filter(service_point::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub(in crate::district) async fn find_building(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<building::Model>> {
    Ok(building::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn find_building_by_name(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<building::Model>> {
    Ok(building::Entity::find().filter(building::Column::Name.eq(name)).one(db).await?)
}

/// Id and name of every building.
pub(in crate::district) async fn named_buildings(
    db: &impl ConnectionTrait,
) -> Result<Vec<(Uuid, String)>> {
    Ok(building::Entity::find()
        .select_only()
        .columns([building::Column::Id, building::Column::Name])
        .into_tuple()
        .all(db)
        .await?)
}

pub(super) async fn list_buildings(
    db: &impl ConnectionTrait,
    active: Option<bool>,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<building::Model>> {
    let mut query = building::Entity::find().order_by_asc(building::Column::Id);
    if let Some(active) = active {
        query = query.filter(building::Column::Active.eq(active));
    }
    if let Some(after) = after {
        query = query.filter(building::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// Every building that is still there, oldest first.
pub(super) async fn active_buildings(db: &impl ConnectionTrait) -> Result<Vec<building::Model>> {
    Ok(building::Entity::find()
        .filter(building::Column::Active.eq(true))
        .order_by_asc(building::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn insert_building(
    db: &impl ConnectionTrait,
    building: building::Model,
) -> Result<()> {
    insert(db, building).await
}

/// Writes the building over the version it was read at.
pub(super) async fn save_building(
    db: &impl ConnectionTrait,
    building: building::Model,
    read_version: i64,
) -> Result<()> {
    let id = building.id;
    let mut row = building.into_active_model().reset_all();
    row.not_set(building::Column::Id);
    let saved = building::Entity::update_many()
        .set(row)
        .filter(building::Column::Id.eq(id))
        .filter(building::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
