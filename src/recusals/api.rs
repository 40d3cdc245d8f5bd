//! HTTP for recusals.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::{DecideRecusal, RequestRecusal};
use super::service;
use super::views::Recusal;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct RecusalsApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl RecusalsApi {
    /// List the recusals of a case
    ///
    /// Oldest first: who asked, on what ground, and what came of it.
    #[oai(path = "/cases/:case_id/recusals", method = "get", operation_id = "list_recusals")]
    async fn list_recusals(
        &self,
        call: Allowed<can::ListRecusals>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Recusal>>, Problem> {
        let (version, recusals) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, recusals))
    }

    /// Record a request for recusal (回避)
    ///
    /// On the people's track a party's wish is enough: the mediator leaves the panel at once
    /// (`replaced`), without a reason and without a decision (2002 rules 25), and somebody else
    /// must be assigned before mediation goes on. On the authority's tracks mediation is
    /// suspended (`open`) until the director decides (O121 21). A mediator who withdraws by
    /// himself leaves at once on every track; only he sends no `requested_by`. Whoever left by
    /// recusal is not assigned to this case again. `409` when the seat has ended or a request
    /// about it waits already.
    #[oai(path = "/cases/:case_id/recusals", method = "post", operation_id = "request_recusal")]
    async fn request_recusal(
        &self,
        call: Allowed<can::RequestRecusal>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RequestRecusal>,
    ) -> Result<Created<Recusal>, Problem> {
        Ok(service::request(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Decide a request for recusal
    ///
    /// `upheld`: the mediator leaves the panel, and somebody else must be assigned. `rejected`:
    /// mediation goes on (O121 21). `409` unless the request is `open`.
    #[oai(
        path = "/recusals/:recusal_id/decision",
        method = "post",
        operation_id = "decide_recusal"
    )]
    async fn decide_recusal(
        &self,
        call: Allowed<can::DecideRecusal>,
        /// The request.
        recusal_id: Path<Uuid>,
        body: Body<DecideRecusal>,
    ) -> Result<Versioned<Recusal>, Problem> {
        Ok(service::decide(&self.0, &call, recusal_id.0, body.0).await?.into())
    }
}
