//! Which deadlines a case has, from what is on its file (design §5): one function a clock, each
//! naming where its time starts, what ends it and by which article. Pure; the days are counted in
//! `settle`.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::cases::{CaseFile, Duty};
use crate::clock::shanghai_day;
use crate::deadlines::Pause;
use crate::entity::{clue, judicial_confirmation, party, track_move};
use crate::tracks::{self, TrackRules};
use crate::words::{
    AgreementStatus, AssignmentStatus, Channel, CourtAnswer, DeadlineKind, FeedbackKind,
    LegalBasis, MoveKind, OrderKind, Outcome, PartyRole, PerformanceKind,
};

/// What tells when a deadline is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// The version of this family of rules that is in force on the day of the start.
    Rule(&'static str),
    /// The parties or a decision have set the day itself; it is warned of so many natural days
    /// before.
    Until(NaiveDate, u64),
}

/// How long before a day is warned of that somebody's decision has set.
const WARNING_OF_SET_DAYS: u64 = 3;

/// Whether the deadline is still to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Open,
    /// What it was for was done on that day.
    Done(NaiveDate),
    /// It is known that it was not kept; with a day, nobody pursues it since then.
    Failed(Option<NaiveDate>),
    /// There is nothing left to be done by it.
    FellAway,
}

/// A deadline as the file asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Names it among the deadlines of its case.
    pub clock: String,
    pub kind: DeadlineKind,
    pub subject_id: Option<Uuid>,
    pub length: Length,
    pub start_on: NaiveDate,
    pub ending: Ending,
    /// Who is to keep it; without one, the office.
    pub owner_id: Option<Uuid>,
    pub pauses: Vec<Pause>,
    pub extension_days: u32,
}

impl Planned {
    /// A clock of which a case has one.
    fn once(kind: DeadlineKind, family: &'static str, start_on: NaiveDate, ending: Ending) -> Self {
        Self {
            clock: family.to_owned(),
            kind,
            subject_id: None,
            length: Length::Rule(family),
            start_on,
            ending,
            owner_id: None,
            pauses: Vec::new(),
            extension_days: 0,
        }
    }

    /// A clock of which a case has as many as there are things it is about.
    fn about(self, subject_id: Uuid) -> Self {
        let clock = format!("{}/{subject_id}", self.clock);
        Self { clock, subject_id: Some(subject_id), ..self }
    }

    fn owned_by(self, owner_id: Option<Uuid>) -> Self {
        Self { owner_id, ..self }
    }
}

/// Everything the case must keep, or had to. A duty is warned of `warning_days` before its day.
pub fn plan(file: &CaseFile, warning_days: u64) -> Vec<Planned> {
    let track = tracks::rules(file.case.track);
    let mut planned = Vec::new();
    planned.extend(acceptance(file, track));
    planned.extend(first_contact(file));
    planned.extend(hotline(file));
    planned.extend(mediation(file, track));
    planned.extend(termination(file, track));
    planned.extend(assignments(file));
    planned.extend(delegation(file));
    planned.extend(confirmation(file, track));
    planned.extend(court(file));
    planned.extend(performances(file, warning_days));
    planned.extend(revisit(file));
    planned.extend(referral(file));
    let handler = presiding(file).or(Some(file.case.registered_by));
    for it in &mut planned {
        it.owner_id = it.owner_id.or(handler);
    }
    planned
}

/// Who presides, or is asked to.
fn presiding(file: &CaseFile) -> Option<Uuid> {
    let seat =
        |it: &&crate::entity::assignment::Model| it.seat == crate::words::PanelSeat::Presiding;
    file.panel().find(seat).map(|it| it.mediator_id)
}

/// The day on which the case ended, in whatever way.
fn ended_on(file: &CaseFile) -> Option<NaiveDate> {
    file.case.ended_at.map(shanghai_day)
}

/// What the end of the case means to a deadline that nothing else has ended.
fn unless_ended(file: &CaseFile) -> Ending {
    if file.case.ended_at.is_some() { Ending::FellAway } else { Ending::Open }
}

