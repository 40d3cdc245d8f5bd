//! What a change of the rules would do to the deadlines that run: the change in thought, nothing
//! is written.

use std::collections::HashMap;

use uuid::Uuid;

use super::settle::recount;
use super::store;
use super::views::{RuleSetImpact, RuleSetImpactItem};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::deadlines::Almanac;
use crate::deadlines::input::CreateRuleSet;
use crate::error::{Error, Result};
use crate::words::DeadlineState;

/// Rows are read so many at a time.
const BATCH: u64 = 1_000;

/// So many are listed.
const LISTED: usize = 500;

/// Counts every running deadline by the rules as they would be.
pub(super) async fn assess(
    app: &App,
    _call: &Allowed<can::AssessRuleSet>,
    input: &CreateRuleSet,
) -> Result<RuleSetImpact> {
    let db = app.database.reader();
    let now = app.clock.now();
    let current = app.almanac(db).await?;
    let next = current.rules.with(&input.rules, input.assumptions.as_ref());
    let faults = next.faults(&input.rules);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let almanac = Almanac { rules: next, ..Almanac::clone(&current) };
    let mut impact = RuleSetImpact {
        rule_set_version: current.rule_set_version,
        running: 0,
        moved: 0,
        overdue: 0,
        items: Vec::new(),
    };
    let mut after: Option<Uuid> = None;
    loop {
        let rows = store::open_after(db, after, BATCH).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        impact.running += rows.len() as u64;
        for row in rows {
            let Some(change) = recount(&almanac, &row, now) else { continue };
            let next = change.after;
            let dates = |it: &crate::entity::deadline::Model| (it.due_on, it.due_on_strict);
            if dates(&row) == dates(&next) {
                continue;
            }
            let overdue = row.state != DeadlineState::Missed && next.state == DeadlineState::Missed;
            impact.moved += 1;
            impact.overdue += u64::from(overdue);
            if impact.items.len() < LISTED {
                impact.items.push(RuleSetImpactItem {
                    deadline_id: row.id,
                    case_id: row.case_id,
                    case_number: None,
                    kind: row.kind,
                    rule: row.rule_id,
                    new_rule: next.rule_id,
                    due_on: row.due_on,
                    due_on_strict: row.due_on_strict,
                    new_due_on: next.due_on,
                    new_due_on_strict: next.due_on_strict,
                    overdue,
                });
            }
        }
    }
    let cases = impact.items.iter().filter_map(|it| it.case_id).collect();
    let numbers: HashMap<Uuid, Option<String>> =
        store::case_numbers(db, cases).await?.into_iter().collect();
    for item in &mut impact.items {
        item.case_number = item.case_id.and_then(|id| numbers.get(&id).cloned().flatten());
    }
    Ok(impact)
}
