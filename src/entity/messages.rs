//! Codes for signing, and messages that leave the station.

super::entity! {
    /// Of the code itself only a keyed hash is kept.
    signing_code = "signing_codes" {
        id: Uuid,
        case_id: Uuid,
        agreement_id: Uuid,
        party_id: Uuid,
        agent_id: Option<Uuid>,
        text_hash: String,
        code_hash: String,
        number_masked: String,
        message_id: Uuid,
        requested_by: Uuid,
        created_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        wrong_tries: i32,
        used_at: Option<DateTime<Utc>>,
    }

    /// Its content is sealed, and erased once it is sent or its time is over.
    outgoing_message = "outgoing_messages" {
        id: Uuid,
        kind: MessageKind,
        case_id: Uuid,
        party_id: Uuid,
        sealed_text: Option<Vec<u8>>,
        sealed_number: Option<Vec<u8>>,
        created_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
        attempts: i32,
        sent_at: Option<DateTime<Utc>>,
        last_error: Option<String>,
    }
}
