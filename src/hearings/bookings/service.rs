//! Taking and giving back the time of rooms, mediators and parties, inside the transaction of
//! the step that changes it.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::rules::{self, Clash, Resource, Slot, Stretch};
use super::store::{self, Asker, Owner};
use crate::access::Action;
use crate::database::Work;
use crate::district::{self, Venue};
use crate::entity::{hearing, room_hold};
use crate::error::{Error, Result};
use crate::words::BookedResource;

/// Brings the bookings of a case to what its hearings take now. Whoever holds a room books over
/// the own hold and ends it.
pub(crate) async fn keep(work: &Work, case_id: Uuid, action: Action, actor_id: Uuid) -> Result<()> {
    if !rules::concerns(action) {
        return Ok(());
    }
    let (hearings, panel, parties) = store::of_case(work.db(), case_id).await?;
    if hearings.is_empty() {
        return Ok(());
    }
    let holds = holds(work, &hearings, actor_id).await?;
    let ids: Vec<Uuid> = holds.iter().map(|it| it.id).collect();
    let asker = Asker { case_id: Some(case_id), holds: &ids, now: work.now() };
    let wanted = match rules::wanted(&hearings, &panel, &parties) {
        Ok(wanted) => wanted,
        Err(clash) => {
            let other = hearings.iter().filter(|it| it.id != clash.hearing.id);
            let own = other.filter(|it| rules::takes_time(it));
            let own = own.flat_map(|it| rules::stretch_of(it).slots()).collect();
            let all = rules::resources(&clash.hearing, &panel, &parties);
            return Err(taken(work, asker, &clash, all, own).await?);
        }
    };
    let booked = store::booked_by(work.db(), case_id).await?;
    let missing: Vec<Slot> = wanted.iter().filter(|it| !booked.contains_key(it)).cloned().collect();
    if !take(work, asker, Owner::Case(case_id), &missing).await? {
        let busy = busy(work, asker, &missing).await?;
        let clash = rules::clash(&hearings, &panel, &parties, &busy);
        // Whoever was in the way has gone again meanwhile: the same request will do.
        let clash = clash.ok_or_else(|| Error::Unavailable("a slot came and went".to_owned()))?;
        let all = rules::resources(&clash.hearing, &panel, &parties);
        return Err(taken(work, asker, &clash, all, BTreeSet::new()).await?);
    }
    // Only after: until then nobody waits for what is given back.
    let left = booked.iter().filter(|(slot, _)| !wanted.contains(*slot));
    let left: Vec<Uuid> = left.map(|(_, id)| *id).collect();
    store::give_back(work.db(), &left).await?;
    for hold in holds {
        store::end_hold(work.db(), hold.id, work.now()).await?;
    }
    Ok(())
}

/// Keeps a room for a hold.
pub(in crate::hearings) async fn take_hold(
    work: &Work,
    venue: &Venue,
    hold: &room_hold::Model,
) -> Result<()> {
    let room = Resource { kind: BookedResource::Room, key: venue.id.to_string() };
    let stretch = Stretch { starts_at: hold.starts_at, ends_at: hold.ends_at };
    let slots: Vec<Slot> = stretch.slots().map(|it| (room.clone(), it)).collect();
    let asker = Asker { case_id: None, holds: &[], now: work.now() };
    if take(work, asker, Owner::Hold(hold.id, hold.expires_at), &slots).await? {
        return Ok(());
    }
    let rooms = BTreeSet::from([room]);
    let busy = later(work, asker, stretch, &rooms).await?;
    let next = rules::next_free(stretch, work.now(), &busy, Some(venue));
    Err(rules::refusal(&rooms, next))
}

/// Gives back what a hold has kept.
pub(in crate::hearings) async fn free_hold(work: &Work, hold_id: Uuid) -> Result<()> {
    store::end_hold(work.db(), hold_id, work.now()).await
}

/// Looks first, so that whoever comes too late waits for nobody, then writes.
async fn take(work: &Work, asker: Asker<'_>, owner: Owner, slots: &[Slot]) -> Result<bool> {
    if slots.is_empty() {
        return Ok(true);
    }
    Ok(busy(work, asker, slots).await?.is_empty()
        && store::take(work.db(), asker, owner, slots).await?)
}

/// Those of the slots that somebody else has.
async fn busy(work: &Work, asker: Asker<'_>, slots: &[Slot]) -> Result<BTreeSet<Slot>> {
    let (Some(first), Some(last)) =
        (slots.iter().map(|it| it.1).min(), slots.iter().map(|it| it.1).max())
    else {
        return Ok(BTreeSet::new());
    };
    let resources = slots.iter().map(|it| it.0.clone()).collect();
    let mut busy = store::busy(work.db(), asker, &resources, first..last + 1).await?;
    busy.retain(|it| slots.binary_search(it).is_ok());
    Ok(busy)
}

/// The holds that the actor books over.
async fn holds(
    work: &Work,
    hearings: &[hearing::Model],
    actor_id: Uuid,
) -> Result<Vec<room_hold::Model>> {
    let mut found = Vec::new();
    for hearing in hearings.iter().filter(|it| rules::takes_time(it)) {
        let Some(room_id) = hearing.room_id else { continue };
        let holds = store::holds_of(work.db(), actor_id, room_id, work.now()).await?;
        let meets = |it: &room_hold::Model| {
            it.starts_at < hearing.ends_at && hearing.starts_at < it.ends_at
        };
        found.extend(holds.into_iter().filter(meets));
    }
    Ok(found)
}

/// What else these resources do from a time on.
async fn later(
    work: &Work,
    asker: Asker<'_>,
    from: Stretch,
    resources: &BTreeSet<Resource>,
) -> Result<BTreeSet<i64>> {
    let until = Stretch { ends_at: from.ends_at + rules::FARTHEST, ..from };
    let busy = store::busy(work.db(), asker, resources, until.slots()).await?;
    Ok(busy.into_iter().map(|it| it.1).collect())
}

/// The refusal, with the time at which everything the hearing needs is free.
async fn taken(
    work: &Work,
    asker: Asker<'_>,
    clash: &Clash,
    all: BTreeSet<Resource>,
    own: BTreeSet<i64>,
) -> Result<Error> {
    let stretch = rules::stretch_of(&clash.hearing);
    let mut busy = later(work, asker, stretch, &all).await?;
    busy.extend(own);
    let venue = match clash.hearing.room_id {
        Some(id) => district::venue(work.db(), id).await?,
        None => None,
    };
    let next = rules::next_free(stretch, work.now(), &busy, venue.as_ref());
    Ok(rules::refusal(&clash.resources, next))
}
