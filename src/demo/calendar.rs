//! When a station works, and which hours of its mediators, rooms and shops are taken.

use std::collections::HashSet;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;

use super::people::Staff;

/// What a clock in Shanghai shows at an instant.
pub(super) fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Shanghai).naive_local()
}

/// The instant at which a clock in Shanghai shows this.
pub(super) fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    // Shanghai has no summer time any more, so every local time is there once.
    local.and_local_timezone(Shanghai).earliest().map(|it| it.to_utc()).unwrap_or_default()
}

/// Whether the station is open. The demo knows weekends and the holidays with fixed dates;
/// how the law counts days is none of its business.
fn is_open(day: NaiveDate) -> bool {
    let holiday = matches!((day.month(), day.day()), (1, 1) | (5, 1..=5) | (10, 1..=7));
    !holiday && day.weekday().number_from_monday() <= 5
}

/// The first open day from this one on.
pub(super) fn open_day(mut day: NaiveDate) -> NaiveDate {
    while !is_open(day) {
        day = day + Days::new(1);
    }
    day
}

/// The last open day before this one.
fn open_day_before(day: NaiveDate) -> NaiveDate {
    let mut before = day - Days::new(1);
    while !is_open(before) {
        before = before - Days::new(1);
    }
    before
}

/// So many minutes after the counter opens on the last open day before an instant.
pub(super) fn eve(at: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    instant(open_day_before(local(at).date()).and_time(time(OPENS + minutes)))
}

/// Minutes of the day between which the counter is open.
const OPENS: u32 = 9 * 60;
const CLOSES: u32 = 17 * 60;

/// A time of day.
pub(super) fn time(minutes: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or_default()
}

/// The same instant if the counter is open then, or else `minutes` after it opens again.
pub(super) fn in_office_hours(at: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    let at_local = local(at);
    let open = open_day(at_local.date());
    if open == at_local.date() && at_local.time() < time(OPENS) {
        return instant(open.and_time(time(OPENS + minutes)));
    }
    if open == at_local.date() && at_local.time() < time(CLOSES) {
        return at;
    }
    let next = if open == at_local.date() { open_day(open + Days::new(1)) } else { open };
    instant(next.and_time(time(OPENS + minutes)))
}

/// Who or what can be at one hearing at a time only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Busy {
    Person(Staff),
    Room(usize),
    Shop(usize),
}

/// When hearings begin, in minutes of the day.
const SLOTS: [u32; 3] = [9 * 60 + 30, 13 * 60 + 30, 15 * 60 + 15];

/// How long one takes.
pub(super) const HEARING: TimeDelta = TimeDelta::minutes(90);

/// The hours that are taken.
#[derive(Debug, Default)]
pub(super) struct Diary(HashSet<(DateTime<Utc>, Busy)>);

impl Diary {
    /// The first slot after `earliest` in which all of these are free, beside what is pencilled
    /// in already.
    pub fn free(
        &self,
        pencilled: &[(DateTime<Utc>, Busy)],
        earliest: DateTime<Utc>,
        who: &[Busy],
    ) -> DateTime<Utc> {
        let mut day = open_day(local(earliest).date());
        loop {
            for minutes in SLOTS {
                let start = instant(day.and_time(time(minutes)));
                let taken =
                    |it: &Busy| self.0.contains(&(start, *it)) || pencilled.contains(&(start, *it));
                if start > earliest && !who.iter().any(taken) {
                    return start;
                }
            }
            day = open_day(day + Days::new(1));
        }
    }

    /// Writes down what was pencilled in.
    pub fn keep(&mut self, pencilled: Vec<(DateTime<Utc>, Busy)>) {
        self.0.extend(pencilled);
    }
}
