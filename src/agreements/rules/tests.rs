//! The rules of agreements as tables.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::fixture::*;
use super::super::input::DraftInstalment;
use super::*;
use crate::words::SignatureMethod;

fn part(amount_fen: i64, due_on: NaiveDate) -> DraftInstalment {
    DraftInstalment { amount_fen, due_on }
}

/// A refund of 3,000 yuan in two parts.
fn refund() -> DraftTerm {
    DraftTerm {
        kind: TermKind::Refund,
        obligor_id: SHOP,
        obligee_id: APPLICANT,
        amount_fen: Some(300_000),
        due_on: day(5, 1),
        manner: "银行转账".to_owned(),
        description: "退还剩余费用。".to_owned(),
        instalments: vec![part(100_000, day(4, 1)), part(200_000, day(5, 1))],
    }
}

fn apology() -> DraftTerm {
    DraftTerm { kind: TermKind::Apology, amount_fen: None, instalments: Vec::new(), ..refund() }
}

fn draft(terms: Vec<DraftTerm>) -> DraftAgreement {
    DraftAgreement {
        facts: "购买健身年卡后门店停业。".to_owned(),
        disputed_matters: "剩余费用如何退还。".to_owned(),
        responsibilities: "被申请人未能继续提供服务。".to_owned(),
        terms,
    }
}

/// PML 29: who owes whom what, how and by when, so clearly that a court can confirm it
/// (CPL-I 358).
#[test]
fn a_term_leaves_nothing_open() {
    let rows: [(&str, DraftTerm, &[&str]); 20] = [
        ("as it should be", refund(), &[]),
        ("no payment", apology(), &[]),
        ("at once", DraftTerm { instalments: Vec::new(), ..refund() }, &[]),
        ("today", DraftTerm { due_on: day(3, 10), ..apology() }, &[]),
        (
            "stranger owes",
            DraftTerm { obligor_id: STRANGER, ..refund() },
            &["obligor_id unknown_reference"],
        ),
        (
            "owed to a stranger",
            DraftTerm { obligee_id: STRANGER, ..refund() },
            &["obligee_id unknown_reference"],
        ),
        ("owed to oneself", DraftTerm { obligee_id: SHOP, ..refund() }, &["obligee_id same_party"]),
        (
            "no sum",
            DraftTerm { amount_fen: None, instalments: Vec::new(), ..refund() },
            &["amount_fen missing"],
        ),
        (
            "an apology for money",
            DraftTerm { amount_fen: Some(1), ..apology() },
            &["amount_fen not_a_payment"],
        ),
        (
            "an apology in parts",
            DraftTerm { instalments: refund().instalments, ..apology() },
            &["instalments not_a_payment"],
        ),
        (
            "parts too small",
            DraftTerm { amount_fen: Some(300_001), ..refund() },
            &["instalments sum_differs"],
        ),
        (
            "parts too large",
            DraftTerm { amount_fen: Some(299_999), ..refund() },
            &["instalments sum_differs"],
        ),
        ("yesterday", DraftTerm { due_on: day(3, 9), ..apology() }, &["due_on in_past"]),
        (
            "in two hundred years",
            DraftTerm { due_on: NaiveDate::from_ymd_opt(2101, 1, 1).unwrap(), ..apology() },
            &["due_on out_of_range"],
        ),
        (
            "the last day of all",
            DraftTerm { due_on: NaiveDate::from_ymd_opt(2100, 12, 31).unwrap(), ..apology() },
            &[],
        ),
        (
            "parts on one day",
            DraftTerm {
                instalments: vec![part(1, day(5, 1)), part(299_999, day(5, 1))],
                ..refund()
            },
            &["instalments/1/due_on not_ascending"],
        ),
        (
            "parts that end early",
            DraftTerm { due_on: day(5, 2), ..refund() },
            &["instalments/1/due_on not_the_last_day"],
        ),
        (
            "a part that is past",
            DraftTerm {
                instalments: vec![part(100_000, day(3, 9)), part(200_000, day(5, 1))],
                ..refund()
            },
            &["instalments/0/due_on in_past"],
        ),
        (
            "blank words",
            DraftTerm { manner: " ".to_owned(), description: "　".to_owned(), ..refund() },
            &["manner blank", "description blank"],
        ),
        (
            "several at once",
            DraftTerm { obligor_id: STRANGER, amount_fen: None, due_on: day(3, 9), ..refund() },
            &[
                "obligor_id unknown_reference",
                "amount_fen missing",
                "due_on in_past",
                "instalments/1/due_on not_the_last_day",
            ],
        ),
    ];
    for (what, term, expected) in rows {
        let found = said(check_draft(&draft(vec![apology(), term]), &file()));
        let expected: Vec<_> = expected.iter().map(|it| format!("/terms/1/{it}")).collect();
        assert_eq!(found, expected, "{what}");
    }
}

