//! HTTP for offices.

use poem_openapi::param::{Path, Query};
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Office;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};
use crate::words::OfficeKind;

/// A new office.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CreateOffice {
    kind: OfficeKind,
    /// Official name; no other office has it.
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
}

impl Example for CreateOffice {
    fn example() -> Self {
        Self {
            kind: OfficeKind::BuildingServiceCenter, name: "乐在美罗楼宇服务中心".to_owned()
        }
    }
}

/// A new name for an office.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct UpdateOffice {
    /// Official name; no other office has it.
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
}

impl Example for UpdateOffice {
    fn example() -> Self {
        Self { name: "徐家汇街道司法所（天钥桥路）".to_owned() }
    }
}

#[derive(Debug)]
pub struct OfficesApi(pub App);

#[OpenApi(prefix_path = "/offices", tag = "Tag::Administration")]
impl OfficesApi {
    /// List offices
    ///
    /// Oldest first: the offices that handle cases and those that cases are referred to.
    #[oai(path = "/", method = "get", operation_id = "list_offices")]
    async fn list_offices(
        &self,
        call: Allowed<can::ListOffices>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Office>>, Problem> {
        let page = service::list(&self.0, &call, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Make an office
    ///
    /// Its name is its own (`409` when another office has it).
    #[oai(path = "/", method = "post", operation_id = "create_office")]
    async fn create_office(
        &self,
        call: Allowed<can::CreateOffice>,
        body: Body<CreateOffice>,
    ) -> Result<Created<Office>, Problem> {
        let CreateOffice { kind, name } = body.0;
        Ok(service::create(&self.0, &call, service::CreateOffice { kind, name }).await?.into())
    }

    /// Rename an office
    ///
    /// What it is called from now on, also in cases it has already; its kind stays.
    #[oai(path = "/:office_id", method = "patch", operation_id = "update_office")]
    async fn update_office(
        &self,
        call: Allowed<can::UpdateOffice>,
        /// The office.
        office_id: Path<Uuid>,
        body: Body<UpdateOffice>,
    ) -> Result<Versioned<Office>, Problem> {
        Ok(service::rename(&self.0, &call, office_id.0, body.0.name).await?.into())
    }
}
