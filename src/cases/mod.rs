//! The case: its life ([`state`]), its gates ([`gates`]), reading it, and the one way for every
//! other room to take a step on it ([`step`], [`advance`]). What a step writes stands in the
//! room of that step.

mod api;
pub mod file;
pub mod gates;
mod service;
pub mod state;
mod store;
mod views;

pub use api::{CasesApi, Missing};
pub use file::{CaseFile, Duty};
pub(crate) use service::{
    Step, advance, advance_to, case_of, foresee, location, named_party, not_in_future, open,
    record, sighted, step, written,
};
pub(crate) use state::is_step;
pub(crate) use store::{
    Listed, add_member, in_sight, insert_case, of_case_in_sight, remove_member,
};
pub use views::{Case, CaseSummary, Party};
