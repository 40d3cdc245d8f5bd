//! Hearings as calendars: one hearing as a file, and those of a mediator or a room by a secret
//! link. A calendar names case numbers and places, never people.

mod api;
mod input;
mod service;
mod store;
mod text;
mod views;

pub use api::FeedsApi;
