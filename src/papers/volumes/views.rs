//! What is answered about case files.

use chrono::{DateTime, TimeDelta, Utc};
use poem_openapi::Object;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::archive::FilePart;
use crate::entity::volume;
use crate::words::VolumeStatus;

/// Whoever is at it says so more often than this; after it nobody is.
const SILENT: TimeDelta = TimeDelta::minutes(2);

/// Whether somebody is still making it.
pub(super) fn is_under_way(it: &volume::Model, now: DateTime<Utc>) -> bool {
    it.status == VolumeStatus::Running && now - it.beat_at < SILENT
}

/// The whole file of a case (卷宗). Finished, its content is at `pdf` and `zip`.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Volume {
    pub id: Uuid,
    pub case_id: Uuid,
    /// The version of the case it is made of.
    pub case_version: i64,
    pub status: VolumeStatus,
    /// Steps that are done, and all of them.
    pub done: i32,
    pub total: i32,
    /// Why there is none.
    pub failure: Option<String>,
    /// Whether names, phones, addresses and identity numbers are printed in full.
    pub unmasked: bool,
    /// Whether the PDF is PDF/A-2b: it is not when it holds pages of other PDFs, which nobody has
    /// checked. The originals are in the ZIP.
    pub archival: Option<bool>,
    /// All pages, covers and contents too.
    pub pages: Option<i32>,
    /// What is in it, in order, with the page numbers of the contents.
    pub contents: Option<Vec<VolumeItem>>,
    pub pdf_sha256: Option<String>,
    /// In bytes.
    pub pdf_size: Option<i64>,
    pub zip_sha256: Option<String>,
    /// In bytes.
    pub zip_size: Option<i64>,
    pub made_by: Uuid,
    pub begun_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// One thing in the file.
#[derive(Debug, Clone, Object, Serialize, Deserialize)]
pub struct VolumeItem {
    pub part: FilePart,
    pub title: String,
    /// The number on its first page.
    pub first_page: u32,
    /// The number on its last page.
    pub last_page: u32,
}

impl Volume {
    /// As it stands at an instant: what nobody is at any more has failed.
    pub(super) fn new(it: volume::Model, now: DateTime<Utc>) -> Self {
        let left = it.status == VolumeStatus::Running && !is_under_way(&it, now);
        let contents = it.contents.as_deref().and_then(|it| serde_json::from_str(it).ok());
        Self {
            id: it.id,
            case_id: it.case_id,
            case_version: it.case_version,
            status: if left { VolumeStatus::Failed } else { it.status },
            done: it.done,
            total: it.total,
            failure: if left {
                Some("制作中断，请重新制作。Broken off; make it again.".to_owned())
            } else {
                it.failure
            },
            unmasked: it.unmasked,
            archival: it.archival,
            pages: it.pages,
            contents,
            pdf_sha256: it.pdf_sha256,
            pdf_size: it.pdf_size,
            zip_sha256: it.zip_sha256,
            zip_size: it.zip_size,
            made_by: it.made_by,
            begun_at: it.begun_at,
            ended_at: it.ended_at,
        }
    }
}
