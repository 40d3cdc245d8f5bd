//! Papers as people get them: rendered, read back by other programs' libraries.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod case_files;
mod papers;
mod reading;
