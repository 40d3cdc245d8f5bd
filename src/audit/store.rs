//! Queries of the audit chain. There is no update and no delete; the database refuses both.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::chain::Entry;
use crate::database::{Limit, insert};
use crate::entity::{audit_entry, chain_head};
use crate::error::{Error, Result};

/// The places a transaction got in the log and in the outbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    pub audit_seq: i64,
    /// The number of the first of its events.
    pub first_event_seq: i64,
}

/// Appends the entry. The update of the head holds its row until the transaction ends: all
/// writes have one order, and numbers have no gaps.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    entry: Entry,
    events: usize,
) -> Result<Places> {
    let events = i64::try_from(events).map_err(Error::internal)?;
    let head = chain_head::Entity::update_many()
        .col_expr(chain_head::Column::AuditSeq, Expr::col(chain_head::Column::AuditSeq).add(1))
        .col_expr(chain_head::Column::EventSeq, Expr::col(chain_head::Column::EventSeq).add(events))
        .exec_with_returning(db)
        .await?
        .pop()
        .ok_or_else(|| Error::internal("the audit chain has no head"))?;
    let entry = entry.chained(head.audit_seq, head.hash);
    chain_head::Entity::update_many()
        .col_expr(chain_head::Column::Hash, Expr::value(entry.hash.clone()))
        .exec(db)
        .await?;
    insert(db, entry).await?;
    Ok(Places { audit_seq: head.audit_seq, first_event_seq: head.event_seq - events + 1 })
}

/// What a list of entries may be narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub case_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub action: Option<String>,
}

/// Newest first, before the number `before`.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    filter: Filter,
    before: Option<i64>,
    limit: Limit,
) -> Result<Vec<audit_entry::Model>> {
    let mut query = audit_entry::Entity::find().order_by_desc(audit_entry::Column::Seq);
    if let Some(before) = before {
        query = query.filter(audit_entry::Column::Seq.lt(before));
    }
    if let Some(case_id) = filter.case_id {
        query = query.filter(audit_entry::Column::CaseId.eq(case_id));
    }
    if let Some(actor_id) = filter.actor_id {
        query = query.filter(audit_entry::Column::ActorId.eq(actor_id));
    }
    if let Some(action) = filter.action {
        query = query.filter(audit_entry::Column::Action.eq(action));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// The next entries in order, for a check of the whole chain in bounded memory.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    seq: i64,
    limit: u64,
) -> Result<Vec<audit_entry::Model>> {
    Ok(audit_entry::Entity::find()
        .filter(audit_entry::Column::Seq.gt(seq))
        .order_by_asc(audit_entry::Column::Seq)
        .limit(limit)
        .all(db)
        .await?)
}

/// The first entry about a case: the one by which it came in.
pub(crate) async fn first_of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Option<audit_entry::Model>> {
    Ok(audit_entry::Entity::find()
        .filter(audit_entry::Column::CaseId.eq(case_id))
        .order_by_asc(audit_entry::Column::Seq)
        .one(db)
        .await?)
}

/// The entry about one part of a case.
pub(crate) async fn of_part(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    subject_id: Uuid,
) -> Result<Option<audit_entry::Model>> {
    Ok(audit_entry::Entity::find()
        .filter(audit_entry::Column::CaseId.eq(case_id))
        .filter(audit_entry::Column::SubjectId.eq(subject_id))
        .order_by_asc(audit_entry::Column::Seq)
        .one(db)
        .await?)
}

/// Where the chain says it ends.
pub(crate) async fn head(db: &impl ConnectionTrait) -> Result<chain_head::Model> {
    chain_head::Entity::find()
        .one(db)
        .await?
        .ok_or_else(|| Error::internal("the audit chain has no head"))
}
