//! Writing suspensions and extensions; they are read with the case file.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::{extension, suspension};
use crate::error::Result;

/// The case a suspension belongs to; says nothing about who may see it.
pub(super) async fn case_of_suspension(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Uuid>> {
    Ok(suspension::Entity::find_by_id(id).one(db).await?.map(|it| it.case_id))
}

pub(super) async fn insert_suspension(
    db: &impl ConnectionTrait,
    suspension: suspension::Model,
) -> Result<()> {
    insert(db, suspension).await
}

pub(super) async fn update_suspension(
    db: &impl ConnectionTrait,
    suspension: suspension::Model,
) -> Result<()> {
    suspension::Entity::update(suspension.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_extension(
    db: &impl ConnectionTrait,
    extension: extension::Model,
) -> Result<()> {
    insert(db, extension).await
}
