//! Where the files are kept: a folder, or a bucket of S3. A file comes in beside the others,
//! under no name that means anything, and is moved to its place whole; what is at its place is
//! never written again.

use std::fs::{DirBuilder, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{
    GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
    PutPayload, RetryConfig,
};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{Error, Result};
use crate::http::Content;
use crate::settings::{S3Place, Settings, StoragePlace};

/// How much is read or sent at once. S3 takes no smaller part but the last.
const PIECE: usize = 5 << 20;
/// How much of a file is in memory while it is served.
const CHUNK: u64 = 256 << 10;

/// How many files are looked into at once, and how many are on their way to S3: what bounds the
/// memory that uploads take.
const LOOKING: usize = 2;
const SENDING: usize = 8;

/// How often and how long S3 is asked again: somebody waits for the answer.
const RETRIES: usize = 3;
const RETRY_TIME: Duration = Duration::from_secs(15);

/// The place of the files of evidence.
pub struct Storage {
    objects: Arc<dyn ObjectStore>,
    /// The folder of the objects; None for a bucket.
    folder: Option<PathBuf>,
    /// Where files come in.
    incoming: PathBuf,
    looking: Semaphore,
    sending: Semaphore,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Storage").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// An object as the storage lists it.
#[derive(Debug)]
pub(super) struct Listed {
    pub key: String,
    pub written_at: DateTime<Utc>,
}

/// What an object is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Digest {
    pub size: u64,
    pub sha256: String,
}

impl Storage {
    /// Makes what is missing. Of a bucket nothing is asked yet.
    pub fn open(settings: &Settings) -> anyhow::Result<Self> {
        let (objects, folder, incoming): (Arc<dyn ObjectStore>, _, _) = match &settings.storage {
            StoragePlace::Folder(root) => {
                let folder = root.join("objects");
                make_folder(&folder)?;
                let folder = folder.canonicalize()?;
                let objects = LocalFileSystem::new_with_prefix(&folder)?;
                (Arc::new(objects), Some(folder), root.join("incoming"))
            }
            StoragePlace::S3(place) => (bucket(place)?, None, settings.data_dir.join("incoming")),
        };
        make_folder(&incoming)?;
        let (looking, sending) = (Semaphore::new(LOOKING), Semaphore::new(SENDING));
        Ok(Self { objects, folder, incoming, looking, sending })
    }

    /// A file to write what comes in to. It is gone when it is dropped.
    pub(crate) fn receive(&self) -> Result<NamedTempFile> {
        NamedTempFile::new_in(&self.incoming).map_err(unavailable)
    }

    /// One of the few who may look into a file now.
    pub(crate) async fn look(&self) -> Result<SemaphorePermit<'_>> {
        self.looking.acquire().await.map_err(Error::internal)
    }

    /// Moves a file to a place of its own, and says where that is.
    pub(crate) async fn keep(&self, file: NamedTempFile) -> Result<String> {
        let name = random_name()?;
        let key = format!("{}/{name}", &name[..2]);
        match &self.folder {
            Some(folder) => {
                let place = folder.join(&key);
                let moved = tokio::task::spawn_blocking(move || move_to(file, &place));
                moved.await.map_err(Error::internal)?.map_err(unavailable)?;
            }
            None => self.send(file, &Key::from(key.as_str())).await.map_err(unavailable)?,
        }
        Ok(key)
    }

    /// Sends a file to the bucket, in parts.
    async fn send(&self, file: NamedTempFile, key: &Key) -> anyhow::Result<()> {
        let _permit = self.sending.acquire().await?;
        let mut file = file.reopen()?;
        let first;
        (file, first) = piece(file).await?;
        if first.len() < PIECE {
            let new = PutOptions::from(PutMode::Create);
            self.objects.put_opts(key, PutPayload::from_bytes(first), new).await?;
            return Ok(());
        }
        let mut upload = self.objects.put_multipart(key).await?;
        let sent = async {
            let mut part = first;
            while !part.is_empty() {
                upload.put_part(PutPayload::from_bytes(part)).await?;
                (file, part) = piece(file).await?;
            }
            upload.complete().await?;
            anyhow::Ok(())
        };
        let sent = sent.await;
        if sent.is_err() {
            // What is left of it then, the bucket's own rule clears away.
            let _ = upload.abort().await;
        }
        sent
    }

    /// The content of an object, or a part of it. None: it is not there.
    pub(crate) async fn read(
        &self,
        key: &str,
        part: Option<Range<u64>>,
    ) -> Result<Option<Content>> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = match self.objects.get_opts(&Key::from(key), options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let range = found.range.clone();
        Ok(Some(match found.payload {
            GetResultPayload::File(file, _) => chunks(file, range),
            GetResultPayload::Stream(stream) => stream.map_err(io::Error::other).boxed(),
        }))
    }

    /// Reads an object whole and says what it is made of. None: it is not there.
    pub(super) async fn digest(&self, key: &str) -> Result<Option<Digest>> {
        let Some(mut content) = self.read(key, None).await? else { return Ok(None) };
        let (mut size, mut hash) = (0, Sha256::new());
        while let Some(chunk) = content.try_next().await.map_err(unavailable)? {
            size += chunk.len() as u64;
            hash.update(&chunk);
        }
        Ok(Some(Digest { size, sha256: hex::encode(hash.finalize()) }))
    }

    /// Takes an object away that no row speaks of. One that is not there is no fault.
    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        match self.objects.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Every object there is.
    pub(super) fn all(&self) -> BoxStream<'static, Result<Listed>> {
        let listed = self.objects.list(None).map_err(unavailable);
        let known = |it: object_store::ObjectMeta| Listed {
            key: it.location.to_string(),
            written_at: it.last_modified,
        };
        listed.map_ok(known).boxed()
    }

    /// Files that came in and were left there, written before `before`.
    pub(super) fn left_incoming(&self, before: DateTime<Utc>) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.incoming).map_err(unavailable)? {
            let entry = entry.map_err(unavailable)?;
            // One that is gone by now has been kept or let go.
            let Ok(written) = entry.metadata().and_then(|it| it.modified()) else { continue };
            if DateTime::<Utc>::from(written) < before {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    }
}

