//! HTTP for where a case belongs.

use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Locality;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Problem, Tag, Versioned};

/// Where the case belongs, as somebody knows better.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CorrectLocality {
    /// The building; absent where it lies in none of the register.
    pub building_id: Option<Uuid>,
    /// The service point; the one nearest to the building unless given.
    pub service_point_id: Option<Uuid>,
    /// Why, in words.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub explanation: String,
}

impl Example for CorrectLocality {
    fn example() -> Self {
        Self {
            building_id: None,
            service_point_id: None,
            explanation: "门店已迁出本辖区楼宇，仅保留网上经营。".to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct LocalitiesApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Intake")]
impl LocalitiesApi {
    /// Read where a case belongs (属地)
    ///
    /// The building of the respondent, found by its credit code in the register of enterprises,
    /// the service point nearest to it with the distance, and who the building is spoken to
    /// through; or what somebody has corrected.
    #[oai(path = "/:case_id/locality", method = "get", operation_id = "read_locality")]
    async fn read_locality(
        &self,
        call: Allowed<can::ReadLocality>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Locality>, Problem> {
        let (version, locality) = service::read(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, locality))
    }

    /// Correct where a case belongs
    ///
    /// Counts before what the register says, until it is corrected again. `422` for a building or
    /// service point that the district does not have.
    #[oai(path = "/:case_id/locality", method = "put", operation_id = "correct_locality")]
    async fn correct_locality(
        &self,
        call: Allowed<can::CorrectLocality>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<CorrectLocality>,
    ) -> Result<Versioned<Locality>, Problem> {
        Ok(service::correct(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
