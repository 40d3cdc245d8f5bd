//! The counting against the vectors that were worked out by hand, and against its own laws.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::*;
use crate::calendars::{Calendar, CalendarFile, DayKind};
use crate::words::{DayUnit, RollRule, SuspensionReason};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> RuleSet {
    RuleSet::built_in().unwrap()
}

fn files() -> Vec<CalendarFile> {
    crate::calendars::built_in()
}

fn calendar_of(years: &[i32]) -> Calendar {
    Calendar::of(files().iter().filter(|it| years.contains(&it.year)).map(|it| (it, 1)))
}

fn calendar() -> Calendar {
    calendar_of(&[2024, 2025, 2026])
}

/// The rule whatever its time: vectors are about counting.
fn rule(rules: &RuleSet, id: &str) -> Rule {
    rules.rules.iter().find(|it| it.id == id).unwrap_or_else(|| panic!("no {id}")).clone()
}

fn counted(rule: &Rule, start: NaiveDate, pauses: &[Pause], extension_days: u32) -> Counting {
    let period = Period { start_on: start, pauses, extension_days };
    count(&calendar(), &rules(), rule, &period).unwrap()
}

fn due(id: &str, start: &str) -> Due {
    counted(&rule(&rules(), id), day(start), &[], 0).due.unwrap()
}

/// A rule of so many working days.
fn working(days: u32) -> Rule {
    Rule { length: days, ..rule(&rules(), "samr.accept") }
}

/// Domain §9.5: start, then the ends of 1, 3, 5, 7, 15 and 45 working days, and of 60 and 30
/// natural days as they fall and past days off.
const VECTORS: &[(&str, [&str; 6], [&str; 2], [&str; 2])] = &[
    (
        "2025-01-24",
        ["2025-01-26", "2025-02-05", "2025-02-07", "2025-02-10", "2025-02-20", "2025-04-03"],
        ["2025-03-25", "2025-03-25"],
        ["2025-02-23", "2025-02-24"],
    ),
    (
        "2025-09-26",
        ["2025-09-28", "2025-09-30", "2025-10-10", "2025-10-13", "2025-10-23", "2025-12-04"],
        ["2025-11-25", "2025-11-25"],
        ["2025-10-26", "2025-10-27"],
    ),
    (
        "2026-02-13",
        ["2026-02-14", "2026-02-25", "2026-02-27", "2026-03-02", "2026-03-12", "2026-04-24"],
        ["2026-04-14", "2026-04-14"],
        ["2026-03-15", "2026-03-16"],
    ),
    (
        "2026-04-30",
        ["2026-05-06", "2026-05-08", "2026-05-11", "2026-05-13", "2026-05-25", "2026-07-07"],
        ["2026-06-29", "2026-06-29"],
        ["2026-05-30", "2026-06-01"],
    ),
    (
        "2026-06-17",
        ["2026-06-18", "2026-06-23", "2026-06-25", "2026-06-29", "2026-07-09", "2026-08-20"],
        ["2026-08-16", "2026-08-17"],
        ["2026-07-17", "2026-07-17"],
    ),
    (
        "2026-08-02",
        ["2026-08-03", "2026-08-05", "2026-08-07", "2026-08-11", "2026-08-21", "2026-10-09"],
        ["2026-10-01", "2026-10-08"],
        ["2026-09-01", "2026-09-01"],
    ),
    (
        "2026-09-18",
        ["2026-09-20", "2026-09-22", "2026-09-24", "2026-09-29", "2026-10-15", "2026-11-26"],
        ["2026-11-17", "2026-11-17"],
        ["2026-10-18", "2026-10-19"],
    ),
    (
        "2026-09-24",
        ["2026-09-28", "2026-09-30", "2026-10-09", "2026-10-12", "2026-10-22", "2026-12-03"],
        ["2026-11-23", "2026-11-23"],
        ["2026-10-24", "2026-10-26"],
    ),
    (
        "2026-09-30",
        ["2026-10-08", "2026-10-10", "2026-10-13", "2026-10-15", "2026-10-27", "2026-12-08"],
        ["2026-11-29", "2026-11-30"],
        ["2026-10-30", "2026-10-30"],
    ),
];

