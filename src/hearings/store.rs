//! Queries of hearings. A hearing is seen by whoever sees its case.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::Sight;
use crate::cases;
use crate::database::{Limit, insert};
use crate::entity::{attendance, hearing, hearing_notice};
use crate::error::Result;
use crate::words::HearingStatus;

/// What a list of hearings may be narrowed to.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// Starting then or later.
    pub from: Option<DateTime<Utc>>,
    /// Starting before then.
    pub to: Option<DateTime<Utc>>,
    pub status: Option<HearingStatus>,
}

/// Hearings of the cases in sight, earliest first, after the one at that place.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    sight: Sight,
    filter: Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: Limit,
) -> Result<Vec<hearing::Model>> {
    use hearing::Column::{CaseId, Id, StartsAt, Status};
    let mut query = hearing::Entity::find()
        .filter(cases::of_case_in_sight(CaseId, sight))
        .order_by_asc(StartsAt)
        .order_by_asc(Id);
    if let Some((starts_at, id)) = after {
        let same_time = Condition::all().add(StartsAt.eq(starts_at)).add(Id.gt(id));
        query = query.filter(Condition::any().add(StartsAt.gt(starts_at)).add(same_time));
    }
    if let Some(from) = filter.from {
        query = query.filter(StartsAt.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(StartsAt.lt(to));
    }
    if let Some(status) = filter.status {
        query = query.filter(Status.eq(status));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_hearing(
    db: &impl ConnectionTrait,
    hearing: hearing::Model,
) -> Result<()> {
    insert(db, hearing).await
}

pub(super) async fn update_hearing(
    db: &impl ConnectionTrait,
    hearing: hearing::Model,
) -> Result<()> {
    let row = hearing.into_active_model().reset_all();
    hearing::Entity::update(row).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_notice(
    db: &impl ConnectionTrait,
    notice: hearing_notice::Model,
) -> Result<()> {
    insert(db, notice).await
}

/// Takes back the notices of a hearing; the log keeps that they were given.
pub(super) async fn delete_notices(db: &impl ConnectionTrait, hearing_id: Uuid) -> Result<()> {
    hearing_notice::Entity::delete_many()
        .filter(hearing_notice::Column::HearingId.eq(hearing_id))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn insert_attendance(
    db: &impl ConnectionTrait,
    attendance: attendance::Model,
) -> Result<()> {
    insert(db, attendance).await
}
