//! Adding, changing and removing parties, agents and claims.

use serde_json::json;
use uuid::Uuid;

use super::input::{AddAgent, AddClaim, AddParty};
use super::rules;
use super::sealed::{self, Field};
use super::store;
use super::views::{Agent, Claim, PartyWithAgents};
use crate::access::{Allowed, Call, Subject, can};
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::cases::{self, Case, Party, Step};
use crate::clock::shanghai_day;
use crate::database::{Record, Reply, Work};
use crate::duplicates;
use crate::entity::{agent, claim, party};
use crate::error::{Error, Result};
use crate::interests;
use crate::language::Text;
use crate::personal_data::mask;
use crate::words::AgentKind;

pub(crate) use super::rules::check_claim;

/// Checks a party and writes it with its sealed values; shared with the intake. `place` is
/// where the party stands in the body.
pub(crate) async fn insert_party(
    work: &Work,
    case_id: Uuid,
    ordinal: i32,
    input: &AddParty,
    place: &str,
) -> Result<party::Model> {
    let party = write_values(work, case_id, Uuid::now_v7(), ordinal, input, place).await?;
    store::insert_party(work.db(), party.clone()).await?;
    Ok(party)
}

/// The row of a party; its personal values go sealed to their own table.
async fn write_values(
    work: &Work,
    case_id: Uuid,
    id: Uuid,
    ordinal: i32,
    input: &AddParty,
    place: &str,
) -> Result<party::Model> {
    let checked =
        rules::check_party(input, shanghai_day(work.now()), place).map_err(Error::Invalid)?;
    for (field, value) in [
        (Field::IdNumber, &checked.id_number),
        (Field::Phone, &checked.phone),
        (Field::Address, &checked.address),
        (Field::BankAccount, &checked.bank_account),
    ] {
        let vault = &work.app().vault;
        sealed::put(work.db(), vault, case_id, id, field, value.as_deref()).await?;
    }
    Ok(party::Model {
        id,
        case_id,
        ordinal,
        role: input.role,
        kind: input.kind,
        name: input.name.trim().to_owned(),
        gender: checked.gender,
        born_on: checked.born_on,
        identity_document: input.identity_document,
        identity_verified: input.identity_verified,
        credit_code: checked.credit_code,
        legal_representative: input.legal_representative.clone(),
        id_number_masked: checked.id_number.as_deref().map(mask::identity_number),
        phone_masked: checked.phone.as_deref().map(mask::phone),
        address_masked: checked.address.as_deref().map(mask::address),
        bank_account_masked: checked.bank_account.as_deref().map(mask::bank_account),
        created_at: work.now(),
    })
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListParties>,
    case_id: Uuid,
) -> Result<(i64, Vec<PartyWithAgents>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let version = file.case.version;
    let agents_of = |id| file.agents.iter().filter(move |it| it.party_id == id).cloned();
    let parties = file
        .parties
        .iter()
        .map(|it| PartyWithAgents::new(it.clone(), agents_of(it.id).collect()))
        .collect();
    Ok((version, parties))
}

fn next_ordinal(ordinals: impl Iterator<Item = i32>) -> i32 {
    ordinals.max().unwrap_or(0) + 1
}

pub(super) async fn add(
    app: &App,
    call: &Allowed<can::AddParty>,
    case_id: Uuid,
    input: AddParty,
) -> Result<Reply<Party>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    if file.parties.len() >= 50 {
        return Err(too_many("/role", "当事人", "parties"));
    }
    let ordinal = next_ordinal(file.parties.iter().map(|it| it.ordinal));
    let party = insert_party(&work, case_id, ordinal, &input, "").await?;
    let mut after = file.clone();
    after.parties.push(party.clone());
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let found = duplicates::enter_again(&work, &case, &after.parties).await?;
    let record = cases::record("party.added", &file.case, &case).with(found);
    let record = with_interests(record, &file, &after);
    let location = format!("{}/parties", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, party.into())).await
}

