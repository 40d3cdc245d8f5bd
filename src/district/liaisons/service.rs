//! Keeping liaisons.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::input::WriteLiaison;
use super::store;
use super::views::Liaison;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::district::places;
use crate::district::rules::{Check, expect_version, subject};
use crate::entity::liaison;
use crate::error::{Error, Result};
use crate::identity;

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListLiaisons>,
    building_id: Option<Uuid>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<liaison::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), building_id, after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadLiaison>,
    id: Uuid,
) -> Result<(i64, Liaison)> {
    let liaison = store::find(app.database.reader(), id).await?.ok_or(Error::NotFound)?;
    Ok((liaison.version, liaison.into()))
}

/// Through whom a building is spoken to now.
pub(crate) async fn liaisons_of(
    db: &impl ConnectionTrait,
    building_id: Uuid,
) -> Result<Vec<Liaison>> {
    let all = store::list(db, Some(building_id), None, Limit::new(Some(200))?).await?;
    Ok(all.into_iter().filter(|it| it.active).map(Liaison::from).collect())
}

pub(crate) async fn create(
    app: &App,
    call: &Allowed<can::CreateLiaison>,
    input: WriteLiaison,
) -> Result<Reply<Liaison>> {
    let work = app.begin(call).await?;
    let liaison = liaison(&work, input, None).await?;
    store::insert_liaison(work.db(), liaison.clone()).await?;
    let record = Record::event(
        "liaison.created",
        subject("liaison", liaison.id),
        json!({ "building_id": liaison.building_id, "active": liaison.active }),
    )
    .change(None::<&()>, Some(&liaison));
    let permit = call.permit_here(subject("liaison", liaison.id));
    let location = format!("/api/v1/network/liaisons/{}", liaison.id);
    work.commit(permit, record, Reply::created(location, liaison.version, liaison.into())).await
}

pub(super) async fn update(
    app: &App,
    call: &Allowed<can::UpdateLiaison>,
    id: Uuid,
    input: WriteLiaison,
) -> Result<Reply<Liaison>> {
    let work = app.begin(call).await?;
    let before = store::find(work.db(), id).await?.ok_or(Error::NotFound)?;
    expect_version(call.facts(), before.version)?;
    let after = liaison(&work, input, Some(&before)).await?;
    store::save(work.db(), after.clone(), before.version).await?;
    let record = Record::event(
        "liaison.updated",
        subject("liaison", id),
        json!({ "building_id": after.building_id, "active": after.active }),
    )
    .change(Some(&before), Some(&after));
    let permit = call.permit_here(subject("liaison", id));
    work.commit(permit, record, Reply::changed(after.version, after.into())).await
}

/// The row that is to stand: a new one, or the next version of `before`.
async fn liaison(
    work: &Work,
    input: WriteLiaison,
    before: Option<&liaison::Model>,
) -> Result<liaison::Model> {
    let mut check = Check::default();
    let organization = check.filled("/organization", &input.organization);
    let duty = check.filled("/duty", &input.duty);
    let phone = check.phone(input.phone.as_deref());
    check.end()?;
    let building = places::find_building(work.db(), input.building_id).await?;
    building.ok_or_else(|| Error::unknown_reference("/building_id", input.building_id))?;
    if let Some(user_id) = input.user_id {
        let user = identity::find_user(work.db(), user_id).await?;
        user.ok_or_else(|| Error::unknown_reference("/user_id", user_id))?;
    }
    Ok(liaison::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        building_id: input.building_id,
        organization,
        duty,
        phone,
        user_id: input.user_id,
        active: input.active,
        version: before.map_or(1, |it| it.version + 1),
        created_at: before.map_or(work.now(), |it| it.created_at),
    })
}
