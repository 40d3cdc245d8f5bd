//! HTTP for holds of rooms.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use uuid::Uuid;

use super::input::HoldRoom;
use super::service;
use super::views::RoomHold;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Done, Problem, Tag};

#[derive(Debug)]
pub struct HoldsApi(pub App);

#[OpenApi(tag = "Tag::Hearings")]
impl HoldsApi {
    /// Hold a room
    ///
    /// Keeps the room for some minutes (15 unless the station is set otherwise), while the
    /// parties are asked. Until it expires nobody else can book or hold that time; the hold ends
    /// when its holder schedules a hearing in that room at a time that meets it. `409
    /// room_taken` tells in `next_free_at` when the room is free next for as long; `422` for a
    /// time at which no hearing could be.
    #[oai(path = "/network/rooms/:room_id/holds", method = "post", operation_id = "hold_room")]
    async fn hold_room(
        &self,
        call: Allowed<can::HoldRoom>,
        /// The room.
        room_id: Path<Uuid>,
        body: Body<HoldRoom>,
    ) -> Result<Created<RoomHold>, Problem> {
        Ok(service::hold(&self.0, &call, room_id.0, body.0).await?.into())
    }

    /// Give a held room back
    ///
    /// One's own holds only; whoever else's is `404`, as is one that has ended.
    #[oai(path = "/room-holds/:hold_id", method = "delete", operation_id = "release_room")]
    async fn release_room(
        &self,
        call: Allowed<can::ReleaseRoom>,
        /// The hold.
        hold_id: Path<Uuid>,
    ) -> Result<Done, Problem> {
        service::release(&self.0, &call, hold_id.0).await?;
        Ok(Done)
    }
}
