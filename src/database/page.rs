//! Lists by keyset: a page says where the next one starts, and stays right while others write.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::language::Text;

/// How many items a page holds: 1 to 200, 50 unless asked.
#[derive(Debug, Clone, Copy)]
pub struct Limit(u64);

impl Limit {
    pub fn new(asked: Option<u64>) -> Result<Self> {
        match asked.unwrap_or(50) {
            limit @ 1..=200 => Ok(Self(limit)),
            _ => Err(Error::invalid(
                "?limit",
                "out_of_range",
                Text::new("limit 应为 1 至 200。", "limit must be between 1 and 200."),
            )),
        }
    }

    /// One more than a page holds, to learn whether there is a next page.
    pub fn fetch(self) -> u64 {
        self.0 + 1
    }
}

/// A place in a list, opaque to the caller: the sort key of the last item.
#[derive(Debug, Clone)]
pub struct Cursor;

impl Cursor {
    pub fn encode(key: &impl serde::Serialize) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
    }

    pub fn decode<K: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>> {
        let Some(cursor) = cursor else { return Ok(None) };
        URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|it| serde_json::from_slice(&it).ok())
            .map(Some)
            .ok_or_else(|| {
                Error::invalid(
                    "?cursor",
                    "bad_cursor",
                    Text::new(
                        "cursor 无效，请使用上一页返回的 next_cursor。",
                        "The cursor is not one of ours; use the next_cursor of the page before.",
                    ),
                )
            })
    }
}

/// One page of rows and where the next begins.
#[derive(Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Cuts what [`Limit::fetch`] brought to one page.
    pub fn cut<K: serde::Serialize>(mut rows: Vec<T>, limit: Limit, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() as u64 > limit.0;
        if more {
            rows.truncate(usize::try_from(limit.0).unwrap_or(usize::MAX));
        }
        let next_cursor = rows.last().filter(|_| more).map(|it| Cursor::encode(&key(it)));
        Self { items: rows, next_cursor }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor }
    }
}
