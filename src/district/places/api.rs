//! HTTP for service points, buildings and what is near.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::{WriteBuilding, WriteServicePoint};
use super::service;
use super::views::{Building, ServicePoint, Surroundings};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct PlacesApi(pub App);

#[OpenApi(prefix_path = "/network", tag = "Tag::District")]
impl PlacesApi {
    /// Find what is near a place
    ///
    /// The nearest active service point with its distance, whether the place lies in the circle
    /// it serves and whether it is open now, and the nearest buildings. `422 outside_district`
    /// for coordinates that are not in the district or its surroundings.
    #[oai(path = "/location", method = "get", operation_id = "locate_place")]
    async fn locate_place(
        &self,
        call: Allowed<can::LocatePlace>,
        /// Degrees north, WGS-84.
        latitude: Query<f64>,
        /// Degrees east, WGS-84.
        longitude: Query<f64>,
    ) -> Result<Plain<Surroundings>, Problem> {
        Ok(Plain(service::locate(&self.0, &call, latitude.0, longitude.0).await?))
    }

    /// List service points
    ///
    /// Oldest first: the station's own seats and the building service centres.
    #[oai(path = "/service-points", method = "get", operation_id = "list_service_points")]
    async fn list_service_points(
        &self,
        call: Allowed<can::ListServicePoints>,
        /// Only those that are active, or are not.
        active: Query<Option<bool>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<ServicePoint>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::list_points(&self.0, &call, active.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a service point
    ///
    /// With its circle and its hours.
    #[oai(
        path = "/service-points/:service_point_id",
        method = "get",
        operation_id = "read_service_point"
    )]
    async fn read_service_point(
        &self,
        call: Allowed<can::ReadServicePoint>,
        /// The service point.
        service_point_id: Path<Uuid>,
    ) -> Result<Versioned<ServicePoint>, Problem> {
        let (version, point) = service::read_point(&self.0, &call, service_point_id.0).await?;
        Ok(Versioned::new(version, point))
    }

    /// Make a service point
    ///
    /// Its name is its own (`409`). `422` for coordinates outside of the district, hours that
    /// overlap, are empty or run over midnight, and a phone that is a person's.
    #[oai(path = "/service-points", method = "post", operation_id = "create_service_point")]
    async fn create_service_point(
        &self,
        call: Allowed<can::CreateServicePoint>,
        body: Body<WriteServicePoint>,
    ) -> Result<Created<ServicePoint>, Problem> {
        Ok(service::create_point(&self.0, &call, body.0).await?.into())
    }

    /// Change a service point
    ///
    /// The body is the whole of it, as for a new one.
    #[oai(
        path = "/service-points/:service_point_id",
        method = "put",
        operation_id = "update_service_point"
    )]
    async fn update_service_point(
        &self,
        call: Allowed<can::UpdateServicePoint>,
        /// The service point.
        service_point_id: Path<Uuid>,
        body: Body<WriteServicePoint>,
    ) -> Result<Versioned<ServicePoint>, Problem> {
        Ok(service::update_point(&self.0, &call, service_point_id.0, body.0).await?.into())
    }

    /// List buildings
    ///
    /// Oldest first, each with the service point that is nearest now.
    #[oai(path = "/buildings", method = "get", operation_id = "list_buildings")]
    async fn list_buildings(
        &self,
        call: Allowed<can::ListBuildings>,
        /// Only those that are active, or are not.
        active: Query<Option<bool>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Building>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::list_buildings(&self.0, &call, active.0, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a building
    ///
    /// With the service point that is nearest now.
    #[oai(path = "/buildings/:building_id", method = "get", operation_id = "read_building")]
    async fn read_building(
        &self,
        call: Allowed<can::ReadBuilding>,
        /// The building.
        building_id: Path<Uuid>,
    ) -> Result<Versioned<Building>, Problem> {
        let (version, building) = service::read_building(&self.0, &call, building_id.0).await?;
        Ok(Versioned::new(version, building))
    }

    /// Make a building
    ///
    /// Its name is its own (`409`); imported enterprises name it. `422` for coordinates outside
    /// of the district.
    #[oai(path = "/buildings", method = "post", operation_id = "create_building")]
    async fn create_building(
        &self,
        call: Allowed<can::CreateBuilding>,
        body: Body<WriteBuilding>,
    ) -> Result<Created<Building>, Problem> {
        Ok(service::create_building(&self.0, &call, body.0).await?.into())
    }

    /// Change a building
    ///
    /// The body is the whole of it, as for a new one.
    #[oai(path = "/buildings/:building_id", method = "put", operation_id = "update_building")]
    async fn update_building(
        &self,
        call: Allowed<can::UpdateBuilding>,
        /// The building.
        building_id: Path<Uuid>,
        body: Body<WriteBuilding>,
    ) -> Result<Versioned<Building>, Problem> {
        Ok(service::update_building(&self.0, &call, building_id.0, body.0).await?.into())
    }
}
