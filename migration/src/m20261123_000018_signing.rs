//! How agreements are signed, how their papers are checked, the proof of their performance, and
//! messages that leave the station.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What is told of a signature beside whose it is. All optional: a method asks for some of it.
fn of_signatures() -> [ColumnDef; 5] {
    [
        // Who stood by; a name.
        optional(text("witness")),
        // The scan of the signed paper, among the evidence.
        optional(uuid("scan_evidence_id")),
        // The drawing, in the storage of evidence.
        optional(text("drawing_key")),
        optional(text("drawing_sha256")),
        // The code that was told.
        optional(uuid("signing_code_id")),
    ]
}

/// The proof among the evidence, and who says that it has arrived.
fn of_performances() -> [ColumnDef; 2] {
    [optional(uuid("proof_evidence_id")), optional(uuid("confirmed_by_party_id"))]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in of_signatures() {
            let change = Table::alter().table("signatures").add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        index(manager, "signatures", &["drawing_key"], true).await?;
        // Printed on the paper of a locked text.
        let number = optional(text("check_number"));
        let change = Table::alter().table("agreements").add_column(number).to_owned();
        manager.alter_table(change).await?;
        index(manager, "agreements", &["check_number"], true).await?;
        for column in of_performances() {
            let change = Table::alter().table("performances").add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        create(manager, tables()).await?;
        index(manager, "signing_codes", &["case_id", "party_id"], false).await?;
        index(manager, "outgoing_messages", &["next_attempt_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["signing_codes", "outgoing_messages"]).await?;
        for column in of_performances() {
            let name = column.get_column_name();
            let change = Table::alter().table("performances").drop_column(name).to_owned();
            manager.alter_table(change).await?;
        }
        forget_index(manager, "agreements", "check_number").await?;
        let change = Table::alter().table("agreements").drop_column("check_number").to_owned();
        manager.alter_table(change).await?;
        forget_index(manager, "signatures", "drawing_key").await?;
        for column in of_signatures() {
            let name = column.get_column_name();
            let change = Table::alter().table("signatures").drop_column(name).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        // Content is sealed, and erased once it is sent or its time is over.
        table(
            "outgoing_messages",
            vec![
                key("id"),
                text("kind"),
                uuid("case_id"),
                uuid("party_id"),
                optional(bytes("sealed_text")),
                optional(bytes("sealed_number")),
                instant("created_at"),
                instant("expires_at"),
                instant("next_attempt_at"),
                small_number("attempts"),
                optional(instant("sent_at")),
                // Holds nothing of the message.
                optional(text("last_error")),
            ],
            &[("case_id", "cases"), ("party_id", "parties")],
        ),
        // Of a code only a keyed hash.
        table(
            "signing_codes",
            vec![
                key("id"),
                uuid("case_id"),
                uuid("agreement_id"),
                uuid("party_id"),
                // Who signs for the party. One who never signed may be removed.
                optional(uuid("agent_id")),
                text("text_hash"),
                text("code_hash"),
                text("number_masked"),
                uuid("message_id"),
                uuid("requested_by"),
                instant("created_at"),
                instant("expires_at"),
                small_number("wrong_tries"),
                optional(instant("used_at")),
            ],
            &[
                ("case_id", "cases"),
                ("agreement_id", "agreements"),
                ("party_id", "parties"),
                ("message_id", "outgoing_messages"),
                ("requested_by", "users"),
            ],
        ),
    ]
}

/// Drops the index over one column.
async fn forget_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &str,
) -> Result<(), DbErr> {
    let name = format!("ix_{table}_{column}");
    manager.drop_index(Index::drop().name(name).table(table).to_owned()).await
}
