//! HTTP for enterprises.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::imports::{self, ImportReport};
use super::input::WriteEnterprise;
use super::service;
use super::views::Enterprise;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, TableFile, Tag, Versioned};
use crate::words::EnterpriseStatus;

#[derive(Debug)]
pub struct EnterprisesApi(pub App);

#[OpenApi(prefix_path = "/network/enterprises", tag = "Tag::District")]
impl EnterprisesApi {
    /// List enterprises
    ///
    /// Oldest first.
    #[oai(path = "/", method = "get", operation_id = "list_enterprises")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list_enterprises(
        &self,
        call: Allowed<can::ListEnterprises>,
        /// Only those in this building.
        building_id: Query<Option<Uuid>>,
        /// Only those that stand so.
        status: Query<Option<EnterpriseStatus>>,
        /// Only key enterprises, or only others.
        is_key: Query<Option<bool>>,
        /// Only the one of this unified social credit code.
        credit_code: Query<Option<String>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Enterprise>>, Problem> {
        let filter = (building_id.0, status.0, is_key.0);
        let (code, cursor) = (credit_code.0.as_deref(), cursor.0.as_deref());
        let page = service::list(&self.0, &call, filter, code, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read an enterprise
    ///
    /// As the register has it.
    #[oai(path = "/:enterprise_id", method = "get", operation_id = "read_enterprise")]
    async fn read_enterprise(
        &self,
        call: Allowed<can::ReadEnterprise>,
        /// The enterprise.
        enterprise_id: Path<Uuid>,
    ) -> Result<Versioned<Enterprise>, Problem> {
        let (version, enterprise) = service::read(&self.0, &call, enterprise_id.0).await?;
        Ok(Versioned::new(version, enterprise))
    }

    /// Enter an enterprise
    ///
    /// Its credit code is its own (`409`). `422` for a code that fails its checksum and a phone
    /// that is a person's.
    #[oai(path = "/", method = "post", operation_id = "create_enterprise")]
    async fn create_enterprise(
        &self,
        call: Allowed<can::CreateEnterprise>,
        body: Body<WriteEnterprise>,
    ) -> Result<Created<Enterprise>, Problem> {
        Ok(service::create(&self.0, &call, body.0).await?.into())
    }

    /// Change an enterprise
    ///
    /// The body is the whole of it, as for a new one.
    #[oai(path = "/:enterprise_id", method = "put", operation_id = "update_enterprise")]
    async fn update_enterprise(
        &self,
        call: Allowed<can::UpdateEnterprise>,
        /// The enterprise.
        enterprise_id: Path<Uuid>,
        body: Body<WriteEnterprise>,
    ) -> Result<Versioned<Enterprise>, Problem> {
        Ok(service::update(&self.0, &call, enterprise_id.0, body.0).await?.into())
    }

    /// Import enterprises from a table
    ///
    /// CSV (UTF-8 or GB18030, which is GBK too) or the first sheet of an XLSX file. The first
    /// row names the columns, in Chinese or as the members of an enterprise are called: 企业名称
    /// (`name`) and 统一社会信用代码 (`credit_code`) must be there; 企业类型 (`kind`), 行业
    /// (`trade`), 楼宇 (`building`, by its name), 楼层 (`floor`), 房号 (`unit`), 重点企业
    /// (`is_key`), 状态 (`status`) and 公开电话 (`phone`) may be. Rows are matched by the credit
    /// code; what a table has no column for stays as it is. At most 20,000 rows.
    ///
    /// With `dry_run=true` nothing is written and the answer tells what would be, with every
    /// fault by row and column. Without it everything is written or, with any fault, nothing:
    /// `422` with the same faults, each pointing at `/row/column`, such as `/7/B`. Formulas are
    /// refused, in CSV everything that a spreadsheet would take for one.
    #[oai(path = "/imports", method = "post", operation_id = "import_enterprises")]
    async fn import_enterprises(
        &self,
        call: Allowed<can::ImportEnterprises>,
        /// Only tell what would be done.
        dry_run: Query<Option<bool>>,
        file: TableFile,
    ) -> Result<Versioned<ImportReport>, Problem> {
        Ok(imports::import(&self.0, &call, dry_run.0.unwrap_or_default(), file).await?.into())
    }
}
