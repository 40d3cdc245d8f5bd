//! Papers (文书): the official forms, filled from the record and kept as PDF and DOCX with the
//! hash of their data and the version of their template; and the whole file of a case (卷宗) as
//! one PDF and as a ZIP of originals. Nothing is decided here: a paper says what the record says.

mod api;
mod filling;
mod forms;
mod gathering;
mod input;
mod press;
mod service;
mod store;
mod views;
mod volumes;

pub use api::PapersApi;
pub(crate) use input::MakePaper;
pub use press::Press;
pub(crate) use service::make;
pub(crate) use store::{kept, kept_volumes, spoken_of};
pub use volumes::VolumesApi;
