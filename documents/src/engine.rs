//! Setting with typst: fonts and templates loaded once, one world per paper.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::characters;
use crate::docx;
use crate::error::RenderError;
use crate::paper::Paper;
use crate::sheet::{Block, Sheet};

const TEMPLATES: [(&str, &str); 3] = [
    (PAPER, include_str!("../templates/paper.typ")),
    (CASE_FILE, include_str!("../templates/case_file.typ")),
    ("/sheet.typ", include_str!("../templates/sheet.typ")),
];
const PAPER: &str = "/paper.typ";
pub(crate) const CASE_FILE: &str = "/case_file.typ";
const DATA: &str = "/data.json";

const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/NotoSerifCJKsc-Regular.otf"),
    include_bytes!("../fonts/NotoSansCJKsc-Bold.otf"),
    include_bytes!("../fonts/BabelStoneHan-names.ttf"),
];

/// How many papers ago something has to have been used to be remembered.
const REMEMBERED: usize = 10;

/// Fonts and templates, loaded once. A clone is the same engine.
///
/// Setting a paper keeps one core busy for some milliseconds: call it where that does no harm.
#[derive(Clone)]
pub struct Engine(Arc<Loaded>);

struct Loaded {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Slot>,
    sources: HashMap<FileId, Source>,
}

struct Slot {
    data: Bytes,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// A file the templates can read, by its path.
pub(crate) type Files = Vec<(String, Bytes)>;

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    pub fn new() -> Self {
        let (mut book, mut fonts) = (FontBook::new(), Vec::new());
        for file in FONTS {
            let data = Bytes::new(file);
            for (info, index) in FontInfo::iter(&data).zip(0..) {
                book.push(info);
                fonts.push(Slot { data: data.clone(), index, font: OnceLock::new() });
            }
        }
        let source = |(path, text): (&str, &str)| {
            let id = file_id(path);
            (id, Source::new(id, text.to_owned()))
        };
        Self(Arc::new(Loaded {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources: TEMPLATES.map(source).into(),
        }))
    }

    /// The paper as PDF/A-2b. The same data gives the same bytes.
    pub fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, RenderError> {
        let mut sheet = paper.sheet();
        let mut files = Files::new();
        self.prepare(&mut sheet, &mut files)?;
        let document = self.set(PAPER, &json(&sheet)?, files)?;
        let pdf = export(&document, Standard::Archive);
        comemo::evict(REMEMBERED);
        pdf
    }

    /// The paper as DOCX, with the same words in the same order. The same data gives the same bytes.
    pub fn docx(&self, paper: &Paper) -> Result<Vec<u8>, RenderError> {
        let sheet = paper.sheet();
        self.check(&sheet)?;
        docx::write(&sheet)
    }

    /// What the templates read of a paper without pictures, `/data.json`: for setting it with
    /// typst's own program, while a template is changed.
    pub fn data(&self, paper: &Paper) -> Result<Vec<u8>, RenderError> {
        let mut sheet = paper.sheet();
        self.prepare(&mut sheet, &mut Files::new())?;
        json(&sheet)
    }

    /// Whether every character of a text can be printed; for asking before anything is stored.
    pub fn check_text(&self, text: &str) -> Result<(), RenderError> {
        let lines = crate::sheet::paragraphs(text);
        characters::check(lines.iter().map(String::as_str), |it| self.has(it))
    }

    fn check(&self, sheet: &Sheet) -> Result<(), RenderError> {
        characters::check(sheet.strings(), |it| self.has(it))
    }

    fn has(&self, character: char) -> bool {
        let covers = |at| {
            let info = self.0.book.info(at);
            info.is_some_and(|it| it.coverage.contains(character as u32))
        };
        (0..self.0.fonts.len()).any(covers)
    }

    /// Checks what will be printed and hands its pictures to the templates.
    pub(crate) fn prepare(&self, sheet: &mut Sheet, files: &mut Files) -> Result<(), RenderError> {
        self.check(sheet)?;
        let mut add = |picture: Vec<u8>| {
            let path = format!("/files/{}", files.len());
            files.push((path.clone(), Bytes::new(picture)));
            path
        };
        for block in &mut sheet.blocks {
            let Block::Signatures { boxes } = block else { continue };
            for it in boxes {
                let Some(picture) = it.picture.take() else { continue };
                docx::picture_size(&picture)
                    .map_err(|reason| RenderError::Signature { label: it.label.clone(), reason })?;
                it.path = Some(add(picture));
            }
        }
        if let Some(it) = &mut sheet.verification
            && !it.picture.is_empty()
        {
            it.path = Some(add(std::mem::take(&mut it.picture)));
        }
        Ok(())
    }

    pub(crate) fn set(
        &self,
        template: &str,
        data: &[u8],
        files: Files,
    ) -> Result<PagedDocument, RenderError> {
        let mut files: HashMap<_, _> =
            files.into_iter().map(|(path, bytes)| (file_id(&path), bytes)).collect();
        files.insert(file_id(DATA), Bytes::new(data.to_vec()));
        let job = Job { engine: self.0.clone(), main: file_id(template), files };
        typst::compile(&job).output.map_err(|it| fault(&it))
    }
}

/// What the finished file is to be.
#[derive(Clone, Copy)]
pub(crate) enum Standard {
    /// PDF/A-2b.
    Archive,
    /// PDF as it is, of a version that can hold what is put in.
    Plain(PdfStandard),
}

pub(crate) fn export(document: &PagedDocument, standard: Standard) -> Result<Vec<u8>, RenderError> {
    let standard = match standard {
        Standard::Archive => PdfStandard::A_2b,
        Standard::Plain(version) => version,
    };
    let standards = PdfStandards::new(&[standard])
        .map_err(|it| RenderError::Setting { message: it.message().to_string() })?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|it| fault(&it))
}

pub(crate) fn json(data: &impl serde::Serialize) -> Result<Vec<u8>, RenderError> {
    serde_json::to_vec(data).map_err(|it| RenderError::Setting { message: it.to_string() })
}

fn fault(errors: &[SourceDiagnostic]) -> RenderError {
    let message: Vec<_> = errors.iter().take(3).map(|it| it.message.as_str()).collect();
    RenderError::Setting { message: message.join("; ") }
}

/// Paths are kept by typst for ever, at most 65 535 of them: only a fixed set is ever used.
fn file_id(path: &str) -> FileId {
    static ROOT: LazyLock<VirtualPath> =
        LazyLock::new(|| VirtualPath::new("/").expect("the root is a path"));
    let path = VirtualPath::new(path).unwrap_or_else(|_| ROOT.clone());
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

struct Job {
    engine: Arc<Loaded>,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.engine.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        let slot = self.engine.fonts.get(index)?;
        slot.font.get_or_init(|| Font::new(slot.data.clone(), slot.index)).clone()
    }

    /// Papers know no today: every day on them comes with the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
