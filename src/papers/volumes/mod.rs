//! The whole file of a case (卷宗): one PDF in the order of the file with cover, contents and
//! page numbers, and a ZIP of the originals with their hashes. Made beside the requests; how far
//! it is can be asked.

mod api;
mod binding;
mod items;
mod service;
mod store;
mod views;

pub use api::VolumesApi;