/// Every kind has a sum or has none (design §9).
#[test]
fn payments_have_a_sum_and_nothing_else_has() {
    use TermKind::{Compensation, OtherPayment, PunitiveDamages, Refund};
    for kind in TermKind::ALL {
        let in_money = [Refund, Compensation, PunitiveDamages, OtherPayment].contains(kind);
        let with = DraftTerm { kind: *kind, amount_fen: Some(1), ..apology() };
        let without = DraftTerm { kind: *kind, ..apology() };
        assert_eq!(check_draft(&draft(vec![with]), &file()).is_ok(), in_money, "{kind}");
        assert_eq!(check_draft(&draft(vec![without]), &file()).is_err(), in_money, "{kind}");
    }
}

/// Faults of the whole stand beside those of its terms.
#[test]
fn every_fault_of_a_draft_is_named_at_once() {
    let blank = DraftAgreement { facts: "\n".to_owned(), ..draft(vec![refund(), refund()]) };
    let mut faulty = blank;
    faulty.terms[1].obligee_id = SHOP;
    let found = said(check_draft(&faulty, &file()));
    assert_eq!(found, ["/facts blank", "/terms/1/obligee_id same_party"]);
}

/// PML 30: an oral agreement has been reached when it is recorded.
#[test]
fn an_oral_agreement_lies_in_the_past() {
    let input = draft(vec![refund()]);
    for (reached_at, expected) in
        [(at(9, 10), vec![]), (at(10, 12), vec![]), (at(10, 13), vec!["/reached_at in_future"])]
    {
        assert_eq!(said(check_oral(&input, reached_at, &file())), expected, "{reached_at}");
    }
}

/// The three acts of PML 29 and what is done before them, each on its day.
fn acted(
    shop: Option<u32>,
    applicant: Option<u32>,
    mediator: Option<u32>,
    seal: Option<u32>,
) -> (CaseFile, agreement::Model) {
    let mut file = file();
    file.signatures.extend(shop.map(|it| signed_by_party(SHOP, at(it, 9))));
    file.signatures.extend(applicant.map(|it| signed_by_party(APPLICANT, at(it, 9))));
    file.signatures.extend(mediator.map(|it| signed_by_mediator(MEDIATOR, at(it, 9))));
    let agreement = agreement::Model { sealed_at: seal.map(|it| at(it, 9)), ..locked() };
    (file, agreement)
}

/// PML 29: in force with each party, the mediator and the seal; the effective date is that of
/// the latest act, whichever it is.
#[test]
fn an_agreement_takes_effect_with_its_latest_act() {
    for (shop, applicant, mediator, seal, expected) in [
        (Some(6), Some(7), Some(8), Some(9), Some(day(3, 9))),
        (Some(9), Some(7), Some(8), Some(6), Some(day(3, 9))),
        (Some(6), Some(9), Some(8), Some(7), Some(day(3, 9))),
        (Some(6), Some(7), Some(9), Some(8), Some(day(3, 9))),
        (Some(6), Some(6), Some(6), Some(6), Some(day(3, 6))),
        (None, Some(7), Some(8), Some(9), None),
        (Some(6), None, Some(8), Some(9), None),
        (Some(6), Some(7), None, Some(9), None),
        (Some(6), Some(7), Some(8), None, None),
    ] {
        let (file, agreement) = acted(shop, applicant, mediator, seal);
        let found = effective_on(&file, &agreement);
        assert_eq!(found, expected, "{shop:?} {applicant:?} {mediator:?} {seal:?}");
    }
}

/// An act under the agreement, by whom and when.
#[derive(Debug, Clone)]
enum Acted {
    Signed(Box<signature::Model>),
    Sealed(DateTime<Utc>),
}

impl Acted {
    fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Signed(it) => it.signed_at,
            Self::Sealed(at) => *at,
        }
    }
}

/// The four acts, each at any hour and by any method that there is for it.
fn four_acts() -> impl Strategy<Value = Vec<Acted>> {
    let hour = 0_i64..96;
    let by_party = || prop::sample::select(SignatureMethod::ALL.to_vec());
    let by_mediator = prop::sample::select(vec![SignatureMethod::Pen, SignatureMethod::Tablet]);
    let hours = [hour.clone(), hour.clone(), hour.clone(), hour];
    let methods = (by_party(), by_party(), by_mediator);
    let acts = (hours, methods).prop_map(|(hours, (shop, applicant, mediator))| {
        let [first, second, third, seal] = hours.map(|it| at(5, 13) + TimeDelta::hours(it));
        let by =
            |signature, method| Acted::Signed(Box::new(signature::Model { method, ..signature }));
        vec![
            by(signed_by_party(SHOP, first), shop),
            by(signed_by_party(APPLICANT, second), applicant),
            by(signed_by_mediator(MEDIATOR, third), mediator),
            Acted::Sealed(seal),
        ]
    });
    acts.prop_shuffle()
}

