//! What is answered about hearings.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::{attendance, hearing, hearing_notice};
use crate::words::{AttendeeKind, HearingMode, HearingResult, HearingStatus, Manner};

/// A hearing with its notices, attendance and minutes.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Hearing {
    #[oai(flatten)]
    summary: HearingSummary,
    /// The minutes as they were read back.
    minutes: Option<String>,
    /// Whether the minutes were read by, or read to, those present.
    minutes_read_back: Option<bool>,
    /// Who wrote the minutes.
    recorder_id: Option<Uuid>,
    /// Who was told of which time; those of an earlier time no longer count.
    notices: Vec<HearingNotice>,
    /// Who was there and who was not; empty until the hearing is held.
    attendance: Vec<Attendance>,
}

impl Hearing {
    /// The hearing with what the file holds of it.
    pub(super) fn new(hearing: hearing::Model, file: &CaseFile) -> Self {
        let notices = file.hearing_notices.iter().filter(|it| it.hearing_id == hearing.id);
        let attendance = file.attendances.iter().filter(|it| it.hearing_id == hearing.id);
        Self {
            notices: notices.cloned().map(HearingNotice::from).collect(),
            attendance: attendance.cloned().map(Attendance::from).collect(),
            minutes: hearing.minutes.clone(),
            minutes_read_back: hearing.minutes_read_back,
            recorder_id: hearing.recorder_id,
            summary: hearing.into(),
        }
    }

    pub(crate) fn id(&self) -> Uuid {
        self.summary.id
    }
}

/// A hearing in a list.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HearingSummary {
    id: Uuid,
    case_id: Uuid,
    /// Place among the hearings of the case, from 1.
    ordinal: i32,
    mode: HearingMode,
    /// The room that is booked for it.
    room_id: Option<Uuid>,
    /// Room and address.
    place: Option<String>,
    /// Where to join online.
    link: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    status: HearingStatus,
    /// Why it was adjourned or cancelled.
    reason: Option<String>,
    /// What it came to, as the minutes say.
    result: Option<HearingResult>,
}

impl From<hearing::Model> for HearingSummary {
    fn from(it: hearing::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            ordinal: it.ordinal,
            mode: it.mode,
            room_id: it.room_id,
            place: it.place,
            link: it.link,
            starts_at: it.starts_at,
            ends_at: it.ends_at,
            status: it.status,
            reason: it.reason,
            result: it.result,
        }
    }
}

/// That a party was told time, place and mediators of a hearing.
#[derive(Debug, Object)]
pub struct HearingNotice {
    id: Uuid,
    hearing_id: Uuid,
    party_id: Uuid,
    told_at: DateTime<Utc>,
    manner: Manner,
    /// The start that was told; the notice counts while the hearing still starts then.
    announced_for: DateTime<Utc>,
}

impl From<hearing_notice::Model> for HearingNotice {
    fn from(it: hearing_notice::Model) -> Self {
        Self {
            id: it.id,
            hearing_id: it.hearing_id,
            party_id: it.party_id,
            told_at: it.told_at,
            manner: it.manner,
            announced_for: it.announced_for,
        }
    }
}

/// One person at a hearing, or absent from it.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Attendance {
    kind: AttendeeKind,
    /// The party, the agent, the mediator's account, or the invitation.
    person_id: Uuid,
    present: bool,
    /// Whether the absence has a good reason.
    excused: bool,
    absence_reason: Option<String>,
}

impl From<attendance::Model> for Attendance {
    fn from(it: attendance::Model) -> Self {
        Self {
            kind: it.kind,
            person_id: it.person_id,
            present: it.present,
            excused: it.excused,
            absence_reason: it.absence_reason,
        }
    }
}

/// A hearing that was put off, and the one that takes its place.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Adjournment {
    pub(super) hearing: Hearing,
    /// The hearing that takes its place, if a time was named.
    pub(crate) successor: Option<Hearing>,
}
