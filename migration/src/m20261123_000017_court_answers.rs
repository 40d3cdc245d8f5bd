//! What courts say to applications for judicial confirmation.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            vec![table(
                "court_answers",
                vec![
                    key("id"),
                    uuid("case_id"),
                    uuid("confirmation_id"),
                    text("answer"),
                    optional(text("court_number")),
                    day("answered_on"),
                    optional(text("explanation")),
                    uuid("recorded_by"),
                    instant("recorded_at"),
                ],
                &[
                    ("case_id", "cases"),
                    ("confirmation_id", "judicial_confirmations"),
                    ("recorded_by", "users"),
                ],
            )],
        )
        .await?;
        index(manager, "court_answers", &["case_id"], false).await?;
        // A court says each thing once.
        index(manager, "court_answers", &["confirmation_id", "answer"], true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["court_answers"]).await
    }
}
