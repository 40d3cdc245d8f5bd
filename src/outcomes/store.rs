//! Queries of route notices.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::route_notice;
use crate::error::Result;

pub(crate) async fn insert_route_notice(
    db: &impl ConnectionTrait,
    notice: route_notice::Model,
) -> Result<()> {
    insert(db, notice).await
}
