//! The table of the tracks, row by row.

use super::*;
use crate::words::Track::{AdministrativeMediation, EntrustedMediation, PeopleMediation};

#[test]
fn each_track_has_its_own_row() {
    for track in Track::ALL {
        assert_eq!(rules(*track).track, *track);
    }
}

/// O121 19(2): the entrusted committee acts in the authority's name; PML 29: the committee's seal.
#[test]
fn paper_and_seal_follow_from_the_track() {
    for (track, paper, seal, confirmation) in [
        (PeopleMediation, Paper::MediationAgreement, OfficeKind::MediationCommittee, true),
        (
            AdministrativeMediation,
            Paper::MediationDocument,
            OfficeKind::MarketSupervisionOffice,
            false,
        ),
        (EntrustedMediation, Paper::MediationDocument, OfficeKind::MarketSupervisionOffice, false),
    ] {
        let row = rules(track);
        assert_eq!((row.paper, row.seal, row.confirmation), (paper, seal, confirmation), "{track}");
    }
}

#[test]
fn every_reason_is_known_to_a_track_and_cites_its_regime() {
    for reason in DeclineReason::ALL {
        let known = Track::ALL.iter().filter(|it| decline_article(**it, *reason).is_some()).count();
        assert!(known > 0, "{reason}");
    }
    for reason in TerminationReason::ALL {
        let known = Track::ALL.iter().filter(|it| termination_article(**it, *reason).is_some());
        assert!(known.count() > 0, "{reason}");
    }
    for track in Track::ALL {
        let row = rules(*track);
        let declines = row.decline_reasons.iter().map(|it| it.1);
        for law in declines.chain(row.termination_reasons.iter().map(|it| it.1)) {
            assert_eq!(law.is_of_authority(), row.regime == Regime::MarketSupervision, "{track}");
        }
    }
}

/// The moves of design §3, and no other.
#[test]
fn moves_lead_where_the_design_says() {
    use MoveKind::{Entrust, HandOver, Recall, Return};
    let mut found = Vec::new();
    for track in Track::ALL {
        for kind in MoveKind::ALL {
            for last in [None, Some(HandOver), Some(Recall)] {
                found.extend(destination(*track, *kind, last).map(|to| (*track, *kind, to)));
            }
        }
    }
    found.dedup();
    assert_eq!(
        found,
        [
            (PeopleMediation, Return, AdministrativeMediation),
            (AdministrativeMediation, Entrust, EntrustedMediation),
            (AdministrativeMediation, HandOver, PeopleMediation),
            (EntrustedMediation, Recall, AdministrativeMediation),
            (EntrustedMediation, Return, AdministrativeMediation),
        ]
    );
}

/// A list names people's mediation first; each track cites its own.
#[test]
fn a_refusal_cites_the_law_of_its_track() {
    for (track, listed, own) in [
        (PeopleMediation, &[Law::Pml26, Law::O121Art25][..], &[Law::Pml26][..]),
        (EntrustedMediation, &[Law::Pml26, Law::O121Art25], &[Law::O121Art25]),
        (PeopleMediation, &[Law::O121Art10], &[Law::O121Art10]),
        (AdministrativeMediation, &[Law::CivilCode17], &[Law::CivilCode17]),
    ] {
        let listed: &'static [Law] = listed;
        assert_eq!(articles(track, listed), own, "{track} {listed:?}");
    }
}