/// One event more for each declared interest of the panel that the change has touched: ids and
/// the ground. The gates shut by themselves.
fn with_interests(record: Record, before: &CaseFile, after: &CaseFile) -> Record {
    interests::newly_found(before, after).iter().fold(record, |record, fact| {
        let data = json!({
            "mediator_id": fact.mediator_id,
            "interest_id": fact.interest.map(|(id, _)| id),
            "party_id": fact.party_id,
            "agent_id": fact.agent_id,
            "ground": fact.ground,
        });
        record.and("interest.found", Subject::case(before.case.id), data)
    })
}

fn too_many(pointer: &str, zh: &str, en: &str) -> Error {
    let detail = Text::new(
        format!("本案{zh}已达 50 个上限。"),
        format!("The case has 50 {en} already, the most there may be."),
    );
    Error::invalid(pointer, "too_many", detail)
}

/// Replaces what is recorded of a party.
pub(crate) async fn update(
    app: &App,
    call: &Allowed<can::UpdateParty>,
    case_id: Uuid,
    party_id: Uuid,
    input: AddParty,
) -> Result<Reply<Party>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(party_id)).await?;
    let before = file.party(party_id).ok_or(Error::NotFound)?;
    if before.role != input.role || before.kind != input.kind {
        return Err(Error::invalid(
            "/role",
            "fixed",
            Text::new(
                "当事人的地位和类型不能更改；请删除后重新登记。",
                "Side and kind of a party are fixed; remove it and add it again.",
            ),
        ));
    }
    let mut party = write_values(&work, case_id, party_id, before.ordinal, &input, "").await?;
    party.created_at = before.created_at;
    store::update_party(work.db(), party.clone()).await?;
    let mut after = file.clone();
    after.parties.retain(|it| it.id != party_id);
    after.parties.push(party.clone());
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let found = duplicates::enter_again(&work, &case, &after.parties).await?;
    let record = cases::record("party.updated", &file.case, &case).with(found);
    let record = with_interests(record, &file, &after);
    work.commit(permit, record, Reply::changed(case.version, party.into())).await
}

pub(super) async fn remove(
    app: &App,
    call: &Allowed<can::RemoveParty>,
    case_id: Uuid,
    party_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, Some(party_id)).await?;
    file.party(party_id).ok_or(Error::NotFound)?;
    for agent in file.agents.iter().filter(|it| it.party_id == party_id) {
        sealed::remove(work.db(), agent.id).await?;
    }
    sealed::remove(work.db(), party_id).await?;
    store::delete_party(work.db(), party_id).await?;
    file.parties.retain(|it| it.id != party_id);
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let found = duplicates::enter_again(&work, &case, &file.parties).await?;
    let record = cases::record("party.removed", &file.case, &case).with(found);
    work.commit(permit, record, Reply::changed(case.version, Case::new(case, file.parties))).await
}

pub(crate) async fn add_agent(
    app: &App,
    call: &Allowed<can::AddAgent>,
    case_id: Uuid,
    party_id: Uuid,
    input: AddAgent,
) -> Result<Reply<Agent>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(party_id)).await?;
    let party = file.party(party_id).ok_or(Error::NotFound)?;
    let checked = rules::check_agent(&input, file.today())?;
    let representative = rules::representative(&file, party, &input)?;
    if input.kind == AgentKind::Guardian && !file.is_minor(party) {
        return Err(Error::invalid(
            "/kind",
            "not_a_minor",
            Text::new(
                "该当事人不是未成年人；请先登记出生日期，或登记为委托代理人。",
                "This party is not known to be a minor; record the date of birth, or add an agent by mandate.",
            ),
        ));
    }
    if file.agents.len() >= 50 {
        return Err(too_many("/kind", "代理人", "agents"));
    }
    let id = Uuid::now_v7();
    for (field, value) in [(Field::IdNumber, &checked.id_number), (Field::Phone, &checked.phone)] {
        let vault = &work.app().vault;
        sealed::put(work.db(), vault, case_id, id, field, value.as_deref()).await?;
    }
    let agent = agent::Model {
        id,
        case_id,
        party_id,
        kind: input.kind,
        power: input.power,
        name: representative.map_or(input.name.trim(), |it| &it.name).to_owned(),
        organization: input.organization,
        representative_id: representative.map(|it| it.id),
        mandate_scope: input.mandate_scope,
        mandate_from: input.mandate_from,
        mandate_until: input.mandate_until,
        mandate_seen: input.mandate_seen,
        id_number_masked: checked.id_number.as_deref().map(mask::identity_number),
        phone_masked: checked.phone.as_deref().map(mask::phone),
        created_at: work.now(),
    };
    store::insert_agent(work.db(), agent.clone()).await?;
    let mut after = file.clone();
    after.agents.push(agent.clone());
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("agent.added", &file.case, &case);
    let record = with_interests(record, &file, &after);
    let location = format!("{}/parties", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, agent.into())).await
}

