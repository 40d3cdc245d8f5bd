//! Asking a court to confirm an agreement (司法确认, PML 33; CPL 205): the application and what
//! must be there for it, what the court says to it, and what is then left to who wants the
//! agreement kept (`routes`).

mod api;
mod input;
mod routes;
mod rules;
mod service;
mod store;
mod views;

pub use api::ConfirmationApi;
