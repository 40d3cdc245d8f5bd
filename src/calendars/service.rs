//! Loading calendars and telling what is loaded.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::notice::{self, CalendarFile};
use super::store::{self, Head};
use super::views::{CalendarSummary, CalendarYear, file_of};
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::database::{Record, Reply, Work};
use crate::entity::calendar_year;
use crate::error::{Error, Result};
use crate::request::RequestFacts;

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListCalendars>,
) -> Result<Vec<CalendarSummary>> {
    summaries(app.database.reader()).await
}

async fn summaries(db: &impl ConnectionTrait) -> Result<Vec<CalendarSummary>> {
    store::latest(db).await?.iter().map(CalendarSummary::of).collect()
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadCalendar>,
    year: i32,
    revision: Option<i64>,
) -> Result<(i64, CalendarYear)> {
    let row = store::find(app.database.reader(), year, revision).await?.ok_or(Error::NotFound)?;
    Ok((row.revision, CalendarYear::of(&row)?))
}

/// Loads a year, or corrects it: a new revision that counts from now on. Over a year that is not
/// loaded yet the version 0 is written.
pub(super) async fn import(
    app: &App,
    call: &Allowed<can::ImportCalendar>,
    year: i32,
    file: CalendarFile,
) -> Result<Reply<CalendarYear>> {
    refuse_faults(&file, year)?;
    let work = app.begin(call).await?;
    let expected = call.facts().if_match.map(|it| it.version);
    let (row, record) = write(&work, &file, Some(call.actor().id), expected).await?;
    let permit = call.permit_here(subject(&row));
    let reply = Reply::changed(row.revision, CalendarYear::of(&row)?);
    let reply = work.commit(permit, record, reply).await?;
    app.almanac_changed.notify_one();
    Ok(reply)
}

fn refuse_faults(file: &CalendarFile, year: i32) -> Result<()> {
    let faults = notice::faults(file, year);
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

fn subject(row: &calendar_year::Model) -> Subject {
    Subject { kind: "calendar", id: row.id, case_id: None }
}

/// Writes the next revision, over the `expected` one where one is named.
async fn write(
    work: &Work,
    file: &CalendarFile,
    loaded_by: Option<Uuid>,
    expected: Option<i64>,
) -> Result<(calendar_year::Model, Record)> {
    let head = store::advance_head(work.db(), Head::Calendar).await?;
    let before = store::find(work.db(), file.year, None).await?;
    let revision = before.as_ref().map_or(0, |it| it.revision);
    if expected.is_some_and(|it| it != revision) {
        return Err(Error::Stale);
    }
    let row = calendar_year::Model {
        id: Uuid::now_v7(),
        year: file.year,
        revision: revision + 1,
        calendar_version: head.calendar_version,
        papers: serde_json::to_string(&file.papers).map_err(Error::internal)?,
        days: serde_json::to_string(&file.days).map_err(Error::internal)?,
        loaded_by,
        loaded_at: work.now(),
    };
    store::insert_year(work.db(), row.clone()).await?;
    let data = json!({
        "year": row.year,
        "revision": row.revision,
        "calendar_version": head.calendar_version,
    });
    let before = before.as_ref().map(file_of).transpose()?;
    let record =
        Record::event("calendar.imported", subject(&row), data).change(before.as_ref(), Some(file));
    Ok((row, record))
}

/// Puts in the years that come with the program and are not there yet. What the station has
/// corrected stays as it is.
pub(crate) async fn install(app: &App) -> Result<()> {
    for file in notice::built_in() {
        if store::find(app.database.reader(), file.year, None).await?.is_some() {
            continue;
        }
        let work = app.begin_unattended(&RequestFacts::internal()).await?;
        // Another process may have put it in meanwhile: then there is nothing left to do.
        match write(&work, &file, None, Some(0)).await {
            Ok((row, record)) => {
                work.commit_unattended("install_calendar", subject(&row), record).await?;
            }
            Err(Error::Stale) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Loads the text of a file over whatever stands now; answers year, revision.
pub(crate) async fn import_from_shell(app: &App, text: &str) -> Result<CalendarSummary> {
    let file = notice::parse(text).map_err(|cause| {
        Error::invalid(
            "",
            "malformed_calendar",
            crate::language::Text::new(
                format!("年历文件无法读取：{cause}"),
                format!("The calendar file cannot be read: {cause}"),
            ),
        )
    })?;
    refuse_faults(&file, file.year)?;
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let (row, record) = write(&work, &file, None, None).await?;
    work.commit_unattended("import_calendar", subject(&row), record).await?;
    CalendarSummary::of(&row)
}

/// Every loaded year, for the shell.
pub(crate) async fn list_from_shell(app: &App) -> Result<Vec<CalendarSummary>> {
    summaries(app.database.reader()).await
}
