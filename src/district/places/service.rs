//! Keeping service points and buildings, and finding what is near.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::input::{WriteBuilding, WriteServicePoint};
use super::store;
use super::views::{Building, ServicePoint, Surroundings, place_of_point};
use crate::access::{Allowed, Call, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::district::geo::{CIRCLE_M, Place};
use crate::district::hours;
use crate::district::rules::{Check, expect_version, name_taken, subject};
use crate::entity::{building, service_point};
use crate::error::{Error, Result};
use crate::offices;
use crate::words::ServicePointKind;

/// What is near a place of the district.
pub(super) async fn locate(
    app: &App,
    _call: &Allowed<can::LocatePlace>,
    latitude: f64,
    longitude: f64,
) -> Result<Surroundings> {
    let place = Place::in_district(latitude, longitude, "?").map_err(Error::Invalid)?;
    let db = app.database.reader();
    let points = store::active_points(db).await?;
    let buildings = store::active_buildings(db).await?;
    Ok(Surroundings::of(place, &points, &buildings, app.clock.now()))
}

pub(super) async fn list_points(
    app: &App,
    _call: &Allowed<can::ListServicePoints>,
    active: Option<bool>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<service_point::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let rows = store::list_points(app.database.reader(), active, after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read_point(
    app: &App,
    _call: &Allowed<can::ReadServicePoint>,
    id: Uuid,
) -> Result<(i64, ServicePoint)> {
    let point = store::find_point(app.database.reader(), id).await?.ok_or(Error::NotFound)?;
    Ok((point.version, point.into()))
}

pub(crate) async fn create_point(
    app: &App,
    call: &Allowed<can::CreateServicePoint>,
    input: WriteServicePoint,
) -> Result<Reply<ServicePoint>> {
    let work = app.begin(call).await?;
    let point = point(&work, input, None).await?;
    store::insert_point(work.db(), point.clone()).await?;
    let location = format!("/api/v1/network/service-points/{}", point.id);
    let record = Record::event(
        "service_point.created",
        subject("service_point", point.id),
        json!({ "kind": point.kind, "active": point.active }),
    )
    .change(None::<&()>, Some(&point));
    let permit = call.permit_here(subject("service_point", point.id));
    work.commit(permit, record, Reply::created(location, point.version, point.into())).await
}

pub(super) async fn update_point(
    app: &App,
    call: &Allowed<can::UpdateServicePoint>,
    id: Uuid,
    input: WriteServicePoint,
) -> Result<Reply<ServicePoint>> {
    let work = app.begin(call).await?;
    let before = store::find_point(work.db(), id).await?.ok_or(Error::NotFound)?;
    expect_version(call.facts(), before.version)?;
    let after = point(&work, input, Some(&before)).await?;
    store::save_point(work.db(), after.clone(), before.version).await?;
    let record = Record::event(
        "service_point.updated",
        subject("service_point", id),
        json!({ "kind": after.kind, "active": after.active }),
    )
    .change(Some(&before), Some(&after));
    let permit = call.permit_here(subject("service_point", id));
    work.commit(permit, record, Reply::changed(after.version, after.into())).await
}

/// The row that is to stand: a new one, or the next version of `before`.
async fn point(
    work: &Work,
    input: WriteServicePoint,
    before: Option<&service_point::Model>,
) -> Result<service_point::Model> {
    let mut check = Check::default();
    let name = check.filled("/name", &input.name);
    let address = check.filled("/address", &input.address);
    let place = check.take(Place::in_district(input.latitude, input.longitude, "/"));
    check.add(hours::faults(&input.opening_hours));
    let phone = check.phone(input.phone.as_deref());
    check.end()?;
    let place = place.ok_or_else(|| Error::internal("a place without coordinates"))?;
    if let Some(office_id) = input.office_id {
        let office = offices::find(work.db(), office_id).await?;
        office.ok_or_else(|| Error::unknown_reference("/office_id", office_id))?;
    }
    let named = store::find_point_by_name(work.db(), &name).await?;
    if named.is_some_and(|it| Some(it.id) != before.map(|it| it.id)) {
        return Err(name_taken());
    }
    Ok(service_point::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        kind: input.kind,
        name,
        address,
        latitude_e6: place.latitude_e6,
        longitude_e6: place.longitude_e6,
        radius_m: input.radius_m.unwrap_or(CIRCLE_M),
        opening_hours: hours::to_column(input.opening_hours)?,
        phone,
        office_id: input.office_id,
        active: input.active,
        version: before.map_or(1, |it| it.version + 1),
        created_at: before.map_or(work.now(), |it| it.created_at),
    })
}

pub(super) async fn list_buildings(
    app: &App,
    _call: &Allowed<can::ListBuildings>,
    active: Option<bool>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<Building>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let db = app.database.reader();
    let rows = store::list_buildings(db, active, after, limit).await?;
    let points = store::active_points(db).await?;
    let now = app.clock.now();
    Ok(Page::cut(rows, limit, |it| it.id).map(|it| Building::of(it, &points, now)))
}

/// A building with the service point nearest to it, for the cases of its enterprises.
pub(crate) async fn located_building(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Building>> {
    let Some(building) = store::find_building(db, id).await? else { return Ok(None) };
    let points = store::active_points(db).await?;
    Ok(Some(Building::of(building, &points, now)))
}

/// A service point, for the cases that somebody sends there.
pub(crate) async fn located_point(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<service_point::Model>> {
    store::find_point(db, id).await
}

/// Where the parties of an office's cases turn to: its own service point, or the main seat.
pub(crate) async fn point_of_office(
    db: &impl ConnectionTrait,
    office_id: Uuid,
) -> Result<Option<service_point::Model>> {
    let points = store::active_points(db).await?;
    let own = points.iter().position(|it| it.office_id == Some(office_id));
    let main = points.iter().position(|it| it.kind == ServicePointKind::MainSeat);
    Ok(own.or(main).and_then(|at| points.into_iter().nth(at)))
}

/// How far a building is from a service point, and whether it lies in the circle that it serves.
pub(crate) fn metres_to_point(building: &Building, point: &service_point::Model) -> (u32, bool) {
    let metres = building.place().metres_to(place_of_point(point));
    (metres, i64::from(metres) <= i64::from(point.radius_m))
}

pub(super) async fn read_building(
    app: &App,
    _call: &Allowed<can::ReadBuilding>,
    id: Uuid,
) -> Result<(i64, Building)> {
    let db = app.database.reader();
    let building = store::find_building(db, id).await?.ok_or(Error::NotFound)?;
    let points = store::active_points(db).await?;
    Ok((building.version, Building::of(building, &points, app.clock.now())))
}

pub(crate) async fn create_building(
    app: &App,
    call: &Allowed<can::CreateBuilding>,
    input: WriteBuilding,
) -> Result<Reply<Building>> {
    let work = app.begin(call).await?;
    let building = building(&work, input, None).await?;
    store::insert_building(work.db(), building.clone()).await?;
    let record = Record::event(
        "building.created",
        subject("building", building.id),
        json!({ "active": building.active }),
    )
    .change(None::<&()>, Some(&building));
    let location = format!("/api/v1/network/buildings/{}", building.id);
    keep_building(work, call, building, record, Some(location)).await
}

pub(super) async fn update_building(
    app: &App,
    call: &Allowed<can::UpdateBuilding>,
    id: Uuid,
    input: WriteBuilding,
) -> Result<Reply<Building>> {
    let work = app.begin(call).await?;
    let before = store::find_building(work.db(), id).await?.ok_or(Error::NotFound)?;
    expect_version(call.facts(), before.version)?;
    let after = building(&work, input, Some(&before)).await?;
    store::save_building(work.db(), after.clone(), before.version).await?;
    let record = Record::event(
        "building.updated",
        subject("building", id),
        json!({ "active": after.active }),
    )
    .change(Some(&before), Some(&after));
    keep_building(work, call, after, record, None).await
}

async fn keep_building(
    work: Work,
    call: &Call,
    building: building::Model,
    record: Record,
    location: Option<String>,
) -> Result<Reply<Building>> {
    let permit = call.permit_here(subject("building", building.id));
    let version = building.version;
    let points = store::active_points(work.db()).await?;
    let body = Building::of(building, &points, work.now());
    let reply = match location {
        Some(location) => Reply::created(location, version, body),
        None => Reply::changed(version, body),
    };
    work.commit(permit, record, reply).await
}

/// The row that is to stand: a new one, or the next version of `before`.
async fn building(
    work: &Work,
    input: WriteBuilding,
    before: Option<&building::Model>,
) -> Result<building::Model> {
    let mut check = Check::default();
    let name = check.filled("/name", &input.name);
    let address = check.filled("/address", &input.address);
    let place = check.take(Place::in_district(input.latitude, input.longitude, "/"));
    let managing_company =
        check.filled_if_given("/managing_company", input.managing_company.as_deref());
    check.end()?;
    let place = place.ok_or_else(|| Error::internal("a place without coordinates"))?;
    let named = store::find_building_by_name(work.db(), &name).await?;
    if named.is_some_and(|it| Some(it.id) != before.map(|it| it.id)) {
        return Err(name_taken());
    }
    Ok(building::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        name,
        address,
        latitude_e6: place.latitude_e6,
        longitude_e6: place.longitude_e6,
        managing_company,
        active: input.active,
        version: before.map_or(1, |it| it.version + 1),
        created_at: before.map_or(work.now(), |it| it.created_at),
    })
}
