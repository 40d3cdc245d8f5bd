//! What is sent about hearings.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::{EXAMPLE_ID, example_instant};
use crate::words::{AttendeeKind, HearingMode, HearingResult, Manner};

/// Ten in the morning of a working day far ahead, in Shanghai, so that examples stay valid.
pub(super) fn example_start() -> DateTime<Utc> {
    DateTime::from_timestamp(2_079_136_800, 0).unwrap_or_default()
}

/// When, where and how a hearing is held.
#[derive(Debug, Clone, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ScheduleHearing {
    pub mode: HearingMode,
    /// A room of the district; then it is booked, and its address is the place. On site either
    /// this or `place`.
    pub room_id: Option<Uuid>,
    /// Where it is, when it is not in a room of the district.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub place: Option<String>,
    /// Where to join, an `https` address; required online.
    #[oai(validator(
        max_length = 500,
        pattern = r"^https://[A-Za-z0-9.\-]+(:[0-9]{1,5})?([/?#]\S*)?$"
    ))]
    pub link: Option<String>,
    /// In the future, at most ten years ahead; in a room, within its opening hours.
    pub starts_at: DateTime<Utc>,
    /// After the start, on the same day in Shanghai, at most 8 hours later.
    pub ends_at: DateTime<Utc>,
}

impl Example for ScheduleHearing {
    fn example() -> Self {
        Self {
            mode: HearingMode::OnSite,
            room_id: None,
            place: Some("徐家汇街道司法所二号调解室".to_owned()),
            link: None,
            starts_at: example_start(),
            ends_at: example_start() + TimeDelta::minutes(90),
        }
    }
}

/// That a party was told time, place and mediators.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NotifyOfHearing {
    /// The party who was told.
    pub party_id: Uuid,
    /// When it was told; before the hearing, and not in the future.
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
}

impl Example for NotifyOfHearing {
    fn example() -> Self {
        Self { party_id: EXAMPLE_ID, told_at: example_instant(), manner: Manner::Sms }
    }
}

/// Who was there and who was not.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordAttendance {
    /// Every party, and whoever else was there. Nobody twice.
    #[oai(validator(min_items = 1, max_items = 100))]
    pub attendees: Vec<Attendee>,
}

impl Example for RecordAttendance {
    fn example() -> Self {
        let party = Attendee::example;
        let mediator = Attendee { kind: AttendeeKind::Mediator, ..Attendee::example() };
        Self { attendees: vec![party(), party(), mediator] }
    }
}

/// One person at a hearing, or absent from it.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Attendee {
    pub kind: AttendeeKind,
    /// The party, the agent, the mediator's account, or the invitation.
    pub person_id: Uuid,
    pub present: bool,
    /// Whether the absence has a good reason.
    #[oai(default)]
    pub excused: bool,
    /// Why the person is absent; required of a party for whom no agent is there.
    #[oai(validator(min_length = 1, max_length = 500))]
    pub absence_reason: Option<String>,
}

impl Example for Attendee {
    fn example() -> Self {
        Self {
            kind: AttendeeKind::Party,
            person_id: EXAMPLE_ID,
            present: true,
            excused: false,
            absence_reason: None,
        }
    }
}

/// The minutes of a hearing (调解笔录).
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordMinutes {
    /// Each side's account, what was checked, what was proposed and what came of it.
    #[oai(validator(min_length = 1, max_length = 20000))]
    pub content: String,
    pub result: HearingResult,
    /// That the minutes were read by, or read to, those present; must be `true`.
    pub read_back: bool,
}

impl Example for RecordMinutes {
    fn example() -> Self {
        Self {
            content: "申请人陈述：门店停业后无法继续上课，要求退还剩余课时费。\
                      被申请人陈述：同意退款，金额以系统记录为准。\
                      双方核对记录，剩余 32 节课，合计 6400 元。"
                .to_owned(),
            result: HearingResult::Agreement,
            read_back: true,
        }
    }
}

/// Why a hearing is put off, and to when.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AdjournHearing {
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub reason: String,
    /// Start of the hearing that takes its place; together with `ends_at`.
    pub starts_at: Option<DateTime<Utc>>,
    /// End of the hearing that takes its place; together with `starts_at`.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Example for AdjournHearing {
    fn example() -> Self {
        Self {
            reason: "被申请人需要一周时间核对账目。".to_owned(),
            starts_at: Some(example_start() + TimeDelta::days(7)),
            ends_at: Some(example_start() + TimeDelta::days(7) + TimeDelta::hours(1)),
        }
    }
}

/// Why a hearing is not held.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CancelHearing {
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub reason: String,
}

impl Example for CancelHearing {
    fn example() -> Self {
        Self { reason: "双方已自行和解。".to_owned() }
    }
}
