//! HTTP for the case file and the archive.

use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Completeness;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::Case;
use crate::http::{Body, Created, Problem, Tag, Versioned};
use crate::words::Retention;

/// How a case is filed.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ArchiveCase {
    /// How long the file is kept; it is appraised before anything is destroyed.
    retention: Retention,
    /// Pages of the file, numbered through.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    page_count: i32,
}

impl Example for ArchiveCase {
    fn example() -> Self {
        Self { retention: Retention::ThirtyYears, page_count: 24 }
    }
}

#[derive(Debug)]
pub struct ArchiveApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Aftercare")]
impl ArchiveApi {
    /// Tell whether the case file is complete
    ///
    /// The parts of a case file in their official order; for each, whether this case needs it,
    /// whether the record holds it, and what is missing, with the actions and roles that can
    /// supply it. At any time; `archive_case` refuses for the same reasons. Of an archived case also whether its content is still
    /// the one that was sealed.
    #[oai(path = "/:case_id/completeness", method = "get", operation_id = "read_completeness")]
    async fn read_completeness(
        &self,
        call: Allowed<can::ReadCompleteness>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Completeness>, Problem> {
        let (version, completeness) = service::completeness(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, completeness))
    }

    /// File the case (归档)
    ///
    /// Seals a closed case: `file_hash` is a SHA-256 over everything that is recorded of it,
    /// and nothing can be changed any more. Needs a complete file (PML 27): an applicant, and
    /// of a case that was mediated verified identities, acknowledged notices of rights and all
    /// minutes. `409` names what is missing.
    #[oai(path = "/:case_id/archive", method = "post", operation_id = "archive_case")]
    async fn archive_case(
        &self,
        call: Allowed<can::ArchiveCase>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<ArchiveCase>,
    ) -> Result<Created<Case>, Problem> {
        let ArchiveCase { retention, page_count } = body.0;
        Ok(service::archive(&self.0, &call, case_id.0, retention, page_count).await?.into())
    }
}
