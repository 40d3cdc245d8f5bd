//! Who can mediate: profiles of mediators and officers, their absences, and what they have in
//! hand. Whoever has no profile counts as engaged, with the station's usual capacity.

mod api;
mod input;
mod rules;
mod service;
mod store;
mod views;

pub use api::MediatorsApi;
pub(crate) use input::UpdateMediatorProfile;
pub(crate) use rules::{Availability, case_weight, told, unmet};
pub(crate) use service::{availability, candidates, update_profile};
pub(crate) use store::absences;
