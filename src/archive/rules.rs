//! What a case file must hold (domain §3.8), and the hash that seals it. Pure. The gates of
//! `archive_case` refuse for the same reasons; a test holds the two together.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::access::{Action, Actor};
use crate::cases::file::CaseFile;
use crate::cases::gates::{Question, Requirement, is_agreement};
use crate::error::Unmet;
use crate::language::Text;
use crate::law::Law;
use crate::words::{AgentKind, AgreementStatus, HearingStatus};

/// A part of the case file, in its prescribed order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, poem_openapi::Enum, serde::Serialize, serde::Deserialize,
)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FilePart {
    Cover,
    Contents,
    Application,
    RightsNotices,
    IdentityProofs,
    Mandates,
    Investigations,
    Evidence,
    Minutes,
    Agreement,
    PerformanceProofs,
    Revisits,
    JudicialConfirmation,
    FileNote,
    BackCover,
}

impl FilePart {
    /// Every part, in the order of the file.
    pub const ALL: &'static [Self] = &[
        Self::Cover,
        Self::Contents,
        Self::Application,
        Self::RightsNotices,
        Self::IdentityProofs,
        Self::Mandates,
        Self::Investigations,
        Self::Evidence,
        Self::Minutes,
        Self::Agreement,
        Self::PerformanceProofs,
        Self::Revisits,
        Self::JudicialConfirmation,
        Self::FileNote,
        Self::BackCover,
    ];

    /// The official name.
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::Cover => ("卷宗封面", "Cover"),
            Self::Contents => ("卷内目录", "Contents"),
            Self::Application => {
                ("人民调解申请书或者受理登记表", "Application or register of acceptance")
            }
            Self::RightsNotices => ("当事人权利义务告知书", "Notices of rights and duties"),
            Self::IdentityProofs => ("当事人身份证明", "Proofs of the parties' identities"),
            Self::Mandates => ("授权委托书", "Powers of attorney"),
            Self::Investigations => ("人民调解调查记录", "Records of investigation"),
            Self::Evidence => ("人民调解证据材料", "Evidence"),
            Self::Minutes => ("人民调解记录", "Minutes of mediation"),
            Self::Agreement => {
                ("人民调解协议书或者口头协议登记表", "Agreement or register of the oral agreement")
            }
            Self::PerformanceProofs => ("履行凭证", "Proofs of performance"),
            Self::Revisits => ("人民调解回访记录", "Records of revisits"),
            Self::JudicialConfirmation => ("司法确认有关材料", "Papers of judicial confirmation"),
            Self::FileNote => ("卷宗情况说明", "Note on the state of the file"),
            Self::BackCover => ("封底", "Back cover"),
        };
        Text::new(zh, en)
    }

    /// The articles that ask for it.
    pub fn law(self) -> &'static [Law] {
        match self {
            Self::RightsNotices => &[Law::Pml23, Law::Rules2002Art30],
            Self::Mandates => &[Law::CivilCode165],
            Self::Agreement => &[Law::Pml27, Law::Pml28, Law::Pml29],
            Self::PerformanceProofs | Self::Revisits => &[Law::Pml31],
            _ => &[Law::Pml27],
        }
    }

    /// What `archive_case` asks for so that the part is there; None of parts that it does not ask
    /// for, or that cannot lack in a closed case.
    fn requirement(self) -> Option<Requirement> {
        match self {
            Self::Application => Some(Requirement::ApplicantNamed),
            Self::RightsNotices => Some(Requirement::RightsOnFile),
            Self::IdentityProofs => Some(Requirement::IdentitiesVerified),
            Self::Minutes => Some(Requirement::MinutesComplete),
            Self::Agreement => Some(Requirement::AgreementInForce),
            Self::Cover
            | Self::Contents
            | Self::Mandates
            | Self::Investigations
            | Self::Evidence
            | Self::PerformanceProofs
            | Self::Revisits
            | Self::JudicialConfirmation
            | Self::FileNote
            | Self::BackCover => None,
        }
    }

    /// Whether the file of this case must hold it. What mediation brings forth is wanted only
    /// of a case that was mediated.
    fn is_required(self, file: &CaseFile) -> bool {
        match self {
            Self::Cover | Self::Contents | Self::Application | Self::BackCover => true,
            Self::RightsNotices | Self::IdentityProofs => file.case.mediation_started_at.is_some(),
            Self::Minutes => held_hearings(file).next().is_some(),
            Self::Agreement => is_agreement(file.case.outcome),
            Self::Mandates
            | Self::Investigations
            | Self::Evidence
            | Self::PerformanceProofs
            | Self::Revisits
            | Self::JudicialConfirmation
            | Self::FileNote => false,
        }
    }

    /// Whether the record of the case holds it.
    fn is_present(self, file: &CaseFile) -> bool {
        use crate::words::PartyRole::Applicant;
        match self {
            // Drawn from the record itself.
            Self::Cover | Self::Contents | Self::BackCover => true,
            Self::Application => file.parties.iter().any(|it| it.role == Applicant),
            Self::RightsNotices => file.parties.iter().all(|party| {
                file.rights_notices.iter().any(|it| it.party_id == party.id && it.acknowledged)
            }),
            Self::IdentityProofs => file.parties.iter().all(|it| it.identity_verified),
            Self::Mandates => {
                file.agents.iter().any(|it| it.kind != AgentKind::Guardian && it.mandate_seen)
            }
            Self::Minutes => {
                held_hearings(file).next().is_some()
                    && held_hearings(file).all(|it| it.minutes.is_some())
            }
            Self::Agreement => {
                file.agreement().is_some_and(|it| it.status == AgreementStatus::InForce)
            }
            Self::PerformanceProofs => file
                .performances
                .iter()
                .any(|it| it.proof.is_some() || it.proof_evidence_id.is_some()),
            Self::Revisits => !file.revisits.is_empty(),
            Self::JudicialConfirmation => !file.confirmations.is_empty(),
            Self::Investigations => !file.investigations.is_empty(),
            Self::Evidence => file.evidence.iter().any(|it| it.withdrawn_at.is_none()),
            // Made as a paper when there is something to say; the record does not need it.
            Self::FileNote => false,
        }
    }
}

