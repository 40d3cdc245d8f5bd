//! Agreements and what follows from them; endings without one.

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
                // Each changed text is a new revision.
                table(
                    "agreements",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        small_number("revision"),
                        text("form"),
                        text("paper"),
                        optional(text("document_waiver")),
                        text("status"),
                        text("facts"),
                        text("disputed_matters"),
                        text("responsibilities"),
                        optional(text("text")),
                        optional(text("text_hash")),
                        optional(instant("locked_at")),
                        optional(instant("sealed_at")),
                        optional(uuid("sealed_by")),
                        // Whose seal it is.
                        optional(uuid("seal_office_id")),
                        optional(day("effective_on")),
                        instant("created_at"),
                    ],
                    &[("case_id", "cases"), ("sealed_by", "users"), ("seal_office_id", "offices")],
                ),
                // One duty each.
                table(
                    "terms",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("agreement_id"),
                        small_number("ordinal"),
                        text("kind"),
                        uuid("obligor_id"),
                        uuid("obligee_id"),
                        optional(number("amount_fen")),
                        day("due_on"),
                        text("manner"),
                        text("description"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("agreement_id", "agreements"),
                        ("obligor_id", "parties"),
                        ("obligee_id", "parties"),
                    ],
                ),
                // A payment in parts.
                table(
                    "instalments",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("term_id"),
                        small_number("ordinal"),
                        number("amount_fen"),
                        day("due_on"),
                    ],
                    &[("case_id", "cases"), ("term_id", "terms")],
                ),
                // Who signed which text, where and when.
                table(
                    "signatures",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("agreement_id"),
                        text("signer"),
                        optional(uuid("party_id")),
                        optional(uuid("agent_id")),
                        optional(uuid("mediator_id")),
                        text("method"),
                        instant("signed_at"),
                        text("place"),
                        text("text_hash"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("agreement_id", "agreements"),
                        ("party_id", "parties"),
                        ("agent_id", "agents"),
                        ("mediator_id", "users"),
                    ],
                ),
                // That a party was told of arbitration, administrative and court routes.
                table(
                    "route_notices",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        instant("told_at"),
                        text("manner"),
                        uuid("recorded_by"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties"), ("recorded_by", "users")],
                ),
                // What was done, or not done and what was advised.
                table(
                    "performances",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("term_id"),
                        optional(uuid("instalment_id")),
                        text("kind"),
                        day("happened_on"),
                        optional(text("proof")),
                        optional(text("advice")),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("term_id", "terms"),
                        ("instalment_id", "instalments"),
                        ("recorded_by", "users"),
                    ],
                ),
                // How the parties fare afterwards.
                table(
                    "revisits",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        optional(uuid("party_id")),
                        instant("visited_at"),
                        text("manner"),
                        text("findings"),
                        optional(small_number("satisfaction")),
                        uuid("visited_by"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties"), ("visited_by", "users")],
                ),
            ],
        )
        .await?;
        index(manager, "agreements", &["case_id", "revision"], true).await?;
        index(manager, "terms", &["agreement_id", "ordinal"], true).await?;
        index(manager, "terms", &["case_id"], false).await?;
        index(manager, "instalments", &["term_id", "ordinal"], true).await?;
        index(manager, "instalments", &["case_id"], false).await?;
        index(manager, "signatures", &["case_id"], false).await?;
        index(manager, "route_notices", &["case_id"], false).await?;
        index(manager, "performances", &["case_id"], false).await?;
        index(manager, "revisits", &["case_id"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "revisits",
                "performances",
                "route_notices",
                "signatures",
                "instalments",
                "terms",
                "agreements",
            ],
        )
        .await
    }
}
