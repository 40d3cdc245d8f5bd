//! Recording performance, default and revisits; closing a case that had an agreement.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::rules::{self, RecordPerformance};
use super::store;
use super::views::{Performance, Performances, Revisit};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Case, Step};
use crate::database::Reply;
use crate::entity::{performance, revisit};
use crate::error::Result;
use crate::words::Manner;

/// Every duty with how it stands, what was recorded, and the version of the case.
pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListPerformances>,
    case_id: Uuid,
) -> Result<(i64, Performances)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.into()))
}

/// Records that a duty was performed, or not and what was advised (PML 31).
pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordPerformance>,
    case_id: Uuid,
    input: RecordPerformance,
) -> Result<Reply<Performance>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    rules::check(&file, &input)?;
    let RecordPerformance {
        term_id,
        instalment_id,
        kind,
        happened_on,
        proof,
        proof_evidence_id,
        confirmed_by_party_id,
        advice,
    } = input;
    let performance = performance::Model {
        id: Uuid::now_v7(),
        case_id,
        term_id,
        instalment_id,
        kind,
        happened_on,
        proof,
        proof_evidence_id,
        confirmed_by_party_id,
        advice,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_performance(work.db(), performance.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("performance.recorded", &file.case, &case);
    let location = format!("{}/performances", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, performance.into())).await
}

/// The revisits, oldest first, and the version of the case.
pub(super) async fn list_revisits(
    app: &App,
    call: &Allowed<can::ListRevisits>,
    case_id: Uuid,
) -> Result<(i64, Vec<Revisit>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.revisits.into_iter().map(Revisit::from).collect()))
}

/// How the parties were found to fare.
#[derive(Debug)]
pub(crate) struct RecordRevisit {
    pub visited_at: DateTime<Utc>,
    pub manner: Manner,
    pub party_id: Option<Uuid>,
    pub findings: String,
    pub satisfaction: Option<i32>,
}

pub(crate) async fn record_revisit(
    app: &App,
    call: &Allowed<can::RecordRevisit>,
    case_id: Uuid,
    input: RecordRevisit,
) -> Result<Reply<Revisit>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    if let Some(party_id) = input.party_id {
        cases::named_party(&file, "/party_id", party_id)?;
    }
    cases::not_in_future("/visited_at", input.visited_at, work.now())?;
    let RecordRevisit { visited_at, manner, party_id, findings, satisfaction } = input;
    let revisit = revisit::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id,
        visited_at,
        manner,
        findings,
        satisfaction,
        visited_by: permit.actor_id(),
    };
    store::insert_revisit(work.db(), revisit.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("revisit.recorded", &file.case, &case);
    let location = format!("{}/revisits", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, revisit.into())).await
}

/// Closes a case whose agreement is settled: a case is closed when it is performed, not when
/// it is agreed (domain §3.10).
pub(crate) async fn close(
    app: &App,
    call: &Allowed<can::CloseCase>,
    case_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let now = work.now();
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.closed_at = Some(now);
    })
    .await?;
    let record = cases::record("case.closed", &file.case, &case);
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}
