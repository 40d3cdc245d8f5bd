//! The panel (调解组): who is assigned, who accepts or declines, who is released, and the start
//! of mediation once the panel is complete. Whether it is complete is told by the gates. Who is
//! suggested for a seat follows from `suggestion`, and anybody can compute it again.

mod api;
mod input;
mod proof;
mod rules;
mod service;
mod store;
mod suggestion;
mod suggestions;
mod views;
mod wishes;

pub use api::AssignmentApi;
pub(crate) use input::{AssignMediator, RespondToAssignment};
pub use proof::Difference;
pub(crate) use service::{assign, release_seat, respond, start};
pub use suggestions::{Checked, Fault, SuggestionsApi, verify_stored};
pub use wishes::WishesApi;
