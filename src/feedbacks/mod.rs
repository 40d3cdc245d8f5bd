//! What the station tells the 12345 hotline about an order (工单反馈): how it stands, then how it
//! ended. Sending it there is not told here.

mod api;
mod service;
mod store;
mod views;

pub use api::FeedbacksApi;
pub(crate) use api::RecordFeedback;
pub(crate) use service::record;
