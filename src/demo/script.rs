//! The story of one case, written before it is played: who does what when. The rules of the
//! field are not repeated here. A story that breaks one is refused by the room it is played in.

mod aftercare;
mod intake;
mod mediation;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::calendar::{self, Busy, Diary};
use super::dice::Dice;
use super::disputes::Dispute;
use super::fates::{Fate, Stand};
use super::people::{Office, Staff};
use super::step::{Step, Task};
use crate::parties::AddParty;
use crate::words::{Channel, PaperForm, PartyKind, PartyRole};

/// What a story is about, drawn before anything happens.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    pub channel: Channel,
    pub office: Office,
    /// Applicants first, then the respondent, then perhaps a third party.
    pub parties: Vec<AddParty>,
    /// The respondent's place in the list of shops.
    pub shop: usize,
    /// Whether the applicant is a minor.
    pub child: bool,
}

/// A story as it is written.
#[derive(Debug)]
pub(super) struct Script<'a> {
    dice: Dice,
    diary: &'a Diary,
    /// Today: what would happen later has not happened yet.
    now: DateTime<Utc>,
    at: DateTime<Utc>,
    fate: Fate,
    dispute: &'a Dispute,
    cast: Cast,
    registrar: Staff,
    clerk: Staff,
    director: Staff,
    presiding: Staff,
    member: Option<Staff>,
    /// Whether its papers are printed here; the others are filled in by hand, as in many stations.
    prints: bool,
    /// The party each agent acts for, in the order of their making.
    agents: Vec<usize>,
    tasks: Vec<Task>,
    pencilled: Vec<(DateTime<Utc>, Busy)>,
    /// Whether the latest hearing was not on site.
    remote: bool,
    arrived: bool,
}

/// A story that is written: what happens in it, and the hours it takes.
#[derive(Debug)]
pub(super) struct Written {
    pub tasks: Vec<Task>,
    pub pencilled: Vec<(DateTime<Utc>, Busy)>,
    /// Whether a case that is to be under way has come as far as it should by today.
    pub arrived: bool,
}

impl<'a> Script<'a> {
    /// Writes the story of a dispute that comes in at `start`.
    pub fn write(
        mut dice: Dice,
        diary: &'a Diary,
        (start, now): (DateTime<Utc>, DateTime<Utc>),
        fate: Fate,
        dispute: &'a Dispute,
        cast: Cast,
    ) -> Written {
        let clerk = match cast.office {
            Office::MARKET_SUPERVISION if dice.chance(40) => dice.pick(&Staff::OFFICERS),
            office => clerk_of(office),
        };
        let registrar = match cast.channel {
            // Who finds a dispute on a walk through the district writes it down.
            Channel::Visit | Channel::OwnInitiative => dice.pick(&Staff::WALKERS),
            _ => clerk,
        };
        let director = if dice.chance(80) { Staff::DIRECTOR } else { Staff::DEPUTY_DIRECTOR };
        let presiding = dice.pick(&Staff::MEDIATORS);
        let member = second_seat(&mut dice, cast.office, presiding);
        let prints = dice.chance(12);
        let mut script = Self {
            dice,
            diary,
            now,
            at: start,
            fate,
            dispute,
            cast,
            registrar,
            clerk,
            director,
            presiding,
            member,
            prints,
            agents: Vec::new(),
            tasks: Vec::new(),
            pencilled: Vec::new(),
            remote: false,
            arrived: !matches!(fate, Fate::Open(_)),
        };
        // A story that stops on its way has still happened up to there.
        let _ = script.tell();
        let Self { mut tasks, pencilled, arrived, .. } = script;
        tasks.retain(|it| it.at <= now);
        Written { tasks, pencilled, arrived }
    }

    /// From the first word to the archive; None where the story stops for now.
    fn tell(&mut self) -> Option<()> {
        self.register()?;
        match self.fate {
            Fate::Declined(reason) => self.decline(reason),
            Fate::Referred(place) => self.refer(place),
            fate => {
                self.consents();
                self.pause(Stand::ConsentPending)?;
                self.respondent_consents();
                self.end_early(fate, super::fates::Stage::Registered)?;
                self.accept();
                self.pause(Stand::NoPanel)?;
                self.end_early(fate, super::fates::Stage::Accepted)?;
                self.prepare()?;
                self.mediate()
            }
        }
    }

