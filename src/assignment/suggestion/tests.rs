//! Who comes first, who is out, and who is proposed beside whom.

use super::*;
use crate::words::RosterState;

pub(in crate::assignment) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(in crate::assignment) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("a day of March")
}

/// A people's mediator with nothing in hand.
pub(in crate::assignment) fn candidate(number: u128) -> Candidate {
    Candidate {
        mediator_id: id(number),
        role: Role::Mediator,
        availability: Availability {
            active: true,
            roster_state: RosterState::Listed,
            engaged_from: None,
            engaged_until: None,
            absent_until: None,
            capacity: 40,
            open_load: 0,
            recent_load: 0,
            available_days: 90,
        },
        specialist: false,
        languages: vec![SpokenLanguage::Mandarin],
        chosen_by: Vec::new(),
        conflicts: Vec::new(),
    }
}

fn officer(number: u128) -> Candidate {
    Candidate { role: Role::Officer, ..candidate(number) }
}

fn with(number: u128, change: impl FnOnce(&mut Candidate)) -> Candidate {
    let mut it = candidate(number);
    change(&mut it);
    it
}

fn busy(number: u128, recent_load: u32) -> Candidate {
    with(number, |it| it.availability.recent_load = recent_load)
}

/// An ordinary case of the people's track that looks for somebody to preside.
pub(in crate::assignment) fn inputs(candidates: Vec<Candidate>) -> Inputs {
    Inputs {
        case_id: id(1000),
        case_version: 3,
        track: Track::PeopleMediation,
        category: Category::PrepaidCard,
        weight: 10,
        seat: PanelSeat::Presiding,
        language: None,
        specialists_only: false,
        joint: Vec::new(),
        sides_present: Vec::new(),
        choosing_parties: vec![id(11), id(12)],
        on: day(2),
        window_days: 90,
        seed_entry: 7,
        seed: "5e".repeat(32),
        candidates,
    }
}

fn order(inputs: &Inputs) -> Vec<u128> {
    suggest(inputs).ranking.iter().map(|it| it.mediator_id.as_u128()).collect()
}

#[test]
fn whoever_is_furthest_below_the_share_comes_first() {
    assert_eq!(order(&inputs(vec![busy(1, 30), busy(2, 10), busy(3, 20)])), [2, 3, 1]);
    let outcome = suggest(&inputs(vec![busy(1, 30), busy(2, 0)]));
    // Forty in all with this case, twenty each.
    let found: Vec<(u64, i64)> =
        outcome.ranking.iter().map(|it| (it.fair_share, it.below)).collect();
    assert_eq!(found, [(20, 20), (20, -10)]);
}

#[test]
fn load_is_compared_by_capacity_and_presence() {
    // Half the capacity carries half the load.
    let half = |load| {
        with(1, |it| {
            it.availability.capacity = 20;
            it.availability.recent_load = load;
        })
    };
    assert_eq!(order(&inputs(vec![half(100), busy(2, 180)])), [2, 1]);
    assert_eq!(order(&inputs(vec![half(70), busy(2, 180)])), [1, 2]);
    // A newcomer is not flooded: three days of ninety carry a thirtieth.
    let newcomer = |load| {
        with(1, |it| {
            it.availability.available_days = 3;
            it.availability.recent_load = load;
        })
    };
    assert_eq!(order(&inputs(vec![newcomer(0), busy(2, 200)])), [2, 1]);
    assert_eq!(order(&inputs(vec![newcomer(0), busy(2, 300)])), [1, 2]);
    assert_eq!(order(&inputs(vec![newcomer(10), busy(2, 300)])), [2, 1]);
}

#[test]
fn a_common_choice_comes_first_and_one_sided_ones_do_not() {
    let chosen = |parties: &[u128]| {
        with(1, |it| {
            it.availability.recent_load = 300;
            it.chosen_by = parties.iter().map(|it| id(*it)).collect();
        })
    };
    assert_eq!(order(&inputs(vec![chosen(&[11, 12]), busy(2, 0)])), [1, 2]);
    assert_eq!(order(&inputs(vec![chosen(&[11]), busy(2, 0)])), [2, 1]);
    let nobody_chooses =
        Inputs { choosing_parties: Vec::new(), ..inputs(vec![chosen(&[]), busy(2, 0)]) };
    assert_eq!(order(&nobody_chooses), [2, 1]);
    // Not even both parties bring back who is excluded.
    let mut conflicted = chosen(&[11, 12]);
    conflicted.conflicts.push(Conflict { ground: ExclusionGround::Recused, fact_id: id(77) });
    assert_eq!(order(&inputs(vec![conflicted, busy(2, 0)])), [2]);
}

