//! Personal data in clear: an action with a purpose, on the audit record, never a plain read
//! (domain §8.6-8.7). A minor's data also needs a director's approval (未成年人网络保护条例 36).

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::views::{Approval, PlainAgent, PlainParty};
use super::{sealed, service, store};
use crate::access::{Allowed, Call, Role, Subject, can};
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::database::{Record, Reply};
use crate::entity::{party, unmasking_approval};
use crate::error::{Error, Result};
use crate::identity;
use crate::language::Text;
use crate::law::Law;

fn subject(case_id: Uuid, party_id: Uuid) -> Subject {
    Subject { kind: "party", id: party_id, case_id: Some(case_id) }
}

/// Shows a party's values in clear, and writes down who looked and why.
pub(crate) async fn unmask(
    app: &App,
    call: &Allowed<can::UnmaskParty>,
    case_id: Uuid,
    party_id: Uuid,
    purpose: &str,
) -> Result<Reply<PlainParty>> {
    let work = app.begin(call).await?;
    let (file, party, permit) = service::opened_party(&work, call, case_id, party_id).await?;
    check_approved(work.db(), call, &file, &party).await?;
    let vault = &app.vault;
    let mut agents = Vec::new();
    for agent in file.agents.iter().filter(|it| it.party_id == party_id) {
        let values = sealed::open(work.db(), vault, agent.id).await?;
        agents.push(PlainAgent {
            id: agent.id,
            name: agent.name.clone(),
            id_number: values.id_number,
            phone: values.phone,
        });
    }
    let values = sealed::open(work.db(), vault, party_id).await?;
    let plain = PlainParty {
        id: party.id,
        name: party.name,
        born_on: party.born_on,
        legal_representative: party.legal_representative,
        id_number: values.id_number,
        phone: values.phone,
        address: values.address,
        bank_account: values.bank_account,
        agents,
    };
    let subject = subject(case_id, party_id);
    let record = Record::event("party.unmasked", subject, json!({})).purpose(purpose);
    let reply = Reply { status: 200, location: None, version: None, body: plain };
    work.commit(permit.about(subject), record, reply).await
}

/// A minor's data may be read by a director, or with a director's approval.
async fn check_approved(
    db: &impl ConnectionTrait,
    call: &Call,
    file: &CaseFile,
    party: &party::Model,
) -> Result<()> {
    let actor = call.actor();
    let approved = !file.is_minor(party)
        || actor.role == Role::Director
        || store::is_approved(db, party.id, actor.id, file.now).await?;
    if approved {
        return Ok(());
    }
    Err(Error::refused(
        "minor_needs_approval",
        Text::new(
            "查看未成年人个人信息须经站长批准；请先申请批准。",
            "A minor's data may be read only with a director's approval; ask for it first.",
        ),
        &[Law::MinorsNetwork36],
    ))
}

/// Values of a party or an agent in clear, as a paper needs them.
#[derive(Debug)]
pub(crate) struct Opened {
    pub owner_id: Uuid,
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

/// The values of everybody in a case for a paper that is printed in full. Whoever prints it
/// leaves [`unmasked`] with the purpose in the same transaction.
pub(crate) async fn open_all(
    app: &App,
    db: &impl ConnectionTrait,
    call: &Call,
    file: &CaseFile,
) -> Result<Vec<Opened>> {
    for party in &file.parties {
        check_approved(db, call, file, party).await?;
    }
    let owners = file.parties.iter().map(|it| it.id).chain(file.agents.iter().map(|it| it.id));
    let mut opened = Vec::new();
    for owner_id in owners {
        let values = sealed::open(db, &app.vault, owner_id).await?;
        opened.push(Opened {
            owner_id,
            id_number: values.id_number,
            phone: values.phone,
            address: values.address,
        });
    }
    Ok(opened)
}

/// That the values of everybody in a case were looked at, for the record of the use case.
pub(crate) fn unmasked(record: Record, file: &CaseFile, purpose: &str) -> Record {
    let told = |record: Record, party: &party::Model| {
        record.and("party.unmasked", subject(file.case.id, party.id), json!({}))
    };
    file.parties.iter().fold(record, told).purpose(purpose)
}

/// A director lets one person read one minor's data for some hours.
pub(crate) async fn approve(
    app: &App,
    call: &Allowed<can::ApproveUnmasking>,
    case_id: Uuid,
    party_id: Uuid,
    user_id: Uuid,
    purpose: String,
    hours: i64,
) -> Result<Reply<Approval>> {
    let work = app.begin(call).await?;
    let (_, _, permit) = service::opened_party(&work, call, case_id, party_id).await?;
    if identity::find_user(work.db(), user_id).await?.is_none() {
        return Err(Error::unknown_reference("/user_id", user_id));
    }
    let approval = unmasking_approval::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id,
        user_id,
        purpose: purpose.clone(),
        approved_by: permit.actor_id(),
        approved_at: work.now(),
        expires_at: work.now() + TimeDelta::hours(hours),
    };
    store::insert_approval(work.db(), approval.clone()).await?;
    let subject = subject(case_id, party_id);
    let data = json!({ "user_id": user_id, "expires_at": approval.expires_at });
    let record = Record::event("unmasking.approved", subject, data).purpose(&purpose);
    let location = format!("/api/v1/cases/{case_id}/parties");
    let reply =
        Reply { status: 201, location: Some(location), version: None, body: approval.into() };
    work.commit(permit.about(subject), record, reply).await
}
