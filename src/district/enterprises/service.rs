//! Keeping enterprises.

use serde_json::json;
use uuid::Uuid;

use super::input::WriteEnterprise;
use super::store::{self, Filter};
use super::views::Enterprise;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::district::places;
use crate::district::rules::{Check, expect_version, subject};
use crate::entity::enterprise;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::personal_data::CreditCode;
use crate::search;
use crate::words::EnterpriseStatus;

pub(crate) async fn list(
    app: &App,
    _call: &Allowed<can::ListEnterprises>,
    (building_id, status, is_key): (Option<Uuid>, Option<EnterpriseStatus>, Option<bool>),
    credit_code: Option<&str>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<enterprise::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let credit_code = match credit_code.map(CreditCode::parse) {
        Some(Err(fault)) => return Err(Error::Invalid(vec![fault.at("?credit_code")])),
        Some(Ok(code)) => Some(code.as_str().to_owned()),
        None => None,
    };
    let filter = Filter { building_id, status, is_key, credit_code };
    let rows = store::list(app.database.reader(), filter, after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadEnterprise>,
    id: Uuid,
) -> Result<(i64, Enterprise)> {
    let enterprise = store::find(app.database.reader(), id).await?.ok_or(Error::NotFound)?;
    Ok((enterprise.version, enterprise.into()))
}

pub(super) async fn create(
    app: &App,
    call: &Allowed<can::CreateEnterprise>,
    input: WriteEnterprise,
) -> Result<Reply<Enterprise>> {
    let work = app.begin(call).await?;
    let enterprise = enterprise(&work, input, None).await?;
    store::insert_enterprise(work.db(), enterprise.clone()).await?;
    search::enter_enterprises(work.db(), std::slice::from_ref(&enterprise)).await?;
    let subject = subject("enterprise", enterprise.id);
    let record = Record::event("enterprise.created", subject, told(&enterprise))
        .change(None::<&()>, Some(&enterprise));
    let location = format!("/api/v1/network/enterprises/{}", enterprise.id);
    let reply = Reply::created(location, enterprise.version, enterprise.into());
    work.commit(call.permit_here(subject), record, reply).await
}

pub(super) async fn update(
    app: &App,
    call: &Allowed<can::UpdateEnterprise>,
    id: Uuid,
    input: WriteEnterprise,
) -> Result<Reply<Enterprise>> {
    let work = app.begin(call).await?;
    let before = store::find(work.db(), id).await?.ok_or(Error::NotFound)?;
    expect_version(call.facts(), before.version)?;
    let after = enterprise(&work, input, Some(&before)).await?;
    store::save(work.db(), after.clone(), before.version).await?;
    search::enter_enterprises(work.db(), std::slice::from_ref(&after)).await?;
    let subject = subject("enterprise", id);
    let record = Record::event("enterprise.updated", subject, told(&after))
        .change(Some(&before), Some(&after));
    let reply = Reply::changed(after.version, after.into());
    work.commit(call.permit_here(subject), record, reply).await
}

fn told(it: &enterprise::Model) -> serde_json::Value {
    json!({ "building_id": it.building_id, "status": it.status, "is_key": it.is_key })
}

/// The row that is to stand: a new one, or the next version of `before`.
async fn enterprise(
    work: &Work,
    input: WriteEnterprise,
    before: Option<&enterprise::Model>,
) -> Result<enterprise::Model> {
    let mut check = Check::default();
    let code = CreditCode::parse(&input.credit_code);
    let code = check.take(code.map_err(|fault| vec![fault.at("/credit_code")]));
    let name = check.filled("/name", &input.name);
    let floor = check.filled_if_given("/floor", input.floor.as_deref());
    let unit = check.filled_if_given("/unit", input.unit.as_deref());
    let phone = check.phone(input.phone.as_deref());
    check.end()?;
    let code = code.ok_or_else(|| Error::internal("an enterprise without its code"))?;
    if let Some(id) = input.building_id {
        let building = places::find_building(work.db(), id).await?;
        building.ok_or_else(|| Error::unknown_reference("/building_id", id))?;
    }
    let known = store::find_by_credit_code(work.db(), code.as_str()).await?;
    if known.is_some_and(|it| Some(it.id) != before.map(|it| it.id)) {
        return Err(Error::Duplicate(Text::new(
            "已有同一统一社会信用代码的企业。",
            "There is an enterprise of that credit code already.",
        )));
    }
    Ok(enterprise::Model {
        id: before.map_or_else(Uuid::now_v7, |it| it.id),
        credit_code: code.as_str().to_owned(),
        name,
        kind: input.kind,
        trade: input.trade,
        building_id: input.building_id,
        floor,
        unit,
        is_key: input.is_key,
        status: input.status,
        phone,
        version: before.map_or(1, |it| it.version + 1),
        created_at: before.map_or(work.now(), |it| it.created_at),
    })
}
