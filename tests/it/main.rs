//! All tests that need more than one module, in one binary: one link, one PostgreSQL.
//!
//! Each file is one subject. A test is a sentence that can be false, works through HTTP as a
//! named person, and runs on both databases (`harness::on_both_databases!`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod concurrency;
mod disputes;
mod harness;
mod identity;
mod kill;
mod model;
mod operations;
mod personal_data;
mod postgres;
mod process;
