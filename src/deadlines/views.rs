//! What is answered about rules and by the calculator.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::bounds::Assumptions;
use super::counting::{CountedDay, Why};
use super::rules::{Article, Rule};
use super::store::document_of;
use crate::entity::rule_set;
use crate::error::Result;
use crate::words::DayUnit;

/// A period counted, with everything that is needed to check it by hand.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Calculation {
    /// The version of the rule it was counted by.
    pub rule: String,
    /// What the deadline is, in the language of the answer.
    pub title: String,
    /// The last day, by the later reading of the law's words on days off. Absent while a pause
    /// without an end keeps the period from ending.
    pub due_on: Option<NaiveDate>,
    /// The last day, by the earlier reading.
    pub due_on_strict: Option<NaiveDate>,
    /// When to be warned: counted back from the earlier reading.
    pub warn_on: Option<NaiveDate>,
    /// Whether the last day depends on a calendar that is not published yet.
    pub provisional: bool,
    /// The earliest last day the missing calendar allows; only with a provisional date.
    pub earliest_on: Option<NaiveDate>,
    /// The latest last day the missing calendar allows; only with a provisional date.
    pub latest_on: Option<NaiveDate>,
    /// Days the period has, extension included.
    pub length: u32,
    /// Days that were counted: as many, unless the period stands still.
    pub counted_days: u32,
    pub unit: DayUnit,
    /// Every day from the start to the last day.
    pub counted: Vec<CountedDayView>,
    /// The articles it rests on; empty for a setting of the station.
    pub law: Vec<Article>,
    /// What is to be done when it has run out, in the language of the answer.
    pub on_expiry: String,
    /// The counting as a readable text.
    pub text: CalculationText,
    /// The rules it was counted by.
    pub rule_set_version: i64,
    /// The calendars it was counted by, all of them.
    pub calendar_version: i64,
    /// The loaded calendars of the years it runs through.
    pub calendars: Vec<CalendarUsed>,
}

/// A readable text in both languages.
#[derive(Debug, Object)]
pub struct CalculationText {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A calendar a period was counted by.
#[derive(Debug, Object)]
pub struct CalendarUsed {
    pub year: i32,
    pub revision: i64,
}

/// One day of a counting.
#[derive(Debug, Object)]
#[oai(rename = "CountedDay", skip_serializing_if_is_none)]
pub struct CountedDayView {
    pub date: NaiveDate,
    /// Whether it is one of the days of the period.
    pub counted: bool,
    /// Which one, from 1; only for a counted day.
    pub number: Option<u32>,
    pub why: Why,
    /// The festival, where there is one.
    pub name: Option<String>,
    /// Whether the notice that rules this day is still to come.
    pub provisional: bool,
}

impl From<CountedDay> for CountedDayView {
    fn from(it: CountedDay) -> Self {
        let CountedDay { date, counted, number, why, name, provisional } = it;
        Self { date, counted, number, why, name, provisional }
    }
}

/// A version of the rules in short.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RuleSetSummary {
    /// Grows by one with each change; the highest counts.
    pub version: i64,
    /// What changed and why.
    pub note: String,
    /// The law, the notice or the decision it follows.
    pub source: String,
    /// Who changed it; absent for what came with the program.
    pub created_by: Option<Uuid>,
    /// Since when it counts.
    pub created_at: DateTime<Utc>,
}

/// A version of the rules.
#[derive(Debug, Object)]
#[oai(rename = "RuleSet", skip_serializing_if_is_none)]
pub struct RuleSetView {
    /// Grows by one with each change; the highest counts.
    pub version: i64,
    /// What changed and why.
    pub note: String,
    /// The law, the notice or the decision it follows.
    pub source: String,
    /// Who changed it; absent for what came with the program.
    pub created_by: Option<Uuid>,
    /// Since when it counts.
    pub created_at: DateTime<Utc>,
    /// What is taken for granted of a calendar that is not published yet.
    pub assumptions: Assumptions,
    /// Every rule, also those that periods of the past began under.
    pub rules: Vec<Rule>,
}

impl From<rule_set::Model> for RuleSetSummary {
    fn from(it: rule_set::Model) -> Self {
        let rule_set::Model { version, note, source, created_by, created_at, .. } = it;
        Self { version, note, source, created_by, created_at }
    }
}

impl RuleSetView {
    pub(super) fn of(row: rule_set::Model) -> Result<Self> {
        let document = document_of(&row)?;
        let rule_set::Model { version, note, source, created_by, created_at, .. } = row;
        Ok(Self {
            version,
            note,
            source,
            created_by,
            created_at,
            assumptions: document.assumptions,
            rules: document.rules,
        })
    }
}
