//! The counting of a period, day by day, by one rule and one calendar. Pure, and the only place
//! where days are counted.
//!
//! - The day of the start event is not counted (O121 45, Civil Code 201, CPL 85).
//! - A working day is one on which the State Council's calendar has people work; the weekend days
//!   that are worked count.
//! - **A pause is the days from `from` to `to`, both of them included.** A paused day is not
//!   counted; the count goes on with the day after `to`. A pause without `to` lasts until it is
//!   ended: as long as it does the period has no end. A pause that begins after the last counted
//!   day changes nothing.
//! - An extension adds days of the rule's own unit.
//! - Where the last day is a day off, the end moves as the rule's roll says. `due_on_strict` is
//!   the earlier reading of it, `due_on` the later one.

use chrono::{Datelike as _, Days, NaiveDate};

use super::bounds;
use super::rule_set::RuleSet;
use super::rules::{Rule, Warning};
use crate::calendars::{Calendar, DayKind};
use crate::error::Fault;
use crate::language::Text;
use crate::words::{DayUnit, ExtensionBasis, RollRule, SuspensionReason};

/// The years a period can have to do with.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A period has at most so many pauses.
pub(super) const MOST_PAUSES: usize = 50;

/// A period is extended by at most so many days.
pub(super) const LONGEST_EXTENSION: u32 = 3650;

/// Days on which a period stands still: from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pause {
    pub from: NaiveDate,
    /// Absent while it lasts.
    pub to: Option<NaiveDate>,
    /// Why; without it the rule's own reasons are taken to be meant.
    pub reason: Option<SuspensionReason>,
}

/// One period that is counted.
#[derive(Debug, Clone, Copy)]
pub struct Period<'a> {
    /// The day of the start event.
    pub start_on: NaiveDate,
    /// Earliest first, none overlapping.
    pub pauses: &'a [Pause],
    /// In the unit of the rule.
    pub extension_days: u32,
}

/// Whether a period stands still on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paused {
    No,
    Yes,
    /// By a pause that has no end.
    ForEver,
}

impl Period<'_> {
    pub(super) fn paused_on(&self, date: NaiveDate) -> Paused {
        let covers = |it: &&Pause| it.from <= date && it.to.is_none_or(|to| date <= to);
        match self.pauses.iter().find(covers) {
            None => Paused::No,
            Some(Pause { to: Some(_), .. }) => Paused::Yes,
            Some(_) => Paused::ForEver,
        }
    }

    /// Everything that cannot be meant, with its place in a body that has `start_date`,
    /// `pauses` and `extension_days`.
    pub fn faults(&self, rule: &Rule) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut add = |pointer: String, code, zh: String, en: String| {
            faults.push(Fault::new(pointer, code, Text::new(zh, en)));
        };
        let far = |it: NaiveDate| !YEARS.contains(&it.year());
        let (zh_far, en_far) =
            ("日期应在 2000 年至 2100 年之间。", "The day must be in the years 2000 to 2100.");
        if far(self.start_on) {
            add("/start_date".to_owned(), "out_of_range", zh_far.to_owned(), en_far.to_owned());
        }
        if self.pauses.len() > MOST_PAUSES {
            add(
                "/pauses".to_owned(),
                "too_many",
                format!("中止最多 {MOST_PAUSES} 次。"),
                format!("There are at most {MOST_PAUSES} pauses."),
            );
        }
        let mut before: Option<&Pause> = None;
        for (index, pause) in self.pauses.iter().enumerate() {
            let from = pause.from;
            let at = |member: &str| format!("/pauses/{index}/{member}");
            if far(from) || pause.to.is_some_and(far) {
                add(at("from"), "out_of_range", zh_far.to_owned(), en_far.to_owned());
            }
            if from < self.start_on {
                let start = self.start_on;
                add(
                    at("from"),
                    "pause_before_start",
                    format!("中止开始于 {from}，早于期限开始之日 {start}。"),
                    format!("The pause begins on {from}, before the period starts on {start}."),
                );
            }
            if let Some(to) = pause.to.filter(|it| *it < from) {
                add(
                    at("to"),
                    "pause_ends_before_it_begins",
                    format!("中止结束于 {to}，早于其开始之日 {from}。"),
                    format!("The pause ends on {to}, before it begins on {from}."),
                );
            }
            if before.is_some_and(|it| it.to.is_none_or(|to| from <= to)) {
                add(
                    at("from"),
                    "overlapping_pauses",
                    format!("中止开始于 {from}，与前一次中止重叠；请按先后排列，互不重叠。"),
                    format!(
                        "The pause of {from} overlaps the one before it; give them in order and \
                         apart."
                    ),
                );
            }
            before = Some(pause);
            let allowed = match pause.reason {
                Some(reason) => rule.pauses.contains(&reason),
                None => !rule.pauses.is_empty(),
            };
            if !allowed {
                let terms: Vec<&str> = rule.pauses.iter().map(|it| it.term()).collect();
                let names: Vec<String> = rule.pauses.iter().map(|it| it.name()).collect();
                let (zh, en) = if terms.is_empty() {
                    ("不因任何事由中止".to_owned(), "is stopped by nothing".to_owned())
                } else {
                    let en = format!("is stopped only by: {}", names.join(", "));
                    (format!("只因下列事由中止：{}", terms.join("、")), en)
                };
                add(
                    if pause.reason.is_some() { at("reason") } else { format!("/pauses/{index}") },
                    "not_a_reason_to_pause",
                    format!("“{}”{zh}。", rule.title.zh),
                    format!("“{}” {en}.", rule.title.en),
                );
            }
        }
        self.extension_fault(rule, &mut add);
        faults
    }

    fn extension_fault(
        &self,
        rule: &Rule,
        add: &mut impl FnMut(String, &'static str, String, String),
    ) {
        let days = self.extension_days;
        let most = rule.extension.max_days.unwrap_or(LONGEST_EXTENSION).min(LONGEST_EXTENSION);
        let pointer = "/extension_days".to_owned();
        if days > 0 && rule.extension.by == ExtensionBasis::None {
            add(
                pointer,
                "not_extensible",
                format!("“{}”依法不得延长。", rule.title.zh),
                format!("“{}” cannot be extended.", rule.title.en),
            );
        } else if days > most {
            add(
                pointer,
                "extension_too_long",
                format!("“{}”最多延长 {most} 天。", rule.title.zh),
                format!("“{}” is extended by {most} days at most.", rule.title.en),
            );
        }
    }
}

