//! The calendar as text. Pure.

use chrono::{DateTime, Utc};
use chrono_tz::Asia::Shanghai;
use icalendar::{
    Calendar, CalendarDateTime, Component as _, Event, EventLike as _, EventStatus, Property,
};

use crate::entity::{case, hearing};
use crate::words::{HearingMode, HearingStatus};

/// The zone that every time refers to. Shanghai has had one offset since 1991.
const ZONE: &str = "BEGIN:VTIMEZONE\r\n\
TZID:Asia/Shanghai\r\n\
BEGIN:STANDARD\r\n\
DTSTART:19910915T000000\r\n\
TZOFFSETFROM:+0800\r\n\
TZOFFSETTO:+0800\r\n\
TZNAME:CST\r\n\
END:STANDARD\r\n\
END:VTIMEZONE\r\n";

/// A hearing and what of its case may be told.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub hearing: hearing::Model,
    pub case_number: Option<String>,
    pub case_version: i64,
    pub changed_at: DateTime<Utc>,
}

impl Entry {
    pub(super) fn new(hearing: hearing::Model, case: &case::Model) -> Self {
        Self {
            hearing,
            case_number: case.case_number.clone(),
            case_version: case.version,
            changed_at: case.updated_at,
        }
    }
}

/// All of them, under a name for people.
pub(super) fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Huijie//Hearings//ZH"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .append_property(Property::new("X-WR-CALNAME", escaped(name)))
        .append_property(Property::new("X-WR-TIMEZONE", "Asia/Shanghai"));
    for entry in entries {
        calendar.push(event(entry));
    }
    let text = calendar.to_string();
    // The zone stands before whatever refers to it.
    let place = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR"));
    let (head, rest) = text.split_at(place.unwrap_or(text.len()));
    format!("{head}{ZONE}{rest}")
}

fn event(entry: &Entry) -> Event {
    let it = &entry.hearing;
    let number = entry.case_number.as_deref().unwrap_or("案号待定");
    let place = match (&it.place, it.mode) {
        (Some(place), _) => place.as_str(),
        (None, HearingMode::Online) => "线上",
        (None, HearingMode::Phone) => "电话",
        (None, HearingMode::OnSite) => "地点待定",
    };
    let status = match it.status {
        HearingStatus::Scheduled | HearingStatus::Held => EventStatus::Confirmed,
        HearingStatus::Adjourned | HearingStatus::Cancelled => EventStatus::Cancelled,
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@hearings.huijie", it.id))
        .timestamp(entry.changed_at)
        .sequence(u32::try_from(entry.case_version).unwrap_or(u32::MAX))
        .starts(local(it.starts_at))
        .ends(local(it.ends_at))
        .summary(&format!("调解会 {number} {place}"))
        .location(place)
        .status(status);
    event.done()
}

fn local(at: DateTime<Utc>) -> CalendarDateTime {
    CalendarDateTime::WithTimezone {
        date_time: at.with_timezone(&Shanghai).naive_local(),
        tzid: "Asia/Shanghai".to_owned(),
    }
}

/// A name is ours, but for what a room is called.
fn escaped(name: &str) -> String {
    name.replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn entry(place: &str, status: HearingStatus) -> Entry {
        let at = |hour| format!("2026-03-02T{hour}:30:00Z").parse().unwrap();
        Entry {
            hearing: hearing::Model {
                id: Uuid::from_u128(7),
                case_id: Uuid::nil(),
                ordinal: 1,
                mode: HearingMode::OnSite,
                place: Some(place.to_owned()),
                link: None,
                starts_at: at("01"),
                ends_at: at("02"),
                status,
                reason: None,
                minutes: None,
                minutes_read_back: None,
                result: None,
                recorder_id: None,
                room_id: None,
            },
            case_number: Some("（2026）徐消人调字第00001号".to_owned()),
            case_version: 9,
            changed_at: at("00"),
        }
    }

    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_hearing_is_one_event_in_the_zone_of_shanghai() {
        let place = "汇金大厦（虹桥路1号）一号调解室,东侧;二楼\nX-EVIL:1";
        let text = calendar("调解室", &[entry(place, HearingStatus::Scheduled)]);
        let lines = unfolded(&text);
        for line in [
            "TZID:Asia/Shanghai",
            "UID:00000000-0000-0000-0000-000000000007@hearings.huijie",
            "SEQUENCE:9",
            "STATUS:CONFIRMED",
            "DTSTART;TZID=Asia/Shanghai:20260302T093000",
            "DTEND;TZID=Asia/Shanghai:20260302T103000",
            "DTSTAMP:20260302T003000Z",
        ] {
            assert_eq!(lines.iter().filter(|it| *it == line).count(), 1, "{line}\n{text}");
        }
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(!lines.iter().any(|it| it.starts_with("X-EVIL")), "{text}");
        assert!(text.split("\r\n").all(|it| it.len() <= 75), "a line is too long:\n{text}");
    }

    #[test]
    fn what_is_called_off_is_cancelled() {
        for status in [HearingStatus::Adjourned, HearingStatus::Cancelled] {
            let text = calendar("调解室", &[entry("一号调解室", status)]);
            assert!(unfolded(&text).iter().any(|it| it == "STATUS:CANCELLED"), "{text}");
        }
        let empty = calendar("调解室", &[]);
        assert!(empty.contains("BEGIN:VTIMEZONE") && !empty.contains("VEVENT"), "{empty}");
    }
}
