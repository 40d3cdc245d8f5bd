//! Recusals and declared interests, clues of illegality, applications for judicial confirmation.

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
                // That a party objects to a mediator, or the mediator withdraws, and what came of it.
                table(
                    "recusals",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("assignment_id"),
                        uuid("mediator_id"),
                        // Empty when the mediator withdraws by himself.
                        optional(uuid("requested_by")),
                        text("ground"),
                        optional(text("explanation")),
                        instant("requested_at"),
                        uuid("recorded_by"),
                        text("status"),
                        optional(uuid("decided_by")),
                        optional(instant("decided_at")),
                        optional(text("reason")),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("assignment_id", "assignments"),
                        ("mediator_id", "users"),
                        ("requested_by", "parties"),
                        ("recorded_by", "users"),
                        ("decided_by", "users"),
                    ],
                ),
                // What ties a mediator to somebody who may come as a party.
                table(
                    "interests",
                    vec![
                        key("id"),
                        uuid("mediator_id"),
                        text("kind"),
                        text("counterpart_name"),
                        optional(text("credit_code")),
                        day("since"),
                        optional(day("until")),
                        optional(text("note")),
                        uuid("declared_by"),
                        instant("declared_at"),
                    ],
                    &[("mediator_id", "users"), ("declared_by", "users")],
                ),
                // A register of its own. The case is kept to show its own people what they
                // reported; it is never answered to whoever verifies the clue.
                table(
                    "clues",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("office_id"),
                        optional(text("respondent_name")),
                        optional(text("respondent_credit_code")),
                        text("description"),
                        day("discovered_on"),
                        text("status"),
                        uuid("reported_by"),
                        instant("reported_at"),
                        optional(uuid("received_by")),
                        optional(day("received_on")),
                        optional(uuid("extended_by")),
                        optional(day("extended_on")),
                        optional(text("extension_reason")),
                        optional(uuid("decided_by")),
                        optional(day("decided_on")),
                        optional(text("decision")),
                        optional(text("explanation")),
                        number("version"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("office_id", "offices"),
                        ("reported_by", "users"),
                        ("received_by", "users"),
                        ("extended_by", "users"),
                        ("decided_by", "users"),
                    ],
                ),
                // That all parties asked a court to confirm their agreement.
                table(
                    "judicial_confirmations",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("agreement_id"),
                        text("court"),
                        day("applied_on"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("agreement_id", "agreements"),
                        ("recorded_by", "users"),
                    ],
                ),
            ],
        )
        .await?;
        index(manager, "recusals", &["case_id"], false).await?;
        index(manager, "interests", &["mediator_id"], false).await?;
        index(manager, "clues", &["case_id"], false).await?;
        index(manager, "clues", &["office_id", "id"], false).await?;
        index(manager, "judicial_confirmations", &["case_id"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["judicial_confirmations", "clues", "interests", "recusals"]).await
    }
}
