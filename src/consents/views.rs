//! What is answered about consents, rights notices and invitations.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::{consent, invitation, rights_notice};
use crate::personal_data::mask;
use crate::words::{ConsentDecision, ConsentSubject, InvitationCapacity, Manner};

/// What a party agreed to or refused.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Consent {
    pub id: Uuid,
    pub party_id: Uuid,
    pub subject: ConsentSubject,
    /// The invitation it is about, with the subject `invitation`.
    pub invitation_id: Option<Uuid>,
    pub decision: ConsentDecision,
    /// When the party declared it; of several declarations the latest counts.
    pub declared_at: DateTime<Utc>,
    pub manner: Manner,
    pub note: Option<String>,
    pub recorded_by: Uuid,
}

impl From<consent::Model> for Consent {
    fn from(it: consent::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            subject: it.subject,
            invitation_id: it.invitation_id,
            decision: it.decision,
            declared_at: it.declared_at,
            manner: it.manner,
            note: it.note,
            recorded_by: it.recorded_by,
        }
    }
}

/// That a party was told its rights and duties (权利义务告知).
#[derive(Debug, Object)]
pub struct RightsNotice {
    pub id: Uuid,
    pub party_id: Uuid,
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
    /// Whether the party has acknowledged the notice.
    pub acknowledged: bool,
    pub recorded_by: Uuid,
}

impl From<rights_notice::Model> for RightsNotice {
    fn from(it: rights_notice::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            told_at: it.told_at,
            manner: it.manner,
            acknowledged: it.acknowledged,
            recorded_by: it.recorded_by,
        }
    }
}

/// Somebody besides parties and mediators who is to take part (PML 20).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Invitation {
    pub id: Uuid,
    /// Masked name.
    pub name: String,
    pub organization: Option<String>,
    pub capacity: InvitationCapacity,
    pub invited_by: Uuid,
    pub invited_at: DateTime<Utc>,
}

impl From<invitation::Model> for Invitation {
    fn from(it: invitation::Model) -> Self {
        Self {
            id: it.id,
            name: mask::name(&it.name),
            organization: it.organization,
            capacity: it.capacity,
            invited_by: it.invited_by,
            invited_at: it.invited_at,
        }
    }
}
