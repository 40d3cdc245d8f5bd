//! What is sent about rules and to the calculator.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::bounds::Assumptions;
use super::counting::Pause;
use super::rule_set::RuleSet;
use super::rules::Rule;
use crate::words::SuspensionReason;

/// A period to be counted.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculateDeadline {
    /// Id of a rule, or its family: then the version in force on the start day.
    #[oai(validator(min_length = 1, max_length = 60))]
    pub rule: String,
    /// The day of the start event in Shanghai; not counted. 2000 to 2100.
    pub start_date: NaiveDate,
    /// When the period stood still, earliest first, none overlapping.
    #[oai(default, validator(max_items = 50))]
    pub pauses: Vec<CalculatePause>,
    /// Days the period was extended by, in the unit of the rule.
    #[oai(default, validator(maximum(value = "3650")))]
    pub extension_days: u32,
}

/// Days on which the period stood still; both ends are part of it.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CalculatePause {
    /// The first day that is not counted; not before the start.
    pub from: NaiveDate,
    /// The last day that is not counted; absent while the pause lasts, and then the period may
    /// have no last day.
    pub to: Option<NaiveDate>,
    /// Why; one of those the rule stops for. One of them is meant unless given.
    pub reason: Option<SuspensionReason>,
}

impl From<&CalculatePause> for Pause {
    fn from(it: &CalculatePause) -> Self {
        Self { from: it.from, to: it.to, reason: it.reason }
    }
}

impl Example for CalculateDeadline {
    fn example() -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        Self {
            rule: "samr.mediate.new".to_owned(),
            start_date: day(4, 27),
            pauses: vec![CalculatePause {
                from: day(5, 6),
                to: Some(day(5, 8)),
                reason: Some(SuspensionReason::Appraisal),
            }],
            extension_days: 0,
        }
    }
}

/// A change of the rules.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CreateRuleSet {
    /// What changes and why.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub note: String,
    /// The law, the notice or the decision it follows.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub source: String,
    /// Whole rules, each in the place of the one with its id, or new. Those that are not sent
    /// stay as they are; one that ends is followed by another of its family.
    #[oai(validator(min_items = 1, max_items = 200))]
    pub rules: Vec<Rule>,
    /// What is taken for granted of a calendar that is not published yet; stays as it is unless
    /// given.
    pub assumptions: Option<Assumptions>,
}

impl Example for CreateRuleSet {
    fn example() -> Self {
        let built_in = RuleSet::built_in().ok();
        let rules = built_in.into_iter().flat_map(|it| it.rules);
        let mut rules: Vec<Rule> = rules.filter(|it| it.id == "station.revisit").collect();
        for rule in &mut rules {
            rule.length = 20;
        }
        Self {
            note: "回访期限由15日改为20日。".to_owned(),
            source: "工作站2026年第3次站务会议决定".to_owned(),
            rules,
            assumptions: None,
        }
    }
}