/// The decision on acceptance: 7 working days from receipt (O121 15); a mediator's word on a
/// court's referral: 3 (SPC online rules 12).
fn acceptance(file: &CaseFile, track: &TrackRules) -> Vec<Planned> {
    let case = &file.case;
    let received_on = shanghai_day(case.received_at);
    let ending = match (case.accepted_at, case.outcome) {
        (Some(at), _) => Ending::Done(shanghai_day(at)),
        (None, Some(Outcome::Declined | Outcome::Referred)) => {
            ended_on(file).map_or(Ending::FellAway, Ending::Done)
        }
        (None, _) => unless_ended(file),
    };
    let referred = case.legal_basis == LegalBasis::CourtReferred;
    let of_track = track
        .acceptance_clock
        .map(|family| Planned::once(DeadlineKind::AcceptanceDecision, family, received_on, ending));
    let of_court = referred.then(|| {
        let family = "court.ref.mediator_accept";
        Planned::once(DeadlineKind::ReferralConfirmation, family, received_on, ending)
    });
    of_track.into_iter().chain(of_court).collect()
}

/// That somebody is spoken to: the applicant of an order of the hotline within a working day
/// (domain §10.10), the other side of a court's referral within 3 (SPC online rules 15).
fn first_contact(file: &CaseFile) -> Vec<Planned> {
    let case = &file.case;
    let ending = |role| match first_reached(file, role) {
        Some(on) => Ending::Done(on),
        None => unless_ended(file),
    };
    let of_hotline = (case.channel == Channel::Hotline12345).then(|| {
        let start = shanghai_day(case.received_at);
        let ending = ending(PartyRole::Applicant);
        Planned::once(DeadlineKind::FirstContact, "hotline.12345.contact", start, ending)
    });
    let referred = case.legal_basis == LegalBasis::CourtReferred;
    let of_court = case.accepted_at.filter(|_| referred).map(|at| {
        let ending = ending(PartyRole::Respondent);
        Planned::once(DeadlineKind::FirstContact, "court.ref.contact", shanghai_day(at), ending)
    });
    of_hotline.into_iter().chain(of_court).collect()
}

/// The first day on which a party of that side is known to have been spoken to.
fn first_reached(file: &CaseFile, role: PartyRole) -> Option<NaiveDate> {
    let of_side = |id: Uuid| file.party(id).is_some_and(|it: &party::Model| it.role == role);
    let contacts = file.contacts.iter().filter(|it| it.reached);
    let contacts = contacts.map(|it| (it.party_id, it.tried_at));
    let consents = file.consents.iter().map(|it| (it.party_id, it.declared_at));
    let notices = file.rights_notices.iter().map(|it| (it.party_id, it.told_at));
    let all = contacts.chain(consents).chain(notices);
    all.filter(|(party_id, _)| of_side(*party_id)).map(|(_, at)| shanghai_day(at)).min()
}

/// An order of the hotline has its own clock, whatever becomes of the mediation (domain §10.10).
/// An order that gets no more than a few days gets its final answer only.
fn hotline(file: &CaseFile) -> Vec<Planned> {
    let case = &file.case;
    if case.channel != Channel::Hotline12345 {
        return Vec::new();
    }
    let (family, interim) = match case.order_kind.unwrap_or(OrderKind::Ordinary) {
        OrderKind::Consultation => ("hotline.12345.consultation", false),
        OrderKind::Supervised => ("hotline.12345.supervised", false),
        OrderKind::Ordinary => ("hotline.12345", true),
        OrderKind::Complex => ("hotline.12345.complex", true),
    };
    let start = shanghai_day(case.received_at);
    let given = |kind| {
        let of_kind = file.feedbacks.iter().filter(|it| it.kind == kind);
        of_kind.map(|it| shanghai_day(it.given_at)).min()
    };
    let answered = given(FeedbackKind::Final);
    // Nobody answers for an archived case any more.
    let never = case.archived_at.map(|at| Ending::Failed(Some(shanghai_day(at))));
    let waits = never.unwrap_or(Ending::Open);
    let last = Planned::once(
        DeadlineKind::HotlineFinal,
        family,
        start,
        answered.map_or(waits, Ending::Done),
    );
    let first = interim.then(|| {
        let ending = match (given(FeedbackKind::Interim), answered) {
            (Some(on), _) => Ending::Done(on),
            // Who hears the end need not hear how things stand.
            (None, Some(_)) => Ending::FellAway,
            (None, None) => waits,
        };
        Planned::once(DeadlineKind::HotlineInterim, "station.hotline_interim", start, ending)
    });
    first.into_iter().chain([last]).collect()
}

