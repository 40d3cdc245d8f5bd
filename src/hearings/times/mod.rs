//! When a party could come to a hearing and when not: what it cannot keep, no hearing
//! is scheduled for until it says otherwise (`presence`).

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::TimesApi;
pub(super) use store::of_case;
