//! HTTP for calendars.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::CreateCalendarFeed;
use super::service;
use super::views::CalendarFeed;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, CalendarFile, Created, Done, Plain, Problem, Tag};

#[derive(Debug)]
pub struct FeedsApi(pub App);

#[OpenApi(tag = "Tag::Hearings")]
impl FeedsApi {
    /// Read a hearing as a calendar file
    ///
    /// One event (RFC 5545) to send with a notice. `UID` stays the same when the hearing moves,
    /// `SEQUENCE` is the version of the case, `STATUS` is `CANCELLED` once it is called off. It
    /// names the case number and the place, nobody in dispute.
    #[oai(
        path = "/hearings/:hearing_id/calendar",
        method = "get",
        operation_id = "read_hearing_calendar"
    )]
    async fn read_hearing_calendar(
        &self,
        call: Allowed<can::ReadHearingCalendar>,
        /// The hearing.
        hearing_id: Path<Uuid>,
    ) -> Result<CalendarFile, Problem> {
        Ok(CalendarFile(service::of_hearing(&self.0, &call, hearing_id.0).await?))
    }

    /// List the links to calendars
    ///
    /// Those that one has made and has not revoked, oldest first; directors see all. Their
    /// paths are not told again.
    #[oai(path = "/calendar-feeds", method = "get", operation_id = "list_calendar_feeds")]
    async fn list_calendar_feeds(
        &self,
        call: Allowed<can::ListCalendarFeeds>,
    ) -> Result<Plain<Vec<CalendarFeed>>, Problem> {
        Ok(Plain(service::list(&self.0, &call).await?))
    }

    /// Make a secret link to a calendar
    ///
    /// Of a mediator or of a room (`422 one_subject`). Whoever knows the path reads the calendar
    /// without logging in: case numbers, places and times of the last 30 days and to come. It
    /// is told once, here; only its hash is kept.
    #[oai(path = "/calendar-feeds", method = "post", operation_id = "create_calendar_feed")]
    async fn create_calendar_feed(
        &self,
        call: Allowed<can::CreateCalendarFeed>,
        body: Body<CreateCalendarFeed>,
    ) -> Result<Created<CalendarFeed>, Problem> {
        Ok(service::create(&self.0, &call, body.0).await?.into())
    }

    /// Revoke a link to a calendar
    ///
    /// From then on its path is `404`, like one that never was.
    #[oai(
        path = "/calendar-feeds/:feed_id",
        method = "delete",
        operation_id = "revoke_calendar_feed"
    )]
    async fn revoke_calendar_feed(
        &self,
        call: Allowed<can::RevokeCalendarFeed>,
        /// The link.
        feed_id: Path<Uuid>,
    ) -> Result<Done, Problem> {
        service::revoke(&self.0, &call, feed_id.0).await?;
        Ok(Done)
    }

    /// Read a calendar by its secret link
    ///
    /// For calendar programs that subscribe to it; needs no login. `404` for a token that is
    /// wrong or revoked.
    #[oai(
        path = "/calendar-feeds/:token/calendar",
        method = "get",
        operation_id = "read_calendar_feed"
    )]
    async fn read_calendar_feed(
        &self,
        /// The secret of the link.
        token: Path<String>,
    ) -> Result<CalendarFile, Problem> {
        Ok(CalendarFile(service::by_token(&self.0, &token.0).await?))
    }
}
