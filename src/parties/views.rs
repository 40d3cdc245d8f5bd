//! What is answered about parties, agents and claims.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::cases::Party;
use crate::entity::{agent, claim, party, unmasking_approval};
use crate::personal_data::mask;
use crate::words::{AgentKind, AgentPower, ClaimKind};

/// A party with those who act for it.
#[derive(Debug, Object)]
pub struct PartyWithAgents {
    #[oai(flatten)]
    party: Party,
    /// Agents by mandate and guardians.
    agents: Vec<Agent>,
}

impl PartyWithAgents {
    pub(super) fn new(party: party::Model, agents: Vec<agent::Model>) -> Self {
        Self { party: party.into(), agents: agents.into_iter().map(Agent::from).collect() }
    }
}

/// Somebody who acts for a party. Name and numbers are masked.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Agent {
    pub id: Uuid,
    /// The party it acts for.
    pub party_id: Uuid,
    pub kind: AgentKind,
    pub power: AgentPower,
    /// Masked name.
    pub name: String,
    pub organization: Option<String>,
    /// The applicant who represents this one.
    pub representative_id: Option<Uuid>,
    pub mandate_scope: Option<String>,
    pub mandate_from: Option<NaiveDate>,
    pub mandate_until: Option<NaiveDate>,
    /// Whether the original power of attorney was shown.
    pub mandate_seen: bool,
    /// Masked number.
    pub id_number: Option<String>,
    /// Masked phone.
    pub phone: Option<String>,
}

impl From<agent::Model> for Agent {
    fn from(it: agent::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            kind: it.kind,
            power: it.power,
            name: mask::name(&it.name),
            organization: it.organization,
            representative_id: it.representative_id,
            mandate_scope: it.mandate_scope,
            mandate_from: it.mandate_from,
            mandate_until: it.mandate_until,
            mandate_seen: it.mandate_seen,
            id_number: it.id_number_masked,
            phone: it.phone_masked,
        }
    }
}

/// A claim (诉求).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Claim {
    pub id: Uuid,
    /// Place in the list of claims, from 1.
    pub ordinal: i32,
    pub kind: ClaimKind,
    /// Sum asked for, in fen.
    pub amount_fen: Option<i64>,
    pub description: String,
}

impl From<claim::Model> for Claim {
    fn from(it: claim::Model) -> Self {
        Self {
            id: it.id,
            ordinal: it.ordinal,
            kind: it.kind,
            amount_fen: it.amount_fen,
            description: it.description,
        }
    }
}

/// A party's personal data in clear.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PlainParty {
    pub id: Uuid,
    pub name: String,
    pub born_on: Option<NaiveDate>,
    pub legal_representative: Option<String>,
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub bank_account: Option<String>,
    pub agents: Vec<PlainAgent>,
}

/// An agent's personal data in clear.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PlainAgent {
    pub id: Uuid,
    pub name: String,
    pub id_number: Option<String>,
    pub phone: Option<String>,
}

/// A director's approval to read a minor's data.
#[derive(Debug, Object)]
pub struct Approval {
    pub id: Uuid,
    pub party_id: Uuid,
    /// Who may read.
    pub user_id: Uuid,
    pub purpose: String,
    pub approved_by: Uuid,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl From<unmasking_approval::Model> for Approval {
    fn from(it: unmasking_approval::Model) -> Self {
        Self {
            id: it.id,
            party_id: it.party_id,
            user_id: it.user_id,
            purpose: it.purpose,
            approved_by: it.approved_by,
            expires_at: it.expires_at,
        }
    }
}
