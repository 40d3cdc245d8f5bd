//! Between which days a period ends whose calendar is not published yet: the earliest and the
//! latest end under what is taken for granted of any such calendar. Pure.

use chrono::{Days, NaiveDate};
use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use super::counting::{Paused, Period};
use super::rules::Rule;
use crate::calendars::{Calendar, Day};
use crate::error::Fault;
use crate::language::Text;
use crate::words::{DayUnit, RollRule};

/// What no State Council calendar has been seen to exceed. Every built-in year is held against
/// it by a test; the evidence stands in `rules.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    /// The length in days of the window the next two numbers are about.
    #[oai(validator(minimum(value = "7"), maximum(value = "366")))]
    pub window_days: u32,
    /// At most so many weekdays are off in a window.
    #[oai(validator(maximum(value = "366")))]
    pub weekdays_off: u32,
    /// At most so many weekend days are worked in a window.
    #[oai(validator(maximum(value = "366")))]
    pub make_up_days: u32,
    /// At most so many days off follow each other.
    #[oai(validator(minimum(value = "2"), maximum(value = "60")))]
    pub longest_rest: u32,
    /// What they rest on.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub source: String,
}

impl Assumptions {
    pub(super) fn faults(&self) -> Vec<Fault> {
        let Self { window_days, weekdays_off, make_up_days, longest_rest, source } = self;
        let mut faults = Vec::new();
        for (member, good) in [
            ("window_days", (7..=366).contains(window_days)),
            // More would let a count stand still for ever.
            ("weekdays_off", weekdays_off * 2 <= *window_days),
            ("make_up_days", make_up_days <= window_days),
            ("longest_rest", (2..=60).contains(longest_rest)),
            ("source", !source.trim().is_empty()),
        ] {
            if !good {
                faults.push(Fault::new(
                    format!("/assumptions/{member}"),
                    "out_of_range",
                    Text::new("超出允许的范围。", "This is out of range."),
                ));
            }
        }
        faults
    }
}

/// Which end is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Earliest,
    Latest,
}

/// The first and the last day the period can end on, whatever the missing notices say.
pub(super) fn range(
    calendar: &Calendar,
    assumptions: &Assumptions,
    rule: &Rule,
    period: &Period<'_>,
) -> Option<(NaiveDate, NaiveDate)> {
    let end = |side| {
        let mut guess = Guess { calendar, assumptions, side, first_unknown: None, used: 0 };
        let last = guess.last_counted(rule, period)?;
        Some(guess.rolled(rule, last))
    };
    Some((end(Side::Earliest)?, end(Side::Latest)?))
}

/// A calendar whose unknown days are all as early, or all as late, as they can be.
struct Guess<'a> {
    calendar: &'a Calendar,
    assumptions: &'a Assumptions,
    side: Side,
    first_unknown: Option<NaiveDate>,
    used: u32,
}

impl Guess<'_> {
    fn last_counted(&mut self, rule: &Rule, period: &Period<'_>) -> Option<NaiveDate> {
        let mut left = rule.length + period.extension_days;
        let mut date = period.start_on;
        while left > 0 {
            date = date.succ_opt()?;
            match period.paused_on(date) {
                Paused::ForEver => return None,
                Paused::Yes => continue,
                Paused::No => {}
            }
            if rule.unit == DayUnit::NaturalDays || self.is_working(date) {
                left -= 1;
            }
        }
        Some(date)
    }

    fn is_working(&mut self, date: NaiveDate) -> bool {
        let Day { kind, certain, .. } = self.calendar.day(date);
        let usual = kind.is_working();
        let wanted = self.side == Side::Earliest;
        if certain || usual == wanted {
            return usual;
        }
        // What a missing notice may still change is limited in each window. The windows begin
        // at the first unknown day; using each chance at once is the worst it can do.
        let first = *self.first_unknown.get_or_insert(date);
        let passed = u32::try_from((date - first).num_days()).unwrap_or(u32::MAX);
        let windows = passed / self.assumptions.window_days + 1;
        let in_each = match self.side {
            Side::Earliest => self.assumptions.make_up_days,
            Side::Latest => self.assumptions.weekdays_off,
        };
        if self.used < in_each.saturating_mul(windows) {
            self.used += 1;
            return wanted;
        }
        usual
    }

    /// Past the days off at the end.
    fn rolled(&self, rule: &Rule, last: NaiveDate) -> NaiveDate {
        if rule.roll == RollRule::None || rule.unit == DayUnit::WorkingDays {
            return last;
        }
        let mut date = last;
        for _ in 0..self.assumptions.longest_rest {
            let day = self.calendar.day(date);
            let stays = match (day.certain, self.side) {
                (true, _) => day.kind.is_working(),
                (false, Side::Earliest) => true,
                (false, Side::Latest) => false,
            };
            if stays {
                break;
            }
            date = date + Days::new(1);
        }
        date
    }
}
