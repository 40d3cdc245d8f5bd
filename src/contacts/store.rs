//! Writing contacts; they are read with the case file.

use sea_orm::ConnectionTrait;

use crate::database::insert;
use crate::entity::contact;
use crate::error::Result;

pub(super) async fn insert_contact(
    db: &impl ConnectionTrait,
    contact: contact::Model,
) -> Result<()> {
    insert(db, contact).await
}
