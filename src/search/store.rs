//! The index in its two kinds: FTS5 without the text on SQLite, `tsvector` under GIN on
//! PostgreSQL. Both hold the same terms and give the same answers.

use std::collections::HashMap;

use sea_orm::sea_query::{
    Expr, ExprTrait, IntoIden, JoinType, LockType, OnConflict, Order, Query as Sql, SelectStatement,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect,
};
use uuid::Uuid;

use super::pieces::{Indexed, Tier};
use super::text::Query;
use crate::access::Sight;
use crate::cases;
use crate::database::Limit;
use crate::entity::{agent, case, claim, enterprise, party, search_document};
use crate::error::Result;
use crate::words::{CaseStatus, Category, EnterpriseStatus};

/// A term that every case has, and one that every enterprise has, so that the few are found among
/// the many. Nobody can ask for it: the first character is no letter.
pub(super) const CASE: &str = "\u{E000}case";
pub(super) const ENTERPRISE: &str = "\u{E000}enterprise";

/// One look into the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    pub query: &'a Query,
    pub tier: Tier,
    /// Only what came into the index before this.
    pub before: Option<i64>,
    pub limit: Limit,
}

/// What the list of found cases may be narrowed to.
#[derive(Debug, Clone, Default)]
pub(super) struct CaseFilter {
    pub status: Option<CaseStatus>,
    pub category: Option<Category>,
    pub office_id: Option<Uuid>,
}

/// The cases in sight whose terms are those that were asked for, newest first, each with its
/// place in the index.
pub(super) async fn case_hits(
    db: &impl ConnectionTrait,
    sight: Sight,
    filter: &CaseFilter,
    look: Look<'_>,
) -> Result<Vec<(i64, Uuid)>> {
    let mut wanted = Condition::all().add(cases::in_sight(sight));
    wanted = wanted.add_option(filter.status.map(|it| case::Column::Status.eq(it)));
    wanted = wanted.add_option(filter.category.map(|it| case::Column::Category.eq(it)));
    wanted = wanted.add_option(filter.office_id.map(|it| case::Column::OfficeId.eq(it)));
    let subject = (case::Entity.into_iden(), case::Column::Id.into_iden());
    // Nearly everything in the index is a case: to ask for that would be the dearest part.
    hits(db, None, subject, wanted, look).await
}

/// The same of enterprises, which everybody at the station sees.
pub(super) async fn enterprise_hits(
    db: &impl ConnectionTrait,
    status: Option<EnterpriseStatus>,
    look: Look<'_>,
) -> Result<Vec<(i64, Uuid)>> {
    let wanted = Condition::all().add_option(status.map(|it| enterprise::Column::Status.eq(it)));
    let subject = (enterprise::Entity.into_iden(), enterprise::Column::Id.into_iden());
    hits(db, Some(ENTERPRISE), subject, wanted, look).await
}

async fn hits(
    db: &impl ConnectionTrait,
    kind: Option<&str>,
    subject: (sea_orm::DynIden, sea_orm::DynIden),
    wanted: Condition,
    look: Look<'_>,
) -> Result<Vec<(i64, Uuid)>> {
    let hit = Expr::cust("hit.id");
    let mut select = source(db.get_database_backend(), kind, look);
    let table = subject.0.clone();
    select
        .column((search_document::Entity, search_document::Column::Id))
        .column((search_document::Entity, search_document::Column::SubjectId))
        // In this order: from the index to the subjects, never the other way.
        .join(JoinType::CrossJoin, search_document::Entity, Condition::all())
        .join(JoinType::CrossJoin, table, Condition::all())
        .and_where(search_document::Column::Id.into_expr().eq(hit.clone()))
        .and_where(Expr::col(subject).eq(search_document::Column::SubjectId.into_expr()))
        .cond_where(wanted)
        .order_by_expr(hit, Order::Desc)
        .limit(look.limit.fetch());
    let rows = db.query_all(&select).await?;
    let row = |it: QueryResult| Ok((it.try_get_by_index(0)?, it.try_get_by_index(1)?));
    rows.into_iter().map(row).collect()
}

