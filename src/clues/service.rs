//! Reporting a clue from a case, and what the authority does with it in the register.

use serde_json::json;
use uuid::Uuid;

use super::input::{DecideClue, ExtendClue, ReportClue};
use super::views::{Clue, ReportedClue};
use super::{rules, store};
use crate::access::{Allowed, Call, Ownership, Permit, Reach, Subject, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::clock::shanghai_day;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::deadlines;
use crate::entity::clue;
use crate::error::{Error, Result};
use crate::offices;
use crate::words::ClueStatus;

/// What the case's own people reported.
pub(super) async fn list_of_case(
    app: &App,
    call: &Allowed<can::ListCaseClues>,
    case_id: Uuid,
) -> Result<(i64, Vec<ReportedClue>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.clues.into_iter().map(ReportedClue::from).collect()))
}

/// Hands a clue through the door. The case keeps that it was reported; the register gets what
/// was written for it.
pub(super) async fn report(
    app: &App,
    call: &Allowed<can::ReportClue>,
    case_id: Uuid,
    input: ReportClue,
) -> Result<Reply<ReportedClue>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let ReportClue { office_id, respondent_id, description, discovered_on } = input;
    let office = offices::find(work.db(), office_id)
        .await?
        .ok_or_else(|| Error::unknown_reference("/office_id", office_id))?;
    let respondent = match respondent_id {
        Some(id) => Some(cases::named_party(&file, "/respondent_id", id)?),
        None => None,
    };
    let faults: Vec<_> = [
        rules::check_office(&office),
        respondent.and_then(rules::check_respondent),
        rules::check_description(&file, &description),
        rules::check_day(discovered_on, file.today()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let clue = clue::Model {
        id: Uuid::now_v7(),
        case_id,
        office_id,
        respondent_name: respondent.map(|it| it.name.clone()),
        respondent_credit_code: respondent.and_then(|it| it.credit_code.clone()),
        description,
        discovered_on,
        status: ClueStatus::Reported,
        reported_by: permit.actor_id(),
        reported_at: work.now(),
        received_by: None,
        received_on: None,
        extended_by: None,
        extended_on: None,
        extension_reason: None,
        decided_by: None,
        decided_on: None,
        decision: None,
        explanation: None,
        version: 1,
    };
    store::insert_clue(work.db(), clue.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    // One event for the people of the case, and one for the register, which names no case.
    let data = json!({ "office_id": office_id, "status": clue.status });
    let clocks = deadlines::keep_of_clue(&work, &clue, "report_clue").await?;
    let record = cases::record("clue.reported", &file.case, &case)
        .and("clue.arrived", Subject::clue(clue.id), data)
        .with(clocks);
    let location = format!("{}/clues", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, clue.into())).await
}

/// The register as far as the caller reaches: of the own office, or of all.
pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListClues>,
    status: Option<ClueStatus>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<clue::Model>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let actor = call.actor();
    let everything = call.action().reach(actor.role) == Reach::Any;
    let office_id = (!everything).then_some(actor.office_id);
    let rows = store::list(app.database.reader(), office_id, status, before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(app: &App, call: &Allowed<can::ReadClue>, id: Uuid) -> Result<Clue> {
    let found = store::find(app.database.reader(), id).await?;
    let clue = found.filter(|it| is_reached(call, it)).ok_or(Error::NotFound)?;
    Ok(clue.into())
}

/// Whether the clue is addressed to the caller's office; whose case it came from is no matter.
fn is_reached(call: &Call, clue: &clue::Model) -> bool {
    call.reaches(call.action(), Ownership { office_id: clue.office_id, members: &[] })
}

/// The authority has it in hand.
pub(super) async fn receive(
    app: &App,
    call: &Allowed<can::ReceiveClue>,
    id: Uuid,
) -> Result<Reply<Clue>> {
    let work = app.begin(call).await?;
    let (before, permit) = open(&work, call, id).await?;
    rules::check_receipt(&before)?;
    let mut clue = before.clone();
    clue.status = ClueStatus::Received;
    clue.received_by = Some(permit.actor_id());
    clue.received_on = Some(shanghai_day(work.now()));
    keep(work, permit, "clue.received", &before, clue).await
}

/// The head approves that verifying takes longer.
pub(super) async fn extend(
    app: &App,
    call: &Allowed<can::ExtendClue>,
    id: Uuid,
    input: ExtendClue,
) -> Result<Reply<Clue>> {
    let work = app.begin(call).await?;
    let (before, permit) = open(&work, call, id).await?;
    rules::check_extension(&before)?;
    let mut clue = before.clone();
    clue.extended_by = Some(permit.actor_id());
    clue.extended_on = Some(shanghai_day(work.now()));
    clue.extension_reason = Some(input.reason);
    keep(work, permit, "clue.extended", &before, clue).await
}

/// What the verification came to.
pub(super) async fn decide(
    app: &App,
    call: &Allowed<can::DecideClue>,
    id: Uuid,
    input: DecideClue,
) -> Result<Reply<Clue>> {
    let work = app.begin(call).await?;
    let (before, permit) = open(&work, call, id).await?;
    rules::check_decision(&before)?;
    let mut clue = before.clone();
    clue.status = ClueStatus::Decided;
    clue.decided_by = Some(permit.actor_id());
    clue.decided_on = Some(shanghai_day(work.now()));
    clue.decision = Some(input.decision);
    clue.explanation = Some(input.explanation);
    keep(work, permit, "clue.decided", &before, clue).await
}

/// The clue in reach (else 404), unchanged since the caller read it (else 412).
async fn open(work: &Work, call: &Call, id: Uuid) -> Result<(clue::Model, Permit)> {
    let found = store::find(work.db(), id).await?;
    let clue = found.filter(|it| is_reached(call, it)).ok_or(Error::NotFound)?;
    if call.facts().if_match.map(|it| it.version) != Some(clue.version) {
        return Err(Error::Stale);
    }
    Ok((clue, call.permit_here(Subject::clue(id))))
}

async fn keep(
    work: Work,
    permit: Permit,
    kind: &'static str,
    before: &clue::Model,
    mut clue: clue::Model,
) -> Result<Reply<Clue>> {
    clue.version = before.version + 1;
    store::save(work.db(), clue.clone(), before.version).await?;
    let data = json!({ "status": clue.status, "decision": clue.decision });
    let record =
        Record::event(kind, Subject::clue(clue.id), data).change(Some(before), Some(&clue));
    let clocks = deadlines::keep_of_clue(&work, &clue, &permit.action().to_string()).await?;
    let record = record.with(clocks);
    work.commit(permit, record, Reply::changed(clue.version, clue.into())).await
}
