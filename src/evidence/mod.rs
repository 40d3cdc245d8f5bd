//! Materials of evidence (证据材料): files that are streamed in, looked into, kept under a key that
//! says nothing, and never overwritten. What is withdrawn stays for the archive and is shown to
//! few. The row in the database and the object in the storage are both there or both not; what a
//! crash leaves between them [`verify`] finds.

mod api;
mod content;
mod held;
mod input;
mod media;
mod names;
mod ooxml;
mod pictures;
mod range;
mod receiving;
mod service;
mod storage;
mod store;
mod upkeep;
mod views;

pub use api::EvidenceApi;
pub(crate) use held::{Held, Portion};
pub(crate) use input::Submission;
pub(crate) use service::add;
pub use storage::Storage;
pub(crate) use upkeep::Kept;
pub use upkeep::{Checked, Difference, verify};
