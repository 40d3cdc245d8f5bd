//! Queries of visits.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::visit;
use crate::error::Result;

pub(super) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<visit::Model>> {
    Ok(visit::Entity::find_by_id(id).one(db).await?)
}

/// Newest entry first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    enterprise_id: Option<Uuid>,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<visit::Model>> {
    let mut query = visit::Entity::find().order_by_desc(visit::Column::Id);
    if let Some(id) = enterprise_id {
        query = query.filter(visit::Column::EnterpriseId.eq(id));
    }
    if let Some(before) = before {
        query = query.filter(visit::Column::Id.lt(before));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_visit(db: &impl ConnectionTrait, visit: visit::Model) -> Result<()> {
    insert(db, visit).await
}

/// The last visit to each enterprise: its day and the day agreed on.
pub(super) async fn last_visits(
    db: &impl ConnectionTrait,
) -> Result<HashMap<Uuid, (NaiveDate, Option<NaiveDate>)>> {
    let visits: Vec<(Uuid, NaiveDate, Option<NaiveDate>)> = visit::Entity::find()
        .select_only()
        .columns([visit::Column::EnterpriseId, visit::Column::VisitedOn, visit::Column::FollowUpOn])
        .order_by_asc(visit::Column::VisitedOn)
        .order_by_asc(visit::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(visits.into_iter().map(|(id, day, follow_up)| (id, (day, follow_up))).collect())
}
