//! What is answered about interests and about what they touch.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::interest;
use crate::words::{InterestGround, InterestKind, PanelSeat};

/// A declared interest (利害关系申报).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Interest {
    pub id: Uuid,
    pub mediator_id: Uuid,
    pub kind: InterestKind,
    /// The organization or the person.
    pub counterpart_name: String,
    pub credit_code: Option<String>,
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    pub note: Option<String>,
    pub declared_by: Uuid,
    pub declared_at: DateTime<Utc>,
}

impl From<interest::Model> for Interest {
    fn from(it: interest::Model) -> Self {
        Self {
            id: it.id,
            mediator_id: it.mediator_id,
            kind: it.kind,
            counterpart_name: it.counterpart_name,
            credit_code: it.credit_code,
            since: it.since,
            until: it.until,
            note: it.note,
            declared_by: it.declared_by,
            declared_at: it.declared_at,
        }
    }
}

/// One fact in the recorded data.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct InterestFact {
    pub ground: InterestGround,
    /// What was declared; absent where only the mediator's own name is the same.
    pub kind: Option<InterestKind>,
    /// The declaration it comes from.
    pub interest_id: Option<Uuid>,
    /// The party it is about, or for whom the agent acts.
    pub party_id: Uuid,
    pub agent_id: Option<Uuid>,
    /// Whether it keeps the mediator off the panel.
    pub bars: bool,
    /// The fact in a sentence, without names, in the caller's language.
    pub detail: String,
}

/// What the recorded data shows of one member of the panel.
#[derive(Debug, Object)]
pub struct MemberCheck {
    pub mediator_id: Uuid,
    pub assignment_id: Uuid,
    pub seat: PanelSeat,
    /// How many declarations of this mediator are valid today.
    pub declarations: u32,
    pub facts: Vec<InterestFact>,
    /// What may be said of it, and no more, in the caller's language.
    pub statement: String,
}

/// The standing panel held against the parties.
#[derive(Debug, Object)]
pub struct InterestCheck {
    /// The day on which declarations had to be valid.
    pub checked_on: NaiveDate,
    pub members: Vec<MemberCheck>,
}
