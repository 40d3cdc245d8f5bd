//! A case in mediation for the tests of this room and of those after it: an applicant, a shop
//! with a lawyer, the presiding mediator, and a locked agreement with one payment in two parts
//! and an apology.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::{
    agent, agreement, assignment, case, evidence, instalment, party, signature, term,
};
use crate::error::{Error, Result};
use crate::words::*;

pub(crate) const APPLICANT: Uuid = Uuid::from_u128(1);
pub(crate) const SHOP: Uuid = Uuid::from_u128(2);
pub(crate) const LAWYER: Uuid = Uuid::from_u128(3);
pub(crate) const MEDIATOR: Uuid = Uuid::from_u128(4);
pub(crate) const STRANGER: Uuid = Uuid::from_u128(5);
pub(crate) const AGREEMENT: Uuid = Uuid::from_u128(6);
pub(crate) const REFUND: Uuid = Uuid::from_u128(7);
pub(crate) const APOLOGY: Uuid = Uuid::from_u128(8);
pub(crate) const FIRST_PART: Uuid = Uuid::from_u128(9);
pub(crate) const SECOND_PART: Uuid = Uuid::from_u128(10);

/// The hash of the locked text.
pub(crate) const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// An hour, Shanghai time, in March 2026.
pub(crate) fn at(day: u32, hour: u32) -> DateTime<Utc> {
    let local = chrono_tz::Asia::Shanghai.with_ymd_and_hms(2026, 3, day, hour, 0, 0);
    local.single().unwrap().to_utc()
}

/// A day in 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// What a rule said: nothing, or the codes of its faults with their places.
pub(crate) fn said<T>(result: Result<T>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(faults)) => {
            faults.into_iter().map(|it| format!("{} {}", it.pointer, it.code)).collect()
        }
        Err(Error::Refused(unmet)) => unmet.into_iter().map(|it| it.code.to_owned()).collect(),
        Err(other) => panic!("{other}"),
    }
}

/// On the tenth of March at noon.
pub(crate) fn file() -> CaseFile {
    CaseFile {
        parties: vec![
            party(APPLICANT, 1, PartyRole::Applicant),
            party(SHOP, 2, PartyRole::Respondent),
        ],
        agents: vec![lawyer()],
        assignments: vec![presiding(MEDIATOR)],
        agreements: vec![locked()],
        terms: vec![
            term(REFUND, 1, TermKind::Refund, Some(358_000)),
            term(APOLOGY, 2, TermKind::Apology, None),
        ],
        instalments: vec![
            instalment(FIRST_PART, 1, 200_000, day(4, 1)),
            instalment(SECOND_PART, 2, 158_000, day(5, 1)),
        ],
        ..CaseFile::bare(case(), at(10, 12))
    }
}

fn case() -> case::Model {
    case::Model {
        id: Uuid::nil(),
        case_number: Some("（2026）徐消人调字第00001号".to_owned()),
        office_id: Uuid::nil(),
        registered_by: Uuid::nil(),
        channel: Channel::WalkIn,
        legal_basis: LegalBasis::Applied,
        external_number: None,
        track: Track::PeopleMediation,
        status: CaseStatus::Mediating,
        outcome: None,
        outcome_reason: None,
        outcome_explanation: None,
        title: "健身卡退费".to_owned(),
        facts: "门店停业。".to_owned(),
        category: Category::Contract,
        subject_kind: SubjectKind::Service,
        subject_name: "健身年卡".to_owned(),
        purchased_on: None,
        price_fen: None,
        bought_online: false,
        prepaid_card: true,
        complex: false,
        sensitive: false,
        order_kind: None,
        requested_at: at(2, 9),
        received_at: at(2, 9),
        accepted_at: Some(at(2, 10)),
        mediation_started_at: Some(at(3, 9)),
        termination_decided_at: None,
        termination_reason: None,
        termination_explanation: None,
        ended_at: None,
        closed_at: None,
        archived_at: None,
        retention: None,
        page_count: None,
        file_hash: None,
        version: 1,
        created_at: at(2, 9),
        updated_at: at(2, 9),
    }
}

pub(crate) fn party(id: Uuid, ordinal: i32, role: PartyRole) -> party::Model {
    party::Model {
        id,
        case_id: Uuid::nil(),
        ordinal,
        role,
        kind: PartyKind::NaturalPerson,
        name: "陈晓雯".to_owned(),
        gender: Gender::Unknown,
        born_on: None,
        identity_document: None,
        identity_verified: true,
        credit_code: None,
        legal_representative: None,
        id_number_masked: None,
        phone_masked: Some("138****8000".to_owned()),
        address_masked: None,
        bank_account_masked: None,
        created_at: at(2, 9),
    }
}

