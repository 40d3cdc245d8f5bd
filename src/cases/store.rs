//! Queries of cases. [`within`] is the only door: a query that started anywhere else could not
//! know whose case it is.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DerivePartialModel, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::file::CaseFile;
use crate::access::{Scope, Sight};
use crate::database::{Limit, insert};
use crate::entity::{
    agent, agreement, assignment, attendance, case, case_member, claim, clue, consent, contact,
    court_answer, deadline, evidence, extension, feedback, hearing, hearing_notice, instalment,
    invitation, judicial_confirmation, party, performance, recusal, referral_answer, revisit,
    rights_notice, route_notice, signature, supplement, suspension, term, track_move,
};
use crate::error::{Error, Result};
use crate::interests;
use crate::words::{CaseStatus, Category, Channel, Outcome, Track};

fn within(sight: Sight) -> Select<case::Entity> {
    within_scope(sight.scope())
}

fn within_scope(scope: Scope) -> Select<case::Entity> {
    case::Entity::find().filter(of_scope(scope))
}

/// What is in sight, for the queries that begin elsewhere and reach the cases by a join.
pub(crate) fn in_sight(sight: Sight) -> Condition {
    of_scope(sight.scope())
}

fn of_scope(scope: Scope) -> Condition {
    let of_office = |office_id| case::Column::OfficeId.eq(office_id);
    let of_member = |user_id| {
        let own = Query::select()
            .column(case_member::Column::CaseId)
            .from(case_member::Entity)
            .and_where(case_member::Column::UserId.eq(user_id))
            .to_owned();
        case::Column::Id.in_subquery(own)
    };
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Office(office_id) => Condition::all().add(of_office(office_id)),
        Scope::OfficeOrMember(office_id, user_id) => {
            Condition::any().add(of_office(office_id)).add(of_member(user_id))
        }
        Scope::Member(user_id) => Condition::all().add(of_member(user_id)),
        Scope::Nothing => Condition::all().add(Expr::cust("1 = 0")),
    }
}

/// The ids of the cases in sight, for the queries of what belongs to cases.
pub(crate) fn ids_within(sight: Sight) -> SelectStatement {
    within(sight).select_only().column(case::Column::Id).into_query()
}

/// The case, if it is in sight.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    sight: Sight,
    id: Uuid,
) -> Result<Option<case::Model>> {
    Ok(within(sight).filter(case::Column::Id.eq(id)).one(db).await?)
}

