//! Binding the file: reading the scans, setting the PDF, packing the ZIP. On a thread that may
//! block; the storage and the clockwork of requests are asked through a handle.

use std::io::{Read as _, Seek as _, Write as _};

use documents::{CaseFileData, Content, Engine, Item, Progress, RenderError};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::runtime::Handle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::items::{self, Part, PartContent};
use super::views::VolumeItem;
use crate::app::App;
use crate::entity::{evidence, paper};
use crate::error::{Error, Result};
use crate::papers::filling::{self, Known};
use crate::papers::press::refusal;

/// A file that was bound.
#[derive(Debug)]
pub(super) struct Bound {
    pub pdf: Vec<u8>,
    pub zip: NamedTempFile,
    pub zip_sha256: String,
    pub zip_size: u64,
    pub archival: bool,
    pub pages: usize,
    pub contents: Vec<VolumeItem>,
}

/// What is bound.
pub(super) struct Material {
    pub app: App,
    pub known: Known,
    pub parts: Vec<Part>,
    /// Papers that were made before; they go into the ZIP as they are.
    pub papers: Vec<paper::Model>,
}

/// Reads, sets and packs. `progress` hears how many of how many steps are done.
pub(super) fn bind(
    handle: &Handle,
    engine: &Engine,
    material: &Material,
    mut progress: impl FnMut(usize, usize),
) -> Result<Bound> {
    let Material { app, known, parts, papers } = material;
    let originals: Vec<&evidence::Model> =
        known.file.evidence.iter().filter(|it| it.withdrawn_at.is_none()).collect();
    let steps = parts.len() * 2 + originals.len() + papers.len() * 2 + 2;
    let mut read = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        read.push(item(handle, app, part)?);
        progress(at + 1, steps);
    }
    let bound = set(engine, known, parts, read, |it| {
        if it.of == parts.len() {
            progress(parts.len() + it.done, steps);
        }
    })?;
    let packing = Packing { handle, app, done: parts.len() * 2 + 1 };
    let zip = packing.pack(known, &bound.pdf, &originals, papers, |done| progress(done, steps))?;
    let (zip_sha256, zip_size) = digest(&zip).map_err(Error::internal)?;
    let numbered = parts.iter().zip(&bound.items).map(|(part, at)| VolumeItem {
        part: part.section,
        title: at.title.clone(),
        first_page: u32::try_from(*at.numbers.start()).unwrap_or(u32::MAX),
        last_page: u32::try_from(*at.numbers.end()).unwrap_or(u32::MAX),
    });
    Ok(Bound {
        contents: numbered.collect(),
        archival: bound.archival,
        pages: bound.pages,
        pdf: bound.pdf,
        zip,
        zip_sha256,
        zip_size,
    })
}

fn item(handle: &Handle, app: &App, part: &Part) -> Result<Item> {
    let content = match &part.content {
        PartContent::Paper(it) => Content::Paper(it.clone()),
        PartContent::Scan(it) => {
            let bytes = whole(handle, app, &it.object_key)?;
            if it.file_type == crate::words::FileType::Pdf {
                Content::Pdf(bytes)
            } else {
                Content::Picture(bytes)
            }
        }
    };
    Ok(Item { title: part.title.clone(), remark: part.remark.clone(), content })
}

fn whole(handle: &Handle, app: &App, key: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    each_chunk(handle, app, key, |chunk| {
        bytes.extend_from_slice(chunk);
        Ok(())
    })?;
    Ok(bytes)
}

