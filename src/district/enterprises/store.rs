//! Queries of enterprises.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::enterprise;
use crate::error::{Error, Result};
use crate::words::EnterpriseStatus;

/// How many rows one statement writes: far below the number of values a statement may have.
const CHUNK: usize = 500;

/// Which enterprises are listed.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub building_id: Option<Uuid>,
    pub status: Option<EnterpriseStatus>,
    pub is_key: Option<bool>,
    pub credit_code: Option<String>,
}

/// What the visit list asks of an enterprise.
#[derive(Debug)]
pub(in crate::district) struct Visitable {
    pub id: Uuid,
    pub name: String,
    pub building_id: Option<Uuid>,
    pub is_key: bool,
}

pub(in crate::district) async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<enterprise::Model>> {
    Ok(enterprise::Entity::find_by_id(id).one(db).await?)
}

pub(crate) async fn find_by_credit_code(
    db: &impl ConnectionTrait,
    credit_code: &str,
) -> Result<Option<enterprise::Model>> {
    Ok(enterprise::Entity::find()
        .filter(enterprise::Column::CreditCode.eq(credit_code))
        .one(db)
        .await?)
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    filter: Filter,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<enterprise::Model>> {
    let mut query = enterprise::Entity::find().order_by_asc(enterprise::Column::Id);
    if let Some(id) = filter.building_id {
        query = query.filter(enterprise::Column::BuildingId.eq(id));
    }
    if let Some(status) = filter.status {
        query = query.filter(enterprise::Column::Status.eq(status));
    }
    if let Some(is_key) = filter.is_key {
        query = query.filter(enterprise::Column::IsKey.eq(is_key));
    }
    if let Some(code) = filter.credit_code {
        query = query.filter(enterprise::Column::CreditCode.eq(code));
    }
    if let Some(after) = after {
        query = query.filter(enterprise::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// The whole register, which an import is held against.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<enterprise::Model>> {
    Ok(enterprise::Entity::find().order_by_asc(enterprise::Column::Id).all(db).await?)
}

/// Whoever has not left, of one building or of all.
pub(in crate::district) async fn visitable(
    db: &impl ConnectionTrait,
    building_id: Option<Uuid>,
) -> Result<Vec<Visitable>> {
    let mut query = enterprise::Entity::find()
        .select_only()
        .columns([
            enterprise::Column::Id,
            enterprise::Column::Name,
            enterprise::Column::BuildingId,
            enterprise::Column::IsKey,
        ])
        .filter(enterprise::Column::Status.ne(EnterpriseStatus::Left));
    if let Some(id) = building_id {
        query = query.filter(enterprise::Column::BuildingId.eq(id));
    }
    let rows: Vec<(Uuid, String, Option<Uuid>, bool)> = query.into_tuple().all(db).await?;
    let row = |(id, name, building_id, is_key)| Visitable { id, name, building_id, is_key };
    Ok(rows.into_iter().map(row).collect())
}

pub(super) async fn insert_enterprise(
    db: &impl ConnectionTrait,
    enterprise: enterprise::Model,
) -> Result<()> {
    insert(db, enterprise).await
}

/// Writes the enterprise over the version it was read at.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    enterprise: enterprise::Model,
    read_version: i64,
) -> Result<()> {
    let id = enterprise.id;
    let mut row = enterprise.into_active_model().reset_all();
    row.not_set(enterprise::Column::Id);
    let saved = enterprise::Entity::update_many()
        .set(row)
        .filter(enterprise::Column::Id.eq(id))
        .filter(enterprise::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Puts in many at once.
pub(super) async fn insert_all(
    db: &impl ConnectionTrait,
    enterprises: &[enterprise::Model],
) -> Result<()> {
    for chunk in enterprises.chunks(CHUNK) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        enterprise::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes many at once, each over the version before its own; all, or it is stale.
pub(super) async fn save_all(
    db: &impl ConnectionTrait,
    enterprises: &[enterprise::Model],
) -> Result<()> {
    let over_what_was_read = OnConflict::column(enterprise::Column::Id)
        .update_columns([
            enterprise::Column::Name,
            enterprise::Column::Kind,
            enterprise::Column::Trade,
            enterprise::Column::BuildingId,
            enterprise::Column::Floor,
            enterprise::Column::Unit,
            enterprise::Column::IsKey,
            enterprise::Column::Status,
            enterprise::Column::Phone,
            enterprise::Column::Version,
        ])
        .action_and_where(Expr::cust("enterprises.version = excluded.version - 1"))
        .to_owned();
    for chunk in enterprises.chunks(CHUNK) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        let written = enterprise::Entity::insert_many(rows)
            .on_conflict(over_what_was_read.clone())
            .exec_without_returning(db)
            .await?;
        if written != chunk.len() as u64 {
            return Err(Error::Stale);
        }
    }
    Ok(())
}
