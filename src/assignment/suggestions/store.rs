//! Queries of suggestions. There is no update and no delete; the database refuses both.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::suggestion;
use crate::error::Result;

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<suggestion::Model>> {
    Ok(suggestion::Entity::find_by_id(id).one(db).await?)
}

/// Oldest first.
pub(super) async fn of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Vec<suggestion::Model>> {
    Ok(suggestion::Entity::find()
        .filter(suggestion::Column::CaseId.eq(case_id))
        .order_by_asc(suggestion::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn count_of_case(db: &impl ConnectionTrait, case_id: Uuid) -> Result<u64> {
    let these = suggestion::Column::CaseId.eq(case_id);
    Ok(suggestion::Entity::find().filter(these).count(db).await?)
}

/// The next ones after `id`, of one case or of all, for a check in bounded memory.
pub(super) async fn after(
    db: &impl ConnectionTrait,
    case_id: Option<Uuid>,
    id: Option<Uuid>,
    limit: u64,
) -> Result<Vec<suggestion::Model>> {
    let mut query = suggestion::Entity::find().order_by_asc(suggestion::Column::Id);
    if let Some(case_id) = case_id {
        query = query.filter(suggestion::Column::CaseId.eq(case_id));
    }
    if let Some(id) = id {
        query = query.filter(suggestion::Column::Id.gt(id));
    }
    Ok(query.limit(limit).all(db).await?)
}

pub(super) async fn insert_suggestion(
    db: &impl ConnectionTrait,
    suggestion: suggestion::Model,
) -> Result<()> {
    insert(db, suggestion).await
}
