//! For each check an agreement that fails it, made from one that passes all of them.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::super::fixture::*;
use super::super::input::DraftInstalment;
use super::*;
use crate::access::{Action, Role};
use crate::entity::{clue, consent};
use crate::words::{ConsentDecision, ConsentSubject, Manner, PartyRole, TermKind, Track};

/// 3,580 yuan in two parts on working days, and an apology. Today is 2026-03-10.
fn draft() -> DraftAgreement {
    let refund = DraftTerm {
        kind: TermKind::Refund,
        obligor_id: SHOP,
        obligee_id: APPLICANT,
        amount_fen: Some(358_000),
        due_on: day(4, 30),
        manner: "银行转账".to_owned(),
        description: "退还剩余费用3,580元（大写：叁仟伍佰捌拾元整）。".to_owned(),
        instalments: vec![
            DraftInstalment { amount_fen: 200_000, due_on: day(4, 1) },
            DraftInstalment { amount_fen: 158_000, due_on: day(4, 30) },
        ],
    };
    let apology = DraftTerm {
        kind: TermKind::Apology,
        amount_fen: None,
        due_on: day(3, 16),
        manner: "当面".to_owned(),
        description: "就停业未提前告知表示歉意。".to_owned(),
        instalments: Vec::new(),
        ..refund.clone()
    };
    DraftAgreement {
        facts: "购买健身年卡后门店停业。".to_owned(),
        disputed_matters: "剩余费用如何退还。".to_owned(),
        responsibilities: "被申请人未能继续提供服务。".to_owned(),
        terms: vec![refund, apology],
    }
}

fn found(draft: &DraftAgreement, file: &CaseFile) -> Vec<Finding> {
    let files = crate::calendars::built_in();
    let calendar = Calendar::of(files.iter().map(|it| (it, 1)));
    let question = Question {
        file,
        action: Action::ReadAgreementFindings,
        target: None,
        asker: MEDIATOR,
        role: Role::Mediator,
    };
    find(draft, question, &calendar)
}

#[test]
fn a_clear_agreement_is_ready() {
    let found = found(&draft(), &file());
    assert_eq!(found, []);
    assert!(is_ready(&found));
}

type Change = fn(&mut DraftAgreement, &mut CaseFile);

