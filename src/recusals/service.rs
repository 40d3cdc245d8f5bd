//! Requesting, deciding and listing recusals.

use serde_json::json;
use uuid::Uuid;

use super::input::{DecideRecusal, RequestRecusal};
use super::views::Recusal;
use super::{rules, store};
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::assignment::release_seat;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::recusal;
use crate::error::{Error, Result};
use crate::words::RecusalStatus;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListRecusals>,
    case_id: Uuid,
) -> Result<(i64, Vec<Recusal>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.recusals.into_iter().map(Recusal::from).collect()))
}

/// Records that a party objects to a mediator, or that the mediator withdraws. The track says
/// whether that empties the seat at once or suspends mediation until it is decided.
pub(super) async fn request(
    app: &App,
    call: &Allowed<can::RequestRecusal>,
    case_id: Uuid,
    input: RequestRecusal,
) -> Result<Reply<Recusal>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let RequestRecusal { assignment_id, requested_by, ground, explanation, requested_at } = input;
    let seat = file
        .assignments
        .iter()
        .find(|it| it.id == assignment_id)
        .ok_or_else(|| Error::unknown_reference("/assignment_id", assignment_id))?;
    if let Some(party_id) = requested_by {
        cases::named_party(&file, "/requested_by", party_id)?;
    }
    cases::not_in_future("/requested_at", requested_at, work.now())?;
    rules::check_asker(requested_by, permit.actor_id(), seat)?;
    rules::check_seat(&file, seat)?;
    let at_once = rules::replaces_at_once(file.case.track, requested_by);
    let status = if at_once { RecusalStatus::Replaced } else { RecusalStatus::Open };
    let recusal = recusal::Model {
        id: Uuid::now_v7(),
        case_id,
        assignment_id,
        mediator_id: seat.mediator_id,
        requested_by,
        ground,
        explanation,
        requested_at,
        recorded_by: permit.actor_id(),
        status,
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    store::insert_recusal(work.db(), recusal.clone()).await?;
    if at_once {
        let reason = rules::reason_of_release(status, requested_by);
        release_seat(&work, &file, seat.clone(), reason).await?;
    }
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let mut record = cases::record("recusal.requested", &file.case, &case);
    if at_once {
        let data = json!({ "assignment_id": assignment_id, "recusal_id": recusal.id });
        record = record.and("assignment.released", Subject::case(case_id), data);
    }
    let location = format!("{}/recusals", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, recusal.into())).await
}

/// Decides an open request: upheld, the mediator leaves the panel; rejected, mediation goes on.
pub(super) async fn decide(
    app: &App,
    call: &Allowed<can::DecideRecusal>,
    recusal_id: Uuid,
    input: DecideRecusal,
) -> Result<Reply<Recusal>> {
    let work = app.begin(call).await?;
    let case_id = store::case_of_recusal(work.db(), recusal_id).await?.ok_or(Error::NotFound)?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(recusal_id)).await?;
    let found = file.recusals.iter().find(|it| it.id == recusal_id).cloned();
    let mut recusal = found.ok_or(Error::NotFound)?;
    recusal.status = rules::status_after(input.decision);
    recusal.decided_by = Some(permit.actor_id());
    recusal.decided_at = Some(work.now());
    recusal.reason = Some(input.reason);
    store::update_recusal(work.db(), recusal.clone()).await?;
    // The seat may have been given up meanwhile.
    let seat = file
        .assignments
        .iter()
        .find(|it| it.id == recusal.assignment_id && it.status.is_held())
        .filter(|_| recusal.status == RecusalStatus::Upheld)
        .cloned();
    let released = seat.is_some();
    if let Some(seat) = seat {
        let reason = rules::reason_of_release(recusal.status, recusal.requested_by);
        release_seat(&work, &file, seat, reason).await?;
    }
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let mut record = cases::record("recusal.decided", &file.case, &case);
    if released {
        let data = json!({ "assignment_id": recusal.assignment_id, "recusal_id": recusal_id });
        record = record.and("assignment.released", Subject::case(case_id), data);
    }
    work.commit(permit, record, Reply::changed(case.version, recusal.into())).await
}
