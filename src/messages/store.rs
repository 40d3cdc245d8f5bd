//! Queries of messages.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::outgoing_message::{Column, Entity, Model};
use crate::error::Result;

pub(super) async fn insert_message(db: &impl ConnectionTrait, message: Model) -> Result<()> {
    insert(db, message).await
}

/// Those whose time is over, and if they can leave at all those that are to be tried now.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    may_leave: bool,
    limit: u64,
) -> Result<Vec<Model>> {
    let mut either = Condition::any().add(Column::ExpiresAt.lte(now));
    if may_leave {
        either = either.add(Column::NextAttemptAt.lte(now));
    }
    let due = Entity::find().filter(Column::SealedText.is_not_null()).filter(either);
    Ok(due.order_by_asc(Column::NextAttemptAt).limit(limit).all(db).await?)
}

/// Everything that still has its content.
pub(super) async fn waiting(db: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::SealedText.is_not_null()).all(db).await?)
}

/// It was taken: nothing of its content stays.
pub(super) async fn mark_sent(
    db: &impl ConnectionTrait,
    id: Uuid,
    attempts: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SentAt, Expr::value(at))
        .col_expr(Column::Attempts, Expr::value(attempts))
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    erase(db, id).await
}

pub(super) async fn mark_failed(
    db: &impl ConnectionTrait,
    id: Uuid,
    attempts: i32,
    next_attempt_at: DateTime<Utc>,
    cause: String,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Attempts, Expr::value(attempts))
        .col_expr(Column::NextAttemptAt, Expr::value(next_attempt_at))
        .col_expr(Column::LastError, Expr::value(cause))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes the content away; that there was a message stays.
pub(super) async fn erase(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SealedText, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::SealedNumber, Expr::value(None::<Vec<u8>>))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn seal_again(
    db: &impl ConnectionTrait,
    id: Uuid,
    text: Vec<u8>,
    number: Vec<u8>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SealedText, Expr::value(text))
        .col_expr(Column::SealedNumber, Expr::value(number))
        .filter(Column::Id.eq(id))
        .filter(Column::SealedText.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}
