//! Queries of corrections.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::locality_correction;
use crate::error::Result;

/// The correction that counts.
pub(super) async fn last(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Option<locality_correction::Model>> {
    Ok(locality_correction::Entity::find()
        .filter(locality_correction::Column::CaseId.eq(case_id))
        .order_by_desc(locality_correction::Column::Id)
        .one(db)
        .await?)
}

pub(super) async fn insert_correction(
    db: &impl ConnectionTrait,
    correction: locality_correction::Model,
) -> Result<()> {
    insert(db, correction).await
}
