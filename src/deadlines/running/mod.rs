//! The deadlines that run on cases and clues. `plan` says which a case has, `settle` counts them
//! and tells what changed; [`keep`] is called by every commit of a step, so that no step can
//! forget a clock. `sweep` does what days and new calendars do. Never changes a case.

mod api;
mod impact;
mod plan;
mod service;
mod settle;
mod store;
mod sweep;
mod views;

pub use api::RunningDeadlinesApi;
pub(crate) use service::{keep, keep_of_clue};
pub(crate) use sweep::watch;
pub use sweep::{Progress, Swept, sweep};
