//! Who a building is spoken to through (楼宇联络员): a duty at an organization with its public
//! phone. A person's name and number are not kept here; whoever has an account is named by it.

mod api;
mod input;
mod service;
mod store;
mod views;

pub use api::LiaisonsApi;
pub(crate) use input::WriteLiaison;
pub(crate) use service::{create, liaisons_of};
pub(crate) use views::Liaison;
