//! Queries of the register of clues.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::clue;
use crate::error::{Error, Result};
use crate::words::ClueStatus;

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<clue::Model>> {
    Ok(clue::Entity::find_by_id(id).one(db).await?)
}

/// Newest first, of one office or of all.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    office_id: Option<Uuid>,
    status: Option<ClueStatus>,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<clue::Model>> {
    let mut query = clue::Entity::find().order_by_desc(clue::Column::Id);
    if let Some(office_id) = office_id {
        query = query.filter(clue::Column::OfficeId.eq(office_id));
    }
    if let Some(status) = status {
        query = query.filter(clue::Column::Status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(clue::Column::Id.lt(before));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_clue(db: &impl ConnectionTrait, clue: clue::Model) -> Result<()> {
    insert(db, clue).await
}

/// Writes the clue over the version it was read at.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    clue: clue::Model,
    read_version: i64,
) -> Result<()> {
    let id = clue.id;
    let mut row = clue.into_active_model().reset_all();
    for fixed in [clue::Column::Id, clue::Column::CaseId, clue::Column::DiscoveredOn] {
        row.not_set(fixed);
    }
    let saved = clue::Entity::update_many()
        .set(row)
        .filter(clue::Column::Id.eq(id))
        .filter(clue::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
