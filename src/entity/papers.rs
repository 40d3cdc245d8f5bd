//! Papers that were made of a case, and what some of them are made of.

super::entity! {
    investigation = "investigations" {
        id: Uuid,
        case_id: Uuid,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        place: String,
        respondent: String,
        participants: Option<String>,
        content: String,
        investigated_by: Uuid,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    /// A form that was filled and kept; never changed.
    paper = "papers" {
        id: Uuid,
        case_id: Uuid,
        form: PaperForm,
        subject_id: Uuid,
        title: String,
        template_version: String,
        data_hash: String,
        content: Option<String>,
        unmasked: bool,
        case_version: i64,
        pdf_key: String,
        pdf_sha256: String,
        pdf_size: i64,
        docx_key: String,
        docx_sha256: String,
        docx_size: i64,
        made_by: Uuid,
        made_at: DateTime<Utc>,
    }

    /// The whole file of a case as one PDF and as a ZIP of originals.
    volume = "volumes" {
        id: Uuid,
        case_id: Uuid,
        case_version: i64,
        status: VolumeStatus,
        unmasked: bool,
        done: i32,
        total: i32,
        failure: Option<String>,
        contents: Option<String>,
        archival: Option<bool>,
        pages: Option<i32>,
        pdf_key: Option<String>,
        pdf_sha256: Option<String>,
        pdf_size: Option<i64>,
        zip_key: Option<String>,
        zip_sha256: Option<String>,
        zip_size: Option<i64>,
        made_by: Uuid,
        begun_at: DateTime<Utc>,
        beat_at: DateTime<Utc>,
        ended_at: Option<DateTime<Utc>>,
    }
}
