//! The log that nobody can rewrite: each entry holds the hash of the one before, the database
//! refuses to change it, and anybody with a copy can check it. No personal data, no case text.

mod api;
mod chain;
mod service;
mod store;
mod views;

pub use api::AuditApi;
pub use chain::{Entry, GENESIS, Verdict, verify};
pub(crate) use service::entries_of_case;
pub use service::{export, verify_file, verify_stored};
pub(crate) use store::{Places, append, first_of_case, of_part};
pub use views::AuditEntry;
