//! What is answered about suspensions and extensions.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::{extension, suspension};
use crate::words::SuspensionReason;

/// Days on which mediation stood still (中止).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Suspension {
    pub id: Uuid,
    pub reason: SuspensionReason,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; absent while it lasts.
    pub to: Option<NaiveDate>,
    /// The reason in words.
    pub explanation: String,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
    /// Who recorded its end.
    pub resumed_by: Option<Uuid>,
}

impl From<suspension::Model> for Suspension {
    fn from(it: suspension::Model) -> Self {
        Self {
            id: it.id,
            reason: it.reason,
            from: it.from_on,
            to: it.to_on,
            explanation: it.explanation,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
            resumed_by: it.resumed_by,
        }
    }
}

/// That mediation got more time (延长).
#[derive(Debug, Object)]
pub struct MediationExtension {
    pub id: Uuid,
    /// The deadline that was extended.
    pub deadline_id: Uuid,
    /// By so many days, in the unit of its rule.
    pub days: i32,
    /// Why, in words.
    pub explanation: String,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<extension::Model> for MediationExtension {
    fn from(it: extension::Model) -> Self {
        Self {
            id: it.id,
            deadline_id: it.deadline_id,
            days: it.days,
            explanation: it.explanation,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
        }
    }
}
