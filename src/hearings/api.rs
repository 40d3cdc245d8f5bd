//! HTTP for hearings.

use chrono::{DateTime, Utc};
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::{
    AdjournHearing, CancelHearing, NotifyOfHearing, RecordAttendance, RecordMinutes,
    ScheduleHearing,
};
use super::views::{Adjournment, Hearing, HearingNotice, HearingSummary};
use super::{service, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};
use crate::words::HearingStatus;

#[derive(Debug)]
pub struct HearingsApi(pub App);

#[OpenApi(tag = "Tag::Hearings")]
impl HearingsApi {
    /// List the hearings of a case
    ///
    /// All of them in their order, also those adjourned or cancelled.
    #[oai(path = "/cases/:case_id/hearings", method = "get", operation_id = "list_case_hearings")]
    async fn list_case_hearings(
        &self,
        call: Allowed<can::ListCaseHearings>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<HearingSummary>>, Problem> {
        let (version, hearings) = service::list_of_case(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, hearings))
    }

    /// List the hearings of all cases in sight
    ///
    /// Earliest first: the calendar of the station, of one's office, or one's own.
    #[oai(path = "/hearings", method = "get", operation_id = "list_hearings")]
    async fn list_hearings(
        &self,
        call: Allowed<can::ListHearings>,
        /// Starting at this instant or later.
        from: Query<Option<DateTime<Utc>>>,
        /// Starting before this instant.
        to: Query<Option<DateTime<Utc>>>,
        /// Only those that stand there.
        status: Query<Option<HearingStatus>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<HearingSummary>>, Problem> {
        let filter = store::Filter { from: from.0, to: to.0, status: status.0 };
        let page = service::list(&self.0, &call, filter, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a hearing
    ///
    /// With its notices, attendance and minutes. The `ETag` is the version of its case.
    #[oai(path = "/hearings/:hearing_id", method = "get", operation_id = "read_hearing")]
    async fn read_hearing(
        &self,
        call: Allowed<can::ReadHearing>,
        /// The hearing.
        hearing_id: Path<Uuid>,
    ) -> Result<Versioned<Hearing>, Problem> {
        let (version, hearing) = service::read(&self.0, &call, hearing_id.0).await?;
        Ok(Versioned::new(version, hearing))
    }

    /// Schedule a hearing
    ///
    /// On site in a room of the district or at another place, online with a link, or by phone.
    /// Both sides must then be told time, place and mediators before it starts (O121 20). `409` unless the case is in
    /// mediation, the panel is complete (PML 19), no party refuses (PML 17), no recusal is
    /// undecided and no member has an interest in somebody of the case; `422` for a start in
    /// the past, an end that is not after the start, on another day in Shanghai or more than 8
    /// hours later, for a missing room, place or link, for a room that is not in use or not open
    /// then, for a member of the panel who is away that day (`mediator_absent`), and for a time
    /// that a party has said it cannot keep (`party_cannot_come`). Nobody is at two hearings at once: `409` `room_taken`, `mediator_taken` or
    /// `party_taken` (an organization is the same in every case) tells in `next_free_at` when
    /// all of them are free next for as long.
    #[oai(path = "/cases/:case_id/hearings", method = "post", operation_id = "schedule_hearing")]
    async fn schedule_hearing(
        &self,
        call: Allowed<can::ScheduleHearing>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ScheduleHearing>,
    ) -> Result<Created<Hearing>, Problem> {
        Ok(service::schedule(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Move a hearing to another time or place
    ///
    /// Send everything again: what is absent is taken away. Notices of an earlier time or place
    /// no longer count: tell both sides again before it starts (O121 20). `409` unless the
    /// hearing is still `scheduled`; `422` as for a new one.
    #[oai(
        path = "/hearings/:hearing_id/rescheduling",
        method = "post",
        operation_id = "reschedule_hearing"
    )]
    async fn reschedule_hearing(
        &self,
        call: Allowed<can::RescheduleHearing>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<ScheduleHearing>,
    ) -> Result<Versioned<Hearing>, Problem> {
        Ok(service::reschedule(&self.0, &call, hearing_id.0, body.0).await?.into())
    }

    /// Record that a party was told of a hearing
    ///
    /// Time, place and mediators, beforehand (O121 20): without a notice to every party
    /// attendance cannot be recorded. The notice counts for the start the hearing has now.
    /// `409` unless the hearing is still `scheduled`; `422` for a party of another case, and for
    /// a notice in the future or after the start.
    #[oai(
        path = "/hearings/:hearing_id/notices",
        method = "post",
        operation_id = "notify_of_hearing"
    )]
    async fn notify_of_hearing(
        &self,
        call: Allowed<can::NotifyOfHearing>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<NotifyOfHearing>,
    ) -> Result<Created<HearingNotice>, Problem> {
        Ok(service::notify(&self.0, &call, hearing_id.0, body.0).await?.into())
    }

    /// Record who was there
    ///
    /// The hearing becomes `held`. Every party is listed, present or absent, and an absent one
    /// with the reason unless an agent is there for it; agents, mediators of the panel and
    /// invited people are listed when they were there (`422` for anybody else, and for anybody
    /// twice). `409` unless the hearing is `scheduled` and has begun, every party was told
    /// beforehand (O121 20), no party refuses mediation (PML 17), at least one mediator of the
    /// panel is present (PML 19), and every party has consented to each invited person who is
    /// present (PML 20).
    #[oai(
        path = "/hearings/:hearing_id/attendance",
        method = "post",
        operation_id = "record_attendance"
    )]
    async fn record_attendance(
        &self,
        call: Allowed<can::RecordAttendance>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<RecordAttendance>,
    ) -> Result<Created<Hearing>, Problem> {
        Ok(service::record_attendance(&self.0, &call, hearing_id.0, body.0).await?.into())
    }

