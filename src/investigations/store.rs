//! Writing investigations; they are read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::investigation;
use crate::error::Result;

pub(super) async fn insert_investigation(
    db: &impl ConnectionTrait,
    row: investigation::Model,
) -> Result<()> {
    insert(db, row).await
}
