//! Queries of performances and revisits.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::{performance, revisit};
use crate::error::Result;

pub(super) async fn insert_performance(
    db: &impl ConnectionTrait,
    performance: performance::Model,
) -> Result<()> {
    insert(db, performance).await
}

pub(super) async fn insert_revisit(
    db: &impl ConnectionTrait,
    revisit: revisit::Model,
) -> Result<()> {
    insert(db, revisit).await
}
