//! The gates of recusal, interests and confirmation, track by track.

use uuid::Uuid;

use super::*;
use crate::agreements::fixture::{APPLICANT, MEDIATOR, at, day, file};
use crate::cases::file::CaseFile;
use crate::cases::gates::{check, requirements};
use crate::entity::{interest, judicial_confirmation, recusal};
use crate::words::{CaseStatus, InterestKind, RecusalGround, Track};

/// What suspension keeps shut (O121 21).
const SUSPENDED: [Action; 8] = [
    Action::StartMediation,
    Action::ScheduleHearing,
    Action::RecordAttendance,
    Action::LockAgreement,
    Action::SignAgreement,
    Action::SendSigningCode,
    Action::RecordOralAgreement,
    Action::SealAgreement,
];

/// Before what declared interests are looked at.
const CHECKED: [Action; 3] =
    [Action::StartMediation, Action::ScheduleHearing, Action::RecordAttendance];

fn recusal(status: RecusalStatus) -> recusal::Model {
    recusal::Model {
        id: Uuid::from_u128(80),
        case_id: Uuid::nil(),
        assignment_id: Uuid::nil(),
        mediator_id: MEDIATOR,
        requested_by: Some(APPLICANT),
        ground: RecusalGround::Interest,
        explanation: None,
        requested_at: at(9, 9),
        recorded_by: Uuid::nil(),
        status,
        decided_by: None,
        decided_at: None,
        reason: None,
    }
}

fn declared(name: &str) -> interest::Model {
    interest::Model {
        id: Uuid::from_u128(90),
        mediator_id: MEDIATOR,
        kind: InterestKind::NearRelative,
        counterpart_name: name.to_owned(),
        credit_code: None,
        since: day(1, 1),
        until: None,
        note: None,
        declared_by: MEDIATOR,
        declared_at: at(1, 9),
    }
}

fn on_track(track: Track, status: CaseStatus) -> CaseFile {
    let mut file = file();
    file.case.track = track;
    file.case.status = status;
    file
}

/// What stands in the way of an action, with the articles.
fn missing(file: &CaseFile, action: Action) -> Vec<(&'static str, Vec<&'static str>)> {
    let question = Question {
        file,
        action,
        target: None,
        asker: Uuid::nil(),
        role: crate::words::Role::Director,
    };
    let unmet = check(question).into_iter();
    unmet.map(|it| (it.code, it.law.iter().map(|it| it.code()).collect())).collect()
}

fn status_of(action: Action) -> CaseStatus {
    if action == Action::StartMediation { CaseStatus::Accepted } else { CaseStatus::Mediating }
}

#[test]
fn an_open_request_suspends_mediation() {
    for action in Action::ALL {
        let asks = requirements(*action).contains(&Requirement::NoOpenRecusal);
        assert_eq!(asks, SUSPENDED.contains(action), "{action}");
    }
    for action in SUSPENDED {
        for track in [Track::AdministrativeMediation, Track::EntrustedMediation] {
            let mut file = on_track(track, status_of(action));
            let shut = ("recusal_open", vec!["O121-21"]);
            assert!(!missing(&file, action).contains(&shut), "{action} {track}");
            file.recusals = vec![recusal(RecusalStatus::Open)];
            assert!(missing(&file, action).contains(&shut), "{action} {track}");
            for done in [RecusalStatus::Rejected, RecusalStatus::Upheld, RecusalStatus::Replaced] {
                file.recusals = vec![recusal(done)];
                assert!(!missing(&file, action).contains(&shut), "{action} {track} {done}");
            }
        }
    }
    let file = CaseFile {
        recusals: vec![recusal(RecusalStatus::Open)],
        ..on_track(Track::PeopleMediation, CaseStatus::Mediating)
    };
    let question = Question {
        file: &file,
        action: Action::ScheduleHearing,
        target: None,
        asker: MEDIATOR,
        role: crate::words::Role::Director,
    };
    let found = Requirement::NoOpenRecusal.lacking(question);
    assert_eq!(found[0].mend, [Action::DecideRecusal]);
    assert_eq!(found[0].law, [Law::Rules2002Art25], "the article is the track's own");
}

