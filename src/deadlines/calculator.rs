//! The answer of the calculator, put together from the pure parts.

use super::almanac::Almanac;
use super::counting::{Counting, Pause, Period, count};
use super::explanation::readable_text;
use super::input::CalculateDeadline;
use super::rules::Rule;
use super::views::{Calculation, CalculationText, CalendarUsed, CountedDayView};
use crate::error::{Error, Fault, Result};
use crate::language::Language;

/// Counts what was asked for. Every fault comes at once, also an unknown rule's.
pub(super) fn calculate(
    almanac: &Almanac,
    asked: &CalculateDeadline,
    language: Language,
) -> Result<Calculation> {
    let one = |fault: Fault| Error::Invalid(vec![fault]);
    let rule = almanac.rules.rule_for(&asked.rule, asked.start_date).map_err(one)?;
    let pauses: Vec<Pause> = asked.pauses.iter().map(Pause::from).collect();
    let period = Period {
        start_on: asked.start_date,
        pauses: &pauses,
        extension_days: asked.extension_days,
    };
    calculation(almanac, rule, &period, language)
}

/// The counting of a period by a rule, with everything that is needed to check it.
pub(super) fn calculation(
    almanac: &Almanac,
    rule: &Rule,
    period: &Period<'_>,
    language: Language,
) -> Result<Calculation> {
    let counting =
        count(&almanac.calendar, &almanac.rules, rule, period).map_err(Error::Invalid)?;
    let said = readable_text(rule, &counting);
    let provisional = counting.provisional();
    let (counted_days, length) = (counting.counted(), counting.length);
    let Counting { days, due, .. } = counting;
    let used = |year| days.iter().any(|it| chrono::Datelike::year(&it.date) == year);
    let calendars = almanac
        .calendar
        .years()
        .filter(|(year, _)| used(*year))
        .map(|(year, revision)| CalendarUsed { year, revision })
        .collect();
    let range = due.and_then(|it| it.range);
    Ok(Calculation {
        rule: rule.id.clone(),
        title: rule.title.in_language(language).to_owned(),
        due_on: due.map(|it| it.on),
        due_on_strict: due.map(|it| it.on_strict),
        warn_on: due.map(|it| it.warn_on),
        provisional,
        earliest_on: range.map(|it| it.0),
        latest_on: range.map(|it| it.1),
        length,
        counted_days,
        unit: rule.unit,
        counted: days.into_iter().map(CountedDayView::from).collect(),
        law: rule.law.clone(),
        on_expiry: rule.on_expiry.in_language(language).to_owned(),
        text: CalculationText { zh: said.zh.into_owned(), en: said.en.into_owned() },
        rule_set_version: almanac.rule_set_version,
        calendar_version: almanac.calendar_version,
        calendars,
    })
}
