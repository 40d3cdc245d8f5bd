//! Writing applications for confirmation; they are read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::{court_answer, judicial_confirmation};
use crate::error::Result;

pub(super) async fn insert_confirmation(
    db: &impl ConnectionTrait,
    confirmation: judicial_confirmation::Model,
) -> Result<()> {
    insert(db, confirmation).await
}

pub(super) async fn insert_answer(
    db: &impl ConnectionTrait,
    answer: court_answer::Model,
) -> Result<()> {
    insert(db, answer).await
}
