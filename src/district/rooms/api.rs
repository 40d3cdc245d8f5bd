//! HTTP for rooms.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::WriteRoom;
use super::service;
use super::views::Room;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct RoomsApi(pub App);

#[OpenApi(prefix_path = "/network/rooms", tag = "Tag::District")]
impl RoomsApi {
    /// List rooms
    ///
    /// Oldest first: those of service points and those that enterprises lend.
    #[oai(path = "/", method = "get", operation_id = "list_rooms")]
    async fn list_rooms(
        &self,
        call: Allowed<can::ListRooms>,
        /// Only those of this service point.
        service_point_id: Query<Option<Uuid>>,
        /// Only those lent by this enterprise.
        enterprise_id: Query<Option<Uuid>>,
        /// Only those that are active, or are not.
        active: Query<Option<bool>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Room>>, Problem> {
        let filter = (service_point_id.0, enterprise_id.0, active.0);
        let cursor = cursor.0.as_deref();
        let page = service::list(&self.0, &call, filter, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a room
    ///
    /// With its hours, its seats and what it has.
    #[oai(path = "/:room_id", method = "get", operation_id = "read_room")]
    async fn read_room(
        &self,
        call: Allowed<can::ReadRoom>,
        /// The room.
        room_id: Path<Uuid>,
    ) -> Result<Versioned<Room>, Problem> {
        let (version, room) = service::read(&self.0, &call, room_id.0).await?;
        Ok(Versioned::new(version, room))
    }

    /// Make a room (共享调解室)
    ///
    /// Of a service point or lent by an enterprise, one of them (`422 one_owner`). Its name is
    /// its own there (`409`). `422` for hours that overlap, are empty or run over midnight.
    #[oai(path = "/", method = "post", operation_id = "create_room")]
    async fn create_room(
        &self,
        call: Allowed<can::CreateRoom>,
        body: Body<WriteRoom>,
    ) -> Result<Created<Room>, Problem> {
        Ok(service::create(&self.0, &call, body.0).await?.into())
    }

    /// Change a room
    ///
    /// The body is the whole of it, as for a new one.
    #[oai(path = "/:room_id", method = "put", operation_id = "update_room")]
    async fn update_room(
        &self,
        call: Allowed<can::UpdateRoom>,
        /// The room.
        room_id: Path<Uuid>,
        body: Body<WriteRoom>,
    ) -> Result<Versioned<Room>, Problem> {
        Ok(service::update(&self.0, &call, room_id.0, body.0).await?.into())
    }
}
