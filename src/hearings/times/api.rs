//! HTTP for the parties' times.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::RecordPartyTime;
use super::service;
use super::views::PartyTime;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct TimesApi(pub App);

#[OpenApi(tag = "Tag::Hearings")]
impl TimesApi {
    /// List the times of the parties
    ///
    /// What each party proposed and what it cannot keep, earliest first. Look at it before
    /// scheduling: a hearing at a time that a party cannot keep is refused.
    #[oai(path = "/cases/:case_id/party-times", method = "get", operation_id = "list_party_times")]
    async fn list_party_times(
        &self,
        call: Allowed<can::ListPartyTimes>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<PartyTime>>, Problem> {
        let (version, times) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, times))
    }

    /// Record a time that a party proposes or cannot keep
    ///
    /// `proposed`: it could come then; `avoided`: it cannot, and no hearing is scheduled then
    /// (`party_cannot_come`) unless the same party proposes that time later. `422` for a party of another case,
    /// for a time that has passed, and for an end that is not after the start.
    #[oai(
        path = "/cases/:case_id/party-times",
        method = "post",
        operation_id = "record_party_time"
    )]
    async fn record_party_time(
        &self,
        call: Allowed<can::RecordPartyTime>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordPartyTime>,
    ) -> Result<Created<PartyTime>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
