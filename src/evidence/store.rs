//! Queries of evidence.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::evidence::{Column, Entity, Model};
use crate::error::Result;

pub(super) async fn of_case(db: &impl ConnectionTrait, case_id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::CaseId.eq(case_id)).order_by_asc(Column::Id).all(db).await?)
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    id: Uuid,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::CaseId.eq(case_id)).one(db).await?)
}

/// What stands in the case with this content.
pub(super) async fn same_content(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    sha256: &str,
) -> Result<Option<Uuid>> {
    let same = Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .filter(Column::Sha256.eq(sha256))
        .filter(Column::WithdrawnAt.is_null());
    Ok(same.select_only().column(Column::Id).into_tuple().one(db).await?)
}

pub(super) async fn insert_evidence(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    insert(db, row).await
}

/// Marks what was withdrawn; nothing else of it changes.
pub(super) async fn mark_withdrawn(db: &impl ConnectionTrait, row: &Model) -> Result<()> {
    let mut marked = row.clone().into_active_model();
    marked.withdrawn_by = sea_orm::Set(row.withdrawn_by);
    marked.withdrawn_at = sea_orm::Set(row.withdrawn_at);
    marked.withdrawal_reason = sea_orm::Set(row.withdrawal_reason.clone());
    Entity::update(marked).exec(db).await?;
    Ok(())
}

/// Some of all evidence, by id, after `after`.
pub(super) async fn batch(
    db: &impl ConnectionTrait,
    after: Uuid,
    limit: u64,
) -> Result<Vec<Model>> {
    let next = Entity::find().filter(Column::Id.gt(after)).order_by_asc(Column::Id);
    Ok(next.limit(limit).all(db).await?)
}

/// Those of the keys that a row speaks of.
pub(super) async fn spoken_of(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<BTreeSet<String>> {
    let named = Condition::any()
        .add(Column::ObjectKey.is_in(keys.iter().cloned()))
        .add(Column::ThumbnailKey.is_in(keys.iter().cloned()));
    let rows = Entity::find().filter(named).all(db).await?;
    let both = rows.into_iter().flat_map(|it| [Some(it.object_key), it.thumbnail_key]);
    Ok(both.flatten().collect())
}