/// Code, weight, place, its first article, and the change that brings it about.
const ROWS: &[(&str, Severity, &str, &str, Change)] = &[
    // PML 29; CPL-I 358: content that is unclear.
    ("blank", Severity::Blocking, "/facts", "PML-29", |it, _| it.facts = " ".to_owned()),
    ("unknown_reference", Severity::Blocking, "/terms/1/obligor_id", "PML-29", |it, _| {
        it.terms[1].obligor_id = STRANGER;
    }),
    ("same_party", Severity::Blocking, "/terms/1/obligee_id", "PML-29", |it, _| {
        it.terms[1].obligee_id = SHOP;
    }),
    ("missing", Severity::Blocking, "/terms/1/amount_fen", "PML-29", |it, _| {
        it.terms[1].kind = TermKind::Compensation;
    }),
    ("not_a_payment", Severity::Blocking, "/terms/1/amount_fen", "PML-29", |it, _| {
        it.terms[1].amount_fen = Some(100);
    }),
    ("sum_differs", Severity::Blocking, "/terms/0/instalments", "PML-29", |it, _| {
        it.terms[0].instalments[0].amount_fen += 1;
    }),
    ("not_ascending", Severity::Blocking, "/terms/0/instalments/1/due_on", "PML-29", |it, _| {
        it.terms[0].instalments[0].due_on = day(4, 30);
    }),
    ("not_the_last_day", Severity::Blocking, "/terms/0/instalments/1/due_on", "PML-29", |it, _| {
        it.terms[0].due_on = day(5, 6);
    }),
    ("in_past", Severity::Blocking, "/terms/1/due_on", "PML-29", |it, _| {
        it.terms[1].due_on = day(3, 9);
    }),
    ("out_of_range", Severity::Blocking, "/terms/1/due_on", "PML-29", |it, _| {
        it.terms[1].due_on = NaiveDate::from_ymd_opt(2101, 3, 1).unwrap();
    }),
    // A weekend day, a holiday, and a worked Saturday that is fine (below).
    ("due_on_day_off", Severity::Warning, "/terms/1/due_on", "CC-201-203", |it, _| {
        it.terms[1].due_on = day(3, 14);
    }),
    (
        "due_on_day_off",
        Severity::Warning,
        "/terms/0/instalments/0/due_on",
        "CC-201-203",
        |it, _| {
            it.terms[0].instalments[0].due_on = day(4, 6);
        },
    ),
    ("amount_words_differ", Severity::Blocking, "/terms/0/description", "PML-29", |it, _| {
        it.terms[0].description = "退还叁仟伍佰元整。".to_owned();
    }),
    ("amount_words_unreadable", Severity::Blocking, "/terms/0/description", "PML-29", |it, _| {
        it.terms[0].description = "退还叁仟仟元整。".to_owned();
    }),
    ("figures_differ", Severity::Warning, "/terms/0/description", "PML-29", |it, _| {
        it.terms[0].description = "退还3850元。".to_owned();
    }),
    ("money_without_amount", Severity::Warning, "/terms/1/description", "PML-29", |it, _| {
        it.terms[1].description = "表示歉意，并赔偿500元。".to_owned();
    }),
    ("unclear_wording", Severity::Blocking, "/terms/0/manner", "PML-29", |it, _| {
        it.terms[0].manner = "尽快转账".to_owned();
    }),
    ("unclear_wording", Severity::Blocking, "/terms/1/description", "PML-29", |it, _| {
        it.terms[1].description = "酌情给予适当补偿。".to_owned();
    }),
    ("soft_wording", Severity::Warning, "/terms/1/description", "PML-29", |it, _| {
        it.terms[1].description = "尽量当面表示歉意。".to_owned();
    }),
    ("too_short", Severity::Warning, "/terms/1/description", "PML-29", |it, _| {
        it.terms[1].description = "道歉".to_owned();
    }),
    ("same_side", Severity::Warning, "/terms/1/obligee_id", "PML-29", |it, file| {
        file.parties.push(party(STRANGER, 3, PartyRole::Respondent));
        it.terms[1].obligee_id = STRANGER;
    }),
    // CPL-I 355: what is not taken up.
    ("identity_relation", Severity::Blocking, "/terms/1/description", "CPL-I-355", |it, _| {
        it.terms[1].description = "双方解除婚姻关系。".to_owned();
    }),
    ("confirms_right", Severity::Blocking, "/terms/1/description", "CPL-I-355", |it, _| {
        it.terms[1].description = "商标权归申请人所有。".to_owned();
    }),
    // CPL-I 358: what is refused.
    (
        "against_public_interest",
        Severity::Blocking,
        "/terms/1/description",
        "CPL-I-358",
        |it, _| {
            it.terms[1].description = "申请人撤回举报。".to_owned();
        },
    ),
    ("against_public_order", Severity::Blocking, "/responsibilities", "CPL-I-358", |it, _| {
        it.responsibilities = "未付清前限制人身自由。".to_owned();
    }),
    ("others_interests", Severity::Warning, "/terms/1/description", "CPL-I-358", |it, _| {
        it.terms[1].description = "由第三方继续提供服务。".to_owned();
    }),
    ("clue_open", Severity::Warning, "", "CPL-I-358", |_, file| file.clues.push(clue())),
    // PML 3, 4, 17; Civil Code 17 to 23, 165; CPL 205.
    ("fee_for_mediation", Severity::Blocking, "/terms/1/description", "PML-4", |it, _| {
        it.terms[1].description = "各付调解费一半。".to_owned();
    }),
    ("remedy_waived", Severity::Warning, "/terms/1/description", "PML-3", |it, _| {
        it.terms[1].description = "申请人放弃诉讼权利。".to_owned();
    }),
    ("party_refused", Severity::Blocking, "", "PML-17", |_, file| {
        file.consents.push(refusal(APPLICANT));
    }),
    ("guardian_missing", Severity::Blocking, "", "CC-17", |_, file| {
        file.parties[0].born_on = NaiveDate::from_ymd_opt(2010, 1, 1);
    }),
    ("identity_not_verified", Severity::Blocking, "", "PML-27", |_, file| {
        file.parties[0].identity_verified = false;
    }),
    ("confirmation_not_offered", Severity::Blocking, "", "PML-33", |_, file| {
        file.case.track = Track::AdministrativeMediation;
    }),
    ("no_power_to_settle", Severity::Warning, "", "CC-165", |_, file| {
        file.agents[0].power = AgentPower::General;
    }),
    ("mandate_not_valid", Severity::Warning, "", "CC-165", |_, file| {
        file.agents[0].mandate_until = Some(day(3, 9));
    }),
    ("mandate_not_valid", Severity::Warning, "", "CC-165", |_, file| {
        file.agents[0].mandate_from = Some(day(3, 11));
    }),
    ("mandate_not_seen", Severity::Warning, "", "CC-165", |_, file| {
        file.agents[0].mandate_seen = false;
    }),
];

