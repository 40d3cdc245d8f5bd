//! What is said and told before mediation: the parties' consents (同意), the notice of their
//! rights and duties (权利义务告知), and who else is invited. Whether that is enough to go on is
//! decided by the gates, never here.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::ConsentsApi;
pub(crate) use input::{InviteParticipant, RecordConsent, RecordRightsNotice};
pub(crate) use service::{invite, record, record_rights_notice};
pub(crate) use store::insert_consent;
