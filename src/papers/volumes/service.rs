//! Beginning a case file, following it, giving it out.

use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::runtime::Handle;
use tracing::Instrument as _;
use uuid::Uuid;

use super::binding::{Bound, Material, bind};
use super::views::{Volume, is_under_way};
use super::{items, store};
use crate::access::{Allowed, Call, Subject, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::{Record, Reply};
use crate::entity::volume;
use crate::error::{Error, Result};
use crate::evidence::{Held, Portion};
use crate::http::StoredFile;
use crate::language::Text;
use crate::papers::gathering::gather;
use crate::papers::store as papers;
use crate::parties;
use crate::request::RequestFacts;
use crate::words::{PaperForm, VolumeStatus};

/// Begins a file of the case as it stands; what it is made of is read now.
pub(super) async fn make(
    app: &App,
    call: &Allowed<can::MakeVolume>,
    case_id: Uuid,
    purpose: Option<&str>,
) -> Result<Reply<Volume>> {
    let file = cases::sighted(app, call, case_id).await?;
    call.permit(case_id, file.ownership())?;
    let known = gather(app, call, file, purpose.is_some()).await?;
    let papers = papers::of_case(app.database.reader(), case_id).await?;
    let parts = items::parts(&known, &written(&papers)?)?;

    let work = app.begin(call).await?;
    let Step { file, permit } = cases::open(&work, call, case_id).await?;
    if file.case.version != known.file.case.version {
        return Err(Error::Stale);
    }
    let others = store::of_case(work.db(), case_id).await?;
    if others.iter().any(|it| is_under_way(it, work.now())) {
        return Err(Error::refused(
            "volume_under_way",
            Text::new(
                "本案卷宗正在制作，请待完成后再制作。",
                "A file of this case is being made; wait until it is finished.",
            ),
            &[],
        ));
    }
    let row = volume::Model {
        id: Uuid::now_v7(),
        case_id,
        case_version: file.case.version,
        status: VolumeStatus::Running,
        unmasked: purpose.is_some(),
        done: 0,
        total: i32::try_from(parts.len()).unwrap_or(i32::MAX),
        failure: None,
        contents: None,
        archival: None,
        pages: None,
        pdf_key: None,
        pdf_sha256: None,
        pdf_size: None,
        zip_key: None,
        zip_sha256: None,
        zip_size: None,
        made_by: permit.actor_id(),
        begun_at: work.now(),
        beat_at: work.now(),
        ended_at: None,
    };
    store::insert_volume(work.db(), row.clone()).await?;
    let subject = Subject::volume(row.id, case_id);
    let data = json!({ "case_version": row.case_version, "unmasked": row.unmasked });
    let mut record = Record::event("volume.begun", subject, data);
    if let Some(purpose) = purpose {
        record = parties::unmasked(record, &file, purpose);
    }
    let location = format!("{}/volumes/{}", cases::location(case_id), row.id);
    let body = Volume::new(row.clone(), work.now());
    let reply = Reply { status: 202, location: Some(location), version: None, body };
    let reply = work.commit(permit.about(subject), record, reply).await?;
    let material = Material { app: app.clone(), known, parts, papers };
    tokio::spawn(run(app.clone(), row, material).in_current_span());
    Ok(reply)
}

/// What somebody wrote or had calculated: of notes the last, of calculations each.
fn written(rows: &[crate::entity::paper::Model]) -> Result<Vec<documents::Paper>> {
    let note = rows.iter().rev().find(|it| it.form == PaperForm::SituationNote);
    let sheets = rows.iter().filter(|it| it.form == PaperForm::CalculationSheet);
    let data = sheets.chain(note).filter_map(|it| it.content.as_deref());
    data.map(|it| serde_json::from_str(it).map_err(Error::internal)).collect()
}

/// Makes it, and writes down how it ended.
async fn run(app: App, row: volume::Model, material: Material) {
    let ended = match made(&app, &row, material).await {
        Ok(bound) => keep(&app, row.clone(), bound).await,
        Err(error) => Err(error),
    };
    if let Err(error) = ended {
        tracing::warn!(volume = %row.id, %error, "the case file was not made");
        let failed = volume::Model {
            status: VolumeStatus::Failed,
            failure: Some(told(&error)),
            ended_at: Some(app.clock.now()),
            ..row
        };
        if let Err(error) = finish(&app, failed, "volume.failed").await {
            tracing::warn!(%error, "nor could that be written down");
        }
    }
}

/// What the caller may know of it.
fn told(error: &Error) -> String {
    match error {
        Error::Refused(unmet) => {
            let details = unmet.iter().map(|it| format!("{} {}", it.detail.zh, it.detail.en));
            details.collect::<Vec<_>>().join(" ")
        }
        _ => "系统故障，请重试。A fault of the system; try again.".to_owned(),
    }
}

async fn made(app: &App, row: &volume::Model, material: Material) -> Result<Bound> {
    let (handle, id) = (Handle::current(), row.id);
    let pulse = app.clone();
    let waiting = beats(app.clone(), id);
    let binding = app.press.bind(move |engine| {
        let mut last = pulse.clock.now();
        bind(&handle, engine, &material, |done, total| {
            let now = pulse.clock.now();
            if due(last, now) || done == total {
                last = now;
                let steps = |it| i32::try_from(it).unwrap_or(i32::MAX);
                let told =
                    store::beat(pulse.database.writer(), id, now, (steps(done), steps(total)));
                if let Err(error) = handle.block_on(told) {
                    tracing::warn!(%error, "how far the case file is could not be told");
                }
            }
        })
    });
    tokio::select! {
        bound = binding => bound,
        () = waiting => Err(Error::internal("beats do not end")),
    }
}

/// Not oftener than twice a second.
fn due(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - last).num_milliseconds() >= 500
}

