//! What goes into the file of a case, in the order of domain §3.8. Pure.

use uuid::Uuid;

use documents::Paper;

use crate::archive::FilePart;
use crate::cases::file::CaseFile;
use crate::entity::evidence;
use crate::error::Result;
use crate::papers::filling::{self, Asked, Known};
use crate::papers::forms;
use crate::words::{EvidenceKind, FileType, Outcome, PaperForm};

/// Pictures and PDFs of more than this, in bytes, lie beside the PDF in the ZIP: all that is put
/// in is in memory until the PDF is written.
const LARGEST: i64 = 30_000_000;
/// The same for all of them.
const LARGEST_IN_ALL: i64 = 250_000_000;

/// One thing in the file.
#[derive(Debug)]
pub(super) struct Part {
    /// The part of the file in which it lies.
    pub section: FilePart,
    pub title: String,
    pub remark: String,
    pub content: PartContent,
}

#[derive(Debug)]
pub(super) enum PartContent {
    Paper(Box<Paper>),
    /// A scan or a picture, to be read from the storage.
    Scan(Box<evidence::Model>),
}

/// The parts of the file. `kept` are papers that were made of what somebody wrote: notes on the
/// situation and calculations.
pub(super) fn parts(known: &Known, kept: &[Paper]) -> Result<Vec<Part>> {
    let mut all = Vec::new();
    let mut room = LARGEST_IN_ALL;
    for part in FilePart::ALL {
        for (form, subject) in papers_of(&known.file, *part) {
            let asked = Asked {
                form,
                subject,
                text: String::new(),
                court: String::new(),
                calculation: None,
            };
            all.push(of_paper(*part, filling::fill(known, &asked)?));
        }
        let written = kept.iter().filter(|it| match it {
            Paper::CalculationSheet(_) => *part == FilePart::Evidence,
            Paper::SituationNote(_) => *part == FilePart::FileNote,
            _ => false,
        });
        all.extend(written.map(|it| of_paper(*part, it.clone())));
        for it in evidence_of(&known.file, *part) {
            let fits = it.size <= LARGEST && it.size <= room;
            if fits && is_printable(it.file_type) {
                room -= it.size;
                all.push(of_scan(*part, it));
            } else {
                all.push(of_paper(*part, beside(known, it).into()));
            }
        }
    }
    Ok(all)
}

fn of_paper(part: FilePart, paper: Paper) -> Part {
    Part {
        section: part,
        title: paper.title(),
        remark: String::new(),
        content: PartContent::Paper(Box::new(paper)),
    }
}

fn of_scan(part: FilePart, it: &evidence::Model) -> Part {
    Part {
        section: part,
        title: called(it),
        remark: it.kind.term().to_owned(),
        content: PartContent::Scan(Box::new(it.clone())),
    }
}

/// What a material of evidence is called in the contents.
pub(super) fn called(it: &evidence::Model) -> String {
    it.title.clone().unwrap_or_else(|| it.file_name.clone())
}

/// The page that stands for what cannot be printed, or is too large.
pub(super) fn beside(known: &Known, it: &evidence::Model) -> documents::DividerPage {
    let text = format!(
        "本件为{}（{}，{}字节），原件以电子文件形式随卷保存，文件名：{}。\nSHA-256：{}",
        it.kind.term(),
        it.file_type.term(),
        it.size,
        it.file_name,
        it.sha256,
    );
    filling::divider(known, &called(it), text)
}

fn is_printable(file_type: FileType) -> bool {
    matches!(file_type, FileType::Pdf | FileType::Jpeg | FileType::Png | FileType::Webp)
}

/// The forms of a part that can be made of this case, and of what.
fn papers_of(file: &CaseFile, part: FilePart) -> Vec<(PaperForm, Uuid)> {
    let forms: &[PaperForm] = match part {
        FilePart::Application => &[PaperForm::Application, PaperForm::AcceptanceRegister],
        FilePart::RightsNotices if file.case.accepted_at.is_some() => &[PaperForm::RightsNotice],
        FilePart::Mandates => &[PaperForm::PowerOfAttorney],
        FilePart::Investigations => &[PaperForm::InvestigationRecord],
        FilePart::Minutes => &[PaperForm::Minutes],
        FilePart::Agreement => match file.case.outcome {
            Some(Outcome::Declined) => &[PaperForm::NonAcceptanceNotice],
            Some(Outcome::Failed | Outcome::Terminated) => &[PaperForm::TerminationNotice],
            _ => &[PaperForm::Agreement, PaperForm::OralRegister],
        },
        FilePart::Revisits => &[PaperForm::RevisitRecord],
        FilePart::JudicialConfirmation if !file.confirmations.is_empty() => {
            &[PaperForm::ConfirmationPack, PaperForm::ConfirmationApplication]
        }
        FilePart::FileNote => &[PaperForm::ClosingSheet],
        // Cover, contents and back cover are made with the whole.
        FilePart::Cover
        | FilePart::Contents
        | FilePart::RightsNotices
        | FilePart::IdentityProofs
        | FilePart::Evidence
        | FilePart::PerformanceProofs
        | FilePart::JudicialConfirmation
        | FilePart::BackCover => &[],
    };
    let of = |form: &PaperForm| {
        let form = *form;
        forms::subjects(file, form).into_iter().map(move |id| (form, id))
    };
    forms.iter().flat_map(of).collect()
}

/// The materials of a part, oldest first; what was withdrawn is none.
fn evidence_of(file: &CaseFile, part: FilePart) -> Vec<&evidence::Model> {
    let belongs = |it: &&evidence::Model| it.withdrawn_at.is_none() && part == part_of(file, it);
    file.evidence.iter().filter(belongs).collect()
}

/// Scans of what was signed lie with the agreement, proofs with the performance.
fn part_of(file: &CaseFile, it: &evidence::Model) -> FilePart {
    if file.signatures.iter().any(|other| other.scan_evidence_id == Some(it.id)) {
        return FilePart::Agreement;
    }
    if file.performances.iter().any(|other| other.proof_evidence_id == Some(it.id)) {
        return FilePart::PerformanceProofs;
    }
    match it.kind {
        EvidenceKind::Identity => FilePart::IdentityProofs,
        EvidenceKind::Mandate => FilePart::Mandates,
        _ => FilePart::Evidence,
    }
}
