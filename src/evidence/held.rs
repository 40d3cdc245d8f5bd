//! Giving out what the storage holds, whole or the part that was asked for.

use super::range::{Wanted, wanted};
use super::storage::Storage;
use crate::error::{Error, Result};
use crate::http::StoredFile;

/// An object and what is known of it.
#[derive(Debug)]
pub(crate) struct Held {
    pub media_type: &'static str,
    pub file_name: String,
    pub key: String,
    pub sha256: String,
    /// In bytes.
    pub size: i64,
}

/// The headers `Range` and `If-Range` of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portion<'a> {
    pub range: Option<&'a str>,
    pub if_range: Option<&'a str>,
}

impl Held {
    /// The object, or the part of it that is wanted, unless `If-Range` names another content.
    pub(crate) async fn give(self, storage: &Storage, portion: Portion<'_>) -> Result<StoredFile> {
        let Self { media_type, file_name, key, sha256, size } = self;
        let size = u64::try_from(size).map_err(Error::internal)?;
        let same = portion.if_range.is_none_or(|it| it.trim_matches('"') == sha256);
        let part = match wanted(portion.range.filter(|_| same), size) {
            Wanted::Whole => None,
            Wanted::Part(part) => Some(part),
            Wanted::Outside => return Err(Error::OutOfRange { size }),
        };
        let content = storage.read(&key, part.clone()).await?;
        let content =
            content.ok_or_else(|| Error::internal(format!("the object {key} is missing")))?;
        Ok(StoredFile { media_type, file_name, sha256, size, part, content })
    }
}
