//! Mediation that ends without an agreement, and what the parties were told of the routes that
//! remain to them (PML 26). Withdrawal and private settlement stand in `acceptance`.

mod api;
mod service;
mod store;
mod views;

pub use api::OutcomesApi;
pub(crate) use service::{Conclude, RecordRouteNotice, conclude, record_route_notice};
pub(crate) use store::insert_route_notice;
