//! All rules that count at one time. A set is valid as a whole or not at all: within a family
//! there is no day without a rule and none with two. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bounds::Assumptions;
use super::rules::Rule;
use crate::error::{Error, Fault, Result};
use crate::language::Text;

const BUILT_IN: &str = include_str!("rules.toml");

/// The rules of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// What is taken for granted of a calendar that is not published yet.
    pub assumptions: Assumptions,
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The set that comes with the program.
    pub(crate) fn built_in() -> Result<Self> {
        toml::from_str(BUILT_IN).map_err(Error::internal)
    }

    /// The rule of this family or id for a period that starts on that day. A family is whichever
    /// version is in force, also where one of its versions has its name; an id is that one
    /// version, and is refused outside of its time.
    pub fn rule_for(&self, name: &str, start: NaiveDate) -> Result<&Rule, Fault> {
        let is_family = self.rules.iter().any(|it| it.family == name);
        let named = self.rules.iter().find(|it| it.id == name && !is_family);
        let Some(rule) = named else { return self.in_force(name, start) };
        if rule.is_in_force_on(start) {
            return Ok(rule);
        }
        let other = self.in_force(&rule.family, start).ok();
        let (zh, en) = match other {
            Some(it) => {
                (format!("请改用规则 {}。", it.id), format!("Use the rule {} instead.", it.id))
            }
            None => ("该日没有适用的规则。".to_owned(), "No rule holds on that day.".to_owned()),
        };
        let from = rule.valid_from;
        let (zh_to, en_to) = rule
            .valid_to
            .map_or_else(Default::default, |it| (format!("至 {it}"), format!(" to {it}")));
        Err(Fault::new(
            "/rule",
            "rule_not_in_force",
            Text::new(
                format!("规则 {name} 只适用于 {from} 起{zh_to}开始的期限，不适用于 {start}。{zh}"),
                format!(
                    "The rule {name} is for periods that start from {from}{en_to}, not on \
                     {start}. {en}"
                ),
            ),
        ))
    }

    /// The version of a family for a period that starts on that day.
    pub fn in_force(&self, family: &str, start: NaiveDate) -> Result<&Rule, Fault> {
        let mut versions = self.rules.iter().filter(|it| it.family == family).peekable();
        if versions.peek().is_none() {
            return Err(Fault::new(
                "/rule",
                "unknown_rule",
                Text::new(
                    format!("没有规则 {family}。可用的规则见 GET /rule-sets。"),
                    format!("There is no rule {family}; GET /rule-sets tells which there are."),
                ),
            ));
        }
        versions.find(|it| it.is_in_force_on(start)).ok_or_else(|| {
            Fault::new(
                "/rule",
                "rule_not_in_force",
                Text::new(
                    format!("规则 {family} 在 {start} 没有适用的版本。"),
                    format!("No version of the rule {family} holds on {start}."),
                ),
            )
        })
    }

    /// This set with some rules put in the place of those of the same id, or added.
    #[must_use]
    pub fn with(&self, changed: &[Rule], assumptions: Option<&Assumptions>) -> Self {
        let mut rules = self.rules.clone();
        for change in changed {
            match rules.iter_mut().find(|it| it.id == change.id) {
                Some(rule) => rule.clone_from(change),
                None => rules.push(change.clone()),
            }
        }
        Self { assumptions: assumptions.unwrap_or(&self.assumptions).clone(), rules }
    }

    /// Everything that is wrong with the set; faults point into `sent`, the rules as they were
    /// sent, or at the whole list where one that was not sent has to do with it.
    pub fn faults(&self, sent: &[Rule]) -> Vec<Fault> {
        let pointer = |rule: &Rule| {
            let index = sent.iter().position(|it| it.id == rule.id);
            index.map_or_else(|| "/rules".to_owned(), |it| format!("/rules/{it}"))
        };
        let mut faults = self.assumptions.faults();
        for (index, rule) in sent.iter().enumerate() {
            if sent[..index].iter().any(|it| it.id == rule.id) {
                faults.push(Fault::new(
                    format!("/rules/{index}/id"),
                    "duplicate_rule",
                    Text::new(
                        format!("规则 {} 出现了两次。", rule.id),
                        format!("The rule {} stands twice.", rule.id),
                    ),
                ));
            }
        }
        for rule in &self.rules {
            faults.extend(rule.faults(&pointer(rule)));
        }
        let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in &self.rules {
            families.entry(&rule.family).or_default().push(rule);
            // A name must mean one thing, whether it is asked for as an id or as a family.
            let other = |it: &&Rule| it.id == rule.family && it.family != rule.family;
            if let Some(other) = self.rules.iter().find(other) {
                faults.push(Fault::new(
                    format!("{}/family", pointer(rule)),
                    "ambiguous_name",
                    Text::new(
                        format!("{} 已是规则族 {} 中一条规则的编号。", rule.family, other.family),
                        format!("{} is the id of a rule of {}.", rule.family, other.family),
                    ),
                ));
            }
        }
        for (family, mut versions) in families {
            versions.sort_by_key(|it| it.valid_from);
            for pair in versions.windows(2) {
                let [before, after] = pair else { continue };
                if let Some((code, detail)) = seam(family, before, after) {
                    let is_sent = |rule: &Rule| sent.iter().any(|it| it.id == rule.id);
                    let (rule, member) = match (is_sent(after), is_sent(before)) {
                        (false, true) => (before, "/valid_to"),
                        (true, _) => (after, "/valid_from"),
                        (false, false) => (after, ""),
                    };
                    faults.push(Fault::new(format!("{}{member}", pointer(rule)), code, detail));
                }
            }
            // The program goes on starting such periods: a rule is followed, never only ended.
            let last = versions.last().and_then(|it| Some((it, it.valid_to?.succ_opt()?)));
            if let Some((last, from)) = last {
                faults.push(Fault::new(
                    format!("{}/valid_to", pointer(last)),
                    "gap_in_time",
                    Text::new(
                        format!("规则族 {family} 从 {from} 起没有规则，请同时提交其后的规则。"),
                        format!(
                            "The family {family} has no rule from {from} on; send the one that \
                             follows too."
                        ),
                    ),
                ));
            }
        }
        faults
    }
}

