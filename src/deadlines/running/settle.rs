//! From what the file asks for to the rows that are kept: counts the days, tells the state, and
//! tells what has changed and how. The same code answers a step on a case, a new calendar, a
//! changed rule and a day that has passed. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::plan::{Ending, Length, Planned};
use crate::clock::shanghai_day;
use crate::deadlines::rules::Rule;
use crate::deadlines::{Almanac, Pause, Period, count};
use crate::entity::deadline::Model;
use crate::words::{DeadlineKind, DeadlineState};

/// Whose deadlines they are.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    pub case: Option<Uuid>,
    pub clue: Option<Uuid>,
    pub office: Uuid,
}

/// A row that is to be written, and what is to be announced of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub before: Option<Model>,
    pub after: Model,
}

impl Change {
    fn between(before: Option<&Model>, after: Model) -> Option<Self> {
        let same = before.is_some_and(|it| {
            let Model { rule_set_version, calendar_version, updated_at, .. } = *it;
            Model { rule_set_version, calendar_version, updated_at, ..after.clone() } == *it
        });
        (!same).then(|| Self { before: before.cloned(), after })
    }

    /// The event that tells it; none for what only changes hands.
    pub fn event(&self) -> Option<&'static str> {
        let after = &self.after;
        let Some(before) = &self.before else { return Some("deadline.started") };
        let dates = |it: &Model| (it.due_on, it.due_on_strict, it.earliest_on, it.latest_on);
        Some(match (before.state, after.state) {
            (DeadlineState::Paused, DeadlineState::Running) => "deadline.resumed",
            (old, new) if old != new => match new {
                DeadlineState::Running => "deadline.reopened",
                DeadlineState::Paused => "deadline.paused",
                DeadlineState::Met => "deadline.met",
                DeadlineState::Missed => "deadline.missed",
                DeadlineState::Cancelled => "deadline.cancelled",
            },
            _ if before.extension_days != after.extension_days => "deadline.extended",
            _ if dates(before) != dates(after) => "deadline.moved",
            _ if before.ended_on != after.ended_on => "deadline.met_late",
            _ if before.warned_at.is_none() && after.warned_at.is_some() => "deadline.due_soon",
            _ => return None,
        })
    }

    /// What is told of a duty of an agreement beside it: that its day is near, or that it has
    /// passed and nothing is recorded.
    pub fn reminder(&self) -> Option<&'static str> {
        let after = &self.after;
        let (was, is) = (self.before.as_ref().map(|it| it.state), after.state);
        let is_warned = after.warned_at.is_some()
            && self.before.as_ref().is_some_and(|it| it.warned_at.is_none());
        let today = shanghai_day(after.updated_at);
        match (after.kind, is) {
            (DeadlineKind::Performance, DeadlineState::Running) if is_warned => {
                Some("performance.due_soon")
            }
            (DeadlineKind::Performance, DeadlineState::Missed)
                if was != Some(DeadlineState::Missed)
                    && after.ended_on.is_none()
                    && after.due_on.is_some_and(|it| it < today) =>
            {
                Some("performance.overdue")
            }
            _ => None,
        }
    }

    /// What the event says: before, after, and why.
    pub fn data(&self, why: &str) -> serde_json::Value {
        let told = |it: &Model| {
            json!({
                "due_on": it.due_on,
                "due_on_strict": it.due_on_strict,
                "earliest_on": it.earliest_on,
                "latest_on": it.latest_on,
                "state": it.state,
            })
        };
        json!({
            "kind": self.after.kind,
            "rule": self.after.rule_id,
            "before": self.before.as_ref().map(told),
            "after": told(&self.after),
            "why": why,
            "rule_set_version": self.after.rule_set_version,
            "calendar_version": self.after.calendar_version,
        })
    }
}

/// What is to be written so that the rows are what the file asks for.
pub fn settle(
    almanac: &Almanac,
    whose: Whose,
    rows: &[Model],
    planned: &[Planned],
    now: DateTime<Utc>,
) -> Vec<Change> {
    let kept = planned.iter().filter_map(|it| {
        let row = rows.iter().find(|row| row.clock == it.clock);
        let after = row_of(almanac, whose, row, it, now)?;
        Change::between(row, after)
    });
    // What the file asks for no longer has fallen away.
    let dropped = rows
        .iter()
        .filter(|row| row.ended_on.is_none() && planned.iter().all(|it| it.clock != row.clock));
    let dropped = dropped.filter_map(|row| {
        let mut after = Model { updated_at: now, ..row.clone() };
        (after.state, after.ended_on) = (DeadlineState::Cancelled, Some(shanghai_day(now)));
        Change::between(Some(row), after)
    });
    kept.chain(dropped).collect()
}

