//! When a place is open: times of the day in Shanghai, per weekday. Pure.

use chrono::{DateTime, Datelike as _, NaiveTime, Utc};
use chrono_tz::Asia::Shanghai;
use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::words::Weekday;

/// One stretch of a weekday in which a place is open.
#[derive(Debug, Clone, PartialEq, Eq, Object, Serialize, Deserialize)]
#[oai(deny_unknown_fields)]
pub struct OpeningHours {
    pub weekday: Weekday,
    /// The first minute, `HH:MM` in Shanghai.
    #[oai(validator(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
    pub opens: String,
    /// The minute from which it is closed again, on the same day and later than it opens.
    #[oai(validator(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$"))]
    pub closes: String,
}

impl OpeningHours {
    fn times(&self) -> Option<(NaiveTime, NaiveTime)> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        Some((time(&self.opens)?, time(&self.closes)?))
    }
}

/// Monday to Friday, `opens` to `closes`: for examples.
pub(crate) fn working_days(opens: &str, closes: &str) -> Vec<OpeningHours> {
    let days = Weekday::ALL.iter().take(5);
    let day = |weekday: &Weekday| OpeningHours {
        weekday: *weekday,
        opens: opens.to_owned(),
        closes: closes.to_owned(),
    };
    days.map(day).collect()
}

/// What cannot be meant: no time, zero length, over midnight, two stretches at once.
pub(super) fn faults(hours: &[OpeningHours]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut known: Vec<(Weekday, NaiveTime, NaiveTime)> = Vec::new();
    for (place, it) in hours.iter().enumerate() {
        let pointer = format!("/opening_hours/{place}");
        let Some((opens, closes)) = it.times() else {
            let detail = Text::new("时间应写作 09:00 的形式。", "A time is written as 09:00.");
            faults.push(Fault::new(pointer, "malformed_time", detail));
            continue;
        };
        if closes <= opens {
            let detail = Text::new(
                "关门时间应晚于开门时间；开放时段不能为零，也不能跨越午夜。",
                "It must close later than it opens: hours are neither empty nor over midnight.",
            );
            faults.push(Fault::new(format!("{pointer}/closes"), "not_after_opening", detail));
            continue;
        }
        let meets = |other: &&(Weekday, NaiveTime, NaiveTime)| {
            other.0 == it.weekday && opens < other.2 && other.1 < closes
        };
        if let Some((_, from, to)) = known.iter().find(meets) {
            let (from, to) = (from.format("%H:%M"), to.format("%H:%M"));
            let detail = Text::new(
                format!("与同一天的{from}至{to}重叠。"),
                format!("It overlaps with {from} to {to} of the same day."),
            );
            faults.push(Fault::new(pointer, "overlapping_hours", detail));
        }
        known.push((it.weekday, opens, closes));
    }
    faults
}

/// As it is stored: in the order of the week.
pub(super) fn to_column(mut hours: Vec<OpeningHours>) -> Result<String> {
    hours.sort_by(|one, other| (one.weekday, &one.opens).cmp(&(other.weekday, &other.opens)));
    serde_json::to_string(&hours).map_err(Error::internal)
}

/// As it was stored. What the station wrote itself can be read.
pub(super) fn of_column(column: &str) -> Vec<OpeningHours> {
    serde_json::from_str(column).unwrap_or_default()
}

/// Whether it is open at that instant.
pub(super) fn is_open(hours: &[OpeningHours], instant: DateTime<Utc>) -> bool {
    let local = instant.with_timezone(&Shanghai);
    let today = Weekday::ALL[local.weekday().num_days_from_monday() as usize % 7];
    let time = local.time();
    hours
        .iter()
        .filter(|it| it.weekday == today)
        .filter_map(OpeningHours::times)
        .any(|(opens, closes)| (opens..closes).contains(&time))
}

