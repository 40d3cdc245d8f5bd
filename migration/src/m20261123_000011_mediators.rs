//! Profiles and absences of mediators, what parties say of them, and suggestions with their proof.

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
                // One row a person; the key is the account.
                table(
                    "mediator_profiles",
                    vec![
                        key("id"),
                        text("kind"),
                        day("engaged_from"),
                        optional(day("engaged_until")),
                        text("roster_state"),
                        // Words joined by spaces.
                        text("specialities"),
                        text("languages"),
                        // In ordinary cases.
                        small_number("capacity"),
                        number("version"),
                        uuid("updated_by"),
                        instant("updated_at"),
                    ],
                    &[("id", "users"), ("updated_by", "users")],
                ),
                table(
                    "absences",
                    vec![
                        key("id"),
                        uuid("mediator_id"),
                        day("since"),
                        day("until"),
                        text("reason"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("mediator_id", "users"), ("recorded_by", "users")],
                ),
                // Whom a party chooses, accepts or does not want.
                table(
                    "mediator_wishes",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        uuid("mediator_id"),
                        text("stance"),
                        instant("declared_at"),
                        text("manner"),
                        uuid("recorded_by"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("party_id", "parties"),
                        ("mediator_id", "users"),
                        ("recorded_by", "users"),
                    ],
                ),
                // Why whom was suggested: inputs and ranking as canonical JSON, and its hash.
                table(
                    "suggestions",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("suggested_by"),
                        instant("suggested_at"),
                        text("proof"),
                        text("proof_hash"),
                    ],
                    &[("case_id", "cases"), ("suggested_by", "users")],
                ),
            ],
        )
        .await?;
        index(manager, "absences", &["mediator_id", "until"], false).await?;
        index(manager, "mediator_wishes", &["case_id"], false).await?;
        index(manager, "suggestions", &["case_id", "id"], false).await?;
        forbid_change(manager, "suggestions", None).await?;
        // The suggestion an assignment follows, and why somebody else was taken.
        for column in [optional(uuid("suggestion_id")), optional(text("explanation"))] {
            let change = Table::alter().table("assignments").add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        // The load of a mediator: by seats held, and of late.
        index(manager, "assignments", &["mediator_id", "assigned_at"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("ix_assignments_mediator_id_assigned_at")
                    .table("assignments")
                    .to_owned(),
            )
            .await?;
        for column in ["explanation", "suggestion_id"] {
            let change = Table::alter().table("assignments").drop_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        drop(manager, &["suggestions", "mediator_wishes", "absences", "mediator_profiles"]).await?;
        allow_change(manager, "suggestions", None).await
    }
}
