//! Writing feedback; it is read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::feedback;
use crate::error::Result;

pub(super) async fn insert_feedback(
    db: &impl ConnectionTrait,
    feedback: feedback::Model,
) -> Result<()> {
    insert(db, feedback).await
}
