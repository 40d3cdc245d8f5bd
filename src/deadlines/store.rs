//! Queries of rule sets.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::rule_set::RuleSet;
use crate::database::{Limit, insert};
use crate::entity::rule_set;
use crate::error::{Error, Result};

/// The set that counts now: the last one.
pub(super) async fn newest(db: &impl ConnectionTrait) -> Result<Option<rule_set::Model>> {
    let query = rule_set::Entity::find().order_by_desc(rule_set::Column::Version);
    Ok(query.one(db).await?)
}

/// The rules that count now.
pub(super) async fn active(db: &impl ConnectionTrait) -> Result<RuleSet> {
    let row = newest(db).await?.ok_or_else(|| Error::internal("there is no rule set"))?;
    document_of(&row)
}

/// The rules of one row.
pub(super) fn document_of(row: &rule_set::Model) -> Result<RuleSet> {
    serde_json::from_str(&row.document).map_err(Error::internal)
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    version: i64,
) -> Result<Option<rule_set::Model>> {
    let query = rule_set::Entity::find().filter(rule_set::Column::Version.eq(version));
    Ok(query.one(db).await?)
}

/// Newest first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    before: Option<i64>,
    limit: Limit,
) -> Result<Vec<rule_set::Model>> {
    let mut query = rule_set::Entity::find().order_by_desc(rule_set::Column::Version);
    if let Some(before) = before {
        query = query.filter(rule_set::Column::Version.lt(before));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

pub(super) async fn insert_set(db: &impl ConnectionTrait, set: rule_set::Model) -> Result<()> {
    insert(db, set).await
}
