//! HTTP for liaisons.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::WriteLiaison;
use super::service;
use super::views::Liaison;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct LiaisonsApi(pub App);

#[OpenApi(prefix_path = "/network/liaisons", tag = "Tag::District")]
impl LiaisonsApi {
    /// List liaisons
    ///
    /// Oldest first, also those that are not active any more.
    #[oai(path = "/", method = "get", operation_id = "list_liaisons")]
    async fn list_liaisons(
        &self,
        call: Allowed<can::ListLiaisons>,
        /// Only those of this building.
        building_id: Query<Option<Uuid>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Liaison>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::list(&self.0, &call, building_id.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a liaison
    ///
    /// The duty, its organization and public phone; never a person's number.
    #[oai(path = "/:liaison_id", method = "get", operation_id = "read_liaison")]
    async fn read_liaison(
        &self,
        call: Allowed<can::ReadLiaison>,
        /// The liaison.
        liaison_id: Path<Uuid>,
    ) -> Result<Versioned<Liaison>, Problem> {
        let (version, liaison) = service::read(&self.0, &call, liaison_id.0).await?;
        Ok(Versioned::new(version, liaison))
    }

    /// Make a liaison of a building (楼宇联络员)
    ///
    /// A duty at an organization with its public phone, and the account of whoever at the
    /// station does it. `422` for a mobile: a person's number is not kept here.
    #[oai(path = "/", method = "post", operation_id = "create_liaison")]
    async fn create_liaison(
        &self,
        call: Allowed<can::CreateLiaison>,
        body: Body<WriteLiaison>,
    ) -> Result<Created<Liaison>, Problem> {
        Ok(service::create(&self.0, &call, body.0).await?.into())
    }

    /// Change a liaison
    ///
    /// The body is the whole of it, as for a new one.
    #[oai(path = "/:liaison_id", method = "put", operation_id = "update_liaison")]
    async fn update_liaison(
        &self,
        call: Allowed<can::UpdateLiaison>,
        /// The liaison.
        liaison_id: Path<Uuid>,
        body: Body<WriteLiaison>,
    ) -> Result<Versioned<Liaison>, Problem> {
        Ok(service::update(&self.0, &call, liaison_id.0, body.0).await?.into())
    }
}
