//! The rules of hearings as tables.

use chrono::TimeZone;
use uuid::Uuid;

use super::*;
use crate::entity::{agent, assignment, case, consent, invitation, party};
use crate::words::*;

const APPLICANT: Uuid = Uuid::from_u128(1);
const SHOP: Uuid = Uuid::from_u128(2);
const LAWYER: Uuid = Uuid::from_u128(3);
const MEDIATOR: Uuid = Uuid::from_u128(4);
const RELEASED: Uuid = Uuid::from_u128(5);
const EXPERT: Uuid = Uuid::from_u128(6);
const STRANGER: Uuid = Uuid::from_u128(7);

fn at(hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, hour, 0, 0).single().unwrap()
}

fn case() -> case::Model {
    case::Model {
        id: Uuid::nil(),
        case_number: None,
        office_id: Uuid::nil(),
        registered_by: Uuid::nil(),
        channel: Channel::WalkIn,
        legal_basis: LegalBasis::Applied,
        external_number: None,
        track: Track::PeopleMediation,
        status: CaseStatus::Mediating,
        outcome: None,
        outcome_reason: None,
        outcome_explanation: None,
        title: String::new(),
        facts: String::new(),
        category: Category::Contract,
        subject_kind: SubjectKind::Service,
        subject_name: String::new(),
        purchased_on: None,
        price_fen: None,
        bought_online: false,
        prepaid_card: true,
        complex: false,
        sensitive: false,
        order_kind: None,
        requested_at: at(0),
        received_at: at(0),
        accepted_at: None,
        mediation_started_at: None,
        termination_decided_at: None,
        termination_reason: None,
        termination_explanation: None,
        ended_at: None,
        closed_at: None,
        archived_at: None,
        retention: None,
        page_count: None,
        file_hash: None,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn party(id: Uuid, ordinal: i32, role: PartyRole) -> party::Model {
    party::Model {
        id,
        case_id: Uuid::nil(),
        ordinal,
        role,
        kind: PartyKind::NaturalPerson,
        name: String::new(),
        gender: Gender::Unknown,
        born_on: None,
        identity_document: None,
        identity_verified: false,
        credit_code: None,
        legal_representative: None,
        id_number_masked: None,
        phone_masked: None,
        address_masked: None,
        bank_account_masked: None,
        created_at: at(0),
    }
}

fn lawyer_of(party_id: Uuid) -> agent::Model {
    agent::Model {
        id: LAWYER,
        case_id: Uuid::nil(),
        party_id,
        kind: AgentKind::Lawyer,
        power: AgentPower::General,
        name: String::new(),
        organization: None,
        representative_id: None,
        mandate_scope: None,
        mandate_from: None,
        mandate_until: None,
        mandate_seen: true,
        id_number_masked: None,
        phone_masked: None,
        created_at: at(0),
    }
}

fn seat(mediator_id: Uuid, status: AssignmentStatus) -> assignment::Model {
    assignment::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        mediator_id,
        mediator_role: Role::Mediator,
        seat: PanelSeat::Presiding,
        origin: AssignmentOrigin::Designated,
        status,
        assigned_by: Uuid::nil(),
        assigned_at: at(0),
        responded_at: None,
        reason: None,
        suggestion_id: None,
        explanation: None,
    }
}

fn consent(party_id: Uuid, decision: ConsentDecision, hour: u32) -> consent::Model {
    consent::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        party_id,
        subject: ConsentSubject::Invitation,
        invitation_id: Some(EXPERT),
        decision,
        declared_at: at(hour),
        manner: Manner::InPerson,
        note: None,
        recorded_by: Uuid::nil(),
    }
}

/// An applicant, a shop with a lawyer, a mediator and one who was released, an expert.
fn file() -> CaseFile {
    CaseFile {
        parties: vec![
            party(APPLICANT, 1, PartyRole::Applicant),
            party(SHOP, 2, PartyRole::Respondent),
        ],
        agents: vec![lawyer_of(SHOP)],
        invitations: vec![invitation::Model {
            id: EXPERT,
            case_id: Uuid::nil(),
            name: String::new(),
            organization: None,
            capacity: InvitationCapacity::Expert,
            invited_by: MEDIATOR,
            invited_at: at(1),
        }],
        assignments: vec![
            seat(MEDIATOR, AssignmentStatus::Accepted),
            seat(RELEASED, AssignmentStatus::Released),
        ],
        ..CaseFile::bare(case(), at(9))
    }
}

