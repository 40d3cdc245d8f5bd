//! The index of search: what is in it, and its terms. The terms are sets of short strings that
//! the program cuts; SQLite keeps them in FTS5, PostgreSQL in `tsvector` under GIN.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Counted by the database. SQLite counts what is called an integer key by itself;
        // its `AUTOINCREMENT` would leave a table of its own behind.
        let mut id = ColumnDef::new("id");
        match manager.get_database_backend() {
            DbBackend::Sqlite => id.integer().not_null().primary_key(),
            _ => id.big_integer().not_null().auto_increment().primary_key(),
        };
        create(
            manager,
            vec![table(
                "search_documents",
                // The subject is a case or an enterprise.
                vec![id, uuid("subject_id"), text("fingerprint")],
                &[],
            )],
        )
        .await?;
        index(manager, "search_documents", &["subject_id"], true).await?;
        let statements: &[&str] = match manager.get_database_backend() {
            // Without the text and without places; `ascii` leaves every other letter alone.
            DbBackend::Sqlite => &["CREATE VIRTUAL TABLE search_terms USING fts5(names, title, \
                 everything, content='', contentless_delete=1, detail=column, tokenize='ascii')"],
            _ => &[
                "CREATE TABLE search_terms (id bigint PRIMARY KEY REFERENCES search_documents \
                 (id), names tsvector NOT NULL, title tsvector NOT NULL, everything tsvector NOT \
                 NULL)",
                "CREATE INDEX ix_search_terms_names ON search_terms USING gin (names)",
                "CREATE INDEX ix_search_terms_title ON search_terms USING gin (title)",
                "CREATE INDEX ix_search_terms_everything ON search_terms USING gin (everything)",
            ],
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["search_terms", "search_documents"]).await
    }
}
