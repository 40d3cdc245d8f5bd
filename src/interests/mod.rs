//! Declared interests (利害关系): what ties a mediator to somebody who may come as a party, and
//! whether it touches a case. The answer lists facts; that there is no conflict at all is never
//! said, because the data cannot show it.

mod api;
mod check;
mod input;
mod service;
mod store;
mod views;

pub use api::InterestsApi;
pub(crate) use check::{newly_found, of_mediator, of_panel, unmet};
pub(crate) use store::of_mediators;
