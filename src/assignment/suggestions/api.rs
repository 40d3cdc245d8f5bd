//! HTTP for suggestions.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::SuggestMediators;
use super::service;
use super::views::MediatorSuggestion;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct SuggestionsApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl SuggestionsApi {
    /// List the suggestions of a case with their proofs
    ///
    /// Oldest first. Each holds everything it takes to compute the ranking again, and says
    /// whether that gives what is stored.
    #[oai(
        path = "/cases/:case_id/mediator-suggestions",
        method = "get",
        operation_id = "list_mediator_suggestions"
    )]
    async fn list_mediator_suggestions(
        &self,
        call: Allowed<can::ListMediatorSuggestions>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<MediatorSuggestion>>, Problem> {
        let (version, suggestions) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, suggestions))
    }

    /// Suggest who takes a seat
    ///
    /// Everybody who sits on panels is either ranked or excluded with each ground: not engaged,
    /// absent, over capacity, a declared interest, recused, not accepted by a party, left this
    /// case before. First comes whom all applicants and respondents chose, then who is furthest
    /// below the fair share of load by capacity and days of presence; equals are ordered by
    /// speciality, then by a seed that was fixed before the case came in. Where settings ask for
    /// both offices, one of each is proposed. The proof is kept and can be computed again. `409
    /// no_mediator_available` says why each person is out; nobody excluded comes back.
    #[oai(
        path = "/cases/:case_id/mediator-suggestions",
        method = "post",
        operation_id = "suggest_mediators"
    )]
    async fn suggest_mediators(
        &self,
        call: Allowed<can::SuggestMediators>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<SuggestMediators>,
    ) -> Result<Created<MediatorSuggestion>, Problem> {
        Ok(service::suggest(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
