//! HTTP for visits.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::RecordVisit;
use super::service;
use super::views::{Visit, VisitSuggestion};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag};

#[derive(Debug)]
pub struct VisitsApi(pub App);

#[OpenApi(prefix_path = "/network", tag = "Tag::District")]
impl VisitsApi {
    /// List visits
    ///
    /// The newest entry first.
    #[oai(path = "/visits", method = "get", operation_id = "list_visits")]
    async fn list_visits(
        &self,
        call: Allowed<can::ListVisits>,
        /// Only those to this enterprise.
        enterprise_id: Query<Option<Uuid>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Visit>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::list(&self.0, &call, enterprise_id.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a visit
    ///
    /// Who went, why, and what was found.
    #[oai(path = "/visits/:visit_id", method = "get", operation_id = "read_visit")]
    async fn read_visit(
        &self,
        call: Allowed<can::ReadVisit>,
        /// The visit.
        visit_id: Path<Uuid>,
    ) -> Result<Plain<Visit>, Problem> {
        Ok(Plain(service::read(&self.0, &call, visit_id.0).await?))
    }

    /// Record a visit (走访)
    ///
    /// It stays as it is recorded. `422` for a day to come, a follow-up that is not after the
    /// visit, and an enterprise or a visitor nobody knows.
    #[oai(path = "/visits", method = "post", operation_id = "record_visit")]
    async fn record_visit(
        &self,
        call: Allowed<can::RecordVisit>,
        body: Body<RecordVisit>,
    ) -> Result<Created<Visit>, Problem> {
        Ok(service::record(&self.0, &call, body.0).await?.into())
    }

    /// List who is to be visited next (走访清单)
    ///
    /// Enterprises that have not left: first those whose agreed day has come, then the key
    /// enterprises, then the others; in each those never visited, then those not visited
    /// longest. Made anew each time from the visits that are recorded.
    #[oai(path = "/visit-suggestions", method = "get", operation_id = "suggest_visits")]
    async fn suggest_visits(
        &self,
        call: Allowed<can::SuggestVisits>,
        /// Only those in this building.
        building_id: Query<Option<Uuid>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<VisitSuggestion>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::suggest(&self.0, &call, building_id.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }
}
