//! The case file (卷宗): whether it is complete, and its sealing by a hash when it is filed
//! (PML 27; domain §3.8). Nothing is ever deleted here: retention is a field, not a purge.

mod api;
mod rules;
mod service;
mod views;

pub use api::ArchiveApi;
pub use rules::FilePart;
pub(crate) use service::archive;
