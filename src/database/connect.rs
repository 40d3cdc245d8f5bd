//! Connecting to SQLite (one writer, several readers) or PostgreSQL (one pool).

use std::path::Path;
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend};

use crate::error::{Error, Result};

/// Connections to the station's database.
#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Database {
    /// Connects; creates a SQLite file that is missing. `connections` is the size of the
    /// reading pool on SQLite and of the whole pool on PostgreSQL.
    pub async fn connect(url: &str, connections: u32) -> Result<Self> {
        if url.starts_with("sqlite:") {
            if let Some(directory) = sqlite_file(url).and_then(|it| Path::new(it).parent()) {
                std::fs::create_dir_all(directory).map_err(|cause| {
                    Error::Unavailable(format!("cannot create {}: {cause}", directory.display()))
                })?;
            }
            let writer = sea_orm::Database::connect(sqlite(url, 1, false)).await?;
            let reader = sea_orm::Database::connect(sqlite(url, connections, true)).await?;
            Ok(Self { writer, reader })
        } else {
            let pool = sea_orm::Database::connect(postgres(url, connections)).await?;
            Ok(Self { writer: pool.clone(), reader: pool })
        }
    }

    /// For queries outside of a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For [`super::Work`] and for upkeep; a use case never writes here directly.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Brings the schema to the newest step.
    pub async fn migrate(&self) -> Result<()> {
        Migrator::up(&self.writer, None).await.map_err(Error::from)
    }

    /// Whether the database answers and is migrated.
    pub async fn ready(&self) -> bool {
        self.reader.execute_unprepared("SELECT 1 FROM chain_heads").await.is_ok()
    }

    pub async fn close(self) -> Result<()> {
        self.reader.clone().close().await?;
        self.writer.close().await?;
        Ok(())
    }
}

fn sqlite_file(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://").and_then(|it| it.split('?').next()).filter(|it| !it.is_empty())
}

fn common(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .sqlx_logging(false);
    options
}

/// `synchronous = FULL`: an acknowledged write survives power loss also in WAL mode. There is
/// one writing connection, so writers wait in the pool's queue and never meet a locked file;
/// the busy timeout is for other processes, such as the command line.
fn sqlite(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let mut options = common(url, connections);
    options.map_sqlx_sqlite_opts(move |it| {
        let it = it
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(30))
            .statement_cache_capacity(256)
            .pragma("cache_size", "-32000")
            .pragma("mmap_size", "268435456");
        if read_only { it.pragma("query_only", "on") } else { it }
    });
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = common(url, connections);
    options.map_sqlx_postgres_opts(|it| {
        it.application_name("huijie")
            .statement_cache_capacity(256)
            .options([("TimeZone", "UTC"), ("lock_timeout", "20s")])
    });
    options
}
