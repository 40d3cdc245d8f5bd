//! Investigations (调查): whom the station asked about the dispute, when and where, and what was
//! said (PML 21, 22). Each becomes a record of investigation (人民调解调查记录) in the file.

mod api;
mod service;
mod store;
mod views;

pub use api::InvestigationsApi;
