//! Many applicants against one respondent within a short time: where the days are densest. Pure.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// A case against the respondent, and one of its applicants. People of one name count as one, so
/// that somebody who comes through two channels does not make a crowd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub case_id: Uuid,
    pub day: NaiveDate,
    pub applicant: String,
}

/// A stretch of days with what falls into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub cases: usize,
    pub applicants: usize,
}

/// The first day of a stretch of `days` that ends on `day`.
pub(super) fn reach_back(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days.saturating_sub(1)))).unwrap_or(NaiveDate::MIN)
}

/// The last day of a stretch of `days` that begins on `day`.
pub(super) fn reach_on(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days.saturating_sub(1)))).unwrap_or(NaiveDate::MAX)
}

/// The stretch of `days` around `day` with the most applicants, if these are `threshold` or more.
/// Of equals the earliest.
pub(super) fn densest(
    entries: &[Entry],
    day: NaiveDate,
    days: u32,
    threshold: usize,
) -> Option<Window> {
    let earliest = reach_back(day, days);
    let mut begins: Vec<NaiveDate> =
        entries.iter().map(|it| it.day).filter(|it| (earliest..=day).contains(it)).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut best: Option<Window> = None;
    for begin in begins {
        let Some(found) = window(entries, begin, reach_on(begin, days)) else { continue };
        if found.applicants >= threshold
            && best.as_ref().is_none_or(|it| found.applicants > it.applicants)
        {
            best = Some(found);
        }
    }
    best
}

/// What falls between two days; None where nothing does.
pub(super) fn window(entries: &[Entry], from: NaiveDate, until: NaiveDate) -> Option<Window> {
    let within: Vec<&Entry> =
        entries.iter().filter(|it| (from..=until).contains(&it.day)).collect();
    let cases: BTreeSet<Uuid> = within.iter().map(|it| it.case_id).collect();
    let applicants: BTreeSet<&str> = within.iter().map(|it| it.applicant.as_str()).collect();
    Some(Window {
        first_day: within.iter().map(|it| it.day).min()?,
        last_day: within.iter().map(|it| it.day).max()?,
        cases: cases.len(),
        applicants: applicants.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(of_march: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, of_march).unwrap()
    }

    fn entries(list: &[(u128, u32, &str)]) -> Vec<Entry> {
        let entry = |(case, of_march, name): &(u128, u32, &str)| Entry {
            case_id: Uuid::from_u128(*case),
            day: day(*of_march),
            applicant: (*name).to_owned(),
        };
        list.iter().map(entry).collect()
    }

    #[test]
    fn applicants_are_counted_within_the_days() {
        let table = [
            ("too few", vec![(1, 1, "甲"), (2, 2, "乙")], None),
            ("enough", vec![(1, 1, "甲"), (2, 2, "乙"), (3, 10, "丙")], Some((1, 10, 3, 3))),
            ("a day too long", vec![(1, 1, "甲"), (2, 2, "乙"), (3, 11, "丙")], None),
            ("one person often", vec![(1, 1, "甲"), (2, 2, "甲"), (3, 3, "甲")], None),
            (
                "several in a case",
                vec![(1, 1, "甲"), (1, 1, "乙"), (2, 3, "丙")],
                Some((1, 3, 2, 3)),
            ),
            (
                "the densest days",
                vec![(1, 1, "甲"), (2, 9, "乙"), (3, 9, "丙"), (4, 10, "丁"), (5, 12, "戊")],
                Some((1, 10, 4, 4)),
            ),
            ("another month's", vec![(1, 20, "甲"), (2, 21, "乙"), (3, 22, "丙")], None),
        ];
        for (name, list, expected) in table {
            let found = densest(&entries(&list), day(10), 10, 3)
                .map(|it| (it.first_day, it.last_day, it.cases, it.applicants));
            let expected: Option<(u32, u32, usize, usize)> = expected;
            let expected = expected
                .map(|(from, until, cases, applicants)| (day(from), day(until), cases, applicants));
            assert_eq!(found, expected, "{name}");
        }
    }
}
