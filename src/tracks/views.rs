//! What is answered about moves between the tracks.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::track_move;
use crate::words::{MoveKind, ReturnReason, Track};

/// A move of the case from one track to another (程序变更).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TrackMove {
    pub id: Uuid,
    pub case_id: Uuid,
    pub kind: MoveKind,
    pub from_track: Track,
    pub to_track: Track,
    /// In whose name the case ran before.
    pub from_office_id: Uuid,
    /// In whose name it runs from here on.
    pub to_office_id: Uuid,
    /// The number under which it ran before it was handed over or given back.
    pub former_number: Option<String>,
    /// The day by which an entrusted case is to be given back.
    pub return_by: Option<NaiveDate>,
    /// Why the committee gave it back.
    pub return_reason: Option<ReturnReason>,
    /// The reason in words.
    pub explanation: String,
    /// Who decided it.
    pub decided_by: Uuid,
    pub decided_at: DateTime<Utc>,
}

impl From<track_move::Model> for TrackMove {
    fn from(it: track_move::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            kind: it.kind,
            from_track: it.from_track,
            to_track: it.to_track,
            from_office_id: it.from_office_id,
            to_office_id: it.to_office_id,
            former_number: it.former_number,
            return_by: it.return_by,
            return_reason: it.return_reason,
            explanation: it.explanation,
            decided_by: it.decided_by,
            decided_at: it.decided_at,
        }
    }
}
