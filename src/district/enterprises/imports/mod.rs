//! Enterprises from a table. Bytes become a sheet of cells (`csv`, `xlsx`), a sheet becomes
//! entries (`columns`, `entries`), and entries held against the register become a plan (`plan`):
//! what is new, changed, as before, or faulty. Only the last step meets the database.

mod columns;
mod csv;
mod entries;
mod plan;
mod service;
mod sheet;
mod views;
mod xlsx;

pub(crate) use service::import;
pub use views::ImportReport;