/// Why a day was counted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum Why {
    /// The day of the start event: not counted.
    StartDay,
    /// An ordinary working day: counted.
    WorkingDay,
    /// A weekend day that is worked: counted.
    MakeUpDay,
    /// A day of a period in natural days: counted.
    NaturalDay,
    /// An ordinary Saturday or Sunday: not counted.
    Weekend,
    /// A day off of the State Council's calendar: not counted.
    PublicHoliday,
    /// The period stands still: not counted.
    Paused,
    /// The period was over; its end moves past this Saturday or Sunday.
    MovedPastWeekend,
    /// The period was over; its end moves past this holiday.
    MovedPastHoliday,
    /// The end has moved here.
    MovedHere,
}

/// One day of the counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedDay {
    pub date: NaiveDate,
    pub counted: bool,
    /// Which day of the period it is, from 1; absent for a day that is not counted.
    pub number: Option<u32>,
    pub why: Why,
    /// The festival, where there is one.
    pub name: Option<String>,
    /// Whether the notice that rules this day is still to come.
    pub provisional: bool,
}

/// When a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day, by the later reading of the law's words on days off.
    pub on: NaiveDate,
    /// The last day, by the earlier reading.
    pub on_strict: NaiveDate,
    /// When somebody is warned: counted back from the earlier reading, never before the start.
    pub warn_on: NaiveDate,
    /// The earliest and the latest last day, when a calendar it depends on is not published.
    pub range: Option<(NaiveDate, NaiveDate)>,
}

/// What the counting of a period came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// Days that were to be counted, extension included.
    pub length: u32,
    /// Every day from the start to the end, or to the day on which it came to a stand.
    pub days: Vec<CountedDay>,
    /// Absent while a pause without an end keeps the period from ending.
    pub due: Option<Due>,
}

impl Counting {
    /// How many days were counted.
    pub fn counted(&self) -> u32 {
        self.days.iter().rev().find_map(|it| it.number).unwrap_or(0)
    }

    /// Whether the end depends on a calendar that is not published yet.
    pub fn provisional(&self) -> bool {
        self.due.is_some_and(|it| it.range.is_some())
    }
}

