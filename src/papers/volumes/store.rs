//! Queries of case files.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::volume::{Column, Entity, Model};
use crate::error::Result;
use crate::words::VolumeStatus;

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

pub(super) async fn insert_volume(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    insert(db, row).await
}

/// How far it is, and that somebody is still at it.
pub(super) async fn beat(
    db: &impl ConnectionTrait,
    id: Uuid,
    at: DateTime<Utc>,
    (done, total): (i32, i32),
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::BeatAt, Expr::value(at))
        .col_expr(Column::Done, Expr::value(done))
        .col_expr(Column::Total, Expr::value(total))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(VolumeStatus::Running))
        .exec(db)
        .await?;
    Ok(())
}

/// That somebody is still at it.
pub(super) async fn alive(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::BeatAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(VolumeStatus::Running))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes how it ended.
pub(super) async fn finish(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::update(row.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}