/// The end of mediation: of the authority's tracks 60 days from acceptance, whatever moves there
/// are between them (O121 23); of people's mediation from acceptance, or from the hand-over.
fn mediation(file: &CaseFile, track: &TrackRules) -> Option<Planned> {
    let accepted_on = shanghai_day(file.case.accepted_at?);
    let referred = file.case.legal_basis == LegalBasis::CourtReferred;
    let family = if referred { track.referred_mediation_clock } else { track.mediation_clock };
    let handed_over = file.track_moves.last().filter(|it| it.kind == MoveKind::HandOver);
    let start_on = handed_over.map_or(accepted_on, |it| shanghai_day(it.decided_at));
    let ending = match (file.case.termination_decided_at, file.case.outcome) {
        (Some(at), _) => Ending::Done(shanghai_day(at)),
        (
            None,
            Some(
                Outcome::Agreement | Outcome::OralAgreement | Outcome::Failed | Outcome::Terminated,
            ),
        ) => ended_on(file).map_or(Ending::FellAway, Ending::Done),
        (None, _) => unless_ended(file),
    };
    let own = file.deadlines.iter().find(|it| it.clock == family).map(|it| it.id);
    let extended = file.extensions.iter().filter(|it| Some(it.deadline_id) == own);
    let extension_days = extended.map(|it| it.days.unsigned_abs()).sum();
    let pauses = file.suspensions.iter().map(|it| Pause {
        from: it.from_on,
        to: it.to_on,
        reason: Some(it.reason),
    });
    let planned = Planned::once(DeadlineKind::MediationEnd, family, start_on, ending);
    Some(Planned { pauses: pauses.collect(), extension_days, ..planned })
}

/// Each party is told of the decision to end mediation: 7 working days (O121 23(2)).
fn termination(file: &CaseFile, track: &TrackRules) -> Option<Planned> {
    let decided_on = shanghai_day(file.case.termination_decided_at?);
    let family = track.termination_clock?;
    let told = |party: &party::Model| {
        let notices = file.route_notices.iter().filter(|it| it.party_id == party.id);
        notices.map(|it| shanghai_day(it.told_at)).min()
    };
    let all: Option<Vec<NaiveDate>> = file.parties.iter().map(told).collect();
    let last = all.and_then(|days| days.into_iter().max());
    let ending = match last {
        Some(on) => Ending::Done(on.max(decided_on)),
        None => unless_ended(file),
    };
    Some(Planned::once(DeadlineKind::TerminationNotice, family, decided_on, ending))
}

/// Each mediator says whether he takes the case: a setting of the station.
fn assignments(file: &CaseFile) -> Vec<Planned> {
    let of_one = |it: &crate::entity::assignment::Model| {
        let ending = match (it.responded_at, it.status) {
            (Some(at), _) => Ending::Done(shanghai_day(at)),
            (None, AssignmentStatus::Proposed) => unless_ended(file),
            (None, _) => Ending::FellAway,
        };
        let start = shanghai_day(it.assigned_at);
        let family = "station.assignment_response";
        Planned::once(DeadlineKind::AssignmentResponse, family, start, ending)
            .about(it.id)
            .owned_by(Some(it.mediator_id))
    };
    file.assignments.iter().map(of_one).collect()
}

/// The committee gives an entrusted case back, or reports on it, by the day that was set, or by
/// the station's rule (O121 19 names none).
fn delegation(file: &CaseFile) -> Vec<Planned> {
    let of_one = |(place, entrusted): (usize, &track_move::Model)| {
        let next = file.track_moves.get(place + 1);
        let ending = match (next.map(|it| (it.kind, it.decided_at)), ended_on(file)) {
            (Some((MoveKind::Return, at)), _) => Ending::Done(shanghai_day(at)),
            (Some(_), _) => Ending::FellAway,
            (None, Some(on)) => Ending::Done(on),
            (None, None) => Ending::Open,
        };
        let start = shanghai_day(entrusted.decided_at);
        let family = "station.delegation_return";
        let planned = Planned::once(DeadlineKind::DelegationReturn, family, start, ending);
        let until = |day| Length::Until(day, WARNING_OF_SET_DAYS);
        let length = entrusted.return_by.map_or(planned.length.clone(), until);
        Planned { length, ..planned }.about(entrusted.id)
    };
    let moves = file.track_moves.iter().enumerate();
    moves.filter(|(_, it)| it.kind == MoveKind::Entrust).map(of_one).collect()
}

/// The parties may ask a court to confirm: 30 days from effect (PML 33; CPL 205).
fn confirmation(file: &CaseFile, track: &TrackRules) -> Option<Planned> {
    let agreement = file.agreement().filter(|it| it.status == AgreementStatus::InForce)?;
    let effective_on = agreement.effective_on.filter(|_| track.confirmation)?;
    let asked = file.confirmations.iter().filter(|it| it.agreement_id == agreement.id);
    let ending = asked.map(|it| it.applied_on).min().map_or(Ending::Open, Ending::Done);
    let family = "pml.confirm";
    Some(Planned::once(DeadlineKind::JudicialConfirmation, family, effective_on, ending))
}

