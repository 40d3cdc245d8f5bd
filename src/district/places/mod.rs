//! Service points and buildings, and what is near a place.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::PlacesApi;
pub(crate) use input::{WriteBuilding, WriteServicePoint};
pub(crate) use service::{
    create_building, create_point, located_building, located_point, metres_to_point,
    point_of_office,
};
pub(super) use store::{find_building, find_point, named_buildings};
pub(crate) use views::Building;
