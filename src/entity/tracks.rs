//! Moves between the tracks.

super::entity! {
    track_move = "track_moves" {
        id: Uuid,
        case_id: Uuid,
        kind: MoveKind,
        from_track: Track,
        to_track: Track,
        from_office_id: Uuid,
        to_office_id: Uuid,
        former_number: Option<String>,
        return_by: Option<NaiveDate>,
        return_reason: Option<ReturnReason>,
        explanation: String,
        decided_by: Uuid,
        decided_at: DateTime<Utc>,
    }
}
