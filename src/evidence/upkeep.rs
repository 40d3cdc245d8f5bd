//! Whether what is kept is what was sent: every object is read and held against its row; objects
//! and files that no row speaks of are what a crash has left.

use chrono::TimeDelta;
use futures_util::stream::TryStreamExt as _;
use uuid::Uuid;

use super::storage::Digest;
use super::store;
use crate::app::App;
use crate::entity::evidence;
use crate::error::Result;
use crate::papers;

/// How many rows or objects are looked at in one go.
const BATCH: usize = 500;

/// What is younger may be on its way to its row.
const YOUNG: TimeDelta = TimeDelta::hours(1);

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many objects were read.
    pub objects: u64,
    pub differences: Vec<Difference>,
    /// Keys of objects and names of files that nothing speaks of.
    pub leftovers: Vec<String>,
}

/// An object that is not as it was sent.
#[derive(Debug)]
pub struct Difference {
    pub case_id: Uuid,
    /// The evidence, the paper or the case file whose object it is.
    pub owner_id: Uuid,
    pub key: String,
    pub what: String,
}

/// Reads every object and, if `mend`, takes away what a crash has left. `progress` hears how many
/// objects were read.
pub async fn verify(app: &App, mend: bool, mut progress: impl FnMut(u64)) -> Result<Checked> {
    let mut checked = Checked::default();
    let mut after = Uuid::nil();
    loop {
        let rows = store::batch(app.database.reader(), after, BATCH as u64).await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        for row in rows {
            check(app, &row, &mut checked).await?;
        }
        progress(checked.objects);
    }
    check_papers(app, &mut checked, &mut progress).await?;
    let old = app.clock.now() - YOUNG;
    let mut objects = app.storage.all().try_chunks(BATCH);
    let mut left = Vec::new();
    while let Some(some) = objects.try_next().await.map_err(|it| it.1)? {
        let aged = some.into_iter().filter(|it| it.written_at < old);
        let keys: Vec<String> = aged.map(|it| it.key).collect();
        let mut known = store::spoken_of(app.database.reader(), &keys).await?;
        known.extend(papers::spoken_of(app.database.reader(), &keys).await?);
        left.extend(keys.into_iter().filter(|it| !known.contains(it)));
    }
    for key in left {
        if mend {
            app.storage.remove(&key).await?;
        }
        checked.leftovers.push(key);
    }
    for file in app.storage.left_incoming(old)? {
        if mend {
            // Gone by itself is gone as well.
            let _ = tokio::fs::remove_file(&file).await;
        }
        checked.leftovers.push(file.display().to_string());
    }
    Ok(checked)
}

async fn check(app: &App, row: &evidence::Model, checked: &mut Checked) -> Result<()> {
    let size = u64::try_from(row.size).unwrap_or_default();
    let content = (Some(&row.object_key), Some(&row.sha256), Some(size));
    let thumbnail = (row.thumbnail_key.as_ref(), row.thumbnail_sha256.as_ref(), None);
    for (key, sha256, size) in [content, thumbnail] {
        let (Some(key), Some(sha256)) = (key, sha256) else { continue };
        let found = app.storage.digest(key).await?;
        checked.objects += 1;
        if let Some(what) = difference(found.as_ref(), sha256, size) {
            let (case_id, owner_id, key) = (row.case_id, row.id, key.clone());
            checked.differences.push(Difference { case_id, owner_id, key, what });
        }
    }
    Ok(())
}

/// The same for papers and case files.
async fn check_papers(
    app: &App,
    checked: &mut Checked,
    progress: &mut impl FnMut(u64),
) -> Result<()> {
    let db = app.database.reader();
    let mut after = Uuid::nil();
    loop {
        let kept = papers::kept(db, after, BATCH as u64).await?;
        let Some(last) = kept.last() else { break };
        after = last.id;
        check_kept(app, kept, checked).await?;
        progress(checked.objects);
    }
    check_kept(app, papers::kept_volumes(db).await?, checked).await
}

async fn check_kept(app: &App, kept: Vec<papers::Kept>, checked: &mut Checked) -> Result<()> {
    for it in kept {
        let found = app.storage.digest(&it.key).await?;
        checked.objects += 1;
        if let Some(what) = difference(found.as_ref(), &it.sha256, None) {
            let papers::Kept { case_id, id: owner_id, key, .. } = it;
            checked.differences.push(Difference { case_id, owner_id, key, what });
        }
    }
    Ok(())
}

fn difference(found: Option<&Digest>, sha256: &str, size: Option<u64>) -> Option<String> {
    let Some(found) = found else { return Some("it is missing".to_owned()) };
    if let Some(size) = size.filter(|it| *it != found.size) {
        return Some(format!("it has {} bytes, not {size}", found.size));
    }
    (found.sha256 != sha256).then(|| format!("its SHA-256 is {}, not {sha256}", found.sha256))
}
