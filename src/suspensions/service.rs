//! Suspending, resuming, extending. What it does to the clocks happens at the commit.

use uuid::Uuid;

use super::api::{ExtendMediation, ResumeMediation, SuspendMediation};
use super::views::{MediationExtension, Suspension};
use super::{rules, store};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::{extension, suspension};
use crate::error::{Error, Result};

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListSuspensions>,
    case_id: Uuid,
) -> Result<(i64, Vec<Suspension>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.suspensions.into_iter().map(Suspension::from).collect()))
}

pub(super) async fn list_extensions(
    app: &App,
    call: &Allowed<can::ListExtensions>,
    case_id: Uuid,
) -> Result<(i64, Vec<MediationExtension>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.extensions.into_iter().map(MediationExtension::from).collect()))
}

pub(super) async fn suspend(
    app: &App,
    call: &Allowed<can::SuspendMediation>,
    case_id: Uuid,
    input: SuspendMediation,
) -> Result<Reply<Suspension>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let SuspendMediation { reason, from, to, explanation } = input;
    rules::check_days(&file, from, to)?;
    let suspension = suspension::Model {
        id: Uuid::now_v7(),
        case_id,
        reason,
        from_on: from,
        to_on: to,
        explanation,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
        resumed_by: to.map(|_| permit.actor_id()),
    };
    store::insert_suspension(work.db(), suspension.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("mediation.suspended", &file.case, &case);
    let location = format!("{}/suspensions", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, suspension.into())).await
}

pub(super) async fn resume(
    app: &App,
    call: &Allowed<can::ResumeMediation>,
    suspension_id: Uuid,
    input: ResumeMediation,
) -> Result<Reply<Suspension>> {
    let work = app.begin(call).await?;
    let case_id = store::case_of_suspension(work.db(), suspension_id).await?;
    let case_id = case_id.ok_or(Error::NotFound)?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(suspension_id)).await?;
    let found = file.suspensions.iter().find(|it| it.id == suspension_id);
    let mut suspension = found.cloned().ok_or(Error::NotFound)?;
    rules::check_end(&file, suspension.from_on, input.to)?;
    suspension.to_on = Some(input.to);
    suspension.resumed_by = Some(permit.actor_id());
    store::update_suspension(work.db(), suspension.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("mediation.resumed", &file.case, &case);
    work.commit(permit, record, Reply::changed(case.version, suspension.into())).await
}

pub(super) async fn extend(
    app: &App,
    call: &Allowed<can::ExtendMediation>,
    case_id: Uuid,
    input: ExtendMediation,
) -> Result<Reply<MediationExtension>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let clock = file.mediation_clock();
    let deadline_id = clock.ok_or_else(|| Error::internal("a gate saw no clock"))?.id;
    let extension = extension::Model {
        id: Uuid::now_v7(),
        case_id,
        deadline_id,
        days: input.days,
        explanation: input.explanation,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_extension(work.db(), extension.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("mediation.extended", &file.case, &case);
    let location = format!("{}/extensions", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, extension.into())).await
}
