//! Making, renaming and listing offices.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::store;
use super::views::Office;
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply};
use crate::entity::office;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::words::OfficeKind;

/// A new office.
#[derive(Debug)]
pub struct CreateOffice {
    pub kind: OfficeKind,
    pub name: String,
}

pub async fn create(
    app: &App,
    call: &Allowed<can::CreateOffice>,
    input: CreateOffice,
) -> Result<Reply<Office>> {
    let work = app.begin(call).await?;
    refuse_taken_name(work.db(), &input.name, None).await?;
    let office = office::Model {
        id: Uuid::now_v7(),
        kind: input.kind,
        name: input.name,
        version: 1,
        created_at: work.now(),
    };
    store::insert_office(work.db(), office.clone()).await?;
    let subject = Subject::office(office.id);
    let record = Record::event("office.created", subject, json!({ "kind": office.kind }));
    let reply = Reply::created(format!("/api/v1/offices/{}", office.id), 1, office.into());
    work.commit(call.permit_here(subject), record, reply).await
}

async fn refuse_taken_name(
    db: &impl ConnectionTrait,
    name: &str,
    own_id: Option<Uuid>,
) -> Result<()> {
    match store::find_by_name(db, name).await? {
        Some(other) if Some(other.id) != own_id => Err(Error::Duplicate(Text::new(
            "已有同名机构，请换一个名称。",
            "There is an office of that name; choose another.",
        ))),
        _ => Ok(()),
    }
}

pub(super) async fn rename(
    app: &App,
    call: &Allowed<can::UpdateOffice>,
    office_id: Uuid,
    name: String,
) -> Result<Reply<Office>> {
    let work = app.begin(call).await?;
    let mut office = store::find(work.db(), office_id).await?.ok_or(Error::NotFound)?;
    let read_version = office.version;
    if call.facts().if_match.map(|it| it.version) != Some(read_version) {
        return Err(Error::Stale);
    }
    refuse_taken_name(work.db(), &name, Some(office_id)).await?;
    office.name = name;
    office.version += 1;
    store::save(work.db(), office.clone(), read_version).await?;
    let subject = Subject::office(office.id);
    let record = Record::event("office.updated", subject, json!({ "kind": office.kind }));
    let reply = Reply::changed(office.version, office.into());
    work.commit(call.permit_here(subject), record, reply).await
}

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListOffices>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<office::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

/// Every office, for the shell.
pub async fn list_from_shell(app: &App) -> Result<Vec<office::Model>> {
    store::list(app.database.reader(), None, Limit::new(Some(200))?).await
}
