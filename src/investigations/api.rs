//! HTTP for investigations.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Investigation;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Problem, Tag, Versioned, example_instant};

/// That somebody was asked about the dispute.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordInvestigation {
    /// When it began; not in the future.
    pub starts_at: DateTime<Utc>,
    /// When it ended; on the same day, not in the future.
    pub ends_at: DateTime<Utc>,
    #[oai(validator(min_length = 1, max_length = 255))]
    pub place: String,
    /// Who was asked.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub respondent: String,
    /// Who else was there, with 、 between the names.
    #[oai(validator(min_length = 1, max_length = 500))]
    pub participants: Option<String>,
    /// What was said, a line each; `问：` and `答：` at the beginning of a line become questions
    /// and answers on the paper.
    #[oai(validator(min_length = 1, max_length = 50000))]
    pub content: String,
}

impl Example for RecordInvestigation {
    fn example() -> Self {
        Self {
            starts_at: example_instant(),
            ends_at: example_instant() + TimeDelta::minutes(40),
            place: "美罗城楼宇服务中心".to_owned(),
            respondent: "店长沈某".to_owned(),
            participants: None,
            content: "问：申请人何时办卡，已上多少节课？\n答：三月八日办卡，系统记录已上四节。"
                .to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct InvestigationsApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Preparation")]
impl InvestigationsApi {
    /// List the investigations
    ///
    /// In the order in which they took place.
    #[oai(path = "/:case_id/investigations", method = "get", operation_id = "list_investigations")]
    async fn list_investigations(
        &self,
        call: Allowed<can::ListInvestigations>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Investigation>>, Problem> {
        let (version, investigations) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, investigations))
    }

    /// Record an investigation (调查)
    ///
    /// While the case is accepted or being mediated. The paper for the hand of who was asked is
    /// `investigation_record` of `POST /cases/{case_id}/papers`. `422` `ends_before_start` and
    /// `not_one_day` for times that cannot be meant.
    #[oai(
        path = "/:case_id/investigations",
        method = "post",
        operation_id = "record_investigation"
    )]
    async fn record_investigation(
        &self,
        call: Allowed<can::RecordInvestigation>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordInvestigation>,
    ) -> Result<Created<Investigation>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