/// Whether it is open from one instant to another without a break, and on one day.
pub(super) fn covers(hours: &[OpeningHours], from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let (from, to) = (from.with_timezone(&Shanghai), to.with_timezone(&Shanghai));
    let today = Weekday::ALL[from.weekday().num_days_from_monday() as usize % 7];
    from.date_naive() == to.date_naive()
        && hours
            .iter()
            .filter(|it| it.weekday == today)
            .filter_map(OpeningHours::times)
            .any(|(opens, closes)| opens <= from.time() && to.time() <= closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(weekday: Weekday, opens: &str, closes: &str) -> OpeningHours {
        OpeningHours { weekday, opens: opens.to_owned(), closes: closes.to_owned() }
    }

    #[test]
    fn hours_have_a_length_end_before_midnight_and_do_not_meet() {
        use Weekday::{Monday, Tuesday};
        for (hours, expected) in [
            (vec![], &[][..]),
            (vec![on(Monday, "09:00", "17:30")], &[]),
            (vec![on(Monday, "00:00", "23:59")], &[]),
            (vec![on(Monday, "13:00", "17:30"), on(Monday, "09:00", "13:00")], &[]),
            (vec![on(Monday, "09:00", "12:00"), on(Tuesday, "09:00", "12:00")], &[]),
            (
                vec![on(Monday, "09:00", "09:00")],
                &[("/opening_hours/0/closes", "not_after_opening")],
            ),
            (
                vec![on(Monday, "22:00", "02:00")],
                &[("/opening_hours/0/closes", "not_after_opening")],
            ),
            (
                vec![on(Monday, "09:00", "13:00"), on(Monday, "12:59", "17:30")],
                &[("/opening_hours/1", "overlapping_hours")],
            ),
            (
                vec![on(Monday, "09:00", "17:00"), on(Monday, "10:00", "11:00")],
                &[("/opening_hours/1", "overlapping_hours")],
            ),
            (vec![on(Monday, "9", "17:00")], &[("/opening_hours/0", "malformed_time")]),
            (vec![on(Monday, "09:00", "24:00")], &[("/opening_hours/0", "malformed_time")]),
        ] {
            let found = faults(&hours);
            let found: Vec<_> = found.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
            assert_eq!(found, expected, "{hours:?}");
        }
    }

    #[test]
    fn it_is_open_by_the_clock_of_shanghai() {
        let hours = [on(Weekday::Monday, "09:00", "17:30"), on(Weekday::Sunday, "00:00", "23:59")];
        for (instant, expected) in [
            // Monday the 2nd of March 2026: nine in Shanghai is one in UTC.
            ("2026-03-02T00:59:59Z", false),
            ("2026-03-02T01:00:00Z", true),
            ("2026-03-02T09:29:59Z", true),
            ("2026-03-02T09:30:00Z", false),
            // Sunday evening in UTC is Monday in Shanghai already.
            ("2026-03-01T17:00:00Z", false),
            ("2026-03-01T10:00:00Z", true),
            ("2026-03-03T02:00:00Z", false),
        ] {
            assert_eq!(is_open(&hours, instant.parse().unwrap()), expected, "{instant}");
        }
    }

    #[test]
    fn a_stretch_lies_within_the_hours_of_one_day() {
        let hours = [
            on(Weekday::Monday, "09:00", "12:00"),
            on(Weekday::Monday, "13:00", "17:30"),
            on(Weekday::Tuesday, "09:00", "17:30"),
        ];
        for (from, to, expected) in [
            ("2026-03-02T01:00:00Z", "2026-03-02T04:00:00Z", true),
            ("2026-03-02T00:59:59Z", "2026-03-02T04:00:00Z", false),
            ("2026-03-02T03:00:00Z", "2026-03-02T06:00:00Z", false),
            ("2026-03-02T08:30:00Z", "2026-03-02T09:30:00Z", true),
            ("2026-03-02T08:30:00Z", "2026-03-02T09:30:01Z", false),
            ("2026-03-02T08:30:00Z", "2026-03-03T02:30:00Z", false),
            ("2026-03-04T02:00:00Z", "2026-03-04T03:00:00Z", false),
        ] {
            let [start, end] = [from, to].map(|it| it.parse().unwrap());
            assert_eq!(covers(&hours, start, end), expected, "{from} {to}");
        }
    }

    #[test]
    fn what_is_stored_is_in_the_order_of_the_week() {
        let hours = vec![
            on(Weekday::Tuesday, "09:00", "12:00"),
            on(Weekday::Monday, "13:00", "17:00"),
            on(Weekday::Monday, "09:00", "12:00"),
        ];
        let column = to_column(hours.clone()).unwrap();
        let expected = vec![hours[2].clone(), hours[1].clone(), hours[0].clone()];
        assert_eq!(of_column(&column), expected);
    }
}
