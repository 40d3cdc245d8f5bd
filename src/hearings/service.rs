//! Scheduling, announcing, holding, adjourning and cancelling hearings.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::input::{
    AdjournHearing, Attendee, CancelHearing, NotifyOfHearing, RecordAttendance, RecordMinutes,
    ScheduleHearing,
};
use super::views::{Adjournment, Hearing, HearingNotice, HearingSummary};
use super::{presence, rules, store, times};
use crate::access::{Action, Allowed, Call, Subject, can};
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::cases::gates::{self, Question};
use crate::cases::{self, Step};
use crate::clock::shanghai_day;
use crate::database::{Cursor, Limit, Page, Reply, Work};
use crate::district;
use crate::entity::{attendance, hearing, hearing_notice};
use crate::error::{Error, Result};
use crate::mediators;
use crate::words::HearingStatus;

/// Where a hearing is read.
fn location(hearing_id: Uuid) -> String {
    format!("/api/v1/hearings/{hearing_id}")
}

pub(super) async fn list_of_case(
    app: &App,
    call: &Allowed<can::ListCaseHearings>,
    case_id: Uuid,
) -> Result<(i64, Vec<HearingSummary>)> {
    let mut file = cases::sighted(app, call, case_id).await?;
    file.hearings.sort_by_key(|it| it.ordinal);
    Ok((file.case.version, file.hearings.into_iter().map(HearingSummary::from).collect()))
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListHearings>,
    filter: store::Filter,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<hearing::Model>> {
    let limit = Limit::new(limit)?;
    let after: Option<(DateTime<Utc>, Uuid)> = Cursor::decode(cursor)?;
    let rows = store::list(app.database.reader(), call.sight(), filter, after, limit).await?;
    Ok(Page::cut(rows, limit, |it| (it.starts_at, it.id)))
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadHearing>,
    hearing_id: Uuid,
) -> Result<(i64, Hearing)> {
    let case_id = cases::case_of(app.database.reader(), hearing_id).await?;
    let file = cases::sighted(app, call, case_id).await?;
    let hearing = file.hearing(hearing_id).cloned().ok_or(Error::NotFound)?;
    Ok((file.case.version, Hearing::new(hearing, &file)))
}

pub(crate) async fn schedule(
    app: &App,
    call: &Allowed<can::ScheduleHearing>,
    case_id: Uuid,
    input: ScheduleHearing,
) -> Result<Reply<Hearing>> {
    let work = app.begin(call).await?;
    let step = cases::step(&work, call, case_id, None).await?;
    let hearing = insert_new(&work, &step.file, input).await?;
    finish(work, step, "hearing.scheduled", hearing, Reply::created).await
}

/// Moves a hearing to another time or place. Whoever was told of the earlier one has to be
/// told again (O121 20).
pub(super) async fn reschedule(
    app: &App,
    call: &Allowed<can::RescheduleHearing>,
    hearing_id: Uuid,
    input: ScheduleHearing,
) -> Result<Reply<Hearing>> {
    let work = app.begin(call).await?;
    let (mut step, mut hearing) = open(&work, call, hearing_id).await?;
    let appointment = appointment(&work, &step.file, input).await?;
    if rules::moved_at_same_time(&hearing, &appointment) {
        store::delete_notices(work.db(), hearing_id).await?;
        step.file.hearing_notices.retain(|it| it.hearing_id != hearing_id);
    }
    let ScheduleHearing { mode, room_id, place, link, starts_at, ends_at } = appointment;
    hearing = hearing::Model { mode, place, link, starts_at, ends_at, room_id, ..hearing };
    keep(work, step, "hearing.rescheduled", hearing, changed).await
}

pub(crate) async fn notify(
    app: &App,
    call: &Allowed<can::NotifyOfHearing>,
    hearing_id: Uuid,
    input: NotifyOfHearing,
) -> Result<Reply<HearingNotice>> {
    let work = app.begin(call).await?;
    let (Step { file, permit }, hearing) = open(&work, call, hearing_id).await?;
    cases::named_party(&file, "/party_id", input.party_id)?;
    cases::not_in_future("/told_at", input.told_at, work.now())?;
    rules::check_notice(&hearing, input.told_at)?;
    let notice = hearing_notice::Model {
        id: Uuid::now_v7(),
        case_id: hearing.case_id,
        hearing_id,
        party_id: input.party_id,
        told_at: input.told_at,
        manner: input.manner,
        announced_for: hearing.starts_at,
    };
    store::insert_notice(work.db(), notice.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("hearing.announced", &file.case, &case);
    let reply = Reply::created(location(hearing_id), case.version, notice.into());
    work.commit(permit, record, reply).await
}

/// Records who was there: from then on the hearing has been held.
pub(crate) async fn record_attendance(
    app: &App,
    call: &Allowed<can::RecordAttendance>,
    hearing_id: Uuid,
    RecordAttendance { attendees }: RecordAttendance,
) -> Result<Reply<Hearing>> {
    let work = app.begin(call).await?;
    let (mut step, mut hearing) = open(&work, call, hearing_id).await?;
    rules::check_attendance(&step.file, &attendees)?;
    for Attendee { kind, person_id, present, excused, absence_reason } in attendees {
        let attendance = attendance::Model {
            id: Uuid::now_v7(),
            case_id: hearing.case_id,
            hearing_id,
            kind,
            person_id,
            present,
            excused,
            absence_reason,
        };
        store::insert_attendance(work.db(), attendance.clone()).await?;
        step.file.attendances.push(attendance);
    }
    hearing.status = HearingStatus::Held;
    keep(work, step, "hearing.held", hearing, Reply::created).await
}

pub(crate) async fn record_minutes(
    app: &App,
    call: &Allowed<can::RecordMinutes>,
    hearing_id: Uuid,
    input: RecordMinutes,
) -> Result<Reply<Hearing>> {
    let work = app.begin(call).await?;
    let (step, mut hearing) = open(&work, call, hearing_id).await?;
    rules::check_read_back(input.read_back)?;
    hearing.minutes = Some(input.content);
    hearing.minutes_read_back = Some(input.read_back);
    hearing.result = Some(input.result);
    hearing.recorder_id = Some(step.permit.actor_id());
    keep(work, step, "minutes.recorded", hearing, Reply::created).await
}

/// Puts a hearing off; with a new time the next one is scheduled in the same step.
pub(crate) async fn adjourn(
    app: &App,
    call: &Allowed<can::AdjournHearing>,
    hearing_id: Uuid,
    input: AdjournHearing,
) -> Result<Reply<Adjournment>> {
    let work = app.begin(call).await?;
    let (Step { file, permit }, mut hearing) = open(&work, call, hearing_id).await?;
    let successor = match rules::successor(&hearing, input.starts_at, input.ends_at)? {
        Some(wish) => {
            refuse_if_shut(&file, call)?;
            Some(insert_new(&work, &file, wish).await?)
        }
        None => None,
    };
    hearing.status = HearingStatus::Adjourned;
    hearing.reason = Some(input.reason);
    store::update_hearing(work.db(), hearing.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let mut record = cases::record("hearing.adjourned", &file.case, &case);
    if let Some(next) = &successor {
        let data = json!({ "hearing_id": next.id, "status": case.status, "version": case.version });
        record = record.and("hearing.scheduled", Subject::case(case.id), data);
    }
    let body = Adjournment {
        hearing: Hearing::new(hearing, &file),
        successor: successor.map(|it| Hearing::new(it, &file)),
    };
    work.commit(permit, record, Reply::changed(case.version, body)).await
}

pub(crate) async fn cancel(
    app: &App,
    call: &Allowed<can::CancelHearing>,
    hearing_id: Uuid,
    input: CancelHearing,
) -> Result<Reply<Hearing>> {
    let work = app.begin(call).await?;
    let (step, mut hearing) = open(&work, call, hearing_id).await?;
    hearing.status = HearingStatus::Cancelled;
    hearing.reason = Some(input.reason);
    keep(work, step, "hearing.cancelled", hearing, changed).await
}

/// The step on the case of a hearing, and the hearing.
async fn open(work: &Work, call: &Call, hearing_id: Uuid) -> Result<(Step, hearing::Model)> {
    let case_id = cases::case_of(work.db(), hearing_id).await?;
    let step = cases::step(work, call, case_id, Some(hearing_id)).await?;
    let hearing = step.file.hearing(hearing_id).cloned().ok_or(Error::NotFound)?;
    Ok((step, hearing))
}

/// A hearing that follows an adjourned one passes the gates of every other.
fn refuse_if_shut(file: &CaseFile, call: &Call) -> Result<()> {
    let question = Question {
        file,
        action: Action::ScheduleHearing,
        target: None,
        asker: call.actor().id,
        role: call.actor().role,
    };
    let unmet = gates::check(question);
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

/// A time and a place that can be kept, and at which nobody is known to be away; whether they
/// are free is held by the bookings.
async fn appointment(
    work: &Work,
    file: &CaseFile,
    wish: ScheduleHearing,
) -> Result<ScheduleHearing> {
    let venue = match wish.room_id {
        Some(id) => {
            let found = district::venue(work.db(), id).await?;
            Some(found.ok_or_else(|| Error::unknown_reference("/room_id", id))?)
        }
        None => None,
    };
    let appointment = rules::appointment(wish, venue.as_ref(), work.now())?;
    let (starts_at, ends_at) = (appointment.starts_at, appointment.ends_at);
    let panel: Vec<Uuid> = file.panel().map(|it| it.mediator_id).collect();
    let absences = mediators::absences(work.db(), &panel, Some(shanghai_day(starts_at))).await?;
    let times = times::of_case(work.db(), file.case.id).await?;
    presence::check(file, &absences, &times, (starts_at, ends_at))?;
    Ok(appointment)
}

async fn insert_new(work: &Work, file: &CaseFile, wish: ScheduleHearing) -> Result<hearing::Model> {
    let ScheduleHearing { mode, room_id, place, link, starts_at, ends_at } =
        appointment(work, file, wish).await?;
    let last = file.hearings.iter().map(|it| it.ordinal).max().unwrap_or(0);
    let hearing = hearing::Model {
        id: Uuid::now_v7(),
        case_id: file.case.id,
        ordinal: last + 1,
        mode,
        place,
        link,
        starts_at,
        ends_at,
        status: HearingStatus::Scheduled,
        reason: None,
        minutes: None,
        minutes_read_back: None,
        result: None,
        recorder_id: None,
        room_id,
    };
    store::insert_hearing(work.db(), hearing.clone()).await?;
    Ok(hearing)
}

fn changed(_location: String, version: i64, hearing: Hearing) -> Reply<Hearing> {
    Reply::changed(version, hearing)
}

/// What a step answers: created or changed.
type Answer = fn(String, i64, Hearing) -> Reply<Hearing>;

/// Writes the hearing and ends the step on its case.
async fn keep(
    work: Work,
    step: Step,
    kind: &'static str,
    hearing: hearing::Model,
    answer: Answer,
) -> Result<Reply<Hearing>> {
    store::update_hearing(work.db(), hearing.clone()).await?;
    finish(work, step, kind, hearing, answer).await
}

async fn finish(
    work: Work,
    Step { file, permit }: Step,
    kind: &'static str,
    hearing: hearing::Model,
    answer: Answer,
) -> Result<Reply<Hearing>> {
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record(kind, &file.case, &case);
    let reply = answer(location(hearing.id), case.version, Hearing::new(hearing, &file));
    work.commit(permit, record, reply).await
}
