//! Queries of the parties' times.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::party_time;
use crate::error::Result;

pub(in crate::hearings) async fn of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Vec<party_time::Model>> {
    Ok(party_time::Entity::find()
        .filter(party_time::Column::CaseId.eq(case_id))
        .order_by_asc(party_time::Column::StartsAt)
        .order_by_asc(party_time::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn insert_time(db: &impl ConnectionTrait, time: party_time::Model) -> Result<()> {
    insert(db, time).await
}
