//! How a case moved between the tracks.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            vec![
                // Each move, with who decided it, when and why.
                table(
                    "track_moves",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("kind"),
                        text("from_track"),
                        text("to_track"),
                        uuid("from_office_id"),
                        uuid("to_office_id"),
                        // The number under which the case ran before it was handed over.
                        optional(text("former_number")),
                        optional(day("return_by")),
                        optional(text("return_reason")),
                        text("explanation"),
                        uuid("decided_by"),
                        instant("decided_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("from_office_id", "offices"),
                        ("to_office_id", "offices"),
                        ("decided_by", "users"),
                    ],
                ),
            ],
        )
        .await?;
        index(manager, "track_moves", &["case_id"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["track_moves"]).await
    }
}
