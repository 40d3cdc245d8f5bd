//! Keeping the deadlines of a case beside each step on it, and reading them.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::settle::{Change, Whose, pauses_of, settle};
use super::store::{self, Filter, Seen, SeenClues};
use super::views::{Deadline, DeadlineExplanation, Recount};
use super::{plan, settle as settling};
use crate::access::{Action, Allowed, Call, Reach, Subject, can};
use crate::app::App;
use crate::cases::{self, CaseFile};
use crate::database::{Cursor, Limit, Page, Work};
use crate::deadlines::almanac;
use crate::deadlines::{Period, calculator};
use crate::entity::{clue, deadline};
use crate::error::{Error, Result};
use crate::events::Event;

/// Makes the rows what the file asks for after a step, in the transaction of the step; answers
/// the events of what changed.
pub(crate) async fn keep(work: &Work, file: &CaseFile, action: Action) -> Result<Vec<Event>> {
    let almanac = work.app().almanac(work.db()).await?;
    let whose = Whose { case: Some(file.case.id), clue: None, office: file.case.office_id };
    let planned = plan::plan(file, work.app().settings.performance_warning_days);
    let changes = settle(&almanac, whose, &file.deadlines, &planned, work.now());
    write(work, changes, &action.to_string()).await
}

/// The same for a clue in its register.
pub(crate) async fn keep_of_clue(work: &Work, clue: &clue::Model, why: &str) -> Result<Vec<Event>> {
    let rows = store::of_clue(work.db(), clue.id).await?;
    let almanac = work.app().almanac(work.db()).await?;
    let whose = Whose { case: None, clue: Some(clue.id), office: clue.office_id };
    let planned = [plan::plan_of_clue(clue)];
    let changes = settle(&almanac, whose, &rows, &planned, work.now());
    write(work, changes, why).await
}

/// Writes the changes; answers their events.
pub(super) async fn write(work: &Work, changes: Vec<Change>, why: &str) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for change in changes {
        store::write(work.db(), &change).await?;
        let subject = Subject::deadline(change.after.id, change.after.case_id);
        if let Some(kind) = change.event() {
            events.push(Event { kind, subject, data: change.data(why) });
        }
        if let Some(kind) = change.reminder() {
            // The term, or its instalment.
            let duty_id = change.after.subject_id;
            let data = json!({ "duty_id": duty_id, "due_on": change.after.due_on });
            events.push(Event { kind, subject, data });
        }
    }
    Ok(events)
}

/// What the caller sees: the cases in sight, and of the register of clues what it may read.
fn seen(call: &Call) -> Seen {
    let actor = call.actor();
    let clues = match Action::ReadClue.reach(actor.role) {
        Reach::Any => SeenClues::All,
        Reach::Office => SeenClues::OfOffice(actor.office_id),
        Reach::Own | Reach::None => SeenClues::None,
    };
    Seen { sight: call.sight(), clues }
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListDeadlines>,
    filter: Filter,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<Deadline>> {
    let limit = Limit::new(limit)?;
    let after: Option<(NaiveDate, Uuid)> = Cursor::decode(cursor)?;
    let db = app.database.reader();
    let rows = store::list(db, seen(call), filter, after, limit).await?;
    let page = Page::cut(rows, limit, |it| (it.act_by, it.id));
    let next_cursor = page.next_cursor;
    Ok(Page { items: views(app, call, page.items).await?, next_cursor })
}

pub(super) async fn list_of_case(
    app: &App,
    call: &Allowed<can::ListCaseDeadlines>,
    case_id: Uuid,
) -> Result<(i64, Vec<Deadline>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let mut rows = file.deadlines;
    rows.sort_by_key(|it| (it.ended_on.is_some(), it.act_by, it.id));
    Ok((file.case.version, views(app, call, rows).await?))
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadDeadline>,
    id: Uuid,
) -> Result<Deadline> {
    let row = store::find(app.database.reader(), seen(call), id).await?.ok_or(Error::NotFound)?;
    let mut views = views(app, call, vec![row]).await?;
    views.pop().ok_or_else(|| Error::internal("a deadline without its view"))
}

async fn views(app: &App, call: &Call, rows: Vec<deadline::Model>) -> Result<Vec<Deadline>> {
    let db = app.database.reader();
    let almanac = app.almanac(db).await?;
    let cases = rows.iter().filter_map(|it| it.case_id).collect();
    let numbers: HashMap<Uuid, Option<String>> =
        store::case_numbers(db, cases).await?.into_iter().collect();
    let view = |row: deadline::Model| {
        let number = row.case_id.and_then(|id| numbers.get(&id).cloned().flatten());
        Deadline::new(row, &almanac, number, call.facts().language)
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The counting as it was done, by the calendar and the rules of that time.
pub(super) async fn explain(
    app: &App,
    call: &Allowed<can::ExplainDeadline>,
    id: Uuid,
) -> Result<DeadlineExplanation> {
    let db = app.database.reader();
    let row = store::find(db, seen(call), id).await?.ok_or(Error::NotFound)?;
    let language = call.facts().language;
    let almanac = almanac::as_of(db, row.calendar_version, row.rule_set_version).await?;
    let calculation = match settling::rule_of(&almanac, &row) {
        None => None,
        Some(rule) => {
            let pauses = pauses_of(&row);
            let extension_days = row.extension_days.unsigned_abs();
            let period = Period { start_on: row.start_on, pauses: &pauses, extension_days };
            Some(calculator::calculation(&almanac, rule, &period, language)?)
        }
    };
    let mut views = views(app, call, vec![row]).await?;
    let deadline = views.pop().ok_or_else(|| Error::internal("a deadline without its view"))?;
    Ok(DeadlineExplanation::new(deadline, calculation))
}

/// How far the deadlines are counted by what counts now.
pub(super) async fn recount(app: &App, _call: &Allowed<can::ReadRecount>) -> Result<Recount> {
    let db = app.database.reader();
    let almanac = app.almanac(db).await?;
    let versions = (almanac.calendar_version, almanac.rule_set_version);
    Ok(Recount {
        calendar_version: versions.0,
        rule_set_version: versions.1,
        waiting: store::count_outdated(db, versions).await?,
    })
}