pub(super) async fn remove_agent(
    app: &App,
    call: &Allowed<can::RemoveAgent>,
    case_id: Uuid,
    agent_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(agent_id)).await?;
    file.agents.iter().find(|it| it.id == agent_id).ok_or(Error::NotFound)?;
    sealed::remove(work.db(), agent_id).await?;
    store::delete_agent(work.db(), agent_id).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("agent.removed", &file.case, &case);
    let parties = file.parties;
    work.commit(permit, record, Reply::changed(case.version, Case::new(case, parties))).await
}

pub(super) async fn list_claims(
    app: &App,
    call: &Allowed<can::ListClaims>,
    case_id: Uuid,
) -> Result<(i64, Vec<Claim>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let mut claims = file.claims;
    claims.sort_by_key(|it| it.ordinal);
    Ok((file.case.version, claims.into_iter().map(Claim::from).collect()))
}

/// Writes a claim; shared with the intake, which has checked it.
pub(crate) async fn insert_claim(
    work: &Work,
    case_id: Uuid,
    ordinal: i32,
    input: AddClaim,
) -> Result<claim::Model> {
    let AddClaim { kind, amount_fen, description } = input;
    let claim =
        claim::Model { id: Uuid::now_v7(), case_id, ordinal, kind, amount_fen, description };
    store::insert_claim(work.db(), claim.clone()).await?;
    Ok(claim)
}

pub(crate) async fn add_claim(
    app: &App,
    call: &Allowed<can::AddClaim>,
    case_id: Uuid,
    input: AddClaim,
) -> Result<Reply<Claim>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    check_claim(&input, "").map_err(Error::Invalid)?;
    if file.claims.len() >= 50 {
        return Err(too_many("/kind", "诉求", "claims"));
    }
    let ordinal = next_ordinal(file.claims.iter().map(|it| it.ordinal));
    let claim = insert_claim(&work, case_id, ordinal, input).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("claim.added", &file.case, &case);
    let location = format!("{}/claims", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, claim.into())).await
}

pub(super) async fn remove_claim(
    app: &App,
    call: &Allowed<can::RemoveClaim>,
    case_id: Uuid,
    claim_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(claim_id)).await?;
    file.claims.iter().find(|it| it.id == claim_id).ok_or(Error::NotFound)?;
    store::delete_claim(work.db(), claim_id).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("claim.removed", &file.case, &case);
    let parties = file.parties;
    work.commit(permit, record, Reply::changed(case.version, Case::new(case, parties))).await
}

/// The party named in the path, in sight and in reach of the caller.
pub(super) async fn opened_party(
    work: &Work,
    call: &Call,
    case_id: Uuid,
    party_id: Uuid,
) -> Result<(CaseFile, party::Model, crate::access::Permit)> {
    let Step { file, permit } = cases::open(work, call, case_id).await?;
    let party = file.party(party_id).cloned().ok_or(Error::NotFound)?;
    Ok((file, party, permit))
}
