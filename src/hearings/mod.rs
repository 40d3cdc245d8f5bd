//! Hearings (调解会): time and place, notices, attendance, minutes, and what became of them.
//! Who must have been told and who must be there is told by the gates and by `rules`; nothing
//! else decides it.

mod api;
mod bookings;
mod feeds;
mod holds;
mod input;
mod presence;
mod rules;
mod service;
mod store;
mod times;
mod views;

pub use api::HearingsApi;
pub(crate) use bookings::keep;
pub use feeds::FeedsApi;
pub use holds::HoldsApi;
pub(crate) use input::{
    AdjournHearing, Attendee, CancelHearing, NotifyOfHearing, RecordAttendance, RecordMinutes,
    ScheduleHearing,
};
pub(crate) use service::{adjourn, cancel, notify, record_attendance, record_minutes, schedule};
pub use times::TimesApi;
