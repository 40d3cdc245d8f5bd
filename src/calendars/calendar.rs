//! What kind of day a day is, and whether that is known already. Pure: built from loaded years,
//! asked day by day.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::notice::CalendarFile;

/// The first day of December that the notice of the next year may still rule: it has moved days
/// from the 29th on (2018 and 2022 among others); three days are left as a margin.
pub(super) const LATE_DECEMBER_FROM: u32 = 26;

/// The last day of January that the notice of the year before may rule.
pub(super) const EARLY_JANUARY_TO: u32 = 7;

/// What a day is for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// An ordinary working day (工作日).
    Working,
    /// A weekend day that is worked (调休上班).
    MakeUp,
    /// An ordinary Saturday or Sunday (周末).
    Weekend,
    /// A day off of the State Council's notice (法定节假日), also when it falls on a weekend.
    Holiday,
}

impl DayKind {
    /// Whether people work on it.
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// One day as the loaded notices tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    pub kind: DayKind,
    /// The festival a holiday or a make-up day belongs to.
    pub name: Option<&'a str>,
    /// Whether no notice that is still to come can change it. Unknown are the days of a year
    /// that is not loaded, and the last days of December as long as the next year is not.
    pub certain: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    name: String,
    is_off_day: bool,
}

/// The days of every loaded year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The loaded years, each with the revision that counts.
    years: BTreeMap<i32, i64>,
    listed: BTreeMap<NaiveDate, Listed>,
}

impl Calendar {
    /// A calendar of these years, each with its revision. On a day that two notices rule the
    /// later year's wins.
    pub fn of<'a>(years: impl IntoIterator<Item = (&'a CalendarFile, i64)>) -> Self {
        let sorted: BTreeMap<i32, _> = years.into_iter().map(|it| (it.0.year, it)).collect();
        let mut calendar = Self::default();
        for (year, (file, revision)) in sorted {
            calendar.years.insert(year, revision);
            for day in &file.days {
                let listed = Listed { name: day.name.clone(), is_off_day: day.is_off_day };
                calendar.listed.insert(day.date, listed);
            }
        }
        calendar
    }

    /// The loaded years and their revisions, oldest first.
    pub fn years(&self) -> impl Iterator<Item = (i32, i64)> + '_ {
        self.years.iter().map(|(year, revision)| (*year, *revision))
    }

    /// Whether the year is loaded.
    pub fn has(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// What is known of a day. An unknown one is answered as the ordinary week has it, with the
    /// statutory holidays that stand on a fixed date.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let is_late = date.month() == 12 && date.day() >= LATE_DECEMBER_FROM;
        let certain = self.has(date.year()) && (!is_late || self.has(date.year() + 1));
        if let Some(listed) = self.listed.get(&date) {
            let kind = if listed.is_off_day { DayKind::Holiday } else { DayKind::MakeUp };
            // A late day that only the next year's notice rules is known by that notice.
            let certain = certain || (is_late && self.has(date.year() + 1));
            return Day { kind, name: Some(&listed.name), certain };
        }
        if let Some(name) = fixed_holiday(date).filter(|_| !self.has(date.year())) {
            return Day { kind: DayKind::Holiday, name: Some(name), certain: true };
        }
        let kind = if is_weekend(date) { DayKind::Weekend } else { DayKind::Working };
        Day { kind, name: None, certain }
    }
}

