//! Declaring, ending and listing interests, and holding a panel against them.

use serde_json::json;
use uuid::Uuid;

use super::check::{self, Fact};
use super::input::{DeclareInterest, EndInterest};
use super::store;
use super::views::{Interest, InterestCheck, InterestFact, MemberCheck};
use crate::access::{Allowed, Call, Reach, Subject, can, sits_on_panels};
use crate::app::App;
use crate::cases;
use crate::cases::file::CaseFile;
use crate::database::{Record, Reply};
use crate::entity::{assignment, interest};
use crate::error::{Error, Fault, Result};
use crate::identity;
use crate::language::{Language, Text};
use crate::personal_data::CreditCode;

/// Whether the caller may deal with the declarations of this person: one's own, or a director's
/// reach. Anybody else's do not exist for the caller.
fn is_reached(call: &Call, mediator_id: Uuid) -> bool {
    let actor = call.actor();
    call.action().reach(actor.role) == Reach::Any || actor.id == mediator_id
}

async fn expect_mediator(
    db: &impl sea_orm::ConnectionTrait,
    call: &Call,
    mediator_id: Uuid,
) -> Result<()> {
    if !is_reached(call, mediator_id) {
        return Err(Error::NotFound);
    }
    let person = identity::find_user(db, mediator_id).await?.ok_or(Error::NotFound)?;
    if sits_on_panels(person.role) { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListInterests>,
    mediator_id: Uuid,
) -> Result<Vec<Interest>> {
    let db = app.database.reader();
    expect_mediator(db, call, mediator_id).await?;
    let rows = store::of_mediators(db, &[mediator_id]).await?;
    Ok(rows.into_iter().map(Interest::from).collect())
}

/// Keeps a declaration. From now on assignments and hearings are held against it.
pub(super) async fn declare(
    app: &App,
    call: &Allowed<can::DeclareInterest>,
    mediator_id: Uuid,
    input: DeclareInterest,
) -> Result<Reply<Interest>> {
    let work = app.begin(call).await?;
    expect_mediator(work.db(), call, mediator_id).await?;
    let mut faults = Vec::new();
    if input.counterpart_name.trim().is_empty() {
        let detail = Text::new("姓名或名称不能为空白。", "The name must not be blank.");
        faults.push(Fault::new("/counterpart_name", "blank", detail));
    }
    let credit_code = match input.credit_code.as_deref().map(CreditCode::parse) {
        Some(Err(fault)) => {
            faults.push(fault.at("/credit_code"));
            None
        }
        Some(Ok(code)) => Some(code.as_str().to_owned()),
        None => None,
    };
    faults.extend(check::check_days(input.since, input.until));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let interest = interest::Model {
        id: Uuid::now_v7(),
        mediator_id,
        kind: input.kind,
        counterpart_name: input.counterpart_name.trim().to_owned(),
        credit_code,
        since: input.since,
        until: input.until,
        note: input.note,
        declared_by: call.actor().id,
        declared_at: work.now(),
    };
    store::insert_interest(work.db(), interest.clone()).await?;
    let subject = Subject::interest(interest.id);
    let data = json!({ "mediator_id": mediator_id, "kind": interest.kind });
    let record =
        Record::event("interest.declared", subject, data).change(None::<&()>, Some(&interest));
    let location = format!("/api/v1/mediators/{mediator_id}/interests");
    let reply =
        Reply { status: 201, location: Some(location), version: None, body: interest.into() };
    work.commit(call.permit_here(subject), record, reply).await
}

/// Says until when an interest lasted or will last. It stays on record.
pub(super) async fn end(
    app: &App,
    call: &Allowed<can::EndInterest>,
    interest_id: Uuid,
    input: EndInterest,
) -> Result<Reply<Interest>> {
    let work = app.begin(call).await?;
    let before = store::find(work.db(), interest_id).await?.ok_or(Error::NotFound)?;
    if !is_reached(call, before.mediator_id) {
        return Err(Error::NotFound);
    }
    let today = crate::clock::shanghai_day(work.now());
    check::check_end(&before, input.until, today)?;
    store::set_until(work.db(), interest_id, input.until).await?;
    let after = interest::Model { until: Some(input.until), ..before.clone() };
    let subject = Subject::interest(interest_id);
    let data = json!({ "mediator_id": after.mediator_id, "until": input.until });
    let record = Record::event("interest.ended", subject, data).change(Some(&before), Some(&after));
    let reply = Reply { status: 200, location: None, version: None, body: after.into() };
    work.commit(call.permit_here(subject), record, reply).await
}

/// Holds every member of the standing panel against parties and agents, as recorded now.
pub(super) async fn check(
    app: &App,
    call: &Allowed<can::CheckInterests>,
    case_id: Uuid,
) -> Result<(i64, InterestCheck)> {
    let file = cases::sighted(app, call, case_id).await?;
    let language = call.facts().language;
    let mut members = Vec::new();
    for seat in file.panel() {
        let person = identity::find_user(app.database.reader(), seat.mediator_id).await?;
        let mut facts = check::of_mediator(&file, seat.mediator_id, &file.interests);
        if let Some(person) = person {
            facts.extend(check::same_names(&file, seat.mediator_id, &person.display_name));
        }
        members.push(member(&file, seat, &facts, language));
    }
    Ok((file.case.version, InterestCheck { checked_on: file.today(), members }))
}

fn member(
    file: &CaseFile,
    seat: &assignment::Model,
    facts: &[Fact],
    language: Language,
) -> MemberCheck {
    let declared = file
        .interests
        .iter()
        .filter(|it| it.mediator_id == seat.mediator_id && check::is_valid_on(it, file.today()));
    let declarations = u32::try_from(declared.count()).unwrap_or(u32::MAX);
    let view = |fact: &Fact| InterestFact {
        ground: fact.ground,
        kind: fact.interest.map(|(_, kind)| kind),
        interest_id: fact.interest.map(|(id, _)| id),
        party_id: fact.party_id,
        agent_id: fact.agent_id,
        bars: fact.bars(),
        detail: check::told(file, fact).in_language(language).to_owned(),
    };
    MemberCheck {
        mediator_id: seat.mediator_id,
        assignment_id: seat.id,
        seat: seat.seat,
        declarations,
        facts: facts.iter().map(view).collect(),
        statement: check::statement(declarations, facts.len()).in_language(language).to_owned(),
    }
}
