//! Materials of evidence: what is known of a file. Its content stands in the storage.

super::entity! {
    /// Size, hash and key never change; withdrawn it stays.
    evidence = "evidence" {
        id: Uuid,
        case_id: Uuid,
        kind: EvidenceKind,
        title: Option<String>,
        file_name: String,
        file_type: FileType,
        size: i64,
        sha256: String,
        object_key: String,
        thumbnail_key: Option<String>,
        thumbnail_sha256: Option<String>,
        visibility: EvidenceVisibility,
        submitted_by: Option<Uuid>,
        added_by: Uuid,
        added_at: DateTime<Utc>,
        withdrawn_by: Option<Uuid>,
        withdrawn_at: Option<DateTime<Utc>>,
        withdrawal_reason: Option<String>,
    }
}
