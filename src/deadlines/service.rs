//! Changing the rules, telling them, and counting by them.

use serde_json::json;
use uuid::Uuid;

use super::input::{CalculateDeadline, CreateRuleSet};
use super::rule_set::RuleSet;
use super::views::{Calculation, RuleSetView};
use super::{calculator, store};
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::calendars::{self, Head};
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::entity::rule_set;
use crate::error::{Error, Result};
use crate::request::RequestFacts;

/// Counts a period that is nobody's. Nothing is written, so nothing stands in the log.
pub(super) async fn calculate(
    app: &App,
    call: &Allowed<can::CalculateDeadline>,
    asked: CalculateDeadline,
) -> Result<Calculation> {
    let almanac = app.almanac(app.database.reader()).await?;
    calculator::calculate(&almanac, &asked, call.facts().language)
}

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListRuleSets>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<rule_set::Model>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.version))
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadRuleSet>,
    version: i64,
) -> Result<RuleSetView> {
    let row = store::find(app.database.reader(), version).await?.ok_or(Error::NotFound)?;
    RuleSetView::of(row)
}

/// Makes the next version out of the one that counts and the rules that were sent. It counts at
/// once; what runs goes by the version of the day it started (`transition`), as that now reads.
pub(super) async fn create(
    app: &App,
    call: &Allowed<can::CreateRuleSet>,
    input: CreateRuleSet,
) -> Result<Reply<RuleSetView>> {
    let work = app.begin(call).await?;
    let head = calendars::advance_head(work.db(), Head::RuleSet).await?;
    let before = store::active(work.db()).await?;
    let next = before.with(&input.rules, input.assumptions.as_ref());
    let faults = next.faults(&input.rules);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let by = Some(call.actor().id);
    let version = head.rule_set_version;
    let (row, record) =
        write(&work, version, &next, Some(&before), (&input.note, &input.source), by).await?;
    let permit = call.permit_here(subject(&row));
    let location = format!("/api/v1/rule-sets/{version}");
    let reply = Reply::created(location, version, RuleSetView::of(row)?);
    let reply = work.commit(permit, record, reply).await?;
    app.almanac_changed.notify_one();
    Ok(reply)
}

fn subject(row: &rule_set::Model) -> Subject {
    Subject { kind: "rule_set", id: row.id, case_id: None }
}

async fn write(
    work: &Work,
    version: i64,
    set: &RuleSet,
    before: Option<&RuleSet>,
    (note, source): (&str, &str),
    created_by: Option<Uuid>,
) -> Result<(rule_set::Model, Record)> {
    let row = rule_set::Model {
        id: Uuid::now_v7(),
        version,
        note: note.to_owned(),
        source: source.to_owned(),
        document: serde_json::to_string(set).map_err(Error::internal)?,
        created_by,
        created_at: work.now(),
    };
    store::insert_set(work.db(), row.clone()).await?;
    let data = json!({ "version": version });
    let record = Record::event("rule_set.activated", subject(&row), data).change(before, Some(set));
    Ok((row, record))
}

/// Puts in the rules that come with the program when there are none. What the station has
/// changed stays as it is.
pub(crate) async fn install(app: &App) -> Result<()> {
    if store::newest(app.database.reader()).await?.is_some() {
        return Ok(());
    }
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let head = calendars::advance_head(work.db(), Head::RuleSet).await?;
    // Another process may have put it in meanwhile.
    if store::newest(work.db()).await?.is_some() {
        return Ok(());
    }
    let set = RuleSet::built_in()?;
    let said = ("随程序提供的规则。", "src/deadlines/rules.toml");
    let (row, record) = write(&work, head.rule_set_version, &set, None, said, None).await?;
    work.commit_unattended("install_rule_set", subject(&row), record).await
}
