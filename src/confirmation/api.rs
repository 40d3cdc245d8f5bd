//! HTTP for judicial confirmation.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::{ApplyForConfirmation, RecordCourtAnswer};
use super::service;
use super::views::{JudicialConfirmation, RouteView};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct ConfirmationApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Aftercare")]
impl ConfirmationApi {
    /// Read how a case stands with judicial confirmation
    ///
    /// Whether the track offers it, until which day the parties may apply, and the application
    /// once there is one.
    #[oai(
        path = "/:case_id/judicial-confirmation",
        method = "get",
        operation_id = "read_confirmation"
    )]
    async fn read_confirmation(
        &self,
        call: Allowed<can::ReadConfirmation>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<JudicialConfirmation>, Problem> {
        let (version, confirmation) = service::read(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, confirmation))
    }

    /// Record the application for judicial confirmation (司法确认)
    ///
    /// All parties ask a court together, within 30 days of the agreement's taking effect
    /// (PML 33; CPL 205). When each has said at signing that it wants that, `party_ids` can be
    /// left out. `409`, each with its article: `confirmation_not_offered` on the
    /// authority's tracks, `no_agreement_in_force`, `not_joint` for each party that does not
    /// apply, `confirmation_time_over`, `confirmation_asked` the second time.
    #[oai(
        path = "/:case_id/judicial-confirmation",
        method = "post",
        operation_id = "apply_for_confirmation"
    )]
    async fn apply_for_confirmation(
        &self,
        call: Allowed<can::ApplyForConfirmation>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ApplyForConfirmation>,
    ) -> Result<Created<JudicialConfirmation>, Problem> {
        Ok(service::apply(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Record what the court says
    ///
    /// First that it has taken the application, then its ruling or how else it ended; the court's
    /// own times run as deadlines meanwhile. After `not_accepted`, `withdrawn` and
    /// `treated_as_withdrawn` the parties may apply again while their time runs. `409
    /// no_application_open` when no application waits; `422` for a day before the application or
    /// in the future, an answer that is there already, and a ruling without its number.
    #[oai(
        path = "/:case_id/judicial-confirmation/answers",
        method = "post",
        operation_id = "record_court_answer"
    )]
    async fn record_court_answer(
        &self,
        call: Allowed<can::RecordCourtAnswer>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordCourtAnswer>,
    ) -> Result<Created<JudicialConfirmation>, Problem> {
        Ok(service::record_answer(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// List what is left to who wants the agreement kept
    ///
    /// A reminder of whoever is late, joint confirmation, enforcement, notarial deed, payment order, mediation, suit: whether
    /// each can be taken today, by both or by one side, and until which day. Without an agreement
    /// in force the list is empty. What each court result allows shows here.
    #[oai(
        path = "/:case_id/enforcement-routes",
        method = "get",
        operation_id = "list_enforcement_routes"
    )]
    async fn list_enforcement_routes(
        &self,
        call: Allowed<can::ListEnforcementRoutes>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<RouteView>>, Problem> {
        let (version, routes) = service::routes(&self.0, &call, case_id.0).await?;
        let language = call.facts().language;
        let routes = routes.into_iter().map(|it| RouteView::new(&it, language)).collect();
        Ok(Versioned::new(version, routes))
    }
}
