//! Queries of parties, agents and claims.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::database::insert;
use crate::entity::{agent, claim, consent, party, unmasking_approval};
use crate::error::Result;
use crate::words::PartyRole;

pub(super) async fn insert_party(db: &impl ConnectionTrait, party: party::Model) -> Result<()> {
    insert(db, party).await
}

pub(super) async fn update_party(db: &impl ConnectionTrait, party: party::Model) -> Result<()> {
    let row = party.into_active_model().reset_all();
    party::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Removes a party and what was recorded of it; only before acceptance.
pub(super) async fn delete_party(db: &impl ConnectionTrait, party_id: Uuid) -> Result<()> {
    consent::Entity::delete_many().filter(consent::Column::PartyId.eq(party_id)).exec(db).await?;
    agent::Entity::delete_many().filter(agent::Column::PartyId.eq(party_id)).exec(db).await?;
    unmasking_approval::Entity::delete_many()
        .filter(unmasking_approval::Column::PartyId.eq(party_id))
        .exec(db)
        .await?;
    party::Entity::delete_by_id(party_id).exec(db).await?;
    Ok(())
}

/// The respondents of these cases.
pub(crate) async fn respondents_of(
    db: &impl ConnectionTrait,
    cases: &BTreeSet<Uuid>,
) -> Result<Vec<party::Model>> {
    let mut found = Vec::new();
    let cases: Vec<Uuid> = cases.iter().copied().collect();
    // A statement takes only so many values.
    for some in cases.chunks(500) {
        found.extend(
            party::Entity::find()
                .filter(party::Column::Role.eq(PartyRole::Respondent))
                .filter(party::Column::CaseId.is_in(some.iter().copied()))
                .all(db)
                .await?,
        );
    }
    Ok(found)
}

pub(super) async fn insert_agent(db: &impl ConnectionTrait, agent: agent::Model) -> Result<()> {
    insert(db, agent).await
}

pub(super) async fn delete_agent(db: &impl ConnectionTrait, agent_id: Uuid) -> Result<()> {
    agent::Entity::delete_by_id(agent_id).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_claim(db: &impl ConnectionTrait, claim: claim::Model) -> Result<()> {
    insert(db, claim).await
}

pub(super) async fn delete_claim(db: &impl ConnectionTrait, claim_id: Uuid) -> Result<()> {
    claim::Entity::delete_by_id(claim_id).exec(db).await?;
    Ok(())
}

pub(super) async fn insert_approval(
    db: &impl ConnectionTrait,
    approval: unmasking_approval::Model,
) -> Result<()> {
    insert(db, approval).await
}

/// Whether a director has allowed this person to read this party's data, and it still holds.
pub(super) async fn is_approved(
    db: &impl ConnectionTrait,
    party_id: Uuid,
    user_id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(unmasking_approval::Entity::find()
        .filter(unmasking_approval::Column::PartyId.eq(party_id))
        .filter(unmasking_approval::Column::UserId.eq(user_id))
        .filter(unmasking_approval::Column::ExpiresAt.gt(now))
        .one(db)
        .await?
        .is_some())
}
