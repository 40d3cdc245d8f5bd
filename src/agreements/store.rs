//! Queries of agreements, their terms and signatures.

use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::{agreement, instalment, signature, term};
use crate::error::Result;

pub(super) async fn insert_agreement(
    db: &impl ConnectionTrait,
    agreement: agreement::Model,
) -> Result<()> {
    insert(db, agreement).await
}

pub(super) async fn save(db: &impl ConnectionTrait, agreement: agreement::Model) -> Result<()> {
    agreement::Entity::update(agreement.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_terms(
    db: &impl ConnectionTrait,
    terms: Vec<term::Model>,
    instalments: Vec<instalment::Model>,
) -> Result<()> {
    let terms = terms.into_iter().map(IntoActiveModel::into_active_model);
    term::Entity::insert_many(terms).exec_without_returning(db).await?;
    let instalments = instalments.into_iter().map(IntoActiveModel::into_active_model);
    instalment::Entity::insert_many(instalments).exec_without_returning(db).await?;
    Ok(())
}

/// Removes the terms of a draft, with their instalments.
pub(super) async fn delete_terms(db: &impl ConnectionTrait, agreement_id: Uuid) -> Result<()> {
    let terms = Query::select()
        .column(term::Column::Id)
        .from(term::Entity)
        .and_where(term::Column::AgreementId.eq(agreement_id))
        .to_owned();
    instalment::Entity::delete_many()
        .filter(instalment::Column::TermId.in_subquery(terms))
        .exec(db)
        .await?;
    term::Entity::delete_many().filter(term::Column::AgreementId.eq(agreement_id)).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_signature(
    db: &impl ConnectionTrait,
    signature: signature::Model,
) -> Result<()> {
    insert(db, signature).await
}
