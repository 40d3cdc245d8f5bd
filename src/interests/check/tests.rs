//! Each way in which a declaration may touch a case, and the many in which it does not.

use uuid::Uuid;

use super::*;
use crate::agreements::fixture::{
    APPLICANT, LAWYER, MEDIATOR, SHOP, STRANGER, at, day, file, presiding,
};
use crate::words::{PartyKind, Track};

const INTEREST: Uuid = Uuid::from_u128(90);
const CODE: &str = "91350100M000100Y43";

fn declared(name: &str) -> interest::Model {
    interest::Model {
        id: INTEREST,
        mediator_id: MEDIATOR,
        kind: InterestKind::Employment,
        counterpart_name: name.to_owned(),
        credit_code: None,
        since: day(1, 1),
        until: None,
        note: None,
        declared_by: MEDIATOR,
        declared_at: at(1, 9),
    }
}

/// A shop with its lawyer against 陈晓雯, on the tenth of March.
fn dispute() -> CaseFile {
    let mut file = file();
    let shop = &mut file.parties[1];
    shop.kind = PartyKind::Organization;
    shop.name = "上海悦动健身（徐汇）有限公司".to_owned();
    shop.credit_code = Some(CODE.to_owned());
    shop.legal_representative = Some("周建国".to_owned());
    file.agents[0].organization = Some("上海衡山律师事务所".to_owned());
    file
}

#[test]
fn a_declaration_touches_whom_it_names() {
    use InterestGround::*;
    let rows: [(&str, Option<&str>, Option<(InterestGround, Uuid, Option<Uuid>)>); 11] = [
        ("上海悦动健身（徐汇）有限公司", None, Some((SameName, SHOP, None))),
        // Full width, spaces and brackets are one spelling.
        (" 上海悦动健身(徐汇) 有限公司　", None, Some((SameName, SHOP, None))),
        // A firm renamed since.
        ("旧名称有限公司", Some(CODE), Some((SameCreditCode, SHOP, None))),
        ("上海悦动健身（徐汇）有限公司", Some(CODE), Some((SameCreditCode, SHOP, None))),
        ("旧名称有限公司", Some("91310000MA1FL0000X"), None),
        ("陈晓雯", None, Some((SameName, APPLICANT, None))),
        ("陈 晓雯", None, Some((SameName, APPLICANT, None))),
        ("周建国", None, Some((SameNameAsLegalRepresentative, SHOP, None))),
        ("李国栋", None, Some((SameNameAsAgent, SHOP, Some(LAWYER)))),
        ("上海衡山律师事务所", None, Some((SameNameAsAgent, SHOP, Some(LAWYER)))),
        // Part of a name is another name.
        ("上海悦动健身", None, None),
    ];
    for (name, code, expected) in rows {
        let mut interest = declared(name);
        interest.credit_code = code.map(str::to_owned);
        let found = of_mediator(&dispute(), MEDIATOR, &[interest]);
        let told: Vec<_> = found.iter().map(|it| (it.ground, it.party_id, it.agent_id)).collect();
        assert_eq!(told, Vec::from_iter(expected), "{name} {code:?}");
        assert!(found.iter().all(Fact::bars), "{name}");
    }
}

#[test]
fn names_of_other_peoples_in_any_dot() {
    let mut file = dispute();
    file.parties[0].name = "阿依古丽·买买提".to_owned();
    for name in ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提"]
    {
        assert_eq!(of_mediator(&file, MEDIATOR, &[declared(name)]).len(), 1, "{name}");
    }
}

#[test]
fn a_declaration_counts_from_its_first_to_its_last_day() {
    let today = dispute().today();
    assert_eq!(today, day(3, 10));
    for (since, until, counts) in [
        (day(1, 1), None, true),
        (day(3, 10), None, true),
        (day(3, 11), None, false),
        (day(1, 1), Some(day(3, 9)), false),
        (day(1, 1), Some(day(3, 10)), true),
        (day(1, 1), Some(day(3, 11)), true),
    ] {
        let interest = interest::Model { since, until, ..declared("陈晓雯") };
        let found = of_mediator(&dispute(), MEDIATOR, std::slice::from_ref(&interest));
        assert_eq!(!found.is_empty(), counts, "{since} {until:?}");
        assert_eq!(is_valid_on(&interest, today), counts);
    }
}

