//! From acceptance to the last hearing.

super::entity! {
    consent = "consents" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        subject: ConsentSubject,
        invitation_id: Option<Uuid>,
        decision: ConsentDecision,
        declared_at: DateTime<Utc>,
        manner: Manner,
        note: Option<String>,
        recorded_by: Uuid,
    }

    rights_notice = "rights_notices" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        told_at: DateTime<Utc>,
        manner: Manner,
        acknowledged: bool,
        recorded_by: Uuid,
    }

    invitation = "invitations" {
        id: Uuid,
        case_id: Uuid,
        name: String,
        organization: Option<String>,
        capacity: InvitationCapacity,
        invited_by: Uuid,
        invited_at: DateTime<Utc>,
    }

    assignment = "assignments" {
        id: Uuid,
        case_id: Uuid,
        mediator_id: Uuid,
        mediator_role: Role,
        seat: PanelSeat,
        origin: AssignmentOrigin,
        status: AssignmentStatus,
        assigned_by: Uuid,
        assigned_at: DateTime<Utc>,
        responded_at: Option<DateTime<Utc>>,
        reason: Option<String>,
        suggestion_id: Option<Uuid>,
        explanation: Option<String>,
    }

    hearing = "hearings" {
        id: Uuid,
        case_id: Uuid,
        ordinal: i32,
        mode: HearingMode,
        place: Option<String>,
        link: Option<String>,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        status: HearingStatus,
        reason: Option<String>,
        minutes: Option<String>,
        minutes_read_back: Option<bool>,
        result: Option<HearingResult>,
        recorder_id: Option<Uuid>,
        room_id: Option<Uuid>,
    }

    hearing_notice = "hearing_notices" {
        id: Uuid,
        case_id: Uuid,
        hearing_id: Uuid,
        party_id: Uuid,
        told_at: DateTime<Utc>,
        manner: Manner,
        announced_for: DateTime<Utc>,
    }

    attendance = "attendances" {
        id: Uuid,
        case_id: Uuid,
        hearing_id: Uuid,
        kind: AttendeeKind,
        person_id: Uuid,
        present: bool,
        excused: bool,
        absence_reason: Option<String>,
    }
}
