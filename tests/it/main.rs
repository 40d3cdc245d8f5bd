//! All tests that need more than one module, in one binary: one link, one PostgreSQL.
//!
//! Each file is one subject. A test is a sentence that can be false, works through HTTP as a
//! named person, and runs on both databases (`harness::on_both_databases!`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod aftercare;
mod agreement_checks;
mod agreement_findings;
mod audit;
mod calculators;
mod calendars;
mod clues;
mod complaint_facts;
mod concurrency;
mod confirmation;
mod deadlines;
mod disputes;
mod district;
mod duplicates;
mod evidence;
mod examples;
mod harness;
mod hearings;
mod identity;
mod journey;
mod kill;
mod layers;
mod localities;
mod migrations;
mod model;
mod money;
mod openapi;
mod operations;
mod papers;
mod personal_data;
mod postgres;
mod process;
mod readme;
mod recusals;
mod refusals;
mod search;
mod signing;
mod signing_codes;
mod stages;
mod suggestions;
mod tables;
mod tracks;