#[test]
fn only_the_own_declarations_of_whoever_sits_there_count() {
    let mut file = dispute();
    file.interests = vec![declared("陈晓雯")];
    assert_eq!(of_panel(&file).len(), 1);
    assert!(of_mediator(&file, STRANGER, &file.interests).is_empty());
    file.assignments = vec![presiding(STRANGER)];
    assert!(of_panel(&file).is_empty(), "somebody else sits there");
    file.assignments.clear();
    assert!(of_panel(&file).is_empty(), "nobody sits there");
}

#[test]
fn only_what_a_change_brought_about_is_new() {
    let mut before = dispute();
    before.interests = vec![declared("陈晓雯")];
    let mut after = before.clone();
    assert!(newly_found(&before, &after).is_empty());
    after.parties[1].legal_representative = Some("陈晓雯".to_owned());
    let grounds: Vec<_> = newly_found(&before, &after).iter().map(|it| it.ground).collect();
    assert_eq!(grounds, [InterestGround::SameNameAsLegalRepresentative]);
    assert!(newly_found(&after, &after).is_empty());
}

/// Shown, and no bar: many people are called so.
#[test]
fn the_mediators_own_name_is_shown_and_bars_nothing() {
    let file = dispute();
    let told = |name| -> Vec<_> {
        let found = same_names(&file, MEDIATOR, name);
        assert!(found.iter().all(|it| !it.bars()));
        found.iter().map(|it| (it.ground, it.party_id, it.agent_id)).collect()
    };
    assert_eq!(told("陈晓雯"), [(InterestGround::MediatorNamedLikeParty, APPLICANT, None)]);
    assert_eq!(told("李国栋"), [(InterestGround::MediatorNamedLikeAgent, SHOP, Some(LAWYER))]);
    assert_eq!(told("王建国"), []);
}

#[test]
fn an_article_is_named_by_track() {
    for (track, codes) in [
        (Track::PeopleMediation, &["RULES2002-25", "PML-15"][..]),
        (Track::AdministrativeMediation, &["O121-21"]),
        (Track::EntrustedMediation, &["O121-21"]),
    ] {
        let found: Vec<_> = law(track).iter().map(|it| it.code()).collect();
        assert_eq!(found, codes, "{track}");
    }
}

/// Facts are told by side and place: names are personal data and here only compared.
#[test]
fn no_fact_tells_a_name() {
    let mut file = dispute();
    for name in ["陈晓雯", "周建国", "李国栋", "上海悦动健身（徐汇）有限公司"]
    {
        file.interests = vec![declared(name)];
        for fact in of_panel(&file) {
            let text = told(&file, &fact);
            assert!(!text.zh.contains(name) && !text.en.contains(name), "{text:?}");
            assert!(text.zh.contains("当事人") && text.en.contains("party"), "{text:?}");
        }
    }
}

#[test]
fn that_there_is_no_conflict_is_never_said() {
    for declarations in 0..3 {
        for facts in 0..3 {
            let text = statement(declarations, facts);
            let en = text.en.to_lowercase();
            assert!(en.contains("recorded data") && !en.contains("conflict"), "{text:?}");
            assert!(text.zh.contains("已登记的数据"), "{text:?}");
            assert!(!text.zh.contains("无利害关系") && !text.zh.contains("没有利害关系"));
            assert_eq!(text.zh.contains("未发现"), facts == 0, "{text:?}");
            assert_eq!(text.zh.contains("没有现行有效的利害关系申报"), declarations == 0);
        }
    }
}

#[test]
fn an_interest_ends_once_and_not_before_it_begins() {
    let today = day(3, 10);
    for (until, asked, code) in [
        (None, day(3, 10), None),
        (None, day(1, 1), None),
        (None, day(4, 1), None),
        (Some(day(12, 31)), day(3, 1), None),
        (Some(today), day(3, 1), None),
        (Some(day(3, 9)), day(3, 10), Some("interest_ended")),
        (None, NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(), Some("/until before_start")),
    ] {
        let interest = interest::Model { until, ..declared("陈晓雯") };
        let said = crate::agreements::fixture::said(check_end(&interest, asked, today));
        assert_eq!(said, Vec::from_iter(code.map(str::to_owned)), "{until:?} {asked}");
    }
}
