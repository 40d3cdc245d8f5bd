//! When a party could come to a hearing and when not: read by whoever schedules, decides nothing.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::TimesApi;
