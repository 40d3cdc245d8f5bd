//! The list of the case file and its seal.

use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::agreements::fixture::{APPLICANT, SHOP, at, file};
use crate::cases::gates::requirements;
use crate::entity::{hearing, revisit, rights_notice};
use crate::words::{CaseStatus, HearingMode, Manner, Outcome, Retention, Role};

fn told(party_id: Uuid) -> rights_notice::Model {
    rights_notice::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        party_id,
        told_at: at(2, 12),
        manner: Manner::InPerson,
        acknowledged: true,
        recorded_by: Uuid::nil(),
    }
}

fn held(minutes: Option<&str>) -> hearing::Model {
    hearing::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        ordinal: 1,
        mode: HearingMode::OnSite,
        room_id: None,
        place: None,
        link: None,
        starts_at: at(4, 9),
        ends_at: at(4, 11),
        status: HearingStatus::Held,
        reason: None,
        minutes: minutes.map(str::to_owned),
        minutes_read_back: None,
        result: None,
        recorder_id: None,
    }
}

/// A closed case that was mediated and agreed on, with everything in it.
fn whole() -> CaseFile {
    let mut file = file();
    file.case.status = CaseStatus::Closed;
    file.case.outcome = Some(Outcome::Agreement);
    file.agreements[0].status = AgreementStatus::InForce;
    file.rights_notices = vec![told(APPLICANT), told(SHOP)];
    file.hearings = vec![held(Some("双方达成一致。"))];
    file
}

const ASKER: Actor = Actor {
    id: Uuid::nil(),
    role: Role::Director,
    office_id: Uuid::nil(),
    session_id: Uuid::nil(),
};

/// The parts that are wanted and not there. Each says what of it is, and what would mend it.
fn lacking(file: &CaseFile) -> Vec<FilePart> {
    let list = list(file, ASKER);
    for it in &list {
        assert_eq!(it.required && !it.present, !it.lacks.is_empty(), "{it:?}");
        assert!(it.lacks.iter().all(|it| !it.mend.is_empty() && !it.law.is_empty()), "{it:?}");
    }
    list.into_iter().filter(|it| it.required && !it.present).map(|it| it.part).collect()
}

/// Domain §3.8: what must be there, what only if there is any.
#[test]
fn the_list_names_what_the_file_lacks() {
    let rows: [(&str, fn(&mut CaseFile), &[FilePart]); 8] = [
        ("whole", |_| {}, &[]),
        (
            "PML 17: no applicant",
            |it| {
                it.parties.remove(0);
            },
            &[FilePart::Application],
        ),
        (
            "PML 23: not told",
            |it| {
                it.rights_notices.pop();
            },
            &[FilePart::RightsNotices],
        ),
        (
            "PML 23: not acknowledged",
            |it| it.rights_notices[0].acknowledged = false,
            &[FilePart::RightsNotices],
        ),
        (
            "PML 27: not verified",
            |it| it.parties[1].identity_verified = false,
            &[FilePart::IdentityProofs],
        ),
        (
            "PML 27: one hearing without minutes",
            |it| it.hearings.push(held(None)),
            &[FilePart::Minutes],
        ),
        ("PML 27: never heard", |it| it.hearings.clear(), &[]),
        ("PML 28: no agreement", |it| it.agreements.clear(), &[FilePart::Agreement]),
    ];
    for (what, change, expected) in rows {
        let mut file = whole();
        change(&mut file);
        assert_eq!(lacking(&file), expected, "{what}");
        assert_eq!(is_complete(&list(&file, ASKER)), expected.is_empty(), "{what}");
    }
}

/// Whether a case was mediated decides what mediation must have left behind.
#[test]
fn a_case_that_was_never_mediated_needs_its_application_only() {
    let mut file = file();
    file.case.mediation_started_at = None;
    file.case.outcome = Some(Outcome::Declined);
    file.parties[0].identity_verified = false;
    assert_eq!(lacking(&file), []);
}

/// The list and the gates of `archive_case` say the same of every case: each way of lacking
/// something, alone and together.
#[test]
fn the_list_and_the_gates_agree() {
    let changes: [fn(&mut CaseFile); 7] = [
        |it| it.case.mediation_started_at = None,
        |it| it.parties.retain(|it| it.id != APPLICANT),
        |it| it.parties[0].identity_verified = false,
        |it| it.rights_notices.retain(|it| it.party_id != SHOP),
        |it| it.rights_notices.iter_mut().for_each(|it| it.acknowledged = false),
        |it| it.hearings.clear(),
        |it| it.hearings.push(held(None)),
    ];
    for chosen in 0..1_u32 << changes.len() {
        let mut file = whole();
        for (bit, change) in changes.iter().enumerate() {
            if chosen & 1 << bit != 0 {
                change(&mut file);
            }
        }
        let action = Action::ArchiveCase;
        let question =
            Question { file: &file, action, target: None, asker: ASKER.id, role: ASKER.role };
        let open = requirements(action).iter().all(|it| it.lacking(question).is_empty());
        assert_eq!(is_complete(&list(&file, ASKER)), open, "{chosen:07b}");
    }
}

/// Domain §3.9: what is filed cannot be changed unseen.
#[test]
fn the_seal_covers_the_content_and_not_the_filing() {
    let file = whole();
    let sealed = seal(&file);
    let filing: [fn(&mut CaseFile); 5] = [
        |it| it.case.status = CaseStatus::Archived,
        |it| it.case.version += 1,
        |it| it.case.updated_at += TimeDelta::hours(1),
        |it| it.case.file_hash = Some("0".repeat(64)),
        |it| it.now += TimeDelta::days(1),
    ];
    for change in filing {
        let mut file = file.clone();
        change(&mut file);
        assert_eq!(seal(&file), sealed);
    }
    let content: [fn(&mut CaseFile); 8] = [
        |it| it.case.title.push('！'),
        |it| it.case.retention = Some(Retention::Permanent),
        |it| it.case.page_count = Some(1),
        |it| it.parties[0].name.push('！'),
        |it| it.terms[0].amount_fen = Some(1),
        |it| it.instalments.swap(0, 1),
        |it| it.hearings[0].minutes = None,
        |it| {
            it.revisits.push(revisit::Model {
                id: Uuid::nil(),
                case_id: Uuid::nil(),
                party_id: None,
                visited_at: at(9, 9),
                manner: Manner::Phone,
                findings: String::new(),
                satisfaction: None,
                visited_by: Uuid::nil(),
            });
        },
    ];
    for (index, change) in content.into_iter().enumerate() {
        let mut file = file.clone();
        change(&mut file);
        assert_ne!(seal(&file), sealed, "{index}");
    }
}

#[test]
fn a_sealed_file_tells_whether_it_was_touched() {
    let mut file = whole();
    assert_eq!(is_intact(&file), None);
    file.case.file_hash = Some(seal(&file));
    assert_eq!(is_intact(&file), Some(true));
    file.case.facts.push('！');
    assert_eq!(is_intact(&file), Some(false));
}

/// A later version of the program may keep more: old seals still hold.
#[test]
fn what_is_absent_is_not_sealed() {
    let mut content = json!({
        "case": { "title": "健身卡退费", "a_later_column": null },
        "parties": [{ "name": "陈晓雯", "born_on": null }],
        "a_later_table": [],
    });
    leave_out_absent(&mut content);
    let expected = json!({
        "case": { "title": "健身卡退费" },
        "parties": [{ "name": "陈晓雯" }],
    });
    assert_eq!(content, expected);
}
