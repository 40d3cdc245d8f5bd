//! What is answered about calendars.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::notice::CalendarFile;
use crate::entity::calendar_year;
use crate::error::{Error, Result};

/// A loaded year in short.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CalendarSummary {
    /// The year in the title of the notice.
    pub year: i32,
    /// Grows with each import of the year; the version for `If-Match`.
    pub revision: i64,
    /// Where the State Council's notices stand.
    pub papers: Vec<String>,
    /// How many days of it are off.
    pub off_days: usize,
    /// How many weekend days are worked.
    pub make_up_days: usize,
    /// Who loaded it; absent for what came with the program or from its command line.
    pub loaded_by: Option<Uuid>,
    pub loaded_at: DateTime<Utc>,
}

/// A loaded year with its days.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CalendarYear {
    /// The year in the title of the notice.
    pub year: i32,
    /// Grows with each import of the year; the version for `If-Match`.
    pub revision: i64,
    /// Where the State Council's notices stand.
    pub papers: Vec<String>,
    /// The days that differ from the ordinary week, and holidays on weekends.
    pub days: Vec<CalendarDay>,
    /// Who loaded it; absent for what came with the program or from its command line.
    pub loaded_by: Option<Uuid>,
    pub loaded_at: DateTime<Utc>,
}

/// One day of a calendar.
#[derive(Debug, Object)]
pub struct CalendarDay {
    /// The festival.
    pub name: String,
    pub date: NaiveDate,
    /// True for a day off, false for a weekend day that is worked.
    pub is_off_day: bool,
}

/// The row as the file it was loaded from.
pub(super) fn file_of(row: &calendar_year::Model) -> Result<CalendarFile> {
    Ok(CalendarFile {
        year: row.year,
        papers: serde_json::from_str(&row.papers).map_err(Error::internal)?,
        days: serde_json::from_str(&row.days).map_err(Error::internal)?,
    })
}

impl CalendarSummary {
    pub(super) fn of(row: &calendar_year::Model) -> Result<Self> {
        let file = file_of(row)?;
        let off_days = file.days.iter().filter(|it| it.is_off_day).count();
        Ok(Self {
            year: row.year,
            revision: row.revision,
            make_up_days: file.days.len() - off_days,
            off_days,
            papers: file.papers,
            loaded_by: row.loaded_by,
            loaded_at: row.loaded_at,
        })
    }
}

impl CalendarYear {
    pub(super) fn of(row: &calendar_year::Model) -> Result<Self> {
        let file = file_of(row)?;
        let day = |it: crate::calendars::FileDay| CalendarDay {
            name: it.name,
            date: it.date,
            is_off_day: it.is_off_day,
        };
        Ok(Self {
            year: row.year,
            revision: row.revision,
            papers: file.papers,
            days: file.days.into_iter().map(day).collect(),
            loaded_by: row.loaded_by,
            loaded_at: row.loaded_at,
        })
    }
}