#[test]
fn the_vectors_of_the_notes_come_out() {
    for (start, in_working_days, sixty, thirty) in VECTORS {
        for (length, expected) in [1, 3, 5, 7, 15, 45].into_iter().zip(in_working_days) {
            let counting = counted(&working(length), day(start), &[], 0);
            let due = counting.due.unwrap();
            assert_eq!(due.on, day(expected), "{start} + {length} working days");
            assert_eq!(due.on_strict, due.on);
        }
        for (id, [raw, rolled]) in [("samr.mediate.new", sixty), ("pml.confirm", thirty)] {
            let rule = rule(&rules(), id);
            assert_eq!(counted(&rule, day(start), &[], 0).due.unwrap().on, day(rolled), "{start}");
            let unrolled = Rule { roll: RollRule::None, ..rule };
            assert_eq!(counted(&unrolled, day(start), &[], 0).due.unwrap().on, day(raw), "{start}");
        }
    }
}

/// Anchors, Appendix B; each as asked for by name, in the version in force.
#[test]
fn the_vectors_of_the_appendix_come_out() {
    let rules = rules();
    for (name, start, on, on_strict, id) in [
        ("samr.accept", "2026-04-27", "2026-05-09", "2026-05-09", "samr.accept"),
        ("samr.accept", "2026-02-13", "2026-03-02", "2026-03-02", "samr.accept.old"),
        ("samr.mediate.old", "2026-04-14", "2026-06-18", "2026-06-18", "samr.mediate.old"),
        ("samr.mediate.new", "2026-04-15", "2026-06-15", "2026-06-14", "samr.mediate.new"),
        ("samr.mediate.new", "2026-08-02", "2026-10-08", "2026-10-08", "samr.mediate.new"),
        ("samr.mediate", "2026-04-14", "2026-06-18", "2026-06-18", "samr.mediate.old"),
        ("samr.mediate", "2026-04-15", "2026-06-15", "2026-06-14", "samr.mediate.new"),
    ] {
        let rule = rules.rule_for(name, day(start)).unwrap();
        assert_eq!(rule.id, id);
        let due = counted(rule, day(start), &[], 0).due.unwrap();
        assert_eq!((due.on, due.on_strict), (day(on), day(on_strict)), "{name} {start}");
        assert_eq!(due.range, None, "{name} {start}");
    }
}

/// 2027 is not published: the end is provisional and has a range.
#[test]
fn a_period_that_reaches_an_unpublished_year_is_provisional() {
    let reach = due("samr.accept", "2026-12-28");
    // 12-29, 30, 31, then New Year's Day, which no notice can move, and the ordinary week.
    assert_eq!(reach.on, day("2027-01-07"));
    let (earliest, latest) = reach.range.unwrap();
    assert!(earliest < reach.on && reach.on < latest, "{reach:?}");
    assert!(earliest >= day("2027-01-05") && latest <= day("2027-01-25"), "{reach:?}");
    for (id, start, provisional) in [
        ("samr.accept", "2026-12-16", false),
        // The seventh day is 12-28, which the notice of 2027 may still rule.
        ("samr.accept", "2026-12-17", true),
        // Natural days: only the end matters. 11-15 + 60 d is in January, 10-20 + 60 d is not.
        ("samr.mediate.new", "2026-11-15", true),
        ("samr.mediate.new", "2026-10-20", false),
        // The last day is Friday 12-25: nothing rolls.
        ("samr.mediate.new", "2026-10-26", false),
        // Saturday 12-26 may become a working day.
        ("samr.mediate.new", "2026-10-27", true),
    ] {
        let found = due(id, start);
        assert_eq!(found.range.is_some(), provisional, "{id} {start}: {found:?}");
    }
}

