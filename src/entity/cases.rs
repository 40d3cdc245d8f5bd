//! The case, who is in dispute, and what is asked for.

super::entity! {
    case = "cases" {
        id: Uuid,
        case_number: Option<String>,
        office_id: Uuid,
        registered_by: Uuid,
        channel: Channel,
        legal_basis: LegalBasis,
        external_number: Option<String>,
        track: Track,
        status: CaseStatus,
        outcome: Option<Outcome>,
        outcome_reason: Option<String>,
        outcome_explanation: Option<String>,
        title: String,
        facts: String,
        category: Category,
        subject_kind: SubjectKind,
        subject_name: String,
        purchased_on: Option<NaiveDate>,
        price_fen: Option<i64>,
        bought_online: bool,
        prepaid_card: bool,
        complex: bool,
        sensitive: bool,
        order_kind: Option<OrderKind>,
        requested_at: DateTime<Utc>,
        received_at: DateTime<Utc>,
        accepted_at: Option<DateTime<Utc>>,
        mediation_started_at: Option<DateTime<Utc>>,
        termination_decided_at: Option<DateTime<Utc>>,
        termination_reason: Option<TerminationReason>,
        termination_explanation: Option<String>,
        ended_at: Option<DateTime<Utc>>,
        closed_at: Option<DateTime<Utc>>,
        archived_at: Option<DateTime<Utc>>,
        retention: Option<Retention>,
        page_count: Option<i32>,
        file_hash: Option<String>,
        version: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    /// For whom a case is one's own. `id` is the case and the person joined.
    case_member = "case_members" {
        id: String,
        case_id: Uuid,
        user_id: Uuid,
    }

    party = "parties" {
        id: Uuid,
        case_id: Uuid,
        ordinal: i32,
        role: PartyRole,
        kind: PartyKind,
        name: String,
        gender: Gender,
        born_on: Option<NaiveDate>,
        identity_document: Option<IdentityDocument>,
        identity_verified: bool,
        credit_code: Option<String>,
        legal_representative: Option<String>,
        id_number_masked: Option<String>,
        phone_masked: Option<String>,
        address_masked: Option<String>,
        bank_account_masked: Option<String>,
        created_at: DateTime<Utc>,
    }

    agent = "agents" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        kind: AgentKind,
        power: AgentPower,
        name: String,
        organization: Option<String>,
        representative_id: Option<Uuid>,
        mandate_scope: Option<String>,
        mandate_from: Option<NaiveDate>,
        mandate_until: Option<NaiveDate>,
        mandate_seen: bool,
        id_number_masked: Option<String>,
        phone_masked: Option<String>,
        created_at: DateTime<Utc>,
    }

    claim = "claims" {
        id: Uuid,
        case_id: Uuid,
        ordinal: i32,
        kind: ClaimKind,
        amount_fen: Option<i64>,
        description: String,
    }

    supplement = "supplements" {
        id: Uuid,
        case_id: Uuid,
        items: String,
        due_on: NaiveDate,
        manner: Manner,
        status: SupplementStatus,
        requested_by: Uuid,
        requested_at: DateTime<Utc>,
        answer: Option<String>,
        answered_at: Option<DateTime<Utc>>,
    }

    /// Where a case belongs, as somebody knew better.
    locality_correction = "locality_corrections" {
        id: Uuid,
        case_id: Uuid,
        building_id: Option<Uuid>,
        service_point_id: Option<Uuid>,
        explanation: String,
        corrected_by: Uuid,
        corrected_at: DateTime<Utc>,
    }

    /// What the desk answered that a case was sent to.
    referral_answer = "referral_answers" {
        id: Uuid,
        case_id: Uuid,
        answer: String,
        answered_at: DateTime<Utc>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }
}
