//! One year of the calendar as a file: its form, the three that are built in, and what is asked
//! of one before it counts. The form is that of the public project the built-in files come
//! from; see `data/SOURCE.md` for its licence.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{EARLY_JANUARY_TO, LATE_DECEMBER_FROM, is_weekend};
use crate::error::Fault;
use crate::language::Text;

/// The years a calendar can be of.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A year's calendar. It is named after the year in the title of the State Council's notice,
/// which may rule the last days of December before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFile {
    pub year: i32,
    /// Where the notices stand that it was made from.
    pub papers: Vec<String>,
    /// The days that are not as the ordinary week has them, and holidays on weekends.
    pub days: Vec<FileDay>,
}

/// One day of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileDay {
    /// The festival.
    pub name: String,
    pub date: NaiveDate,
    /// True: off. False: a weekend day that is worked.
    pub is_off_day: bool,
}

const BUILT_IN: [&str; 3] = [
    include_str!("data/2024.json"),
    include_str!("data/2025.json"),
    include_str!("data/2026.json"),
];

/// The years that come with the program.
pub(crate) fn built_in() -> Vec<CalendarFile> {
    // A test reads all of them, so none is ever lost here.
    BUILT_IN.iter().filter_map(|it| parse(it).ok()).collect()
}

/// Reads the text of a file.
pub(super) fn parse(text: &str) -> serde_json::Result<CalendarFile> {
    /// The file with the members that say what kind of file it is.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Whole {
        #[serde(rename = "$schema")]
        _schema: Option<String>,
        #[serde(rename = "$id")]
        _id: Option<String>,
        year: i32,
        papers: Vec<String>,
        days: Vec<FileDay>,
    }
    let Whole { year, papers, days, .. } = serde_json::from_str(text)?;
    Ok(CalendarFile { year, papers, days })
}

/// Every fault of a file that is to be loaded as the calendar of `year`.
pub(super) fn faults(file: &CalendarFile, year: i32) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |pointer: String, code, zh: String, en: String| {
        faults.push(Fault::new(pointer, code, Text::new(zh, en)));
    };
    if file.year != year || !YEARS.contains(&year) {
        let found = file.year;
        add(
            "/year".to_owned(),
            "wrong_year",
            format!("文件为 {found} 年，应为 {year} 年（2000 至 2100 年之间）。"),
            format!("The file is of {found}; it should be of {year}, between 2000 and 2100."),
        );
    }
    if file.papers.is_empty() {
        add(
            "/papers".to_owned(),
            "no_papers",
            "缺少国务院办公厅通知的网址。没有依据的年历不能载入。".to_owned(),
            "Name the State Council's notice; a calendar without its source is not loaded."
                .to_owned(),
        );
    }
    for (index, _) in file.papers.iter().enumerate().filter(|(_, it)| it.trim().is_empty()) {
        add(
            format!("/papers/{index}"),
            "blank",
            "通知网址为空。".to_owned(),
            "The address of the notice is blank.".to_owned(),
        );
    }
    if file.days.is_empty() {
        add(
            "/days".to_owned(),
            "no_days",
            "没有任何日期。空的年历等于没有节假日，不能载入。".to_owned(),
            "There is no day in it; an empty calendar would read as a year without holidays."
                .to_owned(),
        );
    }
    let mut seen = BTreeSet::new();
    for (index, day) in file.days.iter().enumerate() {
        let date = day.date;
        if !may_rule(file.year, date) {
            add(
                format!("/days/{index}/date"),
                "outside_year",
                format!("{date} 不在 {} 年通知可以规定的日期之内。", file.year),
                format!("{date} is no day that the notice of {} may rule.", file.year),
            );
        }
        if !seen.insert(date) {
            add(
                format!("/days/{index}/date"),
                "duplicate_day",
                format!("{date} 出现了两次。"),
                format!("{date} stands twice."),
            );
        }
        if !day.is_off_day && !is_weekend(date) {
            add(
                format!("/days/{index}/isOffDay"),
                "make_up_day_on_weekday",
                format!("{date} 不是周末，不能是调休上班日。"),
                format!("{date} is no weekend day, so it cannot be a make-up working day."),
            );
        }
        if day.name.trim().is_empty() {
            add(
                format!("/days/{index}/name"),
                "blank",
                format!("请写明 {date} 的节日名称。"),
                format!("Name the festival of {date}."),
            );
        }
    }
    faults
}

/// Whether the notice of that year can say anything about the day.
fn may_rule(year: i32, date: NaiveDate) -> bool {
    let (month, day) = (date.month(), date.day());
    date.year() == year
        || (date.year() + 1 == year && month == 12 && day >= LATE_DECEMBER_FROM)
        || (date.year() == year + 1 && month == 1 && day <= EARLY_JANUARY_TO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_years_are_whole() {
        let files = built_in();
        let years: Vec<i32> = files.iter().map(|it| it.year).collect();
        assert_eq!(years, [2024, 2025, 2026]);
        for file in files {
            assert_eq!(faults(&file, file.year), [], "{}", file.year);
        }
    }

    #[test]
    fn every_fault_is_named_at_its_place() {
        let good = built_in().remove(2);
        let change = |change: &dyn Fn(&mut CalendarFile)| {
            let mut file = good.clone();
            change(&mut file);
            let faults = faults(&file, 2026);
            faults.into_iter().map(|it| (it.pointer, it.code)).collect::<Vec<_>>()
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let cases: [(&dyn Fn(&mut CalendarFile), &str, &str); 9] = [
            (&|it| it.papers.clear(), "/papers", "no_papers"),
            (&|it| it.papers[0] = " ".to_owned(), "/papers/0", "blank"),
            (&|it| it.days.clear(), "/days", "no_days"),
            (&|it| it.days[1].date = it.days[0].date, "/days/1/date", "duplicate_day"),
            (&|it| it.days[0].date = day("2025-12-25"), "/days/0/date", "outside_year"),
            (&|it| it.days[0].date = day("2027-01-08"), "/days/0/date", "outside_year"),
            (
                &|it| it.days[3].date = day("2026-01-05"),
                "/days/3/isOffDay",
                "make_up_day_on_weekday",
            ),
            (&|it| it.days[2].name = String::new(), "/days/2/name", "blank"),
            (&|it| it.days[0].date = day("2024-01-01"), "/days/0/date", "outside_year"),
        ];
        for (what, pointer, code) in cases {
            assert_eq!(change(what), [(pointer.to_owned(), code)]);
        }
        assert_eq!(change(&|it| it.days[0].date = day("2025-12-31")), []);
        assert_eq!(change(&|it| it.days[0].date = day("2027-01-02")), []);
        let wrong: Vec<_> = faults(&good, 2027).into_iter().map(|it| it.code).collect();
        assert_eq!(wrong, ["wrong_year"]);
    }

    #[test]
    fn a_file_with_unknown_members_is_not_read() {
        assert!(parse(r#"{"year":2027,"papers":[],"days":[]}"#).is_ok());
        assert!(parse(r#"{"$schema":"","$id":"","year":2027,"papers":[],"days":[]}"#).is_ok());
        assert!(parse(r#"{"year":2027,"papers":[],"days":[],"more":1}"#).is_err());
        let day = r#"{"name":"x","date":"2027-02-30","isOffDay":true}"#;
        assert!(parse(&format!(r#"{{"year":2027,"papers":[],"days":[{day}]}}"#)).is_err());
    }
}
