//! Recording visits, and the list of who is to be visited next.

use serde_json::json;
use uuid::Uuid;

use super::input::RecordVisit;
use super::rules::{self, Suggestion};
use super::store;
use super::views::{Visit, VisitSuggestion};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::clock::shanghai_day;
use crate::database::{Cursor, Limit, Page, Record, Reply};
use crate::district::enterprises;
use crate::district::rules::{Check, subject};
use crate::entity::visit;
use crate::error::{Error, Result};
use crate::identity;

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListVisits>,
    enterprise_id: Option<Uuid>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<visit::Model>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), enterprise_id, before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(app: &App, _call: &Allowed<can::ReadVisit>, id: Uuid) -> Result<Visit> {
    let visit = store::find(app.database.reader(), id).await?.ok_or(Error::NotFound)?;
    Ok(visit.into())
}

/// Keeps a visit that was paid. It stays as it is: what was found later is another visit.
pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordVisit>,
    input: RecordVisit,
) -> Result<Reply<Visit>> {
    let work = app.begin(call).await?;
    let RecordVisit { enterprise_id, visited_on, follow_up_on, .. } = input;
    let mut check = Check::default();
    let findings = check.filled("/findings", &input.findings);
    check.add(rules::day_faults(visited_on, follow_up_on, shanghai_day(work.now())));
    check.end()?;
    let enterprise = enterprises::find(work.db(), enterprise_id).await?;
    enterprise.ok_or_else(|| Error::unknown_reference("/enterprise_id", enterprise_id))?;
    let visited_by = input.visited_by.unwrap_or(call.actor().id);
    let visitor = identity::find_user(work.db(), visited_by).await?;
    visitor.ok_or_else(|| Error::unknown_reference("/visited_by", visited_by))?;
    let visit = visit::Model {
        id: Uuid::now_v7(),
        enterprise_id,
        visited_on,
        visited_by,
        purpose: input.purpose,
        findings,
        follow_up_on,
        recorded_by: call.actor().id,
        recorded_at: work.now(),
    };
    store::insert_visit(work.db(), visit.clone()).await?;
    let data = json!({
        "enterprise_id": enterprise_id,
        "visited_on": visited_on,
        "purpose": visit.purpose,
        "follow_up_on": follow_up_on,
    });
    let subject = subject("visit", visit.id);
    let record = Record::event("visit.recorded", subject, data).change(None::<&()>, Some(&visit));
    let location = format!("/api/v1/network/visits/{}", visit.id);
    let reply = Reply { status: 201, location: Some(location), version: None, body: visit.into() };
    work.commit(call.permit_here(subject), record, reply).await
}

/// Whoever is still in the district, in the order in which they are to be visited.
pub(super) async fn suggest(
    app: &App,
    _call: &Allowed<can::SuggestVisits>,
    building_id: Option<Uuid>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<VisitSuggestion>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let today = shanghai_day(app.clock.now());
    let db = app.database.reader();
    let last = store::last_visits(db).await?;
    let suggestion = |it: enterprises::Visitable| {
        let (last_visited_on, follow_up_on) =
            last.get(&it.id).map_or((None, None), |(day, follow_up)| (Some(*day), *follow_up));
        Suggestion {
            enterprise_id: it.id,
            name: it.name,
            building_id: it.building_id,
            is_key: it.is_key,
            last_visited_on,
            follow_up_on,
        }
    };
    let all = enterprises::visitable(db, building_id).await?;
    let all = all.into_iter().map(suggestion).collect();
    let count = usize::try_from(limit.fetch()).map_err(Error::internal)?;
    let found = rules::ranked(all, today, after, count);
    Ok(Page::cut(found, limit, |it| it.rank(today)).map(|it| VisitSuggestion::of(it, today)))
}
