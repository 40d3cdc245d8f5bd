//! HTTP for mediators: who they are, when they are there, and whose cases need somebody else.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use uuid::Uuid;

use super::input::{EndAbsence, RecordAbsence, UpdateMediatorProfile};
use super::service;
use super::views::{Absence, Mediator, MediatorProfile, StrandedAssignment};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, Done, Page, Plain, Problem, Tag, Versioned};

#[derive(Debug)]
pub struct MediatorsApi(pub App);

#[OpenApi(tag = "Tag::Preparation")]
impl MediatorsApi {
    /// List those who can sit on a panel
    ///
    /// Active people's mediators and officers of market supervision, with what they know, how
    /// much they have in hand, and whether an ordinary case can be given to them today.
    #[oai(path = "/mediators", method = "get", operation_id = "list_mediators")]
    async fn list_mediators(
        &self,
        call: Allowed<can::ListMediators>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<Mediator>>, Problem> {
        let page = service::list(&self.0, &call, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Read the profile of a mediator or an officer
    ///
    /// Engagement, roster state, specialities, languages, capacity, and the load as it is now.
    /// Whoever has no profile counts as engaged and listed, with the station's usual capacity;
    /// its version is `0`.
    #[oai(
        path = "/mediators/:mediator_id/profile",
        method = "get",
        operation_id = "read_mediator_profile"
    )]
    async fn read_mediator_profile(
        &self,
        call: Allowed<can::ReadMediatorProfile>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
    ) -> Result<Versioned<MediatorProfile>, Problem> {
        let (version, profile) = service::read_profile(&self.0, &call, mediator_id.0).await?;
        Ok(Versioned::new(version, profile))
    }

    /// Write the profile of a mediator or an officer
    ///
    /// The body is the whole profile. `If-Match` names the version that was read, `"0"` for
    /// somebody who has none yet. Whoever is off the roster or not engaged is not assigned any
    /// more; the open cases stand under `/stranded-assignments`. `422` for a kind that does not
    /// go with the role, an engagement that ends before it begins, or a word that stands twice.
    #[oai(
        path = "/mediators/:mediator_id/profile",
        method = "put",
        operation_id = "update_mediator_profile"
    )]
    async fn update_mediator_profile(
        &self,
        call: Allowed<can::UpdateMediatorProfile>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
        body: Body<UpdateMediatorProfile>,
    ) -> Result<Versioned<MediatorProfile>, Problem> {
        Ok(service::update_profile(&self.0, &call, mediator_id.0, body.0).await?.into())
    }

    /// List the absences of a mediator
    ///
    /// By their first day, also those that are over. For the mediator and the director; `404`
    /// for anybody else's.
    #[oai(
        path = "/mediators/:mediator_id/absences",
        method = "get",
        operation_id = "list_absences"
    )]
    async fn list_absences(
        &self,
        call: Allowed<can::ListAbsences>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
    ) -> Result<Plain<Vec<Absence>>, Problem> {
        Ok(Plain(service::absences(&self.0, &call, mediator_id.0).await?))
    }

    /// Record an absence (离岗)
    ///
    /// From its first to its last day the person is not assigned to a case (`409 absent`).
    /// `409 absence_overlaps` when some of the days are recorded already; `422` for a last day
    /// before the first, and for more than a year in one piece.
    #[oai(
        path = "/mediators/:mediator_id/absences",
        method = "post",
        operation_id = "record_absence"
    )]
    async fn record_absence(
        &self,
        call: Allowed<can::RecordAbsence>,
        /// The mediator or officer.
        mediator_id: Path<Uuid>,
        body: Body<RecordAbsence>,
    ) -> Result<Created<Absence>, Problem> {
        Ok(service::record_absence(&self.0, &call, mediator_id.0, body.0).await?.into())
    }

    /// End an absence earlier
    ///
    /// Says which day is its last; from the next one on the person can be assigned again. `409`
    /// when it is over; `422` for a day outside of it.
    #[oai(path = "/absences/:absence_id/end", method = "post", operation_id = "end_absence")]
    async fn end_absence(
        &self,
        call: Allowed<can::EndAbsence>,
        /// The absence.
        absence_id: Path<Uuid>,
        body: Body<EndAbsence>,
    ) -> Result<Versioned<Absence>, Problem> {
        Ok(service::end_absence(&self.0, &call, absence_id.0, body.0).await?.into())
    }

    /// Cancel an absence
    ///
    /// One that has not begun does not take place. `409` when it has begun.
    #[oai(path = "/absences/:absence_id", method = "delete", operation_id = "cancel_absence")]
    async fn cancel_absence(
        &self,
        call: Allowed<can::CancelAbsence>,
        /// The absence.
        absence_id: Path<Uuid>,
    ) -> Result<Done, Problem> {
        service::cancel_absence(&self.0, &call, absence_id.0).await?;
        Ok(Done)
    }

    /// List seats that need somebody else (待交接)
    ///
    /// Held seats on cases that are accepted, in mediation or being performed, whose holders
    /// cannot go on: no longer engaged, off the roster, or without an active account. Oldest
    /// first. Release each and assign somebody else.
    #[oai(
        path = "/stranded-assignments",
        method = "get",
        operation_id = "list_stranded_assignments"
    )]
    async fn list_stranded_assignments(
        &self,
        call: Allowed<can::ListStrandedAssignments>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<StrandedAssignment>>, Problem> {
        let page = service::stranded(&self.0, &call, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }
}
