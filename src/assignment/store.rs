//! Writing assignments; they are read with the case file.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::assignment;
use crate::error::Result;

/// The case an assignment belongs to; says nothing about who may see it.
pub(super) async fn case_of_assignment(
    db: &impl ConnectionTrait,
    assignment_id: Uuid,
) -> Result<Option<Uuid>> {
    Ok(assignment::Entity::find_by_id(assignment_id).one(db).await?.map(|it| it.case_id))
}

pub(super) async fn insert_assignment(
    db: &impl ConnectionTrait,
    assignment: assignment::Model,
) -> Result<()> {
    insert(db, assignment).await
}

pub(super) async fn update_assignment(
    db: &impl ConnectionTrait,
    assignment: assignment::Model,
) -> Result<()> {
    let row = assignment.into_active_model().reset_all();
    assignment::Entity::update(row).exec(db).await?;
    Ok(())
}
