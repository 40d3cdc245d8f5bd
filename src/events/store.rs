//! Queries of the outbox.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::Event;
use crate::audit::Places;
use crate::database::Limit;
use crate::entity::event;
use crate::error::Result;

/// Appends the events of one transaction at the places its audit entry got.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    places: Places,
    events: Vec<Event>,
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let rows = events.into_iter().zip(places.first_event_seq..).map(|(it, seq)| {
        event::Model {
            seq,
            id: Uuid::now_v7(),
            kind: it.kind.to_owned(),
            case_id: it.subject.case_id,
            subject_kind: it.subject.kind.to_owned(),
            subject_id: it.subject.id,
            at,
            audit_seq: places.audit_seq,
            data: it.data.to_string(),
        }
        .into_active_model()
    });
    event::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// What happened to a case that is in the caller's sight, newest first.
pub(crate) async fn list_of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    before: Option<i64>,
    limit: Limit,
) -> Result<Vec<event::Model>> {
    let mut query = event::Entity::find()
        .filter(event::Column::CaseId.eq(case_id))
        .order_by_desc(event::Column::Seq);
    if let Some(before) = before {
        query = query.filter(event::Column::Seq.lt(before));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}