#[test]
fn an_interest_shuts_the_hearing() {
    for action in Action::ALL {
        let asks = requirements(*action).contains(&Requirement::PanelWithoutInterest);
        assert_eq!(asks, CHECKED.contains(action), "{action}");
    }
    for action in CHECKED {
        for (track, law) in [
            (Track::PeopleMediation, vec!["RULES2002-25", "PML-15"]),
            (Track::AdministrativeMediation, vec!["O121-21"]),
            (Track::EntrustedMediation, vec!["O121-21"]),
        ] {
            let mut file = on_track(track, status_of(action));
            let shut = ("interest_found", law);
            assert!(!missing(&file, action).contains(&shut), "{action} {track}");
            file.interests = vec![declared("他人")];
            assert!(!missing(&file, action).contains(&shut), "{action} {track}");
            // Both parties of the fixture have the name: one line each.
            file.interests = vec![declared("陈晓雯")];
            let found = missing(&file, action);
            assert_eq!(found.iter().filter(|it| **it == shut).count(), 2, "{action} {track}");
        }
    }
}

#[test]
fn only_an_open_request_is_decided() {
    for (recusals, code) in [
        (vec![], Some("no_open_recusal")),
        (vec![recusal(RecusalStatus::Open)], None),
        (vec![recusal(RecusalStatus::Rejected)], Some("no_open_recusal")),
    ] {
        let mut file = on_track(Track::AdministrativeMediation, CaseStatus::Mediating);
        file.recusals = recusals;
        let found: Vec<_> =
            missing(&file, Action::DecideRecusal).into_iter().map(|it| it.0).collect();
        assert_eq!(found, Vec::from_iter(code));
    }
    let mut file = on_track(Track::AdministrativeMediation, CaseStatus::Mediating);
    file.recusals = vec![recusal(RecusalStatus::Open)];
    let other = Some(Uuid::from_u128(81));
    let question = Question {
        file: &file,
        action: Action::DecideRecusal,
        target: other,
        asker: MEDIATOR,
        role: crate::words::Role::Director,
    };
    assert_eq!(check(question)[0].code, "no_open_recusal", "another request");
}

#[test]
fn confirmation_is_asked_once_for_an_agreement_of_the_people() {
    let law = || vec!["PML-33", "CPL-205"];
    let asked = judicial_confirmation::Model {
        id: Uuid::nil(),
        case_id: Uuid::nil(),
        agreement_id: Uuid::nil(),
        court: "上海市徐汇区人民法院".to_owned(),
        applied_on: day(3, 9),
        recorded_by: Uuid::nil(),
        recorded_at: at(9, 9),
    };
    for status in [CaseStatus::Performing, CaseStatus::Closed] {
        for track in Track::ALL {
            let offered = *track == Track::PeopleMediation;
            let mut file = on_track(*track, status);
            let mut expected = Vec::new();
            if !offered {
                expected.push(("confirmation_not_offered", law()));
            }
            file.agreements[0].status = AgreementStatus::InForce;
            let action = Action::ApplyForConfirmation;
            assert_eq!(missing(&file, action), expected, "{track} {status}");

            file.agreements[0].status = AgreementStatus::Superseded;
            expected.push(("no_agreement_in_force", law()));
            assert_eq!(missing(&file, action), expected, "{track} {status}");

            file.confirmations = vec![asked.clone()];
            expected.push(("confirmation_asked", law()));
            assert_eq!(missing(&file, action), expected, "{track} {status}");
        }
    }
    for status in [CaseStatus::Registered, CaseStatus::Accepted, CaseStatus::Mediating] {
        let found =
            missing(&on_track(Track::PeopleMediation, status), Action::ApplyForConfirmation);
        assert_eq!(found, [("wrong_status", vec![])], "{status}");
    }
}

/// §2.15: a clue is found at any time, also after everything is over, until the file is sealed.
#[test]
fn a_clue_is_reported_until_the_file_is_sealed() {
    for status in CaseStatus::ALL {
        let possible = missing(&on_track(Track::PeopleMediation, *status), Action::ReportClue);
        assert_eq!(possible.is_empty(), *status != CaseStatus::Archived, "{status}");
    }
}
