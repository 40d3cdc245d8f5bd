//! What a recusal brings about, and what it bars. Pure.

use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::assignment;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::tracks::{self, RecusalRule};
use crate::words::{RecusalDecision, RecusalStatus, Track};

/// Whether the mediator leaves the panel without a decision: where the track replaces whoever a
/// party objects to (2002 rules 25; PML 23 for the other members), and whoever withdraws by
/// himself on every track (O121 21).
pub(super) fn replaces_at_once(track: Track, requested_by: Option<Uuid>) -> bool {
    requested_by.is_none() || tracks::rules(track).recusal == RecusalRule::ReplaceAtOnce
}

/// Only the mediator himself withdraws; everybody else names the party that asks.
pub(super) fn check_asker(
    requested_by: Option<Uuid>,
    actor_id: Uuid,
    assignment: &assignment::Model,
) -> Result<()> {
    if requested_by.is_some() || assignment.mediator_id == actor_id {
        return Ok(());
    }
    let detail = Text::new(
        "请写明由哪一方当事人提出；只有调解员本人可以自行回避。",
        "Name the party that asks; only the mediator himself withdraws without one.",
    );
    Err(Error::invalid("/requested_by", "missing", detail))
}

/// The seat is held, and nothing about it waits for a decision.
pub(super) fn check_seat(file: &CaseFile, assignment: &assignment::Model) -> Result<()> {
    let law = std::slice::from_ref(&tracks::rules(file.case.track).recusal_law);
    if !assignment.status.is_held() {
        let detail =
            Text::new("此人已不在本案调解组中。", "This person sits on the panel no more.");
        return Err(Error::refused("assignment_ended", detail, law));
    }
    let waits = file
        .recusals
        .iter()
        .any(|it| it.assignment_id == assignment.id && it.status == RecusalStatus::Open);
    if waits {
        let detail = Text::new(
            "对此人的回避申请尚未决定。",
            "A request for the recusal of this person is not decided yet.",
        );
        return Err(Error::refused("recusal_open", detail, law));
    }
    Ok(())
}

/// Whoever left a panel by recusal does not come back to the same case.
pub(crate) fn check_not_recused(file: &CaseFile, mediator_id: Uuid) -> Result<()> {
    let left = |status| matches!(status, RecusalStatus::Replaced | RecusalStatus::Upheld);
    if !file.recusals.iter().any(|it| it.mediator_id == mediator_id && left(it.status)) {
        return Ok(());
    }
    let detail = Text::new(
        "此人已在本案中回避，不能再次指派。",
        "This person was recused in this case and cannot be assigned to it again.",
    );
    let law = std::slice::from_ref(&tracks::rules(file.case.track).recusal_law);
    Err(Error::refused("recused", detail, law))
}

/// What the decision makes of the request.
pub(super) fn status_after(decision: RecusalDecision) -> RecusalStatus {
    match decision {
        RecusalDecision::Upheld => RecusalStatus::Upheld,
        RecusalDecision::Rejected => RecusalStatus::Rejected,
    }
}

/// Why the seat ended, as it stands on the assignment.
pub(super) fn reason_of_release(status: RecusalStatus, requested_by: Option<Uuid>) -> String {
    match (status, requested_by) {
        (RecusalStatus::Upheld, _) => "回避申请经决定准予，予以更换。",
        (_, Some(_)) => "当事人要求回避，予以更换。",
        (_, None) => "调解员自行回避。",
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
