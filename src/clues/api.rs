//! HTTP for clues of illegality.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::{DecideClue, ExtendClue, ReportClue};
use super::service;
use super::views::{Clue, ReportedClue};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};
use crate::words::ClueStatus;

#[derive(Debug)]
pub struct CluesApi(pub App);

#[OpenApi(tag = "Tag::Clues")]
impl CluesApi {
    /// List what was reported from a case
    ///
    /// Oldest first, with how far the authority has come.
    #[oai(path = "/cases/:case_id/clues", method = "get", operation_id = "list_case_clues")]
    async fn list_case_clues(
        &self,
        call: Allowed<can::ListCaseClues>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<ReportedClue>>, Problem> {
        let (version, clues) = service::list_of_case(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, clues))
    }

    /// Report a clue of illegality (违法线索)
    ///
    /// To one market supervision office, which verifies it within 15 working days of the
    /// discovery (O121 27). Also from a closed case. The register gets the description as it is
    /// written here, the day, and the operator's registered name and credit code; nothing of
    /// the mediation goes along. `422` for an office of another kind, a day to come, an
    /// operator that is a person or the applicant, and a description that holds the consumer's
    /// name or the number of the case.
    #[oai(path = "/cases/:case_id/clues", method = "post", operation_id = "report_clue")]
    async fn report_clue(
        &self,
        call: Allowed<can::ReportClue>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ReportClue>,
    ) -> Result<Created<ReportedClue>, Problem> {
        Ok(service::report(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// List the register of clues
    ///
    /// Newest first: for an officer those addressed to the own office, for the director all.
    /// A clue never tells from which case it came, nor its number, parties, amounts or minutes.
    #[oai(path = "/clues", method = "get", operation_id = "list_clues")]
    async fn list_clues(
        &self,
        call: Allowed<can::ListClues>,
        /// Only those that stand so.
        status: Query<Option<ClueStatus>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Clue>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::list(&self.0, &call, status.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a clue
    ///
    /// As it stands in the register: no case, no number of one, no party but the operator's
    /// entry in the public register. `404` when it is addressed to another office.
    #[oai(path = "/clues/:clue_id", method = "get", operation_id = "read_clue")]
    async fn read_clue(
        &self,
        call: Allowed<can::ReadClue>,
        /// The clue.
        clue_id: Path<Uuid>,
    ) -> Result<Versioned<Clue>, Problem> {
        let clue = service::read(&self.0, &call, clue_id.0).await?;
        Ok(Versioned::new(clue.version, clue))
    }

    /// Receive a clue
    ///
    /// The office has it in hand from today. Once (`409`).
    #[oai(path = "/clues/:clue_id/receipt", method = "post", operation_id = "receive_clue")]
    async fn receive_clue(
        &self,
        call: Allowed<can::ReceiveClue>,
        /// The clue.
        clue_id: Path<Uuid>,
    ) -> Result<Versioned<Clue>, Problem> {
        Ok(service::receive(&self.0, &call, clue_id.0).await?.into())
    }

    /// Extend the time to verify a clue
    ///
    /// By 15 working days, approved by the head, once and only while it is being verified
    /// (O121 27; `409` otherwise).
    #[oai(path = "/clues/:clue_id/extension", method = "post", operation_id = "extend_clue")]
    async fn extend_clue(
        &self,
        call: Allowed<can::ExtendClue>,
        /// The clue.
        clue_id: Path<Uuid>,
        body: Body<ExtendClue>,
    ) -> Result<Versioned<Clue>, Problem> {
        Ok(service::extend(&self.0, &call, clue_id.0, body.0).await?.into())
    }

    /// Decide on a clue
    ///
    /// A case is filed, no violation is found, or it is transferred to who is competent. Only
    /// what was received, and once (`409`). The mediation is not touched by it.
    #[oai(path = "/clues/:clue_id/decision", method = "post", operation_id = "decide_clue")]
    async fn decide_clue(
        &self,
        call: Allowed<can::DecideClue>,
        /// The clue.
        clue_id: Path<Uuid>,
        body: Body<DecideClue>,
    ) -> Result<Versioned<Clue>, Problem> {
        Ok(service::decide(&self.0, &call, clue_id.0, body.0).await?.into())
    }
}
