//! Everything the rules look at before a step: the case with all that belongs to it, as read
//! in one transaction. Plain data and plain questions; no query.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::Ownership;
use crate::clock::shanghai_day;
use crate::entity::{
    agent, agreement, assignment, attendance, case, claim, clue, consent, contact, court_answer,
    deadline, evidence, extension, feedback, hearing, hearing_notice, instalment, interest,
    investigation, invitation, judicial_confirmation, party, performance, recusal, referral_answer,
    revisit, rights_notice, route_notice, signature, supplement, suspension, term, track_move,
};
use crate::words::{
    AgentKind, AgreementStatus, AssignmentStatus, ConsentDecision, ConsentSubject, CourtAnswer,
    DeadlineKind, PanelSeat, PartyKind, PerformanceKind,
};

/// A case with all that belongs to it.
#[derive(Debug, Clone)]
pub struct CaseFile {
    pub now: DateTime<Utc>,
    pub case: case::Model,
    pub members: Vec<Uuid>,
    pub parties: Vec<party::Model>,
    pub agents: Vec<agent::Model>,
    pub claims: Vec<claim::Model>,
    pub supplements: Vec<supplement::Model>,
    /// Materials of evidence, also what was withdrawn.
    pub evidence: Vec<evidence::Model>,
    pub consents: Vec<consent::Model>,
    pub rights_notices: Vec<rights_notice::Model>,
    /// Whom the station asked about the dispute.
    pub investigations: Vec<investigation::Model>,
    pub invitations: Vec<invitation::Model>,
    pub assignments: Vec<assignment::Model>,
    pub hearings: Vec<hearing::Model>,
    pub hearing_notices: Vec<hearing_notice::Model>,
    pub attendances: Vec<attendance::Model>,
    /// Oldest revision first.
    pub agreements: Vec<agreement::Model>,
    pub terms: Vec<term::Model>,
    pub instalments: Vec<instalment::Model>,
    pub signatures: Vec<signature::Model>,
    /// Oldest first.
    pub track_moves: Vec<track_move::Model>,
    pub route_notices: Vec<route_notice::Model>,
    pub performances: Vec<performance::Model>,
    pub revisits: Vec<revisit::Model>,
    pub recusals: Vec<recusal::Model>,
    /// What the mediators of the standing panel have declared, of whatever time.
    pub interests: Vec<interest::Model>,
    /// As they stood after the last step.
    pub deadlines: Vec<deadline::Model>,
    pub suspensions: Vec<suspension::Model>,
    pub extensions: Vec<extension::Model>,
    pub contacts: Vec<contact::Model>,
    pub feedbacks: Vec<feedback::Model>,
    pub referral_answers: Vec<referral_answer::Model>,
    /// What was reported to the authority from this case.
    pub clues: Vec<clue::Model>,
    /// Oldest first.
    pub confirmations: Vec<judicial_confirmation::Model>,
    pub court_answers: Vec<court_answer::Model>,
}

/// A duty that is performed or defaulted as one: a whole term, or one of its instalments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    pub term_id: Uuid,
    pub instalment_id: Option<Uuid>,
    pub ordinal: i32,
    pub amount_fen: Option<i64>,
    pub due_on: NaiveDate,
}

impl CaseFile {
    /// A case with nothing that belongs to it yet.
    pub fn bare(case: case::Model, now: DateTime<Utc>) -> Self {
        Self {
            now,
            case,
            members: Vec::new(),
            parties: Vec::new(),
            agents: Vec::new(),
            claims: Vec::new(),
            supplements: Vec::new(),
            evidence: Vec::new(),
            consents: Vec::new(),
            rights_notices: Vec::new(),
            investigations: Vec::new(),
            invitations: Vec::new(),
            assignments: Vec::new(),
            hearings: Vec::new(),
            hearing_notices: Vec::new(),
            attendances: Vec::new(),
            agreements: Vec::new(),
            terms: Vec::new(),
            instalments: Vec::new(),
            signatures: Vec::new(),
            track_moves: Vec::new(),
            route_notices: Vec::new(),
            performances: Vec::new(),
            revisits: Vec::new(),
            recusals: Vec::new(),
            interests: Vec::new(),
            deadlines: Vec::new(),
            suspensions: Vec::new(),
            extensions: Vec::new(),
            contacts: Vec::new(),
            feedbacks: Vec::new(),
            referral_answers: Vec::new(),
            clues: Vec::new(),
            confirmations: Vec::new(),
            court_answers: Vec::new(),
        }
    }

