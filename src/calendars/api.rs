//! HTTP for calendars.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};

use super::input::ImportCalendar;
use super::service;
use super::views::{CalendarSummary, CalendarYear};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct CalendarsApi(pub App);

#[OpenApi(prefix_path = "/calendars", tag = "Tag::Deadlines")]
impl CalendarsApi {
    /// List the loaded calendars (工作日历)
    ///
    /// Each year as it counts now, oldest first. A period that reaches a year that is not here
    /// has a provisional end.
    #[oai(path = "/", method = "get", operation_id = "list_calendars")]
    async fn list_calendars(
        &self,
        call: Allowed<can::ListCalendars>,
    ) -> Result<Plain<Vec<CalendarSummary>>, Problem> {
        Ok(Plain(service::list(&self.0, &call).await?))
    }

    /// Read the calendar of a year
    ///
    /// The holidays and the weekend days that are worked, the notices they come from, and who
    /// loaded them. Earlier revisions are kept: name one to read it.
    #[oai(path = "/:year", method = "get", operation_id = "read_calendar")]
    async fn read_calendar(
        &self,
        call: Allowed<can::ReadCalendar>,
        /// The year in the title of the notice.
        year: Path<i32>,
        /// An earlier revision; the one that counts unless asked.
        revision: Query<Option<i64>>,
    ) -> Result<Versioned<CalendarYear>, Problem> {
        let (version, calendar) = service::read(&self.0, &call, year.0, revision.0).await?;
        Ok(Versioned::new(version, calendar))
    }

    /// Load or correct the calendar of a year
    ///
    /// The body is the whole year, as the public files have it. It counts from now on, also for
    /// running deadlines; what it replaces is kept. `If-Match` names the revision that was read,
    /// `"0"` for a year that is not loaded yet. `422` for another year than the address has, a
    /// day that stands twice or lies outside of the year, a make-up day that is no weekend day,
    /// and a calendar without notices or without days.
    #[oai(path = "/:year", method = "put", operation_id = "import_calendar")]
    async fn import_calendar(
        &self,
        call: Allowed<can::ImportCalendar>,
        /// The year in the title of the notice.
        year: Path<i32>,
        body: Body<ImportCalendar>,
    ) -> Result<Versioned<CalendarYear>, Problem> {
        Ok(service::import(&self.0, &call, year.0, body.0.into()).await?.into())
    }
}
