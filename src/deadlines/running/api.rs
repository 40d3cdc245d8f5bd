//! HTTP for running deadlines.

use chrono::NaiveDate;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::store::Filter;
use super::views::{Deadline, DeadlineExplanation, Recount, RuleSetImpact};
use super::{impact, service};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::deadlines::input::CreateRuleSet;
use crate::http::{Body, Page, Plain, Problem, Tag, Versioned};
use crate::words::{DeadlineKind, DeadlineState};

#[derive(Debug)]
pub struct RunningDeadlinesApi(pub App);

#[OpenApi(tag = "Tag::Deadlines")]
impl RunningDeadlinesApi {
    /// List deadlines (期限工作清单)
    ///
    /// Of all cases in sight, and of the clues of one's office for those who read their register;
    /// what is to be acted on next comes first. Without a `state`, those at which there is still
    /// something to be done: running, paused, and missed but not made good.
    #[oai(path = "/deadlines", method = "get", operation_id = "list_deadlines")]
    #[expect(clippy::too_many_arguments, reason = "each is one parameter of the query")]
    async fn list_deadlines(
        &self,
        call: Allowed<can::ListDeadlines>,
        /// Only those in this state, also past ones.
        state: Query<Option<DeadlineState>>,
        /// Only of this kind.
        kind: Query<Option<DeadlineKind>>,
        /// Only those this person is to keep.
        owner_id: Query<Option<Uuid>>,
        /// Only those of this office.
        office_id: Query<Option<Uuid>>,
        /// Only those whose last day, by the earlier reading, is before this day.
        due_before: Query<Option<NaiveDate>>,
        /// Only those whose last day depends on a calendar that is not published, or only others.
        provisional: Query<Option<bool>>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Deadline>>, Problem> {
        let filter = Filter {
            state: state.0,
            kind: kind.0,
            owner_id: owner_id.0,
            office_id: office_id.0,
            due_before: due_before.0,
            provisional: provisional.0,
        };
        let page = service::list(&self.0, &call, filter, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// List the deadlines of a case
    ///
    /// Those at which there is something to be done first, the next one on top. Several run at
    /// once: the authority's on acceptance, the hotline's, the mediation's, each with its rule.
    #[oai(path = "/cases/:case_id/deadlines", method = "get", operation_id = "list_case_deadlines")]
    async fn list_case_deadlines(
        &self,
        call: Allowed<can::ListCaseDeadlines>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Deadline>>, Problem> {
        let (version, deadlines) = service::list_of_case(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, deadlines))
    }

    /// Read how far deadlines are counted again
    ///
    /// After a new calendar or a changed rule every running deadline is counted again, in the
    /// background; each date that moves is an event of its case. `waiting` is 0 when all are done.
    #[oai(path = "/deadlines/recount", method = "get", operation_id = "read_recount")]
    async fn read_recount(
        &self,
        call: Allowed<can::ReadRecount>,
    ) -> Result<Plain<Recount>, Problem> {
        Ok(Plain(service::recount(&self.0, &call).await?))
    }

    /// Read a deadline
    ///
    /// What started it, when it ends by both readings, how it stands, by which rule and article.
    #[oai(path = "/deadlines/:deadline_id", method = "get", operation_id = "read_deadline")]
    async fn read_deadline(
        &self,
        call: Allowed<can::ReadDeadline>,
        /// The deadline.
        deadline_id: Path<Uuid>,
    ) -> Result<Plain<Deadline>, Problem> {
        Ok(Plain(service::read(&self.0, &call, deadline_id.0).await?))
    }

    /// Explain a deadline day by day (期限说明)
    ///
    /// Every day from the start to the end: counted or not and why, make-up days, pauses, how the
    /// end moved past days off, with the article, as data and as a text in Chinese and English. It
    /// is counted by the calendar and the rules the deadline was counted by, so it always leads to
    /// its date; a person can check it with a calendar in hand.
    #[oai(
        path = "/deadlines/:deadline_id/explanation",
        method = "get",
        operation_id = "explain_deadline"
    )]
    async fn explain_deadline(
        &self,
        call: Allowed<can::ExplainDeadline>,
        /// The deadline.
        deadline_id: Path<Uuid>,
    ) -> Result<Plain<DeadlineExplanation>, Problem> {
        Ok(Plain(service::explain(&self.0, &call, deadline_id.0).await?))
    }

    /// See what a change of the rules would do
    ///
    /// Takes what `create_rule_set` takes and writes nothing: how many running deadlines would
    /// have another last day, which, and which of them would have run out already. `422` as for
    /// the change itself.
    #[oai(path = "/rule-sets/impact", method = "post", operation_id = "assess_rule_set")]
    async fn assess_rule_set(
        &self,
        call: Allowed<can::AssessRuleSet>,
        body: Body<CreateRuleSet>,
    ) -> Result<Plain<RuleSetImpact>, Problem> {
        Ok(Plain(impact::assess(&self.0, &call, &body.0).await?))
    }
}
