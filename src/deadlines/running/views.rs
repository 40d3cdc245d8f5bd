//! What is answered about running deadlines.

use chrono::NaiveDate;
use poem_openapi::Object;
use uuid::Uuid;

use super::settle::{self, pauses_of};
use crate::deadlines::views::{Calculation, CalculationText};
use crate::deadlines::{Almanac, Article};
use crate::entity::deadline;
use crate::language::Language;
use crate::words::{DeadlineKind, DeadlineState, ExtensionBasis, SuspensionReason};

/// A deadline of a case, or of a clue (期限).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Deadline {
    pub id: Uuid,
    pub kind: DeadlineKind,
    /// What it is, in the language of the answer.
    pub title: String,
    pub state: DeadlineState,
    /// The case; a deadline of the register of clues has none.
    pub case_id: Option<Uuid>,
    /// The case's official number.
    pub case_number: Option<String>,
    /// The clue, for those who may read the register.
    pub clue_id: Option<Uuid>,
    /// The term, instalment, assignment or move it is about.
    pub subject_id: Option<Uuid>,
    pub office_id: Uuid,
    /// Who is to keep it.
    pub owner_id: Option<Uuid>,
    /// The version of the rule it is counted by; absent where the day itself was set.
    pub rule: Option<String>,
    /// The day of the start event; not counted.
    pub start_on: NaiveDate,
    /// The last day, by the later reading of the law's words on days off. Absent while a pause
    /// without an end keeps it from ending.
    pub due_on: Option<NaiveDate>,
    /// The last day, by the earlier reading: plan for this one.
    pub due_on_strict: Option<NaiveDate>,
    /// From when on somebody is warned.
    pub warn_on: Option<NaiveDate>,
    /// Whether the last day depends on a calendar that is not published yet.
    pub provisional: bool,
    /// The earliest last day the missing calendar allows; only with a provisional date.
    pub earliest_on: Option<NaiveDate>,
    /// The latest last day the missing calendar allows; only with a provisional date.
    pub latest_on: Option<NaiveDate>,
    /// The day from which there is nothing left to be done: kept, kept late, lapsed, fallen away.
    pub ended_on: Option<NaiveDate>,
    /// The pauses that stop it.
    pub pauses: Vec<DeadlinePause>,
    /// By so many days it was extended, in the unit of its rule.
    pub extension_days: i32,
    /// Who may extend it.
    pub extensible_by: Option<ExtensionBasis>,
    /// The articles it rests on; empty for a setting of the station or a day that was set.
    pub law: Vec<Article>,
    /// What is to be done when it has run out, in the language of the answer.
    pub on_expiry: Option<String>,
    /// By which rules it was counted.
    pub rule_set_version: i64,
    /// By which calendars it was counted.
    pub calendar_version: i64,
}

/// Days on which a deadline stands still; both ends are part of it.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct DeadlinePause {
    pub from: NaiveDate,
    /// Absent while it lasts.
    pub to: Option<NaiveDate>,
    pub reason: Option<SuspensionReason>,
}

impl Deadline {
    pub(super) fn new(
        it: deadline::Model,
        almanac: &Almanac,
        case_number: Option<String>,
        language: Language,
    ) -> Self {
        let rule = settle::rule_of(almanac, &it);
        let pauses = pauses_of(&it).into_iter();
        let pauses = pauses.map(|it| DeadlinePause { from: it.from, to: it.to, reason: it.reason });
        let title = match (rule, language) {
            (Some(rule), _) => rule.title.in_language(language).to_owned(),
            (None, Language::Chinese) => it.kind.term().to_owned(),
            (None, Language::English) => it.kind.name().replace('_', " "),
        };
        Self {
            id: it.id,
            kind: it.kind,
            title,
            state: it.state,
            case_id: it.case_id,
            case_number,
            clue_id: it.clue_id,
            subject_id: it.subject_id,
            office_id: it.office_id,
            owner_id: it.owner_id,
            start_on: it.start_on,
            due_on: it.due_on,
            due_on_strict: it.due_on_strict,
            warn_on: it.warn_on,
            provisional: it.earliest_on.is_some(),
            earliest_on: it.earliest_on,
            latest_on: it.latest_on,
            ended_on: it.ended_on,
            pauses: pauses.collect(),
            extension_days: it.extension_days,
            extensible_by: it.extensible_by,
            law: rule.map(|it| it.law.clone()).unwrap_or_default(),
            on_expiry: rule.map(|it| it.on_expiry.in_language(language).to_owned()),
            rule: it.rule_id,
            rule_set_version: it.rule_set_version,
            calendar_version: it.calendar_version,
        }
    }
}

/// A deadline with its counting.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct DeadlineExplanation {
    pub deadline: Deadline,
    /// The counting day by day, by the calendar and the rules it was counted by; absent where the
    /// day itself was set.
    pub calculation: Option<Calculation>,
    /// The whole as a readable text.
    pub text: CalculationText,
}

impl DeadlineExplanation {
    pub(super) fn new(deadline: Deadline, calculation: Option<Calculation>) -> Self {
        let text = match (&calculation, deadline.due_on) {
            (Some(counted), _) => {
                CalculationText { zh: counted.text.zh.clone(), en: counted.text.en.clone() }
            }
            (None, Some(day)) => CalculationText {
                zh: format!(
                    "{}：该日期由当事人约定或者由决定指定，为{day}，不另行计算。",
                    deadline.title
                ),
                en: format!(
                    "{}: the day was set by the parties or by a decision, {day}; nothing is \
                     counted.",
                    deadline.title
                ),
            },
            (None, None) => CalculationText { zh: String::new(), en: String::new() },
        };
        Self { deadline, calculation, text }
    }
}

/// How far the running deadlines are counted by what counts now.
#[derive(Debug, Object)]
pub struct Recount {
    /// The calendars that count now.
    pub calendar_version: i64,
    /// The rules that count now.
    pub rule_set_version: i64,
    /// Deadlines that are still to be counted again; 0 when all are done.
    pub waiting: u64,
}

/// What a change of the rules would do to the deadlines that run.
#[derive(Debug, Object)]
pub struct RuleSetImpact {
    /// The version that counts now, and that was changed in thought.
    pub rule_set_version: i64,
    /// How many deadlines there is something to be done at, and a rule for.
    pub running: u64,
    /// How many would have another last day.
    pub moved: u64,
    /// How many of them would have run out already.
    pub overdue: u64,
    /// Those that would have another last day, at most 500.
    pub items: Vec<RuleSetImpactItem>,
}

/// A deadline that would have another last day.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RuleSetImpactItem {
    pub deadline_id: Uuid,
    pub case_id: Option<Uuid>,
    pub case_number: Option<String>,
    pub kind: DeadlineKind,
    /// The version of the rule it is counted by.
    pub rule: Option<String>,
    /// The version of the rule it would be counted by.
    pub new_rule: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub due_on_strict: Option<NaiveDate>,
    pub new_due_on: Option<NaiveDate>,
    pub new_due_on_strict: Option<NaiveDate>,
    /// Whether it would have run out already and has not now.
    pub overdue: bool,
}
