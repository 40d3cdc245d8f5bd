//! What is sent along with a file, and about one.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use super::names;
use crate::error::{Error, Result};
use crate::words::{EvidenceKind, EvidenceVisibility};

/// What is said of a file, checked.
#[derive(Debug, Clone)]
pub(crate) struct Submission {
    pub kind: EvidenceKind,
    pub visibility: EvidenceVisibility,
    /// The party that brought it.
    pub submitted_by: Option<Uuid>,
    pub file_name: String,
    pub title: Option<String>,
}

impl Submission {
    /// Name and title as they came, percent-encoded.
    pub fn named(
        kind: EvidenceKind,
        visibility: EvidenceVisibility,
        submitted_by: Option<Uuid>,
        file_name: &str,
        title: Option<&str>,
    ) -> Result<Self> {
        let (name, titled) = (names::file_name(file_name), title.map(names::title).transpose());
        match (name, titled) {
            (Ok(file_name), Ok(title)) => {
                Ok(Self { kind, visibility, submitted_by, file_name, title })
            }
            (name, title) => {
                Err(Error::Invalid(name.err().into_iter().chain(title.err()).collect()))
            }
        }
    }
}

/// Why a material of evidence is withdrawn.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct WithdrawEvidence {
    /// In words; it is listed with the material.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub reason: String,
}

impl Example for WithdrawEvidence {
    fn example() -> Self {
        Self { reason: "当事人误传他人材料。".to_owned() }
    }
}
