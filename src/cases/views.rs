//! What is answered about cases and parties. Personal values leave only masked.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::store::Listed;
use crate::entity::{case, party};
use crate::personal_data::mask;
use crate::words::{
    CaseStatus, Category, Channel, Gender, IdentityDocument, LegalBasis, OrderKind, Outcome,
    PartyKind, PartyRole, Retention, SubjectKind, TerminationReason, Track,
};

/// A mediation case with its parties.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the case by itself")]
pub struct Case {
    pub id: Uuid,
    /// Official number; given at acceptance.
    pub case_number: Option<String>,
    pub track: Track,
    pub status: CaseStatus,
    /// What ended the mediation.
    pub outcome: Option<Outcome>,
    /// Code of the reason of the outcome.
    pub outcome_reason: Option<String>,
    /// The reason in words.
    pub outcome_explanation: Option<String>,
    /// The office that handles the case.
    pub office_id: Uuid,
    /// Who registered it.
    pub registered_by: Uuid,
    pub channel: Channel,
    pub legal_basis: LegalBasis,
    /// The number under which the sender knows it.
    pub external_number: Option<String>,
    /// The dispute in one line.
    pub title: String,
    /// The facts as the applicant tells them.
    pub facts: String,
    pub category: Category,
    pub subject_kind: SubjectKind,
    /// What was bought.
    pub subject_name: String,
    pub purchased_on: Option<NaiveDate>,
    /// Price in fen.
    pub price_fen: Option<i64>,
    pub bought_online: bool,
    pub prepaid_card: bool,
    /// Complex cases cannot be entrusted.
    pub complex: bool,
    /// Sensitive cases cannot be entrusted.
    pub sensitive: bool,
    /// Of what kind the hotline's order is.
    pub order_kind: Option<OrderKind>,
    /// When the office received it; never changed.
    pub received_at: DateTime<Utc>,
    /// When the party asked for mediation. It interrupts limitation and is never changed.
    pub requested_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub mediation_started_at: Option<DateTime<Utc>>,
    /// When the authority decided to end mediation; both parties are told after it.
    pub termination_decided_at: Option<DateTime<Utc>>,
    pub termination_reason: Option<TerminationReason>,
    /// The reason of the decision in words.
    pub termination_explanation: Option<String>,
    /// When the outcome came about.
    pub ended_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub retention: Option<Retention>,
    /// Pages of the archived case file.
    pub page_count: Option<i32>,
    /// SHA-256 that seals the archived case file.
    pub file_hash: Option<String>,
    pub parties: Vec<Party>,
    /// The version for `If-Match`; it covers everything that belongs to the case.
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Case {
    pub fn new(case: case::Model, parties: Vec<party::Model>) -> Self {
        Self {
            id: case.id,
            case_number: case.case_number,
            track: case.track,
            status: case.status,
            outcome: case.outcome,
            outcome_reason: case.outcome_reason,
            outcome_explanation: case.outcome_explanation,
            office_id: case.office_id,
            registered_by: case.registered_by,
            channel: case.channel,
            legal_basis: case.legal_basis,
            external_number: case.external_number,
            title: case.title,
            facts: case.facts,
            category: case.category,
            subject_kind: case.subject_kind,
            subject_name: case.subject_name,
            purchased_on: case.purchased_on,
            price_fen: case.price_fen,
            bought_online: case.bought_online,
            prepaid_card: case.prepaid_card,
            complex: case.complex,
            sensitive: case.sensitive,
            order_kind: case.order_kind,
            received_at: case.received_at,
            requested_at: case.requested_at,
            accepted_at: case.accepted_at,
            mediation_started_at: case.mediation_started_at,
            termination_decided_at: case.termination_decided_at,
            termination_reason: case.termination_reason,
            termination_explanation: case.termination_explanation,
            ended_at: case.ended_at,
            closed_at: case.closed_at,
            archived_at: case.archived_at,
            retention: case.retention,
            page_count: case.page_count,
            file_hash: case.file_hash,
            parties: parties.into_iter().map(Party::from).collect(),
            version: case.version,
            created_at: case.created_at,
            updated_at: case.updated_at,
        }
    }
}

/// A case in a list.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CaseSummary {
    pub id: Uuid,
    /// Official number; given at acceptance.
    pub case_number: Option<String>,
    pub track: Track,
    pub status: CaseStatus,
    pub outcome: Option<Outcome>,
    pub office_id: Uuid,
    pub channel: Channel,
    pub external_number: Option<String>,
    /// The dispute in one line.
    pub title: String,
    pub category: Category,
    pub requested_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl From<Listed> for CaseSummary {
    fn from(case: Listed) -> Self {
        Self {
            id: case.id,
            case_number: case.case_number,
            track: case.track,
            status: case.status,
            outcome: case.outcome,
            office_id: case.office_id,
            channel: case.channel,
            external_number: case.external_number,
            title: case.title,
            category: case.category,
            requested_at: case.requested_at,
            accepted_at: case.accepted_at,
            version: case.version,
            updated_at: case.updated_at,
        }
    }
}

/// A party to the dispute (当事人). Names of persons, numbers, phones and addresses are masked;
/// `POST …/unmasking` shows them for a purpose and leaves a trace.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Party {
    pub id: Uuid,
    /// Place in the list of parties, from 1.
    pub ordinal: i32,
    pub role: PartyRole,
    pub kind: PartyKind,
    /// Masked for a natural person, full for an organization.
    pub name: String,
    pub gender: Option<Gender>,
    /// Under 18 on the day of registration.
    pub minor: bool,
    pub identity_document: Option<IdentityDocument>,
    /// Whether somebody has checked the identity against a document.
    pub identity_verified: bool,
    /// Unified social credit code of an organization.
    pub credit_code: Option<String>,
    /// Legal representative of an organization, masked.
    pub legal_representative: Option<String>,
    /// Masked number of the identity document.
    pub id_number: Option<String>,
    /// Masked phone.
    pub phone: Option<String>,
    /// Masked address.
    pub address: Option<String>,
    /// Masked account for refunds.
    pub bank_account: Option<String>,
}

impl From<party::Model> for Party {
    fn from(it: party::Model) -> Self {
        let person = it.kind == PartyKind::NaturalPerson;
        let registered_on = crate::clock::shanghai_day(it.created_at);
        Self {
            minor: super::file::is_minor(&it, registered_on),
            name: if person { mask::name(&it.name) } else { it.name },
            id: it.id,
            ordinal: it.ordinal,
            role: it.role,
            kind: it.kind,
            gender: person.then_some(it.gender),
            identity_document: it.identity_document,
            identity_verified: it.identity_verified,
            credit_code: it.credit_code,
            legal_representative: it.legal_representative.as_deref().map(mask::name),
            id_number: it.id_number_masked,
            phone: it.phone_masked,
            address: it.address_masked,
            bank_account: it.bank_account_masked,
        }
    }
}
