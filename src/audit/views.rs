//! What is answered about the log.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::chain::Verdict;
use crate::entity::audit_entry;

/// One entry of the log.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditEntry {
    /// Number in the chain, without gaps.
    sequence: i64,
    at: DateTime<Utc>,
    /// Who; absent for the program itself and for strangers.
    actor_id: Option<Uuid>,
    /// With which role, `system` for the program itself.
    actor_role: String,
    /// What was done.
    action: String,
    /// To what.
    subject_kind: String,
    subject_id: Option<Uuid>,
    case_id: Option<Uuid>,
    /// Why personal data was looked at.
    purpose: Option<String>,
    /// SHA-256 of the state before.
    before_hash: Option<String>,
    /// SHA-256 of the state after.
    after_hash: Option<String>,
    /// The request, as it stands in answers and log lines.
    trace_id: String,
    /// From where.
    client_address: String,
    previous_hash: String,
    /// SHA-256 over the entry and the hash before.
    hash: String,
}

impl From<audit_entry::Model> for AuditEntry {
    fn from(it: audit_entry::Model) -> Self {
        Self {
            sequence: it.seq,
            at: it.at,
            actor_id: it.actor_id,
            actor_role: it.actor_role,
            action: it.action,
            subject_kind: it.subject_kind,
            subject_id: it.subject_id,
            case_id: it.case_id,
            purpose: it.purpose,
            before_hash: it.before_hash,
            after_hash: it.after_hash,
            trace_id: it.trace_id,
            client_address: it.client_address,
            previous_hash: it.previous_hash,
            hash: it.hash,
        }
    }
}

/// What a check of the chain found.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditVerification {
    /// Whether every entry is as it was written.
    whole: bool,
    /// How many entries were checked.
    entries: i64,
    /// The hash of the last good entry; note it elsewhere to notice a later rewriting.
    last_hash: String,
    /// The number of the first entry that is missing, changed or out of place.
    broken_at: Option<i64>,
}

impl From<Verdict> for AuditVerification {
    fn from(it: Verdict) -> Self {
        Self {
            whole: it.broken_at.is_none(),
            entries: it.entries,
            last_hash: it.last_hash,
            broken_at: it.broken_at,
        }
    }
}