fn clue() -> clue::Model {
    clue::Model {
        id: Uuid::nil(),
        case_id: Uuid::nil(),
        office_id: Uuid::nil(),
        respondent_name: None,
        respondent_credit_code: None,
        description: "无证经营。".to_owned(),
        discovered_on: day(3, 2),
        status: ClueStatus::Reported,
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

fn refusal(party_id: Uuid) -> consent::Model {
    consent::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        party_id,
        subject: ConsentSubject::Mediation,
        invitation_id: None,
        decision: ConsentDecision::Refused,
        declared_at: at(9, 9),
        manner: Manner::Phone,
        recorded_by: MEDIATOR,
        note: None,
    }
}

#[test]
fn each_check_finds_what_it_is_for_and_nothing_else() {
    for (code, severity, pointer, law, change) in ROWS {
        let (mut draft, mut file) = (draft(), file());
        change(&mut draft, &mut file);
        let found = found(&draft, &file);
        let said: Vec<_> =
            found.iter().map(|it| (it.code, it.severity, it.pointer.as_str())).collect();
        assert_eq!(said, [(*code, *severity, *pointer)], "{code}");
        assert_eq!(found[0].law[0].code(), *law, "{code}");
        assert_eq!(is_ready(&found), *severity == Severity::Warning, "{code}");
        assert!(!found[0].detail.zh.is_empty() && !found[0].detail.en.is_empty(), "{code}");
    }
}

/// The checks that a row stands near, what it is, and the change after which all still passes.
const NEAR: &[(&[&str], &str, Change)] = &[
    (&["blank"], "few words", |it, _| it.facts = "略".to_owned()),
    (&["unknown_reference", "same_party", "same_side"], "the other way round", |it, _| {
        (it.terms[1].obligor_id, it.terms[1].obligee_id) = (APPLICANT, SHOP);
    }),
    (&["same_side"], "several applicants", |it, file| {
        file.parties.push(party(STRANGER, 3, PartyRole::Applicant));
        it.terms[1].obligee_id = STRANGER;
    }),
    (&["missing", "not_a_payment"], "a second payment", |it, _| {
        it.terms[1].kind = TermKind::Compensation;
        it.terms[1].amount_fen = Some(100);
    }),
    (&["sum_differs", "not_ascending", "not_the_last_day"], "in one sum", |it, _| {
        it.terms[0].instalments.clear();
    }),
    (&["sum_differs", "not_ascending"], "a day between", |it, _| {
        let parts = [(200_000, day(4, 1)), (57_999, day(4, 2)), (100_001, day(4, 30))];
        it.terms[0].instalments =
            parts.map(|(amount_fen, due_on)| DraftInstalment { amount_fen, due_on }).into();
    }),
    (&["in_past"], "today", |it, _| it.terms[1].due_on = day(3, 10)),
    (&["out_of_range"], "the last year", |it, _| {
        it.terms[1].due_on = NaiveDate::from_ymd_opt(2100, 3, 1).unwrap();
    }),
    // 2026-05-09 is worked.
    (&["due_on_day_off"], "a worked Saturday", |it, _| it.terms[1].due_on = day(5, 9)),
    (&["amount_words_differ", "amount_words_unreadable"], "the words of the parts", |it, _| {
        it.terms[0].description = "首期贰仟元整，二期壹仟伍佰捌拾圆正。".to_owned();
    }),
    (&["figures_differ"], "figures with 万", |it, _| {
        it.terms[0].amount_fen = Some(1_200_000);
        it.terms[0].instalments.clear();
        it.terms[0].description = "退还1.2万元。".to_owned();
    }),
    (&["figures_differ"], "figures with two places", |it, _| {
        it.terms[0].description = "分两期退还3,580.00元。".to_owned();
    }),
    (&["figures_differ", "amount_words_differ"], "no sum in the text", |it, _| {
        it.terms[0].description = "退还剩余费用。".to_owned();
    }),
    (&["money_without_amount"], "figures that are no money", |it, _| {
        it.terms[1].description = "在3家门店张贴致歉信15日。".to_owned();
    }),
    (&["unclear_wording", "soft_wording"], "what the facts tell", |it, _| {
        it.facts = "门店答应尽快退款，原则上不超过一周。".to_owned();
    }),
    (&["too_short"], "short, but said", |it, _| it.terms[1].description = "当面致歉".to_owned()),
    (&["identity_relation"], "pictures of a wedding", |it, _| {
        it.terms[1].description = "交付婚纱照底片三十张。".to_owned();
    }),
    (&["confirms_right"], "a thing that is given back", |it, _| {
        it.terms[1].description = "返还申请人所有的手提包一只。".to_owned();
    }),
    (&["against_public_interest", "remedy_waived"], "what was done before", |it, _| {
        it.facts = "申请人已撤回举报，曾表示放弃起诉。".to_owned();
    }),
    (&["remedy_waived"], "a complaint that has become idle", |it, _| {
        it.terms[1].description = "款到之日申请人撤回投诉。".to_owned();
    }),
    (&["against_public_order"], "an identity card that is given back", |it, _| {
        it.responsibilities = "门店返还申请人的身份证复印件。".to_owned();
    }),
    (&["others_interests"], "the parties themselves", |it, _| {
        it.terms[1].description = "由被申请人继续提供服务十次。".to_owned();
    }),
    (&["clue_open"], "a clue that is decided", |_, file| {
        file.clues.push(clue::Model { status: ClueStatus::Decided, ..clue() });
    }),
    (&["fee_for_mediation"], "another fee", |it, _| {
        it.terms[1].description = "免除申请人的转卡手续费。".to_owned();
    }),
    (&["party_refused"], "consent given after a refusal", |_, file| {
        file.consents.push(refusal(APPLICANT));
        file.consents.push(consent::Model {
            decision: ConsentDecision::Given,
            declared_at: at(10, 9),
            ..refusal(APPLICANT)
        });
    }),
    (
        &["guardian_missing", "no_power_to_settle", "mandate_not_seen"],
        "a minor with a guardian",
        |_, file| {
            file.parties[0].born_on = NaiveDate::from_ymd_opt(2010, 1, 1);
            let guardian = agent::Model {
                party_id: APPLICANT,
                kind: AgentKind::Guardian,
                power: AgentPower::General,
                mandate_seen: false,
                ..lawyer()
            };
            file.agents.push(guardian);
        },
    ),
    (&["guardian_missing"], "eighteen today", |_, file| {
        file.parties[0].born_on = NaiveDate::from_ymd_opt(2008, 3, 10);
    }),
    (&["identity_not_verified", "confirmation_not_offered"], "as it is", |_, _| ()),
    (&["mandate_not_valid"], "a mandate for today", |_, file| {
        file.agents[0].mandate_from = Some(day(3, 10));
        file.agents[0].mandate_until = Some(day(3, 10));
    }),
];

#[test]
fn what_only_looks_like_it_passes() {
    for (_, what, change) in NEAR {
        let (mut draft, mut file) = (draft(), file());
        change(&mut draft, &mut file);
        assert_eq!(found(&draft, &file), [], "{what}");
    }
}

/// No check without an agreement that fails it and one that stands near it and passes.
#[test]
fn each_check_has_both() {
    let failing: BTreeSet<&str> = ROWS.iter().map(|it| it.0).collect();
    let passing: BTreeSet<&str> = NEAR.iter().flat_map(|it| it.0).copied().collect();
    assert_eq!(failing, passing);
}

/// Every fault of a bad draft is told at once.
#[test]
fn findings_come_together() {
    let (mut draft, mut file) = (draft(), file());
    for (_, _, _, _, change) in ROWS.iter().take(3) {
        change(&mut draft, &mut file);
    }
    let found = found(&draft, &file);
    assert!(found.len() >= 2, "{found:?}");
    assert!(!is_ready(&found));
}
