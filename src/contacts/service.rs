//! Recording contacts and listing them.

use uuid::Uuid;

use super::api::RecordContact;
use super::store;
use super::views::Contact;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::contact;
use crate::error::Result;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListContacts>,
    case_id: Uuid,
) -> Result<(i64, Vec<Contact>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let mut contacts = file.contacts;
    contacts.sort_by_key(|it| (it.tried_at, it.id));
    Ok((file.case.version, contacts.into_iter().map(Contact::from).collect()))
}

pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordContact>,
    case_id: Uuid,
    input: RecordContact,
) -> Result<Reply<Contact>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let RecordContact { party_id, tried_at, manner, reached, note } = input;
    cases::named_party(&file, "/party_id", party_id)?;
    cases::not_in_future("/tried_at", tried_at, work.now())?;
    let contact = contact::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id,
        tried_at,
        manner,
        reached,
        note,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_contact(work.db(), contact.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("party.contacted", &file.case, &case);
    let location = format!("{}/contacts", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, contact.into())).await
}
