//! HTTP for rules of deadlines and the calculator.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};

use super::input::{CalculateDeadline, CreateRuleSet};
use super::service;
use super::views::{Calculation, RuleSetSummary, RuleSetView};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag};

#[derive(Debug)]
pub struct DeadlinesApi(pub App);

#[OpenApi(tag = "Tag::Deadlines")]
impl DeadlinesApi {
    /// Count a period (期限计算)
    ///
    /// Counts any period by a rule and the loaded calendars, day by day, and explains it in
    /// Chinese and English. It is about no case and writes nothing, so a repeat is counted
    /// again. Where the law leaves open whether a plain weekend moves the end, both readings are
    /// given. A date that depends on a calendar that is not published yet is `provisional` and
    /// has an earliest and a latest day. `422` for an unknown rule, a rule that does not hold on
    /// the start day, pauses that overlap, end before they begin, begin before the start or are
    /// none the rule stops for, and an extension the rule does not allow.
    #[oai(path = "/calculators/deadline", method = "post", operation_id = "calculate_deadline")]
    async fn calculate_deadline(
        &self,
        call: Allowed<can::CalculateDeadline>,
        body: Body<CalculateDeadline>,
    ) -> Result<Plain<Calculation>, Problem> {
        Ok(Plain(service::calculate(&self.0, &call, body.0).await?))
    }

    /// List the versions of the rules
    ///
    /// Newest first; the first one counts.
    #[oai(path = "/rule-sets", method = "get", operation_id = "list_rule_sets")]
    async fn list_rule_sets(
        &self,
        call: Allowed<can::ListRuleSets>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<RuleSetSummary>>, Problem> {
        let page = service::list(&self.0, &call, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read a version of the rules (期限规则)
    ///
    /// Every rule with its length, unit, start event, pauses, extension, days off, articles and
    /// time of validity, and how sure it is.
    #[oai(path = "/rule-sets/:version", method = "get", operation_id = "read_rule_set")]
    async fn read_rule_set(
        &self,
        call: Allowed<can::ReadRuleSet>,
        /// The version.
        version: Path<i64>,
    ) -> Result<Plain<RuleSetView>, Problem> {
        Ok(Plain(service::read(&self.0, &call, version.0).await?))
    }

    /// Change the rules
    ///
    /// Makes the next version: the rules that are sent take the place of those with their ids or
    /// are added, all others stay. It counts at once. A deadline goes by the version in force on
    /// the day it started: a new version with a later `valid_from` leaves what runs as it is, a
    /// correction under the same id moves it, as an event of its case; `assess_rule_set` tells
    /// beforehand which. `422` when the set as a whole is not valid, above all when a
    /// family would have a day without a rule or with two.
    #[oai(path = "/rule-sets", method = "post", operation_id = "create_rule_set")]
    async fn create_rule_set(
        &self,
        call: Allowed<can::CreateRuleSet>,
        body: Body<CreateRuleSet>,
    ) -> Result<Created<RuleSetView>, Problem> {
        Ok(service::create(&self.0, &call, body.0).await?.into())
    }
}
