//! Adding, reading and withdrawing evidence.

use serde_json::json;
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;
use uuid::Uuid;

use super::held::{Held, Portion};
use super::input::{Submission, WithdrawEvidence};
use super::names::known_as;
use super::receiving::{Received, Thumbnail, receive};
use super::store;
use super::views::Evidence;
use crate::access::{Allowed, Call, Subject, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::{Record, Reply};
use crate::entity::evidence;
use crate::error::{Error, Result};
use crate::http::{Content, Picture, StoredFile, Upload};
use crate::words::Role;

/// Takes a file. Whoever is refused while sending gets to read why.
pub(crate) async fn add(
    app: &App,
    call: Allowed<can::AddEvidence>,
    case_id: Uuid,
    submission: Result<Submission>,
    mut upload: Upload,
) -> Result<Reply<Evidence>> {
    let received = match submission {
        Ok(submission) => {
            let taken = take(app, &call, case_id, &submission, &mut upload).await;
            taken.map(|it| (submission, it))
        }
        Err(error) => Err(error),
    };
    let (submission, received) = match received {
        Ok(received) => received,
        Err(error) => {
            upload.let_go().await;
            return Err(error);
        }
    };
    let call = call.having_read(&fingerprint(&submission, &received));
    // From here on it is done to its end, also when the caller has gone: object and row are both
    // there then, or neither.
    let app = app.clone();
    let keeping = async move { keep(&app, &call, case_id, submission, received).await };
    tokio::spawn(keeping.in_current_span()).await.map_err(Error::internal)?
}

/// Nothing is read from somebody who would be refused anyway.
async fn take(
    app: &App,
    call: &Call,
    case_id: Uuid,
    submission: &Submission,
    upload: &mut Upload,
) -> Result<Received> {
    let file = cases::foresee(app, call, case_id).await?;
    if let Some(party_id) = submission.submitted_by {
        cases::named_party(&file, "?submitted_by", party_id)?;
    }
    let limit = app.settings.evidence_limit;
    receive(&app.storage, upload, limit, &submission.file_name).await
}

/// What else makes a repeat another request: the content, and what came in headers.
fn fingerprint(submission: &Submission, received: &Received) -> String {
    let said = json!([received.digest.sha256, submission.file_name, submission.title]);
    hex::encode(Sha256::digest(said.to_string()))
}

/// First the objects, which nobody speaks of yet, then the row. Without the row they go again;
/// what a crash leaves, `huijie evidence verify` finds.
async fn keep(
    app: &App,
    call: &Allowed<can::AddEvidence>,
    case_id: Uuid,
    submission: Submission,
    received: Received,
) -> Result<Reply<Evidence>> {
    let mut placed = Vec::new();
    let entered = place(app, call, case_id, submission, received, &mut placed).await;
    if entered.is_err()
        && let Err(error) = take_away(app, placed).await
    {
        tracing::warn!(%error, "objects without a row are left");
    }
    entered
}

async fn place(
    app: &App,
    call: &Allowed<can::AddEvidence>,
    case_id: Uuid,
    submission: Submission,
    received: Received,
    placed: &mut Vec<String>,
) -> Result<Reply<Evidence>> {
    let Received { file, digest, file_type, thumbnail } = received;
    let object_key = app.storage.keep(file).await?;
    placed.push(object_key.clone());
    let (mut thumbnail_key, mut thumbnail_sha256) = (None, None);
    if let Some(Thumbnail { file, sha256 }) = thumbnail {
        let key = app.storage.keep(file).await?;
        placed.push(key.clone());
        (thumbnail_key, thumbnail_sha256) = (Some(key), Some(sha256));
    }
    let row = evidence::Model {
        id: Uuid::now_v7(),
        case_id,
        kind: submission.kind,
        title: submission.title,
        file_name: submission.file_name,
        file_type,
        size: i64::try_from(digest.size).map_err(Error::internal)?,
        sha256: digest.sha256,
        object_key,
        thumbnail_key,
        thumbnail_sha256,
        visibility: submission.visibility,
        submitted_by: submission.submitted_by,
        added_by: call.actor().id,
        added_at: app.clock.now(),
        withdrawn_by: None,
        withdrawn_at: None,
        withdrawal_reason: None,
    };
    enter(app, call, row).await
}

/// A commit may be done and its answer lost: then a row speaks of them, and they stay.
async fn take_away(app: &App, placed: Vec<String>) -> Result<()> {
    let spoken_of = store::spoken_of(app.database.reader(), &placed).await?;
    for key in placed.iter().filter(|it| !spoken_of.contains(*it)) {
        app.storage.remove(key).await?;
    }
    Ok(())
}

async fn enter(
    app: &App,
    call: &Allowed<can::AddEvidence>,
    mut row: evidence::Model,
) -> Result<Reply<Evidence>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, row.case_id, None).await?;
    if let Some(party_id) = row.submitted_by {
        cases::named_party(&file, "?submitted_by", party_id)?;
    }
    if let Some(first) = store::same_content(work.db(), row.case_id, &row.sha256).await? {
        return Err(Error::SameContent(first));
    }
    row.added_at = work.now();
    store::insert_evidence(work.db(), row.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let subject = Subject::evidence(row.id, row.case_id);
    let data = json!({
        "kind": row.kind,
        "file_type": row.file_type,
        "size": row.size,
        "sha256": row.sha256,
        "visibility": row.visibility,
        "submitted_by": row.submitted_by,
        "version": case.version,
    });
    let record = Record::event("evidence.added", subject, data).change(None::<&()>, Some(&row));
    let location = format!("{}/evidence/{}", cases::location(row.case_id), row.id);
    let reply = Reply::created(location, case.version, Evidence::from(row));
    work.commit(permit.about(subject), record, reply).await
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListEvidence>,
    case_id: Uuid,
) -> Result<(i64, Vec<Evidence>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let rows = store::of_case(app.database.reader(), case_id).await?;
    Ok((file.case.version, rows.into_iter().map(Evidence::from).collect()))
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadEvidence>,
    case_id: Uuid,
    id: Uuid,
) -> Result<(i64, Evidence)> {
    let (version, row) = found(app, call, case_id, id).await?;
    Ok((version, row.into()))
}

