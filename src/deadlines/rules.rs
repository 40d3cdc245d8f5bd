//! One rule of a deadline, as data: how long, in which days, from what on, what stops it, who
//! may extend it, what happens at a day off, by which article, from when to when. Pure.

use chrono::NaiveDate;
use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use crate::error::Fault;
use crate::language::{Language, Text};
use crate::words::{
    Confidence, DayUnit, DeadlineKind, ExtensionBasis, RollRule, SuspensionReason, Transition,
};

/// Something said in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Chinese.
    #[oai(validator(min_length = 1, max_length = 500))]
    pub zh: String,
    /// English.
    #[oai(validator(min_length = 1, max_length = 500))]
    pub en: String,
}

impl Wording {
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// An article a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Law and article, for programs.
    #[oai(validator(min_length = 1, max_length = 60))]
    pub code: String,
    /// The citation in Chinese.
    #[oai(validator(min_length = 1, max_length = 300))]
    pub zh: String,
    /// The citation in English.
    #[oai(validator(min_length = 1, max_length = 300))]
    pub en: String,
}

/// Who may make a period longer, and by how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields, skip_serializing_if_is_none)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    pub by: ExtensionBasis,
    /// At most so many days, in the unit of the rule; absent where the law names no number.
    #[oai(validator(minimum(value = "1"), maximum(value = "3650")))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
}

/// How long before the end somebody is warned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    #[oai(validator(maximum(value = "3650")))]
    pub days: u32,
    pub unit: DayUnit,
}

/// A rule of a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields, skip_serializing_if_is_none)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Names this version of the rule for ever, such as `samr.mediate.new`.
    #[oai(validator(max_length = 60, pattern = "^[a-z0-9_]+([.][a-z0-9_]+)*$"))]
    pub id: String,
    /// What the versions of one rule have in common, such as `samr.mediate`. In one family there
    /// is never a day without a rule, and none with two.
    #[oai(validator(max_length = 60, pattern = "^[a-z0-9_]+([.][a-z0-9_]+)*$"))]
    pub family: String,
    pub kind: DeadlineKind,
    pub title: Wording,
    /// So many days.
    #[oai(validator(minimum(value = "1"), maximum(value = "3650")))]
    pub length: u32,
    pub unit: DayUnit,
    /// What it runs from; that day is not counted.
    pub start_event: Wording,
    /// What stops it; nothing else does.
    #[oai(validator(max_items = 10))]
    pub pauses: Vec<SuspensionReason>,
    pub extension: Extension,
    pub roll: RollRule,
    /// Counted back from the earlier reading of its end.
    pub warn_before: Warning,
    /// The articles it rests on; empty for a setting of the station.
    #[oai(validator(max_items = 10))]
    pub law: Vec<Article>,
    pub confidence: Confidence,
    /// Where the rule was found, and what is still to be checked.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub source: String,
    /// The first day a period can start under it.
    pub valid_from: NaiveDate,
    /// The last day a period can start under it; absent while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    pub transition: Transition,
    /// What is to be done when it has run out.
    pub on_expiry: Wording,
    /// Whether a right lapses with it, as opposed to a duty being overdue.
    pub window: bool,
}

impl Rule {
    /// Whether a period can start under it on that day.
    pub fn is_in_force_on(&self, start: NaiveDate) -> bool {
        self.valid_from <= start && self.valid_to.is_none_or(|it| start <= it)
    }

    /// What is wrong with the rule by itself, at members below `pointer`.
    pub(super) fn faults(&self, pointer: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut add = |member: &str, code, zh: &'static str, en: &'static str| {
            faults.push(Fault::new(format!("{pointer}/{member}"), code, Text::new(zh, en)));
        };
        if !is_name(&self.id) {
            add(
                "id",
                "pattern",
                "编号只能用小写字母、数字、下划线和点。",
                "An id has lower-case letters, digits, underscores and dots only.",
            );
        }
        if !is_name(&self.family) {
            add(
                "family",
                "pattern",
                "规则族只能用小写字母、数字、下划线和点。",
                "A family has lower-case letters, digits, underscores and dots only.",
            );
        }
        if !(1..=3650).contains(&self.length) {
            add(
                "length",
                "out_of_range",
                "期限应为 1 至 3650 天。",
                "A period has 1 to 3650 days.",
            );
        }
        if self.warn_before.days > 3650 {
            add(
                "warn_before/days",
                "out_of_range",
                "提前天数应为 0 至 3650。",
                "A warning comes 0 to 3650 days before.",
            );
        }
        let texts = [&self.title, &self.start_event, &self.on_expiry];
        let blank = |it: &&Wording| it.zh.trim().is_empty() || it.en.trim().is_empty();
        if texts.iter().any(blank) || self.source.trim().is_empty() {
            add(
                "title",
                "blank",
                "名称、起算、到期处理和来源都要写明，中英文齐全。",
                "Title, start event, expiry and source are needed, in both languages.",
            );
        }
        let is_setting = self.confidence == Confidence::Setting;
        if self.law.is_empty() && !is_setting {
            add(
                "law",
                "missing",
                "请写明依据的条款；本站设置除外。",
                "Name the articles it rests on; only a setting of the station has none.",
            );
        }
        if self.extension.by == ExtensionBasis::None && self.extension.max_days.is_some() {
            add(
                "extension/max_days",
                "not_applicable",
                "不得延长的期限没有延长天数。",
                "A period that cannot be extended has no number of days for it.",
            );
        }
        if self.extension.max_days.is_some_and(|it| !(1..=3650).contains(&it)) {
            add(
                "extension/max_days",
                "out_of_range",
                "延长天数应为 1 至 3650。",
                "An extension has 1 to 3650 days.",
            );
        }
        let twice = (1..self.pauses.len()).any(|it| self.pauses[..it].contains(&self.pauses[it]));
        if twice {
            add("pauses", "duplicate", "同一中止事由出现了两次。", "A reason stands twice.");
        }
        if self.valid_to.is_some_and(|it| it < self.valid_from) {
            add(
                "valid_to",
                "ends_before_it_begins",
                "失效日期早于生效日期。",
                "It ends before it begins.",
            );
        }
        faults
    }
}

/// Lower-case words with dots between them.
fn is_name(text: &str) -> bool {
    let word = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
    };
    text.len() <= 60 && text.split('.').all(word)
}
