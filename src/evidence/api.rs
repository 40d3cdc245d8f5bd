//! HTTP for evidence.

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use uuid::Uuid;

use super::held::Portion;
use super::input::{Submission, WithdrawEvidence};
use super::service;
use super::views::Evidence;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Picture, Problem, StoredFile, Tag, Upload, Versioned};
use crate::words::{EvidenceKind, EvidenceVisibility};

#[derive(Debug)]
pub struct EvidenceApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Evidence")]
impl EvidenceApi {
    /// List the evidence of a case
    ///
    /// Oldest first; also what was withdrawn, with the reason.
    #[oai(path = "/:case_id/evidence", method = "get", operation_id = "list_evidence")]
    async fn list_evidence(
        &self,
        call: Allowed<can::ListEvidence>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Evidence>>, Problem> {
        let (version, evidence) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, evidence))
    }

    /// Add a material of evidence
    ///
    /// The body is the file itself and is read as it comes. Its type is told by its content and
    /// must be PDF, JPEG, PNG, WebP, HEIC, MP4, MP3, M4A, WAV, DOCX, XLSX or text in UTF-8, and
    /// the ending of its name must say the same (`type_mismatch`). The name and the title tell of
    /// people, so they come in headers, which no log on the way keeps.
    ///
    /// Nothing is kept of a file that is refused or broken off: `413` `file_too_large` beyond the
    /// limit of the station (200 MB); `409` `same_content` with `existing_id` when the case has
    /// this content already; `422` when it is empty (`empty_file`), of another type
    /// (`type_not_allowed`), broken (`broken_file`), two things at once (`polyglot`), too large a
    /// picture (`picture_too_large`), a document that unpacks without measure
    /// (`unpacks_too_large`), encrypted (`encrypted`) or with macros (`has_macros`).
    #[oai(path = "/:case_id/evidence", method = "post", operation_id = "add_evidence")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the file")]
    async fn add_evidence(
        &self,
        call: Allowed<can::AddEvidence>,
        /// The case.
        case_id: Path<Uuid>,
        /// What it is evidence of.
        kind: Query<EvidenceKind>,
        /// Who may be shown it; the panel unless said.
        visibility: Query<Option<EvidenceVisibility>>,
        /// The party that brought it.
        submitted_by: Query<Option<Uuid>>,
        /// The name of the file with its ending, percent-encoded UTF-8, at most 255 characters
        /// without a path.
        #[oai(name = "Huijie-File-Name")]
        file_name: Header<String>,
        /// What it shows, percent-encoded UTF-8, at most 255 characters.
        #[oai(name = "Huijie-Title")]
        title: Header<Option<String>>,
        file: Upload,
    ) -> Result<Created<Evidence>, Problem> {
        let visibility = visibility.0.unwrap_or(EvidenceVisibility::Panel);
        let (name, title) = (&file_name.0, title.0.as_deref());
        let submission = Submission::named(kind.0, visibility, submitted_by.0, name, title);
        Ok(service::add(&self.0, call, case_id.0, submission, file).await?.into())
    }

    /// Read what is known of a material of evidence
    ///
    /// Also of one that was withdrawn.
    #[oai(path = "/:case_id/evidence/:evidence_id", method = "get", operation_id = "read_evidence")]
    async fn read_evidence(
        &self,
        call: Allowed<can::ReadEvidence>,
        /// The case.
        case_id: Path<Uuid>,
        /// The material.
        evidence_id: Path<Uuid>,
    ) -> Result<Versioned<Evidence>, Problem> {
        let (version, evidence) = service::read(&self.0, &call, case_id.0, evidence_id.0).await?;
        Ok(Versioned::new(version, evidence))
    }

    /// Read the content of a material of evidence
    ///
    /// The bytes as they were sent, to be saved and not to be opened as a page. The `ETag` is
    /// their SHA-256. With `Range: bytes=…` a part of them: `206`, or `416` when nothing of the
    /// file lies there. `403` `evidence_withheld` for what was withdrawn, except to a director or
    /// a supervisor.
    #[oai(
        path = "/:case_id/evidence/:evidence_id/content",
        method = "get",
        operation_id = "read_evidence_content"
    )]
    async fn read_evidence_content(
        &self,
        call: Allowed<can::ReadEvidenceContent>,
        /// The case.
        case_id: Path<Uuid>,
        /// The material.
        evidence_id: Path<Uuid>,
        /// The part that is wanted, such as `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` that the part must be of; else the whole is sent.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<StoredFile, Problem> {
        let portion = Portion { range: range.0.as_deref(), if_range: if_range.0.as_deref() };
        Ok(service::content(&self.0, &call, case_id.0, evidence_id.0, portion).await?)
    }

    /// Read a small picture of a material of evidence
    ///
    /// JPEG, at most 320 pixels wide and high, turned as the camera was held. `404`
    /// `no_thumbnail` for what is no JPEG, PNG or WebP.
    #[oai(
        path = "/:case_id/evidence/:evidence_id/thumbnail",
        method = "get",
        operation_id = "read_evidence_thumbnail"
    )]
    async fn read_evidence_thumbnail(
        &self,
        call: Allowed<can::ReadEvidenceThumbnail>,
        /// The case.
        case_id: Path<Uuid>,
        /// The material.
        evidence_id: Path<Uuid>,
    ) -> Result<Picture, Problem> {
        Ok(service::thumbnail(&self.0, &call, case_id.0, evidence_id.0).await?)
    }

    /// Withdraw a material of evidence
    ///
    /// It stays listed with the reason, and its content stays for the archive; from then on only
    /// a director or a supervisor may look into it. `409` `evidence_withdrawn` the second time.
    #[oai(
        path = "/:case_id/evidence/:evidence_id/withdrawal",
        method = "post",
        operation_id = "withdraw_evidence"
    )]
    async fn withdraw_evidence(
        &self,
        call: Allowed<can::WithdrawEvidence>,
        /// The case.
        case_id: Path<Uuid>,
        /// The material.
        evidence_id: Path<Uuid>,
        body: Body<WithdrawEvidence>,
    ) -> Result<Versioned<Evidence>, Problem> {
        let reply = service::withdraw(&self.0, &call, case_id.0, evidence_id.0, body.0).await?;
        Ok(reply.into())
    }
}