/// What the index itself finds, as `hit`.
fn source(backend: DbBackend, kind: Option<&str>, look: Look<'_>) -> SelectStatement {
    let mut inner = Sql::select();
    if backend == DbBackend::Sqlite {
        inner
            .expr_as(Expr::cust("rowid"), "id")
            .from("search_terms")
            .and_where(Expr::cust_with_values("search_terms MATCH ?", [full_text(kind, look)]))
            .order_by_expr(Expr::cust("rowid"), Order::Desc);
        if let Some(before) = look.before {
            inner.and_where(Expr::cust_with_values("rowid < ?", [before]));
        }
    } else {
        let asked = lexemes(kind, look.query);
        let holds = |column: &str| {
            Expr::cust_with_values(format!("{column} @@ CAST($1 AS tsquery)"), [asked.clone()])
        };
        inner.column("id").from("search_terms").and_where(holds(column(look.tier)));
        if let Some(before) = look.before {
            inner.and_where(Expr::col("id").lt(before));
        }
        // A fence: with the limit outside of it in view, the planner walks the whole table for
        // a rare word. In order already, so that outside the first that fit are enough.
        inner.order_by("id", Order::Desc).offset(0);
    }
    Sql::select().from_subquery(inner, "hit").to_owned()
}

fn column(tier: Tier) -> &'static str {
    match tier {
        Tier::Names => "names",
        Tier::Title => "title",
        Tier::Everything => "everything",
    }
}

/// The question in the language of FTS5. Terms are letters and digits; quotes keep them from
/// being taken for operators.
fn full_text(kind: Option<&str>, look: Look<'_>) -> String {
    let mut terms: Vec<String> = kind.iter().map(|it| format!("\"{it}\"")).collect();
    terms.extend(look.query.terms().into_iter().map(|it| {
        let prefix = if it.is_prefix { "*" } else { "" };
        format!("\"{}\"{prefix}", it.text)
    }));
    let terms = terms.join(" AND ");
    format!("{{{}}} : ({terms})", column(look.tier))
}

/// The question as a `tsquery`.
fn lexemes(kind: Option<&str>, query: &Query) -> String {
    let mut terms: Vec<String> = kind.iter().map(|it| format!("'{it}'")).collect();
    terms.extend(query.terms().into_iter().map(|it| {
        let prefix = if it.is_prefix { ":*" } else { "" };
        format!("'{}'{prefix}", it.text)
    }));
    terms.join(" & ")
}

/// Those of these subjects of which the index says something else, or nothing; with their places
/// in it, where they have one.
pub(super) async fn stale<'a>(
    db: &impl ConnectionTrait,
    subjects: &'a [(Uuid, Indexed)],
) -> Result<Vec<(Option<i64>, &'a (Uuid, Indexed))>> {
    let ids = subjects.iter().map(|(id, _)| *id);
    let known = search_document::Entity::find()
        .filter(search_document::Column::SubjectId.is_in(ids))
        .all(db)
        .await?;
    let known: HashMap<Uuid, search_document::Model> =
        known.into_iter().map(|it| (it.subject_id, it)).collect();
    let differs = subjects.iter().filter_map(|subject| match known.get(&subject.0) {
        Some(known) if known.fingerprint == subject.1.fingerprint() => None,
        known => Some((known.map(|it| it.id), subject)),
    });
    Ok(differs.collect())
}

/// Writes what the index says of these subjects, as far as it does not say so already, inside of
/// a transaction. Tells how many it wrote.
pub(super) async fn put(db: &impl ConnectionTrait, subjects: &[(Uuid, Indexed)]) -> Result<u64> {
    let stale = stale(db, subjects).await?;
    if stale.is_empty() {
        return Ok(0);
    }
    for (id, (_, indexed)) in stale.iter().filter_map(|(id, it)| Some(((*id)?, it))) {
        search_document::Entity::update_many()
            .col_expr(search_document::Column::Fingerprint, Expr::value(indexed.fingerprint()))
            .filter(search_document::Column::Id.eq(id))
            .exec(db)
            .await?;
    }
    let new = stale.iter().filter(|(id, _)| id.is_none()).map(|(_, it)| *it);
    let made = insert_documents(db, new.collect()).await?;
    let placed: Vec<(i64, &Indexed)> = stale
        .iter()
        .filter_map(|(id, (subject, indexed))| {
            Some((id.or_else(|| made.get(subject).copied())?, indexed))
        })
        .collect();
    write_terms(db, &placed).await?;
    Ok(placed.len() as u64)
}

/// New places in the index, counted by the database.
async fn insert_documents(
    db: &impl ConnectionTrait,
    new: Vec<&(Uuid, Indexed)>,
) -> Result<HashMap<Uuid, i64>> {
    use search_document::Column;
    if new.is_empty() {
        return Ok(HashMap::new());
    }
    let mut insert = Sql::insert();
    insert.into_table(search_document::Entity);
    insert.columns([Column::SubjectId, Column::Fingerprint]);
    for (subject, indexed) in new {
        insert.values_panic([(*subject).into(), indexed.fingerprint().into()]);
    }
    insert.returning(Sql::returning().columns([Column::SubjectId, Column::Id]));
    let rows = db.query_all(&insert).await?;
    let row = |it: QueryResult| Ok((it.try_get_by_index(0)?, it.try_get_by_index(1)?));
    rows.into_iter().map(row).collect()
}

