//! The ledger of contacts (联系记录): each time somebody tried to reach a party, also in vain. It
//! shows that a party was spoken to in time, and later that one could not be reached.

mod api;
mod service;
mod store;
mod views;

pub use api::ContactsApi;
pub(crate) use api::RecordContact;
pub(crate) use service::record;
