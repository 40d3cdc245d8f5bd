//! HTTP for parties, agents, claims, and personal data in clear.

use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::input::{AddAgent, AddClaim, AddParty};
use super::views::{Agent, Approval, Claim, PartyWithAgents, PlainParty};
use super::{service, unmasking};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{Case, Party};
use crate::http::{Body, Created, EXAMPLE_ID, Plain, Problem, Tag, Versioned};

/// Why personal data is looked at.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct UnmaskParty {
    /// The purpose, as it will stand in the audit log.
    #[oai(validator(min_length = 2, max_length = 200))]
    purpose: String,
}

impl Example for UnmaskParty {
    fn example() -> Self {
        Self { purpose: "电话通知调解时间".to_owned() }
    }
}

/// Who may read a minor's data, for how long and why.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ApproveUnmasking {
    /// The person who may read.
    user_id: Uuid,
    /// The purpose, as it will stand in the audit log.
    #[oai(validator(min_length = 2, max_length = 200))]
    purpose: String,
    /// For how many hours, 1 to 72.
    #[oai(validator(minimum(value = "1"), maximum(value = "72")))]
    hours: i64,
}

impl Example for ApproveUnmasking {
    fn example() -> Self {
        Self { user_id: EXAMPLE_ID, purpose: "联系监护人".to_owned(), hours: 24 }
    }
}

