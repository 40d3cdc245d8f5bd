//! Which stretches a hearing takes, what stands against it, and when all of it is free next.
//! Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;

use crate::access::Action;
use crate::clock::shanghai_day;
use crate::district::Venue;
use crate::entity::{assignment, hearing, party};
use crate::error::{Error, Unmet};
use crate::language::Text;
use crate::words::{AssignmentStatus, BookedResource, HearingStatus, PartyKind};

/// The seconds of one stretch.
const SECONDS: i64 = 300;

/// How far a free time is looked for.
pub(super) const FARTHEST: TimeDelta = TimeDelta::days(30);

/// Minutes of the day in which a free time is offered where no room has hours.
const USUAL_DAY: (u32, u32) = (9 * 60, 18 * 60);

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Stretch {
    /// The slots it touches: whoever is there for a minute of one is there.
    pub fn slots(self) -> std::ops::Range<i64> {
        let last = self.ends_at.timestamp_micros().saturating_sub(1);
        let first = self.starts_at.timestamp_micros();
        first.div_euclid(SECONDS * 1_000_000)..last.div_euclid(SECONDS * 1_000_000) + 1
    }
}

/// Something that can be at one hearing at a time only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Resource {
    pub kind: BookedResource,
    pub key: String,
}

/// One slot of one resource. Their order is the order in which they are written, always: two
/// writers can wait for each other, but never both at once.
pub(super) type Slot = (Resource, i64);

/// Whether a step can change what is booked.
pub(super) fn concerns(action: Action) -> bool {
    matches!(
        action,
        Action::ScheduleHearing
            | Action::RescheduleHearing
            | Action::AdjournHearing
            | Action::CancelHearing
            | Action::RecordMinutes
            | Action::RespondToAssignment
            | Action::ReleaseMediator
            | Action::RequestRecusal
            | Action::DecideRecusal
            | Action::AddParty
            | Action::UpdateParty
            | Action::RemoveParty
    )
}

/// A hearing takes its time until it is called off or its minutes are written.
pub(super) fn takes_time(hearing: &hearing::Model) -> bool {
    match hearing.status {
        HearingStatus::Scheduled => true,
        HearingStatus::Held => hearing.minutes.is_none(),
        HearingStatus::Adjourned | HearingStatus::Cancelled => false,
    }
}

/// What a hearing takes: its room, whoever sits on the panel, everybody in dispute. An
/// organization is the same one in every case.
pub(super) fn resources(
    hearing: &hearing::Model,
    panel: &[assignment::Model],
    parties: &[party::Model],
) -> BTreeSet<Resource> {
    let one = |kind, key: String| Resource { kind, key };
    let room = hearing.room_id.map(|it| one(BookedResource::Room, it.to_string()));
    let sits = |it: &&assignment::Model| it.status == AssignmentStatus::Accepted;
    let panel = panel.iter().filter(sits);
    let panel = panel.map(|it| one(BookedResource::Mediator, it.mediator_id.to_string()));
    let parties = parties.iter().map(|it| {
        let code = it.credit_code.clone().filter(|_| it.kind == PartyKind::Organization);
        one(BookedResource::Party, code.unwrap_or_else(|| it.id.to_string()))
    });
    room.into_iter().chain(panel).chain(parties).collect()
}

/// Everything that a case is to have booked, or the resources that it would need twice at once.
pub(super) fn wanted(
    hearings: &[hearing::Model],
    panel: &[assignment::Model],
    parties: &[party::Model],
) -> Result<BTreeSet<Slot>, Box<Clash>> {
    let mut wanted = BTreeSet::new();
    for hearing in hearings.iter().filter(|it| takes_time(it)) {
        let mut twice = BTreeSet::new();
        for resource in resources(hearing, panel, parties) {
            for slot in stretch_of(hearing).slots() {
                if !wanted.insert((resource.clone(), slot)) {
                    twice.insert(resource.clone());
                }
            }
        }
        if !twice.is_empty() {
            return Err(Box::new(Clash { hearing: hearing.clone(), resources: twice }));
        }
    }
    Ok(wanted)
}

pub(super) fn stretch_of(hearing: &hearing::Model) -> Stretch {
    Stretch { starts_at: hearing.starts_at, ends_at: hearing.ends_at }
}

