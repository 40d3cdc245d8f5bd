//! Telling the parties of other routes, and ending mediation without an agreement.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use super::views::RouteNotice;
use crate::access::{Allowed, can};
use crate::agreements;
use crate::app::App;
use crate::cases::{self, Case, Step};
use crate::database::Reply;
use crate::entity::route_notice;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::law::Law;
use crate::tracks;
use crate::words::{Manner, Outcome, TerminationReason};

/// Whom the parties were told what, oldest first, and the version of the case.
pub(super) async fn list_route_notices(
    app: &App,
    call: &Allowed<can::ListRouteNotices>,
    case_id: Uuid,
) -> Result<(i64, Vec<RouteNotice>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let notices = file.route_notices.into_iter().map(RouteNotice::from).collect();
    Ok((file.case.version, notices))
}

/// That a party was told.
#[derive(Debug)]
pub(crate) struct RecordRouteNotice {
    pub party_id: Uuid,
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
}

/// Records that a party was told of arbitration, administrative and court routes (PML 26;
/// O121 25).
pub(crate) async fn record_route_notice(
    app: &App,
    call: &Allowed<can::RecordRouteNotice>,
    case_id: Uuid,
    input: RecordRouteNotice,
) -> Result<Reply<RouteNotice>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::named_party(&file, "/party_id", input.party_id)?;
    cases::not_in_future("/told_at", input.told_at, work.now())?;
    let notice = route_notice::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id: input.party_id,
        told_at: input.told_at,
        manner: input.manner,
        recorded_by: permit.actor_id(),
    };
    store::insert_route_notice(work.db(), notice.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("route_notice.recorded", &file.case, &case);
    let location = format!("{}/route-notices", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, notice.into())).await
}

/// Decides that mediation ends: the authority's own act, of which both are told in time
/// (O121 23(2)); the case closes once they have been.
pub(crate) async fn decide_termination(
    app: &App,
    call: &Allowed<can::DecideTermination>,
    case_id: Uuid,
    reason: TerminationReason,
    explanation: String,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    tracks::check_termination_reason(file.case.track, reason)?;
    let now = work.now();
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.termination_decided_at = Some(now);
        case.termination_reason = Some(reason);
        case.termination_explanation = Some(explanation);
    })
    .await?;
    let record = cases::record("termination.decided", &file.case, &case);
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}

/// How mediation ended.
#[derive(Debug)]
pub(crate) struct Conclude {
    /// `failed` or `terminated`.
    pub outcome: Outcome,
    pub reason: TerminationReason,
    pub explanation: String,
}

/// Ends mediation without an agreement (PML 26): an agreement that never took effect is
/// superseded with it.
pub(crate) async fn conclude(
    app: &App,
    call: &Allowed<can::ConcludeMediation>,
    case_id: Uuid,
    input: Conclude,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    tracks::check_termination_reason(file.case.track, input.reason)?;
    if file.case.termination_reason.is_some_and(|it| it != input.reason) {
        let detail = Text::new(
            "结案理由与终止调解的决定不一致。",
            "The reason is not the one of the decision to end mediation.",
        );
        return Err(Error::refused("not_as_decided", detail, &[Law::O121Art23]));
    }
    agreements::supersede_unfinished(&work, &file).await?;
    let now = work.now();
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.outcome = Some(input.outcome);
        case.outcome_reason = Some(input.reason.name());
        case.outcome_explanation = Some(input.explanation);
        case.ended_at = Some(now);
        case.closed_at = Some(now);
    })
    .await?;
    let record = cases::record("mediation.concluded", &file.case, &case);
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}
