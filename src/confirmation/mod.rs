//! Asking a court to confirm an agreement (司法确认, PML 33; CPL 205): the application and what
//! must be there for it. What the court makes of it is not recorded here yet.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::ConfirmationApi;
