//! HTTP for the log.

use poem_openapi::OpenApi;
use poem_openapi::param::Query;
use uuid::Uuid;

use super::views::{AuditEntry, AuditVerification};
use super::{service, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Page, Plain, Problem, Tag};

#[derive(Debug)]
pub struct AuditApi(pub App);

#[OpenApi(prefix_path = "/audit", tag = "Tag::Audit")]
impl AuditApi {
    /// List the audit entries
    ///
    /// Newest first. Who did what, when and from where; never the content of a case.
    #[oai(path = "/", method = "get", operation_id = "list_audit_entries")]
    async fn list_audit_entries(
        &self,
        call: Allowed<can::ListAuditEntries>,
        /// Only entries of this case.
        case_id: Query<Option<Uuid>>,
        /// Only entries of this person.
        actor_id: Query<Option<Uuid>>,
        /// Only entries of this action.
        action: Query<Option<String>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<AuditEntry>>, Problem> {
        let filter = store::Filter { case_id: case_id.0, actor_id: actor_id.0, action: action.0 };
        let page = service::list(&self.0, &call, filter, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Check that nobody has rewritten the log
    ///
    /// Walks the whole chain and compares every hash. `huijie audit verify` does the same
    /// offline, also on an export.
    #[oai(path = "/verification", method = "get", operation_id = "verify_audit")]
    async fn verify_audit(
        &self,
        call: Allowed<can::VerifyAudit>,
    ) -> Result<Plain<AuditVerification>, Problem> {
        Ok(Plain(service::verify(&self.0, &call).await?.into()))
    }
}
