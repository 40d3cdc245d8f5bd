//! Queries of moves between the tracks.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::track_move;
use crate::error::Result;

pub(super) async fn insert_track_move(
    db: &impl ConnectionTrait,
    track_move: track_move::Model,
) -> Result<()> {
    insert(db, track_move).await
}
