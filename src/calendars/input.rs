//! What is sent about calendars.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::notice::{CalendarFile, FileDay};

/// A year's calendar, in the form of the public files of NateScarlet/holiday-cn.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ImportCalendar {
    /// As it stands in the public files; not kept.
    #[oai(rename = "$schema")]
    schema: Option<String>,
    /// As it stands in the public files; not kept.
    #[oai(rename = "$id")]
    id: Option<String>,
    /// The year in the title of the notice; the one of the address.
    year: i32,
    /// Where the State Council's notices stand, at least one.
    #[oai(validator(max_items = 20))]
    papers: Vec<String>,
    /// The holidays and the weekend days that are worked, at least one, none twice. The last
    /// days of December before the year may be among them.
    #[oai(validator(max_items = 200))]
    days: Vec<ImportedDay>,
}

/// One day of a calendar.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ImportedDay {
    /// The festival.
    #[oai(validator(max_length = 50))]
    name: String,
    date: NaiveDate,
    /// True for a day off, false for a weekend day that is worked.
    #[oai(rename = "isOffDay")]
    is_off_day: bool,
}

impl From<ImportCalendar> for CalendarFile {
    fn from(it: ImportCalendar) -> Self {
        let day = |ImportedDay { name, date, is_off_day }| FileDay { name, date, is_off_day };
        Self { year: it.year, papers: it.papers, days: it.days.into_iter().map(day).collect() }
    }
}

impl Example for ImportCalendar {
    fn example() -> Self {
        let day = |month, day, is_off_day| ImportedDay {
            name: "元旦".to_owned(),
            date: NaiveDate::from_ymd_opt(2023, month, day).unwrap_or_default(),
            is_off_day,
        };
        Self {
            schema: None,
            id: None,
            year: 2023,
            papers: vec![
                "https://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm".to_owned(),
            ],
            days: vec![day(1, 1, true), day(1, 2, true)],
        }
    }
}
