//! Queries of links and of the hearings they show.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::text::Entry;
use crate::database::insert;
use crate::entity::{assignment, calendar_feed, case, hearing};
use crate::error::Result;
use crate::words::AssignmentStatus;

/// How many hearings a calendar shows at most.
const MOST: u64 = 2000;

pub(super) async fn insert_feed(
    db: &impl ConnectionTrait,
    feed: calendar_feed::Model,
) -> Result<()> {
    insert(db, feed).await
}

/// Links that stand; those of one person if one is named.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    created_by: Option<Uuid>,
) -> Result<Vec<calendar_feed::Model>> {
    let mut query = calendar_feed::Entity::find()
        .filter(calendar_feed::Column::RevokedAt.is_null())
        .order_by_asc(calendar_feed::Column::Id);
    if let Some(id) = created_by {
        query = query.filter(calendar_feed::Column::CreatedBy.eq(id));
    }
    Ok(query.limit(1000).all(db).await?)
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<calendar_feed::Model>> {
    Ok(calendar_feed::Entity::find_by_id(id)
        .filter(calendar_feed::Column::RevokedAt.is_null())
        .one(db)
        .await?)
}

pub(super) async fn find_by_hash(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<calendar_feed::Model>> {
    Ok(calendar_feed::Entity::find()
        .filter(calendar_feed::Column::TokenHash.eq(hash))
        .filter(calendar_feed::Column::RevokedAt.is_null())
        .one(db)
        .await?)
}

pub(super) async fn revoke(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    calendar_feed::Entity::update_many()
        .col_expr(calendar_feed::Column::RevokedAt, Expr::value(at))
        .filter(calendar_feed::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The hearings of a link, earliest first. Nothing of a case leaves but its number and version.
pub(super) async fn entries(
    db: &impl ConnectionTrait,
    feed: &calendar_feed::Model,
    from: DateTime<Utc>,
) -> Result<Vec<Entry>> {
    let mut query = hearing::Entity::find()
        .filter(hearing::Column::StartsAt.gte(from))
        .order_by_asc(hearing::Column::StartsAt);
    if let Some(room_id) = feed.room_id {
        query = query.filter(hearing::Column::RoomId.eq(room_id));
    }
    if let Some(mediator_id) = feed.mediator_id {
        let seats = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::CaseId)
            .filter(assignment::Column::MediatorId.eq(mediator_id))
            .filter(assignment::Column::Status.eq(AssignmentStatus::Accepted))
            .into_query();
        query = query.filter(hearing::Column::CaseId.in_subquery(seats));
    }
    let hearings = query.limit(MOST).all(db).await?;
    let mut entries = Vec::new();
    for some in hearings.chunks(500) {
        let ids = some.iter().map(|it| it.case_id);
        let cases = case::Entity::find().filter(case::Column::Id.is_in(ids)).all(db).await?;
        for hearing in some {
            if let Some(case) = cases.iter().find(|it| it.id == hearing.case_id) {
                entries.push(Entry::new(hearing.clone(), case));
            }
        }
    }
    Ok(entries)
}
