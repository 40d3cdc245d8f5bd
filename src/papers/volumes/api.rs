//! HTTP for case files.

use poem_openapi::param::{Header, Path};
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Volume;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::evidence::Portion;
use crate::http::{Begun, Body, Plain, Problem, StoredFile, Tag, Versioned};

/// How the file is made.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MakeVolume {
    /// Why names of people, phones, addresses and identity numbers are printed in full. Without
    /// it they are printed masked. It goes on the audit record, for each party.
    #[oai(validator(min_length = 2, max_length = 200))]
    pub purpose: Option<String>,
}

impl Example for MakeVolume {
    fn example() -> Self {
        Self { purpose: Some("立卷归档".to_owned()) }
    }
}

#[derive(Debug)]
pub struct VolumesApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Papers")]
impl VolumesApi {
    /// List the files that were made of a case
    ///
    /// Oldest first, also those under way and those that failed.
    #[oai(path = "/:case_id/volumes", method = "get", operation_id = "list_volumes")]
    async fn list_volumes(
        &self,
        call: Allowed<can::ListVolumes>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Volume>>, Problem> {
        let (version, volumes) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, volumes))
    }

    /// Make the whole file of a case (卷宗)
    ///
    /// One PDF in the official order: cover, contents with page numbers, all papers filled from
    /// the record, scans and pictures of the evidence, back cover, with a bookmark each; and a ZIP
    /// of the PDF, the originals of the evidence, the papers that were made, and `SHA256SUMS`,
    /// which `sha256sum -c` reads. Of what cannot be printed (recordings, office files, what is
    /// too large) a page speaks in the PDF. What a complete file would need says
    /// `GET /cases/{case_id}/completeness`; a file can be made at any time.
    ///
    /// It is made beside the request: ask `Location` until `status` is `finished` or `failed`.
    /// `409` `volume_under_way` while another file of the case is being made.
    #[oai(path = "/:case_id/volumes", method = "post", operation_id = "make_volume")]
    async fn make_volume(
        &self,
        call: Allowed<can::MakeVolume>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<MakeVolume>,
    ) -> Result<Begun<Volume>, Problem> {
        let purpose = body.0.purpose.as_deref();
        Ok(service::make(&self.0, &call, case_id.0, purpose).await?.into())
    }

    /// Read how far a file of a case is
    ///
    /// With the page numbers of what is in it, once it is finished.
    #[oai(path = "/:case_id/volumes/:volume_id", method = "get", operation_id = "read_volume")]
    async fn read_volume(
        &self,
        call: Allowed<can::ReadVolume>,
        /// The case.
        case_id: Path<Uuid>,
        /// The file.
        volume_id: Path<Uuid>,
    ) -> Result<Plain<Volume>, Problem> {
        Ok(Plain(service::read(&self.0, &call, case_id.0, volume_id.0).await?))
    }

    /// Read the PDF of the file of a case
    ///
    /// `409` `volume_not_finished` before there is one. The `ETag` is its SHA-256.
    #[oai(
        path = "/:case_id/volumes/:volume_id/pdf",
        method = "get",
        operation_id = "read_volume_pdf"
    )]
    async fn read_volume_pdf(
        &self,
        call: Allowed<can::ReadVolumePdf>,
        /// The case.
        case_id: Path<Uuid>,
        /// The file.
        volume_id: Path<Uuid>,
        /// The part that is wanted, such as `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` that the part must be of; else the whole is sent.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<StoredFile, Problem> {
        let portion = Portion { range: range.0.as_deref(), if_range: if_range.0.as_deref() };
        Ok(service::pdf(&self.0, &call, case_id.0, volume_id.0, portion).await?)
    }

    /// Read the ZIP of the file of a case
    ///
    /// `409` `volume_not_finished` before there is one. The `ETag` is its SHA-256.
    #[oai(
        path = "/:case_id/volumes/:volume_id/zip",
        method = "get",
        operation_id = "read_volume_zip"
    )]
    async fn read_volume_zip(
        &self,
        call: Allowed<can::ReadVolumeZip>,
        /// The case.
        case_id: Path<Uuid>,
        /// The file.
        volume_id: Path<Uuid>,
        /// The part that is wanted, such as `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` that the part must be of; else the whole is sent.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<StoredFile, Problem> {
        let portion = Portion { range: range.0.as_deref(), if_range: if_range.0.as_deref() };
        Ok(service::zip(&self.0, &call, case_id.0, volume_id.0, portion).await?)
    }
}
