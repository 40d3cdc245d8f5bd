//! Where a case belongs in the district (属地): the building of its respondent, the service point
//! nearest to it, and who the building is spoken to through. Found by the respondent's credit
//! code; what somebody has corrected counts before it.

mod api;
mod service;
mod store;
mod views;

pub use api::LocalitiesApi;
pub(crate) use service::announced;
