//! Suggestions for a seat, kept with their proof, and the check of every proof that is kept.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::SuggestionsApi;
pub(super) use service::followed;
pub use service::{Checked, Fault, verify_stored};