fn each_chunk(
    handle: &Handle,
    app: &App,
    key: &str,
    mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> Result<()> {
    let missing = || Error::internal(format!("the object {key} is missing"));
    let mut content = handle.block_on(app.storage.read(key, None))?.ok_or_else(missing)?;
    while let Some(chunk) = handle.block_on(content.try_next()).map_err(Error::internal)? {
        take(&chunk).map_err(Error::internal)?;
    }
    Ok(())
}

/// Sets the PDF. A scan that cannot be put in gets a page that speaks of it; the original lies in
/// the ZIP.
fn set(
    engine: &Engine,
    known: &Known,
    parts: &[Part],
    items: Vec<Item>,
    mut progress: impl FnMut(Progress),
) -> Result<documents::CaseFile> {
    let mut data = CaseFileData {
        cover: filling::closing_cover(known),
        items,
        back_cover: filling::back_cover(known),
    };
    loop {
        let error = match documents::case_file(engine, &data, &mut progress) {
            Ok(file) => return Ok(file),
            Err(error) => error,
        };
        let RenderError::Item { number, .. } = &error else { return Err(refusal(error)) };
        let at = number.saturating_sub(1);
        let scan = parts.get(at).and_then(|it| match &it.content {
            PartContent::Scan(it) => Some(it),
            PartContent::Paper(_) => None,
        });
        match (scan, data.items.get_mut(at)) {
            (Some(scan), Some(item)) if !matches!(item.content, Content::Paper(_)) => {
                let page = items::beside(known, scan);
                item.content = Content::Paper(Box::new(page.into()));
            }
            _ => return Err(refusal(error)),
        }
    }
}

struct Packing<'a> {
    handle: &'a Handle,
    app: &'a App,
    done: usize,
}

impl Packing<'_> {
    /// The PDF, the originals, the papers, and `SHA256SUMS` over all of them.
    fn pack(
        mut self,
        known: &Known,
        pdf: &[u8],
        originals: &[&evidence::Model],
        papers: &[paper::Model],
        mut progress: impl FnMut(usize),
    ) -> Result<NamedTempFile> {
        let file = self.app.storage.receive()?;
        let mut zip = ZipWriter::new(file.reopen().map_err(Error::internal)?);
        let mut sums = String::new();
        let number = known.file.case.case_number.clone().unwrap_or_else(|| "卷宗".to_owned());
        let name = format!("{number}.pdf");
        start(&mut zip, &name)?;
        zip.write_all(pdf).map_err(Error::internal)?;
        line(&mut sums, &hex::encode(Sha256::digest(pdf)), &name);
        for (place, it) in (1..).zip(originals) {
            let name = format!("originals/{place:03} {}", it.file_name);
            self.copy(&mut zip, &mut sums, &name, &it.object_key)?;
            progress(self.done);
        }
        for (place, it) in (1..).zip(papers) {
            let copies = [("pdf", &it.pdf_key), ("docx", &it.docx_key)];
            for (ending, key) in copies {
                let name = format!("papers/{place:03} {}.{ending}", it.title);
                self.copy(&mut zip, &mut sums, &name, key)?;
                progress(self.done);
            }
        }
        start(&mut zip, "SHA256SUMS")?;
        zip.write_all(sums.as_bytes()).map_err(Error::internal)?;
        zip.finish().map_err(Error::internal)?;
        Ok(file)
    }

    fn copy(
        &mut self,
        zip: &mut ZipWriter<std::fs::File>,
        sums: &mut String,
        name: &str,
        key: &str,
    ) -> Result<()> {
        start(zip, name)?;
        let mut hash = Sha256::new();
        each_chunk(self.handle, self.app, key, |chunk| {
            hash.update(chunk);
            zip.write_all(chunk)
        })?;
        line(sums, &hex::encode(hash.finalize()), name);
        self.done += 1;
        Ok(())
    }
}

/// What is packed is packed already; without a time the same content gives the same bytes.
fn start(zip: &mut ZipWriter<std::fs::File>, name: &str) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .large_file(true)
        .unix_permissions(0o644);
    zip.start_file(name, options).map_err(Error::internal)
}

/// As `sha256sum -c` reads it.
fn line(sums: &mut String, sha256: &str, name: &str) {
    sums.push_str(sha256);
    sums.push_str("  ");
    sums.push_str(name);
    sums.push('\n');
}

fn digest(file: &NamedTempFile) -> std::io::Result<(String, u64)> {
    let mut source = file.reopen()?;
    source.rewind()?;
    let (mut hash, mut size, mut chunk) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = source.read(&mut chunk)?;
        if read == 0 {
            return Ok((hex::encode(hash.finalize()), size));
        }
        hash.update(&chunk[..read]);
        size += read as u64;
    }
}
