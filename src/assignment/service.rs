//! Assigning, answering, releasing, and starting mediation.

use uuid::Uuid;

use super::input::{AssignMediator, ReleaseMediator, RespondToAssignment};
use super::views::Assignment;
use super::{rules, store, suggestions, wishes};
use crate::access::{Allowed, Call, can};
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::cases::{self, Case, Step};
use crate::database::{Reply, Work};
use crate::entity::assignment;
use crate::error::{Error, Result};
use crate::identity;
use crate::interests;
use crate::mediators;
use crate::recusals;
use crate::words::{AssignmentAnswer, AssignmentStatus};

/// The panel and its history, oldest first.
pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListAssignments>,
    case_id: Uuid,
) -> Result<(i64, Vec<Assignment>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.assignments.into_iter().map(Assignment::from).collect()))
}

/// Proposes a seat to a mediator, who sees the case from now on.
pub(crate) async fn assign(
    app: &App,
    call: &Allowed<can::AssignMediator>,
    case_id: Uuid,
    input: AssignMediator,
) -> Result<Reply<Assignment>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let AssignMediator { mediator_id, seat, origin, suggestion_id, explanation } = input;
    let person = identity::hold_user(work.db(), mediator_id)
        .await?
        .ok_or_else(|| Error::unknown_reference("/mediator_id", mediator_id))?;
    rules::check_fit(&person)?;
    rules::check_seat(&file.assignments, mediator_id, seat)?;
    recusals::check_not_recused(&file, mediator_id)?;
    let declared = interests::of_mediators(work.db(), &[mediator_id]).await?;
    rules::check_interests(&file, mediator_id, &declared)?;
    let availability = mediators::availability(&work, &person).await?;
    rules::check_available(&file, &availability)?;
    let wishes = wishes::of_case(work.db(), case_id).await?;
    rules::check_not_refused(&file, &wishes, mediator_id, &availability)?;
    let followed = suggestions::followed(&work, case_id, suggestion_id).await?;
    rules::check_explained(&followed, (mediator_id, seat), explanation.as_deref())?;
    let assignment = assignment::Model {
        id: Uuid::now_v7(),
        case_id,
        mediator_id,
        mediator_role: person.role,
        seat,
        origin,
        status: AssignmentStatus::Proposed,
        assigned_by: permit.actor_id(),
        assigned_at: work.now(),
        responded_at: None,
        reason: None,
        suggestion_id,
        explanation,
    };
    store::insert_assignment(work.db(), assignment.clone()).await?;
    cases::add_member(work.db(), case_id, mediator_id).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("assignment.proposed", &file.case, &case);
    let location = format!("{}/assignments", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, assignment.into())).await
}

/// The mediator's own answer.
pub(crate) async fn respond(
    app: &App,
    call: &Allowed<can::RespondToAssignment>,
    assignment_id: Uuid,
    input: RespondToAssignment,
) -> Result<Reply<Assignment>> {
    let work = app.begin(call).await?;
    let (step, mut assignment) = open(&work, call, assignment_id).await?;
    rules::check_reason(input.answer, input.reason.as_deref())?;
    assignment.responded_at = Some(work.now());
    assignment.reason = input.reason;
    let kind = match input.answer {
        AssignmentAnswer::Accept => {
            assignment.status = AssignmentStatus::Accepted;
            "assignment.accepted"
        }
        AssignmentAnswer::Decline => {
            assignment.status = AssignmentStatus::Declined;
            give_up_case(&work, &step.file, &assignment).await?;
            "assignment.declined"
        }
    };
    keep(work, step, kind, assignment).await
}

/// Takes a mediator off the panel. That a party objects goes through `recusals`.
pub(super) async fn release(
    app: &App,
    call: &Allowed<can::ReleaseMediator>,
    assignment_id: Uuid,
    input: ReleaseMediator,
) -> Result<Reply<Assignment>> {
    let work = app.begin(call).await?;
    let (Step { file, permit }, assignment) = open(&work, call, assignment_id).await?;
    let assignment = release_seat(&work, &file, assignment, input.reason).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("assignment.released", &file.case, &case);
    work.commit(permit, record, Reply::changed(case.version, assignment.into())).await
}

/// Empties a seat: the one way off the panel but declining, also for a recusal. The person no
/// longer sees the case, unless something else makes it theirs. The caller advances the case.
pub(crate) async fn release_seat(
    work: &Work,
    file: &CaseFile,
    mut assignment: assignment::Model,
    reason: String,
) -> Result<assignment::Model> {
    assignment.status = AssignmentStatus::Released;
    assignment.reason = Some(reason);
    give_up_case(work, file, &assignment).await?;
    store::update_assignment(work.db(), assignment.clone()).await?;
    Ok(assignment)
}

/// Starts mediation: from now on hearings can be held.
pub(crate) async fn start(
    app: &App,
    call: &Allowed<can::StartMediation>,
    case_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.mediation_started_at = Some(work.now());
    })
    .await?;
    let record = cases::record("mediation.started", &file.case, &case);
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}

/// The step on the case of an assignment, and the assignment.
async fn open(work: &Work, call: &Call, assignment_id: Uuid) -> Result<(Step, assignment::Model)> {
    let case_id =
        store::case_of_assignment(work.db(), assignment_id).await?.ok_or(Error::NotFound)?;
    let step = cases::step(work, call, case_id, Some(assignment_id)).await?;
    let assignment = step.file.assignments.iter().find(|it| it.id == assignment_id).cloned();
    Ok((step, assignment.ok_or(Error::NotFound)?))
}

async fn give_up_case(work: &Work, file: &CaseFile, ended: &assignment::Model) -> Result<()> {
    if rules::leaves_case(ended, &file.assignments, file.case.registered_by) {
        cases::remove_member(work.db(), file.case.id, ended.mediator_id).await?;
    }
    Ok(())
}

async fn keep(
    work: Work,
    Step { file, permit }: Step,
    kind: &'static str,
    assignment: assignment::Model,
) -> Result<Reply<Assignment>> {
    store::update_assignment(work.db(), assignment.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record(kind, &file.case, &case);
    work.commit(permit, record, Reply::changed(case.version, assignment.into())).await
}