/// The row of a planned deadline; none where no rule was in force on the day of the start.
fn row_of(
    almanac: &Almanac,
    whose: Whose,
    row: Option<&Model>,
    planned: &Planned,
    now: DateTime<Utc>,
) -> Option<Model> {
    // What is over stays as it was counted.
    if let Some(row) = row.filter(|it| is_settled(it, planned)) {
        return Some(row.clone());
    }
    let counted = match planned.length {
        Length::Rule(family) => {
            let rule = almanac.rules.in_force(family, planned.start_on).ok()?;
            Counted::by_rule(
                almanac,
                rule,
                planned.start_on,
                &planned.pauses,
                planned.extension_days,
            )?
        }
        Length::Until(day, warning) => Counted::until(day, warning, planned.start_on),
    };
    let row = row.cloned().unwrap_or_else(|| blank(planned, now));
    let row = Model {
        case_id: whose.case,
        clue_id: whose.clue,
        office_id: whose.office,
        owner_id: planned.owner_id,
        start_on: planned.start_on,
        ..row
    };
    Some(counted.put_into(row, planned.ending, almanac, now))
}

/// A row of which nothing is counted yet.
fn blank(planned: &Planned, now: DateTime<Utc>) -> Model {
    Model {
        id: Uuid::now_v7(),
        case_id: None,
        clue_id: None,
        clock: planned.clock.clone(),
        kind: planned.kind,
        subject_id: planned.subject_id,
        office_id: Uuid::nil(),
        owner_id: None,
        rule_id: None,
        extensible_by: None,
        start_on: planned.start_on,
        pauses: String::new(),
        extension_days: 0,
        due_on: None,
        due_on_strict: None,
        warn_on: None,
        earliest_on: None,
        latest_on: None,
        act_by: planned.start_on,
        state: DeadlineState::Running,
        ended_on: None,
        warned_at: None,
        rule_set_version: 0,
        calendar_version: 0,
        created_at: now,
        updated_at: now,
    }
}

/// Whether the row has ended, and as the plan says.
fn is_settled(row: &Model, planned: &Planned) -> bool {
    match planned.ending {
        Ending::Open => row.ended_on.is_some() && row.state == DeadlineState::Missed,
        Ending::Done(on) => row.ended_on == Some(on),
        Ending::Failed(on) => row.state == DeadlineState::Missed && row.ended_on == on,
        Ending::FellAway => row.ended_on.is_some(),
    }
}

/// The row counted again by the calendar and the rules that count now; none where nothing but
/// their versions changed. A day that was set stays.
pub fn recount(almanac: &Almanac, row: &Model, now: DateTime<Utc>) -> Option<Change> {
    let rule = rule_of(almanac, row)?;
    let extension_days = row.extension_days.unsigned_abs();
    let counted = Counted::by_rule(almanac, rule, row.start_on, &pauses_of(row), extension_days)?;
    let after = counted.put_into(row.clone(), Ending::Open, almanac, now);
    Change::between(Some(row), after)
}

/// What the passing of days does to a row: a pause with an end is over, the warning is due, the
/// time has run out.
pub fn pass(almanac: &Almanac, row: &Model, now: DateTime<Utc>) -> Option<Change> {
    let today = shanghai_day(now);
    let counted = Counted::of(row, rule_by_id(almanac, row).is_some_and(|it| it.window));
    let (state, ended_on) = counted.state(Ending::Open, today);
    let warned = state == DeadlineState::Running && counted.is_warned_of(today);
    let warned_at = if warned { row.warned_at.or(Some(now)) } else { row.warned_at };
    let after = Model { state, ended_on, warned_at, updated_at: now, ..row.clone() };
    Change::between(Some(row), after)
}

/// The rule that is in force for the row's clock on the day of its start.
pub fn rule_of<'a>(almanac: &'a Almanac, row: &Model) -> Option<&'a Rule> {
    row.rule_id.as_ref()?;
    let family = row.clock.split('/').next()?;
    almanac.rules.in_force(family, row.start_on).ok()
}

fn rule_by_id<'a>(almanac: &'a Almanac, row: &Model) -> Option<&'a Rule> {
    let id = row.rule_id.as_ref()?;
    almanac.rules.rules.iter().find(|it| it.id == *id)
}

/// The pauses that stop the clock of a row.
pub fn pauses_of(row: &Model) -> Vec<Pause> {
    serde_json::from_str(&row.pauses).unwrap_or_default()
}

