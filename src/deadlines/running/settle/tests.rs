//! Rows of deadlines: what a step, a day and a new calendar do to them.

use chrono::{Days, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::agreements::fixture::{at, day};
use crate::calendars::{Calendar, built_in};
use crate::deadlines::RuleSet;
use crate::words::{DeadlineKind, SuspensionReason};

fn almanac() -> Almanac {
    let years = built_in();
    Almanac {
        calendar: Calendar::of(years.iter().map(|it| (it, 1))),
        rules: RuleSet::built_in().unwrap(),
        calendar_version: 3,
        rule_set_version: 1,
    }
}

const WHOSE: Whose =
    Whose { case: Some(Uuid::from_u128(1)), clue: None, office: Uuid::from_u128(2) };

fn planned(family: &'static str, start_on: NaiveDate, ending: Ending) -> Planned {
    Planned {
        clock: family.to_owned(),
        kind: DeadlineKind::MediationEnd,
        subject_id: None,
        length: Length::Rule(family),
        start_on,
        ending,
        owner_id: None,
        pauses: Vec::new(),
        extension_days: 0,
    }
}

/// Noon of a day in 2026.
fn noon(month: u32, date: u32) -> DateTime<Utc> {
    at(1, 12) + TimeDelta::days((day(month, date) - day(3, 1)).num_days())
}

/// What one change came to: the event, the state, the last day, the day of the end.
type Told = (Option<&'static str>, DeadlineState, Option<NaiveDate>, Option<NaiveDate>);

fn told(changes: &[Change]) -> Vec<Told> {
    changes
        .iter()
        .map(|it| (it.event(), it.after.state, it.after.due_on, it.after.ended_on))
        .collect()
}

/// A life of one clock, step by step: what is planned, when, and what is told of it.
#[test]
fn each_step_is_told_once() {
    use DeadlineState::*;
    let almanac = almanac();
    let start = day(5, 6);
    let (due, moved) = (Some(day(7, 6)), Some(day(7, 15)));
    let pause = |to| Pause { from: day(5, 11), to, reason: Some(SuspensionReason::Appraisal) };
    let open = planned("samr.mediate", start, Ending::Open);
    let paused = Planned { pauses: vec![pause(None)], ..open.clone() };
    let resumed = Planned { pauses: vec![pause(Some(day(5, 20)))], ..open.clone() };
    let done = |on| Planned { ending: Ending::Done(on), ..resumed.clone() };
    let mut rows: Vec<Model> = Vec::new();
    for (plan, now, expected) in [
        (Some(&open), noon(5, 6), Some((Some("deadline.started"), Running, due, None))),
        (Some(&open), noon(5, 7), None),
        (Some(&paused), noon(5, 11), Some((Some("deadline.paused"), Paused, None, None))),
        (Some(&paused), noon(5, 15), None),
        (Some(&resumed), noon(5, 21), Some((Some("deadline.resumed"), Running, moved, None))),
        (None, noon(5, 22), Some((Some("deadline.cancelled"), Cancelled, moved, Some(day(5, 22))))),
        (None, noon(5, 23), None),
        (Some(&resumed), noon(5, 24), Some((Some("deadline.reopened"), Running, moved, None))),
        (Some(&resumed), noon(7, 16), Some((Some("deadline.missed"), Missed, moved, None))),
        (
            Some(&done(day(7, 17))),
            noon(7, 17),
            Some((Some("deadline.met_late"), Missed, moved, Some(day(7, 17)))),
        ),
        (Some(&done(day(7, 17))), noon(7, 18), None),
    ] {
        let plans: Vec<Planned> = plan.into_iter().cloned().collect();
        let changes = settle(&almanac, WHOSE, &rows, &plans, now);
        assert_eq!(told(&changes), Vec::from_iter(expected), "{now}");
        if let [change] = changes.as_slice() {
            rows = vec![change.after.clone()];
        }
    }
}

#[test]
fn in_time_is_until_the_later_reading() {
    use DeadlineState::*;
    // 60 days from 6 May end on Sunday 5 July or, moved, on Monday.
    for (on, state) in [(day(7, 5), Met), (day(7, 6), Met), (day(7, 7), Missed)] {
        let plan = [planned("samr.mediate", day(5, 6), Ending::Done(on))];
        let changes = settle(&almanac(), WHOSE, &[], &plan, noon(7, 8));
        assert_eq!(changes[0].after.state, state, "{on}");
    }
}

/// The rule of the day on which it starts.
#[test]
fn the_law_of_the_start_counts() {
    for (start, rule, due) in
        [(day(4, 14), "samr.mediate.old", day(6, 18)), (day(4, 15), "samr.mediate.new", day(6, 15))]
    {
        let plan = [planned("samr.mediate", start, Ending::Open)];
        let row = settle(&almanac(), WHOSE, &[], &plan, noon(4, 16)).remove(0).after;
        assert_eq!((row.rule_id.as_deref(), row.due_on), (Some(rule), Some(due)));
    }
    // Before every rule there is nothing to keep.
    let long_ago = NaiveDate::from_ymd_opt(1999, 1, 1).unwrap();
    let plan = [planned("samr.mediate", long_ago, Ending::Open)];
    assert!(settle(&almanac(), WHOSE, &[], &plan, noon(4, 16)).is_empty());
}

/// Only what the rule stops for, only from its start on, in order and apart.
#[test]
fn only_own_pauses_stop_a_clock() {
    let almanac = almanac();
    let rule = almanac.rules.in_force("samr.mediate", day(5, 6)).unwrap();
    let pause = |from, to, reason| Pause { from, to, reason: Some(reason) };
    let all = [
        pause(day(5, 20), None, SuspensionReason::Appraisal),
        pause(day(5, 1), Some(day(5, 8)), SuspensionReason::Appraisal),
        pause(day(5, 9), Some(day(5, 10)), SuspensionReason::Illness),
        pause(day(4, 1), Some(day(4, 2)), SuspensionReason::Appraisal),
        pause(day(5, 8), Some(day(5, 12)), SuspensionReason::Appraisal),
    ];
    let own: Vec<_> =
        own_pauses(rule, day(5, 6), &all).into_iter().map(|it| (it.from, it.to)).collect();
    assert_eq!(
        own,
        [(day(5, 6), Some(day(5, 8))), (day(5, 9), Some(day(5, 12))), (day(5, 20), None),]
    );
}

#[test]
fn a_day_that_passes_warns_then_runs_out() {
    let almanac = almanac();
    let plan = [planned("pml.confirm", day(3, 2), Ending::Open)];
    let mut row = settle(&almanac, WHOSE, &[], &plan, noon(3, 2)).remove(0).after;
    let warn_on = row.warn_on.unwrap();
    let before = warn_on.pred_opt().unwrap();
    for (today, event, ended_on) in [
        (before, None, None),
        (warn_on, Some("deadline.due_soon"), None),
        (warn_on, None, None),
        (day(4, 1), None, None),
        // A window that closes is over; a duty would stay.
        (day(4, 2), Some("deadline.missed"), Some(day(4, 1))),
    ] {
        let now = at(1, 12) + TimeDelta::days((today - day(3, 1)).num_days());
        let change = pass(&almanac, &row, now);
        assert_eq!(change.as_ref().and_then(Change::event), event, "{today}");
        if let Some(change) = change {
            row = change.after;
        }
        assert_eq!(row.ended_on, ended_on, "{today}");
    }
}

/// A new calendar moves a date once, and what it does not concern stays.
#[test]
fn counting_again_moves_only_what_moves() {
    let old = almanac();
    let plan = |start| [planned("samr.accept", start, Ending::Open)];
    let spring = settle(&old, WHOSE, &[], &plan(day(4, 27)), noon(4, 27)).remove(0).after;
    let december = settle(&old, WHOSE, &[], &plan(day(12, 28)), noon(12, 28)).remove(0).after;
    assert!(december.earliest_on < december.latest_on, "{december:?}");
    let mut years = built_in();
    let new_year: crate::calendars::CalendarFile = serde_json::from_value(json!({
        "year": 2027, "papers": ["https://www.gov.cn/"],
        "days": [
            { "name": "元旦", "date": "2027-01-01", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-04", "isOffDay": true },
        ],
    }))
    .unwrap();
    years.push(new_year);
    let new = Almanac {
        calendar: Calendar::of(years.iter().map(|it| (it, 1))),
        calendar_version: 4,
        ..old.clone()
    };
    assert_eq!(recount(&new, &spring, noon(4, 28)), None);
    let change = recount(&new, &december, noon(12, 29)).unwrap();
    assert_eq!(change.event(), Some("deadline.moved"));
    // 29, 30, 31; 5, 6, 7, 8 January.
    assert_eq!(change.after.due_on, NaiveDate::from_ymd_opt(2027, 1, 8));
    assert_eq!((change.after.earliest_on, change.after.calendar_version), (None, 4));
    assert_eq!(recount(&new, &change.after, noon(12, 29)), None);
}

proptest! {
    /// Settling twice is settling once, whatever is planned and whatever day it is.
    #[test]
    fn settling_is_done_once(
        start in 0_u64..300,
        pause in proptest::option::of((0_u64..40, proptest::option::of(0_u64..40))),
        extension_days in 0_u32..40,
        today in 0_u64..400,
        ending in 0_u64..3,
    ) {
        let almanac = almanac();
        let from = day(1, 5) + Days::new(start);
        let now = noon(1, 5) + TimeDelta::days(i64::try_from(today).unwrap());
        let pauses = pause.map(|(after, length)| Pause {
            from: from + Days::new(after),
            to: length.map(|it| from + Days::new(after + it)),
            reason: Some(SuspensionReason::Appraisal),
        });
        let ending = match ending {
            0 => Ending::Open,
            1 => Ending::Done(from + Days::new(30)),
            _ => Ending::FellAway,
        };
        let plan = [Planned {
            pauses: pauses.into_iter().collect(),
            extension_days,
            ..planned("pml.general", from, ending)
        }];
        let first = settle(&almanac, WHOSE, &[], &plan, now);
        let rows: Vec<Model> = first.into_iter().map(|it| it.after).collect();
        prop_assert_eq!(rows.len(), 1);
        prop_assert_eq!(settle(&almanac, WHOSE, &rows, &plan, now), vec![]);
        prop_assert!(rows[0].ended_on.is_some() || recount(&almanac, &rows[0], now).is_none());
        prop_assert_eq!(rows[0].due_on.is_none(), rows[0].act_by.to_string() == "9999-12-31");
    }
}
