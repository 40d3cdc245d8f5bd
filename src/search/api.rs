//! HTTP for search.

use poem_openapi::OpenApi;

use super::input::{SearchCases, SearchEnterprises};
use super::service;
use super::views::{CaseFound, EnterpriseFound};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Page, Plain, Problem, Tag};

#[derive(Debug)]
pub struct SearchApi(pub App);

#[OpenApi(prefix_path = "/searches", tag = "Tag::Cases")]
impl SearchApi {
    /// Search the cases in sight
    ///
    /// Case numbers, the sender's numbers, names of parties and agents, credit codes, title,
    /// goods, facts and claims. Best first: all of it in names and numbers, all of it in the
    /// title, then anywhere in the case; the newest first among equals. Each case says where it
    /// was found, with the text around it. Names of persons are compared in full and shown
    /// masked; phones and identity numbers are not searched. `422 too_short` below two
    /// characters. Nothing is kept of what was asked.
    #[oai(path = "/cases", method = "post", operation_id = "search_cases")]
    async fn search_cases(
        &self,
        call: Allowed<can::SearchCases>,
        body: Body<SearchCases>,
    ) -> Result<Plain<Page<CaseFound>>, Problem> {
        Ok(Plain(service::search_cases(&self.0, &call, body.0).await?.into()))
    }

    /// Search the enterprises of the district
    ///
    /// By name, the initials of its pinyin, or credit code; ranked and answered like cases.
    #[oai(path = "/enterprises", method = "post", operation_id = "search_enterprises")]
    async fn search_enterprises(
        &self,
        call: Allowed<can::SearchEnterprises>,
        body: Body<SearchEnterprises>,
    ) -> Result<Plain<Page<EnterpriseFound>>, Problem> {
        Ok(Plain(service::search_enterprises(&self.0, &call, body.0).await?.into()))
    }
}
