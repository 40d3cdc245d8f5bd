//! Importing: the file is read without the database, held against the register, and written whole
//! or not at all.

use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::entries::{self, Entries};
use super::plan::{self, Plan, Register};
use super::sheet::{self, RowFault};
use super::views::{ImportReport, TOLD};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::database::{Record, Reply};
use crate::district::enterprises::store;
use crate::district::places;
use crate::district::rules::subject;
use crate::error::{Error, Fault, Result};
use crate::http::TableFile;
use crate::language::Text;
use crate::search;
use crate::words::FileForm;

/// A file as far as it can be read without the register.
struct Read {
    outcome: Result<(FileForm, Entries), Vec<RowFault>>,
    sha256: String,
}

pub(crate) async fn import(
    app: &App,
    call: &Allowed<can::ImportEnterprises>,
    dry_run: bool,
    file: TableFile,
) -> Result<Reply<ImportReport>> {
    // Thousands of rows would hold up everybody else on this thread.
    let Read { outcome, sha256 } =
        tokio::task::spawn_blocking(move || read(&file)).await.map_err(Error::internal)?;
    let language = call.facts().language;
    let reply = |body| Reply { status: 200, location: None, version: None, body };
    let (form, entries) = match outcome {
        Ok(read) => read,
        Err(faults) if dry_run => return Ok(reply(ImportReport::unread(&faults, language))),
        Err(faults) => return Err(refused(&faults)),
    };
    let (rows, header) = (entries.rows, entries.header.clone());
    let report = |plan: &Plan| ImportReport::of(plan, form, rows, &header, dry_run, language);
    if dry_run {
        let register = register(app.database.reader()).await?;
        return Ok(reply(report(&plan::plan(entries, &register, app.clock.now()))));
    }
    let work = app.begin(call).await?;
    let register = register(work.db()).await?;
    let plan = plan::plan(entries, &register, work.now());
    if !plan.faults.is_empty() {
        return Err(refused(&plan.faults));
    }
    store::insert_all(work.db(), &plan.new).await?;
    store::save_all(work.db(), &plan.changed).await.map_err(changed_meanwhile)?;
    search::enter_enterprises(work.db(), &plan.new).await?;
    search::enter_enterprises(work.db(), &plan.changed).await?;
    let subject = subject("enterprise_import", Uuid::now_v7());
    let data = json!({
        "new": plan.new.len(),
        "changed": plan.changed.len(),
        "unchanged": plan.unchanged,
        "sha256": sha256,
    });
    let record = Record::event("enterprises.imported", subject, data)
        .change(None::<&()>, Some(&(&plan.new, &plan.changed)));
    work.commit(call.permit_here(subject), record, reply(report(&plan))).await
}

fn read(file: &TableFile) -> Read {
    let outcome = sheet::read(&file.media, &file.bytes)
        .and_then(|sheet| Ok((sheet.form, entries::read(&sheet)?)));
    Read { outcome, sha256: hex::encode(Sha256::digest(&file.bytes)) }
}

async fn register(db: &impl ConnectionTrait) -> Result<Register> {
    let enterprises = store::all(db).await?;
    Ok(Register { enterprises, buildings: places::named_buildings(db).await? })
}

/// An import names no version: whoever was there meanwhile is told of, not of a wrong header.
fn changed_meanwhile(error: Error) -> Error {
    match error {
        Error::Stale => {
            let detail = Text::new(
                "导入期间有企业被他人修改，未写入任何内容，请重新导入。",
                "Somebody changed an enterprise meanwhile; nothing was written. Import again.",
            );
            Error::refused("changed_meanwhile", detail, &[])
        }
        other => other,
    }
}

/// The faults as those of a request; of very many only the first, and how many more.
fn refused(faults: &[RowFault]) -> Error {
    let mut told: Vec<Fault> = faults.iter().take(TOLD).map(RowFault::fault).collect();
    if let Some(more) = faults.len().checked_sub(TOLD).filter(|it| *it > 0) {
        let detail = Text::new(format!("另有{more}处错误。"), format!("And {more} more faults."));
        told.push(Fault::new("", "more_faults", detail));
    }
    Error::Invalid(told)
}
