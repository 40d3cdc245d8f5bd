//! PML 33 and CPL 205: together, and within thirty days.

use super::*;
use crate::agreements::fixture::{APPLICANT, SHOP, STRANGER, day, file, said};

/// The day of effect does not count.
#[test]
fn thirty_days_run_from_the_day_after_the_effect() {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    for (effective_on, last) in [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 4, 30), date(2026, 5, 30)),
        (date(2026, 1, 30), date(2026, 3, 1)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 1, 30)),
    ] {
        assert_eq!(last_day(effective_on), last, "{effective_on}");
    }
    assert_eq!(last_day(NaiveDate::MAX), NaiveDate::MAX);
}

#[test]
fn an_application_comes_in_its_time() {
    let effective_on = day(3, 2);
    for (applied_on, code) in [
        (day(3, 1), Some("/applied_on before_effect")),
        (day(3, 2), None),
        (day(4, 1), None),
        (day(4, 2), Some("confirmation_time_over")),
    ] {
        let found = said(check_day(effective_on, applied_on));
        assert_eq!(found, Vec::from_iter(code), "{applied_on}");
    }
}

#[test]
fn all_parties_apply_together() {
    for (applicants, expected) in [
        (&[APPLICANT, SHOP][..], &[][..]),
        (&[SHOP, APPLICANT], &[]),
        (&[APPLICANT], &["not_joint"]),
        (&[SHOP], &["not_joint"]),
        (&[], &["not_joint", "not_joint"]),
        (&[APPLICANT, APPLICANT], &["/party_ids/1 repeated"]),
        (&[APPLICANT, SHOP, STRANGER], &["/party_ids/2 unknown_reference"]),
    ] {
        assert_eq!(said(check_joint(&file(), applicants)), expected, "{applicants:?}");
    }
    match check_joint(&file(), &[APPLICANT]) {
        Err(Error::Refused(unmet)) => assert_eq!(unmet[0].law, [Law::Pml33, Law::Cpl205]),
        found => panic!("{found:?}"),
    }
}
