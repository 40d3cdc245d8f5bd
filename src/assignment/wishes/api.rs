//! HTTP for the parties' wishes about mediators.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::RecordMediatorWish;
use super::service;
use super::views::MediatorWish;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct WishesApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl WishesApi {
    /// List what the parties say of mediators
    ///
    /// Whom each party chose, accepted or did not want, oldest entry first; what was said last
    /// counts.
    #[oai(
        path = "/cases/:case_id/mediator-wishes",
        method = "get",
        operation_id = "list_mediator_wishes"
    )]
    async fn list_mediator_wishes(
        &self,
        call: Allowed<can::ListMediatorWishes>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<MediatorWish>>, Problem> {
        let (version, wishes) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, wishes))
    }

    /// Record what a party says of a mediator
    ///
    /// `chosen`: whom all applicants and respondents choose comes first in suggestions (PML 19).
    /// `accepted`: the party accepts who was proposed (`409 not_on_panel` for anybody else).
    /// `refused`: on the people's track this person is not assigned to the case (2002 rules 25).
    /// Against somebody who sits on the panel, and on the authority's tracks, a recusal is
    /// requested instead (`409 recusal_needed`).
    #[oai(
        path = "/cases/:case_id/mediator-wishes",
        method = "post",
        operation_id = "record_mediator_wish"
    )]
    async fn record_mediator_wish(
        &self,
        call: Allowed<can::RecordMediatorWish>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordMediatorWish>,
    ) -> Result<Created<MediatorWish>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
