//! Reading a file as it is sent: counted, hashed and written as it comes, then looked into. Until
//! it is kept it is a file that is gone as soon as anything goes wrong.

use std::io::Write as _;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt as _;

use super::content::{self, Looked};
use super::storage::{Digest, Storage};
use crate::error::{Error, Result};
use crate::http::Upload;
use crate::words::FileType;

/// A file that was sent whole and may be kept.
#[derive(Debug)]
pub(super) struct Received {
    pub file: NamedTempFile,
    pub digest: Digest,
    pub file_type: FileType,
    pub thumbnail: Option<Thumbnail>,
}

/// A small picture that may be kept.
#[derive(Debug)]
pub(super) struct Thumbnail {
    pub file: NamedTempFile,
    pub sha256: String,
}

/// Takes a file of at most `limit` bytes under a checked name.
pub(super) async fn receive(
    storage: &Storage,
    upload: &mut Upload,
    limit: u64,
    name: &str,
) -> Result<Received> {
    if upload.announced.is_some_and(|it| it > limit) {
        return Err(Error::FileTooLarge { limit });
    }
    let file = storage.receive()?;
    let digest = write(&file, upload, limit).await?;
    let (file, looked) = look(storage, file, digest.size, name).await?;
    let thumbnail = match looked.thumbnail {
        Some(bytes) => Some(small(storage, &bytes)?),
        None => None,
    };
    Ok(Received { file, digest, file_type: looked.file_type, thumbnail })
}

async fn write(file: &NamedTempFile, upload: &mut Upload, limit: u64) -> Result<Digest> {
    let mut writer = tokio::fs::File::from_std(file.reopen().map_err(full)?);
    let (mut size, mut hash) = (0_u64, Sha256::new());
    while let Some(chunk) = upload.next().await? {
        size += chunk.len() as u64;
        if size > limit {
            return Err(Error::FileTooLarge { limit });
        }
        hash.update(&chunk);
        writer.write_all(&chunk).await.map_err(full)?;
    }
    // What is still on its way to the disk would be missing when it is looked into.
    writer.flush().await.map_err(full)?;
    Ok(Digest { size, sha256: hex::encode(hash.finalize()) })
}

/// Few at once, off the threads that answer requests: pictures are decoded, archives unpacked.
async fn look(
    storage: &Storage,
    file: NamedTempFile,
    size: u64,
    name: &str,
) -> Result<(NamedTempFile, Looked)> {
    let _permit = storage.look().await?;
    let name = name.to_owned();
    let looked = tokio::task::spawn_blocking(move || {
        let mut source = file.reopen().map_err(full)?;
        let looked = content::look(&mut source, size, &name);
        Ok((file, looked.map_err(|it| Error::Invalid(vec![it]))?))
    });
    looked.await.map_err(Error::internal)?
}

fn small(storage: &Storage, bytes: &[u8]) -> Result<Thumbnail> {
    let mut file = storage.receive()?;
    file.write_all(bytes).map_err(full)?;
    Ok(Thumbnail { file, sha256: hex::encode(Sha256::digest(bytes)) })
}

fn full(cause: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("a file that comes in: {cause}"))
}
