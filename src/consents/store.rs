//! Writing consents, rights notices and invitations; they are read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::{consent, invitation, rights_notice};
use crate::error::Result;

pub(crate) async fn insert_consent(
    db: &impl ConnectionTrait,
    consent: consent::Model,
) -> Result<()> {
    insert(db, consent).await
}

pub(super) async fn insert_rights_notice(
    db: &impl ConnectionTrait,
    notice: rights_notice::Model,
) -> Result<()> {
    insert(db, notice).await
}

pub(super) async fn insert_invitation(
    db: &impl ConnectionTrait,
    invitation: invitation::Model,
) -> Result<()> {
    insert(db, invitation).await
}