/// Says every half minute that somebody is at it, also while another file is being made or a
/// long one is set.
async fn beats(app: App, id: Uuid) {
    let mut pulse = tokio::time::interval(std::time::Duration::from_secs(30));
    loop {
        pulse.tick().await;
        if let Err(error) = store::alive(app.database.writer(), id, app.clock.now()).await {
            tracing::warn!(%error, "that the case file is being made could not be told");
        }
    }
}

/// First the objects, then the row that speaks of them.
async fn keep(app: &App, row: volume::Model, bound: Bound) -> Result<()> {
    let pdf = app.storage.put(&bound.pdf).await?;
    let zip_key = match app.storage.keep(bound.zip).await {
        Ok(key) => key,
        Err(error) => {
            app.storage.remove(&pdf.key).await?;
            return Err(error);
        }
    };
    let keys = [pdf.key.clone(), zip_key.clone()];
    let size = |it: u64| i64::try_from(it).map_err(Error::internal);
    let steps = i32::try_from(bound.contents.len()).unwrap_or(i32::MAX);
    let row = volume::Model {
        status: VolumeStatus::Finished,
        done: steps,
        total: steps,
        contents: Some(serde_json::to_string(&bound.contents).map_err(Error::internal)?),
        archival: Some(bound.archival),
        pages: Some(i32::try_from(bound.pages).map_err(Error::internal)?),
        pdf_key: Some(pdf.key),
        pdf_sha256: Some(pdf.sha256),
        pdf_size: Some(size(pdf.size)?),
        zip_key: Some(zip_key),
        zip_sha256: Some(bound.zip_sha256),
        zip_size: Some(size(bound.zip_size)?),
        ended_at: Some(app.clock.now()),
        ..row
    };
    let kept = finish(app, row, "volume.finished").await;
    if kept.is_err() {
        for key in keys {
            app.storage.remove(&key).await?;
        }
    }
    kept
}

/// Writes the end of it, with its event.
async fn finish(app: &App, row: volume::Model, kind: &'static str) -> Result<()> {
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let subject = Subject::volume(row.id, row.case_id);
    let data = json!({
        "status": row.status,
        "pages": row.pages,
        "pdf_sha256": row.pdf_sha256,
        "zip_sha256": row.zip_sha256,
    });
    store::finish(work.db(), row).await?;
    let record = Record::event(kind, subject, data);
    work.commit_unattended("make_volume", subject, record).await
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListVolumes>,
    case_id: Uuid,
) -> Result<(i64, Vec<Volume>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let rows = store::of_case(app.database.reader(), case_id).await?;
    let now = app.clock.now();
    Ok((file.case.version, rows.into_iter().map(|it| Volume::new(it, now)).collect()))
}

async fn found(app: &App, call: &Call, case_id: Uuid, id: Uuid) -> Result<volume::Model> {
    cases::sighted(app, call, case_id).await?;
    store::find(app.database.reader(), case_id, id).await?.ok_or(Error::NotFound)
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadVolume>,
    case_id: Uuid,
    id: Uuid,
) -> Result<Volume> {
    Ok(Volume::new(found(app, call, case_id, id).await?, app.clock.now()))
}

fn unfinished() -> Error {
    Error::refused(
        "volume_not_finished",
        Text::new("卷宗尚未制作完成。", "The file is not finished."),
        &[],
    )
}

/// The name a file is saved under.
fn name(row: &volume::Model, ending: &str) -> String {
    format!("卷宗 {}.{ending}", row.begun_at.format("%Y%m%d"))
}

pub(super) async fn pdf(
    app: &App,
    call: &Allowed<can::ReadVolumePdf>,
    case_id: Uuid,
    id: Uuid,
    portion: Portion<'_>,
) -> Result<StoredFile> {
    let it = found(app, call, case_id, id).await?;
    let file_name = name(&it, "pdf");
    let (Some(key), Some(sha256), Some(size)) = (it.pdf_key, it.pdf_sha256, it.pdf_size) else {
        return Err(unfinished());
    };
    let held = Held { media_type: "application/pdf", file_name, key, sha256, size };
    held.give(&app.storage, portion).await
}

pub(super) async fn zip(
    app: &App,
    call: &Allowed<can::ReadVolumeZip>,
    case_id: Uuid,
    id: Uuid,
    portion: Portion<'_>,
) -> Result<StoredFile> {
    let it = found(app, call, case_id, id).await?;
    let file_name = name(&it, "zip");
    let (Some(key), Some(sha256), Some(size)) = (it.zip_key, it.zip_sha256, it.zip_size) else {
        return Err(unfinished());
    };
    let held = Held { media_type: "application/zip", file_name, key, sha256, size };
    held.give(&app.storage, portion).await
}
