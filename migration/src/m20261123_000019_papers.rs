//! Investigations, papers that were made, case files.

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
                table(
                    "investigations",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        instant("starts_at"),
                        instant("ends_at"),
                        text("place"),
                        text("respondent"),
                        optional(text("participants")),
                        text("content"),
                        uuid("investigated_by"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("investigated_by", "users"), ("recorded_by", "users")],
                ),
                // What was printed, and of which data: never changed.
                table(
                    "papers",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("form"),
                        uuid("subject_id"),
                        text("title"),
                        text("template_version"),
                        text("data_hash"),
                        // What somebody wrote or had calculated, as it goes into the case file.
                        optional(text("content")),
                        truth("unmasked"),
                        number("case_version"),
                        text("pdf_key"),
                        text("pdf_sha256"),
                        number("pdf_size"),
                        text("docx_key"),
                        text("docx_sha256"),
                        number("docx_size"),
                        uuid("made_by"),
                        instant("made_at"),
                    ],
                    &[("case_id", "cases"), ("made_by", "users")],
                ),
                // A case file on its way, then finished or failed.
                table(
                    "volumes",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        number("case_version"),
                        text("status"),
                        truth("unmasked"),
                        small_number("done"),
                        small_number("total"),
                        optional(text("failure")),
                        optional(text("contents")),
                        optional(truth("archival")),
                        optional(small_number("pages")),
                        optional(text("pdf_key")),
                        optional(text("pdf_sha256")),
                        optional(number("pdf_size")),
                        optional(text("zip_key")),
                        optional(text("zip_sha256")),
                        optional(number("zip_size")),
                        uuid("made_by"),
                        instant("begun_at"),
                        instant("beat_at"),
                        optional(instant("ended_at")),
                    ],
                    &[("case_id", "cases"), ("made_by", "users")],
                ),
            ],
        )
        .await?;
        index(manager, "investigations", &["case_id"], false).await?;
        index(manager, "papers", &["case_id", "id"], false).await?;
        index(manager, "papers", &["pdf_key"], true).await?;
        index(manager, "papers", &["docx_key"], true).await?;
        forbid_change(manager, "papers", None).await?;
        index(manager, "volumes", &["case_id", "id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["volumes", "papers", "investigations"]).await?;
        allow_change(manager, "papers", None).await
    }
}