#[test]
fn equals_are_ordered_by_speciality_then_by_the_seed() {
    let specialist = with(3, |it| it.specialist = true);
    let all = inputs(vec![candidate(1), candidate(2), specialist]);
    assert_eq!(order(&all)[0], 3);
    // Speciality does not buy a place before somebody with less in hand.
    let specialist = with(3, |it| {
        it.specialist = true;
        it.availability.recent_load = 10;
    });
    assert_eq!(order(&inputs(vec![candidate(1), candidate(2), specialist]))[2], 3);
    // Another seed or another case gives another order, sooner or later.
    let orders: std::collections::BTreeSet<Vec<u128>> = (0..40)
        .map(|number| {
            order(&Inputs {
                case_id: id(2000 + number),
                ..inputs((1..=3).map(candidate).collect())
            })
        })
        .collect();
    assert_eq!(orders.len(), 6, "every order of three occurs");
}

#[test]
fn every_ground_excludes_and_is_named() {
    use ExclusionGround::*;
    let conflict =
        |ground| move |it: &mut Candidate| it.conflicts.push(Conflict { ground, fact_id: id(9) });
    let out: Vec<(ExclusionGround, Candidate)> = vec![
        (AccountDisabled, with(1, |it| it.availability.active = false)),
        (OffRoster, with(1, |it| it.availability.roster_state = RosterState::Suspended)),
        (NotEngaged, with(1, |it| it.availability.engaged_until = Some(day(1)))),
        (NotEngaged, with(1, |it| it.availability.engaged_from = Some(day(3)))),
        (Absent, with(1, |it| it.availability.absent_until = Some(day(2)))),
        (OverCapacity, with(1, |it| it.availability.open_load = 391)),
        (InterestFound, with(1, conflict(InterestFound))),
        (Recused, with(1, conflict(Recused))),
        (RecusalOpen, with(1, conflict(RecusalOpen))),
        (RefusedByParty, with(1, conflict(RefusedByParty))),
        (LeftPanel, with(1, conflict(LeftPanel))),
        (OnPanel, with(1, conflict(OnPanel))),
    ];
    for (ground, candidate) in out {
        let outcome = suggest(&inputs(vec![candidate]));
        assert_eq!(outcome.excluded[0].grounds, [ground]);
        assert!(outcome.ranking.is_empty() && outcome.proposed.is_empty(), "{ground}");
    }
    for fit in [
        with(1, |it| it.availability.engaged_until = Some(day(2))),
        with(1, |it| it.availability.engaged_from = Some(day(2))),
        with(1, |it| it.availability.open_load = 390),
    ] {
        assert_eq!(order(&inputs(vec![fit])), [1]);
    }
}

#[test]
fn what_is_asked_for_is_needed() {
    let asked = Inputs { language: Some(SpokenLanguage::English), ..inputs(vec![candidate(1)]) };
    assert_eq!(suggest(&asked).excluded[0].grounds, [ExclusionGround::LanguageMissing]);
    let asked = Inputs { specialists_only: true, ..inputs(vec![candidate(1)]) };
    assert_eq!(suggest(&asked).excluded[0].grounds, [ExclusionGround::NotSpecialist]);
    let on = |track, all| Inputs { track, ..inputs(all) };
    assert_eq!(order(&on(Track::AdministrativeMediation, vec![candidate(1), officer(2)])), [2]);
    assert_eq!(order(&on(Track::EntrustedMediation, vec![candidate(1), officer(2)])), [1]);
    let member = Inputs {
        seat: PanelSeat::Member,
        ..on(Track::EntrustedMediation, vec![busy(1, 10), officer(2)])
    };
    assert_eq!(order(&member), [2, 1]);
}

#[test]
fn a_joint_panel_has_one_of_each_office() {
    use PanelSeat::{Member, Presiding};
    let joint = |inputs: Inputs| Inputs { joint: vec![JointGround::Category], ..inputs };
    let seats = |inputs: &Inputs| -> Vec<(PanelSeat, u128)> {
        let outcome = suggest(inputs);
        outcome.proposed.iter().map(|it| (it.seat, it.mediator_id.as_u128())).collect()
    };
    let all = || vec![busy(1, 10), busy(2, 0), officer(3), officer(4)];
    let found = seats(&joint(inputs(all())));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].0, Presiding);
    assert_eq!(found[1].0, Member);
    assert_ne!(found[0].1 <= 2, found[1].1 <= 2, "{found:?}");
    // Who may not preside comes as a member.
    let entrusted =
        Inputs { track: Track::EntrustedMediation, ..joint(inputs(vec![busy(1, 90), officer(3)])) };
    assert_eq!(seats(&entrusted), [(Presiding, 1), (Member, 3)]);
    // Where one office has nobody left, that is told.
    let one_sided = joint(inputs(vec![candidate(1), candidate(2)]));
    let outcome = suggest(&one_sided);
    assert_eq!((outcome.proposed.len(), outcome.lacking), (1, Some(PanelSide::Authority)));
    // A member is of the side that is missing.
    let second = Inputs {
        seat: Member,
        sides_present: vec![PanelSide::Authority],
        ..joint(inputs(vec![busy(1, 90), officer(3)]))
    };
    assert_eq!(seats(&second), [(Member, 1)]);
    let without_demand = inputs(all());
    assert_eq!(seats(&without_demand).len(), 1);
}