#[derive(Debug)]
pub struct PartiesApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Intake")]
impl PartiesApi {
    /// List the parties with their agents and guardians
    ///
    /// In the order of the case file. Names of persons, numbers, phones, addresses and accounts
    /// are masked.
    #[oai(path = "/:case_id/parties", method = "get", operation_id = "list_parties")]
    async fn list_parties(
        &self,
        call: Allowed<can::ListParties>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<PartyWithAgents>>, Problem> {
        let (version, parties) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, parties))
    }

    /// Add a party
    ///
    /// Identity numbers and credit codes are checked by their checksums. Numbers, phone,
    /// address and account are stored encrypted and answered masked. Not while an agreement is
    /// locked.
    #[oai(path = "/:case_id/parties", method = "post", operation_id = "add_party")]
    async fn add_party(
        &self,
        call: Allowed<can::AddParty>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<AddParty>,
    ) -> Result<Created<Party>, Problem> {
        Ok(service::add(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Replace what is recorded of a party
    ///
    /// Send everything again: what is absent is taken away. Side and kind are fixed.
    #[oai(path = "/:case_id/parties/:party_id", method = "put", operation_id = "update_party")]
    async fn update_party(
        &self,
        call: Allowed<can::UpdateParty>,
        /// The case.
        case_id: Path<Uuid>,
        /// The party.
        party_id: Path<Uuid>,
        body: Body<AddParty>,
    ) -> Result<Versioned<Party>, Problem> {
        Ok(service::update(&self.0, &call, case_id.0, party_id.0, body.0).await?.into())
    }

    /// Remove a party before acceptance
    ///
    /// Takes away the party with its agents, consents and encrypted values. Answers the case
    /// as it is then.
    #[oai(path = "/:case_id/parties/:party_id", method = "delete", operation_id = "remove_party")]
    async fn remove_party(
        &self,
        call: Allowed<can::RemoveParty>,
        /// The case.
        case_id: Path<Uuid>,
        /// The party.
        party_id: Path<Uuid>,
    ) -> Result<Versioned<Case>, Problem> {
        Ok(service::remove(&self.0, &call, case_id.0, party_id.0).await?.into())
    }

    /// Add an agent or a guardian of a party
    ///
    /// An agent acts on an original power of attorney that states matters, authority and term
    /// (O121 11); a guardian acts for a minor by law (民法典 23).
    #[oai(path = "/:case_id/parties/:party_id/agents", method = "post", operation_id = "add_agent")]
    async fn add_agent(
        &self,
        call: Allowed<can::AddAgent>,
        /// The case.
        case_id: Path<Uuid>,
        /// The party that is acted for.
        party_id: Path<Uuid>,
        body: Body<AddAgent>,
    ) -> Result<Created<Agent>, Problem> {
        Ok(service::add_agent(&self.0, &call, case_id.0, party_id.0, body.0).await?.into())
    }

    /// Remove an agent or a guardian
    ///
    /// Whoever has attended or signed stays on record (`409`).
    #[oai(path = "/:case_id/agents/:agent_id", method = "delete", operation_id = "remove_agent")]
    async fn remove_agent(
        &self,
        call: Allowed<can::RemoveAgent>,
        /// The case.
        case_id: Path<Uuid>,
        /// The agent.
        agent_id: Path<Uuid>,
    ) -> Result<Versioned<Case>, Problem> {
        Ok(service::remove_agent(&self.0, &call, case_id.0, agent_id.0).await?.into())
    }

    /// List the claims
    ///
    /// In the order in which they were stated. A claim that was removed leaves its place empty.
    #[oai(path = "/:case_id/claims", method = "get", operation_id = "list_claims")]
    async fn list_claims(
        &self,
        call: Allowed<can::ListClaims>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Claim>>, Problem> {
        let (version, claims) = service::list_claims(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, claims))
    }

    /// Add a claim
    ///
    /// What is asked for in money needs its sum in fen.
    #[oai(path = "/:case_id/claims", method = "post", operation_id = "add_claim")]
    async fn add_claim(
        &self,
        call: Allowed<can::AddClaim>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<AddClaim>,
    ) -> Result<Created<Claim>, Problem> {
        Ok(service::add_claim(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// Remove a claim
    ///
    /// Until there is an agreement or an ending. Answers the case as it is then; without any claim
    /// it cannot be accepted.
    #[oai(path = "/:case_id/claims/:claim_id", method = "delete", operation_id = "remove_claim")]
    async fn remove_claim(
        &self,
        call: Allowed<can::RemoveClaim>,
        /// The case.
        case_id: Path<Uuid>,
        /// The claim.
        claim_id: Path<Uuid>,
    ) -> Result<Versioned<Case>, Problem> {
        Ok(service::remove_claim(&self.0, &call, case_id.0, claim_id.0).await?.into())
    }

    /// Read a party's personal data in clear
    ///
    /// An action with a purpose: who looked, when and why goes to the audit log before the
    /// answer is sent. A minor's data also needs a director's approval
    /// (`409 minor_needs_approval`).
    #[oai(
        path = "/:case_id/parties/:party_id/unmasking",
        method = "post",
        operation_id = "unmask_party"
    )]
    async fn unmask_party(
        &self,
        call: Allowed<can::UnmaskParty>,
        /// The case.
        case_id: Path<Uuid>,
        /// The party.
        party_id: Path<Uuid>,
        body: Body<UnmaskParty>,
    ) -> Result<Plain<PlainParty>, Problem> {
        let purpose = &body.0.purpose;
        let reply = unmasking::unmask(&self.0, &call, case_id.0, party_id.0, purpose).await?;
        Ok(Plain(reply.body))
    }

    /// Approve that somebody reads a minor's data
    ///
    /// For one person, one party and some hours (未成年人网络保护条例 36).
    #[oai(
        path = "/:case_id/parties/:party_id/unmasking-approvals",
        method = "post",
        operation_id = "approve_unmasking"
    )]
    async fn approve_unmasking(
        &self,
        call: Allowed<can::ApproveUnmasking>,
        /// The case.
        case_id: Path<Uuid>,
        /// The party.
        party_id: Path<Uuid>,
        body: Body<ApproveUnmasking>,
    ) -> Result<Created<Approval>, Problem> {
        let ApproveUnmasking { user_id, purpose, hours } = body.0;
        let (case_id, party_id) = (case_id.0, party_id.0);
        let reply =
            unmasking::approve(&self.0, &call, case_id, party_id, user_id, purpose, hours).await?;
        Ok(reply.into())
    }
}
