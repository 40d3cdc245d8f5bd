//! Queries of calendars, and the head that tells every process when its copy is old.

use std::collections::BTreeMap;

use sea_orm::prelude::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::notice::CalendarFile;
use super::views::file_of;
use crate::database::insert;
use crate::entity::{almanac_head, calendar_year};
use crate::error::{Error, Result};

/// What of the almanac is about to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Calendar,
    RuleSet,
}

/// The versions of what counts now.
pub(crate) async fn head(db: &impl ConnectionTrait) -> Result<almanac_head::Model> {
    let head = almanac_head::Entity::find().one(db).await?;
    head.ok_or_else(|| Error::internal("the almanac has no head"))
}

/// Takes the next version. The row stays locked until the transaction ends, so that what is
/// read after this is what is written over. The mark is new each time: a version that was
/// rolled back is never taken for the one that came in its place.
pub(crate) async fn advance_head(
    db: &impl ConnectionTrait,
    what: Head,
) -> Result<almanac_head::Model> {
    let column = match what {
        Head::Calendar => almanac_head::Column::CalendarVersion,
        Head::RuleSet => almanac_head::Column::RuleSetVersion,
    };
    almanac_head::Entity::update_many()
        .col_expr(column, Expr::col(column).add(1))
        .col_expr(almanac_head::Column::Mark, Expr::value(Uuid::now_v7().to_string()))
        .exec_with_returning(db)
        .await?
        .pop()
        .ok_or_else(|| Error::internal("the almanac has no head"))
}

/// One year at one revision, or as it stands now.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    year: i32,
    revision: Option<i64>,
) -> Result<Option<calendar_year::Model>> {
    let mut query = calendar_year::Entity::find()
        .filter(calendar_year::Column::Year.eq(year))
        .order_by_desc(calendar_year::Column::Revision);
    if let Some(revision) = revision {
        query = query.filter(calendar_year::Column::Revision.eq(revision));
    }
    Ok(query.one(db).await?)
}

/// Each loaded year as it stands now, oldest first.
pub(super) async fn latest(db: &impl ConnectionTrait) -> Result<Vec<calendar_year::Model>> {
    let all = calendar_year::Entity::find()
        .order_by_asc(calendar_year::Column::Year)
        .order_by_asc(calendar_year::Column::Revision)
        .all(db)
        .await?;
    let by_year: BTreeMap<i32, _> = all.into_iter().map(|it| (it.year, it)).collect();
    Ok(by_year.into_values().collect())
}

/// Each loaded year as a file, with its revision, as all calendars stood at that version.
pub(crate) async fn years_as_of(
    db: &impl ConnectionTrait,
    calendar_version: i64,
) -> Result<Vec<(CalendarFile, i64)>> {
    let rows = calendar_year::Entity::find()
        .filter(calendar_year::Column::CalendarVersion.lte(calendar_version))
        .order_by_asc(calendar_year::Column::Year)
        .order_by_asc(calendar_year::Column::Revision)
        .all(db)
        .await?;
    let by_year: BTreeMap<i32, _> = rows.into_iter().map(|it| (it.year, it)).collect();
    by_year.values().map(|it| Ok((file_of(it)?, it.revision))).collect()
}

pub(super) async fn insert_year(
    db: &impl ConnectionTrait,
    year: calendar_year::Model,
) -> Result<()> {
    insert(db, year).await
}
