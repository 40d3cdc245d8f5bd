//! HTTP for judicial confirmation.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::ApplyForConfirmation;
use super::service;
use super::views::JudicialConfirmation;
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
    /// (PML 33; CPL 205). `409`, each with its article: `confirmation_not_offered` on the
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
}
