//! Writing answers to referrals; they are read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::referral_answer;
use crate::error::Result;

pub(super) async fn insert_answer(
    db: &impl ConnectionTrait,
    answer: referral_answer::Model,
) -> Result<()> {
    insert(db, answer).await
}
