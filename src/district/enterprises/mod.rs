//! The enterprises of the district (企业、商户): the register, and taking it over from a table.

mod api;
mod imports;
mod input;
mod service;
mod store;
mod views;

pub use api::EnterprisesApi;
pub(crate) use imports::import;
pub(crate) use service::list;
pub(crate) use store::find_by_credit_code as enterprise_by_credit_code;
pub(super) use store::{Visitable, find, visitable};
pub use views::Enterprise;
