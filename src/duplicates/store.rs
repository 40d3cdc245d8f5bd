//! Queries of what may be one dispute. Candidates are looked for among all cases, in sight or
//! not; what of them is answered is decided by [`visible`], and the rest is only counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::clusters::Entry;
use crate::access::Sight;
use crate::cases;
use crate::database::{Limit, insert};
use crate::entity::{
    case, case_group_member, claim, cluster, duplicate_decision, match_key, party,
};
use crate::error::Result;
use crate::words::{Channel, MatchKeyKind, PartyRole};

/// How many cases of one sign are compared, the newest.
const CANDIDATES: u64 = 200;
/// How many cases of a respondent are counted at once.
const COUNTED: u64 = 2000;
/// A statement takes only so many values.
const VALUES: usize = 500;

pub(super) async fn insert_keys(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    day: NaiveDate,
    keys: BTreeSet<(MatchKeyKind, String)>,
) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let row = |(kind, value)| match_key::Model { id: Uuid::now_v7(), case_id, kind, value, day };
    let rows = keys.into_iter().map(|it| row(it).into_active_model());
    match_key::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

pub(super) async fn delete_keys(db: &impl ConnectionTrait, case_id: Uuid) -> Result<()> {
    match_key::Entity::delete_many().filter(match_key::Column::CaseId.eq(case_id)).exec(db).await?;
    Ok(())
}

