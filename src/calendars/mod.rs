//! The calendars of the State Council as data: which days are holidays and which weekend days
//! are worked, year by year, each naming the notice it was made from. Loaded once at the first
//! start, corrected and added to by the station. How periods are counted is
//! [`crate::deadlines`]' business, never this room's.

mod api;
mod calendar;
mod input;
mod notice;
mod service;
mod store;
mod views;

pub use api::CalendarsApi;
pub use calendar::{Calendar, Day, DayKind};
#[cfg(test)]
pub(crate) use notice::built_in;
pub use notice::{CalendarFile, FileDay};
pub(crate) use service::{import_from_shell, install, list_from_shell};
pub(crate) use store::{Head, advance_head, head, years_as_of};
