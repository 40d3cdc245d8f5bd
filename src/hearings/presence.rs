//! Whether the people of a case can come at a time: who of the panel is away, and what the
//! parties have said of their times. Pure.

use chrono::{DateTime, Utc};

use crate::cases::file::CaseFile;
use crate::cases::gates::designation;
use crate::clock::shanghai_day;
use crate::entity::{absence, party_time};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::words::TimeStance;

/// Refuses a time at which somebody is known not to come: `422` with one fault a person. A time
/// that a party cannot keep is open again once the same party proposes one that covers it.
pub(super) fn check(
    file: &CaseFile,
    absences: &[absence::Model],
    times: &[party_time::Model],
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    let mut faults = Vec::new();
    let day = shanghai_day(starts_at);
    for seat in file.panel() {
        let away = absences
            .iter()
            .find(|it| it.mediator_id == seat.mediator_id && it.since <= day && day <= it.until);
        if let Some(away) = away {
            let (seat, until) = (seat.seat, away.until);
            let detail = Text::new(
                format!("{}当日缺勤（至{until}止），请另选时间或者更换调解员。", seat.term()),
                format!("The {seat} mediator is away until {until}: another day, or another one."),
            );
            faults.push(Fault::new("/starts_at", "mediator_absent", detail));
        }
    }
    for party in &file.parties {
        let said: Vec<&party_time::Model> =
            times.iter().filter(|it| it.party_id == party.id).collect();
        let avoided = said.iter().find(|it| {
            it.stance == TimeStance::Avoided
                && it.starts_at < ends_at
                && starts_at < it.ends_at
                && !said.iter().any(|later| {
                    later.stance == TimeStance::Proposed
                        && (later.recorded_at, later.id) > (it.recorded_at, it.id)
                        && later.starts_at <= starts_at
                        && ends_at <= later.ends_at
                })
        });
        if avoided.is_some() {
            let (zh, en) = designation(party);
            let detail = Text::new(
                format!("{zh}已说明该时间不能到场；其改变意见的，请先记录其提议的时间。"),
                format!("{en} cannot come then; if it now can, record that time as proposed."),
            );
            faults.push(Fault::new("/starts_at", "party_cannot_come", detail));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone};
    use uuid::Uuid;

    use super::*;
    use crate::agreements::fixture::{APPLICANT, MEDIATOR, file};
    use crate::words::AbsenceReason;

    fn at(hour: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 9, hour, 0, 0).single().unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn away(mediator_id: Uuid, since: u32, until: u32) -> absence::Model {
        absence::Model {
            id: Uuid::nil(),
            mediator_id,
            since: day(since),
            until: day(until),
            reason: AbsenceReason::Leave,
            recorded_by: Uuid::nil(),
            recorded_at: at(0),
        }
    }

    fn said(stance: TimeStance, from: u32, to: u32, recorded: u32) -> party_time::Model {
        party_time::Model {
            id: Uuid::from_u128(recorded.into()),
            case_id: Uuid::nil(),
            party_id: APPLICANT,
            stance,
            starts_at: at(from),
            ends_at: at(to),
            note: None,
            recorded_by: Uuid::nil(),
            recorded_at: at(recorded),
        }
    }

    /// Of a hearing from 6 to 8 UTC, which is the afternoon in Shanghai.
    fn codes(absences: &[absence::Model], times: &[party_time::Model]) -> Vec<&'static str> {
        match check(&file(), absences, times, (at(6), at(8))) {
            Err(Error::Invalid(faults)) => faults.into_iter().map(|it| it.code).collect(),
            other => {
                other.unwrap();
                Vec::new()
            }
        }
    }

    #[test]
    fn who_is_away_cannot_hold_a_hearing() {
        for (since, until, expected) in [
            (9, 9, vec!["mediator_absent"]),
            (1, 9, vec!["mediator_absent"]),
            (9, 20, vec!["mediator_absent"]),
            (1, 8, vec![]),
            (10, 20, vec![]),
        ] {
            assert_eq!(codes(&[away(MEDIATOR, since, until)], &[]), expected, "{since}-{until}");
        }
        assert!(codes(&[away(Uuid::from_u128(99), 9, 9)], &[]).is_empty(), "somebody else");
    }

    #[test]
    fn the_last_word_of_a_party_counts() {
        use TimeStance::{Avoided, Proposed};
        for (times, expected) in [
            (vec![said(Avoided, 7, 9, 1)], vec!["party_cannot_come"]),
            (vec![said(Avoided, 0, 23, 1)], vec!["party_cannot_come"]),
            (vec![said(Avoided, 8, 9, 1)], vec![]),
            (vec![said(Avoided, 4, 6, 1)], vec![]),
            (vec![said(Proposed, 1, 2, 1)], vec![]),
            (vec![said(Avoided, 0, 23, 1), said(Proposed, 6, 8, 2)], vec![]),
            (vec![said(Avoided, 0, 23, 2), said(Proposed, 6, 8, 1)], vec!["party_cannot_come"]),
            (vec![said(Avoided, 0, 23, 1), said(Proposed, 6, 7, 2)], vec!["party_cannot_come"]),
        ] {
            assert_eq!(codes(&[], &times), expected, "{times:?}");
        }
    }
}
