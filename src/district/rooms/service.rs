//! Keeping rooms.

use serde_json::json;
use uuid::Uuid;

use super::input::WriteRoom;
use super::store::{self, Filter};
use super::views::Room;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::district::rules::{Check, expect_version, name_taken, one_owner, subject};
use crate::district::{enterprises, hours, places};
use crate::entity::room;
use crate::error::{Error, Result};

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListRooms>,
    (service_point_id, enterprise_id, active): (Option<Uuid>, Option<Uuid>, Option<bool>),
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<room::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let filter = Filter { service_point_id, enterprise_id, active };
    let rows = store::list(app.database.reader(), filter, after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadRoom>,
    id: Uuid,
) -> Result<(i64, Room)> {
    let room = store::find(app.database.reader(), id).await?.ok_or(Error::NotFound)?;
    Ok((room.version, room.into()))
}

pub(crate) async fn create(
    app: &App,
    call: &Allowed<can::CreateRoom>,
    input: WriteRoom,
) -> Result<Reply<Room>> {
    let work = app.begin(call).await?;
    let room = room(&work, input, None).await?;
    store::insert_room(work.db(), room.clone()).await?;
    let record = Record::event("room.created", subject("room", room.id), told(&room))
        .change(None::<&()>, Some(&room));
    let permit = call.permit_here(subject("room", room.id));
    let location = format!("/api/v1/network/rooms/{}", room.id);
    work.commit(permit, record, Reply::created(location, room.version, room.into())).await
}

pub(super) async fn update(
    app: &App,
    call: &Allowed<can::UpdateRoom>,
    id: Uuid,
    input: WriteRoom,
) -> Result<Reply<Room>> {
    let work = app.begin(call).await?;
    let before = store::find(work.db(), id).await?.ok_or(Error::NotFound)?;
    expect_version(call.facts(), before.version)?;
    let after = room(&work, input, Some(&before)).await?;
    store::save(work.db(), after.clone(), before.version).await?;
    let record = Record::event("room.updated", subject("room", id), told(&after))
        .change(Some(&before), Some(&after));
    let permit = call.permit_here(subject("room", id));
    work.commit(permit, record, Reply::changed(after.version, after.into())).await
}

fn told(room: &room::Model) -> serde_json::Value {
    json!({
        "service_point_id": room.service_point_id,
        "enterprise_id": room.enterprise_id,
        "active": room.active,
    })
}

/// The row that is to stand: a new one, or the next version of `before`.
async fn room(work: &Work, input: WriteRoom, before: Option<&room::Model>) -> Result<room::Model> {
    let WriteRoom { service_point_id, enterprise_id, .. } = input;
    let mut check = Check::default();
    let name = check.filled("/name", &input.name);
    let place = check.filled_if_given("/place", input.place.as_deref());
    check.add(one_owner(service_point_id, enterprise_id));
    check.add(hours::faults(&input.opening_hours));
    check.end()?;
    if let Some(id) = service_point_id {
        let point = places::find_point(work.db(), id).await?;
        point.ok_or_else(|| Error::unknown_reference("/service_point_id", id))?;
    }
    if let Some(id) = enterprise_id {
        let enterprise = enterprises::find(work.db(), id).await?;
        enterprise.ok_or_else(|| Error::unknown_reference("/enterprise_id", id))?;
    }
    let named = store::find_by_name(work.db(), service_point_id, enterprise_id, &name).await?;
    if named.is_some_and(|it| Some(it.id) != before.map(|it| it.id)) {
        return Err(name_taken());
    }
    let mut equipment = input.equipment;
    equipment.sort();
    Ok(room::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        name,
        service_point_id,
        enterprise_id,
        place,
        capacity: input.capacity,
        opening_hours: hours::to_column(input.opening_hours)?,
        equipment: serde_json::to_string(&equipment).map_err(Error::internal)?,
        active: input.active,
        version: before.map_or(1, |it| it.version + 1),
        created_at: before.map_or(work.now(), |it| it.created_at),
    })
}
