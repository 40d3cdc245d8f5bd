//! Who mediates: profiles, absences, what parties say of mediators, and proofs of suggestions.

super::entity! {
    /// `id` is the account. Lists of words are joined by spaces.
    mediator_profile = "mediator_profiles" {
        id: Uuid,
        kind: MediatorKind,
        engaged_from: NaiveDate,
        engaged_until: Option<NaiveDate>,
        roster_state: RosterState,
        specialities: String,
        languages: String,
        capacity: i32,
        version: i64,
        updated_by: Uuid,
        updated_at: DateTime<Utc>,
    }

    absence = "absences" {
        id: Uuid,
        mediator_id: Uuid,
        since: NaiveDate,
        until: NaiveDate,
        reason: AbsenceReason,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    mediator_wish = "mediator_wishes" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        mediator_id: Uuid,
        stance: MediatorStance,
        declared_at: DateTime<Utc>,
        manner: Manner,
        recorded_by: Uuid,
    }

    /// Never changed. `proof` is canonical JSON, `proof_hash` its SHA-256.
    suggestion = "suggestions" {
        id: Uuid,
        case_id: Uuid,
        suggested_by: Uuid,
        suggested_at: DateTime<Utc>,
        proof: String,
        proof_hash: String,
    }
}
