//! A transaction over what was made of other rows and can be made again, such as the index of
//! search. It leaves no audit entry, because nothing of the station's changes by it.
//!
//! Must not: be used for anything that somebody has said or done.

use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use super::Database;
use crate::error::Result;

/// Begins it; whoever drops it without [`keep_upkeep`] has written nothing.
pub(crate) async fn begin_upkeep(database: &Database) -> Result<DatabaseTransaction> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    Ok(database.writer().begin_with_options(options).await?)
}

/// Keeps what was written.
pub(crate) async fn keep_upkeep(transaction: DatabaseTransaction) -> Result<()> {
    Ok(transaction.commit().await?)
}
