//! Recusal (回避): a party objects to a mediator, or the mediator withdraws. What that brings
//! about is the track's: replaced at once, or suspended until it is decided (domain §3.6). How
//! somebody leaves the panel stands in `assignment`.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::RecusalsApi;
pub(crate) use rules::check_not_recused;
