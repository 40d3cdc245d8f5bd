//! HTTP for the panel and the start of mediation.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::{AssignMediator, ReleaseMediator, RespondToAssignment};
use super::service;
use super::views::Assignment;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::http::{Body, Created, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct AssignmentApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl AssignmentApi {
    /// List the panel and its history
    ///
    /// Every assignment, oldest first; the panel as it is now are those `proposed` or
    /// `accepted`.
    #[oai(path = "/cases/:case_id/assignments", method = "get", operation_id = "list_assignments")]
    async fn list_assignments(
        &self,
        call: Allowed<can::ListAssignments>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Assignment>>, Problem> {
        let (version, assignments) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, assignments))
    }

    /// Assign a mediator (指派)
    ///
    /// Proposes a seat on the panel; the mediator sees the case from now on and answers under
    /// `/assignments/{assignment_id}/response`. One mediator presides (PML 19): `409` when that
    /// seat is taken, when the person sits on the panel already, and unless the case is
    /// accepted or in mediation. `409 interest_found` names each fact that ties the person to
    /// somebody in the case; `409 recused` when the person left this case by recusal;
    /// `409 not_engaged`, `off_roster`, `absent` or `over_capacity` when the person cannot be
    /// given the case today, with what would change it. `422` for somebody who is not an active
    /// mediator or officer, and without an explanation where somebody else was suggested.
    #[oai(path = "/cases/:case_id/assignments", method = "post", operation_id = "assign_mediator")]
    async fn assign_mediator(
        &self,
        call: Allowed<can::AssignMediator>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<AssignMediator>,
    ) -> Result<Created<Assignment>, Problem> {
        Ok(service::assign(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Accept or decline one's own assignment
    ///
    /// Only the person who was assigned can answer, and only once (`409`). Whoever declines
    /// says why (`422` otherwise) and no longer sees the case, unless they registered it.
    #[oai(
        path = "/assignments/:assignment_id/response",
        method = "post",
        operation_id = "respond_to_assignment"
    )]
    async fn respond_to_assignment(
        &self,
        call: Allowed<can::RespondToAssignment>,
        /// The assignment.
        assignment_id: Path<Uuid>,
        body: Body<RespondToAssignment>,
    ) -> Result<Versioned<Assignment>, Problem> {
        Ok(service::respond(&self.0, &call, assignment_id.0, body.0).await?.into())
    }

    /// Release a mediator from the panel (更换)
    ///
    /// When the mediator cannot go on; that a party objects is recorded as a recusal. The
    /// person no longer sees the case, unless they registered it. Assign somebody else before
    /// the next step of mediation. `409` when the assignment has ended already.
    #[oai(
        path = "/assignments/:assignment_id/release",
        method = "post",
        operation_id = "release_mediator"
    )]
    async fn release_mediator(
        &self,
        call: Allowed<can::ReleaseMediator>,
        /// The assignment.
        assignment_id: Path<Uuid>,
        body: Body<ReleaseMediator>,
    ) -> Result<Versioned<Assignment>, Problem> {
        Ok(service::release(&self.0, &call, assignment_id.0, body.0).await?.into())
    }

    /// Start mediation
    ///
    /// The case becomes `mediating`. Every party must have consented and none refused (PML 17),
    /// each must have acknowledged the notice of its rights and duties (PML 23), a minor needs
    /// a guardian (民法典 23), and the panel must have a presiding mediator and be accepted by
    /// all its members (PML 19). No recusal is undecided, and no member has declared an interest
    /// that touches the case. What is missing is told with `409`, each with its article.
    #[oai(
        path = "/cases/:case_id/mediation-start",
        method = "post",
        operation_id = "start_mediation"
    )]
    async fn start_mediation(
        &self,
        call: Allowed<can::StartMediation>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::start(&self.0, &call, case_id.0).await?.into())
    }
}
