//! What hearings take up: bookings, holds, the parties' times, and links to calendars.

super::entity! {
    room_hold = "room_holds" {
        id: Uuid,
        room_id: Uuid,
        held_by: Uuid,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        held_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        ended_at: Option<DateTime<Utc>>,
    }

    /// Of a case, or of a hold and then only until it expires.
    booking = "bookings" {
        id: Uuid,
        resource: BookedResource,
        resource_key: String,
        slot: i64,
        case_id: Option<Uuid>,
        hold_id: Option<Uuid>,
        expires_at: Option<DateTime<Utc>>,
    }

    party_time = "party_times" {
        id: Uuid,
        case_id: Uuid,
        party_id: Uuid,
        stance: TimeStance,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        note: Option<String>,
        recorded_by: Uuid,
        recorded_at: DateTime<Utc>,
    }

    /// Of a mediator or of a room: exactly one of them.
    calendar_feed = "calendar_feeds" {
        id: Uuid,
        mediator_id: Option<Uuid>,
        room_id: Option<Uuid>,
        token_hash: String,
        created_by: Uuid,
        created_at: DateTime<Utc>,
        revoked_at: Option<DateTime<Utc>>,
    }
}
