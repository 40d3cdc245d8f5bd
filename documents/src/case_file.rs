//! 卷宗: the whole file of a case in one PDF.
//!
//! Everything is set in one run, so the numbers in the contents are those of the pages by
//! construction. Scans go in as they are, without being decoded into memory all at once. PDF pages
//! are embedded as they are; PDF/A does not allow that for pages nobody has checked, so a file with
//! such an item is plain PDF, and [`CaseFile::archival`] says so.

use std::ops::RangeInclusive;

use hayro_syntax::{LoadPdfError, Pdf, PdfVersion};
use serde::Serialize;
use typst::foundations::{Bytes, Label, Selector};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::PdfStandard;

use crate::characters::{PAGES_OF, TOTAL};
use crate::engine::{self, CASE_FILE, Engine, Files, Standard};
use crate::error::{ItemError, RenderError};
use crate::forms::{BackCover, Contents, Cover, Entry};
use crate::paper::Paper;
use crate::sheet::Sheet;

mod picture;

/// What goes into the file, in order.
#[derive(Debug, Clone)]
pub struct CaseFileData {
    pub cover: Cover,
    pub items: Vec<Item>,
    /// Its number of pages is filled in.
    pub back_cover: BackCover,
}

#[derive(Debug, Clone)]
pub struct Item {
    /// For contents and bookmark.
    pub title: String,
    /// 备注 in the contents.
    pub remark: String,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub enum Content {
    Paper(Box<Paper>),
    Pdf(Vec<u8>),
    /// PNG, JPEG or WebP, told by its bytes.
    Picture(Vec<u8>),
}

/// The finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    pub pdf: Vec<u8>,
    /// Whether it is PDF/A-2b.
    pub archival: bool,
    /// All pages, cover, contents and back cover too.
    pub pages: usize,
    pub items: Vec<ItemPages>,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPages {
    pub title: String,
    /// As printed on the pages and in the contents.
    pub numbers: RangeInclusive<usize>,
    /// Counted from the first page of the PDF.
    pub pages: RangeInclusive<usize>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    /// Items of this stage that are done, and all of them.
    pub done: usize,
    pub of: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Items are read and checked.
    Reading,
    /// Pages are set.
    Setting,
    /// The PDF is written.
    Writing,
}

/// Items and their pictures have fixed paths, and typst keeps every path for ever.
const MOST_ITEMS: usize = 2_000;
const MOST_PAGES: usize = 10_000;
const MOST_FILES: usize = 8_000;

#[derive(Serialize)]
struct Data {
    title: String,
    cover: Sheet,
    contents: Sheet,
    items: Vec<ItemData>,
    back_cover: Sheet,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ItemData {
    Paper { title: String, sheet: Box<Sheet> },
    Foreign { title: String, path: String, format: &'static str, pages: Vec<PageData> },
}

#[derive(Serialize)]
struct PageData {
    page: usize,
    flipped: bool,
}

/// Makes the file. What keeps an item out is an error with its number and title.
pub fn case_file(
    engine: &Engine,
    data: &CaseFileData,
    mut progress: impl FnMut(Progress),
) -> Result<CaseFile, RenderError> {
    bounded("items", data.items.len(), MOST_ITEMS)?;
    let count = data.items.len();
    let (mut files, mut items, mut version) = (Files::new(), Vec::new(), None);
    progress(Progress { stage: Stage::Reading, done: 0, of: count });
    for (at, item) in data.items.iter().enumerate() {
        let read = read(engine, item, &mut files, &mut version).map_err(|reason| {
            RenderError::Item { number: at + 1, title: item.title.clone(), reason }
        })?;
        items.push(read);
        bounded("pictures", files.len(), MOST_FILES)?;
        progress(Progress { stage: Stage::Reading, done: at + 1, of: count });
    }
    let foreign_pages = items.iter().map(|it| match it {
        ItemData::Paper { .. } => 0,
        ItemData::Foreign { pages, .. } => pages.len(),
    });
    bounded("pages", foreign_pages.sum(), MOST_PAGES)?;
    let all = file_data(engine, data, items, &mut files)?;

    progress(Progress { stage: Stage::Setting, done: 0, of: 1 });
    let document = engine.set(CASE_FILE, &engine::json(&all)?, files)?;
    let items = places(&document, &data.items)?;
    progress(Progress { stage: Stage::Setting, done: 1, of: 1 });

    progress(Progress { stage: Stage::Writing, done: 0, of: 1 });
    let pages = document.pages().len();
    let pdf = engine::export(&document, version.map_or(Standard::Archive, Standard::Plain));
    drop(document);
    // Scans are large: nothing of them is remembered.
    comemo::evict(0);
    progress(Progress { stage: Stage::Writing, done: 1, of: 1 });
    Ok(CaseFile { pdf: pdf?, archival: version.is_none(), pages, items })
}

fn bounded(what: &'static str, count: usize, limit: usize) -> Result<(), RenderError> {
    if count > limit { Err(RenderError::TooMany { what, count, limit }) } else { Ok(()) }
}

fn file_data(
    engine: &Engine,
    data: &CaseFileData,
    items: Vec<ItemData>,
    files: &mut Files,
) -> Result<Data, RenderError> {
    let entry = |item: &Item| Entry {
        title: item.title.clone(),
        pages: String::new(),
        remark: item.remark.clone(),
    };
    let contents = Contents {
        office: data.cover.office.clone(),
        case_number: data.cover.case_number.clone(),
        entries: data.items.iter().map(entry).collect(),
        date: data.cover.filed_on,
    };
    let back_cover = BackCover { total_pages: "0".to_owned(), ..data.back_cover.clone() };
    let mut sheets = [
        Paper::from(data.cover.clone()).sheet(),
        Paper::from(contents.clone()).sheet(),
        Paper::from(back_cover.clone()).sheet(),
    ];
    for sheet in &mut sheets {
        engine.prepare(sheet, files)?;
    }
    let [cover, ..] = sheets;
    // After the check: these marks stand for numbers that are known when the pages are.
    let entries = contents.entries.into_iter().enumerate();
    let entries = entries.map(|(at, it)| Entry { pages: format!("{PAGES_OF}{at}"), ..it });
    let contents = Contents { entries: entries.collect(), ..contents };
    let total_pages = if items.is_empty() { "0".to_owned() } else { TOTAL.to_string() };
    let back_cover = BackCover { total_pages, ..back_cover };
    Ok(Data {
        title: format!("{} {}", cover.title, cover.number).trim_end().to_owned(),
        cover,
        contents: Paper::from(contents).sheet(),
        items,
        back_cover: Paper::from(back_cover).sheet(),
    })
}

fn read(
    engine: &Engine,
    item: &Item,
    files: &mut Files,
    version: &mut Option<PdfStandard>,
) -> Result<ItemData, ItemError> {
    let paper = |it| ItemError::Paper(Box::new(it));
    let title = crate::characters::cleaned(&item.title);
    engine.check_text(&title).map_err(paper)?;
    engine.check_text(&item.remark).map_err(paper)?;
    let path = format!("/files/{}", files.len());
    match &item.content {
        Content::Paper(it) => {
            let mut sheet = it.sheet();
            engine.prepare(&mut sheet, files).map_err(paper)?;
            Ok(ItemData::Paper { title, sheet: Box::new(sheet) })
        }
        Content::Pdf(bytes) => {
            let (pages, needs) = pdf_pages(bytes)?;
            *version = Some(version.map_or(needs, |it| newer(it, needs)));
            files.push((path.clone(), Bytes::new(bytes.clone())));
            Ok(ItemData::Foreign { title, path, format: "pdf", pages })
        }
        Content::Picture(bytes) => {
            let picture = picture::read(bytes)?;
            // The frame names the picture by a path beside its own.
            let raster = format!("/files/{}", files.len() + 1);
            let frame = picture.frame(&(files.len() + 1).to_string());
            files.push((path.clone(), Bytes::new(frame.into_bytes())));
            let pages = vec![PageData { page: 1, flipped: picture.width > picture.height }];
            files.push((raster, Bytes::new(picture.bytes)));
            Ok(ItemData::Foreign { title, path, format: "svg", pages })
        }
    }
}

fn newer(one: PdfStandard, other: PdfStandard) -> PdfStandard {
    if one == PdfStandard::V_2_0 { one } else { other }
}

fn pdf_pages(bytes: &[u8]) -> Result<(Vec<PageData>, PdfStandard), ItemError> {
    let document = Pdf::new(bytes.to_vec()).map_err(|it| match it {
        LoadPdfError::Decryption(_) => ItemError::Encrypted,
        LoadPdfError::Invalid => ItemError::BrokenPdf,
    })?;
    let count = document.pages().len();
    if count == 0 {
        return Err(ItemError::NoPages);
    }
    bounded("pages", count, MOST_PAGES).map_err(|it| ItemError::Paper(Box::new(it)))?;
    let pages = document.pages().iter().enumerate().map(|(at, page)| {
        let (width, height) = page.render_dimensions();
        PageData { page: at + 1, flipped: width > height }
    });
    let needs = match document.version() {
        PdfVersion::Pdf20 => PdfStandard::V_2_0,
        _ => PdfStandard::V_1_7,
    };
    Ok((pages.collect(), needs))
}

fn places(document: &PagedDocument, items: &[Item]) -> Result<Vec<ItemPages>, RenderError> {
    let page = |name: &str| {
        let label = Label::new(PicoStr::intern(name));
        let found = label.and_then(|it| document.introspector().query_first(&Selector::Label(it)));
        let page =
            found.and_then(|it| it.location()).and_then(|it| document.introspector().page(it));
        page.map(usize::from)
            .ok_or_else(|| RenderError::Setting { message: format!("{name} has no page") })
    };
    let mut found = Vec::new();
    let mut before = 0;
    for (at, item) in items.iter().enumerate() {
        let first = page(&format!("item-{at}-start"))?;
        let last = page(&format!("item-{at}-end"))?;
        if at == 0 {
            before = first - 1;
        }
        found.push(ItemPages {
            title: item.title.clone(),
            numbers: first - before..=last - before,
            pages: first..=last,
        });
    }
    Ok(found)
}
