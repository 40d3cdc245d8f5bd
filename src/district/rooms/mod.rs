//! Rooms for hearings: of a service point, or shared by an enterprise (共享调解室). What they are
//! booked for is not this room's business.

mod api;
mod input;
mod service;
mod store;
mod venue;
mod views;

pub use api::RoomsApi;
pub(crate) use input::WriteRoom;
pub(crate) use service::create;
pub(crate) use venue::{Venue, venue};
