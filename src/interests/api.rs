//! HTTP for declared interests.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::{DeclareInterest, EndInterest};
use super::service;
use super::views::{Interest, InterestCheck};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct InterestsApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl InterestsApi {
    /// List what a mediator has declared
    ///
    /// Oldest first, also what has ended. For the mediator and the director; `404` for anybody
    /// else's.
    #[oai(
        path = "/mediators/:mediator_id/interests",
        method = "get",
        operation_id = "list_interests"
    )]
    async fn list_interests(
        &self,
        call: Allowed<can::ListInterests>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
    ) -> Result<Plain<Vec<Interest>>, Problem> {
        Ok(Plain(service::list(&self.0, &call, mediator_id.0).await?))
    }

    /// Declare an interest (利害关系申报)
    ///
    /// That the mediator works for somebody, is related, holds shares, or had a role in an
    /// earlier matter. While it is valid, the mediator is not assigned to a case in which that
    /// somebody is a party (`409 interest_found`), and a panel on which the mediator sits
    /// already holds no hearing. `422` for a credit code that fails its checksum.
    #[oai(
        path = "/mediators/:mediator_id/interests",
        method = "post",
        operation_id = "declare_interest"
    )]
    async fn declare_interest(
        &self,
        call: Allowed<can::DeclareInterest>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
        body: Body<DeclareInterest>,
    ) -> Result<Created<Interest>, Problem> {
        Ok(service::declare(&self.0, &call, mediator_id.0, body.0).await?.into())
    }

    /// End an interest
    ///
    /// Says which day is or was its last; it stays on record. `409` when it has ended already.
    #[oai(path = "/interests/:interest_id/end", method = "post", operation_id = "end_interest")]
    async fn end_interest(
        &self,
        call: Allowed<can::EndInterest>,
        /// The interest.
        interest_id: Path<Uuid>,
        body: Body<EndInterest>,
    ) -> Result<Versioned<Interest>, Problem> {
        Ok(service::end(&self.0, &call, interest_id.0, body.0).await?.into())
    }

    /// Hold the panel against the parties
    ///
    /// For each member of the standing panel the facts in the recorded data: declared
    /// interests in a party, its legal representative, its agent or the agent's firm, and
    /// anybody who has the mediator's own name. An equal name is a fact and not an identity.
    /// Where nothing is found, that is what is answered; that there is no conflict is never
    /// said.
    #[oai(
        path = "/cases/:case_id/interest-check",
        method = "get",
        operation_id = "check_interests"
    )]
    async fn check_interests(
        &self,
        call: Allowed<can::CheckInterests>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<InterestCheck>, Problem> {
        let (version, check) = service::check(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, check))
    }
}
