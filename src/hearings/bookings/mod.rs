//! What hearings take up: their room, their panel, their parties, in stretches of five minutes.
//! A unique index holds that nothing is taken twice; [`keep`] follows every step that could move
//! a hearing or change who comes to it. What the hearing is about is not known here.

mod rules;
mod service;
mod store;

pub(crate) use service::keep;
pub(super) use service::{free_hold, take_hold};
