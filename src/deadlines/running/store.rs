//! Queries of running deadlines.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::settle::Change;
use crate::access::Sight;
use crate::cases;
use crate::database::{Limit, insert};
use crate::entity::{case, deadline};
use crate::error::Result;
use crate::words::{DeadlineKind, DeadlineState};

/// Whose deadlines somebody sees: of the cases in sight, and of the clues of an office or of all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub sight: Sight,
    pub clues: SeenClues,
}

/// How far somebody sees into the register of clues.
#[derive(Debug, Clone, Copy)]
pub(super) enum SeenClues {
    None,
    OfOffice(Uuid),
    All,
}

fn within(seen: Seen) -> Select<deadline::Entity> {
    let of_clues = match seen.clues {
        SeenClues::None => None,
        SeenClues::All => Some(Condition::all().add(deadline::Column::ClueId.is_not_null())),
        SeenClues::OfOffice(office_id) => Some(
            Condition::all()
                .add(deadline::Column::ClueId.is_not_null())
                .add(deadline::Column::OfficeId.eq(office_id)),
        ),
    };
    let of_cases = cases::of_case_in_sight(deadline::Column::CaseId, seen.sight);
    let mut any = Condition::any().add(of_cases);
    if let Some(of_clues) = of_clues {
        any = any.add(of_clues);
    }
    deadline::Entity::find().filter(any)
}

/// The deadline, if it is in sight.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    seen: Seen,
    id: Uuid,
) -> Result<Option<deadline::Model>> {
    Ok(within(seen).filter(deadline::Column::Id.eq(id)).one(db).await?)
}

/// What a list of deadlines may be narrowed to.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub state: Option<DeadlineState>,
    pub kind: Option<DeadlineKind>,
    pub owner_id: Option<Uuid>,
    pub office_id: Option<Uuid>,
    pub due_before: Option<NaiveDate>,
    pub provisional: Option<bool>,
}

/// The next to be acted on first, after the place `after`. Without a state, those at which there
/// is still something to be done.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    seen: Seen,
    filter: Filter,
    after: Option<(NaiveDate, Uuid)>,
    limit: Limit,
) -> Result<Vec<deadline::Model>> {
    use deadline::Column;
    let mut query = within(seen).order_by_asc(Column::ActBy).order_by_asc(Column::Id);
    query = match filter.state {
        Some(state) => query.filter(Column::State.eq(state)),
        None => query.filter(Column::EndedOn.is_null()),
    };
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(Column::OwnerId.eq(owner_id));
    }
    if let Some(office_id) = filter.office_id {
        query = query.filter(Column::OfficeId.eq(office_id));
    }
    if let Some(day) = filter.due_before {
        query = query.filter(Column::ActBy.lt(day));
    }
    query = match filter.provisional {
        Some(true) => query.filter(Column::EarliestOn.is_not_null()),
        Some(false) => query.filter(Column::EarliestOn.is_null()),
        None => query,
    };
    if let Some((day, id)) = after {
        let later = Condition::any()
            .add(Column::ActBy.gt(day))
            .add(Condition::all().add(Column::ActBy.eq(day)).add(Column::Id.gt(id)));
        query = query.filter(later);
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// The deadlines of a clue.
pub(super) async fn of_clue(
    db: &impl ConnectionTrait,
    clue_id: Uuid,
) -> Result<Vec<deadline::Model>> {
    Ok(deadline::Entity::find().filter(deadline::Column::ClueId.eq(clue_id)).all(db).await?)
}

/// The official numbers of cases, for lists.
pub(super) async fn case_numbers(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Option<String>)>> {
    let numbers = case::Entity::find()
        .select_only()
        .columns([case::Column::Id, case::Column::CaseNumber])
        .filter(case::Column::Id.is_in(ids));
    Ok(numbers.into_tuple().all(db).await?)
}

/// Writes what has changed.
pub(super) async fn write(db: &impl ConnectionTrait, change: &Change) -> Result<()> {
    if change.before.is_none() {
        return insert(db, change.after.clone()).await;
    }
    let row = change.after.clone().into_active_model().reset_all();
    deadline::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Whether a deadline waits to be counted by newer versions than it was: only what is still open
/// and has a rule.
fn outdated(calendar_version: i64, rule_set_version: i64) -> Select<deadline::Entity> {
    use deadline::Column;
    let older = Condition::any()
        .add(Column::CalendarVersion.lt(calendar_version))
        .add(Column::RuleSetVersion.lt(rule_set_version));
    deadline::Entity::find()
        .filter(Column::EndedOn.is_null())
        .filter(Column::RuleId.is_not_null())
        .filter(older)
}

/// The next that wait to be counted again, by id, after `after`.
pub(super) async fn next_outdated(
    db: &impl ConnectionTrait,
    (calendar_version, rule_set_version): (i64, i64),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<deadline::Model>> {
    let mut query = outdated(calendar_version, rule_set_version);
    if let Some(after) = after {
        query = query.filter(deadline::Column::Id.gt(after));
    }
    Ok(query.order_by_asc(deadline::Column::Id).limit(limit).all(db).await?)
}

/// How many wait.
pub(super) async fn count_outdated(
    db: &impl ConnectionTrait,
    (calendar_version, rule_set_version): (i64, i64),
) -> Result<u64> {
    Ok(outdated(calendar_version, rule_set_version).count(db).await?)
}

/// Marks rows as counted by these versions: their dates came out the same.
pub(super) async fn mark_counted(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
    (calendar_version, rule_set_version): (i64, i64),
) -> Result<()> {
    deadline::Entity::update_many()
        .col_expr(deadline::Column::CalendarVersion, Expr::value(calendar_version))
        .col_expr(deadline::Column::RuleSetVersion, Expr::value(rule_set_version))
        .filter(deadline::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(())
}

/// The next running ones that ran out before today or are to be warned of and were not.
pub(super) async fn next_to_announce(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<deadline::Model>> {
    use deadline::Column;
    let unwarned = Condition::all().add(Column::WarnOn.lte(today)).add(Column::WarnedAt.is_null());
    Ok(deadline::Entity::find()
        .filter(Column::State.eq(DeadlineState::Running))
        .filter(Condition::any().add(Column::DueOn.lt(today)).add(unwarned))
        .order_by_asc(Column::ActBy)
        .limit(limit)
        .all(db)
        .await?)
}

/// Open deadlines with a rule, by id, after `after`: for a walk in bounded memory.
pub(super) async fn open_after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<deadline::Model>> {
    use deadline::Column;
    let mut query = deadline::Entity::find()
        .filter(Column::EndedOn.is_null())
        .filter(Column::RuleId.is_not_null())
        .order_by_asc(Column::Id);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.limit(limit).all(db).await?)
}

/// Holds rows for this transaction and reads them again, as far as they are still the ones that
/// were read: what a step on the case has written meanwhile stands.
pub(super) async fn hold(
    db: &impl ConnectionTrait,
    rows: &[deadline::Model],
) -> Result<Vec<deadline::Model>> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let held = deadline::Entity::find()
        .filter(deadline::Column::Id.is_in(ids))
        .filter(deadline::Column::EndedOn.is_null())
        .order_by_asc(deadline::Column::Id)
        .lock(sea_orm::sea_query::LockType::NoKeyUpdate);
    Ok(held.all(db).await?)
}
