//! What became of a case that was sent to another desk (转介): followed up until it is answered.
//! That it is sent is `acceptance`'s to do.

mod api;
mod service;
mod store;
mod views;

pub use api::ReferralsApi;
