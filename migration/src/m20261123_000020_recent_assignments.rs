//! The seats given of late, of all mediators at once: what fair shares are counted from.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "assignments", &["assigned_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let gone = Index::drop().name("ix_assignments_assigned_at").table("assignments").to_owned();
        manager.drop_index(gone).await
    }
}
