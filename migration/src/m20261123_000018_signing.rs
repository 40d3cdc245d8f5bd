//! How agreements are signed, how their papers are checked, and the proof of their performance.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

/// What is told of a signature beside whose it is. All optional: a method asks for some of it.
fn of_signatures() -> [ColumnDef; 4] {
    [
        // Who stood by; a name.
        optional(text("witness")),
        // The scan of the signed paper, among the evidence.
        optional(uuid("scan_evidence_id")),
        // The drawing, in the storage of evidence.
        optional(text("drawing_key")),
        optional(text("drawing_sha256")),
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
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
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

/// Drops the index over one column.
async fn forget_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &str,
) -> Result<(), DbErr> {
    let name = format!("ix_{table}_{column}");
    manager.drop_index(Index::drop().name(name).table(table).to_owned()).await
}
