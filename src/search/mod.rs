//! Search over cases and enterprises: Chinese from two characters up, ranked, with the places
//! found, the same answers on both databases. The index is a copy of what others have written
//! (`pieces`), cut into short terms (`text`), kept in the transaction of every step; it decides
//! nothing, and [`rebuild`] makes it again from the tables.
//!
//! Must not: hold phones, numbers of identity documents or addresses of persons (these are found
//! by blind index, where they are kept), nor answer a case that the caller may not see.

mod api;
mod input;
mod pieces;
mod service;
mod store;
mod text;
mod views;

pub use api::SearchApi;
pub use service::{Rebuilt, rebuild};
pub(crate) use service::{enter_case, enter_enterprises, keep};
