//! Repeats of a request get the first answer. The key is claimed in the transaction of the
//! write itself, so key and write exist together or not at all. Answers are kept sealed: they
//! may hold personal data.

use sea_orm::sea_query::Expr;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::database::Work;
use crate::entity::idempotency_key;
use crate::error::{Error, Result, StoredAnswer};

/// The key of one actor: two people may use the same key for different things.
pub fn id(actor_id: Uuid, key: &str) -> String {
    hex::encode(Sha256::new().chain_update(actor_id.as_bytes()).chain_update(key).finalize())
}

/// Claims a key for this transaction. On PostgreSQL a second claim waits for the first to end.
pub(crate) async fn claim(work: &Work, id: &str, fingerprint: &str) -> Result<()> {
    let claimed = idempotency_key::Entity::insert(idempotency_key::ActiveModel {
        id: Set(id.to_owned()),
        fingerprint: Set(fingerprint.to_owned()),
        answer: Set(None),
        created_at: Set(work.now()),
    })
    .on_conflict(OnConflict::column(idempotency_key::Column::Id).do_nothing().to_owned())
    .exec_without_returning(work.db())
    .await?;
    if claimed == 1 {
        return Ok(());
    }
    let first = idempotency_key::Entity::find_by_id(id.to_owned())
        .one(work.db())
        .await?
        .ok_or_else(|| Error::Unavailable("the first request has not ended".to_owned()))?;
    if first.fingerprint != fingerprint {
        return Err(Error::KeyReused);
    }
    let sealed = first.answer.ok_or_else(|| Error::internal("a claim without its answer"))?;
    let answer = work.app().vault.open_bytes(&place(id), &sealed)?;
    Err(Error::Replayed(Box::new(serde_json::from_slice(&answer).map_err(Error::internal)?)))
}

/// Gives a key back that was claimed for nothing.
pub(crate) async fn release(work: &Work, id: &str) -> Result<()> {
    idempotency_key::Entity::delete_by_id(id.to_owned()).exec(work.db()).await?;
    Ok(())
}

/// Keeps the answer beside the claim.
pub(crate) async fn remember(work: &Work, id: &str, answer: &StoredAnswer) -> Result<()> {
    let plain = serde_json::to_vec(answer).map_err(Error::internal)?;
    let sealed = work.app().vault.seal_bytes(&place(id), &plain);
    idempotency_key::Entity::update_many()
        .col_expr(idempotency_key::Column::Answer, Expr::value(sealed))
        .filter(idempotency_key::Column::Id.eq(id))
        .exec(work.db())
        .await?;
    Ok(())
}

fn place(id: &str) -> String {
    format!("idempotency_keys.answer:{id}")
}
