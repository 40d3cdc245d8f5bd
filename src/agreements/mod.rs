//! What the parties agree on: drafted, locked with the hash of its text, signed, sealed and so
//! in force (PML 28, 29); or reached by word of mouth and written down (PML 30). Whether it is
//! kept afterwards is the business of `performance`.

mod api;
pub(crate) mod checks;
mod codes;
mod drawing;
mod drawings;
mod findings;
#[cfg(test)]
pub(crate) mod fixture;
mod input;
mod rules;
mod service;
mod signing;
mod store;
mod text;
mod views;

pub use api::AgreementsApi;
pub use checks::AgreementChecksApi;
pub(crate) use checks::check_address;
pub(crate) use codes::lacking_gateway;
pub(crate) use drawings::{kept as kept_drawings, spoken_of as spoken_of_drawings};
pub(crate) use input::{
    DraftAgreement, DraftInstalment, DraftTerm, Drawing, Point, SignAgreement, Stroke,
};
pub(crate) use service::{draft, lock, record_oral, seal, sign, supersede_unfinished};
pub(crate) use text::clauses;
pub(crate) use views::Agreement;
