//! Visits to enterprises (走访), and the list of who is to be visited next.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::VisitsApi;
pub(crate) use input::RecordVisit;
pub(crate) use service::record;
