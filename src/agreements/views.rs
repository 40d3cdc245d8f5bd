//! What is answered about agreements.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::checks::{CheckAddress, check_address};
use super::findings::{Finding, Severity, is_ready};
use super::rules::{self, MissingAct};
use crate::cases::file::CaseFile;
use crate::entity::{agreement, instalment, party, signature, term};
use crate::http::{LawView, TextView};
use crate::language::Language;
use crate::personal_data::mask;
use crate::settings::Settings;
use crate::tracks;
use crate::words::{
    AgreementForm, AgreementStatus, DocumentWaiver, Paper, SignatureMethod, SignerKind, TermKind,
};

/// A mediation agreement (调解协议): its latest revision.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Agreement {
    pub id: Uuid,
    /// 1 for the first; a locked text that is changed becomes a new revision.
    pub revision: i32,
    pub form: AgreementForm,
    /// Which paper it is written on; the track decides.
    pub paper: Paper,
    /// Why the authority made no document.
    pub document_waiver: Option<DocumentWaiver>,
    pub status: AgreementStatus,
    /// The main facts of the dispute.
    pub facts: String,
    pub disputed_matters: String,
    /// What each party answers for.
    pub responsibilities: String,
    /// The duties, in order.
    pub terms: Vec<Term>,
    /// The standard text, once it is locked. Calls parties by side and place, not by name.
    pub text: Option<String>,
    /// SHA-256 of the text in hexadecimal: what is signed.
    pub text_hash: Option<String>,
    pub locked_at: Option<DateTime<Utc>>,
    /// What is printed on the paper, so that anybody who holds it can see whether it is in force.
    pub paper_check: Option<PaperCheck>,
    /// The signatures under this revision.
    pub signatures: Vec<Signature>,
    pub sealed_at: Option<DateTime<Utc>>,
    /// Who put the seal on it.
    pub sealed_by: Option<Uuid>,
    /// The office whose seal it is.
    pub seal_office_id: Option<Uuid>,
    /// The effective date: the day of the latest of signatures and seal, or the day on which an
    /// oral agreement was reached.
    pub effective_on: Option<NaiveDate>,
    /// What is missing until it is in force; empty once it is, or when it was superseded.
    pub missing: Vec<AgreementGap>,
    /// What each party has said of asking a court to confirm this text; empty where none is
    /// asked, and before the text is locked.
    pub confirmation_wishes: Vec<ConfirmationWish>,
    pub created_at: DateTime<Utc>,
}

impl Agreement {
    /// The agreement with what the file holds of it.
    pub(super) fn new(settings: &Settings, file: &CaseFile, it: agreement::Model) -> Self {
        let paper_check = check_address(settings, &it).map(PaperCheck::from);
        let terms = file.terms_of(it.id).map(|term| Term::new(file, term.clone())).collect();
        let signatures = file.signatures.iter().filter(|other| other.agreement_id == it.id);
        let signatures = signatures.cloned().map(Signature::from).collect();
        let missing = rules::missing_acts(file, &it);
        let asked = tracks::rules(file.case.track).confirmation && it.locked_at.is_some();
        let wish = |it: &party::Model| ConfirmationWish {
            party_id: it.id,
            wishes: file.wishes_confirmation(it.id),
        };
        let confirmation_wishes = file.parties.iter().filter(|_| asked).map(wish).collect();
        Self {
            id: it.id,
            revision: it.revision,
            form: it.form,
            paper: it.paper,
            document_waiver: it.document_waiver,
            status: it.status,
            facts: it.facts,
            disputed_matters: it.disputed_matters,
            responsibilities: it.responsibilities,
            terms,
            text: it.text,
            text_hash: it.text_hash,
            locked_at: it.locked_at,
            paper_check,
            signatures,
            sealed_at: it.sealed_at,
            sealed_by: it.sealed_by,
            seal_office_id: it.seal_office_id,
            effective_on: it.effective_on,
            missing: missing
                .into_iter()
                .map(|(act, party_id)| AgreementGap { act, party_id })
                .collect(),
            confirmation_wishes,
            created_at: it.created_at,
        }
    }
}

/// Whether a party wants a court to confirm the agreement.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ConfirmationWish {
    pub party_id: Uuid,
    /// Absent while it has said nothing of this text.
    pub wishes: Option<bool>,
}

/// How a paper can be checked by whoever holds it.
#[derive(Debug, Object)]
pub struct PaperCheck {
    /// In groups of four.
    pub number: String,
    /// The first 16 digits of `text_hash`.
    pub short_hash: String,
    /// The page that tells; needs no login.
    pub address: String,
}

impl From<CheckAddress> for PaperCheck {
    fn from(it: CheckAddress) -> Self {
        let CheckAddress { address, number, short_hash } = it;
        Self { number, short_hash, address }
    }
}

/// An act without which the agreement is not in force (PML 29).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AgreementGap {
    pub act: MissingAct,
    /// The party whose signature is missing.
    pub party_id: Option<Uuid>,
}