fn here(kind: AttendeeKind, person_id: Uuid) -> Attendee {
    Attendee { kind, person_id, present: true, excused: false, absence_reason: None }
}

fn away(kind: AttendeeKind, person_id: Uuid, reason: Option<&str>) -> Attendee {
    Attendee {
        kind,
        person_id,
        present: false,
        excused: false,
        absence_reason: reason.map(str::to_owned),
    }
}

/// What a rule said: nothing, or the codes of its faults with their places.
fn said<T>(result: Result<T>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(faults)) => {
            faults.into_iter().map(|it| format!("{} {}", it.pointer, it.code)).collect()
        }
        Err(Error::Refused(unmet)) => unmet.into_iter().map(|it| it.code.to_owned()).collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn everybody_has_a_place_and_every_party_is_listed() {
    use AttendeeKind::{Agent, Invited, Mediator, Party};
    let applicant = || here(Party, APPLICANT);
    let shop = || here(Party, SHOP);
    let mediator = || here(Mediator, MEDIATOR);
    let contradiction = Attendee { excused: true, absence_reason: None, ..here(Party, APPLICANT) };
    for (attendees, faults) in [
        (vec![applicant(), shop(), mediator()], vec![]),
        (vec![applicant(), shop(), here(Agent, LAWYER), mediator()], vec![]),
        (vec![applicant(), away(Party, SHOP, Some("出差")), mediator()], vec![]),
        (vec![applicant(), away(Party, SHOP, None), here(Agent, LAWYER), mediator()], vec![]),
        (
            vec![away(Party, APPLICANT, None), shop(), here(Agent, LAWYER), mediator()],
            vec!["/attendees/0/absence_reason missing"],
        ),
        (
            vec![applicant(), away(Party, SHOP, Some(" ")), mediator()],
            vec!["/attendees/1/absence_reason missing"],
        ),
        (
            vec![applicant(), away(Party, SHOP, None), away(Agent, LAWYER, None), mediator()],
            vec!["/attendees/1/absence_reason missing"],
        ),
        (vec![contradiction, shop(), mediator()], vec!["/attendees/0/absence_reason not_absent"]),
        (vec![applicant(), mediator()], vec!["/attendees party_not_listed"]),
        (
            vec![applicant(), shop(), mediator(), mediator()],
            vec!["/attendees/3/person_id listed_twice"],
        ),
        (
            vec![applicant(), shop(), mediator(), here(Party, STRANGER)],
            vec!["/attendees/3/person_id unknown_reference"],
        ),
        (
            vec![applicant(), shop(), mediator(), here(Mediator, RELEASED)],
            vec!["/attendees/3/person_id unknown_reference"],
        ),
        (
            vec![applicant(), shop(), mediator(), here(Agent, SHOP), here(Invited, LAWYER)],
            vec![
                "/attendees/3/person_id unknown_reference",
                "/attendees/3/person_id listed_twice",
                "/attendees/4/person_id unknown_reference",
            ],
        ),
    ] {
        assert_eq!(said(check_attendance(&file(), &attendees)), faults, "{attendees:?}");
    }
}

#[test]
fn a_hearing_without_a_mediator_of_the_panel_is_none() {
    use AttendeeKind::{Mediator, Party};
    let parties = || vec![here(Party, APPLICANT), here(Party, SHOP)];
    for mediator in [None, Some(away(Mediator, MEDIATOR, Some("生病")))] {
        let attendees: Vec<Attendee> = parties().into_iter().chain(mediator).collect();
        assert_eq!(said(check_attendance(&file(), &attendees)), ["no_mediator_present"]);
    }
}

#[test]
fn an_invited_person_is_there_with_the_consent_of_every_party() {
    use AttendeeKind::{Invited, Mediator, Party};
    use ConsentDecision::{Given, Refused};
    let refusal = "invitation_not_consented";
    for (consents, refusals) in [
        (vec![], vec![refusal, refusal]),
        (vec![consent(APPLICANT, Given, 1)], vec![refusal]),
        (vec![consent(APPLICANT, Given, 1), consent(SHOP, Refused, 1)], vec![refusal]),
        (vec![consent(APPLICANT, Given, 1), consent(SHOP, Given, 1)], vec![]),
        (
            vec![consent(APPLICANT, Given, 1), consent(SHOP, Given, 1), consent(SHOP, Refused, 2)],
            vec![refusal],
        ),
    ] {
        let file = CaseFile { consents, ..file() };
        let mut attendees =
            vec![here(Party, APPLICANT), here(Party, SHOP), here(Mediator, MEDIATOR)];
        attendees.push(here(Invited, EXPERT));
        assert_eq!(said(check_attendance(&file, &attendees)), refusals, "{:?}", file.consents);
        attendees.pop();
        attendees.push(away(Invited, EXPERT, None));
        assert_eq!(said(check_attendance(&file, &attendees)), [""; 0], "absent");
    }
}

