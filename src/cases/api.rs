//! HTTP for reading cases: one, a list, what can be done next, what has happened.

use chrono::{DateTime, Utc};
use poem_openapi::param::{Path, Query};
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::views::{Case, CaseSummary};
use super::{service, store};
use crate::access::{Action, Allowed, can};
use crate::app::App;
use crate::audit::AuditEntry;
use crate::entity::event;
use crate::error::Unmet;
use crate::http::{LawView, Page, Plain, Problem, Tag, Versioned, href_of};
use crate::language::Language;
use crate::words::{CaseStatus, Category, Channel, Outcome, Role};

/// Something that can be done with the case, now or once what is missing is there.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct NextAction {
    /// The action, which is also the id of its operation.
    action: String,
    /// HTTP method of the operation.
    method: String,
    /// Where to send it. Members that are not known yet stay in braces.
    href: String,
    /// The hearing, assignment, party or other part it is about.
    target_id: Option<Uuid>,
    /// Whether every gate is open.
    possible: bool,
    /// Told where all parties must want it: whether each has said so already, with its signature.
    agreed: Option<bool>,
    /// What is missing; empty when possible. The real call refuses with the same codes.
    missing: Vec<Missing>,
}

/// Something that is missing for an action.
#[derive(Debug, Object)]
pub struct Missing {
    /// Stable name.
    code: String,
    /// What is missing, in the caller's language.
    detail: String,
    /// The articles that ask for it.
    law: Vec<LawView>,
    /// The actions that would mend it.
    mended_by: Vec<String>,
    /// The roles that may take at least one of them.
    mended_by_roles: Vec<Role>,
}

impl Missing {
    pub(crate) fn new(unmet: &Unmet, language: Language) -> Self {
        let can_mend = |role: &&Role| {
            unmet.mend.iter().any(|it| it.reach(**role) != crate::access::Reach::None)
        };
        Self {
            code: unmet.code.to_owned(),
            detail: unmet.detail.in_language(language).to_owned(),
            law: unmet.law.iter().map(|it| LawView::new(*it, language)).collect(),
            mended_by: unmet.mend.iter().map(Action::to_string).collect(),
            mended_by_roles: Role::ALL.iter().filter(can_mend).copied().collect(),
        }
    }
}

/// What the caller can do with the case.
#[derive(Debug, Object)]
pub struct NextActions {
    status: CaseStatus,
    /// Every action that the caller's role reaches and that has its place in this status.
    actions: Vec<NextAction>,
}

/// Something that happened.
#[derive(Debug, Object)]
pub struct Event {
    /// Number in the station's order of events, without gaps.
    sequence: i64,
    id: Uuid,
    /// `noun.past_tense`.
    kind: String,
    /// What it happened to.
    subject_kind: String,
    subject_id: Uuid,
    at: DateTime<Utc>,
    /// Ids and states.
    data: Any<serde_json::Value>,
}

impl From<event::Model> for Event {
    fn from(it: event::Model) -> Self {
        Self {
            sequence: it.seq,
            id: it.id,
            kind: it.kind,
            subject_kind: it.subject_kind,
            subject_id: it.subject_id,
            at: it.at,
            // What stands in the outbox was written by this program as JSON.
            data: Any(serde_json::from_str(&it.data).unwrap_or_default()),
        }
    }
}

#[derive(Debug)]
pub struct CasesApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Cases")]
impl CasesApi {
    /// List the cases in sight
    ///
    /// Newest first, by keyset: a page stays right while others write. Clerks see their
    /// office's cases, officers also those of other offices on whose panel they sit, mediators
    /// their own, directors and supervisors all.
    #[oai(path = "/", method = "get", operation_id = "list_cases")]
    #[expect(clippy::too_many_arguments, reason = "one argument a filter")]
    async fn list_cases(
        &self,
        call: Allowed<can::ListCases>,
        /// Only cases in this status.
        status: Query<Option<CaseStatus>>,
        /// Only cases with this outcome.
        outcome: Query<Option<Outcome>>,
        /// Only cases that came this way.
        channel: Query<Option<Channel>>,
        /// Only cases of this category.
        category: Query<Option<Category>>,
        /// Only cases that this office handles.
        office_id: Query<Option<Uuid>>,
        /// The case with this official number.
        case_number: Query<Option<String>>,
        /// Cases that the sender knows under this number.
        external_number: Query<Option<String>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<CaseSummary>>, Problem> {
        let filter = store::Filter {
            status: status.0,
            outcome: outcome.0,
            channel: channel.0,
            category: category.0,
            office_id: office_id.0,
            case_number: case_number.0,
            external_number: external_number.0,
        };
        let page = service::list(&self.0, &call, filter, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a case with its parties
    ///
    /// Personal data is masked. A case out of sight is not found (`404`).
    #[oai(path = "/:case_id", method = "get", operation_id = "read_case")]
    async fn read_case(
        &self,
        call: Allowed<can::ReadCase>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Case>, Problem> {
        let (case, parties) = service::read(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(case.version, Case::new(case, parties)))
    }

    /// Tell what the caller can do with a case
    ///
    /// Every action that the caller's role reaches and that has its place in the case's
    /// status; for each that cannot be done yet, what is missing, under which article, and who
    /// can mend it. The refusal of the real call comes from the same rules.
    #[oai(path = "/:case_id/next-actions", method = "get", operation_id = "read_next_actions")]
    async fn read_next_actions(
        &self,
        call: Allowed<can::ReadNextActions>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<NextActions>, Problem> {
        let (case, found) = service::next_actions(&self.0, &call, case_id.0).await?;
        let language = call.facts().language;
        let actions = found
            .into_iter()
            .map(|it| {
                let (method, href) = href_of(it.action, case.id, it.target);
                NextAction {
                    action: it.action.to_string(),
                    method,
                    href,
                    target_id: it.target,
                    possible: it.unmet.is_empty(),
                    agreed: it.agreed,
                    missing: it.unmet.iter().map(|it| Missing::new(it, language)).collect(),
                }
            })
            .collect();
        Ok(Versioned::new(case.version, NextActions { status: case.status, actions }))
    }

    /// Tell what has happened to a case
    ///
    /// The events of the case, newest first: ids and states, no personal data.
    #[oai(path = "/:case_id/timeline", method = "get", operation_id = "read_timeline")]
    async fn read_timeline(
        &self,
        call: Allowed<can::ReadTimeline>,
        /// The case.
        case_id: Path<Uuid>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Event>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::timeline(&self.0, &call, case_id.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// List who did what to a case
    ///
    /// The audit entries of the case, newest first, also those of reading personal data.
    #[oai(path = "/:case_id/audit", method = "get", operation_id = "list_case_audit")]
    async fn list_case_audit(
        &self,
        call: Allowed<can::ListCaseAudit>,
        /// The case.
        case_id: Path<Uuid>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<AuditEntry>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::audit_of(&self.0, &call, case_id.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }
}
