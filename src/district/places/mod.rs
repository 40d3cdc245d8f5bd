//! Service points and buildings, and what is near a place.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::PlacesApi;
pub(super) use store::{find_building, find_point, named_buildings};
