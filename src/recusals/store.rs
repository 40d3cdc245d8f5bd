//! Writing recusals; they are read with the case file.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::recusal;
use crate::error::Result;

/// The case a recusal belongs to; says nothing about who may see it.
pub(super) async fn case_of_recusal(
    db: &impl ConnectionTrait,
    recusal_id: Uuid,
) -> Result<Option<Uuid>> {
    Ok(recusal::Entity::find_by_id(recusal_id).one(db).await?.map(|it| it.case_id))
}

pub(super) async fn insert_recusal(
    db: &impl ConnectionTrait,
    recusal: recusal::Model,
) -> Result<()> {
    insert(db, recusal).await
}

pub(super) async fn update_recusal(
    db: &impl ConnectionTrait,
    recusal: recusal::Model,
) -> Result<()> {
    let row = recusal.into_active_model().reset_all();
    recusal::Entity::update(row).exec(db).await?;
    Ok(())
}
