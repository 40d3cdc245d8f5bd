//! Keeping a room for a short while, so that a time can be agreed on before it is booked.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::HoldsApi;
