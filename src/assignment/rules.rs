//! Who may sit on a panel, and when a case stops being somebody's own.

use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::{assignment, interest, user};
use crate::error::{Error, Result, Unmet};
use crate::interests;
use crate::language::Text;
use crate::law::Law;
use crate::words::{AssignmentAnswer, AssignmentStatus, PanelSeat, Role, UserStatus};

/// Only active people's mediators and officers sit on a panel.
pub(super) fn check_fit(person: &user::Model) -> Result<()> {
    let fit = matches!(person.role, Role::Mediator | Role::Officer);
    if fit && person.status == UserStatus::Active {
        return Ok(());
    }
    let detail = Text::new(
        "只能指派在用的人民调解员或者市场监管干部。",
        "Only an active people's mediator or officer can be assigned.",
    );
    Err(Error::invalid("/mediator_id", "not_a_mediator", detail))
}

fn stands(it: &assignment::Model) -> bool {
    matches!(it.status, AssignmentStatus::Proposed | AssignmentStatus::Accepted)
}

/// Nobody sits twice on a panel, and one mediator presides (PML 19).
pub(super) fn check_seat(
    assignments: &[assignment::Model],
    mediator_id: Uuid,
    seat: PanelSeat,
) -> Result<()> {
    let panel = || assignments.iter().filter(|it| stands(it));
    if panel().any(|it| it.mediator_id == mediator_id) {
        let detail = Text::new("此人已在本案调解组中。", "This person sits on the panel already.");
        return Err(Error::refused("already_on_panel", detail, &[]));
    }
    if seat == PanelSeat::Presiding && panel().any(|it| it.seat == PanelSeat::Presiding) {
        let detail = Text::new(
            "本案已有主持人；如需调换，请先更换原主持人。",
            "The panel has its presiding mediator; release that one first.",
        );
        return Err(Error::refused("presiding_seat_taken", detail, &[Law::Pml19]));
    }
    Ok(())
}

/// Nobody is assigned whose declared interests touch the case; each fact is named.
pub(super) fn check_interests(
    file: &CaseFile,
    mediator_id: Uuid,
    declared: &[interest::Model],
) -> Result<()> {
    let facts = interests::of_mediator(file, mediator_id, declared);
    let barring: Vec<Unmet> =
        facts.iter().filter(|it| it.bars()).map(|it| interests::unmet(file, it, &[])).collect();
    if barring.is_empty() { Ok(()) } else { Err(Error::Refused(barring)) }
}

/// The reason of an answer; whoever declines gives one.
pub(super) fn check_reason(answer: AssignmentAnswer, reason: Option<&str>) -> Result<()> {
    if answer == AssignmentAnswer::Accept || reason.is_some_and(|it| !it.trim().is_empty()) {
        return Ok(());
    }
    let detail = Text::new("谢绝指派请说明理由。", "Whoever declines says why.");
    Err(Error::invalid("/reason", "missing", detail))
}

/// Whether the end of `ended` leaves the person nothing to do with the case: who registered it
/// or holds another seat keeps it.
pub(super) fn leaves_case(
    ended: &assignment::Model,
    assignments: &[assignment::Model],
    registered_by: Uuid,
) -> bool {
    let keeps_seat = assignments
        .iter()
        .any(|it| it.id != ended.id && it.mediator_id == ended.mediator_id && stands(it));
    !keeps_seat && ended.mediator_id != registered_by
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::words::AssignmentOrigin;

    const WANG: Uuid = Uuid::from_u128(1);
    const LI: Uuid = Uuid::from_u128(2);

    fn person(role: Role, status: UserStatus) -> user::Model {
        user::Model {
            id: WANG,
            username: "wang".to_owned(),
            display_name: "王建国".to_owned(),
            role,
            office_id: Uuid::nil(),
            status,
            password_hash: String::new(),
            failed_attempts: 0,
            locked_until: None,
            version: 1,
            created_at: DateTime::<Utc>::default(),
        }
    }

    fn assigned(mediator_id: Uuid, seat: PanelSeat, status: AssignmentStatus) -> assignment::Model {
        assignment::Model {
            id: Uuid::now_v7(),
            case_id: Uuid::nil(),
            mediator_id,
            mediator_role: Role::Mediator,
            seat,
            origin: AssignmentOrigin::Designated,
            status,
            assigned_by: Uuid::nil(),
            assigned_at: DateTime::<Utc>::default(),
            responded_at: None,
            reason: None,
        }
    }

    #[test]
    fn only_active_mediators_and_officers_are_assigned() {
        for role in Role::ALL {
            for status in UserStatus::ALL {
                let fit = matches!(role, Role::Mediator | Role::Officer);
                let fit = fit && *status == UserStatus::Active;
                assert_eq!(check_fit(&person(*role, *status)).is_ok(), fit, "{role} {status}");
            }
        }
    }

    #[test]
    fn a_seat_is_taken_once() {
        use AssignmentStatus::{Accepted, Declined, Proposed, Released};
        use PanelSeat::{Member, Presiding};
        for (panel, seat, refusal) in [
            (vec![], Presiding, None),
            (vec![assigned(LI, Presiding, Proposed)], Member, None),
            (vec![assigned(LI, Presiding, Proposed)], Presiding, Some("presiding_seat_taken")),
            (vec![assigned(LI, Presiding, Accepted)], Presiding, Some("presiding_seat_taken")),
            (vec![assigned(LI, Presiding, Declined)], Presiding, None),
            (vec![assigned(LI, Presiding, Released)], Presiding, None),
            (vec![assigned(WANG, Member, Proposed)], Presiding, Some("already_on_panel")),
            (vec![assigned(WANG, Presiding, Accepted)], Member, Some("already_on_panel")),
            (vec![assigned(WANG, Member, Declined)], Member, None),
        ] {
            let found = match check_seat(&panel, WANG, seat) {
                Err(Error::Refused(unmet)) => Some(unmet[0].code),
                other => other.map(|()| None).unwrap(),
            };
            assert_eq!(found, refusal, "{panel:?} {seat}");
        }
    }

    #[test]
    fn whoever_declines_says_why() {
        use AssignmentAnswer::{Accept, Decline};
        for (answer, reason, fine) in [
            (Accept, None, true),
            (Accept, Some("好"), true),
            (Decline, Some("与申请人相识"), true),
            (Decline, Some(" "), false),
            (Decline, None, false),
        ] {
            assert_eq!(check_reason(answer, reason).is_ok(), fine, "{answer} {reason:?}");
        }
    }

    #[test]
    fn who_registered_the_case_keeps_it() {
        let ended = assigned(WANG, PanelSeat::Member, AssignmentStatus::Declined);
        let other = assigned(WANG, PanelSeat::Presiding, AssignmentStatus::Accepted);
        let past = assigned(WANG, PanelSeat::Presiding, AssignmentStatus::Released);
        assert!(leaves_case(&ended, std::slice::from_ref(&ended), LI));
        assert!(leaves_case(&ended, &[ended.clone(), past], LI));
        assert!(!leaves_case(&ended, &[ended.clone(), other], LI));
        assert!(!leaves_case(&ended, std::slice::from_ref(&ended), WANG));
    }
}
