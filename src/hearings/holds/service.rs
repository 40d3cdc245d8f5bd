//! Holding and giving back.

use serde_json::json;
use uuid::Uuid;

use super::input::HoldRoom;
use super::store;
use super::views::RoomHold;
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::database::{Record, Reply};
use crate::district;
use crate::entity::room_hold;
use crate::error::{Error, Result};
use crate::hearings::bookings;
use crate::hearings::input::ScheduleHearing;
use crate::hearings::rules::appointment;
use crate::words::HearingMode;

fn subject(id: Uuid) -> Subject {
    Subject { kind: "room_hold", id, case_id: None }
}

pub(super) async fn hold(
    app: &App,
    call: &Allowed<can::HoldRoom>,
    room_id: Uuid,
    HoldRoom { starts_at, ends_at }: HoldRoom,
) -> Result<Reply<RoomHold>> {
    let work = app.begin(call).await?;
    let venue = district::venue(work.db(), room_id).await?.ok_or(Error::NotFound)?;
    let wish = ScheduleHearing {
        mode: HearingMode::OnSite,
        room_id: Some(room_id),
        place: None,
        link: None,
        starts_at,
        ends_at,
    };
    let ScheduleHearing { starts_at, ends_at, .. } = appointment(wish, Some(&venue), work.now())?;
    let hold = room_hold::Model {
        id: Uuid::now_v7(),
        room_id,
        held_by: call.actor().id,
        starts_at,
        ends_at,
        held_at: work.now(),
        expires_at: work.now() + app.settings.room_hold_life,
        ended_at: None,
    };
    store::insert_hold(work.db(), hold.clone()).await?;
    bookings::take_hold(&work, &venue, &hold).await?;
    let data = json!({ "room_id": room_id, "starts_at": starts_at, "ends_at": ends_at });
    let record =
        Record::event("room.held", subject(hold.id), data).change(None::<&()>, Some(&hold));
    let permit = call.permit_here(subject(hold.id));
    let location = format!("/api/v1/room-holds/{}", hold.id);
    work.commit(permit, record, Reply::created(location, 1, hold.into())).await
}

pub(super) async fn release(
    app: &App,
    call: &Allowed<can::ReleaseRoom>,
    hold_id: Uuid,
) -> Result<()> {
    let work = app.begin(call).await?;
    let hold = store::find_open(work.db(), hold_id, call.actor().id, work.now()).await?;
    let hold = hold.ok_or(Error::NotFound)?;
    bookings::free_hold(&work, hold_id).await?;
    let data = json!({ "room_id": hold.room_id });
    let record =
        Record::event("room.released", subject(hold_id), data).change(Some(&hold), None::<&()>);
    let permit = call.permit_here(subject(hold_id));
    work.commit(permit, record, Reply::done()).await?;
    Ok(())
}