/// The court's own times, which the station only watches: whether it takes an application
/// (2011 rules 4), and its ruling (2011 rules 5).
fn court(file: &CaseFile) -> Vec<Planned> {
    let kind = DeadlineKind::CourtDecision;
    let is_archived = file.case.archived_at.is_some();
    let ended = |on: Option<NaiveDate>| match on {
        Some(on) => Ending::Done(on),
        None if is_archived => Ending::FellAway,
        None => Ending::Open,
    };
    let of_one = |asked: &judicial_confirmation::Model| {
        let first = file.court_answers_to(asked.id).map(|it| it.answered_on).min();
        let taken = file.court_answers_to(asked.id).find(|it| it.answer == CourtAnswer::Accepted);
        let result = file.court_result(asked.id).map(|it| it.answered_on);
        let accepts = Planned::once(kind, "court.confirm.accept", asked.applied_on, ended(first));
        let decides = taken
            .map(|it| Planned::once(kind, "court.confirm.decide", it.answered_on, ended(result)));
        [Some(accepts), decides]
            .into_iter()
            .flatten()
            .map(|it| it.about(asked.id))
            .collect::<Vec<_>>()
    };
    file.confirmations.iter().flat_map(of_one).collect()
}

/// Each duty by the day the parties have set.
fn performances(file: &CaseFile, warning_days: u64) -> Vec<Planned> {
    let Some(effective_on) = file.agreement().and_then(|it| it.effective_on) else {
        return Vec::new();
    };
    let of_one = |duty| {
        let ending = match file.last_performance(duty).map(|it| (it.kind, it.happened_on)) {
            Some((PerformanceKind::Performed, on)) => Ending::Done(on),
            Some((PerformanceKind::Defaulted, _)) => {
                Ending::Failed(file.case.closed_at.map(shanghai_day))
            }
            None => Ending::Open,
        };
        let planned = Planned::once(DeadlineKind::Performance, "performance", effective_on, ending)
            .about(duty.instalment_id.unwrap_or(duty.term_id));
        Planned { length: Length::Until(duty.due_on, warning_days), ..planned }
    };
    file.duties().into_iter().map(of_one).collect()
}

/// Somebody asks how the agreement was kept: a setting of the station (PML 31 sets no time),
/// planned from the last of the days on which each duty, or each instalment, was performed or
/// known not to be; of what nothing is known yet, from the end of its time. Who was asked before
/// that was not asked about all of it.
fn revisit(file: &CaseFile) -> Option<Planned> {
    let duties = file.duties();
    let over = |duty: &Duty| match file.last_performance(*duty) {
        Some(it) => it.happened_on,
        None => duty.due_on,
    };
    let start = duties.iter().map(over).max()?;
    let visits = file.revisits.iter().map(|it| shanghai_day(it.visited_at));
    let first = visits.filter(|it| start <= *it).min();
    // A case that is closed on an earlier one needs no other.
    let waits = if file.case.closed_at.is_some() { Ending::FellAway } else { Ending::Open };
    let ending = first.map_or(waits, Ending::Done);
    Some(Planned::once(DeadlineKind::Revisit, "station.revisit", start, ending))
}

/// The desk that a case was sent to tells what became of it: a setting of the station.
fn referral(file: &CaseFile) -> Option<Planned> {
    let referred = file.case.outcome == Some(Outcome::Referred);
    let start = ended_on(file).filter(|_| referred)?;
    let answered = file.referral_answers.iter().map(|it| shanghai_day(it.answered_at)).min();
    let ending = answered.map_or(Ending::Open, |on| Ending::Done(on.max(start)));
    let family = "station.referral_answer";
    Some(Planned::once(DeadlineKind::ReferralAnswer, family, start, ending))
}

/// The verification of a clue: 15 working days from its discovery, and 15 more if the head
/// approves (O121 27). The register knows no case, and neither does this.
pub fn plan_of_clue(clue: &clue::Model) -> Planned {
    let ending = clue.decided_on.map_or(Ending::Open, Ending::Done);
    let planned =
        Planned::once(DeadlineKind::ClueVerification, "samr.clue", clue.discovered_on, ending);
    // As many as the rule allows: an approval names no number.
    let extension_days = if clue.extended_on.is_some() { u32::MAX } else { 0 };
    Planned { extension_days, ..planned }.owned_by(clue.received_by)
}
