//! A case as it is played: what the rooms have answered so far, and the calls into them.

mod aftercare;
mod before;
mod materials;
mod mediation;

use uuid::Uuid;

use super::people::{District, Staff};
use super::step::{Step, Task};
use crate::access::{Allowed, Can};
use crate::app::App;
use crate::database::Reply;
use crate::error::{Error, Result};

/// What is known of a case that is played.
#[derive(Debug, Default)]
pub(super) struct Live {
    case_id: Uuid,
    version: i64,
    parties: Vec<Uuid>,
    agents: Vec<Uuid>,
    /// The latest of each.
    supplement: Uuid,
    invitation: Uuid,
    assignment: Uuid,
    hearing: Uuid,
    text_hash: String,
    /// Whether the hotline waits to be told.
    hotline: bool,
    /// Each duty of the agreement: its term, and its instalment if it is one.
    duties: Vec<(Uuid, Option<Uuid>)>,
}

/// Who hears of a step of a hotline's order.
#[derive(Debug, Clone, Copy)]
enum Told {
    Applicant,
    Interim,
    Final,
}

/// Who takes a step.
#[derive(Clone, Copy)]
struct Caller<'a> {
    app: &'a App,
    district: &'a District,
    by: Staff,
    /// The version of the case that this person has read.
    version: Option<i64>,
}

impl Caller<'_> {
    fn call<A: Can>(&self) -> Result<Allowed<A>> {
        self.district.allowed(self.by, self.version)
    }
}

/// An id the room has given, by its place in the case.
fn nth(ids: &[Uuid], place: usize) -> Result<Uuid> {
    ids.get(place).copied().ok_or_else(|| Error::internal("the story names what is not there"))
}

impl Live {
    /// Keeps the version of an answer, and hands on the rest.
    fn keep<T>(&mut self, reply: Reply<T>) -> T {
        self.version = reply.version.unwrap_or(self.version);
        reply.body
    }

    /// Takes one step, and tells the hotline of it where its order waits.
    pub async fn take(&mut self, app: &App, district: &District, task: Task) -> Result<()> {
        use Step::*;
        let caller = Caller { app, district, by: task.by, version: Some(self.version) };
        let told = match &task.step {
            Register(_) => Some(Told::Applicant),
            Accept => Some(Told::Interim),
            Decline(_)
            | Refer { .. }
            | Withdraw(_)
            | Settle(_)
            | Seal
            | Oral(_)
            | Conclude { .. } => Some(Told::Final),
            _ => None,
        };
        // On the heap: it holds every step there is.
        Box::pin(self.step(caller, task.step)).await?;
        match told {
            Some(told) if self.hotline => {
                self.tell(Caller { version: Some(self.version), ..caller }, told).await
            }
            _ => Ok(()),
        }
    }

    async fn step(&mut self, caller: Caller<'_>, step: Step) -> Result<()> {
        use Step::*;
        match step {
            Register(input) => self.register(caller, *input).await,
            AddAgent { party, agent } => self.add_agent(caller, party, *agent).await,
            AddClaim(claim) => self.add_claim(caller, claim).await,
            UpdateParty { party, input } => self.update_party(caller, party, *input).await,
            Unmask { party, purpose } => self.unmask(caller, party, purpose).await,
            ApproveUnmasking { party, reader, purpose } => {
                self.approve_unmasking(caller, party, reader, purpose).await
            }
            HandIn(exhibit) => self.hand_in(caller, exhibit).await,
            Print(form) => self.print(caller, form).await,
            AskSupplement { items, due_on } => self.ask_supplement(caller, items, due_on).await,
            AnswerSupplement(answer) => self.answer_supplement(caller, answer).await,
            Consent(declaration) => self.consent(caller, declaration).await,
            Accept => self.accept(caller).await,
            Decline(reason) => self.decline(caller, reason).await,
            Refer { to, explanation } => self.refer(caller, to, explanation).await,
            Withdraw(explanation) => self.withdraw(caller, explanation).await,
            Settle(explanation) => self.settle(caller, explanation).await,
            TellRights { party, manner } => self.tell_rights(caller, party, manner).await,
            Invite(input) => self.invite(caller, input).await,
            Assign { mediator, seat, origin } => self.assign(caller, mediator, seat, origin).await,
            Respond { decline } => self.respond(caller, decline).await,
            Start => self.start(caller).await,
            Schedule { mode, room, starts_at } => {
                self.schedule(caller, mode, room, starts_at).await
            }
            Notify { party, manner } => self.notify(caller, party, manner).await,
            Adjourn { reason, starts_at } => self.adjourn(caller, reason, starts_at).await,
            Cancel(reason) => self.cancel(caller, reason).await,
            Attend(seats) => Box::pin(self.attend(caller, seats)).await,
            Minutes { content, result } => Box::pin(self.minutes(caller, content, result)).await,
            Draft(accord) => self.draft(caller, *accord).await,
            Lock => self.lock(caller).await,
            Sign(signature) => self.sign(caller, signature).await,
            Seal => self.seal(caller).await,
            Oral(accord) => self.oral(caller, *accord).await,
            TellRoutes { party, manner } => self.tell_routes(caller, party, manner).await,
            Conclude { failed, reason } => self.conclude(caller, failed, reason).await,
            Perform(deed) => self.perform(caller, deed).await,
            Revisit(visit) => self.revisit(caller, visit).await,
            Close => self.close(caller).await,
            Archive { retention, pages } => self.archive(caller, retention, pages).await,
        }
    }
}
