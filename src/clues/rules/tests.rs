//! What goes through the door, and what follows what behind it (O121 27).

use uuid::Uuid;

use super::*;
use crate::agreements::fixture::{APPLICANT, at, day, file, party, said};

fn office(kind: OfficeKind) -> office::Model {
    office::Model {
        id: Uuid::nil(),
        kind,
        name: "徐家汇市场监管所".to_owned(),
        version: 1,
        created_at: at(1, 9),
    }
}

fn clue(status: ClueStatus) -> clue::Model {
    clue::Model {
        id: Uuid::nil(),
        case_id: Uuid::nil(),
        office_id: Uuid::nil(),
        respondent_name: None,
        respondent_credit_code: None,
        description: "无证经营。".to_owned(),
        discovered_on: day(3, 2),
        status,
        reported_by: Uuid::nil(),
        reported_at: at(2, 9),
        received_by: None,
        received_on: None,
        extended_by: None,
        extended_on: None,
        extension_reason: None,
        decided_by: None,
        decided_on: None,
        decision: None,
        explanation: None,
        version: 1,
    }
}

#[test]
fn only_market_supervision_verifies() {
    for kind in OfficeKind::ALL {
        let fits = *kind == OfficeKind::MarketSupervisionOffice;
        assert_eq!(check_office(&office(*kind)).is_none(), fits, "{kind}");
    }
}

#[test]
fn a_clue_was_discovered_already() {
    for (discovered_on, fine) in [(day(3, 9), true), (day(3, 10), true), (day(3, 11), false)] {
        assert_eq!(check_day(discovered_on, day(3, 10)).is_none(), fine, "{discovered_on}");
    }
}

#[test]
fn a_clue_is_about_an_operator() {
    use PartyKind::{NaturalPerson, Organization};
    use PartyRole::{Applicant, Respondent, ThirdParty};
    for (role, kind, fits) in [
        (Respondent, Organization, true),
        (ThirdParty, Organization, true),
        (Applicant, Organization, false),
        (Respondent, NaturalPerson, false),
        (ThirdParty, NaturalPerson, false),
        (Applicant, NaturalPerson, false),
    ] {
        let found = check_respondent(&party::Model { kind, ..party(APPLICANT, 1, role) });
        assert_eq!(found.is_none(), fits, "{role} {kind}");
    }
}

#[test]
fn a_description_leads_nobody_back_to_the_case() {
    let mut file = file();
    file.parties[1].kind = PartyKind::Organization;
    file.parties[1].name = "上海悦动健身有限公司".to_owned();
    file.case.external_number = Some("20260302-0099".to_owned());
    for (description, fine) in [
        ("上海悦动健身有限公司未备案发卡。", true),
        ("未备案发卡，门店停业。", true),
        ("消费者陈晓雯反映未备案发卡。", false),
        ("消费者陈 晓 雯反映未备案发卡。", false),
        ("见（2026）徐消人调字第00001号。", false),
        ("见(2026)徐消人调字第00001号。", false),
        ("见工单 20260302-0099。", false),
    ] {
        assert_eq!(check_description(&file, description).is_none(), fine, "{description}");
    }
    // An applicant registered by one letter hides no text.
    file.parties[0].name = "卡".to_owned();
    assert!(check_description(&file, "未备案发卡。").is_none());
}

#[test]
fn one_thing_follows_the_other_in_the_register() {
    use ClueStatus::{Decided, Received, Reported};
    for (status, receipt, extension, decision) in [
        (Reported, None, Some("clue_not_received"), Some("clue_not_received")),
        (Received, Some("clue_received"), None, None),
        (Decided, Some("clue_received"), Some("clue_decided"), Some("clue_decided")),
    ] {
        let clue = clue(status);
        assert_eq!(said(check_receipt(&clue)), Vec::from_iter(receipt), "{status}");
        assert_eq!(said(check_extension(&clue)), Vec::from_iter(extension), "{status}");
        assert_eq!(said(check_decision(&clue)), Vec::from_iter(decision), "{status}");
    }
    let extended = clue::Model { extended_on: Some(day(3, 20)), ..clue(Received) };
    assert_eq!(said(check_extension(&extended)), ["clue_extended"]);
    assert!(check_decision(&extended).is_ok());
}

#[test]
fn a_refusal_names_the_article() {
    match check_decision(&clue(ClueStatus::Reported)) {
        Err(Error::Refused(unmet)) => assert_eq!(unmet[0].law, [Law::O121Art27]),
        found => panic!("{found:?}"),
    }
}
