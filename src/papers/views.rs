//! What is answered about papers.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::forms::{self, About};
use crate::cases::file::CaseFile;
use crate::entity::paper;
use crate::http::LawView;
use crate::language::Language;
use crate::words::PaperForm;

/// A form, and whether it can be made now.
#[derive(Debug, Object)]
#[oai(rename = "PaperFormState", skip_serializing_if_is_none)]
pub struct FormView {
    pub form: PaperForm,
    /// The name of the form; on the authority's tracks papers have titles of their own.
    pub title: String,
    /// Whether there is something to make it of.
    pub ready: bool,
    /// The agents, investigations, hearings, agreements or revisits that it can be made of.
    /// Absent for a form of the case as a whole.
    pub subject_ids: Option<Vec<Uuid>>,
    /// Why it cannot be made yet, and what would mend it.
    pub missing: Option<String>,
    /// The actions that would mend it.
    pub mend: Vec<String>,
    /// The articles that the form rests on.
    pub law: Vec<LawView>,
}

impl FormView {
    pub(super) fn new(file: &CaseFile, form: PaperForm, language: Language) -> Self {
        let subjects = forms::subjects(file, form);
        let ready = !subjects.is_empty();
        let unmet = (!ready).then(|| forms::not_ready(form));
        let law = forms::law(form).iter().map(|it| LawView::new(*it, language)).collect();
        Self {
            form,
            title: form.term().to_owned(),
            ready,
            subject_ids: (forms::about(form) == About::Part).then_some(subjects),
            missing: unmet.as_ref().map(|it| it.detail.in_language(language).to_owned()),
            mend: unmet
                .map(|it| it.mend.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
            law,
        }
    }
}

/// A paper that was made (文书). Its content is at `pdf` and at `docx`.
#[derive(Debug, Object)]
#[oai(rename = "MadePaper")]
pub struct Paper {
    pub id: Uuid,
    pub case_id: Uuid,
    pub form: PaperForm,
    /// What it was made of: a part of the case, or the case.
    pub subject_id: Uuid,
    /// As it is printed.
    pub title: String,
    /// Form, version of its words, version of its look.
    pub template_version: String,
    /// SHA-256 of the data it was made of, in hexadecimal. The same data and template give the
    /// same bytes.
    pub data_hash: String,
    /// Whether names, phones, addresses and identity numbers are printed in full.
    pub unmasked: bool,
    /// The version of the case it was made at.
    pub case_version: i64,
    pub pdf_sha256: String,
    /// In bytes.
    pub pdf_size: i64,
    pub docx_sha256: String,
    /// In bytes.
    pub docx_size: i64,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
}

impl From<paper::Model> for Paper {
    fn from(it: paper::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            form: it.form,
            subject_id: it.subject_id,
            title: it.title,
            template_version: it.template_version,
            data_hash: it.data_hash,
            unmasked: it.unmasked,
            case_version: it.case_version,
            pdf_sha256: it.pdf_sha256,
            pdf_size: it.pdf_size,
            docx_sha256: it.docx_sha256,
            docx_size: it.docx_size,
            made_by: it.made_by,
            made_at: it.made_at,
        }
    }
}