async fn found(app: &App, call: &Call, case_id: Uuid, id: Uuid) -> Result<(i64, evidence::Model)> {
    let file = cases::sighted(app, call, case_id).await?;
    let row = store::find(app.database.reader(), case_id, id).await?.ok_or(Error::NotFound)?;
    Ok((file.case.version, row))
}

/// What may be looked into. What was withdrawn is for those who answer for it.
async fn opened(app: &App, call: &Call, case_id: Uuid, id: Uuid) -> Result<evidence::Model> {
    let (_, row) = found(app, call, case_id, id).await?;
    let answers_for_it = matches!(call.actor().role, Role::Director | Role::Supervisor);
    if row.withdrawn_at.is_some() && !answers_for_it {
        return Err(Error::Withheld);
    }
    Ok(row)
}

async fn object(app: &App, key: &str) -> Result<Content> {
    let content = app.storage.read(key, None).await?;
    content.ok_or_else(|| Error::internal(format!("the object {key} is missing")))
}

/// The content, or the part of it that is asked for.
pub(super) async fn content(
    app: &App,
    call: &Allowed<can::ReadEvidenceContent>,
    case_id: Uuid,
    id: Uuid,
    portion: Portion<'_>,
) -> Result<StoredFile> {
    let row = opened(app, call, case_id, id).await?;
    let held = Held {
        media_type: known_as(row.file_type).0,
        file_name: row.file_name,
        key: row.object_key,
        sha256: row.sha256,
        size: row.size,
    };
    held.give(&app.storage, portion).await
}

pub(super) async fn thumbnail(
    app: &App,
    call: &Allowed<can::ReadEvidenceThumbnail>,
    case_id: Uuid,
    id: Uuid,
) -> Result<Picture> {
    let row = opened(app, call, case_id, id).await?;
    let (Some(key), Some(sha256)) = (row.thumbnail_key, row.thumbnail_sha256) else {
        return Err(Error::NoThumbnail);
    };
    let content = object(app, &key).await?;
    Ok(Picture { media_type: "image/jpeg", sha256, content })
}

/// Marks it; the content stays for the archive.
pub(super) async fn withdraw(
    app: &App,
    call: &Allowed<can::WithdrawEvidence>,
    case_id: Uuid,
    id: Uuid,
    input: WithdrawEvidence,
) -> Result<Reply<Evidence>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(id)).await?;
    let before = file.evidence.iter().find(|it| it.id == id).cloned().ok_or(Error::NotFound)?;
    let row = evidence::Model {
        withdrawn_by: Some(permit.actor_id()),
        withdrawn_at: Some(work.now()),
        withdrawal_reason: Some(input.reason),
        ..before.clone()
    };
    store::mark_withdrawn(work.db(), &row).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let subject = Subject::evidence(id, case_id);
    let data = json!({ "sha256": row.sha256, "version": case.version });
    let record =
        Record::event("evidence.withdrawn", subject, data).change(Some(&before), Some(&row));
    let reply = Reply::changed(case.version, Evidence::from(row));
    work.commit(permit.about(subject), record, reply).await
}
