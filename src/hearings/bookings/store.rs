//! Queries of bookings and of what a case takes up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::rules::{Resource, Slot};
use crate::entity::{assignment, booking, hearing, party, room_hold};
use crate::error::Result;

/// The hearings, the panel and the parties of a case, as this transaction sees them.
pub(super) async fn of_case(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<(Vec<hearing::Model>, Vec<assignment::Model>, Vec<party::Model>)> {
    let hearings = hearing::Entity::find()
        .filter(hearing::Column::CaseId.eq(case_id))
        .order_by_asc(hearing::Column::Ordinal)
        .all(db)
        .await?;
    let panel =
        assignment::Entity::find().filter(assignment::Column::CaseId.eq(case_id)).all(db).await?;
    let parties = party::Entity::find().filter(party::Column::CaseId.eq(case_id)).all(db).await?;
    Ok((hearings, panel, parties))
}

/// What a case has booked, by slot.
pub(super) async fn booked_by(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<BTreeMap<Slot, Uuid>> {
    let rows = booking::Entity::find().filter(booking::Column::CaseId.eq(case_id)).all(db).await?;
    Ok(rows.into_iter().map(|it| (slot_of(&it), it.id)).collect())
}

fn slot_of(it: &booking::Model) -> Slot {
    (Resource { kind: it.resource, key: it.resource_key.clone() }, it.slot)
}

/// Who asks for slots: the case whose own bookings are not in the way, and the holds it may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    pub case_id: Option<Uuid>,
    pub holds: &'a [Uuid],
    pub now: DateTime<Utc>,
}

/// The slots of these resources, in a range, that somebody else has.
pub(super) async fn busy(
    db: &impl ConnectionTrait,
    asker: Asker<'_>,
    resources: &BTreeSet<Resource>,
    slots: std::ops::Range<i64>,
) -> Result<BTreeSet<Slot>> {
    use booking::Column as C;
    let mut busy = BTreeSet::new();
    // A statement takes only so many values.
    let resources: Vec<&Resource> = resources.iter().collect();
    for some in resources.chunks(100) {
        let any = some.iter().fold(Condition::any(), |any, it| {
            any.add(C::Resource.eq(it.kind).and(C::ResourceKey.eq(it.key.as_str())))
        });
        let rows = booking::Entity::find()
            .filter(any)
            .filter(C::Slot.gte(slots.start))
            .filter(C::Slot.lt(slots.end))
            .filter(C::ExpiresAt.is_null().or(C::ExpiresAt.gt(asker.now)))
            .all(db)
            .await?;
        let own = |it: &booking::Model| {
            (it.case_id.is_some() && it.case_id == asker.case_id)
                || it.hold_id.is_some_and(|id| asker.holds.contains(&id))
        };
        busy.extend(rows.iter().filter(|it| !own(it)).map(slot_of));
    }
    Ok(busy)
}

/// For whom slots are written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    Case(Uuid),
    Hold(Uuid, DateTime<Utc>),
}

/// Writes the slots, in their order, over those of the asker's holds and of holds that have run
/// out; whatever else is there stays. Says whether all of them were written.
pub(super) async fn take(
    db: &impl ConnectionTrait,
    asker: Asker<'_>,
    owner: Owner,
    slots: &[Slot],
) -> Result<bool> {
    use booking::Column as C;
    let (case_id, hold_id, expires_at) = match owner {
        Owner::Case(id) => (Some(id), None, None),
        Owner::Hold(id, expires_at) => (None, Some(id), Some(expires_at)),
    };
    let mut written = 0;
    for some in slots.chunks(500) {
        let rows = some.iter().map(|(resource, slot)| {
            let row = booking::Model {
                id: Uuid::now_v7(),
                resource: resource.kind,
                resource_key: resource.key.clone(),
                slot: *slot,
                case_id,
                hold_id,
                expires_at,
            };
            row.into_active_model()
        });
        let stands = |column: C| Expr::col((booking::Entity, column));
        let free = stands(C::ExpiresAt)
            .lte(asker.now)
            .or(stands(C::HoldId).is_in(asker.holds.iter().copied()));
        let over = OnConflict::columns([C::Resource, C::ResourceKey, C::Slot])
            .update_columns([C::CaseId, C::HoldId, C::ExpiresAt])
            .action_and_where(free)
            .to_owned();
        written +=
            booking::Entity::insert_many(rows).on_conflict(over).exec_without_returning(db).await?;
    }
    Ok(usize::try_from(written).is_ok_and(|it| it == slots.len()))
}

pub(super) async fn give_back(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<()> {
    for some in ids.chunks(500) {
        booking::Entity::delete_many()
            .filter(booking::Column::Id.is_in(some.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The holds of a person on a room that have not ended.
pub(super) async fn holds_of(
    db: &impl ConnectionTrait,
    held_by: Uuid,
    room_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<room_hold::Model>> {
    use room_hold::Column::{EndedAt, ExpiresAt, HeldBy, RoomId};
    Ok(room_hold::Entity::find()
        .filter(RoomId.eq(room_id))
        .filter(HeldBy.eq(held_by))
        .filter(EndedAt.is_null())
        .filter(ExpiresAt.gt(now))
        .limit(100)
        .all(db)
        .await?)
}

/// Ends a hold: what it has kept is free.
pub(super) async fn end_hold(
    db: &impl ConnectionTrait,
    hold_id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    booking::Entity::delete_many().filter(booking::Column::HoldId.eq(hold_id)).exec(db).await?;
    room_hold::Entity::update_many()
        .col_expr(room_hold::Column::EndedAt, Expr::value(now))
        .filter(room_hold::Column::Id.eq(hold_id))
        .exec(db)
        .await?;
    Ok(())
}