/// The cause is for the log; whoever sent a file may send it again.
fn unavailable(cause: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("the storage of evidence: {cause:#}"))
}

/// For nobody else on the machine.
fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn bucket(place: &S3Place) -> anyhow::Result<Arc<dyn ObjectStore>> {
    let retry = RetryConfig {
        max_retries: RETRIES,
        retry_timeout: RETRY_TIME,
        ..RetryConfig::default()
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&place.bucket)
        .with_region(&place.region)
        .with_retry(retry);
    if let Some(endpoint) = &place.endpoint {
        let plain = endpoint.starts_with("http://");
        builder = builder.with_endpoint(endpoint).with_allow_http(plain);
    }
    if let Some((key, secret)) = &place.keys {
        builder = builder.with_access_key_id(key.reveal()).with_secret_access_key(secret.reveal());
    }
    let objects = builder.build()?;
    if place.prefix.is_empty() {
        return Ok(Arc::new(objects));
    }
    Ok(Arc::new(PrefixStore::new(objects, place.prefix.as_str())))
}

fn random_name() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(hex::encode(bytes))
}

/// In its place, and safe there when this returns.
fn move_to(file: NamedTempFile, place: &Path) -> io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    make_folder(folder)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(place)?;
    File::open(folder)?.sync_all()
}

/// The next part of a file.
async fn piece(file: File) -> io::Result<(File, Bytes)> {
    let read = tokio::task::spawn_blocking(move || {
        let mut part = Vec::with_capacity(PIECE);
        (&file).take(PIECE as u64).read_to_end(&mut part)?;
        Ok((file, Bytes::from(part)))
    });
    read.await.map_err(io::Error::other)?
}

/// A file in small chunks, each read off the threads that answer requests.
fn chunks(file: File, range: Range<u64>) -> Content {
    let next = |(file, range): (File, Range<u64>)| async move {
        if range.is_empty() {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            let length = CHUNK.min(range.end - range.start);
            let mut chunk = vec![0; usize::try_from(length).unwrap_or_default()];
            file.read_exact_at(&mut chunk, range.start)?;
            Ok(Some((Bytes::from(chunk), (file, range.start + length..range.end))))
        });
        read.await.map_err(io::Error::other)?
    };
    stream::try_unfold((file, range), next).boxed()
}
