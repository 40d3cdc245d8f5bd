//! HTTP for probable duplicates, clusters and groups.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::{AddGroupMembers, DecideDuplicate};
use super::service;
use super::views::{CaseGroup, Cluster, DuplicateDecided, ProbableDuplicates};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Page, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct DuplicatesApi(pub App);

#[OpenApi(tag = "Tag::Intake")]
impl DuplicatesApi {
    /// List what may be the same dispute
    ///
    /// Other cases that share the sender's number, an applicant's phone or identity number, or a
    /// name within 90 days, ranked by points, each with its reasons for and against. Phones and
    /// numbers are compared blind; half a phone cannot be, and such a pair is found by its other
    /// signs. At most the 200 newest cases of each sign are compared. Dismissed pairs are left out,
    /// linked ones are marked. Cases out of sight are only counted. Nothing follows from a score.
    #[oai(
        path = "/cases/:case_id/probable-duplicates",
        method = "get",
        operation_id = "list_probable_duplicates"
    )]
    async fn list_probable_duplicates(
        &self,
        call: Allowed<can::ListProbableDuplicates>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<ProbableDuplicates>, Problem> {
        let (version, found) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, found))
    }

    /// Link two cases, or dismiss that they are one
    ///
    /// Once a pair (`409 already_decided`), whichever of the two it is sent to, and it shows on
    /// both. Any two cases in sight can be linked, probable or not. Linking closes and merges
    /// nothing: whoever handles the cases withdraws or closes one as usual.
    #[oai(
        path = "/cases/:case_id/duplicate-decisions",
        method = "post",
        operation_id = "decide_duplicate"
    )]
    async fn decide_duplicate(
        &self,
        call: Allowed<can::DecideDuplicate>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<DecideDuplicate>,
    ) -> Result<Created<DuplicateDecided>, Problem> {
        Ok(service::decide(&self.0, &call, case_id.0, body.0).await?.into())
    }

    /// List the clusters
    ///
    /// Respondents against whom so many applicants came within so many days (5 and 30 unless the
    /// settings say otherwise), newest first, as far as a case of them is in sight. Found when a
    /// case is registered or its parties change; the event `cluster.found` tells it once. A
    /// cluster grows while requests keep coming within those days of the last one.
    /// People of one name count as one applicant.
    #[oai(path = "/clusters", method = "get", operation_id = "list_clusters")]
    async fn list_clusters(
        &self,
        call: Allowed<can::ListClusters>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Cluster>>, Problem> {
        let cursor = cursor.0.as_deref();
        let page = service::clusters(&self.0, &call, cursor, limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// List the group a case belongs to
    ///
    /// For the leading case and for each that is led the same: which case leads, and which are
    /// led, as far as they are in sight.
    #[oai(
        path = "/cases/:case_id/group-members",
        method = "get",
        operation_id = "list_group_members"
    )]
    async fn list_group_members(
        &self,
        call: Allowed<can::ListGroupMembers>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<CaseGroup>, Problem> {
        let (version, group) = service::group(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, group))
    }

    /// Let this case lead a group (群体性案件)
    ///
    /// Marks the named cases as led by this one; all of them or none. Each must be in sight,
    /// against a respondent of this case, and in no group yet; `422` names each that is not.
    /// `409 led_by_another` when this case is itself led. The mark is all: parties, claims,
    /// consents, deadlines, panel and outcome stay with each case, no step on one is a step on
    /// another, and nobody is represented by it. Representatives of several applicants (O121 12)
    /// are agents in the case in which their people are parties: to be represented in the leading
    /// case, an applicant is added to it as a party.
    #[oai(
        path = "/cases/:case_id/group-members",
        method = "post",
        operation_id = "add_group_members"
    )]
    async fn add_group_members(
        &self,
        call: Allowed<can::AddGroupMembers>,
        /// The case that leads.
        case_id: Path<Uuid>,
        body: Body<AddGroupMembers>,
    ) -> Result<Created<CaseGroup>, Problem> {
        Ok(service::add_to_group(&self.0, &call, case_id.0, body.0.case_ids).await?.into())
    }
}
