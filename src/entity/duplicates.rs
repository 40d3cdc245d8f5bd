//! What may be one dispute: keys to find it by, decisions, clusters, groups.

super::entity! {
    match_key = "match_keys" {
        id: Uuid,
        case_id: Uuid,
        kind: MatchKeyKind,
        value: String,
        day: NaiveDate,
    }

    /// `pair` is both ids, the smaller one first.
    duplicate_decision = "duplicate_decisions" {
        id: Uuid,
        case_id: Uuid,
        other_case_id: Uuid,
        pair: String,
        decision: DuplicateDecision,
        explanation: String,
        decided_by: Uuid,
        decided_at: DateTime<Utc>,
    }

    cluster = "clusters" {
        id: Uuid,
        kind: MatchKeyKind,
        value: String,
        respondent_name: String,
        first_day: NaiveDate,
        last_day: NaiveDate,
        found_at: DateTime<Utc>,
    }

    /// `id` is the case; the leading case leads itself.
    case_group_member = "case_group_members" {
        id: Uuid,
        leading_case_id: Uuid,
        added_by: Uuid,
        added_at: DateTime<Utc>,
    }
}