async fn write_terms(db: &impl ConnectionTrait, placed: &[(i64, &Indexed)]) -> Result<()> {
    let columns = ["names", "title", "everything"];
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let mut insert = Sql::insert();
    insert.into_table("search_terms");
    if is_sqlite {
        insert.replace().columns(["rowid"].into_iter().chain(columns));
    } else {
        insert.columns(["id"].into_iter().chain(columns));
        insert.on_conflict(OnConflict::column("id").update_columns(columns).to_owned());
    }
    for (id, Indexed { names, title, everything }) in placed {
        let set = |it: &String| {
            let it = it.as_str();
            let cut = "array_to_tsvector(string_to_array($1, ' '))";
            if is_sqlite { it.into() } else { Expr::cust_with_values(cut, [it]) }
        };
        insert.values_panic([(*id).into(), set(names), set(title), set(everything)]);
    }
    db.execute(&insert).await?;
    Ok(())
}

/// Keeps these cases as they are until the end of the transaction.
pub(super) async fn hold(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<()> {
    let these = case::Entity::find().select_only().column(case::Column::Id);
    let these = these.filter(case::Column::Id.is_in(ids.iter().copied()));
    these.lock(LockType::Share).into_tuple::<Uuid>().all(db).await?;
    Ok(())
}

/// A case with what can be found of it.
#[derive(Debug)]
pub(super) struct Searched {
    pub case: case::Model,
    pub parties: Vec<party::Model>,
    pub agents: Vec<agent::Model>,
    pub claims: Vec<claim::Model>,
}

/// These cases, in no order. Whoever asks has asked for their sight.
pub(super) async fn load(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Searched>> {
    let ids = || ids.iter().copied();
    let cases = case::Entity::find().filter(case::Column::Id.is_in(ids())).all(db).await?;
    let parties = party::Entity::find()
        .filter(party::Column::CaseId.is_in(ids()))
        .order_by_asc(party::Column::Ordinal)
        .all(db)
        .await?;
    let agents = agent::Entity::find()
        .filter(agent::Column::CaseId.is_in(ids()))
        .order_by_asc(agent::Column::Id)
        .all(db)
        .await?;
    let claims = claim::Entity::find()
        .filter(claim::Column::CaseId.is_in(ids()))
        .order_by_asc(claim::Column::Ordinal)
        .all(db)
        .await?;
    let of = |case: case::Model| Searched {
        parties: parties.iter().filter(|it| it.case_id == case.id).cloned().collect(),
        agents: agents.iter().filter(|it| it.case_id == case.id).cloned().collect(),
        claims: claims.iter().filter(|it| it.case_id == case.id).cloned().collect(),
        case,
    };
    Ok(cases.into_iter().map(of).collect())
}

/// The claims of a case.
pub(super) async fn claims_of(
    db: &impl ConnectionTrait,
    case_id: Uuid,
) -> Result<Vec<claim::Model>> {
    let claims = claim::Entity::find().filter(claim::Column::CaseId.eq(case_id));
    Ok(claims.order_by_asc(claim::Column::Ordinal).all(db).await?)
}

/// These enterprises, in no order.
pub(super) async fn enterprises(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<enterprise::Model>> {
    let these = enterprise::Column::Id.is_in(ids.iter().copied());
    Ok(enterprise::Entity::find().filter(these).all(db).await?)
}

/// The next ids of all cases, in their order.
pub(super) async fn case_ids(
    db: &impl ConnectionTrait,
    after: Uuid,
    many: usize,
) -> Result<Vec<Uuid>> {
    let ids = case::Entity::find().select_only().column(case::Column::Id);
    let ids = ids.filter(case::Column::Id.gt(after)).order_by_asc(case::Column::Id);
    Ok(ids.limit(many as u64).into_tuple().all(db).await?)
}

/// The next ids of all enterprises, in their order.
pub(super) async fn enterprise_ids(
    db: &impl ConnectionTrait,
    after: Uuid,
    many: usize,
) -> Result<Vec<Uuid>> {
    let ids = enterprise::Entity::find().select_only().column(enterprise::Column::Id);
    let ids = ids.filter(enterprise::Column::Id.gt(after)).order_by_asc(enterprise::Column::Id);
    Ok(ids.limit(many as u64).into_tuple().all(db).await?)
}
