//! Queries of requests for supplements.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::supplement;
use crate::error::Result;
use crate::words::SupplementStatus;

pub(super) async fn insert_supplement(
    db: &impl ConnectionTrait,
    supplement: supplement::Model,
) -> Result<()> {
    insert(db, supplement).await
}

pub(super) async fn answer_supplement(
    db: &impl ConnectionTrait,
    id: Uuid,
    answer: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    supplement::Entity::update_many()
        .col_expr(supplement::Column::Status, Expr::value(SupplementStatus::Answered))
        .col_expr(supplement::Column::Answer, Expr::value(answer))
        .col_expr(supplement::Column::AnsweredAt, Expr::value(at))
        .filter(supplement::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
