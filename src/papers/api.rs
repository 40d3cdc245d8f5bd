//! HTTP for papers.

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use uuid::Uuid;

use super::input::MakePaper;
use super::service;
use super::views::{FormView, Paper};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::evidence::Portion;
use crate::http::{Body, Created, Plain, Problem, StoredFile, Tag, Versioned};

#[derive(Debug)]
pub struct PapersApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Papers")]
impl PapersApi {
    /// List the official forms and which can be made now
    ///
    /// For each form what in the case it can be made of, or why it cannot be made yet and which
    /// actions would mend that.
    #[oai(path = "/:case_id/paper-forms", method = "get", operation_id = "list_paper_forms")]
    async fn list_paper_forms(
        &self,
        call: Allowed<can::ListPaperForms>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<FormView>>, Problem> {
        let (version, forms) = service::forms(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, forms))
    }

    /// List the papers that were made of a case
    ///
    /// Oldest first.
    #[oai(path = "/:case_id/papers", method = "get", operation_id = "list_papers")]
    async fn list_papers(
        &self,
        call: Allowed<can::ListPapers>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Paper>>, Problem> {
        let (version, papers) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, papers))
    }

    /// Make a paper (文书)
    ///
    /// Fills an official form from the record, as print-ready A4 PDF (PDF/A-2b) and as DOCX with
    /// the same words. The track decides wording and seal. It changes nothing of the case, and is
    /// kept as it is: the same data and template give the same bytes, and then the same paper.
    /// Personal values are masked unless a `purpose` is told.
    ///
    /// `409` `paper_not_ready` when there is nothing to make it of, with what would mend it; `409`
    /// `character_not_printable` names a character that no font has; `422` `several_subjects` asks
    /// which one is meant.
    #[oai(path = "/:case_id/papers", method = "post", operation_id = "make_paper")]
    async fn make_paper(
        &self,
        call: Allowed<can::MakePaper>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<MakePaper>,
    ) -> Result<Created<Paper>, Problem> {
        Ok(Box::pin(service::make(&self.0, &call, case_id.0, body.0)).await?.into())
    }

    /// Read what is known of a paper
    ///
    /// Its hashes, its template and the version of the case it was made at.
    #[oai(path = "/:case_id/papers/:paper_id", method = "get", operation_id = "read_paper")]
    async fn read_paper(
        &self,
        call: Allowed<can::ReadPaper>,
        /// The case.
        case_id: Path<Uuid>,
        /// The paper.
        paper_id: Path<Uuid>,
    ) -> Result<Plain<Paper>, Problem> {
        Ok(Plain(service::read(&self.0, &call, case_id.0, paper_id.0).await?))
    }

    /// Read a paper as PDF
    ///
    /// For print, PDF/A-2b. The `ETag` is its SHA-256.
    #[oai(path = "/:case_id/papers/:paper_id/pdf", method = "get", operation_id = "read_paper_pdf")]
    async fn read_paper_pdf(
        &self,
        call: Allowed<can::ReadPaperPdf>,
        /// The case.
        case_id: Path<Uuid>,
        /// The paper.
        paper_id: Path<Uuid>,
        /// The part that is wanted, such as `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` that the part must be of; else the whole is sent.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<StoredFile, Problem> {
        let portion = Portion { range: range.0.as_deref(), if_range: if_range.0.as_deref() };
        Ok(service::pdf(&self.0, &call, case_id.0, paper_id.0, portion).await?)
    }

    /// Read a paper as DOCX
    ///
    /// With the same words, to be changed by hand. The `ETag` is its SHA-256.
    #[oai(
        path = "/:case_id/papers/:paper_id/docx",
        method = "get",
        operation_id = "read_paper_docx"
    )]
    async fn read_paper_docx(
        &self,
        call: Allowed<can::ReadPaperDocx>,
        /// The case.
        case_id: Path<Uuid>,
        /// The paper.
        paper_id: Path<Uuid>,
        /// The part that is wanted, such as `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` that the part must be of; else the whole is sent.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<StoredFile, Problem> {
        let portion = Portion { range: range.0.as_deref(), if_range: if_range.0.as_deref() };
        Ok(service::docx(&self.0, &call, case_id.0, paper_id.0, portion).await?)
    }
}
