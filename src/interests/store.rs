//! Queries of declared interests.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::interest;
use crate::error::Result;

/// Everything these people have declared, oldest first; no query where there is nobody.
pub(crate) async fn of_mediators(
    db: &impl ConnectionTrait,
    mediators: &[Uuid],
) -> Result<Vec<interest::Model>> {
    if mediators.is_empty() {
        return Ok(Vec::new());
    }
    Ok(interest::Entity::find()
        .filter(interest::Column::MediatorId.is_in(mediators.iter().copied()))
        .order_by_asc(interest::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<interest::Model>> {
    Ok(interest::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn insert_interest(
    db: &impl ConnectionTrait,
    interest: interest::Model,
) -> Result<()> {
    insert(db, interest).await
}

/// Writes the last day of an interest.
pub(super) async fn set_until(db: &impl ConnectionTrait, id: Uuid, until: NaiveDate) -> Result<()> {
    interest::Entity::update_many()
        .col_expr(interest::Column::Until, Expr::value(until))
        .filter(interest::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