/// The shop's lawyer, with power to settle.
pub(crate) fn lawyer() -> agent::Model {
    agent::Model {
        id: LAWYER,
        case_id: Uuid::nil(),
        party_id: SHOP,
        kind: AgentKind::Lawyer,
        power: AgentPower::Settlement,
        name: "李国栋".to_owned(),
        organization: None,
        representative_id: None,
        mandate_scope: None,
        mandate_from: None,
        mandate_until: None,
        mandate_seen: true,
        id_number_masked: None,
        phone_masked: None,
        created_at: at(2, 9),
    }
}

pub(crate) fn presiding(mediator_id: Uuid) -> assignment::Model {
    assignment::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        mediator_id,
        mediator_role: Role::Mediator,
        seat: PanelSeat::Presiding,
        origin: AssignmentOrigin::Designated,
        status: AssignmentStatus::Accepted,
        assigned_by: Uuid::nil(),
        assigned_at: at(2, 11),
        responded_at: None,
        reason: None,
        suggestion_id: None,
        explanation: None,
    }
}

/// Locked on the fifth at noon.
pub(crate) fn locked() -> agreement::Model {
    agreement::Model {
        id: AGREEMENT,
        case_id: Uuid::nil(),
        revision: 1,
        form: AgreementForm::Written,
        paper: Paper::MediationAgreement,
        document_waiver: None,
        status: AgreementStatus::Locked,
        facts: "申请人购买健身年卡后门店停业。".to_owned(),
        disputed_matters: "剩余费用如何退还。".to_owned(),
        responsibilities: "被申请人未能继续提供服务。".to_owned(),
        text: Some("……".to_owned()),
        text_hash: Some(HASH.to_owned()),
        locked_at: Some(at(5, 12)),
        check_number: Some("0123-4567-89AB-CDEF".to_owned()),
        sealed_at: None,
        sealed_by: None,
        seal_office_id: None,
        effective_on: None,
        created_at: at(4, 9),
    }
}

/// The shop owes it to the applicant.
fn term(id: Uuid, ordinal: i32, kind: TermKind, amount_fen: Option<i64>) -> term::Model {
    term::Model {
        id,
        case_id: Uuid::nil(),
        agreement_id: AGREEMENT,
        ordinal,
        kind,
        obligor_id: SHOP,
        obligee_id: APPLICANT,
        amount_fen,
        due_on: day(5, 1),
        manner: "银行转账".to_owned(),
        description: format!("{}。", kind.term()),
    }
}

fn instalment(id: Uuid, ordinal: i32, amount_fen: i64, due_on: NaiveDate) -> instalment::Model {
    instalment::Model { id, case_id: Uuid::nil(), term_id: REFUND, ordinal, amount_fen, due_on }
}

/// A photo among the evidence.
pub(crate) fn material(id: Uuid) -> evidence::Model {
    evidence::Model {
        id,
        case_id: Uuid::nil(),
        kind: EvidenceKind::Photo,
        title: None,
        file_name: "照片.jpg".to_owned(),
        file_type: FileType::Jpeg,
        size: 1,
        sha256: HASH.to_owned(),
        object_key: String::new(),
        thumbnail_key: None,
        thumbnail_sha256: None,
        visibility: EvidenceVisibility::AllParties,
        submitted_by: None,
        added_by: MEDIATOR,
        added_at: at(6, 8),
        withdrawn_by: None,
        withdrawn_at: None,
        withdrawal_reason: None,
    }
}

/// A party's signature under the locked text.
pub(crate) fn signed_by_party(party_id: Uuid, signed_at: DateTime<Utc>) -> signature::Model {
    signature::Model {
        id: Uuid::now_v7(),
        case_id: Uuid::nil(),
        agreement_id: AGREEMENT,
        signer: SignerKind::Party,
        party_id: Some(party_id),
        agent_id: None,
        mediator_id: None,
        method: SignatureMethod::Pen,
        signed_at,
        place: "工作站".to_owned(),
        text_hash: HASH.to_owned(),
        witness: None,
        scan_evidence_id: None,
        drawing_key: None,
        drawing_sha256: None,
        signing_code_id: None,
    }
}

/// A mediator's signature under the locked text.
pub(crate) fn signed_by_mediator(mediator_id: Uuid, signed_at: DateTime<Utc>) -> signature::Model {
    signature::Model {
        signer: SignerKind::Mediator,
        party_id: None,
        mediator_id: Some(mediator_id),
        ..signed_by_party(APPLICANT, signed_at)
    }
}
