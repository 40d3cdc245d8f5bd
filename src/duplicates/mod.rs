//! What may be one dispute, across channels and offices: probable duplicates with their reasons,
//! what a person decides of them, clusters of many applicants against one respondent, and groups
//! of cases that are led by one. Everything here is shown to people; no rule of any other room
//! asks for a score, and no case is refused or accepted because of one.

mod api;
mod clusters;
mod input;
mod names;
mod rules;
mod score;
mod service;
mod store;
mod views;

pub use api::DuplicatesApi;
pub(crate) use service::{enter, enter_again};
