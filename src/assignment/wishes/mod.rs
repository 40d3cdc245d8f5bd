//! What the parties say of mediators: whom they choose, whether they accept who is proposed,
//! and whom they do not want. Who sits on the panel already is objected to by recusal, and
//! nowhere else.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::WishesApi;
pub(super) use rules::{chosen_by, refusal_of};
pub(super) use store::of_case;
