//! Who may sit on a panel, and when a case stops being somebody's own.

use std::collections::HashMap;

use uuid::Uuid;

use super::proof::{Difference, Proof};
use super::suggestion::Conflict;
use super::wishes;
use crate::access::sits_on_panels;
use crate::cases::file::CaseFile;
use crate::entity::{assignment, interest, mediator_wish, party, user};
use crate::error::{Error, Result, Unmet};
use crate::interests;
use crate::language::Text;
use crate::law::Law;
use crate::mediators::{self, Availability};
use crate::settings::JointPanelRule;
use crate::words::{
    AssignmentAnswer, AssignmentStatus, ExclusionGround, JointGround, PanelSeat, PartyRole,
    RecusalStatus, UserStatus,
};

/// Only active people's mediators and officers sit on a panel.
pub(super) fn check_fit(person: &user::Model) -> Result<()> {
    if sits_on_panels(person.role) && person.status == UserStatus::Active {
        return Ok(());
    }
    let detail = Text::new(
        "只能指派在用的人民调解员或者市场监管干部。",
        "Only an active people's mediator or officer can be assigned.",
    );
    Err(Error::invalid("/mediator_id", "not_a_mediator", detail))
}

/// Nobody sits twice on a panel, and one mediator presides (PML 19).
pub(super) fn check_seat(
    assignments: &[assignment::Model],
    mediator_id: Uuid,
    seat: PanelSeat,
) -> Result<()> {
    let panel = || assignments.iter().filter(|it| it.status.is_held());
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

/// One mediator presides.
pub(super) fn check_seat_free(assignments: &[assignment::Model], seat: PanelSeat) -> Result<()> {
    check_seat(assignments, Uuid::nil(), seat)
}

/// What in the case keeps this person off its panel, each with the entry it comes from.
pub(super) fn conflicts(
    file: &CaseFile,
    wishes: &[mediator_wish::Model],
    declared: &[interest::Model],
    mediator_id: Uuid,
) -> Vec<Conflict> {
    let conflict = |ground, fact_id| Conflict { ground, fact_id };
    let barring = interests::of_mediator(file, mediator_id, declared);
    let mut found: Vec<Conflict> = barring
        .iter()
        .filter_map(|it| it.interest)
        .map(|(id, _)| conflict(ExclusionGround::InterestFound, id))
        .collect();
    let of_person = file.recusals.iter().filter(|it| it.mediator_id == mediator_id);
    found.extend(of_person.filter_map(|it| match it.status {
        RecusalStatus::Replaced | RecusalStatus::Upheld => {
            Some(conflict(ExclusionGround::Recused, it.id))
        }
        RecusalStatus::Open => Some(conflict(ExclusionGround::RecusalOpen, it.id)),
        RecusalStatus::Rejected => None,
    }));
    let refusal = wishes::refusal_of(file.case.track, wishes, mediator_id);
    found.extend(refusal.map(|it| conflict(ExclusionGround::RefusedByParty, it.id)));
    // A panel that ended with the track it was made for may be made again.
    let track_since = file.track_moves.iter().map(|it| it.decided_at).max();
    let seats = file.assignments.iter().filter(|it| it.mediator_id == mediator_id);
    found.extend(seats.filter_map(|it| {
        match it.status {
            AssignmentStatus::Proposed | AssignmentStatus::Accepted => {
                Some(conflict(ExclusionGround::OnPanel, it.id))
            }
            AssignmentStatus::Declined => Some(conflict(ExclusionGround::LeftPanel, it.id)),
            AssignmentStatus::Released => track_since
                .is_none_or(|since| since <= it.assigned_at)
                .then(|| conflict(ExclusionGround::LeftPanel, it.id)),
        }
    }));
    found.dedup();
    found
}

/// Those whose common choice comes first.
pub(super) fn choosing_parties(file: &CaseFile) -> Vec<Uuid> {
    let chooses = |it: &&party::Model| it.role != PartyRole::ThirdParty;
    file.parties.iter().filter(chooses).map(|it| it.id).collect()
}

/// Why both offices have to sit on the panel of this case.
pub(super) fn joint_grounds(file: &CaseFile, rule: &JointPanelRule) -> Vec<JointGround> {
    let asked: i64 = file.claims.iter().filter_map(|it| it.amount_fen).sum();
    let applicants = file.parties.iter().filter(|it| it.role == PartyRole::Applicant).count();
    [
        (JointGround::Amount, rule.from_fen.is_some_and(|it| it <= asked)),
        (JointGround::Applicants, rule.from_applicants.is_some_and(|it| it <= applicants)),
        (JointGround::Category, rule.categories.contains(&file.case.category)),
    ]
    .into_iter()
    .filter(|(_, asks)| *asks)
    .map(|(ground, _)| ground)
    .collect()
}

/// Nobody is assigned whom a party of the people's track does not accept.
pub(super) fn check_not_refused(
    file: &CaseFile,
    wishes: &[mediator_wish::Model],
    mediator_id: Uuid,
    availability: &Availability,
) -> Result<()> {
    match wishes::refusal_of(file.case.track, wishes, mediator_id) {
        Some(_) => {
            let unmet = mediators::unmet(ExclusionGround::RefusedByParty, availability);
            Err(Error::Refused(vec![unmet]))
        }
        None => Ok(()),
    }
}

/// Nobody is assigned who is not engaged, is away, or has too much in hand already.
pub(super) fn check_available(file: &CaseFile, availability: &Availability) -> Result<()> {
    let weight = mediators::case_weight(file.case.complex, file.case.sensitive);
    let grounds = availability.hindrances(file.today(), weight);
    let unmet: Vec<Unmet> = grounds.iter().map(|it| mediators::unmet(*it, availability)).collect();
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

/// The suggestion an assignment goes by.
#[derive(Debug)]
pub(super) enum Followed {
    /// None was ever made for the case.
    NoneMade,
    /// There is one, and the assignment names none.
    PassedOver,
    Proof(Box<Proof>),
}

/// Whoever assigns somebody else than was proposed says why.
pub(super) fn check_explained(
    followed: &Followed,
    (mediator_id, seat): (Uuid, PanelSeat),
    explanation: Option<&str>,
) -> Result<()> {
    let goes_by_it = match followed {
        Followed::NoneMade => true,
        Followed::PassedOver => false,
        Followed::Proof(proof) => {
            proof.outcome.proposed.iter().any(|it| (it.mediator_id, it.seat) == (mediator_id, seat))
        }
    };
    if goes_by_it || explanation.is_some_and(|it| !it.trim().is_empty()) {
        return Ok(());
    }
    let detail = Text::new(
        "本案已有指派建议；指派建议之外的人选，请说明理由。",
        "There is a suggestion for this case; say why somebody else is assigned.",
    );
    Err(Error::invalid("/explanation", "missing", detail))
}

/// Nobody is left, and why of each.
pub(super) fn nobody_available(proof: &Proof, names: &HashMap<Uuid, String>) -> Error {
    let Proof { inputs, outcome, .. } = proof;
    let mut unmet = Vec::new();
    for it in &outcome.excluded {
        let found = inputs.candidates.iter().find(|other| other.mediator_id == it.mediator_id);
        let Some(candidate) = found else { continue };
        let name = names.get(&it.mediator_id).map_or("", String::as_str);
        unmet.extend(it.grounds.iter().map(|ground| {
            let Unmet { code, detail, law, mend } =
                mediators::unmet(*ground, &candidate.availability);
            let detail =
                Text::new(format!("{name}：{}", detail.zh), format!("{name}: {}", detail.en));
            Unmet { code, detail, law, mend }
        }));
    }
    Error::NoMediator(unmet)
}

/// A proof that was changed since is nothing to go by.
pub(super) fn broken_proof(difference: &Difference) -> Error {
    let detail = Text::new(
        format!("该建议的证明已被改动（{}），请重新生成建议。", difference.place),
        format!("The proof of this suggestion was changed ({}); make another.", difference.place),
    );
    Error::refused("proof_broken", detail, &[])
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
        .any(|it| it.id != ended.id && it.mediator_id == ended.mediator_id && it.status.is_held());
    !keeps_seat && ended.mediator_id != registered_by
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::words::{AssignmentOrigin, Role};

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
            suggestion_id: None,
            explanation: None,
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
