//! Recording that the parties asked a court, and reading it.

use uuid::Uuid;

use super::input::{ApplyForConfirmation, RecordCourtAnswer};
use super::routes::{self, Route};
use super::views::JudicialConfirmation;
use super::{rules, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::clock::shanghai_day;
use crate::database::Reply;
use crate::entity::{court_answer, judicial_confirmation};
use crate::error::{Error, Result};
use crate::language::Text;

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadConfirmation>,
    case_id: Uuid,
) -> Result<(i64, JudicialConfirmation)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, JudicialConfirmation::of(&file)))
}

/// Keeps the application. The day of it decides whether it was in time, not the day on which
/// it is recorded.
pub(super) async fn apply(
    app: &App,
    call: &Allowed<can::ApplyForConfirmation>,
    case_id: Uuid,
    input: ApplyForConfirmation,
) -> Result<Reply<JudicialConfirmation>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let found = rules::in_force(&file).and_then(|it| Some((it.id, it.effective_on?)));
    let without_day = || Error::internal("an agreement in force without its day");
    let (agreement_id, effective_on) = found.ok_or_else(without_day)?;
    let last = rules::last_day(&file).ok_or_else(without_day)?;
    if input.applied_on > shanghai_day(work.now()) {
        let detail = Text::new("申请日期晚于今天。", "The day of the application is to come.");
        return Err(Error::invalid("/applied_on", "in_future", detail));
    }
    let applicants = input.party_ids.unwrap_or_else(|| rules::wishing(&file));
    rules::check_joint(&file, &applicants)?;
    rules::check_day(effective_on, last, input.applied_on)?;
    let confirmation = judicial_confirmation::Model {
        id: Uuid::now_v7(),
        case_id,
        agreement_id,
        court: input.court,
        applied_on: input.applied_on,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_confirmation(work.db(), confirmation.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("confirmation.asked", &file.case, &case);
    let location = format!("{}/judicial-confirmation", cases::location(case_id));
    let view = JudicialConfirmation::new(&file, Some(confirmation));
    work.commit(permit, record, Reply::created(location, case.version, view)).await
}

/// Keeps what the court has said.
pub(super) async fn record_answer(
    app: &App,
    call: &Allowed<can::RecordCourtAnswer>,
    case_id: Uuid,
    input: RecordCourtAnswer,
) -> Result<Reply<JudicialConfirmation>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    let waiting = file.standing_application().cloned();
    let waiting =
        waiting.ok_or_else(|| Error::internal("an open application that is not there"))?;
    rules::check_answer(&file, &waiting, &input)?;
    let RecordCourtAnswer { answer, answered_on, court_number, explanation } = input;
    let row = court_answer::Model {
        id: Uuid::now_v7(),
        case_id,
        confirmation_id: waiting.id,
        answer,
        court_number,
        answered_on,
        explanation,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_answer(work.db(), row.clone()).await?;
    file.court_answers.push(row);
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("confirmation.answered", &file.case, &case);
    let location = format!("{}/judicial-confirmation", cases::location(case_id));
    let view = JudicialConfirmation::of(&file);
    work.commit(permit, record, Reply::created(location, case.version, view)).await
}

/// What is left to who wants the agreement kept, today.
pub(super) async fn routes(
    app: &App,
    call: &Allowed<can::ListEnforcementRoutes>,
    case_id: Uuid,
) -> Result<(i64, Vec<Route>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, routes::of(&file)))
}