/// A year that is not loaded is taken away, and the true date has to lie in the range, for
/// every rule and every day from which it can reach the year.
#[test]
fn the_range_holds_the_true_date() {
    let (rules, whole) = (rules(), calendar());
    let mut provisional = 0;
    for (missing, years) in [(2025, [2024, 2026]), (2026, [2024, 2025])] {
        let partial = calendar_of(&years);
        let first = day(&format!("{}-10-01", missing - 1));
        for start in first.iter_days().take_while(|it| it.year() <= missing) {
            for rule in &rules.rules {
                for extension_days in
                    if rule.unit == DayUnit::WorkingDays { [0, 40] } else { [0, 3] }
                {
                    let rule = Rule { length: rule.length + extension_days, ..rule.clone() };
                    let period = Period { start_on: start, pauses: &[], extension_days: 0 };
                    let truth = count(&whole, &rules, &rule, &period).unwrap().due.unwrap();
                    // What the whole calendar does not know either proves nothing.
                    if truth.range.is_some() {
                        continue;
                    }
                    let guess = count(&partial, &rules, &rule, &period).unwrap().due.unwrap();
                    let Some((earliest, latest)) = guess.range else {
                        assert_eq!(guess.on, truth.on, "{} {start} without {missing}", rule.id);
                        continue;
                    };
                    provisional += 1;
                    assert!(
                        earliest <= truth.on && truth.on <= latest,
                        "{} {start} without {missing}: {} is not in {earliest} to {latest}",
                        rule.id,
                        truth.on
                    );
                    assert!(earliest <= guess.on && guess.on <= latest);
                }
            }
        }
    }
    assert!(provisional > 10_000, "{provisional}");
}

/// What the bounds take for granted, held against every year that is known.
#[test]
fn the_assumptions_hold_in_every_built_in_year() {
    let (calendar, assumed) = (calendar(), rules().assumptions);
    let days: Vec<_> = day("2024-01-01")
        .iter_days()
        .take_while(|it| *it <= day("2026-12-25"))
        .map(|it| (it, calendar.day(it).kind))
        .collect();
    let weekday_off = |(date, kind): &&(NaiveDate, DayKind)| {
        *kind == DayKind::Holiday
            && date.weekday() != Weekday::Sat
            && date.weekday() != Weekday::Sun
    };
    for window in days.windows(assumed.window_days as usize) {
        let off = window.iter().filter(weekday_off).count();
        let make_up = window.iter().filter(|it| it.1 == DayKind::MakeUp).count();
        assert!(off < assumed.weekdays_off as usize, "{:?}: {off}", window[0]);
        assert!(make_up < assumed.make_up_days as usize, "{:?}: {make_up}", window[0]);
    }
    let rests = days.chunk_by(|one, other| !one.1.is_working() && !other.1.is_working());
    assert!(rests.map(<[_]>::len).max().unwrap() < assumed.longest_rest as usize);
}

/// Appraisal is not counted (O121 22): pauses are days, both ends included.
#[test]
fn a_pause_is_not_counted_from_its_first_to_its_last_day() {
    let rule = rule(&rules(), "samr.mediate.new");
    let pause = |from: &str, to: Option<&str>| Pause {
        from: day(from),
        to: to.map(day),
        reason: Some(SuspensionReason::Appraisal),
    };
    let ends =
        |pauses: &[Pause]| counted(&rule, day("2026-04-15"), pauses, 0).due.map(|it| it.on_strict);
    for (pauses, expected) in [
        (vec![], "2026-06-14"),
        (vec![pause("2026-05-06", Some("2026-05-06"))], "2026-06-15"),
        (vec![pause("2026-05-06", Some("2026-05-08"))], "2026-06-17"),
        // The start day is not counted anyway.
        (vec![pause("2026-04-15", Some("2026-04-16"))], "2026-06-15"),
        // The last day itself is paused, then counted after.
        (vec![pause("2026-06-14", Some("2026-06-15"))], "2026-06-16"),
        // After the last counted day nothing changes.
        (vec![pause("2026-06-15", Some("2026-07-15"))], "2026-06-14"),
        (vec![pause("2026-06-15", None)], "2026-06-14"),
        (
            vec![pause("2026-04-20", Some("2026-04-21")), pause("2026-05-01", Some("2026-05-10"))],
            "2026-06-26",
        ),
    ] {
        assert_eq!(ends(&pauses), Some(day(expected)), "{pauses:?}");
    }
    let standing = counted(&rule, day("2026-04-15"), &[pause("2026-04-20", None)], 0);
    assert_eq!((standing.due, standing.counted(), standing.length), (None, 4, 60));
    assert_eq!(standing.days.last().unwrap().why, Why::Paused);
    // Ended, and then ended again: the same as ended once.
    let once = ends(&[pause("2026-05-06", Some("2026-05-08"))]);
    let cut = [pause("2026-05-06", Some("2026-05-07")), pause("2026-05-08", Some("2026-05-08"))];
    assert_eq!(ends(&cut), once);
}

