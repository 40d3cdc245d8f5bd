//! The offices of the station and its network (机构).

mod api;
mod service;
mod store;
mod views;

pub use api::OfficesApi;
pub use service::{CreateOffice, create, list_from_shell};
pub(crate) use store::{find, first_of_kind};
