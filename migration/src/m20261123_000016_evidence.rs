//! Materials of evidence: what is known of each file. The content itself stands in a folder or in
//! S3, under a key that says nothing.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What a file is known by.
const FIXED: [&str; 3] = ["sha256", "size", "object_key"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            vec![table(
                "evidence",
                vec![
                    key("id"),
                    uuid("case_id"),
                    text("kind"),
                    optional(text("title")),
                    text("file_name"),
                    text("file_type"),
                    number("size"),
                    text("sha256"),
                    text("object_key"),
                    // Of pictures only.
                    optional(text("thumbnail_key")),
                    optional(text("thumbnail_sha256")),
                    text("visibility"),
                    // The party, where one brought it. A party that is removed takes nothing along.
                    optional(uuid("submitted_by")),
                    uuid("added_by"),
                    instant("added_at"),
                    // Withdrawn: marked, kept for the archive.
                    optional(uuid("withdrawn_by")),
                    optional(instant("withdrawn_at")),
                    optional(text("withdrawal_reason")),
                ],
                &[("case_id", "cases"), ("added_by", "users"), ("withdrawn_by", "users")],
            )],
        )
        .await?;
        index(manager, "evidence", &["case_id"], false).await?;
        index(manager, "evidence", &["object_key"], true).await?;
        index(manager, "evidence", &["thumbnail_key"], true).await?;
        // The same content once in a case, of what stands.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX ix_evidence_case_id_sha256 ON evidence (case_id, sha256) \
                 WHERE withdrawn_at IS NULL",
            )
            .await?;
        for column in FIXED {
            forbid_change(manager, "evidence", Some(column)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in FIXED {
            allow_change(manager, "evidence", Some(column)).await?;
        }
        drop(manager, &["evidence"]).await
    }
}
