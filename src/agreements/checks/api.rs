//! HTTP for whoever holds a paper.

use poem_openapi::param::{Path, Query};
use poem_openapi::{Enum, Object, OpenApi};

use super::service;
use crate::app::App;
use crate::http::{Plain, Problem, Tag};

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum CheckResult {
    /// The agreement of this number has this text and is in force.
    InForce,
    /// Anything else.
    NotInForce,
}

/// Whether a paper is that of an agreement in force; nothing else.
#[derive(Debug, Object)]
pub struct AgreementCheck {
    result: CheckResult,
}

impl From<bool> for AgreementCheck {
    fn from(is_in_force: bool) -> Self {
        let result = if is_in_force { CheckResult::InForce } else { CheckResult::NotInForce };
        Self { result }
    }
}

#[derive(Debug)]
pub struct AgreementChecksApi(pub App);

#[OpenApi(prefix_path = "/agreement-checks", tag = "Tag::Outcome")]
impl AgreementChecksApi {
    /// Check the paper of an agreement
    ///
    /// For whoever holds one; needs no login. By the number and the hash that are printed on it,
    /// the first 16 digits of the hash or all 64; spaces and hyphens are ignored. Tells nothing but
    /// whether an agreement in force has both: an unknown number, an earlier revision, another
    /// text and an agreement that is not in force are answered alike.
    #[oai(path = "/:check_number", method = "get", operation_id = "check_agreement")]
    async fn check_agreement(
        &self,
        /// The number on the paper.
        check_number: Path<String>,
        /// The hash on the paper.
        hash: Query<String>,
    ) -> Result<Plain<AgreementCheck>, Problem> {
        Ok(Plain(service::is_in_force(&self.0, &check_number.0, &hash.0).await?.into()))
    }
}