/// A hearing and what is taken already.
#[derive(Debug)]
pub(super) struct Clash {
    pub hearing: hearing::Model,
    pub resources: BTreeSet<Resource>,
}

/// The hearing that the taken slots belong to, with what is taken: the first of several.
pub(super) fn clash(
    hearings: &[hearing::Model],
    panel: &[assignment::Model],
    parties: &[party::Model],
    taken: &BTreeSet<Slot>,
) -> Option<Clash> {
    hearings.iter().filter(|it| takes_time(it)).find_map(|hearing| {
        let slots = stretch_of(hearing).slots();
        let mut found = resources(hearing, panel, parties);
        found.retain(|it| slots.clone().any(|slot| taken.contains(&(it.clone(), slot))));
        (!found.is_empty()).then(|| Clash { hearing: hearing.clone(), resources: found })
    })
}

/// The first start after the wished one, in steps of a slot, at which nothing is busy all the
/// time, the room is open and the day does not end.
pub(super) fn next_free(
    wished: Stretch,
    now: DateTime<Utc>,
    busy: &BTreeSet<i64>,
    venue: Option<&Venue>,
) -> Option<DateTime<Utc>> {
    let length = wished.ends_at - wished.starts_at;
    let step = TimeDelta::seconds(SECONDS);
    let mut starts_at = wished.starts_at;
    while starts_at <= wished.starts_at + FARTHEST {
        let stretch = Stretch { starts_at, ends_at: starts_at + length };
        let mut slots = stretch.slots();
        if starts_at > now
            && is_usual(wished, stretch, venue)
            && !slots.any(|it| busy.contains(&it))
        {
            return Some(starts_at);
        }
        starts_at += step;
    }
    None
}

fn is_usual(wished: Stretch, it: Stretch, venue: Option<&Venue>) -> bool {
    if let Some(venue) = venue {
        return venue.is_open(it.starts_at, it.ends_at);
    }
    let minutes = |at: DateTime<Utc>| {
        let time = at.with_timezone(&Shanghai).time();
        chrono::Timelike::num_seconds_from_midnight(&time) / 60
    };
    let opens = USUAL_DAY.0.min(minutes(wished.starts_at));
    let closes = USUAL_DAY.1.max(minutes(wished.ends_at));
    shanghai_day(it.starts_at) == shanghai_day(it.ends_at)
        && opens <= minutes(it.starts_at)
        && minutes(it.ends_at) <= closes
}

/// An instant as a clock in Shanghai shows it.
fn at_shanghai(at: DateTime<Utc>) -> String {
    at.with_timezone(&Shanghai).format("%Y-%m-%d %H:%M").to_string()
}

/// What is taken, and when all of it is free next for as long.
pub(super) fn refusal(taken: &BTreeSet<Resource>, next_free_at: Option<DateTime<Utc>>) -> Error {
    let (zh, en) = match next_free_at.map(at_shanghai) {
        Some(at) => (
            format!("下一个可用的开始时间：{at}（北京时间）。"),
            format!("The next free start is {at} in Shanghai."),
        ),
        None => (
            "此后三十天内没有可用的时间。".to_owned(),
            "Nothing is free in the 30 days after it.".to_owned(),
        ),
    };
    let kinds: BTreeMap<BookedResource, &Resource> =
        taken.iter().rev().map(|it| (it.kind, it)).collect();
    let unmet = kinds.into_keys().map(|kind| {
        let (code, what_zh, what_en) = match kind {
            BookedResource::Room => {
                ("room_taken", "该调解室此时已被占用。", "The room is taken at that time.")
            }
            BookedResource::Mediator => (
                "mediator_taken",
                "调解组成员此时已另有调解会。",
                "A mediator of the panel is at another hearing at that time.",
            ),
            BookedResource::Party => (
                "party_taken",
                "当事人此时已另有调解会。",
                "A party is at another hearing at that time.",
            ),
        };
        let detail = Text::new(format!("{what_zh}{zh}"), format!("{what_en} {en}"));
        Unmet { code, detail, law: &[], mend: &[] }
    });
    Error::Taken { unmet: unmet.collect(), next_free_at }
}

#[cfg(test)]
mod tests;