    /// Something happens now, and takes some minutes.
    fn task(&mut self, by: Staff, step: Step) {
        self.tasks.push(Task { at: self.at, by, step });
        let seconds = self.dice.between(70, 290);
        self.at += TimeDelta::seconds(seconds);
    }

    /// Prints a form where this case's papers are printed.
    fn print(&mut self, by: Staff, form: PaperForm) {
        if self.prints {
            self.task(by, Step::Print(form));
        }
    }

    /// Some minutes go by in the same sitting.
    fn minutes(&mut self, low: i64, high: i64) {
        let minutes = self.dice.between(low, high);
        self.at += TimeDelta::minutes(minutes);
    }

    /// Some days go by; it goes on at a time when the counter is open.
    fn days(&mut self, low: i64, high: i64) {
        let (days, minutes) = (self.dice.between(low, high), self.dice.between(0, 180));
        let later = self.at + TimeDelta::days(days) + TimeDelta::minutes(minutes);
        let morning = self.dice.between(3, 200);
        self.at = calendar::in_office_hours(later, u32::try_from(morning).unwrap_or(3));
    }

    /// It goes on when the counter is open on this day, or on the next open one, but never
    /// earlier than now.
    fn on_day(&mut self, day: NaiveDate) {
        let morning = u32::try_from(self.dice.between(3, 400)).unwrap_or(3);
        let open = calendar::open_day(day);
        let then = calendar::instant(open.and_time(calendar::time(9 * 60 + morning)));
        self.at = self.at.max(then);
    }

    /// It goes on on the last working day before a hearing, but never earlier than now.
    fn eve_of(&mut self, hearing: DateTime<Utc>) {
        let minutes = u32::try_from(self.dice.between(3, 400)).unwrap_or(3);
        self.at = self.at.max(calendar::eve(hearing, minutes));
    }

    fn today(&self) -> NaiveDate {
        calendar::local(self.at).date()
    }

    /// A day so many days from today.
    fn in_days(&mut self, low: i64, high: i64) -> NaiveDate {
        let days = self.dice.between(low, high);
        self.today() + Days::new(days.unsigned_abs())
    }

    /// The story stops here if it is of a case that stands here today.
    fn pause(&mut self, stand: Stand) -> Option<()> {
        if self.fate != Fate::Open(stand) {
            return Some(());
        }
        self.arrived = self.tasks.last().is_some_and(|it| it.at <= self.now);
        None
    }

    fn respondent(&self) -> usize {
        let of = |it: &AddParty| it.role == PartyRole::Respondent;
        self.cast.parties.iter().position(of).unwrap_or(1)
    }

    /// The agent who acts for a party: its place in the list of agents.
    fn agent_of(&self, party: usize) -> Option<usize> {
        self.agents.iter().position(|it| *it == party)
    }

    fn is_shop(&self, party: usize) -> bool {
        self.cast.parties[party].kind == PartyKind::Organization
    }

    /// Who does the paper work of the hearing: the mediator, or the counter.
    fn either(&mut self, mediator_in: u64) -> Staff {
        if self.dice.chance(mediator_in) { self.presiding } else { self.clerk }
    }
}

/// Who sits at the counter of an office.
fn clerk_of(office: Office) -> Staff {
    match office {
        Office::MARKET_SUPERVISION => Staff::MARKET_CLERK,
        Office::JUDICIAL => Staff::JUDICIAL_CLERK,
        Office::LEZAI_MEILUO => Staff::BUILDING_CLERK,
        _ => Staff::CLERK,
    }
}

/// Some panels have a second seat. Both offices sit on them: with a case of market supervision
/// it is an officer's, with others now and then.
fn second_seat(dice: &mut Dice, office: Office, presiding: Staff) -> Option<Staff> {
    let by_officer = if office == Office::MARKET_SUPERVISION { 45 } else { 6 };
    if dice.chance(by_officer) {
        return Some(dice.pick(&Staff::OFFICERS));
    }
    let other = dice.pick(&Staff::MEDIATORS);
    (dice.chance(10) && other != presiding).then_some(other)
}
