//! Queries of offices.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::office;
use crate::error::{Error, Result};
use crate::words::OfficeKind;

pub(crate) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<office::Model>> {
    Ok(office::Entity::find_by_id(id).one(db).await?)
}

/// The first office of a kind: the one whose name stands on papers of cases it seals.
pub(crate) async fn first_of_kind(
    db: &impl ConnectionTrait,
    kind: OfficeKind,
) -> Result<Option<office::Model>> {
    let of_kind = office::Entity::find().filter(office::Column::Kind.eq(kind));
    Ok(of_kind.order_by_asc(office::Column::Id).one(db).await?)
}

pub(super) async fn find_by_name(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<office::Model>> {
    Ok(office::Entity::find().filter(office::Column::Name.eq(name)).one(db).await?)
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<office::Model>> {
    let mut query = office::Entity::find().order_by_asc(office::Column::Id);
    if let Some(after) = after {
        query = query.filter(office::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_office(db: &impl ConnectionTrait, office: office::Model) -> Result<()> {
    insert(db, office).await
}

/// Writes the office over the version it was read at.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    office: office::Model,
    read_version: i64,
) -> Result<()> {
    let id = office.id;
    let mut row = office.into_active_model().reset_all();
    row.not_set(office::Column::Id);
    let saved = office::Entity::update_many()
        .set(row)
        .filter(office::Column::Id.eq(id))
        .filter(office::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
