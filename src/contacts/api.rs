//! HTTP for contacts.

use chrono::{DateTime, Utc};
use poem_openapi::param::Path;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::service;
use super::views::Contact;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Created, EXAMPLE_ID, Problem, Tag, Versioned, example_instant};
use crate::words::Manner;

/// That somebody tried to reach a party.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordContact {
    pub party_id: Uuid,
    /// When; not in the future.
    pub tried_at: DateTime<Utc>,
    pub manner: Manner,
    /// Whether the party, or somebody for it, was spoken to.
    pub reached: bool,
    /// What was said, or why it was in vain.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub note: Option<String>,
}

impl Example for RecordContact {
    fn example() -> Self {
        Self {
            party_id: EXAMPLE_ID,
            tried_at: example_instant(),
            manner: Manner::Phone,
            reached: true,
            note: Some("说明受理情况，约定周四到站。".to_owned()),
        }
    }
}

#[derive(Debug)]
pub struct ContactsApi(pub App);

#[OpenApi(prefix_path = "/cases", tag = "Tag::Preparation")]
impl ContactsApi {
    /// List the contacts with the parties
    ///
    /// Oldest first, also those in vain.
    #[oai(path = "/:case_id/contacts", method = "get", operation_id = "list_contacts")]
    async fn list_contacts(
        &self,
        call: Allowed<can::ListContacts>,
        /// The case.
        case_id: Path<Uuid>,
    ) -> Result<Versioned<Vec<Contact>>, Problem> {
        let (version, contacts) = service::list(&self.0, &call, case_id.0).await?;
        Ok(Versioned::new(version, contacts))
    }

    /// Record a contact with a party (联系当事人)
    ///
    /// Also one in vain: the ledger shows that a party was spoken to in time, and that one could
    /// not be reached. Speaking to the applicant of a hotline order, or to the other side of a
    /// court's referral, ends the deadline `first_contact`.
    #[oai(path = "/:case_id/contacts", method = "post", operation_id = "record_contact")]
    async fn record_contact(
        &self,
        call: Allowed<can::RecordContact>,
        /// The case.
        case_id: Path<Uuid>,
        body: Body<RecordContact>,
    ) -> Result<Created<Contact>, Problem> {
        Ok(service::record(&self.0, &call, case_id.0, body.0).await?.into())
    }
}
