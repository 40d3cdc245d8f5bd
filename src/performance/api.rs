//! HTTP for performance, revisits and the closing of a case.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::views::{Performance, Performances, Revisit};
use super::{rules, service};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::clock::shanghai_day;
use crate::http::{Body, Created, EXAMPLE_ID, Problem, Tag, Versioned, example_instant};
use crate::words::{Manner, PerformanceKind};

/// That a duty was performed, or not.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordPerformance {
    /// The term of the agreement in force.
    term_id: Uuid,
    /// The instalment, when the term is paid in instalments.
    instalment_id: Option<Uuid>,
    kind: PerformanceKind,
    /// The day it was done, or found not to be done; not in the future.
    happened_on: NaiveDate,
    /// What proves it: receipt, transfer, photograph.
    #[oai(validator(min_length = 1, max_length = 1000))]
    proof: Option<String>,
    /// The proof itself, among the evidence of the case.
    proof_evidence_id: Option<Uuid>,
    /// The party it was owed to, when that party says that it has arrived.
    confirmed_by_party_id: Option<Uuid>,
    /// With a default, and required then: what was urged and advised (PML 31).
    #[oai(validator(min_length = 1, max_length = 2000))]
    advice: Option<String>,
}

impl Example for RecordPerformance {
    fn example() -> Self {
        Self {
            term_id: EXAMPLE_ID,
            instalment_id: None,
            kind: PerformanceKind::Performed,
            happened_on: shanghai_day(example_instant()),
            proof: Some("申请人提供的微信退款到账截图。".to_owned()),
            proof_evidence_id: None,
            confirmed_by_party_id: None,
            advice: None,
        }
    }
}

/// How the parties were found to fare.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordRevisit {
    /// When they were asked; not in the future.
    visited_at: DateTime<Utc>,
    manner: Manner,
    /// The party who was asked; absent when all were.
    party_id: Option<Uuid>,
    /// What was found: performance, any suit, signs of escalation, measures taken.
    #[oai(validator(min_length = 1, max_length = 5000))]
    findings: String,
    /// 1 (not at all) to 5 (very).
    #[oai(validator(minimum(value = "1"), maximum(value = "5")))]
    satisfaction: Option<i32>,
}

impl Example for RecordRevisit {
    fn example() -> Self {
        Self {
            visited_at: example_instant(),
            manner: Manner::Phone,
            party_id: Some(EXAMPLE_ID),
            findings: "退款已到账，未另行起诉，双方无新的争议。".to_owned(),
            satisfaction: Some(5),
        }
    }
}

#[derive(Debug)]
pub struct PerformanceApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Aftercare")]
impl PerformanceApi {
    /// List the duties and how they were performed
    ///
    /// Every duty of the agreement in force, a term or one of its instalments, as `open`,
    /// `overdue`, `performed` or `defaulted`; and what was recorded of them.
    #[oai(path = "/:case_id/performances", method = "get", operation_id = "list_performances")]
    async fn list_performances(
        &self,
        call: Allowed<can::ListPerformances>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Performances>, Problem> {
        let (version, performances) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, performances))
    }

    /// Record that a duty was performed, or not
    ///
    /// The committee supervises performance (PML 31). A default is recorded with what the
    /// parties were advised, and may be followed by a performance; a duty that was performed
    /// is done (`409 already_performed`). The proof may be a material of the evidence, and the
    /// party it is owed to may confirm that it has arrived (`not_the_obligee` for another). The
    /// case must be `performing` with a duty open.
    #[oai(path = "/:case_id/performances", method = "post", operation_id = "record_performance")]
    async fn record_performance(
        &self,
        call: Allowed<can::RecordPerformance>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordPerformance>,
    ) -> Result<Created<Performance>, Problem> {
        let RecordPerformance {
            term_id,
            instalment_id,
            kind,
            happened_on,
            proof,
            proof_evidence_id,
            confirmed_by_party_id,
            advice,
        } = body.0;
        let input = rules::RecordPerformance {
            term_id,
            instalment_id,
            kind,
            happened_on,
            proof,
            proof_evidence_id,
            confirmed_by_party_id,
            advice,
        };
        Ok(service::record(&self.0, &call, case_id.0, input).await?.into())
    }

    /// List the revisits
    ///
    /// Oldest first: whom the station asked, when and how, and what it found.
    #[oai(path = "/:case_id/revisits", method = "get", operation_id = "list_revisits")]
    async fn list_revisits(
        &self,
        call: Allowed<can::ListRevisits>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Revisit>>, Problem> {
        let (version, revisits) = service::list_revisits(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, revisits))
    }

    /// Record a revisit (回访)
    ///
    /// While the case is `performing` or `closed`. One is needed before a case with an
    /// agreement is closed (PML 31).
    #[oai(path = "/:case_id/revisits", method = "post", operation_id = "record_revisit")]
    async fn record_revisit(
        &self,
        call: Allowed<can::RecordRevisit>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordRevisit>,
    ) -> Result<Created<Revisit>, Problem> {
        let RecordRevisit { visited_at, manner, party_id, findings, satisfaction } = body.0;
        let input = service::RecordRevisit { visited_at, manner, party_id, findings, satisfaction };
        Ok(service::record_revisit(&self.0, &call, case_id.0, input).await?.into())
    }

    /// Close a case after its agreement (结案)
    ///
    /// Needs each duty performed, or its default recorded with what was advised, and a revisit
    /// (PML 31). `409` names every duty that is still open.
    #[oai(path = "/:case_id/closure", method = "post", operation_id = "close_case")]
    async fn close_case(
        &self,
        call: Allowed<can::CloseCase>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Created<Case>, Problem> {
        Ok(service::close(&self.0, &call, case_id.0).await?.into())
    }
}
