//! Drawn signatures in the storage of evidence: first the object, which nobody speaks of yet,
//! then the row of the signature. Without the row the object goes again; what a crash leaves,
//! `huijie evidence verify` finds.

use std::collections::BTreeSet;
use std::io::Write as _;

use sea_orm::ConnectionTrait;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use uuid::Uuid;

use super::input::Drawing;
use super::{drawing, store};
use crate::app::App;
use crate::error::{Error, Result};
use crate::evidence::Kept;

/// A picture that may be kept.
#[derive(Debug)]
pub(super) struct Drawn {
    file: NamedTempFile,
    sha256: String,
}

/// A picture in its place.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub key: String,
    pub sha256: String,
}

/// Checks or draws the picture: few at once, off the threads that answer requests.
pub(super) async fn make(app: &App, drawing: Drawing) -> Result<Drawn> {
    let _permit = app.storage.look().await?;
    let mut file = app.storage.receive()?;
    let made = tokio::task::spawn_blocking(move || {
        let png = drawing::picture(&drawing).map_err(|it| Error::Invalid(vec![it]))?;
        let full = |cause| Error::Unavailable(format!("a drawing that comes in: {cause}"));
        file.write_all(&png).map_err(full)?;
        Ok(Drawn { file, sha256: hex::encode(Sha256::digest(&png)) })
    });
    made.await.map_err(Error::internal)?
}

pub(super) async fn store(app: &App, drawn: Drawn) -> Result<Stored> {
    let key = app.storage.keep(drawn.file).await?;
    Ok(Stored { key, sha256: drawn.sha256 })
}

/// A commit may be done and its answer lost: then a row speaks of it, and it stays.
pub(super) async fn take_away(app: &App, key: &str) -> Result<()> {
    let keys = [key.to_owned()];
    if spoken_of(app.database.reader(), &keys).await?.is_empty() {
        app.storage.remove(key).await?;
    }
    Ok(())
}

/// Some of all drawings that are kept, after `after`.
pub(crate) async fn kept(db: &impl ConnectionTrait, after: Uuid, limit: u64) -> Result<Vec<Kept>> {
    let signatures = store::drawn_after(db, after, limit).await?;
    let kept = signatures.into_iter().filter_map(|it| {
        Some(Kept {
            case_id: it.case_id,
            noun: "signature",
            id: it.id,
            key: it.drawing_key?,
            sha256: it.drawing_sha256?,
            size: None,
        })
    });
    Ok(kept.collect())
}

/// Those of the keys that a signature speaks of.
pub(crate) async fn spoken_of(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<BTreeSet<String>> {
    store::spoken_of(db, keys).await
}