/// Saturday or Sunday.
pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The statutory holidays on a fixed date (《全国年节及纪念日放假办法》 art. 2; 2 May since
/// 2025): no notice can make them working days, so they are known before it.
fn fixed_holiday(date: NaiveDate) -> Option<&'static str> {
    match (date.month(), date.day()) {
        (1, 1) => Some("元旦"),
        (5, 1) => Some("劳动节"),
        (5, 2) if date.year() >= 2025 => Some("劳动节"),
        (10, 1..=3) => Some("国庆节"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::calendars::notice::{FileDay, built_in};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn loaded(years: &[i32]) -> Calendar {
        let files = built_in();
        Calendar::of(files.iter().filter(|it| years.contains(&it.year)).map(|it| (it, 1)))
    }

    /// The lists of domain §9.2 and §9.3.
    #[test]
    fn the_published_days_are_what_they_are() {
        let calendar = loaded(&[2024, 2025, 2026]);
        let make_up = [
            "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12",
            "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
            "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
        ];
        let mut expected = make_up.iter().flat_map(|it| it.split(' ')).map(date);
        let mut working = BTreeMap::new();
        let days = date("2024-01-01").iter_days().take_while(|it| *it <= date("2026-12-31"));
        for day in days {
            let kind = calendar.day(day).kind;
            *working.entry(day.year()).or_insert(0) += u32::from(kind.is_working());
            if kind == DayKind::MakeUp {
                assert_eq!(Some(day), expected.next());
            }
        }
        assert_eq!(expected.next(), None);
        assert_eq!((working[&2025], working[&2026]), (248, 248));
    }

    #[test]
    fn each_day_is_told_with_its_name_and_certainty() {
        let calendar = loaded(&[2025, 2026]);
        for (day, kind, name, certain) in [
            ("2026-04-30", DayKind::Working, None, true),
            ("2026-05-02", DayKind::Holiday, Some("劳动节"), true),
            ("2026-05-09", DayKind::MakeUp, Some("劳动节"), true),
            ("2026-05-10", DayKind::Weekend, None, true),
            // The next year's notice may rule these.
            ("2026-12-25", DayKind::Working, None, true),
            ("2026-12-26", DayKind::Weekend, None, false),
            ("2026-12-31", DayKind::Working, None, false),
            ("2025-12-31", DayKind::Working, None, true),
            // Nothing of 2027 is known but what stands on a fixed date.
            ("2027-01-01", DayKind::Holiday, Some("元旦"), true),
            ("2027-01-04", DayKind::Working, None, false),
            ("2027-05-02", DayKind::Holiday, Some("劳动节"), true),
            ("2024-05-02", DayKind::Working, None, false),
            ("2027-10-03", DayKind::Holiday, Some("国庆节"), true),
            ("2027-10-04", DayKind::Working, None, false),
        ] {
            assert_eq!(calendar.day(date(day)), Day { kind, name, certain }, "{day}");
        }
    }

    #[test]
    fn on_a_day_of_two_notices_the_later_year_wins() {
        let file = |year, days: &[(&str, bool)]| CalendarFile {
            year,
            papers: vec!["https://www.gov.cn/".to_owned()],
            days: days
                .iter()
                .map(|(day, is_off_day)| FileDay {
                    name: format!("{year}"),
                    date: date(day),
                    is_off_day: *is_off_day,
                })
                .collect(),
        };
        let earlier = file(2026, &[("2026-12-31", true), ("2027-01-02", true)]);
        let later = file(2027, &[("2026-12-27", false), ("2026-12-31", false)]);
        for order in [[(&earlier, 3), (&later, 2)], [(&later, 2), (&earlier, 3)]] {
            let calendar = Calendar::of(order);
            let day = |it| (calendar.day(date(it)).kind, calendar.day(date(it)).name);
            assert_eq!(day("2026-12-31"), (DayKind::MakeUp, Some("2027")));
            assert_eq!(day("2026-12-27"), (DayKind::MakeUp, Some("2027")));
            assert_eq!(day("2027-01-02"), (DayKind::Holiday, Some("2026")));
            assert_eq!(calendar.years().collect::<Vec<_>>(), [(2026, 3), (2027, 2)]);
        }
        // The notice of 2027 alone tells the late days of 2026, and nothing else of it.
        let calendar = Calendar::of([(&later, 1)]);
        assert!(calendar.day(date("2026-12-27")).certain);
        assert!(!calendar.day(date("2026-12-28")).certain);
    }

    #[test]
    fn no_day_of_a_loaded_year_before_its_end_is_uncertain() {
        let calendar = loaded(&[2026]);
        for offset in 0..359 {
            let day = date("2026-01-01") + Days::new(offset);
            assert!(calendar.day(day).certain, "{day}");
        }
    }
}
