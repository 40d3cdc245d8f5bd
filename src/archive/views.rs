//! What is answered about the case file.

use poem_openapi::Object;

use super::rules::{self, FilePart, Line};
use crate::access::Actor;
use crate::cases::Missing;
use crate::cases::file::CaseFile;
use crate::http::LawView;
use crate::language::Language;

/// What the case file holds and what it lacks.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Completeness {
    /// Whether nothing is missing that must be there. A closed case can then be archived.
    pub complete: bool,
    /// Whether an archived file still has the hash that sealed it; absent before that.
    pub intact: Option<bool>,
    /// The parts, in the order of the file.
    pub items: Vec<CompletenessItem>,
}

impl Completeness {
    pub(super) fn new(file: &CaseFile, asker: Actor, language: Language) -> Self {
        let list = rules::list(file, asker);
        Self {
            complete: rules::is_complete(&list),
            intact: rules::is_intact(file),
            items: list.into_iter().map(|it| CompletenessItem::new(it, language)).collect(),
        }
    }
}

/// A part of the case file.
#[derive(Debug, Object)]
pub struct CompletenessItem {
    pub item: FilePart,
    /// The official name, in the caller's language.
    pub title: String,
    /// Whether the file of this case must hold it.
    pub required: bool,
    /// Whether the record holds it. Cover, contents and back cover are drawn from the record; the
    /// note is made as a paper when there is something to say.
    pub present: bool,
    /// What is missing of it, one for each party or hearing, with who can supply it. Empty where
    /// it is there or need not be.
    pub missing: Vec<Missing>,
    /// The articles that ask for it.
    pub law: Vec<LawView>,
}

impl CompletenessItem {
    fn new(Line { part, required, present, lacks }: Line, language: Language) -> Self {
        Self {
            item: part,
            title: part.title().in_language(language).to_owned(),
            required,
            present,
            missing: lacks.iter().map(|it| Missing::new(it, language)).collect(),
            law: part.law().iter().map(|it| LawView::new(*it, language)).collect(),
        }
    }
}
