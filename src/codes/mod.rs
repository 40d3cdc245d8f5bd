//! The code lists a front end offers for choosing: each closed vocabulary with its Chinese
//! term. The words themselves stand in [`crate::words`].

mod api;

pub use api::CodesApi;