    /// To whom the case belongs, for the permission table.
    pub fn ownership(&self) -> Ownership<'_> {
        Ownership { office_id: self.case.office_id, members: &self.members }
    }

    /// Today in Shanghai.
    pub fn today(&self) -> NaiveDate {
        shanghai_day(self.now)
    }

    pub fn party(&self, id: Uuid) -> Option<&party::Model> {
        self.parties.iter().find(|it| it.id == id)
    }

    pub fn hearing(&self, id: Uuid) -> Option<&hearing::Model> {
        self.hearings.iter().find(|it| it.id == id)
    }

    /// Under 18 today (民法典 17); a birth date that is not known counts as of age.
    pub fn is_minor(&self, party: &party::Model) -> bool {
        is_minor(party, self.today())
    }

    /// The guardians recorded for a party.
    pub fn guardians(&self, party_id: Uuid) -> impl Iterator<Item = &agent::Model> {
        self.agents
            .iter()
            .filter(move |it| it.party_id == party_id && it.kind == AgentKind::Guardian)
    }

    /// What a party said last on a subject.
    pub fn consent(
        &self,
        party_id: Uuid,
        subject: ConsentSubject,
        invitation_id: Option<Uuid>,
    ) -> Option<ConsentDecision> {
        self.consents
            .iter()
            .filter(|it| {
                it.party_id == party_id
                    && it.subject == subject
                    && it.invitation_id == invitation_id
            })
            .max_by_key(|it| (it.declared_at, it.id))
            .map(|it| it.decision)
    }

    /// Whether what a party said last on a subject, not before an instant, was yes.
    pub fn has_consented_since(
        &self,
        party_id: Uuid,
        subject: ConsentSubject,
        since: Option<DateTime<Utc>>,
    ) -> bool {
        self.said_since(party_id, subject, since) == Some(ConsentDecision::Given)
    }

    /// What a party said last on a subject, not before an instant.
    pub fn said_since(
        &self,
        party_id: Uuid,
        subject: ConsentSubject,
        since: Option<DateTime<Utc>>,
    ) -> Option<ConsentDecision> {
        let said = self.consents.iter().filter(|it| {
            it.party_id == party_id
                && it.subject == subject
                && since.is_none_or(|since| since <= it.declared_at)
        });
        said.max_by_key(|it| (it.declared_at, it.id)).map(|it| it.decision)
    }

    /// Whether a party wants a court to confirm the present text of the agreement; None while it
    /// has not said so of this text.
    pub fn wishes_confirmation(&self, party_id: Uuid) -> Option<bool> {
        let since = self.agreement()?.locked_at;
        let said = self.said_since(party_id, ConsentSubject::Confirmation, since)?;
        Some(said == ConsentDecision::Given)
    }

    /// Whether every party does.
    pub fn all_wish_confirmation(&self) -> bool {
        let wishes = |it: &party::Model| self.wishes_confirmation(it.id) == Some(true);
        !self.parties.is_empty() && self.parties.iter().all(wishes)
    }

    /// The panel as it is now: proposed and accepted seats.
    pub fn panel(&self) -> impl Iterator<Item = &assignment::Model> {
        self.assignments.iter().filter(|it| it.status.is_held())
    }

    /// The mediator who presides and has accepted.
    pub fn presiding(&self) -> Option<&assignment::Model> {
        self.assignments
            .iter()
            .find(|it| it.seat == PanelSeat::Presiding && it.status == AssignmentStatus::Accepted)
    }

    /// The clock of mediation that is still to be kept.
    pub fn mediation_clock(&self) -> Option<&deadline::Model> {
        let of_mediation = |it: &&deadline::Model| it.kind == DeadlineKind::MediationEnd;
        self.deadlines.iter().filter(of_mediation).find(|it| it.ended_on.is_none())
    }

    /// The agreement that counts: the latest revision.
    pub fn agreement(&self) -> Option<&agreement::Model> {
        self.agreements.last().filter(|it| it.status != AgreementStatus::Superseded)
    }

    /// The terms of one agreement, in order.
    pub fn terms_of(&self, agreement_id: Uuid) -> impl Iterator<Item = &term::Model> {
        self.terms.iter().filter(move |it| it.agreement_id == agreement_id)
    }

    /// What the court has said to an application.
    pub fn court_answers_to(
        &self,
        application_id: Uuid,
    ) -> impl Iterator<Item = &court_answer::Model> {
        self.court_answers.iter().filter(move |it| it.confirmation_id == application_id)
    }

    /// The court's last word on an application: any but that it has taken it.
    pub fn court_result(&self, application_id: Uuid) -> Option<&court_answer::Model> {
        self.court_answers_to(application_id).find(|it| it.answer != CourtAnswer::Accepted)
    }

    /// The last application, unless the court has sent it away without looking at the agreement
    /// or the parties have taken it back: then they may apply again.
    pub fn standing_application(&self) -> Option<&judicial_confirmation::Model> {
        let last = self.confirmations.last()?;
        let stands = self
            .court_result(last.id)
            .is_none_or(|it| matches!(it.answer, CourtAnswer::Valid | CourtAnswer::Rejected));
        stands.then_some(last)
    }

    /// The duties under the agreement in force, in order.
    pub fn duties(&self) -> Vec<Duty> {
        let Some(agreement) = self.agreement().filter(|it| it.status == AgreementStatus::InForce)
        else {
            return Vec::new();
        };
        self.terms_of(agreement.id)
            .flat_map(|term| {
                let parts: Vec<Duty> = self
                    .instalments
                    .iter()
                    .filter(|it| it.term_id == term.id)
                    .map(|it| Duty {
                        term_id: term.id,
                        instalment_id: Some(it.id),
                        ordinal: term.ordinal,
                        amount_fen: Some(it.amount_fen),
                        due_on: it.due_on,
                    })
                    .collect();
                if parts.is_empty() {
                    vec![Duty {
                        term_id: term.id,
                        instalment_id: None,
                        ordinal: term.ordinal,
                        amount_fen: term.amount_fen,
                        due_on: term.due_on,
                    }]
                } else {
                    parts
                }
            })
            .collect()
    }

    /// What is recorded last of a duty.
    pub fn last_performance(&self, duty: Duty) -> Option<&performance::Model> {
        self.performances
            .iter()
            .filter(|it| it.term_id == duty.term_id && it.instalment_id == duty.instalment_id)
            .max_by_key(|it| (it.recorded_at, it.id))
    }

    /// Whether a duty was done, as it is recorded last.
    pub fn performance(&self, duty: Duty) -> Option<PerformanceKind> {
        self.last_performance(duty).map(|it| it.kind)
    }
}

/// Under 18 on that day (民法典 17).
pub fn is_minor(party: &party::Model, today: NaiveDate) -> bool {
    party.kind == PartyKind::NaturalPerson
        && party.born_on.is_some_and(|born| {
            let of_age = born.checked_add_months(chrono::Months::new(18 * 12));
            of_age.is_some_and(|day| today < day)
        })
}
