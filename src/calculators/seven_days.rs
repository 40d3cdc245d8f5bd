//! So many natural days from an event, counted as every other period is (Civil Code 201 to 203):
//! the day of the event is none of them, and a last day that is a day off moves. Pure.

use chrono::NaiveDate;

use crate::deadlines::{Almanac, Counting, Extension, Period, Rule, Warning, Wording, count};
use crate::error::{Error, Result};
use crate::words::{Confidence, DayUnit, DeadlineKind, ExtensionBasis, RollRule, Transition};

/// What both the law on prepaid cards and that on returns give.
pub(super) const SEVEN: u32 = 7;

/// When a period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LastDay {
    pub on: NaiveDate,
    /// The earliest and the latest it can be, when a calendar it depends on is not published.
    pub range: Option<(NaiveDate, NaiveDate)>,
}

/// The last of so many days from `start_on`, which is not counted.
pub(super) fn last_day(almanac: &Almanac, start_on: NaiveDate, days: u32) -> Result<LastDay> {
    let period = Period { start_on, pauses: &[], extension_days: 0 };
    let counting: Counting =
        count(&almanac.calendar, &almanac.rules, &rule(days), &period).map_err(Error::Invalid)?;
    let due = counting.due.ok_or_else(|| Error::internal("a period without a pause ends"))?;
    Ok(LastDay { on: due.on, range: due.range })
}

/// A rule of so many natural days that no case has a clock for.
fn rule(length: u32) -> Rule {
    let wording = |zh: &str, en: &str| Wording { zh: zh.to_owned(), en: en.to_owned() };
    Rule {
        id: "calculator.days".to_owned(),
        family: "calculator.days".to_owned(),
        kind: DeadlineKind::Other,
        title: wording("自然日期间", "a period of natural days"),
        length,
        unit: DayUnit::NaturalDays,
        start_event: wording("事件发生", "the event"),
        pauses: Vec::new(),
        extension: Extension { by: ExtensionBasis::None, max_days: None },
        roll: RollRule::RestDays,
        warn_before: Warning { days: 0, unit: DayUnit::NaturalDays },
        law: Vec::new(),
        confidence: Confidence::Verified,
        source: String::new(),
        valid_from: NaiveDate::MIN,
        valid_to: None,
        transition: Transition::ByStart,
        on_expiry: wording("期间届满", "the period is over"),
        window: true,
    }
}
