//! The index in its two kinds: FTS5 without the text on SQLite, `tsvector` under GIN on
//! PostgreSQL. Both hold the same terms and give the same answers.

use sea_orm::sea_query::{
    Expr, ExprTrait, IntoIden, JoinType, OnConflict, Order, Query as Sql, SelectStatement,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pieces::Indexed;
use super::text::Query;
use crate::access::Sight;
use crate::cases;
use crate::database::Limit;
use crate::entity::{agent, case, claim, enterprise, party, search_document};
use crate::error::{Error, Result};
use crate::words::{CaseStatus, Category, EnterpriseStatus};

/// Where all of what was asked stands, best first. What stands in a better place is not listed
/// in the next one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Tier {
    Names,
    Title,
    Everything,
}

impl Tier {
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Names => Some(Self::Title),
            Self::Title => Some(Self::Everything),
            Self::Everything => None,
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Title => "title",
            Self::Everything => "everything",
        }
    }

    /// The columns of the better places.
    fn better(self) -> &'static [&'static str] {
        match self {
            Self::Names => &[],
            Self::Title => &["names"],
            Self::Everything => &["names", "title"],
        }
    }
}

/// A term that every case has, and one that every enterprise has. Nobody can ask for it: the
/// first character is no letter.
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
    hits(db, CASE, subject, wanted, look).await
}

/// The same of enterprises, which everybody at the station sees.
pub(super) async fn enterprise_hits(
    db: &impl ConnectionTrait,
    status: Option<EnterpriseStatus>,
    look: Look<'_>,
) -> Result<Vec<(i64, Uuid)>> {
    let wanted = Condition::all().add_option(status.map(|it| enterprise::Column::Status.eq(it)));
    let subject = (enterprise::Entity.into_iden(), enterprise::Column::Id.into_iden());
    hits(db, ENTERPRISE, subject, wanted, look).await
}

async fn hits(
    db: &impl ConnectionTrait,
    kind: &str,
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
    let row = |it: sea_orm::QueryResult| Ok((it.try_get_by_index(0)?, it.try_get_by_index(1)?));
    rows.into_iter().map(row).collect()
}

/// What the index itself finds, as `hit`.
fn source(backend: DbBackend, kind: &str, look: Look<'_>) -> SelectStatement {
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
        inner.column("id").from("search_terms").and_where(holds(look.tier.column()));
        for better in look.tier.better() {
            inner.and_where(holds(better).not());
        }
        if let Some(before) = look.before {
            inner.and_where(Expr::col("id").lt(before));
        }
        // A fence: with the order and the limit outside of it in view, the planner walks the
        // whole table for a rare word.
        inner.offset(0);
    }
    Sql::select().from_subquery(inner, "hit").to_owned()
}

/// The question in the language of FTS5. Terms are letters and digits; quotes keep them from
/// being taken for operators.
fn full_text(kind: &str, look: Look<'_>) -> String {
    let mut terms = vec![format!("\"{kind}\"")];
    terms.extend(look.query.terms().into_iter().map(|it| {
        let prefix = if it.is_prefix { "*" } else { "" };
        format!("\"{}\"{prefix}", it.text)
    }));
    let terms = terms.join(" AND ");
    let mut asked = format!("({{{}}} : ({terms}))", look.tier.column());
    for better in look.tier.better() {
        asked = format!("({asked} NOT ({{{better}}} : ({terms})))");
    }
    asked
}

/// The question as a `tsquery`.
fn lexemes(kind: &str, query: &Query) -> String {
    let mut terms = vec![format!("'{kind}'")];
    terms.extend(query.terms().into_iter().map(|it| {
        let prefix = if it.is_prefix { ":*" } else { "" };
        format!("'{}'{prefix}", it.text)
    }));
    terms.join(" & ")
}

/// Writes what the index says of a subject, unless it says so already. Tells whether it wrote.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    subject_id: Uuid,
    indexed: &Indexed,
) -> Result<bool> {
    let fingerprint = indexed.fingerprint();
    let known = search_document::Entity::find()
        .filter(search_document::Column::SubjectId.eq(subject_id))
        .one(db)
        .await?;
    let id = match known {
        Some(known) if known.fingerprint == fingerprint => return Ok(false),
        Some(known) => known.id,
        None => {
            let insert = Sql::insert()
                .into_table(search_document::Entity)
                .columns([search_document::Column::SubjectId, search_document::Column::Fingerprint])
                .values_panic([subject_id.into(), "".into()])
                .returning_col(search_document::Column::Id)
                .to_owned();
            let row = db.query_one(&insert).await?;
            row.ok_or_else(|| Error::internal("an insert without its row"))?.try_get_by_index(0)?
        }
    };
    write_terms(db, id, indexed).await?;
    // Last: whoever is cut off before, outside of a transaction, finds it stale.
    search_document::Entity::update_many()
        .col_expr(search_document::Column::Fingerprint, Expr::value(fingerprint))
        .filter(search_document::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(true)
}

async fn write_terms(db: &impl ConnectionTrait, id: i64, indexed: &Indexed) -> Result<()> {
    let columns = ["names", "title", "everything"];
    let sets = [&indexed.names, &indexed.title, &indexed.everything];
    let mut insert = Sql::insert();
    insert.into_table("search_terms");
    if db.get_database_backend() == DbBackend::Sqlite {
        insert.replace().columns(["rowid"].into_iter().chain(columns));
        insert.values_panic([id.into()].into_iter().chain(sets.map(|it| it.as_str().into())));
    } else {
        let vector = |set: &String| {
            let cut = "array_to_tsvector(string_to_array($1, ' '))";
            Expr::cust_with_values(cut, [set.as_str()])
        };
        insert.columns(["id"].into_iter().chain(columns));
        insert.values_panic([id.into()].into_iter().chain(sets.map(vector)));
        insert.on_conflict(OnConflict::column("id").update_columns(columns).to_owned());
    }
    db.execute(&insert).await?;
    Ok(())
}

/// Whether the index says this of a subject.
pub(super) async fn says(
    db: &impl ConnectionTrait,
    subject_id: Uuid,
    indexed: &Indexed,
) -> Result<bool> {
    let known = search_document::Entity::find()
        .filter(search_document::Column::SubjectId.eq(subject_id))
        .filter(search_document::Column::Fingerprint.eq(indexed.fingerprint()))
        .one(db)
        .await?;
    Ok(known.is_some())
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
    many: u64,
) -> Result<Vec<Uuid>> {
    let ids = case::Entity::find().select_only().column(case::Column::Id);
    let ids = ids.filter(case::Column::Id.gt(after)).order_by_asc(case::Column::Id);
    Ok(ids.limit(many).into_tuple().all(db).await?)
}

/// The next ids of all enterprises, in their order.
pub(super) async fn enterprise_ids(
    db: &impl ConnectionTrait,
    after: Uuid,
    many: u64,
) -> Result<Vec<Uuid>> {
    let ids = enterprise::Entity::find().select_only().column(enterprise::Column::Id);
    let ids = ids.filter(enterprise::Column::Id.gt(after)).order_by_asc(enterprise::Column::Id);
    Ok(ids.limit(many).into_tuple().all(db).await?)
}