proptest! {
    /// PML 29: in whatever order the acts are recorded and by whatever methods, the agreement is in
    /// force with the last of them to be recorded, on the day of the latest.
    #[test]
    fn every_order_of_acts_comes_to_the_same_date(acts in four_acts()) {
        let (mut file, mut agreement) = (file(), locked());
        for (done, act) in acts.iter().enumerate() {
            prop_assert_eq!(effective_at(&file, &agreement), None, "after {} acts", done);
            prop_assert_eq!(missing_acts(&file, &agreement).len(), acts.len() - done);
            match act.clone() {
                Acted::Signed(it) => file.signatures.push(*it),
                Acted::Sealed(at) => agreement.sealed_at = Some(at),
            }
        }
        let latest = acts.iter().map(Acted::at).max();
        prop_assert_eq!(effective_at(&file, &agreement), latest);
        prop_assert_eq!(effective_on(&file, &agreement), latest.map(shanghai_day));
    }
}

/// PML 29 with Beijing time: the day is the one in Shanghai, not the one in London.
#[test]
fn the_effective_date_is_a_day_in_shanghai() {
    let (file, mut agreement) = acted(Some(6), Some(7), Some(8), None);
    agreement.sealed_at = Some(at(9, 1));
    assert_eq!(effective_at(&file, &agreement), Some(at(9, 1)));
    assert_eq!(effective_on(&file, &agreement), Some(day(3, 9)));
}

/// Domain §6.10: a signature stands under one text and one mediator's case.
#[test]
fn only_signatures_under_the_present_text_count() {
    let whole = || acted(Some(6), Some(7), Some(8), Some(9));
    let (mut file, agreement) = whole();
    file.signatures[0].text_hash = "0".repeat(64);
    assert_eq!(missing_acts(&file, &agreement), [(MissingAct::PartySignature, Some(SHOP))]);

    let (mut file, agreement) = whole();
    file.signatures[1].agreement_id = STRANGER;
    assert_eq!(missing_acts(&file, &agreement), [(MissingAct::PartySignature, Some(APPLICANT))]);

    // The mediator who signed presides no more (PML 19, 29).
    let (mut file, agreement) = whole();
    file.assignments = vec![presiding(STRANGER)];
    assert_eq!(missing_acts(&file, &agreement), [(MissingAct::MediatorSignature, None)]);
    file.assignments.clear();
    assert_eq!(missing_acts(&file, &agreement), [(MissingAct::MediatorSignature, None)]);
}

/// PML 29, by what the agreement is.
#[test]
fn a_draft_misses_everything_and_what_is_settled_nothing() {
    use AgreementStatus::{Draft, InForce, Locked, Superseded};
    let acts = [
        (MissingAct::PartySignature, Some(APPLICANT)),
        (MissingAct::PartySignature, Some(SHOP)),
        (MissingAct::MediatorSignature, None),
        (MissingAct::Seal, None),
    ];
    let with_lock = [&[(MissingAct::Lock, None)], &acts[..]].concat();
    for (status, expected) in
        [(Draft, with_lock), (Locked, acts.to_vec()), (InForce, vec![]), (Superseded, vec![])]
    {
        let agreement = agreement::Model { status, ..locked() };
        assert_eq!(missing_acts(&file(), &agreement), expected, "{status}");
    }
    let (file, agreement) = acted(Some(6), Some(7), Some(8), Some(9));
    for status in [Draft, InForce, Superseded] {
        let agreement = agreement::Model { status, ..agreement.clone() };
        assert_eq!(effective_at(&file, &agreement), None, "{status}");
    }
}

/// A changed text is a new version; what is in force or superseded stays as it is.
#[test]
fn only_what_never_took_effect_makes_room() {
    use AgreementStatus::{Draft, InForce, Locked, Superseded};
    for (status, open) in [(Draft, true), (Locked, true), (InForce, false), (Superseded, false)] {
        let mut file = file();
        file.agreements[0].status = status;
        assert_eq!(unfinished(&file).is_some(), open, "{status}");
        assert_eq!(next_revision(&file), 2);
    }
    let none = CaseFile { agreements: Vec::new(), ..file() };
    assert_eq!((unfinished(&none), next_revision(&none)), (None, 1));
}
