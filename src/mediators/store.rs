//! Queries of profiles and absences, and of what mediators have in hand.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use super::rules::{Load, case_weight};
use crate::access::Sight;
use crate::cases;
use crate::database::{Limit, insert};
use crate::entity::{absence, assignment, case, mediator_profile, user};
use crate::error::{Error, Result};
use crate::words::{AssignmentStatus, CaseStatus, PanelSeat, Role, RosterState, UserStatus};

/// How many cases one statement names.
const CASES_AT_ONCE: usize = 500;

pub(super) async fn find_profile(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<mediator_profile::Model>> {
    Ok(mediator_profile::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn profiles(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<mediator_profile::Model>> {
    let these = mediator_profile::Column::Id.is_in(ids.iter().copied());
    Ok(mediator_profile::Entity::find().filter(these).all(db).await?)
}

pub(super) async fn insert_profile(
    db: &impl ConnectionTrait,
    profile: mediator_profile::Model,
) -> Result<()> {
    insert(db, profile).await
}

/// Writes the profile over the version it was read at.
pub(super) async fn save_profile(
    db: &impl ConnectionTrait,
    profile: mediator_profile::Model,
    read_version: i64,
) -> Result<()> {
    let id = profile.id;
    let mut row = profile.into_active_model().reset_all();
    row.not_set(mediator_profile::Column::Id);
    let saved = mediator_profile::Entity::update_many()
        .set(row)
        .filter(mediator_profile::Column::Id.eq(id))
        .filter(mediator_profile::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The absences of these people that last until that day or longer, by their first day.
pub(crate) async fn absences(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    not_over_before: Option<NaiveDate>,
) -> Result<Vec<absence::Model>> {
    let mut query = absence::Entity::find()
        .filter(absence::Column::MediatorId.is_in(ids.iter().copied()))
        .order_by_asc(absence::Column::Since);
    if let Some(day) = not_over_before {
        query = query.filter(absence::Column::Until.gte(day));
    }
    Ok(query.all(db).await?)
}

pub(super) async fn find_absence(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<absence::Model>> {
    Ok(absence::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn insert_absence(
    db: &impl ConnectionTrait,
    absence: absence::Model,
) -> Result<()> {
    insert(db, absence).await
}

/// Writes the last day of an absence.
pub(super) async fn set_until(db: &impl ConnectionTrait, id: Uuid, until: NaiveDate) -> Result<()> {
    absence::Entity::update_many()
        .col_expr(absence::Column::Until, Expr::value(until))
        .filter(absence::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_absence(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    absence::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

fn case_of_seat() -> RelationDef {
    case::Entity::belongs_to(assignment::Entity)
        .from(case::Column::Id)
        .to(assignment::Column::CaseId)
        .into()
}

/// The seats that are held.
fn held() -> Select<assignment::Entity> {
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::MediatorId)
        .filter(assignment::Column::Status.is_in(AssignmentStatus::HELD))
}

/// What these people have in hand, and what they were given since `from`.
pub(super) async fn loads(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    from: DateTime<Utc>,
) -> Result<HashMap<Uuid, Load>> {
    let mut loads: HashMap<Uuid, Load> = HashMap::new();
    let asked: HashSet<Uuid> = ids.iter().copied().collect();
    for (id, weight) in open_seats(db).await? {
        let load = loads.entry(id).or_default();
        load.open = load.open.saturating_add(weight);
    }
    for (id, weight) in seats_since(db, from).await? {
        let load = loads.entry(id).or_default();
        load.recent = load.recent.saturating_add(weight);
    }
    loads.retain(|id, _| asked.contains(id));
    Ok(loads)
}

/// The weight of each seat on a case that is not over. The cases are asked first: they are few
/// beside all that ever were, and PostgreSQL would read every seat there ever was to join them.
/// Whose seats they are is not asked: SQLite would then read all the seats of these people.
async fn open_seats(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, u32)>> {
    let open: Vec<(Uuid, bool, bool)> = case::Entity::find()
        .select_only()
        .columns([case::Column::Id, case::Column::Complex, case::Column::Sensitive])
        .filter(case::Column::Status.is_in([CaseStatus::Accepted, CaseStatus::Mediating]))
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Vec::new();
    for some in open.chunks(CASES_AT_ONCE) {
        let weights: HashMap<Uuid, u32> =
            some.iter().map(|it| (it.0, case_weight(it.1, it.2))).collect();
        let seats: Vec<(Uuid, Uuid)> = held()
            .column(assignment::Column::CaseId)
            .filter(assignment::Column::CaseId.is_in(weights.keys().copied()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(
            seats
                .into_iter()
                .filter_map(|(id, case_id)| weights.get(&case_id).map(|weight| (id, *weight))),
        );
    }
    Ok(found)
}

/// The weight of each seat that was given since then, whose ever it is.
async fn seats_since(db: &impl ConnectionTrait, from: DateTime<Utc>) -> Result<Vec<(Uuid, u32)>> {
    let seats: Vec<(Uuid, bool, bool)> = held()
        .columns([case::Column::Complex, case::Column::Sensitive])
        .join_rev(JoinType::InnerJoin, case_of_seat())
        .filter(assignment::Column::AssignedAt.gte(from))
        .into_tuple()
        .all(db)
        .await?;
    Ok(seats.into_iter().map(|it| (it.0, case_weight(it.1, it.2))).collect())
}

/// A held seat on an open case.
#[derive(Debug, FromQueryResult)]
pub(super) struct StrandedSeat {
    pub assignment_id: Uuid,
    pub case_id: Uuid,
    pub case_number: Option<String>,
    pub case_status: CaseStatus,
    pub seat: PanelSeat,
    pub mediator_id: Uuid,
    pub display_name: String,
}

/// Held seats on open cases in sight whose holders cannot go on as of that day, oldest first.
pub(super) async fn stranded(
    db: &impl ConnectionTrait,
    sight: Sight,
    today: NaiveDate,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<StrandedSeat>> {
    use mediator_profile::Column::{EngagedFrom, EngagedUntil, RosterState as State};
    let user_of_seat: RelationDef = user::Entity::belongs_to(assignment::Entity)
        .from(user::Column::Id)
        .to(assignment::Column::MediatorId)
        .into();
    let profile_of_seat: RelationDef = mediator_profile::Entity::belongs_to(assignment::Entity)
        .from(mediator_profile::Column::Id)
        .to(assignment::Column::MediatorId)
        .into();
    let cannot_go_on = Condition::any()
        .add(user::Column::Status.ne(UserStatus::Active))
        .add(user::Column::Role.is_not_in([Role::Mediator, Role::Officer]))
        .add(State.ne(RosterState::Listed))
        .add(EngagedUntil.lt(today))
        .add(EngagedFrom.gt(today));
    let open = [CaseStatus::Accepted, CaseStatus::Mediating, CaseStatus::Performing];
    let mut query = assignment::Entity::find()
        .select_only()
        .column_as(assignment::Column::Id, "assignment_id")
        .column(assignment::Column::CaseId)
        .column(case::Column::CaseNumber)
        .column_as(case::Column::Status, "case_status")
        .column(assignment::Column::Seat)
        .column(assignment::Column::MediatorId)
        .column(user::Column::DisplayName)
        .join_rev(JoinType::InnerJoin, case_of_seat())
        .join_rev(JoinType::InnerJoin, user_of_seat)
        .join_rev(JoinType::LeftJoin, profile_of_seat)
        .filter(assignment::Column::Status.is_in(AssignmentStatus::HELD))
        .filter(case::Column::Status.is_in(open))
        .filter(cases::in_sight(sight))
        .filter(cannot_go_on)
        .order_by_asc(assignment::Column::Id);
    if let Some(after) = after {
        query = query.filter(assignment::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).into_model().all(db).await?)
}
