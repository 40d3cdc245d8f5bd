//! Queries of codes.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::signing_code::{Column, Entity, Model};
use crate::error::Result;

pub(super) async fn insert_code(db: &impl ConnectionTrait, code: Model) -> Result<()> {
    insert(db, code).await
}

/// Every code that was sent for a party of a case.
pub(super) async fn of_party(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    party_id: Uuid,
) -> Result<Vec<Model>> {
    let codes = Entity::find().filter(Column::CaseId.eq(case_id));
    Ok(codes.filter(Column::PartyId.eq(party_id)).all(db).await?)
}

pub(super) async fn count_wrong_try(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::WrongTries, Expr::col(Column::WrongTries).add(1))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn use_up(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