/// What is wrong where one version ends and the next begins.
fn seam(family: &str, before: &Rule, after: &Rule) -> Option<(&'static str, Text)> {
    let from = after.valid_from;
    let next = before.valid_to.and_then(|it| it.succ_opt());
    match next {
        Some(next) if next == from => None,
        Some(next) if next < from => {
            let last = from.pred_opt().unwrap_or(from);
            Some((
                "gap_in_time",
                Text::new(
                    format!("规则族 {family} 在 {next} 至 {last} 没有规则。"),
                    format!("The family {family} has no rule from {next} to {last}."),
                ),
            ))
        }
        _ => {
            let until = match (before.valid_to, after.valid_to) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            let (zh, en) = until.map_or_else(
                || (String::new(), "on".to_owned()),
                |it| (format!("至 {it}"), format!("to {it}")),
            );
            Some((
                "overlap_in_time",
                Text::new(
                    format!(
                        "规则族 {family} 从 {from} 起{zh}同时有 {} 与 {} 两条规则。",
                        before.id, after.id
                    ),
                    format!(
                        "The family {family} has two rules, {} and {}, from {from} {en}.",
                        before.id, after.id
                    ),
                ),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_built_in_set_is_valid() {
        let set = RuleSet::built_in().unwrap();
        assert_eq!(set.faults(&set.rules), []);
        assert!(set.rules.len() > 30);
    }

    /// It is kept as JSON and answered as JSON.
    #[test]
    fn a_set_survives_being_kept() {
        let set = RuleSet::built_in().unwrap();
        let kept = serde_json::to_string(&set).unwrap();
        assert_eq!(serde_json::from_str::<RuleSet>(&kept).unwrap(), set);
    }

    /// SAMR Order 20 until 2026-04-14, Order 121 from 2026-04-15 (O121 46).
    #[test]
    fn the_version_in_force_on_the_start_day_governs() {
        let set = RuleSet::built_in().unwrap();
        for (name, start, expected) in [
            ("samr.mediate", "2026-04-14", Ok("samr.mediate.old")),
            ("samr.mediate", "2026-04-15", Ok("samr.mediate.new")),
            ("samr.mediate.old", "2026-04-14", Ok("samr.mediate.old")),
            ("samr.mediate.old", "2026-04-15", Err("rule_not_in_force")),
            ("samr.mediate.new", "2026-04-15", Ok("samr.mediate.new")),
            ("samr.mediate.new", "2026-04-14", Err("rule_not_in_force")),
            ("samr.mediate", "2019-12-31", Err("rule_not_in_force")),
            ("samr.accept", "2026-04-14", Ok("samr.accept.old")),
            ("samr.accept", "2026-04-15", Ok("samr.accept")),
            ("samr.accept", "2019-12-31", Err("rule_not_in_force")),
            ("samr.accept.old", "2026-04-15", Err("rule_not_in_force")),
            ("samr.nothing", "2026-04-15", Err("unknown_rule")),
            ("", "2026-04-15", Err("unknown_rule")),
        ] {
            let found = set.rule_for(name, day(start));
            let found = found.as_ref().map(|it| it.id.as_str()).map_err(|it| it.code);
            assert_eq!(found, expected, "{name} {start}");
        }
        let refusal = set.rule_for("samr.mediate.old", day("2026-04-15")).unwrap_err();
        assert!(refusal.detail.zh.contains("samr.mediate.new"), "{refusal:?}");
        assert!(refusal.detail.en.contains("to 2026-04-14"), "{refusal:?}");
    }

    #[test]
    fn a_change_that_leaves_a_gap_or_an_overlap_is_refused() {
        let set = RuleSet::built_in().unwrap();
        let rule = |id: &str| set.rules.iter().find(|it| it.id == id).unwrap().clone();
        let mut earlier = rule("samr.mediate.old");
        earlier.valid_to = Some(day("2026-03-31"));
        let mut later = rule("samr.mediate.old");
        later.valid_to = Some(day("2026-05-31"));
        let mut endless = rule("samr.mediate.old");
        endless.valid_to = None;
        let mut next = rule("samr.mediate.new");
        (next.id, next.valid_from) = ("samr.mediate.2027".to_owned(), day("2027-01-01"));
        let mut ended = rule("station.revisit");
        ended.valid_to = Some(day("2026-12-31"));
        let mut unlawful = rule("samr.accept");
        unlawful.law.clear();
        let mut short = rule("station.revisit");
        short.length = 0;
        let mut named = rule("station.revisit");
        (named.id, named.family) = ("station.other".to_owned(), "samr.mediate.old".to_owned());
        for (change, code, says) in [
            (earlier, "gap_in_time", "2026-04-01 to 2026-04-14"),
            (later, "overlap_in_time", "from 2026-04-15 to 2026-05-31"),
            (endless, "overlap_in_time", "samr.mediate.old and samr.mediate.new"),
            (next, "overlap_in_time", "from 2027-01-01 on"),
            (ended, "gap_in_time", "station.revisit has no rule from 2027-01-01 on"),
            (unlawful, "missing", "only a setting"),
            (short, "out_of_range", ""),
            (named, "ambiguous_name", "is the id of a rule of samr.mediate."),
        ] {
            let changed = [change];
            let faults = set.with(&changed, None).faults(&changed);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert_eq!(faults[0].code, code);
            assert!(faults[0].pointer.starts_with("/rules/0/"), "{faults:?}");
            assert!(faults[0].detail.en.contains(says), "{faults:?}");
        }
        let mut backwards = rule("samr.mediate.old");
        backwards.valid_to = Some(day("2019-12-31"));
        let changed = [backwards];
        let codes: Vec<_> =
            set.with(&changed, None).faults(&changed).into_iter().map(|it| it.code).collect();
        assert_eq!(codes, ["ends_before_it_begins", "gap_in_time"]);
        let twice = [rule("station.revisit"), rule("station.revisit")];
        assert_eq!(set.with(&twice, None).faults(&twice)[0].pointer, "/rules/1/id");
    }

    #[test]
    fn a_rule_is_changed_and_its_follower_added_in_one_go() {
        let set = RuleSet::built_in().unwrap();
        let mut old = set.rule_for("station.revisit", day("2026-04-15")).unwrap().clone();
        let mut new = old.clone();
        old.valid_to = Some(day("2026-12-31"));
        (new.id, new.valid_from, new.length) =
            ("station.revisit.2027".to_owned(), day("2027-01-01"), 20);
        let changed = [old, new];
        let next = set.with(&changed, None);
        assert_eq!(next.faults(&changed), []);
        assert_eq!(next.rules.len(), set.rules.len() + 1);
        assert_eq!(next.in_force("station.revisit", day("2027-01-01")).unwrap().length, 20);
        assert_eq!(next.in_force("station.revisit", day("2026-12-31")).unwrap().length, 15);
    }
}