    /// Record the minutes of a hearing (调解笔录)
    ///
    /// Once for each hearing that was held; whoever sends them is the recorder. They must have
    /// been read by, or read to, the parties (PML 27): `422 not_read_back` otherwise. `409`
    /// before attendance is recorded, and when the hearing has its minutes already.
    #[oai(path = "/hearings/:hearing_id/minutes", method = "post", operation_id = "record_minutes")]
    async fn record_minutes(
        &self,
        call: Allowed<can::RecordMinutes>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<RecordMinutes>,
    ) -> Result<Created<Hearing>, Problem> {
        Ok(service::record_minutes(&self.0, &call, hearing_id.0, body.0).await?.into())
    }

    /// Adjourn a hearing
    ///
    /// The hearing becomes `adjourned`. With a new time the hearing that takes its place is
    /// scheduled in the same step, in the same way and place; both sides must be told of it
    /// anew. `409` unless the hearing is still `scheduled`, and with a new time under the same
    /// gates as scheduling; `422` as for a new hearing, and when only one of start and end is
    /// named.
    #[oai(
        path = "/hearings/:hearing_id/adjournment",
        method = "post",
        operation_id = "adjourn_hearing"
    )]
    async fn adjourn_hearing(
        &self,
        call: Allowed<can::AdjournHearing>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<AdjournHearing>,
    ) -> Result<Versioned<Adjournment>, Problem> {
        Ok(service::adjourn(&self.0, &call, hearing_id.0, body.0).await?.into())
    }

    /// Cancel a hearing
    ///
    /// The hearing becomes `cancelled` and nothing takes its place. `409` unless it is still
    /// `scheduled`.
    #[oai(
        path = "/hearings/:hearing_id/cancellation",
        method = "post",
        operation_id = "cancel_hearing"
    )]
    async fn cancel_hearing(
        &self,
        call: Allowed<can::CancelHearing>,
        /// The hearing.
        hearing_id: Path<Uuid>,
        body: Body<CancelHearing>,
    ) -> Result<Versioned<Hearing>, Problem> {
        Ok(service::cancel(&self.0, &call, hearing_id.0, body.0).await?.into())
    }
}
