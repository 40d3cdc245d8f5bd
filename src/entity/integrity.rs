//! What keeps a case clean: recusals, declared interests, clues of illegality, and the court's
//! confirmation that is asked for.

super::entity! {
    recusal = "recusals" {
        id: Uuid,
        case_id: Uuid,
        assignment_id: Uuid,
        mediator_id: Uuid,
        requested_by: Option<Uuid>,
        ground: RecusalGround,
        explanation: Option<String>,
        requested_at: DateTime<Utc>,
        recorded_by: Uuid,
        status: RecusalStatus,
        decided_by: Option<Uuid>,
        decided_at: Option<DateTime<Utc>>,
        reason: Option<String>,
    }

    interest = "interests" {
        id: Uuid,
        mediator_id: Uuid,
        kind: InterestKind,
        counterpart_name: String,
        credit_code: Option<String>,
        since: NaiveDate,
        until: Option<NaiveDate>,
        note: Option<String>,
        declared_by: Uuid,
        declared_at: DateTime<Utc>,
    }

    /// Its 15 + 15 working days (O121 27) run from `discovered_on`, with `extended_on`, to
    /// `decided_on`.
    clue = "clues" {
        id: Uuid,
        case_id: Uuid,
        office_id: Uuid,
        respondent_name: Option<String>,
        respondent_credit_code: Option<String>,
        description: String,
        discovered_on: NaiveDate,
        status: ClueStatus,
        reported_by: Uuid,
        reported_at: DateTime<Utc>,
        received_by: Option<Uuid>,
        received_on: Option<NaiveDate>,
        extended_by: Option<Uuid>,
        extended_on: Option<NaiveDate>,
        extension_reason: Option<String>,
        decided_by: Option<Uuid>,
        decided_on: Option<NaiveDate>,
        decision: Option<ClueDecision>,
        explanation: Option<String>,
        version: i64,
    }

    judicial_confirmation = "judicial_confirmations" {
        id: Uuid,
        case_id: Uuid,
        agreement_id: Uuid,
        court: String,
        applied_on: NaiveDate,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    court_answer = "court_answers" {
        id: Uuid,
        case_id: Uuid,
        confirmation_id: Uuid,
        answer: CourtAnswer,
        court_number: Option<String>,
        answered_on: NaiveDate,
        explanation: Option<String>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }
}
