//! Queries of the decision on a case.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::entity::counter;
use crate::error::Result;

/// The next number of a series, without gap or double: the row is held until the transaction
/// of the acceptance ends, and a transaction that is taken back gives its number back.
pub(super) async fn next_number(db: &impl ConnectionTrait, series: &str) -> Result<i64> {
    let row = counter::ActiveModel { name: Set(series.to_owned()), last: Set(1) };
    let next = counter::Entity::insert(row)
        .on_conflict(
            OnConflict::column(counter::Column::Name)
                .value(
                    counter::Column::Last,
                    Expr::col((counter::Entity, counter::Column::Last)).add(1),
                )
                .to_owned(),
        )
        .exec_with_returning(db)
        .await?;
    Ok(next.last)
}
