//! Reading cases, and the one way to take a step on one.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::file::CaseFile;
use super::{gates, state, store};
use crate::access::{Action, Allowed, Call, Guarded, Permit, Sight, Subject, can};
use crate::agreements;
use crate::app::App;
use crate::audit;
use crate::database::{Cursor, Limit, Page, Record, Work};
use crate::entity::{audit_entry, case, event, party};
use crate::error::{Error, Result, Unmet};
use crate::events;
use crate::language::Text;
use crate::words::CaseStatus;

/// A step that may be taken: the case as it was read, and the permission to change it.
#[derive(Debug)]
pub(crate) struct Step {
    pub file: CaseFile,
    pub permit: Permit,
}

/// Opens a case for the called action: in sight (else 404), in reach (else 403), unchanged
/// since the caller read it (else 412), and every gate open (else 409). Every write on a case
/// begins here, so no gate can be forgotten.
pub(crate) async fn step(
    work: &Work,
    call: &Call,
    case_id: Uuid,
    target: Option<Uuid>,
) -> Result<Step> {
    let Step { file, permit } = open(work, call, case_id).await?;
    if call.action().guarded() == Guarded::Versioned
        && call.facts().if_match.as_ref().map(|it| it.version) != Some(file.case.version)
    {
        return Err(Error::Stale);
    }
    let unmet = missing(work.app(), asked(&file, call, target));
    if !unmet.is_empty() {
        return Err(Error::Refused(unmet));
    }
    Ok(Step { file, permit })
}

/// Refuses beforehand what [`step`] would refuse as things stand, so that nobody sends a large
/// file in vain. Decides nothing: the step itself asks again.
pub(crate) async fn foresee(app: &App, call: &Call, case_id: Uuid) -> Result<CaseFile> {
    let file = sighted(app, call, case_id).await?;
    call.permit(case_id, file.ownership())?;
    let unmet = missing(app, asked(&file, call, None));
    if unmet.is_empty() { Ok(file) } else { Err(Error::Refused(unmet)) }
}

/// What the gates want, and what the station itself lacks for a step that has its place.
fn missing(app: &App, question: gates::Question<'_>) -> Vec<Unmet> {
    let mut unmet = gates::check(question);
    let has_place = state::after(question.file.case.status, question.action).is_some();
    if has_place && question.action == Action::SendSigningCode {
        unmet.extend(agreements::lacking_gateway(app));
    }
    unmet
}

fn asked<'a>(file: &'a CaseFile, call: &Call, target: Option<Uuid>) -> gates::Question<'a> {
    let (action, actor) = (call.action(), call.actor());
    gates::Question { file, action, target, asker: actor.id, role: actor.role }
}

/// Opens a case for an action that does not change it: in sight and in reach, no gate.
pub(crate) async fn open(work: &Work, call: &Call, case_id: Uuid) -> Result<Step> {
    let case = store::hold(work.db(), call.sight(), case_id).await?.ok_or(Error::NotFound)?;
    let file = store::load(work.db(), case, work.now()).await?;
    let permit = call.permit(case_id, file.ownership())?;
    Ok(Step { file, permit })
}

/// Writes the case after a step: the status from the table, the next version, and what
/// `change` sets beside. Every write on a case ends here, also one that only adds to it.
pub(crate) async fn advance(
    work: &Work,
    permit: &Permit,
    case: &case::Model,
    change: impl FnOnce(&mut case::Model),
) -> Result<case::Model> {
    let to = state::after(case.status, permit.action())
        .ok_or_else(|| Error::internal("a step without its row in the table"))?;
    advance_to(work, case, to, change).await
}

/// The same, where the step itself decides that the case moves on
/// ([`state::ONCE_IN_FORCE`]).
pub(crate) async fn advance_to(
    work: &Work,
    case: &case::Model,
    to: CaseStatus,
    change: impl FnOnce(&mut case::Model),
) -> Result<case::Model> {
    let mut next = case.clone();
    change(&mut next);
    next.status = to;
    next.version = case.version + 1;
    next.updated_at = work.now();
    store::save(work.db(), next.clone(), case.version).await?;
    Ok(next)
}

/// What a step on a case leaves behind: one event with ids and states.
pub(crate) fn record(kind: &'static str, before: &case::Model, after: &case::Model) -> Record {
    let data = json!({
        "case_number": after.case_number,
        "status": after.status,
        "outcome": after.outcome,
        "version": after.version,
    });
    Record::event(kind, Subject::case(after.id), data).change(Some(before), Some(after))
}

/// What is recorded has happened already.
pub(crate) fn not_in_future(pointer: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    if at <= now {
        return Ok(());
    }
    let detail = Text::new(
        "该时间尚未到来，不能记录。",
        "This lies in the future and cannot be recorded yet.",
    );
    Err(Error::invalid(pointer, "in_future", detail))
}

/// The party of this case that a body names.
pub(crate) fn named_party<'a>(
    file: &'a CaseFile,
    pointer: &str,
    party_id: Uuid,
) -> Result<&'a party::Model> {
    file.party(party_id).ok_or_else(|| Error::unknown_reference(pointer, party_id))
}

/// Where a case is read.
pub(crate) fn location(case_id: Uuid) -> String {
    format!("/api/v1/cases/{case_id}")
}

/// The whole file of a case in sight, for the rooms' own lists.
pub(crate) async fn sighted(app: &App, call: &Call, case_id: Uuid) -> Result<CaseFile> {
    let db = app.database.reader();
    let case = store::find(db, call.sight(), case_id).await?.ok_or(Error::NotFound)?;
    store::load(db, case, app.clock.now()).await
}

