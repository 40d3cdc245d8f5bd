//! Queries of agreements, their terms and signatures.

use std::collections::BTreeSet;

use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
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

/// The agreement whose paper bears this number.
pub(super) async fn find_by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<agreement::Model>> {
    let found = agreement::Entity::find().filter(agreement::Column::CheckNumber.eq(number));
    Ok(found.one(db).await?)
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

/// Some of the signatures that were drawn, by id, after `after`.
pub(super) async fn drawn_after(
    db: &impl ConnectionTrait,
    after: Uuid,
    limit: u64,
) -> Result<Vec<signature::Model>> {
    let drawn = signature::Entity::find()
        .filter(signature::Column::DrawingKey.is_not_null())
        .filter(signature::Column::Id.gt(after))
        .order_by_asc(signature::Column::Id);
    Ok(drawn.limit(limit).all(db).await?)
}

/// Those of the keys that a signature speaks of.
pub(super) async fn spoken_of(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<BTreeSet<String>> {
    let named = signature::Entity::find()
        .filter(signature::Column::DrawingKey.is_in(keys.iter().cloned()))
        .all(db)
        .await?;
    Ok(named.into_iter().filter_map(|it| it.drawing_key).collect())
}

pub(super) async fn insert_signature(
    db: &impl ConnectionTrait,
    signature: signature::Model,
) -> Result<()> {
    insert(db, signature).await
}
