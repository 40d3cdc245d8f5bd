//! The demo on a database of its own.

use std::collections::HashSet;

use chrono::{DateTime, TimeZone as _, Utc};

use super::*;
use crate::audit;
use crate::demo::fates::Fate;
use crate::demo::step::Step;
use crate::words::Track;

const PASSWORD: &str = "Tiaojie-2026-Xujiahui";

fn noon(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 4, 0, 0).unwrap()
}

/// Whatever today is: each story begins with its registration, goes forward in time and ends
/// by today.
#[test]
fn every_story_keeps_its_order() {
    for now in (0..24).map(|it| noon(2026, 1 + it % 12, 1 + it)) {
        let mut last: Vec<Option<DateTime<Utc>>> = vec![None; 100];
        for (place, task) in play::write(100, now).tasks() {
            let begins = matches!(task.step, Step::Register(_));
            assert_eq!(begins, last[*place].is_none(), "case {place} of {now}");
            assert!(last[*place] < Some(task.at) && task.at <= now, "case {place} of {now}");
            last[*place] = Some(task.at);
        }
        assert!(last.iter().all(Option::is_some), "{now}");
    }
}

/// However many cases there are: a story ends for a reason that its track knows.
#[test]
fn every_reason_is_one_of_the_track() {
    use crate::tracks::{decline_article, termination_article};
    for fate in fates::fates(1000) {
        match fate {
            Fate::Declined(it) => {
                assert!(decline_article(Track::PeopleMediation, it).is_some(), "{it}");
            }
            Fate::Terminated(it) => {
                assert!(termination_article(Track::PeopleMediation, it).is_some(), "{it}");
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn an_empty_station_is_filled_once() {
    let data = tempfile::tempdir().unwrap();
    let now = noon(2026, 3, 2);
    let settings = Settings::for_tests(data.path(), None);
    let app = App::open(settings, Clock::at(now)).await.unwrap();
    assert!(fill(&app, 1, "mediator").await.is_err(), "a weak password is refused");
    let filled = fill(&app, 50, PASSWORD).await.unwrap();
    assert_eq!(filled.cases, 50);
    assert!(filled.people.len() >= 12);
    assert_eq!(app.clock.now(), now, "the clock is back");
    let names: HashSet<_> = filled.people.iter().map(|it| it.username).collect();
    for name in ["admin", "auditor", "director", "supervisor", "clerk", "officer", "mediator"] {
        assert!(names.contains(name), "{name}");
    }
    assert_eq!(audit::verify_stored(&app.database).await.unwrap().broken_at, None);
    let again = fill(&app, 1, PASSWORD).await.unwrap_err().to_string();
    assert!(again.contains("accounts already"), "{again}");
}

#[test]
fn a_made_up_password_passes_every_rule() {
    let one = make_up_password().unwrap();
    check_password(&one).unwrap();
    assert_ne!(one, make_up_password().unwrap());
}
