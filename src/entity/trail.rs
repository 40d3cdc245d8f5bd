//! What every write leaves behind: audit, events, idempotency, counters.

super::entity! {
    audit_entry = "audit_entries" {
        seq: i64,
        at: DateTime<Utc>,
        actor_id: Option<Uuid>,
        actor_role: String,
        action: String,
        subject_kind: String,
        subject_id: Option<Uuid>,
        case_id: Option<Uuid>,
        purpose: Option<String>,
        before_hash: Option<String>,
        after_hash: Option<String>,
        trace_id: String,
        client_address: String,
        previous_hash: String,
        hash: String,
    }

    /// One row: where the chain and the outbox end.
    chain_head = "chain_heads" {
        id: i32,
        audit_seq: i64,
        event_seq: i64,
        hash: String,
    }

    event = "events" {
        seq: i64,
        id: Uuid,
        kind: String,
        case_id: Option<Uuid>,
        subject_kind: String,
        subject_id: Uuid,
        at: DateTime<Utc>,
        audit_seq: i64,
        data: String,
    }

    idempotency_key = "idempotency_keys" {
        id: String,
        fingerprint: String,
        answer: Option<Vec<u8>>,
        created_at: DateTime<Utc>,
    }

    counter = "counters" {
        name: String,
        last: i64,
    }

    sealed_value = "sealed_values" {
        id: Uuid,
        owner_id: Uuid,
        case_id: Uuid,
        field: String,
        sealed: Vec<u8>,
        blind_index: String,
    }

    unmasking_approval = "unmasking_approvals" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        user_id: Uuid,
        purpose: String,
        approved_by: Uuid,
        approved_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    }
}