/// Other cases with one of these keys between two days.
pub(super) async fn with_keys(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    keys: &BTreeSet<(MatchKeyKind, String)>,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<BTreeSet<Uuid>> {
    let mut found = BTreeSet::new();
    // One by one: each is a walk along the index, its newest end first.
    for (kind, value) in keys {
        let some: Vec<Uuid> = match_key::Entity::find()
            .select_only()
            .column(match_key::Column::CaseId)
            .filter(match_key::Column::Kind.eq(*kind))
            .filter(match_key::Column::Value.eq(value))
            .filter(match_key::Column::Day.between(from, until))
            .filter(match_key::Column::CaseId.ne(case_id))
            .order_by_desc(match_key::Column::Day)
            .limit(CANDIDATES)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// Other cases with this number of the sender, whoever sent it.
pub(super) async fn with_external_number(
    db: &impl ConnectionTrait,
    case_id: Uuid,
    number: &str,
) -> Result<Vec<Uuid>> {
    // The index begins with the channel.
    let any_channel = case::Column::Channel.is_in(Channel::ALL.iter().copied());
    Ok(case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(any_channel)
        .filter(case::Column::ExternalNumber.eq(number))
        .filter(case::Column::Id.ne(case_id))
        .order_by_desc(case::Column::Id)
        .limit(CANDIDATES)
        .into_tuple()
        .all(db)
        .await?)
}

/// A case with what is compared of it.
#[derive(Debug)]
pub(super) struct Candidate {
    pub case: case::Model,
    pub parties: Vec<party::Model>,
    /// The largest claim.
    pub claimed_fen: Option<i64>,
}

/// These cases, in sight or not, with their parties.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
) -> Result<Vec<Candidate>> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let mut found: BTreeMap<Uuid, Candidate> = BTreeMap::new();
    for some in ids.chunks(VALUES) {
        let these = || some.iter().copied();
        for case in case::Entity::find().filter(case::Column::Id.is_in(these())).all(db).await? {
            let empty = Candidate { parties: Vec::new(), claimed_fen: None, case };
            found.insert(empty.case.id, empty);
        }
        let parties = party::Entity::find()
            .filter(party::Column::CaseId.is_in(these()))
            .order_by_asc(party::Column::Ordinal);
        for party in parties.all(db).await? {
            if let Some(it) = found.get_mut(&party.case_id) {
                it.parties.push(party);
            }
        }
        for claim in
            claim::Entity::find().filter(claim::Column::CaseId.is_in(these())).all(db).await?
        {
            if let Some(it) = found.get_mut(&claim.case_id) {
                it.claimed_fen = it.claimed_fen.max(claim.amount_fen);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Those of the cases that are in sight.
pub(super) async fn visible(
    db: &impl ConnectionTrait,
    sight: Sight,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut found = BTreeSet::new();
    for some in ids.chunks(VALUES) {
        let seen: Vec<Uuid> = case::Entity::find()
            .select_only()
            .column(case::Column::Id)
            .filter(case::Column::Id.is_in(some.iter().copied()))
            .filter(cases::in_sight(sight))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(seen);
    }
    Ok(found)
}

/// The parties of these cases that are respondents.
pub(super) async fn respondents_of(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Vec<party::Model>>> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let mut found: HashMap<Uuid, Vec<party::Model>> = HashMap::new();
    for some in ids.chunks(VALUES) {
        let respondents = party::Entity::find()
            .filter(party::Column::Role.eq(PartyRole::Respondent))
            .filter(party::Column::CaseId.is_in(some.iter().copied()));
        for party in respondents.all(db).await? {
            found.entry(party.case_id).or_default().push(party);
        }
    }
    Ok(found)
}

/// Everything that was decided about the case, from either side, oldest first.
pub(super) async fn decisions_of(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Vec<duplicate_decision::Model>> {
    use duplicate_decision::Column;
    let of_case =
        Condition::any().add(Column::CaseId.eq(case_id)).add(Column::OtherCaseId.eq(case_id));
    let rows = duplicate_decision::Entity::find().filter(of_case).order_by_asc(Column::Id);
    Ok(rows.all(db).await?)
}

pub(super) async fn insert_decision(
    db: &impl ConnectionTrait,
    decision: duplicate_decision::Model,
) -> Result<()> {
    insert(db, decision).await
}

/// Cases under a key between two days, one entry for each applicant.
pub(super) async fn entries(
    db: &impl ConnectionTrait,
    (kind, value): (MatchKeyKind, &str),
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Entry>> {
    let days: HashMap<Uuid, NaiveDate> = match_key::Entity::find()
        .select_only()
        .column(match_key::Column::CaseId)
        .column(match_key::Column::Day)
        .filter(match_key::Column::Kind.eq(kind))
        .filter(match_key::Column::Value.eq(value))
        .filter(match_key::Column::Day.between(from, until))
        .order_by_desc(match_key::Column::Day)
        .limit(COUNTED)
        .into_tuple::<(Uuid, NaiveDate)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let ids: Vec<Uuid> = days.keys().copied().collect();
    let mut found = Vec::new();
    for some in ids.chunks(VALUES) {
        let names: Vec<(Uuid, String)> = match_key::Entity::find()
            .select_only()
            .column(match_key::Column::CaseId)
            .column(match_key::Column::Value)
            .filter(match_key::Column::CaseId.is_in(some.iter().copied()))
            .filter(match_key::Column::Kind.eq(MatchKeyKind::ApplicantName))
            .into_tuple()
            .all(db)
            .await?;
        let entry = |(case_id, applicant): (Uuid, String)| {
            days.get(&case_id).map(|day| Entry { case_id, day: *day, applicant })
        };
        found.extend(names.into_iter().filter_map(entry));
    }
    Ok(found)
}

/// The cluster of one of these respondents that a day falls into, or next to.
pub(super) async fn cluster_around(
    db: &impl ConnectionTrait,
    keys: &[(MatchKeyKind, String)],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Option<cluster::Model>> {
    let mut any = Condition::any();
    for (kind, value) in keys {
        let this = Condition::all()
            .add(cluster::Column::Kind.eq(*kind))
            .add(cluster::Column::Value.eq(value));
        any = any.add(this);
    }
    Ok(cluster::Entity::find()
        .filter(any)
        .filter(cluster::Column::LastDay.gte(from))
        .filter(cluster::Column::FirstDay.lte(until))
        .order_by_desc(cluster::Column::Id)
        .one(db)
        .await?)
}

/// Keeps a cluster, and tells whether nobody else had.
pub(super) async fn insert_cluster(
    db: &impl ConnectionTrait,
    cluster: cluster::Model,
) -> Result<bool> {
    use cluster::Column;
    let once = OnConflict::columns([Column::Kind, Column::Value, Column::FirstDay])
        .do_nothing()
        .to_owned();
    let insert = cluster::Entity::insert(cluster.into_active_model()).on_conflict(once);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// The cluster reaches on to a later day. Where it begins is part of what makes it one, and stays.
pub(super) async fn extend_cluster(
    db: &impl ConnectionTrait,
    id: Uuid,
    last_day: NaiveDate,
) -> Result<()> {
    cluster::Entity::update_many()
        .col_expr(cluster::Column::LastDay, Expr::value(last_day))
        .filter(cluster::Column::Id.eq(id))
        .filter(cluster::Column::LastDay.lt(last_day))
        .exec(db)
        .await?;
    Ok(())
}

/// The clusters of which a case is in sight, newest first.
pub(super) async fn clusters(
    db: &impl ConnectionTrait,
    sight: Sight,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<cluster::Model>> {
    use sea_orm::sea_query::ExprTrait as _;
    let column = |it: match_key::Column| Expr::col((match_key::Entity, it));
    let of = |it: cluster::Column| Expr::col((cluster::Entity, it));
    let seen = Query::select()
        .expr(Expr::value(1))
        .from(match_key::Entity)
        .and_where(column(match_key::Column::Kind).equals((cluster::Entity, cluster::Column::Kind)))
        .and_where(
            column(match_key::Column::Value).equals((cluster::Entity, cluster::Column::Value)),
        )
        .and_where(column(match_key::Column::Day).gte(of(cluster::Column::FirstDay)))
        .and_where(column(match_key::Column::Day).lte(of(cluster::Column::LastDay)))
        .cond_where(cases::of_case_in_sight(match_key::Column::CaseId, sight))
        .to_owned();
    let mut query =
        cluster::Entity::find().filter(Expr::exists(seen)).order_by_desc(cluster::Column::Id);
    if let Some(before) = before {
        query = query.filter(cluster::Column::Id.lt(before));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// The rows of these cases' places in groups.
pub(super) async fn grouped(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<case_group_member::Model>> {
    let these = case_group_member::Column::Id.is_in(ids);
    Ok(case_group_member::Entity::find().filter(these).all(db).await?)
}

/// Everybody of a group, the leading case too.
pub(super) async fn group(
    db: &impl ConnectionTrait,
    leading_case_id: Uuid,
) -> Result<Vec<case_group_member::Model>> {
    Ok(case_group_member::Entity::find()
        .filter(case_group_member::Column::LeadingCaseId.eq(leading_case_id))
        .order_by_asc(case_group_member::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn insert_members(
    db: &impl ConnectionTrait,
    members: Vec<case_group_member::Model>,
) -> Result<()> {
    let rows = members.into_iter().map(IntoActiveModel::into_active_model);
    case_group_member::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}
