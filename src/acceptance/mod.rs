//! The decision on a registered case: accepted (受理), declined, referred; and endings by the
//! parties themselves: withdrawal and private settlement.

mod api;
mod number;
mod service;
mod store;

pub use api::AcceptanceApi;
pub use number::CaseNumberPattern;
pub(crate) use service::{Decline, accept, decline, next_number, refer, settle, withdraw};
