//! Who is in dispute: parties, the people who act for them, what they claim; and the one door
//! through which personal data is read in clear.

mod api;
mod input;
mod rules;
mod sealed;
mod service;
mod store;
mod unmasking;
mod views;

pub use api::PartiesApi;
pub use input::{AddAgent, AddClaim, AddParty};
pub(crate) use sealed::{
    Fingerprints, cases_with_same_numbers, fingerprints_of, phone_of, reseal, shared_by_applicants,
};
pub(crate) use service::{add_agent, add_claim, check_claim, insert_claim, insert_party, update};
pub(crate) use store::respondents_of;
pub(crate) use unmasking::{Opened, approve as approve_unmasking, open_all, unmask, unmasked};
