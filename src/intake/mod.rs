//! A dispute comes in (登记): from every channel, with parties and claims in one call; and what
//! is still missing is asked for.

mod api;
mod facts;
mod service;
mod store;
mod views;

pub use api::{IntakeApi, RegisterCase};
pub(crate) use facts::{Shared, SharedValue};
pub(crate) use service::{answer_supplement, register, request_supplement};
