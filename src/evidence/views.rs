//! What is answered about evidence.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::names::known_as;
use crate::entity::evidence;
use crate::words::{EvidenceKind, EvidenceVisibility, FileType};

/// A material of evidence. Its content is at `content`.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Evidence {
    id: Uuid,
    case_id: Uuid,
    kind: EvidenceKind,
    title: Option<String>,
    /// As it was sent.
    file_name: String,
    /// As the content tells.
    file_type: FileType,
    media_type: String,
    /// In bytes.
    size: i64,
    /// Of the content, in hexadecimal.
    sha256: String,
    visibility: EvidenceVisibility,
    /// The party that brought it.
    submitted_by: Option<Uuid>,
    /// Whether there is a small picture of it.
    has_thumbnail: bool,
    added_by: Uuid,
    added_at: DateTime<Utc>,
    withdrawn_by: Option<Uuid>,
    /// From then on its content is shown to a director or a supervisor only.
    withdrawn_at: Option<DateTime<Utc>>,
    withdrawal_reason: Option<String>,
}

impl From<evidence::Model> for Evidence {
    fn from(it: evidence::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            kind: it.kind,
            title: it.title,
            file_name: it.file_name,
            file_type: it.file_type,
            media_type: known_as(it.file_type).0.to_owned(),
            size: it.size,
            sha256: it.sha256,
            visibility: it.visibility,
            submitted_by: it.submitted_by,
            has_thumbnail: it.thumbnail_key.is_some(),
            added_by: it.added_by,
            added_at: it.added_at,
            withdrawn_by: it.withdrawn_by,
            withdrawn_at: it.withdrawn_at,
            withdrawal_reason: it.withdrawal_reason,
        }
    }
}
