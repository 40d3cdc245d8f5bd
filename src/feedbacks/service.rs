//! Recording feedback to the hotline and listing it.

use uuid::Uuid;

use super::api::RecordFeedback;
use super::store;
use super::views::Feedback;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::feedback;
use crate::error::Result;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListFeedbacks>,
    case_id: Uuid,
) -> Result<(i64, Vec<Feedback>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let mut feedbacks = file.feedbacks;
    feedbacks.sort_by_key(|it| (it.given_at, it.id));
    Ok((file.case.version, feedbacks.into_iter().map(Feedback::from).collect()))
}

pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordFeedback>,
    case_id: Uuid,
    input: RecordFeedback,
) -> Result<Reply<Feedback>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let RecordFeedback { kind, content, given_at } = input;
    cases::not_in_future("/given_at", given_at, work.now())?;
    let feedback = feedback::Model {
        id: Uuid::now_v7(),
        case_id,
        kind,
        content,
        given_at,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_feedback(work.db(), feedback.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("hotline.answered", &file.case, &case);
    let location = format!("{}/feedbacks", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, feedback.into())).await
}
