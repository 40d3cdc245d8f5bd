//! What stops a mediation for a while (中止) and what makes it longer (延长): intervals and days on
//! the case. Which clocks stop or run longer for it is the rules' to say, in `deadlines`.

mod api;
mod rules;
mod service;
mod store;
mod views;

pub use api::SuspensionsApi;
