//! The rules of performance as tables.

use super::*;
use crate::agreements::fixture::{
    APOLOGY, APPLICANT, FIRST_PART, REFUND, SECOND_PART, SHOP, STRANGER, at, day, file, said,
};
use crate::entity::performance;
use crate::words::AgreementStatus;

fn in_force() -> CaseFile {
    let mut file = file();
    file.agreements[0].status = AgreementStatus::InForce;
    file
}

fn performance(
    term_id: Uuid,
    instalment_id: Option<Uuid>,
    kind: PerformanceKind,
    hour: u32,
) -> performance::Model {
    performance::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        term_id,
        instalment_id,
        kind,
        happened_on: day(3, 9),
        proof: None,
        advice: None,
        proof_evidence_id: None,
        confirmed_by_party_id: None,
        recorded_by: Uuid::nil(),
        recorded_at: at(9, hour),
    }
}

fn performed(term_id: Uuid, instalment_id: Option<Uuid>) -> RecordPerformance {
    RecordPerformance {
        term_id,
        instalment_id,
        kind: PerformanceKind::Performed,
        happened_on: day(3, 10),
        proof: None,
        proof_evidence_id: None,
        confirmed_by_party_id: None,
        advice: None,
    }
}

fn defaulted(advice: Option<&str>) -> RecordPerformance {
    RecordPerformance {
        kind: PerformanceKind::Defaulted,
        advice: advice.map(str::to_owned),
        ..performed(APOLOGY, None)
    }
}

/// PML 31: the performance of the agreement is supervised, duty by duty.
#[test]
fn what_is_performed_is_a_duty_of_the_agreement() {
    for (what, input, expected) in [
        ("a whole term", performed(APOLOGY, None), vec![]),
        ("an instalment", performed(REFUND, Some(SECOND_PART)), vec![]),
        ("no term", performed(STRANGER, None), vec!["/term_id unknown_reference"]),
        ("no instalment named", performed(REFUND, None), vec!["/instalment_id missing"]),
        (
            "no such instalment",
            performed(REFUND, Some(STRANGER)),
            vec!["/instalment_id unknown_reference"],
        ),
        (
            "another term's",
            performed(APOLOGY, Some(FIRST_PART)),
            vec!["/instalment_id unknown_reference"],
        ),
        (
            "tomorrow",
            RecordPerformance { happened_on: day(3, 11), ..performed(APOLOGY, None) },
            vec!["/happened_on in_future"],
        ),
        // PML 31: urged to perform, and what was advised is on record.
        ("a default", defaulted(Some("已督促履行，并告知可以申请司法确认或者起诉。")), vec![]),
        ("a default without advice", defaulted(None), vec!["/advice missing"]),
        ("a default with blank advice", defaulted(Some(" ")), vec!["/advice missing"]),
    ] {
        assert_eq!(said(check(&in_force(), &input)), expected, "{what}");
    }
}

/// PML 29, 31: only an agreement in force is performed.
#[test]
fn an_agreement_that_is_not_in_force_has_no_duties() {
    let found = said(check(&file(), &performed(APOLOGY, None)));
    assert_eq!(found, ["/term_id unknown_reference"]);
}

/// PML 31: a default may be mended, a performance is the end of a duty.
#[test]
fn a_duty_is_performed_once() {
    use PerformanceKind::{Defaulted, Performed};
    for (before, expected) in [
        (vec![Performed], vec!["already_performed"]),
        (vec![Defaulted], vec![]),
        (vec![Defaulted, Performed], vec!["already_performed"]),
    ] {
        let mut file = in_force();
        let rows =
            (1..).zip(&before).map(|(hour, it)| performance(REFUND, Some(FIRST_PART), *it, hour));
        file.performances.extend(rows);
        let found = said(check(&file, &performed(REFUND, Some(FIRST_PART))));
        assert_eq!(found, expected, "{before:?}");
        let other = said(check(&file, &performed(REFUND, Some(SECOND_PART))));
        assert!(other.is_empty(), "the other instalment is another duty");
    }
}

/// Design §9: performance per duty, overdue the day after its last day.
#[test]
fn a_duty_stands_where_its_last_record_or_its_day_puts_it() {
    use PerformanceKind::{Defaulted, Performed};
    let standing = |rows: &[PerformanceKind], due: NaiveDate| {
        let mut file = in_force();
        file.terms[1].due_on = due;
        let rows = (1..).zip(rows).map(|(hour, it)| performance(APOLOGY, None, *it, hour));
        file.performances.extend(rows);
        let duty = file.duties().into_iter().find(|it| it.term_id == APOLOGY).unwrap();
        status(&file, duty)
    };
    for (rows, due, expected) in [
        (&[][..], day(3, 11), DutyStatus::Open),
        (&[], day(3, 10), DutyStatus::Open),
        (&[], day(3, 9), DutyStatus::Overdue),
        (&[Defaulted], day(3, 9), DutyStatus::Defaulted),
        (&[Performed], day(3, 9), DutyStatus::Performed),
        (&[Defaulted, Performed], day(3, 9), DutyStatus::Performed),
    ] {
        assert_eq!(standing(rows, due), expected, "{rows:?} {due}");
    }
}

/// What is owed has arrived when whoever it is owed to says so; the proof is of this case.
#[test]
fn who_it_is_owed_to_confirms_and_the_proof_stands() {
    let evidence = Uuid::from_u128(30);
    let mut file = in_force();
    file.evidence.push(crate::agreements::fixture::material(evidence));
    let withdrawn = Uuid::from_u128(31);
    let mut gone = crate::agreements::fixture::material(withdrawn);
    gone.withdrawn_at = Some(at(9, 9));
    file.evidence.push(gone);
    let by = |party, input: RecordPerformance| RecordPerformance {
        confirmed_by_party_id: Some(party),
        ..input
    };
    let with = |id| RecordPerformance { proof_evidence_id: Some(id), ..performed(APOLOGY, None) };
    for (what, input, expected) in [
        ("by whom it is owed to", by(APPLICANT, performed(APOLOGY, None)), vec![]),
        ("of an instalment", by(APPLICANT, performed(REFUND, Some(FIRST_PART))), vec![]),
        (
            "by whoever owes it",
            by(SHOP, performed(APOLOGY, None)),
            vec!["/confirmed_by_party_id not_the_obligee"],
        ),
        (
            "by a stranger",
            by(STRANGER, performed(APOLOGY, None)),
            vec!["/confirmed_by_party_id not_the_obligee"],
        ),
        (
            "of nothing",
            by(APPLICANT, defaulted(Some("已督促。"))),
            vec!["/confirmed_by_party_id not_applicable"],
        ),
        ("with a proof", with(evidence), vec![]),
        ("with another's proof", with(STRANGER), vec!["/proof_evidence_id unknown_reference"]),
        ("with a withdrawn proof", with(withdrawn), vec!["/proof_evidence_id evidence_withdrawn"]),
    ] {
        assert_eq!(said(check(&file, &input)), expected, "{what}");
    }
}