/// The case, in sight or not: for the clocks alone.
pub(super) async fn any(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<case::Model>> {
    Ok(case::Entity::find_by_id(id).one(db).await?)
}

/// The case with its parties, in one statement: this is the read that everybody waits for.
pub(crate) async fn find_with_parties(
    db: &impl ConnectionTrait,
    sight: Sight,
    id: Uuid,
) -> Result<Option<(case::Model, Vec<party::Model>)>> {
    let of_case = party::Entity::belongs_to(case::Entity)
        .from(party::Column::CaseId)
        .to(case::Column::Id)
        .into();
    let rows = within(sight)
        .filter(case::Column::Id.eq(id))
        .join_rev(JoinType::LeftJoin, of_case)
        .select_also(party::Entity)
        .order_by_asc(party::Column::Ordinal)
        .all(db)
        .await?;
    let (mut found, mut parties) = (None, Vec::new());
    for (case, party) in rows {
        found.get_or_insert(case);
        parties.extend(party);
    }
    Ok(found.map(|case| (case, parties)))
}

/// A case as a list shows it: without the texts, which would be dragged along.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "case::Entity")]
pub(crate) struct Listed {
    pub id: Uuid,
    pub case_number: Option<String>,
    pub track: Track,
    pub status: CaseStatus,
    pub outcome: Option<Outcome>,
    pub office_id: Uuid,
    pub channel: Channel,
    pub external_number: Option<String>,
    pub title: String,
    pub category: Category,
    pub requested_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl From<case::Model> for Listed {
    fn from(case: case::Model) -> Self {
        Self {
            id: case.id,
            case_number: case.case_number,
            track: case.track,
            status: case.status,
            outcome: case.outcome,
            office_id: case.office_id,
            channel: case.channel,
            external_number: case.external_number,
            title: case.title,
            category: case.category,
            requested_at: case.requested_at,
            accepted_at: case.accepted_at,
            version: case.version,
            updated_at: case.updated_at,
        }
    }
}

/// What a list of cases may be narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub status: Option<CaseStatus>,
    pub outcome: Option<Outcome>,
    pub channel: Option<Channel>,
    pub category: Option<Category>,
    pub office_id: Option<Uuid>,
    pub case_number: Option<String>,
    pub external_number: Option<String>,
}

/// Cases in sight, newest first, before the case `before`. No index serves both halves of an
/// `OR` in the order of the list, so two such halves are two lists, merged.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    sight: Sight,
    filter: Filter,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<Listed>> {
    let list = async |scope| {
        let query = narrowed(scope, &filter, before);
        query.limit(limit.fetch()).into_partial_model().all(db).await
    };
    let Scope::OfficeOrMember(office_id, user_id) = sight.scope() else {
        return Ok(list(sight.scope()).await?);
    };
    let mut found: Vec<Listed> = list(Scope::Office(office_id)).await?;
    found.extend(list(Scope::Member(user_id)).await?);
    found.sort_by_key(|it| Reverse(it.id));
    found.dedup_by_key(|it| it.id);
    found.truncate(usize::try_from(limit.fetch()).unwrap_or(usize::MAX));
    Ok(found)
}

/// Newest first, before the case `before`, and only what the filter lets through. Somebody's own
/// cases are walked along the index of members: asked for as a set, SQLite would gather all of
/// them before it sorts.
fn narrowed(scope: Scope, filter: &Filter, before: Option<Uuid>) -> Select<case::Entity> {
    let mut query = match scope {
        Scope::Member(user_id) => {
            let of_case = case_member::Entity::belongs_to(case::Entity)
                .from(case_member::Column::CaseId)
                .to(case::Column::Id)
                .into();
            let own = case::Entity::find()
                .join_rev(JoinType::InnerJoin, of_case)
                .filter(case_member::Column::UserId.eq(user_id))
                .order_by_desc(case_member::Column::CaseId);
            match before {
                Some(before) => own.filter(case_member::Column::CaseId.lt(before)),
                None => own,
            }
        }
        scope => {
            let all = within_scope(scope).order_by_desc(case::Column::Id);
            match before {
                Some(before) => all.filter(case::Column::Id.lt(before)),
                None => all,
            }
        }
    };
    if let Some(status) = filter.status {
        query = query.filter(case::Column::Status.eq(status));
    }
    if let Some(outcome) = filter.outcome {
        query = query.filter(case::Column::Outcome.eq(outcome));
    }
    if let Some(channel) = filter.channel {
        query = query.filter(case::Column::Channel.eq(channel));
    }
    if let Some(category) = filter.category {
        query = query.filter(case::Column::Category.eq(category));
    }
    if let Some(office_id) = filter.office_id {
        query = query.filter(case::Column::OfficeId.eq(office_id));
    }
    if let Some(number) = &filter.case_number {
        query = query.filter(case::Column::CaseNumber.eq(number));
    }
    if let Some(number) = &filter.external_number {
        query = query.filter(case::Column::ExternalNumber.eq(number));
    }
    query
}

pub(crate) async fn insert_case(db: &impl ConnectionTrait, case: case::Model) -> Result<()> {
    insert(db, case).await
}

/// Writes the case over the version it was read at; zero rows means somebody was faster.
pub(crate) async fn save(
    db: &impl ConnectionTrait,
    case: case::Model,
    read_version: i64,
) -> Result<()> {
    let id = case.id;
    let mut row = case.into_active_model().reset_all();
    for fixed in [
        case::Column::Id,
        case::Column::RequestedAt,
        case::Column::ReceivedAt,
        case::Column::RegisteredBy,
        case::Column::CreatedAt,
    ] {
        row.not_set(fixed);
    }
    let saved = case::Entity::update_many()
        .set(row)
        .filter(case::Column::Id.eq(id))
        .filter(case::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Makes the case the person's own. Twice is once.
pub(crate) async fn add_member(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    user_id: Uuid,
) -> Result<()> {
    let row = case_member::Model { id: format!("{case_id}/{user_id}"), case_id, user_id };
    case_member::Entity::insert(row.into_active_model())
        .on_conflict(
            sea_orm::sea_query::OnConflict::column(case_member::Column::Id).do_nothing().to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Ends that the case is the person's own.
pub(crate) async fn remove_member(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    user_id: Uuid,
) -> Result<()> {
    case_member::Entity::delete_by_id(format!("{case_id}/{user_id}")).exec(db).await?;
    Ok(())
}

/// The case a part of it belongs to; says nothing about who may see it.
pub(crate) async fn case_of_hearing(
    db: &impl ConnectionTrait,
    hearing_id: Uuid,
) -> Result<Option<Uuid>> {
    Ok(hearing::Entity::find_by_id(hearing_id).one(db).await?.map(|it| it.case_id))
}

/// The rows of one table that belong to a case, in the order of their making.
async fn rows<E>(
    db: &impl ConnectionTrait,
    case_column: E::Column,
    case_id: Uuid,
) -> Result<Vec<E::Model>>
where
    E: EntityTrait,
    E::Column: ColumnTrait,
{
    let mut query = E::find().filter(case_column.eq(case_id));
    for key in <E::PrimaryKey as sea_orm::Iterable>::iter() {
        query = query.order_by_asc(sea_orm::PrimaryKeyToColumn::into_column(key));
    }
    Ok(query.all(db).await?)
}

/// Holds the case for this transaction, if it is in sight: of two writers at once the second
/// reads what the first has written and hears that its version is stale, instead of meeting
/// half of it. SQLite has one writer and needs no lock.
pub(crate) async fn hold(
    db: &impl ConnectionTrait,
    sight: Sight,
    id: Uuid,
) -> Result<Option<case::Model>> {
    let held = within(sight).filter(case::Column::Id.eq(id)).lock(LockType::NoKeyUpdate);
    Ok(held.one(db).await?)
}

/// The case as it was just read, with all that belongs to it.
pub(crate) async fn load(
    db: &impl ConnectionTrait,
    case: case::Model,
    now: DateTime<Utc>,
) -> Result<CaseFile> {
    let id = case.id;
    let registered = case.status == CaseStatus::Registered;
    let mut file = CaseFile::bare(case, now);
    let members = rows::<case_member::Entity>(db, case_member::Column::CaseId, id).await?;
    file.members = members.into_iter().map(|it| it.user_id).collect();
    file.parties = rows::<party::Entity>(db, party::Column::CaseId, id).await?;
    file.parties.sort_by_key(|it| it.ordinal);
    file.agents = rows::<agent::Entity>(db, agent::Column::CaseId, id).await?;
    file.claims = rows::<claim::Entity>(db, claim::Column::CaseId, id).await?;
    file.supplements = rows::<supplement::Entity>(db, supplement::Column::CaseId, id).await?;
    file.evidence = rows::<evidence::Entity>(db, evidence::Column::CaseId, id).await?;
    file.consents = rows::<consent::Entity>(db, consent::Column::CaseId, id).await?;
    file.clues = rows::<clue::Entity>(db, clue::Column::CaseId, id).await?;
    file.contacts = rows::<contact::Entity>(db, contact::Column::CaseId, id).await?;
    file.feedbacks = rows::<feedback::Entity>(db, feedback::Column::CaseId, id).await?;
    file.deadlines = rows::<deadline::Entity>(db, deadline::Column::CaseId, id).await?;
    // Before acceptance there is no more (`state`), and most work is done before it.
    if !registered {
        load_mediation(db, &mut file).await?;
        load_outcome(db, &mut file).await?;
    }
    Ok(file)
}

/// What there is from acceptance on.
async fn load_mediation(db: &impl ConnectionTrait, file: &mut CaseFile) -> Result<()> {
    let id = file.case.id;
    file.rights_notices =
        rows::<rights_notice::Entity>(db, rights_notice::Column::CaseId, id).await?;
    file.invitations = rows::<invitation::Entity>(db, invitation::Column::CaseId, id).await?;
    file.assignments = rows::<assignment::Entity>(db, assignment::Column::CaseId, id).await?;
    file.hearings = rows::<hearing::Entity>(db, hearing::Column::CaseId, id).await?;
    file.hearing_notices =
        rows::<hearing_notice::Entity>(db, hearing_notice::Column::CaseId, id).await?;
    file.attendances = rows::<attendance::Entity>(db, attendance::Column::CaseId, id).await?;
    file.track_moves = rows::<track_move::Entity>(db, track_move::Column::CaseId, id).await?;
    file.recusals = rows::<recusal::Entity>(db, recusal::Column::CaseId, id).await?;
    file.suspensions = rows::<suspension::Entity>(db, suspension::Column::CaseId, id).await?;
    file.extensions = rows::<extension::Entity>(db, extension::Column::CaseId, id).await?;
    let panel: Vec<Uuid> = file.panel().map(|it| it.mediator_id).collect();
    file.interests = interests::of_mediators(db, &panel).await?;
    Ok(())
}

/// How it ended, or may end.
async fn load_outcome(db: &impl ConnectionTrait, file: &mut CaseFile) -> Result<()> {
    let id = file.case.id;
    file.agreements = rows::<agreement::Entity>(db, agreement::Column::CaseId, id).await?;
    file.agreements.sort_by_key(|it| it.revision);
    file.terms = rows::<term::Entity>(db, term::Column::CaseId, id).await?;
    file.terms.sort_by_key(|it| it.ordinal);
    file.instalments = rows::<instalment::Entity>(db, instalment::Column::CaseId, id).await?;
    file.instalments.sort_by_key(|it| it.ordinal);
    file.signatures = rows::<signature::Entity>(db, signature::Column::CaseId, id).await?;
    file.route_notices = rows::<route_notice::Entity>(db, route_notice::Column::CaseId, id).await?;
    file.performances = rows::<performance::Entity>(db, performance::Column::CaseId, id).await?;
    file.referral_answers =
        rows::<referral_answer::Entity>(db, referral_answer::Column::CaseId, id).await?;
    file.revisits = rows::<revisit::Entity>(db, revisit::Column::CaseId, id).await?;
    file.confirmations =
        rows::<judicial_confirmation::Entity>(db, judicial_confirmation::Column::CaseId, id)
            .await?;
    file.court_answers = rows::<court_answer::Entity>(db, court_answer::Column::CaseId, id).await?;
    Ok(())
}