/// The whole file as the step of this transaction has written it. For what follows every step
/// alone: it asks nobody's sight, and nothing of it may be answered. Of a case just registered
/// it is bare: nothing that a clock looks at is on it yet.
pub(crate) async fn written(work: &Work, case_id: Uuid, action: Action) -> Result<CaseFile> {
    let case = store::any(work.db(), case_id).await?.ok_or(Error::NotFound)?;
    match action {
        Action::RegisterCase => Ok(CaseFile::bare(case, work.now())),
        _ => store::load(work.db(), case, work.now()).await,
    }
}

/// The case a hearing belongs to.
pub(crate) async fn case_of(db: &impl ConnectionTrait, hearing_id: Uuid) -> Result<Uuid> {
    store::case_of_hearing(db, hearing_id).await?.ok_or(Error::NotFound)
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadCase>,
    case_id: Uuid,
) -> Result<(case::Model, Vec<party::Model>)> {
    store::find_with_parties(app.database.reader(), call.sight(), case_id)
        .await?
        .ok_or(Error::NotFound)
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListCases>,
    filter: store::Filter,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<store::Listed>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), call.sight(), filter, before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

/// Something the caller may do with the case, and what still stands in its way.
#[derive(Debug)]
pub(super) struct NextAction {
    pub action: Action,
    pub target: Option<Uuid>,
    pub unmet: Vec<Unmet>,
    /// Whether all parties have said already that they want it; None where nobody asks them.
    pub agreed: Option<bool>,
}

/// Everything the caller's role reaches on this case that has its place in the case's present
/// status, with the gates that are still shut.
pub(super) async fn next_actions(
    app: &App,
    call: &Allowed<can::ReadNextActions>,
    case_id: Uuid,
) -> Result<(case::Model, Vec<NextAction>)> {
    let file = sighted(app, call, case_id).await?;
    let mut found = Vec::new();
    for &action in Action::ALL {
        let has_place = state::after(file.case.status, action).is_some();
        if !has_place || !call.reaches(action, file.ownership()) {
            continue;
        }
        for target in targets(&file, action, call.actor().id) {
            let question = gates::Question {
                file: &file,
                action,
                target,
                asker: call.actor().id,
                role: call.actor().role,
            };
            let asked = action == Action::ApplyForConfirmation;
            let agreed = asked.then(|| file.all_wish_confirmation());
            found.push(NextAction { action, target, unmet: missing(app, question), agreed });
        }
    }
    Ok((file.case, found))
}

/// What an action can be done to: each hearing that is not over, one's own open assignment,
/// each seat, each open supplement. An action without a target has one entry.
fn targets(file: &CaseFile, action: Action, asker: Uuid) -> Vec<Option<Uuid>> {
    use crate::words::{AssignmentStatus, HearingStatus, RecusalStatus, SupplementStatus};
    let ids: Vec<Uuid> = match action {
        Action::RescheduleHearing
        | Action::NotifyOfHearing
        | Action::RecordAttendance
        | Action::AdjournHearing
        | Action::CancelHearing => file
            .hearings
            .iter()
            .filter(|it| it.status == HearingStatus::Scheduled)
            .map(|it| it.id)
            .collect(),
        Action::RecordMinutes => file
            .hearings
            .iter()
            .filter(|it| it.status == HearingStatus::Held && it.minutes.is_none())
            .map(|it| it.id)
            .collect(),
        Action::RespondToAssignment => file
            .assignments
            .iter()
            .filter(|it| it.mediator_id == asker && it.status == AssignmentStatus::Proposed)
            .map(|it| it.id)
            .collect(),
        Action::ReleaseMediator => file.panel().map(|it| it.id).collect(),
        Action::AnswerSupplement => file
            .supplements
            .iter()
            .filter(|it| it.status == SupplementStatus::Open)
            .map(|it| it.id)
            .collect(),
        Action::UpdateParty | Action::RemoveParty | Action::AddAgent => {
            file.parties.iter().map(|it| it.id).collect()
        }
        Action::RemoveAgent => file.agents.iter().map(|it| it.id).collect(),
        Action::WithdrawEvidence => {
            file.evidence.iter().filter(|it| it.withdrawn_at.is_none()).map(|it| it.id).collect()
        }
        Action::RemoveClaim => file.claims.iter().map(|it| it.id).collect(),
        Action::ResumeMediation => {
            file.suspensions.iter().filter(|it| it.to_on.is_none()).map(|it| it.id).collect()
        }
        Action::DecideRecusal => file
            .recusals
            .iter()
            .filter(|it| it.status == RecusalStatus::Open)
            .map(|it| it.id)
            .collect(),
        _ => return vec![None],
    };
    ids.into_iter().map(Some).collect()
}

pub(super) async fn timeline(
    app: &App,
    call: &Allowed<can::ReadTimeline>,
    case_id: Uuid,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<event::Model>> {
    visible(app, call.sight(), case_id).await?;
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let rows = events::list_of_case(app.database.reader(), case_id, before, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.seq))
}

pub(super) async fn audit_of(
    app: &App,
    call: &Allowed<can::ListCaseAudit>,
    case_id: Uuid,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<audit_entry::Model>> {
    visible(app, call.sight(), case_id).await?;
    audit::entries_of_case(app, case_id, cursor, limit).await
}

async fn visible(app: &App, sight: Sight, case_id: Uuid) -> Result<()> {
    let found = store::find(app.database.reader(), sight, case_id).await?;
    found.map(|_| ()).ok_or(Error::NotFound)
}
