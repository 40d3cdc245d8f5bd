//! Domain §3.6, row by row.

use uuid::Uuid;

use super::*;
use crate::agreements::fixture::{APPLICANT, MEDIATOR, STRANGER, at, file, presiding, said};
use crate::entity::recusal;
use crate::words::{AssignmentStatus, RecusalGround};

fn recusal(assignment: &assignment::Model, status: RecusalStatus) -> recusal::Model {
    recusal::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        assignment_id: assignment.id,
        mediator_id: assignment.mediator_id,
        requested_by: Some(APPLICANT),
        ground: RecusalGround::NoneGiven,
        explanation: None,
        requested_at: at(9, 9),
        recorded_by: Uuid::nil(),
        status,
        decided_by: None,
        decided_at: None,
        reason: None,
    }
}

#[test]
fn a_track_replaces_or_suspends() {
    for (track, by_party, by_himself) in [
        // 2002 rules 25.
        (Track::PeopleMediation, true, true),
        // O121 21.
        (Track::AdministrativeMediation, false, true),
        (Track::EntrustedMediation, false, true),
    ] {
        assert_eq!(replaces_at_once(track, Some(APPLICANT)), by_party, "{track}");
        assert_eq!(replaces_at_once(track, None), by_himself, "{track}");
    }
}

#[test]
fn only_the_mediator_himself_names_no_party() {
    let seat = presiding(MEDIATOR);
    for (requested_by, actor, fine) in [
        (Some(APPLICANT), STRANGER, true),
        (Some(APPLICANT), MEDIATOR, true),
        (None, MEDIATOR, true),
        (None, STRANGER, false),
    ] {
        let found = said(check_asker(requested_by, actor, &seat));
        let expected = if fine { &[][..] } else { &["/requested_by missing"] };
        assert_eq!(found, expected, "{requested_by:?} {actor}");
    }
}

#[test]
fn a_seat_is_asked_about_while_it_is_held_and_once_at_a_time() {
    let seat = |status| assignment::Model { status, ..presiding(MEDIATOR) };
    for (status, earlier, code) in [
        (AssignmentStatus::Proposed, None, None),
        (AssignmentStatus::Accepted, None, None),
        (AssignmentStatus::Accepted, Some(RecusalStatus::Rejected), None),
        (AssignmentStatus::Accepted, Some(RecusalStatus::Open), Some("recusal_open")),
        (AssignmentStatus::Declined, None, Some("assignment_ended")),
        (AssignmentStatus::Released, None, Some("assignment_ended")),
    ] {
        let seat = seat(status);
        let mut file = file();
        file.case.track = Track::AdministrativeMediation;
        file.recusals = earlier.iter().map(|it| recusal(&seat, *it)).collect();
        let found = said(check_seat(&file, &seat));
        assert_eq!(found, Vec::from_iter(code), "{status} {earlier:?}");
    }
}

#[test]
fn whoever_was_recused_does_not_come_back() {
    use RecusalStatus::{Open, Rejected, Replaced, Upheld};
    for (track, article) in [
        (Track::PeopleMediation, "RULES2002-25"),
        (Track::AdministrativeMediation, "O121-21"),
        (Track::EntrustedMediation, "O121-21"),
    ] {
        for (status, barred) in [(Replaced, true), (Upheld, true), (Rejected, false), (Open, false)]
        {
            let mut file = file();
            file.case.track = track;
            file.recusals = vec![recusal(&presiding(MEDIATOR), status)];
            assert!(check_not_recused(&file, STRANGER).is_ok(), "somebody else");
            match check_not_recused(&file, MEDIATOR) {
                Err(Error::Refused(unmet)) => {
                    assert!(barred, "{track} {status}");
                    assert_eq!(unmet[0].code, "recused");
                    assert_eq!(unmet[0].law[0].code(), article, "{track}");
                }
                found => assert!(!barred && found.is_ok(), "{track} {status}"),
            }
        }
    }
}

#[test]
fn a_decision_becomes_the_status() {
    assert_eq!(status_after(RecusalDecision::Upheld), RecusalStatus::Upheld);
    assert_eq!(status_after(RecusalDecision::Rejected), RecusalStatus::Rejected);
}

#[test]
fn the_seat_says_why_it_ended() {
    let by_party = reason_of_release(RecusalStatus::Replaced, Some(APPLICANT));
    let by_himself = reason_of_release(RecusalStatus::Replaced, None);
    let decided = reason_of_release(RecusalStatus::Upheld, Some(APPLICANT));
    assert!(by_party.contains("当事人") && by_himself.contains("自行") && decided.contains("决定"));
}