fn wish(mode: HearingMode, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> ScheduleHearing {
    let place = Some("二号调解室".to_owned());
    let link = Some("https://meeting.example.cn/88".to_owned());
    ScheduleHearing { mode, room_id: None, place, link, starts_at, ends_at }
}

#[test]
fn an_appointment_can_be_kept() {
    use HearingMode::{OnSite, Online, Phone};
    let now = at(9);
    let hour = TimeDelta::hours(1);
    // Ten in Shanghai, so that a long day fits in.
    let morning = at(2) + TimeDelta::days(1);
    let nowhere = |mode| ScheduleHearing { place: None, link: None, ..wish(mode, at(10), at(11)) };
    let blank = ScheduleHearing { place: Some(" ".to_owned()), ..wish(OnSite, at(10), at(11)) };
    for (wish, faults) in [
        (wish(OnSite, at(10), at(11)), vec![]),
        (wish(Online, morning, morning + LONGEST), vec![]),
        (nowhere(Phone), vec![]),
        (nowhere(OnSite), vec!["/place missing"]),
        (blank, vec!["/place missing"]),
        (nowhere(Online), vec!["/link missing"]),
        (wish(OnSite, at(9), at(10)), vec!["/starts_at in_past"]),
        (wish(OnSite, at(14), at(15)), vec![]),
        (wish(OnSite, at(15), at(17)), vec!["/ends_at over_midnight"]),
        (wish(OnSite, at(8), at(7)), vec!["/starts_at in_past", "/ends_at not_after_start"]),
        (wish(OnSite, at(10), at(10)), vec!["/ends_at zero_length"]),
        (
            wish(OnSite, morning, morning + LONGEST + TimeDelta::seconds(1)),
            vec!["/ends_at lasts_too_long"],
        ),
        (
            wish(OnSite, now + FARTHEST + hour, now + FARTHEST + hour + hour),
            vec!["/starts_at too_far_ahead"],
        ),
    ] {
        assert_eq!(said(appointment(wish.clone(), None, now)), faults, "{wish:?}");
    }
}

fn scheduled() -> hearing::Model {
    let ScheduleHearing { mode, room_id, place, link, starts_at, ends_at } =
        wish(HearingMode::OnSite, at(10), at(11));
    hearing::Model {
        id: Uuid::nil(),
        case_id: Uuid::nil(),
        ordinal: 1,
        mode,
        place,
        link,
        starts_at,
        ends_at,
        status: HearingStatus::Scheduled,
        reason: None,
        minutes: None,
        minutes_read_back: None,
        result: None,
        recorder_id: None,
        room_id,
    }
}

#[test]
fn a_successor_is_held_in_the_same_way_at_another_time() {
    let hearing = scheduled();
    let next = wish(HearingMode::OnSite, at(14), at(15));
    assert_eq!(successor(&hearing, None, None).unwrap(), None);
    assert_eq!(successor(&hearing, Some(at(14)), Some(at(15))).unwrap(), Some(next));
    assert_eq!(said(successor(&hearing, Some(at(14)), None)), ["/ends_at missing"]);
    assert_eq!(said(successor(&hearing, None, Some(at(15)))), ["/starts_at missing"]);
}

#[test]
fn another_place_at_the_same_time_is_told_again() {
    let hearing = scheduled();
    let same = wish(HearingMode::OnSite, at(10), at(12));
    let elsewhere = ScheduleHearing { place: Some("三号调解室".to_owned()), ..same.clone() };
    let later = ScheduleHearing { starts_at: at(11), ..elsewhere.clone() };
    assert!(!moved_at_same_time(&hearing, &same));
    assert!(moved_at_same_time(&hearing, &elsewhere));
    assert!(!moved_at_same_time(&hearing, &later));
}

#[test]
fn a_notice_comes_before_the_hearing() {
    let hearing = scheduled();
    assert_eq!(said(check_notice(&hearing, at(9))), [""; 0]);
    assert_eq!(said(check_notice(&hearing, at(10))), ["/told_at not_beforehand"]);
}

#[test]
fn minutes_are_read_back() {
    assert_eq!(said(check_read_back(true)), [""; 0]);
    assert_eq!(said(check_read_back(false)), ["/read_back not_read_back"]);
}
