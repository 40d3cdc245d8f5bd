//! Whether an agreement is kept: each duty performed or defaulted (PML 31), the revisits, and
//! the closing of a case that had one. What is owed stands in `agreements`.

mod api;
mod rules;
mod service;
mod store;
mod views;

pub use api::PerformanceApi;
pub(crate) use rules::RecordPerformance;
pub(crate) use service::{RecordRevisit, close, record, record_revisit};