/// By when somebody must act: a clock that stands still comes last.
fn act_by(due_on_strict: Option<NaiveDate>) -> NaiveDate {
    due_on_strict.or(NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(NaiveDate::MAX)
}

/// A period as it was counted.
struct Counted {
    rule_id: Option<String>,
    extensible_by: Option<crate::words::ExtensionBasis>,
    /// A right that lapses, as opposed to a duty that stays.
    window: bool,
    pauses: Vec<Pause>,
    extension_days: i32,
    due_on: Option<NaiveDate>,
    due_on_strict: Option<NaiveDate>,
    warn_on: Option<NaiveDate>,
    range: Option<(NaiveDate, NaiveDate)>,
}

impl Counted {
    fn by_rule(
        almanac: &Almanac,
        rule: &Rule,
        start_on: NaiveDate,
        pauses: &[Pause],
        extension_days: u32,
    ) -> Option<Self> {
        let pauses = own_pauses(rule, start_on, pauses);
        let most = rule.extension.max_days.unwrap_or(u32::from(u16::MAX));
        let extension_days = extension_days.min(most);
        let period = Period { start_on, pauses: &pauses, extension_days };
        let due = count(&almanac.calendar, &almanac.rules, rule, &period).ok()?.due;
        Some(Self {
            rule_id: Some(rule.id.clone()),
            extensible_by: Some(rule.extension.by),
            window: rule.window,
            pauses,
            extension_days: i32::try_from(extension_days).ok()?,
            due_on: due.map(|it| it.on),
            due_on_strict: due.map(|it| it.on_strict),
            warn_on: due.map(|it| it.warn_on),
            range: due.and_then(|it| it.range),
        })
    }

    fn until(day: NaiveDate, warning: u64, start_on: NaiveDate) -> Self {
        let warning = day.checked_sub_days(chrono::Days::new(warning));
        Self {
            rule_id: None,
            extensible_by: None,
            window: false,
            pauses: Vec::new(),
            extension_days: 0,
            due_on: Some(day),
            due_on_strict: Some(day),
            warn_on: warning.map(|it| it.max(start_on)),
            range: None,
        }
    }

    fn of(row: &Model, window: bool) -> Self {
        Self {
            rule_id: row.rule_id.clone(),
            extensible_by: row.extensible_by,
            window,
            pauses: pauses_of(row),
            extension_days: row.extension_days,
            due_on: row.due_on,
            due_on_strict: row.due_on_strict,
            warn_on: row.warn_on,
            range: row.earliest_on.zip(row.latest_on),
        }
    }

    /// The row with these dates, and the state that follows from them.
    fn put_into(self, row: Model, ending: Ending, almanac: &Almanac, now: DateTime<Utc>) -> Model {
        let today = shanghai_day(now);
        let (state, ended_on) = self.state(ending, today);
        Model {
            pauses: serde_json::to_string(&self.pauses).unwrap_or_default(),
            extension_days: self.extension_days,
            due_on: self.due_on,
            due_on_strict: self.due_on_strict,
            warn_on: self.warn_on,
            earliest_on: self.range.map(|it| it.0),
            latest_on: self.range.map(|it| it.1),
            act_by: act_by(self.due_on_strict),
            state,
            ended_on,
            // A warning that was for an earlier end will come again.
            warned_at: row.warned_at.filter(|_| self.is_warned_of(today)),
            rule_id: self.rule_id,
            extensible_by: self.extensible_by,
            rule_set_version: almanac.rule_set_version,
            calendar_version: almanac.calendar_version,
            updated_at: now,
            ..row
        }
    }

    /// The state, and the day from which there is nothing left to be done.
    fn state(&self, ending: Ending, today: NaiveDate) -> (DeadlineState, Option<NaiveDate>) {
        let over_by = |day: NaiveDate| self.due_on.is_some_and(|due| due < day);
        let stands_still = || {
            let covers = |it: &Pause| it.from <= today && it.to.is_none_or(|to| today <= to);
            self.pauses.iter().any(covers)
        };
        match ending {
            Ending::Done(on) if over_by(on) => (DeadlineState::Missed, Some(on)),
            Ending::Done(on) => (DeadlineState::Met, Some(on)),
            Ending::Failed(on) => (DeadlineState::Missed, on),
            Ending::FellAway => (DeadlineState::Cancelled, Some(today)),
            Ending::Open if stands_still() => (DeadlineState::Paused, None),
            Ending::Open if over_by(today) => {
                (DeadlineState::Missed, self.due_on.filter(|_| self.window))
            }
            Ending::Open => (DeadlineState::Running, None),
        }
    }

    fn is_warned_of(&self, today: NaiveDate) -> bool {
        self.warn_on.is_some_and(|it| it <= today)
    }
}

/// The pauses that stop a clock of this rule, in order and apart: those for its own reasons, from
/// the day of its start on.
fn own_pauses(rule: &Rule, start_on: NaiveDate, all: &[Pause]) -> Vec<Pause> {
    let stops = |it: &&Pause| it.reason.is_some_and(|reason| rule.pauses.contains(&reason));
    let mut own: Vec<Pause> = all.iter().filter(stops).copied().collect();
    own.sort_by_key(|it| it.from);
    let mut apart: Vec<Pause> = Vec::new();
    for mut pause in own {
        let free = match apart.last() {
            None => Some(start_on),
            Some(Pause { to: None, .. }) => None,
            Some(Pause { to: Some(to), .. }) => to.succ_opt(),
        };
        let Some(free) = free else { break };
        pause.from = pause.from.max(free);
        if pause.to.is_none_or(|to| pause.from <= to) {
            apart.push(pause);
        }
    }
    apart
}

#[cfg(test)]
mod tests;
