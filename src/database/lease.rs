//! Work that one process of several does for all: who has it, and until when. The only write that
//! leaves no audit entry, because it is nobody's doing and changes nothing of the station's.

use chrono::TimeDelta;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, Set};

use crate::app::App;
use crate::entity::lease::{ActiveModel, Column, Entity, Model};
use crate::error::Result;

/// Takes or keeps the work `name` for this process, for `life` from now on; false while another
/// process has it. One statement decides, so two processes never both have it.
pub(crate) async fn take_lease(app: &App, name: &str, life: TimeDelta) -> Result<bool> {
    let db = app.database.writer();
    let (holder, now) = (app.instance.to_string(), app.clock.now());
    let free = Condition::any().add(Column::Holder.eq(&holder)).add(Column::Until.lte(now));
    let taken = Entity::update_many()
        .set(ActiveModel {
            holder: Set(holder.clone()),
            until: Set(now + life),
            ..Default::default()
        })
        .filter(Column::Name.eq(name))
        .filter(free)
        .exec(db)
        .await?;
    if taken.rows_affected == 1 {
        return Ok(true);
    }
    let first = Model { name: name.to_owned(), holder, until: now + life };
    let inserted = Entity::insert(first.into_active_model())
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(inserted == 1)
}

/// Gives the work back, if this process has it: whoever asks next need not wait for the lease to
/// run out.
pub(crate) async fn give_back_lease(app: &App, name: &str) -> Result<()> {
    Entity::update_many()
        .set(ActiveModel { until: Set(app.clock.now()), ..Default::default() })
        .filter(Column::Name.eq(name))
        .filter(Column::Holder.eq(app.instance.to_string()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}
