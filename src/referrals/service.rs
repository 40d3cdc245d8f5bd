//! Reading a referral, and recording what the desk answered.

use uuid::Uuid;

use super::api::AnswerReferral;
use super::store;
use super::views::Referral;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::referral_answer;
use crate::error::Result;

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadReferral>,
    case_id: Uuid,
) -> Result<(i64, Referral)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, Referral::of(&file)))
}

pub(super) async fn answer(
    app: &App,
    call: &Allowed<can::AnswerReferral>,
    case_id: Uuid,
    input: AnswerReferral,
) -> Result<Reply<Referral>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::not_in_future("/answered_at", input.answered_at, work.now())?;
    let answer = referral_answer::Model {
        id: Uuid::now_v7(),
        case_id,
        answer: input.answer,
        answered_at: input.answered_at,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_answer(work.db(), answer.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    file.referral_answers.push(answer);
    let view = Referral::of(&file);
    let record = cases::record("referral.answered", &file.case, &case);
    let location = format!("{}/referral", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, view)).await
}
