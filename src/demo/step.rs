//! One thing that one person does to one case, planned before it is done: what the rooms give
//! ids to is named here by its place in the case.

use chrono::{DateTime, NaiveDate, Utc};

use super::people::{Office, Staff};
use crate::consents::InviteParticipant;
use crate::intake::RegisterCase;
use crate::parties::{AddAgent, AddClaim, AddParty};
use crate::words::{
    AssignmentOrigin, AttendeeKind, ConsentDecision, DeclineReason, HearingMode, HearingResult,
    Manner, PanelSeat, PaperForm, PerformanceKind, Retention, SignatureMethod, TermKind,
    TerminationReason,
};

#[derive(Debug, strum::IntoStaticStr)]
pub(super) enum Step {
    Register(Box<RegisterCase>),
    AddAgent {
        party: usize,
        agent: Box<AddAgent>,
    },
    AddClaim(AddClaim),
    /// The first applicant hands something in.
    HandIn(Exhibit),
    /// An official form is printed.
    Print(PaperForm),
    UpdateParty {
        party: usize,
        input: Box<AddParty>,
    },
    Unmask {
        party: usize,
        purpose: &'static str,
    },
    ApproveUnmasking {
        party: usize,
        reader: Staff,
        purpose: &'static str,
    },
    AskSupplement {
        items: &'static str,
        due_on: NaiveDate,
    },
    AnswerSupplement(&'static str),
    Consent(Declaration),
    Accept,
    Decline(DeclineReason),
    Refer {
        to: Office,
        explanation: &'static str,
    },
    Withdraw(&'static str),
    Settle(&'static str),
    TellRights {
        party: usize,
        manner: Manner,
    },
    Invite(InviteParticipant),
    Assign {
        mediator: Staff,
        seat: PanelSeat,
        origin: AssignmentOrigin,
    },
    /// The answer to the latest assignment; a reason declines it.
    Respond {
        decline: Option<&'static str>,
    },
    Start,
    Schedule {
        mode: HearingMode,
        /// Which of the station's rooms (`places::ROOMS`).
        room: Option<usize>,
        starts_at: DateTime<Utc>,
    },
    Notify {
        party: usize,
        manner: Manner,
    },
    Adjourn {
        reason: &'static str,
        starts_at: DateTime<Utc>,
    },
    Cancel(&'static str),
    Attend(Vec<Seat>),
    Minutes {
        content: String,
        result: HearingResult,
    },
    Draft(Box<Accord>),
    Lock,
    Sign(Hand),
    Seal,
    Oral(Box<Accord>),
    TellRoutes {
        party: usize,
        manner: Manner,
    },
    Conclude {
        failed: bool,
        reason: TerminationReason,
    },
    Perform(Deed),
    Revisit(Visit),
    Close,
    Archive {
        retention: Retention,
        pages: i32,
    },
}

/// What somebody hands in.
#[derive(Debug)]
pub(super) enum Exhibit {
    /// What was written to and fro, a line each.
    Chat(String),
    /// What the shop printed at the till.
    Receipt { shop: String, lines: String, printed_on: NaiveDate },
}

/// What a party says when asked.
#[derive(Debug)]
pub(super) struct Declaration {
    pub party: usize,
    /// About the invitation, not about mediation.
    pub to_invitation: bool,
    pub decision: ConsentDecision,
    pub manner: Manner,
    pub note: Option<&'static str>,
}

/// Whose hand comes under the agreement.
#[derive(Debug)]
pub(super) struct Hand {
    /// The party, or the mediator who does it.
    pub party: Option<usize>,
    pub agent: Option<usize>,
    pub method: SignatureMethod,
    pub place: &'static str,
}

/// A duty that is performed, or is not.
#[derive(Debug)]
pub(super) struct Deed {
    /// Its place among the duties of the agreement.
    pub duty: usize,
    pub kind: PerformanceKind,
    pub happened_on: NaiveDate,
    /// Proof or advice.
    pub note: &'static str,
}

/// Somebody is asked how they fare.
#[derive(Debug)]
pub(super) struct Visit {
    pub party: Option<usize>,
    pub manner: Manner,
    pub findings: &'static str,
    pub satisfaction: i32,
}

/// Somebody at a hearing or absent from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub kind: AttendeeKind,
    pub who: Who,
    pub present: bool,
    /// Why a party is absent for whom nobody is there.
    pub absence: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Who {
    Party(usize),
    Agent(usize),
    Staff(Staff),
    Invited,
}

/// What the parties agree on.
#[derive(Debug, Clone)]
pub(super) struct Accord {
    pub facts: String,
    pub matters: String,
    pub duties: String,
    pub terms: Vec<Term>,
}

#[derive(Debug, Clone)]
pub(super) struct Term {
    pub kind: TermKind,
    pub obligor: usize,
    pub obligee: usize,
    pub amount_fen: Option<i64>,
    pub due_on: NaiveDate,
    pub manner: &'static str,
    pub description: String,
    pub instalments: Vec<(i64, NaiveDate)>,
}

impl Accord {
    /// When each duty is due, in the order of the agreement: its whole terms and the
    /// instalments of the others.
    pub fn dues(&self) -> Vec<(TermKind, NaiveDate)> {
        let parts = |term: &Term| match term.instalments.as_slice() {
            [] => vec![(term.kind, term.due_on)],
            parts => parts.iter().map(|(_, due_on)| (term.kind, *due_on)).collect(),
        };
        self.terms.iter().flat_map(parts).collect()
    }
}

/// A step with its instant and its person.
#[derive(Debug)]
pub(super) struct Task {
    pub at: DateTime<Utc>,
    pub by: Staff,
    pub step: Step,
}
