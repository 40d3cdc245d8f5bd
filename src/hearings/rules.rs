//! When and where a hearing can be, who must be there, and what minutes must be. [`appointment`]
//! is the one door to a time: whatever else a time must satisfy is asked there.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::input::{Attendee, ScheduleHearing};
use crate::access::Action;
use crate::cases::file::CaseFile;
use crate::cases::gates::designation;
use crate::clock::shanghai_day;
use crate::district::Venue;
use crate::entity::hearing;
use crate::error::{Error, Fault, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::words::{AssignmentStatus, AttendeeKind, ConsentDecision, ConsentSubject, HearingMode};

/// How long a hearing lasts at most.
const LONGEST: TimeDelta = TimeDelta::hours(8);

/// How far ahead a hearing can lie; what lies further is a slip of the pen.
const FARTHEST: TimeDelta = TimeDelta::days(3660);

/// A time and a place that can be kept, in the precision the database keeps. `venue` is the room
/// that is named.
pub(super) fn appointment(
    wish: ScheduleHearing,
    venue: Option<&Venue>,
    now: DateTime<Utc>,
) -> Result<ScheduleHearing> {
    let mut faults = Vec::new();
    let mut fault = |holds: bool, pointer: &str, code, zh: &'static str, en: &'static str| {
        if !holds {
            faults.push(Fault::new(pointer, code, Text::new(zh, en)));
        }
    };
    let named = |it: &Option<String>| it.as_deref().is_some_and(|it| !it.trim().is_empty());
    fault(
        wish.mode != HearingMode::OnSite || venue.is_some() || named(&wish.place),
        "/place",
        "missing",
        "现场调解会应选定调解室或者写明地点。",
        "A hearing on site needs a room or a place.",
    );
    fault(
        venue.is_none() || wish.place.is_none(),
        "/place",
        "room_is_the_place",
        "已选定调解室的，不再另写地点。",
        "With a room no other place is named.",
    );
    fault(
        venue.is_none_or(|it| it.active),
        "/room_id",
        "room_not_active",
        "该调解室已停用，请另选。",
        "This room is not in use; choose another.",
    );
    fault(
        wish.mode != HearingMode::Online || named(&wish.link),
        "/link",
        "missing",
        "视频调解会应写明链接。",
        "A hearing online needs a link.",
    );
    fault(
        wish.starts_at > now,
        "/starts_at",
        "in_past",
        "开始时间应在将来。",
        "A hearing starts in the future.",
    );
    fault(
        wish.starts_at - now <= FARTHEST,
        "/starts_at",
        "too_far_ahead",
        "开始时间应在十年之内，请核对年份。",
        "A hearing starts within ten years; check the year.",
    );
    fault(
        wish.ends_at != wish.starts_at,
        "/ends_at",
        "zero_length",
        "调解会的时长不能为零。",
        "A hearing cannot end when it starts.",
    );
    fault(
        wish.ends_at >= wish.starts_at,
        "/ends_at",
        "not_after_start",
        "结束时间应晚于开始时间。",
        "A hearing ends after it starts.",
    );
    fault(
        wish.ends_at - wish.starts_at <= LONGEST,
        "/ends_at",
        "lasts_too_long",
        "一次调解会不超过八小时。",
        "A hearing lasts 8 hours at most.",
    );
    let after_midnight =
        wish.ends_at > wish.starts_at && shanghai_day(wish.starts_at) != shanghai_day(wish.ends_at);
    fault(
        !after_midnight,
        "/ends_at",
        "over_midnight",
        "调解会不能跨越午夜（北京时间）。",
        "A hearing ends on the day it starts, in Shanghai.",
    );
    fault(
        wish.ends_at <= wish.starts_at
            || after_midnight
            || venue.is_none_or(|it| it.is_open(wish.starts_at, wish.ends_at)),
        "/starts_at",
        "outside_opening_hours",
        "调解会应在该调解室的开放时间之内。",
        "The hearing must lie within the opening hours of the room.",
    );
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let (starts_at, ends_at) = (wish.starts_at.trunc_subsecs(6), wish.ends_at.trunc_subsecs(6));
    let place = venue.map(|it| it.address.clone()).or(wish.place);
    Ok(ScheduleHearing { place, starts_at, ends_at, ..wish })
}

/// The hearing that takes the place of an adjourned one: the same way and place at another
/// time, if a time is named.
pub(super) fn successor(
    hearing: &hearing::Model,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
) -> Result<Option<ScheduleHearing>> {
    let (starts_at, ends_at) = match (starts_at, ends_at) {
        (None, None) => return Ok(None),
        (Some(starts_at), Some(ends_at)) => (starts_at, ends_at),
        (found, _) => {
            let pointer = if found.is_none() { "/starts_at" } else { "/ends_at" };
            let detail = Text::new(
                "改期的开始和结束时间应一并写明。",
                "Name both start and end of the new hearing, or neither.",
            );
            return Err(Error::invalid(pointer, "missing", detail));
        }
    };
    let room_id = hearing.room_id;
    let place = hearing.place.clone().filter(|_| room_id.is_none());
    let (mode, link) = (hearing.mode, hearing.link.clone());
    Ok(Some(ScheduleHearing { mode, room_id, place, link, starts_at, ends_at }))
}

/// Whether a notice of the hearing as it was still tells its start but not its place: the
/// start alone would let it count.
pub(super) fn moved_at_same_time(was: &hearing::Model, is: &ScheduleHearing) -> bool {
    was.starts_at == is.starts_at
        && (was.mode, was.room_id, &was.place, &was.link)
            != (is.mode, is.room_id, &is.place, &is.link)
}

/// A time that a party speaks of is still to come and has a length.
pub(super) fn check_party_time(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut faults = Vec::new();
    if ends_at <= starts_at {
        let detail = Text::new("结束时间应晚于开始时间。", "It ends after it starts.");
        faults.push(Fault::new("/ends_at", "not_after_start", detail));
    }
    if ends_at <= now {
        let detail = Text::new("该时间已经过去。", "This time has passed.");
        faults.push(Fault::new("/ends_at", "in_past", detail));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// A party is told beforehand (O121 20).
pub(super) fn check_notice(hearing: &hearing::Model, told_at: DateTime<Utc>) -> Result<()> {
    if told_at < hearing.starts_at {
        return Ok(());
    }
    let detail = Text::new(
        "应在调解会开始之前告知当事人（《市场监督管理投诉举报处理办法》第二十条）；来不及的请改期。",
        "A party is told before the hearing starts (O121 20); if it is too late, reschedule.",
    );
    Err(Error::invalid("/told_at", "not_beforehand", detail))
}

/// Minutes are read by, or read to, those who sign them (PML 27).
pub(super) fn check_read_back(read_back: bool) -> Result<()> {
    if read_back {
        return Ok(());
    }
    let detail = Text::new(
        "调解笔录应先交当事人阅读或者向其宣读，再予记录（《中华人民共和国人民调解法》第二十七条）。",
        "Have the parties read the minutes, or read them out, before recording them (PML 27).",
    );
    Err(Error::invalid("/read_back", "not_read_back", detail))
}

/// Who must be on the list, who may be, and without whom it was no hearing.
pub(super) fn check_attendance(file: &CaseFile, attendees: &[Attendee]) -> Result<()> {
    let places = 0..attendees.len();
    let mut faults: Vec<Fault> = places.flat_map(|at| faults_of(file, attendees, at)).collect();
    faults.extend(unlisted_parties(file, attendees));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let unmet: Vec<Unmet> =
        no_mediator(attendees).into_iter().chain(uninvited(file, attendees)).collect();
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

/// What is wrong with one entry of the list.
fn faults_of(file: &CaseFile, attendees: &[Attendee], at: usize) -> Vec<Fault> {
    let it = &attendees[at];
    let mut faults = Vec::new();
    let mut fault = |member: &str, code, zh: String, en: String| {
        faults.push(Fault::new(format!("/attendees/{at}/{member}"), code, Text::new(zh, en)));
    };
    if !belongs(file, it) {
        fault(
            "person_id",
            "unknown_reference",
            format!("本案没有编号为 {} 的{}。", it.person_id, it.kind.term()),
            format!("This case has no {} of the id {}.", it.kind, it.person_id),
        );
    }
    if attendees[..at].iter().any(|other| other.person_id == it.person_id) {
        fault(
            "person_id",
            "listed_twice",
            "同一人只列一次。".to_owned(),
            "Nobody is listed twice.".to_owned(),
        );
    }
    if it.present && (it.excused || it.absence_reason.is_some()) {
        fault(
            "absence_reason",
            "not_absent",
            "到场的人没有缺席理由。".to_owned(),
            "Somebody who is present has no reason for absence.".to_owned(),
        );
    }
    let unexplained = it.absence_reason.as_deref().is_none_or(|it| it.trim().is_empty());
    let absent_party = it.kind == AttendeeKind::Party && !it.present;
    if absent_party && unexplained && !is_represented(file, attendees, it) {
        fault(
            "absence_reason",
            "missing",
            "当事人未到场又无代理人到场的，请写明理由。".to_owned(),
            "Say why the party is absent; no agent is there for it.".to_owned(),
        );
    }
    faults
}

/// Whether the person has that place in this case.
fn belongs(file: &CaseFile, it: &Attendee) -> bool {
    match it.kind {
        AttendeeKind::Party => file.party(it.person_id).is_some(),
        AttendeeKind::Agent => file.agents.iter().any(|agent| agent.id == it.person_id),
        AttendeeKind::Mediator => file.assignments.iter().any(|seat| {
            seat.mediator_id == it.person_id && seat.status == AssignmentStatus::Accepted
        }),
        AttendeeKind::Invited => file.invitations.iter().any(|other| other.id == it.person_id),
    }
}

/// Whether an agent or a guardian is there for the party.
fn is_represented(file: &CaseFile, attendees: &[Attendee], party: &Attendee) -> bool {
    let there = |id| attendees.iter().any(|it| it.person_id == id && it.present);
    file.agents.iter().any(|agent| agent.party_id == party.person_id && there(agent.id))
}

fn unlisted_parties(file: &CaseFile, attendees: &[Attendee]) -> impl Iterator<Item = Fault> {
    let listed =
        |id| attendees.iter().any(|it| it.kind == AttendeeKind::Party && it.person_id == id);
    file.parties.iter().filter(move |it| !listed(it.id)).map(|party| {
        let (zh, en) = designation(party);
        let detail = Text::new(
            format!("请列明{zh}是否到场。"),
            format!("Say whether {en} was present or absent."),
        );
        Fault::new("/attendees", "party_not_listed", detail)
    })
}

/// Without a mediator of the panel it was no hearing (O121 20; PML 19).
fn no_mediator(attendees: &[Attendee]) -> Option<Unmet> {
    let present = attendees.iter().any(|it| it.kind == AttendeeKind::Mediator && it.present);
    (!present).then(|| Unmet {
        code: "no_mediator_present",
        detail: Text::new(
            "调解会应有调解组的调解员到场主持。",
            "A hearing is held by at least one mediator of the panel.",
        ),
        law: &[Law::O121Art20, Law::Pml19],
        mend: &[],
    })
}

/// Whoever was invited takes part with the consent of every party (PML 20).
fn uninvited(file: &CaseFile, attendees: &[Attendee]) -> impl Iterator<Item = Unmet> {
    let consented = |party_id, invitation_id| {
        file.consent(party_id, ConsentSubject::Invitation, Some(invitation_id))
            == Some(ConsentDecision::Given)
    };
    attendees.iter().filter(|it| it.kind == AttendeeKind::Invited && it.present).flat_map(
        move |guest| {
            let against =
                move |party: &&crate::entity::party::Model| !consented(party.id, guest.person_id);
            file.parties.iter().filter(against).map(move |party| {
                let (zh, en) = designation(party);
                let id = guest.person_id;
                Unmet {
                    code: "invitation_not_consented",
                    detail: Text::new(
                        format!("{zh}未同意受邀参加人（{id}）参加调解。"),
                        format!("No consent of {en} to the invited person ({id}) is recorded."),
                    ),
                    law: &[Law::Pml20],
                    mend: &[Action::RecordConsent],
                }
            })
        },
    )
}

#[cfg(test)]
mod tests;