fn held_hearings(file: &CaseFile) -> impl Iterator<Item = &crate::entity::hearing::Model> {
    file.hearings.iter().filter(|it| it.status == HearingStatus::Held)
}

/// One line of the list of what the file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub part: FilePart,
    pub required: bool,
    pub present: bool,
    /// What it lacks, one for each party or hearing; only of what is required and not there.
    pub lacks: Vec<Unmet>,
}

/// The list of domain §3.8 for this case, as `asker` would archive it.
pub(super) fn list(file: &CaseFile, asker: Actor) -> Vec<Line> {
    let question = Question {
        file,
        action: Action::ArchiveCase,
        target: None,
        asker: asker.id,
        role: asker.role,
    };
    let line = |part: &FilePart| {
        let (required, present) = (part.is_required(file), part.is_present(file));
        let asked_for = part.requirement().filter(|_| required && !present);
        let lacks = asked_for.map(|it| it.lacking(question)).unwrap_or_default();
        Line { part: *part, required, present, lacks }
    };
    FilePart::ALL.iter().map(line).collect()
}

/// Whether nothing is missing that must be there.
pub(super) fn is_complete(list: &[Line]) -> bool {
    list.iter().all(|it| it.present || !it.required)
}

/// What archiving itself writes beside the content; the seal cannot cover it.
const BOOKKEEPING: [&str; 4] = ["status", "version", "updated_at", "file_hash"];

/// The seal of a case file: SHA-256 over a canonical JSON of everything in it, members sorted
/// by name, rows in the order of the file, what is absent left out. Whoever has the rows can
/// make it again, also after the schema has got further optional columns and tables.
pub(super) fn seal(file: &CaseFile) -> String {
    // Every member is named, so that what is added to the file cannot stay unsealed.
    let CaseFile {
        now: _,
        case,
        members,
        parties,
        agents,
        claims,
        supplements,
        evidence,
        consents,
        rights_notices,
        investigations,
        invitations,
        assignments,
        hearings,
        hearing_notices,
        attendances,
        agreements,
        terms,
        instalments,
        signatures,
        track_moves,
        route_notices,
        performances,
        revisits,
        recusals,
        suspensions,
        extensions,
        contacts,
        feedbacks,
        referral_answers,
        // Counted from what is sealed, and going on after it.
        deadlines: _,
        // Not of the case: a mediator's declarations, and a register that goes on after it.
        interests: _,
        clues: _,
        confirmations,
        court_answers,
    } = file;
    let mut content = json!({
        "case": case,
        "members": members,
        "parties": parties,
        "agents": agents,
        "claims": claims,
        "supplements": supplements,
        "evidence": evidence,
        "consents": consents,
        "rights_notices": rights_notices,
        "investigations": investigations,
        "invitations": invitations,
        "assignments": assignments,
        "hearings": hearings,
        "hearing_notices": hearing_notices,
        "attendances": attendances,
        "agreements": agreements,
        "terms": terms,
        "instalments": instalments,
        "signatures": signatures,
        "track_moves": track_moves,
        "route_notices": route_notices,
        "performances": performances,
        "revisits": revisits,
        "recusals": recusals,
        "confirmations": confirmations,
        "court_answers": court_answers,
        "suspensions": suspensions,
        "extensions": extensions,
        "contacts": contacts,
        "feedbacks": feedbacks,
        "referral_answers": referral_answers,
    });
    if let Some(Value::Object(case)) = content.get_mut("case") {
        case.retain(|name, _| !BOOKKEEPING.contains(&name.as_str()));
    }
    leave_out_absent(&mut content);
    content.sort_all_objects();
    hex::encode(Sha256::digest(content.to_string()))
}

fn leave_out_absent(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, it| !it.is_null() && it.as_array().is_none_or(|it| !it.is_empty()));
            members.values_mut().for_each(leave_out_absent);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_absent),
        _ => {}
    }
}

/// Whether an archived file is still the one that was sealed; None before it is archived.
pub(super) fn is_intact(file: &CaseFile) -> Option<bool> {
    file.case.file_hash.as_ref().map(|hash| *hash == seal(file))
}

#[cfg(test)]
mod tests;
