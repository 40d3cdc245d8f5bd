//! Stretches and free times as tables.

use super::*;
use crate::district::Venue;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn stretch(from: &str, to: &str) -> Stretch {
    Stretch { starts_at: at(from), ends_at: at(to) }
}

#[test]
fn hearings_that_only_touch_share_no_slot() {
    for (one, other, meet) in [
        (("09:00:00", "10:00:00"), ("10:00:00", "11:00:00"), false),
        (("09:00:00", "10:00:01"), ("10:00:00", "11:00:00"), true),
        (("09:00:00", "09:58:00"), ("09:59:00", "11:00:00"), true),
        (("09:00:00", "09:02:00"), ("09:05:00", "09:06:00"), false),
        (("09:00:00", "12:00:00"), ("10:00:00", "11:00:00"), true),
    ] {
        let slots = |(from, to): (&str, &str)| {
            stretch(&format!("2026-03-02T{from}"), &format!("2026-03-02T{to}")).slots()
        };
        let (one_slots, other_slots) = (slots(one), slots(other));
        let found = one_slots.start < other_slots.end && other_slots.start < one_slots.end;
        assert_eq!(found, meet, "{one:?} {other:?}");
    }
}

fn venue() -> Venue {
    Venue {
        id: uuid::Uuid::nil(),
        address: String::new(),
        active: true,
        hours: serde_json::from_str(
            r#"[{"weekday":"monday","opens":"09:00","closes":"12:00"},
                {"weekday":"wednesday","opens":"14:00","closes":"17:00"}]"#,
        )
        .unwrap(),
    }
}

#[test]
fn the_next_free_time_is_within_the_hours_and_the_day() {
    let venue = venue();
    let now = at("2026-03-02T08:00:00");
    let busy = |all: &[(&str, &str)]| -> BTreeSet<i64> {
        all.iter().flat_map(|(from, to)| stretch(from, to).slots()).collect()
    };
    for (wished, taken, room, expected) in [
        (
            ("2026-03-02T09:00:00", "2026-03-02T10:00:00"),
            vec![("2026-03-02T09:00:00", "2026-03-02T10:30:00")],
            true,
            Some("2026-03-02T10:30:00"),
        ),
        // Too late in the morning: the room opens on Wednesday again.
        (
            ("2026-03-02T09:00:00", "2026-03-02T10:00:00"),
            vec![("2026-03-02T09:00:00", "2026-03-02T11:30:00")],
            true,
            Some("2026-03-04T14:00:00"),
        ),
        // Without a room: in office hours.
        (
            ("2026-03-02T16:30:00", "2026-03-02T17:30:00"),
            vec![("2026-03-02T16:00:00", "2026-03-02T18:00:00")],
            false,
            Some("2026-03-03T09:00:00"),
        ),
        (
            ("2026-03-02T16:30:00", "2026-03-02T17:30:00"),
            vec![("2026-03-02T00:00:00", "2026-05-02T18:00:00")],
            false,
            None,
        ),
    ] {
        let room = room.then_some(&venue);
        let found = next_free(stretch(wished.0, wished.1), now, &busy(&taken), room);
        assert_eq!(found, expected.map(at), "{wished:?} {taken:?}");
    }
}
