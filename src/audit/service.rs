//! Reading and checking the log.

use std::io::BufRead;

use uuid::Uuid;

use super::chain::{self, Verdict};
use super::store;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::database::{Cursor, Database, Limit, Page};
use crate::entity::audit_entry;
use crate::error::{Error, Result};

/// How many entries are read at once while checking or exporting.
const BATCH: u64 = 2_000;

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListAuditEntries>,
    filter: store::Filter,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<audit_entry::Model>> {
    entries(app, filter, cursor, limit).await
}

/// The entries of a case that the caller has been found to see.
pub(crate) async fn entries_of_case(
    app: &App,
    case_id: Uuid,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<audit_entry::Model>> {
    let filter = store::Filter { case_id: Some(case_id), ..store::Filter::default() };
    entries(app, filter, cursor, limit).await
}

async fn entries(
    app: &App,
    filter: store::Filter,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<audit_entry::Model>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), filter, before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.seq))
}

pub(super) async fn verify(app: &App, _call: &Allowed<can::VerifyAudit>) -> Result<Verdict> {
    verify_stored(&app.database).await
}

/// Checks the whole chain as it is stored, in bounded memory. A chain that was cut at its end
/// is found by the head, which every write moves.
pub async fn verify_stored(database: &Database) -> Result<Verdict> {
    let db = database.reader();
    let head = store::head(db).await?;
    let mut verdict = Verdict::start();
    while verdict.broken_at.is_none() {
        let mut rows = store::after(db, verdict.entries, BATCH).await?;
        // What was written after the head was read is for the next check.
        rows.retain(|it| it.seq <= head.audit_seq);
        if rows.is_empty() {
            break;
        }
        verdict = chain::verify(verdict, &rows);
    }
    let whole = verdict.entries == head.audit_seq && verdict.last_hash == head.hash;
    if verdict.broken_at.is_none() && !whole {
        verdict.broken_at = Some(verdict.entries + 1);
    }
    Ok(verdict)
}

/// Writes every entry as one JSON line, oldest first.
pub async fn export(database: &Database, out: &mut impl std::io::Write) -> Result<i64> {
    let mut last = 0;
    loop {
        let rows = store::after(database.reader(), last, BATCH).await?;
        if rows.is_empty() {
            return Ok(last);
        }
        for row in rows {
            last = row.seq;
            let line = serde_json::to_string(&row).map_err(Error::internal)?;
            writeln!(out, "{line}").map_err(Error::internal)?;
        }
    }
}

/// Checks an export, without any database.
pub fn verify_file(input: impl BufRead) -> std::io::Result<Verdict> {
    let mut verdict = Verdict::start();
    for line in input.lines() {
        let line = line?;
        match serde_json::from_str::<audit_entry::Model>(&line) {
            Ok(entry) => verdict = chain::verify(verdict, [&entry]),
            Err(_) if verdict.broken_at.is_none() => {
                verdict.broken_at = Some(verdict.entries + 1);
            }
            Err(_) => {}
        }
    }
    Ok(verdict)
}
