//! Whether what is kept is what was sent: every object, of evidence and of the other rooms that
//! keep something here, is read and held against its row; objects and files that no row speaks of
//! are what a crash has left.

use chrono::TimeDelta;
use futures_util::stream::TryStreamExt as _;
use uuid::Uuid;

use super::storage::Digest;
use super::store;
use crate::agreements::{kept_drawings, spoken_of_drawings};
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
    /// What the row is that speaks of it: `evidence`, `signature`, `paper`, `volume`.
    pub noun: &'static str,
    /// The id of that row.
    pub id: Uuid,
    pub key: String,
    pub what: String,
}

/// An object as the row that speaks of it knows it.
#[derive(Debug)]
pub(crate) struct Kept {
    pub case_id: Uuid,
    pub noun: &'static str,
    pub id: Uuid,
    pub key: String,
    pub sha256: String,
    /// In bytes, where it is known.
    pub size: Option<u64>,
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
        for kept in rows.iter().flat_map(kept_of) {
            check(app, kept, &mut checked).await?;
        }
        progress(checked.objects);
    }
    after = Uuid::nil();
    loop {
        let drawings = kept_drawings(app.database.reader(), after, BATCH as u64).await?;
        let Some(last) = drawings.last() else { break };
        after = last.id;
        for kept in drawings {
            check(app, kept, &mut checked).await?;
        }
        progress(checked.objects);
    }
    after = Uuid::nil();
    loop {
        let papers = papers::kept(app.database.reader(), after, BATCH as u64).await?;
        let Some(last) = papers.last() else { break };
        after = last.id;
        for kept in papers {
            check(app, kept, &mut checked).await?;
        }
        progress(checked.objects);
    }
    for kept in papers::kept_volumes(app.database.reader()).await? {
        check(app, kept, &mut checked).await?;
        progress(checked.objects);
    }
    let old = app.clock.now() - YOUNG;
    let mut objects = app.storage.all().try_chunks(BATCH);
    let mut left = Vec::new();
    while let Some(some) = objects.try_next().await.map_err(|it| it.1)? {
        let aged = some.into_iter().filter(|it| it.written_at < old);
        let keys: Vec<String> = aged.map(|it| it.key).collect();
        let mut known = store::spoken_of(app.database.reader(), &keys).await?;
        known.extend(papers::spoken_of(app.database.reader(), &keys).await?);
        known.extend(spoken_of_drawings(app.database.reader(), &keys).await?);
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

/// What a material of evidence keeps: its content, and a small picture of some.
fn kept_of(row: &evidence::Model) -> Vec<Kept> {
    let size = u64::try_from(row.size).unwrap_or_default();
    let content = (Some(&row.object_key), Some(&row.sha256), Some(size));
    let thumbnail = (row.thumbnail_key.as_ref(), row.thumbnail_sha256.as_ref(), None);
    let kept = |(key, sha256, size): (Option<&String>, Option<&String>, Option<u64>)| {
        let (case_id, noun, id) = (row.case_id, "evidence", row.id);
        Some(Kept { case_id, noun, id, key: key?.clone(), sha256: sha256?.clone(), size })
    };
    [content, thumbnail].into_iter().filter_map(kept).collect()
}

async fn check(app: &App, kept: Kept, checked: &mut Checked) -> Result<()> {
    let found = app.storage.digest(&kept.key).await?;
    checked.objects += 1;
    if let Some(what) = difference(found.as_ref(), &kept.sha256, kept.size) {
        let Kept { case_id, noun, id, key, .. } = kept;
        checked.differences.push(Difference { case_id, noun, id, key, what });
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
