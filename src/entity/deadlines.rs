//! The deadlines that run, and what moves them: suspensions, extensions, contacts, feedback.

super::entity! {
    deadline = "deadlines" {
        id: Uuid,
        case_id: Option<Uuid>,
        clue_id: Option<Uuid>,
        clock: String,
        kind: DeadlineKind,
        subject_id: Option<Uuid>,
        office_id: Uuid,
        owner_id: Option<Uuid>,
        rule_id: Option<String>,
        extensible_by: Option<ExtensionBasis>,
        start_on: NaiveDate,
        pauses: String,
        extension_days: i32,
        due_on: Option<NaiveDate>,
        due_on_strict: Option<NaiveDate>,
        warn_on: Option<NaiveDate>,
        earliest_on: Option<NaiveDate>,
        latest_on: Option<NaiveDate>,
        act_by: NaiveDate,
        state: DeadlineState,
        ended_on: Option<NaiveDate>,
        warned_at: Option<DateTime<Utc>>,
        rule_set_version: i64,
        calendar_version: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    suspension = "suspensions" {
        id: Uuid,
        case_id: Uuid,
        reason: SuspensionReason,
        from_on: NaiveDate,
        to_on: Option<NaiveDate>,
        explanation: String,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
        resumed_by: Option<Uuid>,
    }

    extension = "extensions" {
        id: Uuid,
        case_id: Uuid,
        deadline_id: Uuid,
        days: i32,
        explanation: String,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    contact = "contacts" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        tried_at: DateTime<Utc>,
        manner: Manner,
        reached: bool,
        note: Option<String>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    feedback = "feedbacks" {
        id: Uuid,
        case_id: Uuid,
        kind: FeedbackKind,
        content: String,
        given_at: DateTime<Utc>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    /// Work that one process does for all.
    lease = "leases" {
        name: String,
        holder: String,
        until: DateTime<Utc>,
    }
}
