//! Clues of illegality (违法线索, O121 27): a door out of a mediation, and a register behind it
//! that leaks nothing of the mediation. What goes through is written for the purpose by whoever
//! reports; nothing is copied from the case but the respondent's entry in the public register.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::CluesApi;
