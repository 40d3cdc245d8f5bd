//! PML 33 and CPL 205: together, and within thirty days.

use super::*;
use crate::agreements::fixture::{APPLICANT, SHOP, STRANGER, day, file, said};

#[test]
fn an_application_comes_in_its_time() {
    let effective_on = day(3, 2);
    for (applied_on, code) in [
        (day(3, 1), Some("/applied_on before_effect")),
        (day(3, 2), None),
        (day(4, 1), None),
        (day(4, 2), Some("confirmation_time_over")),
    ] {
        let found = said(check_day(effective_on, day(4, 1), applied_on));
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
