//! Recording and listing wishes.

use uuid::Uuid;

use super::input::RecordMediatorWish;
use super::views::MediatorWish;
use super::{rules, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::assignment::rules::check_fit;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::mediator_wish;
use crate::error::{Error, Result};
use crate::identity;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListMediatorWishes>,
    case_id: Uuid,
) -> Result<(i64, Vec<MediatorWish>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let wishes = store::of_case(app.database.reader(), case_id).await?;
    Ok((file.case.version, wishes.into_iter().map(MediatorWish::from).collect()))
}

/// Keeps what a party said of a mediator.
pub(super) async fn record(
    app: &App,
    call: &Allowed<can::RecordMediatorWish>,
    case_id: Uuid,
    input: RecordMediatorWish,
) -> Result<Reply<MediatorWish>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let RecordMediatorWish { party_id, mediator_id, stance, declared_at, manner } = input;
    cases::named_party(&file, "/party_id", party_id)?;
    cases::not_in_future("/declared_at", declared_at, work.now())?;
    let person = identity::find_user(work.db(), mediator_id)
        .await?
        .ok_or_else(|| Error::unknown_reference("/mediator_id", mediator_id))?;
    check_fit(&person)?;
    rules::check_stance(&file, mediator_id, stance)?;
    let wish = mediator_wish::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id,
        mediator_id,
        stance,
        declared_at,
        manner,
        recorded_by: permit.actor_id(),
    };
    store::insert_wish(work.db(), wish.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("mediator_wish.recorded", &file.case, &case);
    let location = format!("{}/mediator-wishes", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, wish.into())).await
}
