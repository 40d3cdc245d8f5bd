//! Engagement, absence and capacity on the days at their edges.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::words::AbsenceReason;

const WANG: Uuid = Uuid::from_u128(1);

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn person() -> user::Model {
    user::Model {
        id: WANG,
        username: "wang".to_owned(),
        display_name: "王建国".to_owned(),
        role: Role::Mediator,
        office_id: Uuid::nil(),
        status: UserStatus::Active,
        password_hash: String::new(),
        failed_attempts: 0,
        locked_until: None,
        version: 1,
        created_at: DateTime::<Utc>::default(),
    }
}

fn profile(engaged_until: Option<NaiveDate>) -> mediator_profile::Model {
    mediator_profile::Model {
        id: WANG,
        kind: MediatorKind::FullTime,
        engaged_from: day(3),
        engaged_until,
        roster_state: RosterState::Listed,
        specialities: "prepaid_card food_safety".to_owned(),
        languages: "mandarin".to_owned(),
        capacity: 3,
        version: 1,
        updated_by: Uuid::nil(),
        updated_at: DateTime::<Utc>::default(),
    }
}

fn away(since: u32, until: u32) -> absence::Model {
    absence::Model {
        id: Uuid::now_v7(),
        mediator_id: WANG,
        since: day(since),
        until: day(until),
        reason: AbsenceReason::Leave,
        recorded_by: Uuid::nil(),
        recorded_at: DateTime::<Utc>::default(),
    }
}

fn on(today: NaiveDate) -> Terms {
    Terms { today, window_days: 10, usual_capacity: 40 }
}

#[test]
fn whoever_has_no_profile_counts_as_engaged() {
    let it = Availability::of(&person(), None, &[], Load::default(), on(day(20)));
    assert_eq!((it.capacity, it.available_days), (40, 10));
    assert!(it.hindrances(day(20), 10).is_empty());
    let disabled = user::Model { status: UserStatus::Disabled, ..person() };
    let it = Availability::of(&disabled, None, &[], Load::default(), on(day(20)));
    assert_eq!(it.lasting_hindrances(day(20)), [ExclusionGround::AccountDisabled]);
}

#[test]
fn the_first_and_the_last_day_count() {
    use ExclusionGround::{Absent, NotEngaged};
    let profile = profile(Some(day(25)));
    let absences = [away(10, 12)];
    for (today, grounds) in [
        (2, vec![NotEngaged]),
        (3, vec![]),
        (9, vec![]),
        (10, vec![Absent]),
        (12, vec![Absent]),
        (13, vec![]),
        (25, vec![]),
        (26, vec![NotEngaged]),
    ] {
        let it =
            Availability::of(&person(), Some(&profile), &absences, Load::default(), on(day(today)));
        assert_eq!(it.hindrances(day(today), 10), grounds, "{today}");
    }
}

#[test]
fn days_of_presence_are_counted_within_the_window() {
    let profile = profile(None);
    for (today, absences, days) in [
        (3, vec![], 1),
        (7, vec![], 5),
        (20, vec![], 10),
        (20, vec![away(12, 15)], 6),
        (20, vec![away(5, 11)], 9),
        (20, vec![away(5, 25)], 1),
        // Before the engagement: never less than a day.
        (1, vec![], 1),
    ] {
        let it =
            Availability::of(&person(), Some(&profile), &absences, Load::default(), on(day(today)));
        assert_eq!(it.available_days, days, "{today} {absences:?}");
    }
}

#[test]
fn a_case_has_to_fit_in() {
    for (open, weight, fits) in
        [(0, 10, true), (20, 10, true), (21, 10, false), (10, 25, false), (5, 25, true)]
    {
        let load = Load { open, recent: 0 };
        let it = Availability::of(&person(), Some(&profile(None)), &[], load, on(day(20)));
        let over = it.hindrances(day(20), weight).contains(&ExclusionGround::OverCapacity);
        assert_eq!(!over, fits, "{open} {weight}");
    }
    assert_eq!(case_weight(false, false), 10);
    assert_eq!(case_weight(true, true), 25);
}

#[test]
fn every_ground_is_told_with_its_own_words() {
    let it = Availability::of(
        &person(),
        Some(&profile(Some(day(9)))),
        &[away(10, 12)],
        Load::default(),
        on(day(10)),
    );
    let mut told: Vec<String> = Vec::new();
    for ground in ExclusionGround::ALL {
        let unmet = unmet(*ground, &it);
        assert_eq!(unmet.code, ground.name(), "the code is the word");
        assert!(!told.contains(&unmet.detail.en.to_string()), "{ground}");
        told.push(unmet.detail.en.to_string());
    }
    assert!(unmet(ExclusionGround::NotEngaged, &it).detail.en.contains("2026-03-09"));
    assert!(unmet(ExclusionGround::Absent, &it).detail.en.contains("2026-03-12"));
}

#[test]
fn a_profile_goes_with_the_role() {
    use MediatorKind::{CommitteeMember, FullTime, Officer, PartTime};
    for (role, kind, fine) in [
        (Role::Mediator, FullTime, true),
        (Role::Mediator, PartTime, true),
        (Role::Mediator, CommitteeMember, true),
        (Role::Mediator, Officer, false),
        (Role::Officer, Officer, true),
        (Role::Officer, PartTime, false),
    ] {
        assert_eq!(check_profile(role, kind, (day(1), None)).is_empty(), fine, "{role} {kind}");
    }
    let turned = check_profile(Role::Mediator, FullTime, (day(2), Some(day(1))));
    assert_eq!(turned[0].code, "before_start");
    assert_eq!(check_once("/languages", &[1, 2, 1]).unwrap().pointer, "/languages/2");
    assert!(check_once("/languages", &[1, 2, 3]).is_none());
}

#[test]
fn absences_have_edges_and_do_not_overlap() {
    let later = |days| day(1).checked_add_days(Days::new(days)).unwrap();
    assert!(check_days(day(2), day(1)).is_err());
    assert!(check_days(day(1), day(1)).is_ok());
    assert!(check_days(day(1), later(365)).is_ok());
    assert!(check_days(day(1), later(366)).is_err());
    let known = [away(10, 12)];
    for (since, until, free) in [
        (8, 9, true),
        (8, 10, false),
        (11, 11, false),
        (12, 15, false),
        (13, 15, true),
        (8, 20, false),
    ] {
        assert_eq!(check_free(&known, day(since), day(until)).is_ok(), free, "{since} {until}");
    }
}

#[test]
fn what_is_over_stays_and_what_has_begun_is_ended() {
    let it = away(10, 12);
    for (today, until, fine) in [
        (9, 11, true),
        (12, 12, true),
        (11, 10, true),
        (13, 11, false),
        (11, 9, false),
        (11, 13, false),
    ] {
        assert_eq!(check_end(&it, day(until), day(today)).is_ok(), fine, "{today} {until}");
    }
    assert!(check_cancel(&it, day(9)).is_ok());
    assert!(check_cancel(&it, day(10)).is_err());
}
