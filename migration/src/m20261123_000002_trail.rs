//! What every write leaves behind: audit chain, events, idempotency, counters.

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
                // Who did what, when, from where. Each entry holds the hash of the one before.
                table(
                    "audit_entries",
                    vec![
                        number_key("seq"),
                        instant("at"),
                        optional(uuid("actor_id")),
                        text("actor_role"),
                        text("action"),
                        text("subject_kind"),
                        optional(uuid("subject_id")),
                        optional(uuid("case_id")),
                        optional(text("purpose")),
                        optional(text("before_hash")),
                        optional(text("after_hash")),
                        text("trace_id"),
                        text("client_address"),
                        text("previous_hash"),
                        text("hash"),
                    ],
                    &[],
                ),
                // One row: where chain and outbox end. Its lock gives all writes one order.
                table(
                    "chain_heads",
                    vec![
                        small_number("id"),
                        number("audit_seq"),
                        number("event_seq"),
                        text("hash"),
                    ],
                    &[],
                ),
                // The outbox: what others may be told, in the order of the writes, without personal data.
                table(
                    "events",
                    vec![
                        number_key("seq"),
                        uuid("id"),
                        text("kind"),
                        optional(uuid("case_id")),
                        text("subject_kind"),
                        uuid("subject_id"),
                        instant("at"),
                        number("audit_seq"),
                        text("data"),
                    ],
                    &[],
                ),
                // The first answer to a request that may be repeated; sealed by the vault.
                table(
                    "idempotency_keys",
                    vec![
                        text_key("id"),
                        text("fingerprint"),
                        optional(bytes("answer")),
                        instant("created_at"),
                    ],
                    &[],
                ),
                // Numbers without gaps: one row a series.
                table("counters", vec![text_key("name"), number("last")], &[]),
            ],
        )
        .await?;
        index(manager, "audit_entries", &["case_id", "seq"], false).await?;
        index(manager, "events", &["case_id", "seq"], false).await?;
        index(manager, "idempotency_keys", &["created_at"], false).await?;
        forbid_change(manager, "audit_entries", None).await?;
        forbid_change(manager, "events", None).await?;
        index(manager, "chain_heads", &["id"], true).await?;
        let start = Query::insert()
            .into_table("chain_heads")
            .columns(["id", "audit_seq", "event_seq", "hash"])
            .values_panic([1.into(), 0_i64.into(), 0_i64.into(), "0".repeat(64).into()])
            .to_owned();
        manager.execute(start).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        allow_change(manager, "audit_entries", None).await?;
        allow_change(manager, "events", None).await?;
        drop(manager, &["counters", "idempotency_keys", "events", "chain_heads", "audit_entries"])
            .await
    }
}
