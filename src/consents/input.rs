//! What is sent about consents, rights notices and invitations.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::http::{EXAMPLE_ID, example_instant};
use crate::words::{ConsentDecision, ConsentSubject, InvitationCapacity, Manner};

/// What a party declared.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordConsent {
    /// The party who declared it, also when an agent or a guardian spoke for it.
    pub party_id: Uuid,
    pub subject: ConsentSubject,
    /// The invitation that is consented to or refused; exactly with the subject `invitation`.
    pub invitation_id: Option<Uuid>,
    pub decision: ConsentDecision,
    /// When the party declared it; not in the future. Of several declarations the latest
    /// counts.
    pub declared_at: DateTime<Utc>,
    pub manner: Manner,
    /// Who spoke for the party, conditions, reasons.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub note: Option<String>,
}

impl Example for RecordConsent {
    fn example() -> Self {
        Self {
            party_id: EXAMPLE_ID,
            subject: ConsentSubject::Mediation,
            invitation_id: None,
            decision: ConsentDecision::Given,
            declared_at: example_instant(),
            manner: Manner::Phone,
            note: Some("本人来电表示愿意调解。".to_owned()),
        }
    }
}

/// That a party was told its rights and duties.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RecordRightsNotice {
    /// The party who was told.
    pub party_id: Uuid,
    /// When it was told; not in the future.
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
    /// Whether the party has acknowledged the notice; mediation starts only once it has.
    pub acknowledged: bool,
}

impl Example for RecordRightsNotice {
    fn example() -> Self {
        Self {
            party_id: EXAMPLE_ID,
            told_at: example_instant(),
            manner: Manner::InPerson,
            acknowledged: true,
        }
    }
}

/// Somebody who is to take part.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct InviteParticipant {
    /// Full name; answered masked.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// Where the person comes from.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub organization: Option<String>,
    pub capacity: InvitationCapacity,
}

impl Example for InviteParticipant {
    fn example() -> Self {
        Self {
            name: "周明德".to_owned(),
            organization: Some("上海市质量监督检验技术研究院".to_owned()),
            capacity: InvitationCapacity::Expert,
        }
    }
}
