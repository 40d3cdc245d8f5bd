//! The one way to the database: [`Database`] connects, [`Work`] is the one transaction of one
//! use case. Queries stand in the stores of the rooms, never here.

mod connect;
mod lease;
mod page;
mod upkeep;
mod work;

pub use connect::Database;
pub(crate) use lease::{give_back_lease, take_lease};
pub use page::{Cursor, Limit, Page};
pub(crate) use upkeep::{begin_upkeep, keep_upkeep};
pub use work::{Record, Reply, Work};

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::error::{Error, Result};

/// Inserts a row whose columns are all known; nothing is read back.
pub async fn insert<M, A>(db: &impl ConnectionTrait, model: M) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    <A::Entity as EntityTrait>::insert(model.into_active_model())
        .exec_without_returning(db)
        .await
        .map_err(Error::from)?;
    Ok(())
}
