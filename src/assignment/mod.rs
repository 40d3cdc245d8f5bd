//! The panel (调解组): who is assigned, who accepts or declines, who is released, and the start
//! of mediation once the panel is complete. Whether it is complete is told by the gates.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::AssignmentApi;
pub(crate) use input::{AssignMediator, RespondToAssignment};
pub(crate) use service::{assign, release_seat, respond, start};
