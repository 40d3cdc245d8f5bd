//! Agreements and what follows from them; endings without one.

super::entity! {
    agreement = "agreements" {
        id: Uuid,
        case_id: Uuid,
        revision: i32,
        form: AgreementForm,
        paper: Paper,
        document_waiver: Option<DocumentWaiver>,
        status: AgreementStatus,
        facts: String,
        disputed_matters: String,
        responsibilities: String,
        text: Option<String>,
        text_hash: Option<String>,
        locked_at: Option<DateTime<Utc>>,
        check_number: Option<String>,
        sealed_at: Option<DateTime<Utc>>,
        sealed_by: Option<Uuid>,
        seal_office_id: Option<Uuid>,
        effective_on: Option<NaiveDate>,
        created_at: DateTime<Utc>,
    }

    term = "terms" {
        id: Uuid,
        case_id: Uuid,
        agreement_id: Uuid,
        ordinal: i32,
        kind: TermKind,
        obligor_id: Uuid,
        obligee_id: Uuid,
        amount_fen: Option<i64>,
        due_on: NaiveDate,
        manner: String,
        description: String,
    }

    instalment = "instalments" {
        id: Uuid,
        case_id: Uuid,
        term_id: Uuid,
        ordinal: i32,
        amount_fen: i64,
        due_on: NaiveDate,
    }

    signature = "signatures" {
        id: Uuid,
        case_id: Uuid,
        agreement_id: Uuid,
        signer: SignerKind,
        party_id: Option<Uuid>,
        agent_id: Option<Uuid>,
        mediator_id: Option<Uuid>,
        method: SignatureMethod,
        signed_at: DateTime<Utc>,
        place: String,
        text_hash: String,
        witness: Option<String>,
        scan_evidence_id: Option<Uuid>,
        drawing_key: Option<String>,
        drawing_sha256: Option<String>,
        signing_code_id: Option<Uuid>,
    }

    route_notice = "route_notices" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        told_at: DateTime<Utc>,
        manner: Manner,
        recorded_by: Uuid,
    }

    performance = "performances" {
        id: Uuid,
        case_id: Uuid,
        term_id: Uuid,
        instalment_id: Option<Uuid>,
        kind: PerformanceKind,
        happened_on: NaiveDate,
        proof: Option<String>,
        advice: Option<String>,
        proof_evidence_id: Option<Uuid>,
        confirmed_by_party_id: Option<Uuid>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    revisit = "revisits" {
        id: Uuid,
        case_id: Uuid,
        party_id: Option<Uuid>,
        visited_at: DateTime<Utc>,
        manner: Manner,
        findings: String,
        satisfaction: Option<i32>,
        visited_by: Uuid,
    }
}
