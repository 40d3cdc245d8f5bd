//! Queries of wishes.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::mediator_wish;
use crate::error::Result;

/// Everything the parties of a case have said, oldest entry first.
pub(in crate::assignment) async fn of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Vec<mediator_wish::Model>> {
    Ok(mediator_wish::Entity::find()
        .filter(mediator_wish::Column::CaseId.eq(case_id))
        .order_by_asc(mediator_wish::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn insert_wish(
    db: &impl ConnectionTrait,
    wish: mediator_wish::Model,
) -> Result<()> {
    insert(db, wish).await
}