#[test]
fn what_cannot_be_meant_is_refused_at_its_place() {
    let rules = rules();
    let pause = |from: &str, to: &str| Pause { from: day(from), to: Some(day(to)), reason: None };
    let forever = Pause { to: None, ..pause("2026-05-01", "2026-05-01") };
    let illness =
        Pause { reason: Some(SuspensionReason::Illness), ..pause("2026-05-01", "2026-05-02") };
    let many: Vec<Pause> = (0..51)
        .map(|it| {
            let from = day("2026-05-01") + Days::new(it);
            Pause { from, to: Some(from), reason: None }
        })
        .collect();
    let mediate = "samr.mediate.new";
    for (id, start, pauses, extension_days, expected) in [
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-05-02", "2026-05-01")],
            0,
            vec![("/pauses/0/to", "pause_ends_before_it_begins")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-04-14", "2026-05-01")],
            0,
            vec![("/pauses/0/from", "pause_before_start")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-05-01", "2026-05-03"), pause("2026-05-03", "2026-05-04")],
            0,
            vec![("/pauses/1/from", "overlapping_pauses")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-05-05", "2026-05-06"), pause("2026-05-01", "2026-05-02")],
            0,
            vec![("/pauses/1/from", "overlapping_pauses")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![forever, pause("2026-06-01", "2026-06-02")],
            0,
            vec![("/pauses/1/from", "overlapping_pauses")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![illness],
            0,
            vec![("/pauses/0/reason", "not_a_reason_to_pause")],
        ),
        (mediate, "2026-04-15", many, 0, vec![("/pauses", "too_many")]),
        (mediate, "2026-04-15", vec![], 1, vec![("/extension_days", "not_extensible")]),
        (mediate, "1999-12-31", vec![], 0, vec![("/start_date", "out_of_range")]),
        (mediate, "2101-01-01", vec![], 0, vec![("/start_date", "out_of_range")]),
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-05-02", "2101-01-01")],
            0,
            vec![("/pauses/0/from", "out_of_range")],
        ),
        (
            "samr.accept",
            "2026-04-27",
            vec![pause("2026-05-06", "2026-05-08")],
            0,
            vec![("/pauses/0", "not_a_reason_to_pause")],
        ),
        ("pml.confirm", "2026-04-15", vec![], 5, vec![("/extension_days", "not_extensible")]),
        ("samr.clue", "2026-04-15", vec![], 16, vec![("/extension_days", "extension_too_long")]),
        (
            "pml.general",
            "2026-04-15",
            vec![],
            3651,
            vec![("/extension_days", "extension_too_long")],
        ),
        (
            mediate,
            "2026-04-15",
            vec![pause("2026-04-14", "2026-04-13")],
            9,
            vec![
                ("/pauses/0/from", "pause_before_start"),
                ("/pauses/0/to", "pause_ends_before_it_begins"),
                ("/extension_days", "not_extensible"),
            ],
        ),
    ] {
        let period = Period { start_on: day(start), pauses: &pauses, extension_days };
        let faults = count(&calendar(), &rules, &rule(&rules, id), &period).unwrap_err();
        let found: Vec<_> = faults.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        assert_eq!(found, expected, "{id} {pauses:?}");
    }
}

/// O121 27: 15 working days, and 15 more with the head's approval.
#[test]
fn an_extension_adds_days_of_the_rules_own_unit() {
    let clue = rule(&rules(), "samr.clue");
    let ends =
        |extension_days| counted(&clue, day("2026-09-18"), &[], extension_days).due.unwrap().on;
    assert_eq!(ends(0), day("2026-10-15"));
    assert_eq!(ends(15), day("2026-11-05"));
    let mediation = rule(&rules(), "court.ref.mediate");
    let ended = counted(&mediation, day("2026-09-01"), &[], 30).due.unwrap();
    // 10-31 is a Saturday.
    assert_eq!((ended.on, ended.on_strict), (day("2026-11-02"), day("2026-11-02")));
}

#[test]
fn a_warning_comes_before_the_earlier_reading() {
    for (id, start, warn_on) in [
        ("samr.mediate.new", "2026-04-15", "2026-06-04"),
        // Two working days before Saturday 05-09, which is worked.
        ("samr.accept", "2026-04-27", "2026-05-07"),
        ("hotline.12345.contact", "2026-05-06", "2026-05-07"),
        // One working day before Wednesday 05-06 is the day before the holidays.
        ("court.ref.mediator_accept", "2026-04-28", "2026-04-30"),
    ] {
        assert_eq!(due(id, start).warn_on, day(warn_on), "{id} {start}");
    }
    let hasty =
        Rule { warn_before: Warning { days: 30, unit: DayUnit::NaturalDays }, ..working(3) };
    let due = counted(&hasty, day("2026-04-27"), &[], 0).due.unwrap();
    assert_eq!(due.warn_on, day("2026-04-27"), "never before the start");
}

/// A golden text: what a person reads with a calendar in hand.
#[test]
fn the_counting_is_told_in_both_languages() {
    let rule = rule(&rules(), "samr.accept");
    let said = readable_text(&rule, &counted(&rule, day("2026-04-27"), &[], 0));
    assert_eq!(
        said.zh,
        "市场监管部门决定是否受理投诉：7个工作日，自收到投诉之日起算。\
         2026-04-27（周一）为开始之日，不计入；\
         2026-04-28（周二）至2026-04-30（周四）为第1至第3个工作日；\
         2026-05-01（周五）至2026-05-05（周二）为劳动节假期，不计入；\
         2026-05-06（周三）至2026-05-08（周五）为第4至第6个工作日；\
         2026-05-09（周六）调休上班，为第7个工作日。\
         到期日2026-05-09（周六）。\
         依据：《市场监督管理投诉举报处理办法》第十五条、\
         《中华人民共和国消费者权益保护法》第四十六条、\
         《中华人民共和国消费者权益保护法实施条例》第四十六条、\
         《市场监督管理投诉举报处理办法》第四十五条。"
    );
    assert_eq!(
        said.en,
        "Market supervision decides whether to accept a complaint: 7 working days, from: receipt of \
         the complaint. Mon 2026-04-27 is the day of the start and is not counted; \
         Tue 2026-04-28 to Thu 2026-04-30 are working days 1 to 3; \
         Fri 2026-05-01 to Tue 2026-05-05 are public holiday (劳动节) and not counted; \
         Wed 2026-05-06 to Fri 2026-05-08 are working days 4 to 6; \
         Sat 2026-05-09 is worked to make up for a holiday (劳动节): working day 7. \
         The last day is Sat 2026-05-09. By SAMR Order 121, art. 15; Consumer Rights Protection \
         Law, art. 46; Implementing Regulation of the Consumer Rights Protection Law, art. 46; \
         SAMR Order 121, art. 45."
    );
}

#[test]
fn both_readings_a_roll_and_a_missing_calendar_are_told() {
    let mediate = rule(&rules(), "samr.mediate.new");
    let said = |start: &str| readable_text(&mediate, &counted(&mediate, day(start), &[], 0)).zh;
    let text = said("2026-04-15");
    assert!(text.contains("若“法定节假日”不含普通周末，则为2026-06-14（周日）"), "{text}");
    let text = said("2026-08-02");
    assert!(text.contains("为国庆节假期，期限届满日顺延"), "{text}");
    assert!(text.contains("2026-10-08（周四）为其后的第一个工作日"), "{text}");
    let accept = rule(&rules(), "samr.accept");
    let text = readable_text(&accept, &counted(&accept, day("2026-12-28"), &[], 0)).zh;
    assert!(text.contains("（安排尚未公布）") && text.contains("到期日为暂定，最早"), "{text}");
    let pause = Pause { from: day("2026-04-20"), to: None, reason: None };
    let text = readable_text(&mediate, &counted(&mediate, day("2026-04-15"), &[pause], 0)).zh;
    assert!(text.contains("中止尚未结束：已计4日，余56日"), "{text}");
}

#[test]
fn a_changed_explanation_does_not_replay() {
    let counting = counted(&rule(&rules(), "samr.mediate.new"), day("2026-08-02"), &[], 0);
    assert_eq!(replay(60, &counting.days), Some(day("2026-10-08")));
    assert_eq!(replay(59, &counting.days), None);
    assert_eq!(replay(60, &counting.days[..65]), None);
    assert_eq!(replay(60, &counting.days[1..]), None);
    assert_eq!(replay(60, &[]), None);
    let mut days = counting.days.clone();
    days.remove(30);
    assert_eq!(replay(60, &days), None);
    let mut days = counting.days.clone();
    days[30].why = Why::Paused;
    assert_eq!(replay(60, &days), None);
}

/// The same, counted the way a person would, day by day and from the words of the law.
fn naive(calendar: &Calendar, rule: &Rule, period: &Period<'_>) -> (NaiveDate, NaiveDate) {
    let paused: BTreeSet<NaiveDate> = period
        .pauses
        .iter()
        .flat_map(|it| it.from.iter_days().take_while(|day| *day <= it.to.unwrap()))
        .collect();
    let off = |it: NaiveDate| !calendar.day(it).kind.is_working();
    let counts =
        |it: &NaiveDate| !paused.contains(it) && (rule.unit == DayUnit::NaturalDays || !off(*it));
    let last = (period.start_on + Days::new(1))
        .iter_days()
        .filter(counts)
        .nth((rule.length + period.extension_days - 1) as usize)
        .unwrap();
    let after = |stays: &dyn Fn(NaiveDate) -> bool| last.iter_days().find(|it| stays(*it)).unwrap();
    let no_holiday = |it| calendar.day(it).kind != DayKind::Holiday;
    match rule.roll {
        RollRule::None => (last, last),
        RollRule::RestDays => (after(&|it| !off(it)), after(&|it| !off(it))),
        RollRule::StatutoryHolidays => (after(&|it| !off(it)), after(&no_holiday)),
    }
}

fn any_rule() -> impl Strategy<Value = Rule> {
    (
        proptest::sample::select(rules().rules),
        1..120_u32,
        proptest::sample::select(RollRule::ALL),
        proptest::sample::select(DayUnit::ALL),
    )
        .prop_map(|(rule, length, roll, unit)| {
            let pauses = SuspensionReason::ALL.to_vec();
            let extension = Extension { by: crate::words::ExtensionBasis::ByHead, max_days: None };
            Rule { length, unit, pauses, extension, roll, ..rule }
        })
}

fn any_start() -> impl Strategy<Value = NaiveDate> {
    (0..1200_u64).prop_map(|it| day("2023-11-01") + Days::new(it))
}

/// Pauses in order and apart, after the start.
fn any_pauses() -> impl Strategy<Value = Vec<(u64, u64)>> {
    proptest::collection::vec((0..20_u64, 0..15_u64), 0..5)
}

fn pauses_from(start: NaiveDate, gaps: &[(u64, u64)]) -> Vec<Pause> {
    let mut next = start;
    let mut pauses = Vec::new();
    for (gap, length) in gaps {
        let from = next + Days::new(*gap);
        let to = from + Days::new(*length);
        pauses.push(Pause { from, to: Some(to), reason: None });
        next = to + Days::new(1);
    }
    pauses
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn counting_is_what_a_person_would_do(
        rule in any_rule(), start in any_start(), gaps in any_pauses(), extension_days in 0..30_u32,
    ) {
        let (calendar, rules) = SHARED.with(Clone::clone);
        let pauses = pauses_from(start, &gaps);
        let period = Period { start_on: start, pauses: &pauses, extension_days };
        let counting = count(&calendar, &rules, &rule, &period).unwrap();
        let due = counting.due.unwrap();
        prop_assert_eq!((due.on, due.on_strict), naive(&calendar, &rule, &period));
        // The explanation leads to the same day.
        prop_assert_eq!(replay(counting.length, &counting.days), Some(due.on));
        // The order of the days.
        prop_assert!(due.on_strict <= due.on);
        prop_assert!(due.warn_on <= due.on_strict && due.warn_on >= start);
        if let Some((earliest, latest)) = due.range {
            prop_assert!(earliest <= due.on && due.on <= latest);
        }
    }
}

std::thread_local! {
    static SHARED: (std::rc::Rc<Calendar>, std::rc::Rc<RuleSet>) =
        (std::rc::Rc::new(calendar()), std::rc::Rc::new(rules()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_pause_never_makes_a_date_earlier(
        rule in any_rule(), start in any_start(), gaps in any_pauses(),
        kept in subsequence((0..5).collect::<Vec<usize>>(), 0..5),
    ) {
        let (calendar, rules) = SHARED.with(Clone::clone);
        let all = pauses_from(start, &gaps);
        let some: Vec<Pause> =
            all.iter().enumerate().filter(|it| kept.contains(&it.0)).map(|it| *it.1).collect();
        let ends = |pauses: &[Pause]| {
            let period = Period { start_on: start, pauses, extension_days: 0 };
            count(&calendar, &rules, &rule, &period).unwrap().due.unwrap()
        };
        let (fewer, more) = (ends(&some), ends(&all));
        prop_assert!(fewer.on <= more.on && fewer.on_strict <= more.on_strict);
    }

    #[test]
    fn a_pause_cut_in_two_is_the_same_pause(
        rule in any_rule(), start in any_start(), offset in 0..60_u64, length in 1..20_u64, cut in 0..19_u64,
    ) {
        let (calendar, rules) = SHARED.with(Clone::clone);
        let from = start + Days::new(offset);
        let to = from + Days::new(length);
        let middle = from + Days::new(cut % length);
        let pause = |from, to| Pause { from, to: Some(to), reason: None };
        let ends = |pauses: &[Pause]| {
            let period = Period { start_on: start, pauses, extension_days: 0 };
            count(&calendar, &rules, &rule, &period).unwrap()
        };
        prop_assert_eq!(
            ends(&[pause(from, to)]),
            ends(&[pause(from, middle), pause(middle + Days::new(1), to)])
        );
    }

    /// A year that the period and the notices about its days have nothing to do with.
    #[test]
    fn an_unrelated_year_changes_nothing(
        rule in any_rule(), offset in 0..300_u64, gaps in any_pauses(),
    ) {
        let rules = rules();
        let start = day("2024-01-01") + Days::new(offset);
        let pauses = pauses_from(start, &gaps);
        let period = Period { start_on: start, pauses: &pauses, extension_days: 0 };
        let (less, more) = (calendar_of(&[2024, 2025]), calendar_of(&[2024, 2025, 2026]));
        let counting = count(&more, &rules, &rule, &period).unwrap();
        prop_assume!(counting.days.last().unwrap().date < day("2025-12-10"));
        prop_assert_eq!(count(&less, &rules, &rule, &period).unwrap(), counting);
    }

    #[test]
    fn nothing_that_is_sent_makes_it_panic(
        rule in any_rule(), start in any::<i16>(), days in proptest::collection::vec(any::<(i16, i16)>(), 0..4),
        extension_days in any::<u32>(),
    ) {
        let (calendar, rules) = SHARED.with(Clone::clone);
        let at = |it: i16| day("2050-01-01") + chrono::TimeDelta::days(i64::from(it));
        let pauses: Vec<Pause> = days
            .iter()
            .map(|(from, to)| Pause { from: at(*from), to: Some(at(*to)), reason: None })
            .collect();
        let period = Period { start_on: at(start), pauses: &pauses, extension_days };
        let _ = count(&calendar, &rules, &rule, &period);
    }
}