/// One duty (条款).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Term {
    pub id: Uuid,
    /// Place in the agreement, from 1.
    pub ordinal: i32,
    pub kind: TermKind,
    /// The party that owes it.
    pub obligor_id: Uuid,
    /// The party it is owed to.
    pub obligee_id: Uuid,
    /// The whole sum in fen; payments only.
    pub amount_fen: Option<i64>,
    /// The last day for it.
    pub due_on: NaiveDate,
    /// How it is done.
    pub manner: String,
    /// What is owed, in words.
    pub description: String,
    /// The parts of a payment, earliest first; empty when it is paid at once.
    pub instalments: Vec<Instalment>,
}

impl Term {
    fn new(file: &CaseFile, it: term::Model) -> Self {
        let parts = file.instalments.iter().filter(|part| part.term_id == it.id);
        Self {
            id: it.id,
            ordinal: it.ordinal,
            kind: it.kind,
            obligor_id: it.obligor_id,
            obligee_id: it.obligee_id,
            amount_fen: it.amount_fen,
            due_on: it.due_on,
            manner: it.manner,
            description: it.description,
            instalments: parts.cloned().map(Instalment::from).collect(),
        }
    }
}

/// One part of a payment.
#[derive(Debug, Object)]
pub struct Instalment {
    pub id: Uuid,
    /// Place in the payment, from 1.
    pub ordinal: i32,
    /// This part in fen.
    pub amount_fen: i64,
    /// The last day for it.
    pub due_on: NaiveDate,
}

impl From<instalment::Model> for Instalment {
    fn from(it: instalment::Model) -> Self {
        let instalment::Model { id, ordinal, amount_fen, due_on, .. } = it;
        Self { id, ordinal, amount_fen, due_on }
    }
}

/// A signature under an agreement.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Signature {
    pub id: Uuid,
    pub signer: SignerKind,
    /// The party who signed, or for whom it was signed.
    pub party_id: Option<Uuid>,
    /// The agent or guardian who signed for the party.
    pub agent_id: Option<Uuid>,
    /// The mediator who signed.
    pub mediator_id: Option<Uuid>,
    pub method: SignatureMethod,
    pub signed_at: DateTime<Utc>,
    pub place: String,
    /// Hash of the text that was signed.
    pub text_hash: String,
    /// Who stood by; a masked name.
    pub witness: Option<String>,
    /// The scan of the signed paper, among the evidence.
    pub scan_evidence_id: Option<Uuid>,
    /// SHA-256 of what was drawn, in hexadecimal; the PNG is at `…/signatures/{id}/drawing`.
    pub drawing_sha256: Option<String>,
}

impl From<signature::Model> for Signature {
    fn from(it: signature::Model) -> Self {
        Self {
            id: it.id,
            signer: it.signer,
            party_id: it.party_id,
            agent_id: it.agent_id,
            mediator_id: it.mediator_id,
            method: it.method,
            signed_at: it.signed_at,
            place: it.place,
            text_hash: it.text_hash,
            witness: it.witness.as_deref().map(mask::name),
            scan_evidence_id: it.scan_evidence_id,
            drawing_sha256: it.drawing_sha256,
        }
    }
}

/// What stands against asking a court to confirm a draft.
#[derive(Debug, Object)]
pub struct AgreementFindings {
    /// Whether nothing is blocking. If not, the blocking findings say why.
    pub ready_for_confirmation: bool,
    /// In the order of the draft; what is about the case last.
    pub findings: Vec<AgreementFinding>,
}

/// One thing that stands against it, or is to be looked at again.
#[derive(Debug, Object)]
pub struct AgreementFinding {
    /// Stable name, `snake_case`.
    pub code: String,
    pub severity: Severity,
    /// JSON pointer into the body of drafting; empty for what is about the case.
    pub pointer: String,
    pub detail: TextView,
    /// The articles it rests on.
    pub law: Vec<LawView>,
}

/// How a draft would read, and what stands against it. Nothing of it is kept.
#[derive(Debug, Object)]
pub struct AgreementPreview {
    /// The standard text as locking would make it now.
    pub text: String,
    /// Whether nothing is blocking.
    pub ready_for_confirmation: bool,
    pub findings: Vec<AgreementFinding>,
}

impl AgreementFindings {
    pub(super) fn new(found: Vec<Finding>, language: Language) -> Self {
        Self {
            ready_for_confirmation: is_ready(&found),
            findings: found.into_iter().map(|it| AgreementFinding::new(it, language)).collect(),
        }
    }
}

impl AgreementPreview {
    pub(super) fn new(text: String, found: Vec<Finding>, language: Language) -> Self {
        let AgreementFindings { ready_for_confirmation, findings } =
            AgreementFindings::new(found, language);
        Self { text, ready_for_confirmation, findings }
    }
}

impl AgreementFinding {
    fn new(it: Finding, language: Language) -> Self {
        let Finding { code, severity, pointer, detail, law } = it;
        Self {
            code: code.to_owned(),
            severity,
            pointer,
            detail: detail.into(),
            law: law.iter().map(|it| LawView::new(*it, language)).collect(),
        }
    }
}