/// Counts a period. All faults of what was given come at once.
pub fn count(
    calendar: &Calendar,
    rules: &RuleSet,
    rule: &Rule,
    period: &Period<'_>,
) -> Result<Counting, Vec<Fault>> {
    let faults = period.faults(rule);
    if !faults.is_empty() {
        return Err(faults);
    }
    let length = rule.length + period.extension_days;
    let mut walk = Walk { calendar, days: Vec::new() };
    let Some(last) = walk.count_to_last_day(rule, period, length) else {
        return Ok(Counting { length, days: walk.days, due: None });
    };
    let (on, on_strict) = match rule.roll {
        RollRule::None => (last, last),
        RollRule::RestDays => {
            let on = walk.past(last, |it| !it.is_working());
            (on, on)
        }
        RollRule::StatutoryHolidays => {
            (walk.past(last, |it| !it.is_working()), walk.past(last, |it| it == DayKind::Holiday))
        }
    };
    walk.move_end(last, on);
    let warn_on = walk.back(on_strict, &rule.warn_before).max(period.start_on);
    let range = if walk.depends_on_missing_notice(rule, last) {
        bounds::range(calendar, &rules.assumptions, rule, period)
            .map(|(earliest, latest)| (earliest.min(on), latest.max(on)))
    } else {
        None
    };
    Ok(Counting { length, days: walk.days, due: Some(Due { on, on_strict, warn_on, range }) })
}

/// The counting under way.
struct Walk<'a> {
    calendar: &'a Calendar,
    days: Vec<CountedDay>,
}

impl Walk<'_> {
    /// Counts up to the last day; `None` when a pause without an end comes before.
    fn count_to_last_day(
        &mut self,
        rule: &Rule,
        period: &Period<'_>,
        length: u32,
    ) -> Option<NaiveDate> {
        let mut date = period.start_on;
        let mut number = 0;
        self.note(date, None, Why::StartDay);
        while number < length {
            date = next(date);
            match period.paused_on(date) {
                Paused::No => {}
                Paused::Yes => {
                    self.note(date, None, Why::Paused);
                    continue;
                }
                Paused::ForEver => {
                    self.note(date, None, Why::Paused);
                    return None;
                }
            }
            let why = match (rule.unit, self.calendar.day(date).kind) {
                (DayUnit::NaturalDays, _) => Why::NaturalDay,
                (DayUnit::WorkingDays, DayKind::Working) => Why::WorkingDay,
                (DayUnit::WorkingDays, DayKind::MakeUp) => Why::MakeUpDay,
                (DayUnit::WorkingDays, DayKind::Weekend) => Why::Weekend,
                (DayUnit::WorkingDays, DayKind::Holiday) => Why::PublicHoliday,
            };
            let counted = !matches!(why, Why::Weekend | Why::PublicHoliday);
            number += u32::from(counted);
            self.note(date, counted.then_some(number), why);
        }
        Some(date)
    }

    fn note(&mut self, date: NaiveDate, number: Option<u32>, why: Why) {
        let day = self.calendar.day(date);
        self.days.push(CountedDay {
            date,
            counted: number.is_some(),
            number,
            why,
            name: day.name.map(str::to_owned),
            provisional: !day.certain,
        });
    }

    /// The first day from this one on that is not such a day.
    fn past(&self, mut date: NaiveDate, off: impl Fn(DayKind) -> bool) -> NaiveDate {
        while off(self.calendar.day(date).kind) {
            date = next(date);
        }
        date
    }

    /// Tells how the end moved.
    fn move_end(&mut self, last: NaiveDate, due_on: NaiveDate) {
        let mut date = last;
        while date < due_on {
            date = next(date);
            let why = match self.calendar.day(date).kind {
                _ if date == due_on => Why::MovedHere,
                DayKind::Holiday => Why::MovedPastHoliday,
                _ => Why::MovedPastWeekend,
            };
            self.note(date, None, why);
        }
    }

    fn back(&self, mut date: NaiveDate, warning: &Warning) -> NaiveDate {
        if warning.unit == DayUnit::NaturalDays {
            return date - Days::new(u64::from(warning.days));
        }
        for _ in 0..warning.days {
            date = date - Days::new(1);
            while !self.calendar.day(date).kind.is_working() {
                date = date - Days::new(1);
            }
        }
        date
    }

    /// Whether a day that decides the end is one that a notice may still change: in working days
    /// all that are not paused, in natural days only those from the last counted one on.
    fn depends_on_missing_notice(&self, rule: &Rule, last: NaiveDate) -> bool {
        self.days.iter().skip(1).any(|it| {
            let decides = match rule.unit {
                DayUnit::WorkingDays => it.why != Why::Paused,
                DayUnit::NaturalDays => rule.roll != RollRule::None && it.date >= last,
            };
            it.provisional && decides
        })
    }
}

fn next(date: NaiveDate) -> NaiveDate {
    date + Days::new(1)
}
