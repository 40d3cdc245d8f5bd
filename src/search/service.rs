//! Keeping the index, and asking it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::input::{SearchCases, SearchEnterprises};
use super::pieces::{self, Indexed, Tier};
use super::store::{self, CaseFilter, Look};
use super::text::Query;
use super::views::{CaseFound, EnterpriseFound};
use crate::access::{Action, Allowed, Sight, can};
use crate::app::App;
use crate::cases::CaseFile;
use crate::database::{Cursor, Database, Limit, Page, Work, begin_upkeep, keep_upkeep};
use crate::entity::{case, enterprise, party};
use crate::error::{Error, Result};
use crate::language::Text;
use crate::words::EnterpriseStatus;

/// A case is registered: others find it from now on.
pub(crate) async fn enter_case(
    db: &impl ConnectionTrait,
    case: &case::Model,
    parties: &[party::Model],
) -> Result<()> {
    let claims = store::claims_of(db, case.id).await?;
    let found = pieces::of_case(case, parties, &[], &claims);
    store::put(db, &[(case.id, Indexed::new(store::CASE, &found))]).await?;
    Ok(())
}

/// A step was taken on a case: what is found of it follows. Who registers a case has entered it
/// ([`enter_case`]).
pub(crate) async fn keep(work: &Work, file: &CaseFile, action: Action) -> Result<()> {
    if action != Action::RegisterCase {
        let found = pieces::of_case(&file.case, &file.parties, &file.agents, &file.claims);
        store::put(work.db(), &[(file.case.id, Indexed::new(store::CASE, &found))]).await?;
    }
    Ok(())
}

/// Enterprises were written to the register.
pub(crate) async fn enter_enterprises(
    db: &impl ConnectionTrait,
    enterprises: &[enterprise::Model],
) -> Result<()> {
    for some in enterprises.chunks(BATCH) {
        store::put(db, &some.iter().map(of_enterprise).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// How many subjects are looked at in one go.
const BATCH: usize = 200;

fn of_enterprise(it: &enterprise::Model) -> (Uuid, Indexed) {
    (it.id, Indexed::new(store::ENTERPRISE, &pieces::of_enterprise(it)))
}

fn of_case(it: &store::Searched) -> (Uuid, Indexed) {
    let found = pieces::of_case(&it.case, &it.parties, &it.agents, &it.claims);
    (it.case.id, Indexed::new(store::CASE, &found))
}

/// What [`rebuild`] has found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub looked_at: u64,
    /// Of these the index said something else, or nothing.
    pub stale: u64,
}

impl Rebuilt {
    fn add(&mut self, looked_at: usize, stale: u64) {
        self.looked_at += looked_at as u64;
        self.stale += stale;
    }
}

/// Holds the whole index against the tables and, if `mend`, writes what differs, in small
/// transactions beside whoever else is writing. `progress` hears how far it is.
pub async fn rebuild(
    database: &Database,
    mend: bool,
    mut progress: impl FnMut(Rebuilt),
) -> Result<Rebuilt> {
    let mut done = Rebuilt::default();
    let mut after = Uuid::nil();
    loop {
        let db = begin_upkeep(database).await?;
        let ids = store::case_ids(&db, after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        store::hold(&db, &ids).await?;
        let mut cases = store::load(&db, &ids).await?;
        cases.sort_by_key(|it| it.case.id);
        let stale = look_again(db, mend, cases.iter().map(of_case).collect()).await?;
        done.add(ids.len(), stale);
        progress(done);
    }
    let mut after = Uuid::nil();
    loop {
        let db = begin_upkeep(database).await?;
        let ids = store::enterprise_ids(&db, after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        let mut enterprises = store::enterprises(&db, &ids).await?;
        enterprises.sort_by_key(|it| it.id);
        let stale = look_again(db, mend, enterprises.iter().map(of_enterprise).collect()).await?;
        done.add(ids.len(), stale);
        progress(done);
    }
    Ok(done)
}

/// How many of these are stale; they are no more, if `mend`.
async fn look_again(
    db: DatabaseTransaction,
    mend: bool,
    subjects: Vec<(Uuid, Indexed)>,
) -> Result<u64> {
    if !mend {
        return Ok(store::stale(&db, &subjects).await?.len() as u64);
    }
    let written = store::put(&db, &subjects).await?;
    keep_upkeep(db).await?;
    Ok(written)
}

fn parse(text: &str) -> Result<Query> {
    Query::parse(text).ok_or_else(|| {
        let detail = Text::new(
            "请输入至少两个汉字、字母或者数字。",
            "Ask for at least two characters: Chinese, letters or digits.",
        );
        Error::invalid("/text", "too_short", detail)
    })
}

/// A place in what was found: how well it fits, and where in the index it stands.
type Place = (Tier, Option<i64>);

/// How often the index is asked for one page. Only a question whose pairs of characters stand
/// apart in very many texts needs more than one or two.
const ROUNDS: usize = 20;

/// Something that is searched: it asks the index, and opens what the index names.
trait Searched: Sync {
    type Found: Send;

    /// What the index names, newest first.
    fn look(&self, look: Look<'_>) -> impl Future<Output = Result<Vec<(i64, Uuid)>>> + Send;

    /// Reads the subjects and holds them against the question: leaves out what only seemed to
    /// answer it, and what answers it in a better place, where it is listed.
    fn open(
        &self,
        query: &Query,
        tier: Tier,
        ids: &[Uuid],
    ) -> impl Future<Output = Result<HashMap<Uuid, Self::Found>>> + Send;
}

/// Gathers a page over the tiers.
async fn gather<S: Searched>(
    searched: &S,
    query: &Query,
    limit: Limit,
    from: Option<Place>,
) -> Result<Page<S::Found>> {
    let (mut tier, mut before) = from.unwrap_or((Tier::Names, None));
    let mut found: Vec<(Place, S::Found)> = Vec::new();
    for _ in 0..ROUNDS {
        let hits = searched.look(Look { query, tier, before, limit }).await?;
        let ids: Vec<Uuid> = hits.iter().map(|(_, subject)| *subject).collect();
        let mut opened = searched.open(query, tier, &ids).await?;
        let answers = hits
            .iter()
            .filter_map(|(id, subject)| opened.remove(subject).map(|it| ((tier, Some(*id)), it)));
        found.extend(answers);
        if found.len() as u64 >= limit.fetch() {
            let page = Page::cut(found, limit, |(place, _)| *place);
            return Ok(page.map(|(_, it)| it));
        }
        let is_last = (hits.len() as u64) < limit.fetch();
        match (is_last, tier.next()) {
            (false, _) => before = hits.last().map(|(id, _)| *id),
            (true, Some(next)) => (tier, before) = (next, None),
            (true, None) => {
                let items = found.into_iter().map(|(_, it)| it).collect();
                return Ok(Page { items, next_cursor: None });
            }
        }
    }
    let items = found.into_iter().map(|(_, it)| it).collect();
    Ok(Page { items, next_cursor: Some(Cursor::encode(&(tier, before))) })
}

/// The cases in somebody's sight.
struct Cases<'a> {
    app: &'a App,
    sight: Sight,
    filter: CaseFilter,
}

impl Searched for Cases<'_> {
    type Found = CaseFound;

    async fn look(&self, look: Look<'_>) -> Result<Vec<(i64, Uuid)>> {
        store::case_hits(self.app.database.reader(), self.sight, &self.filter, look).await
    }

    async fn open(
        &self,
        query: &Query,
        tier: Tier,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, CaseFound>> {
        let loaded = store::load(self.app.database.reader(), ids).await?;
        let answers = loaded.into_iter().filter_map(|it| {
            let pieces = pieces::of_case(&it.case, &it.parties, &it.agents, &it.claims);
            let (best, places) = pieces::find(&pieces, query)?;
            (best == tier).then(|| (it.case.id, CaseFound::new(it, places)))
        });
        Ok(answers.collect())
    }
}

/// The enterprises of the district, which everybody at the station sees.
struct Enterprises<'a> {
    app: &'a App,
    status: Option<EnterpriseStatus>,
}

impl Searched for Enterprises<'_> {
    type Found = EnterpriseFound;

    async fn look(&self, look: Look<'_>) -> Result<Vec<(i64, Uuid)>> {
        store::enterprise_hits(self.app.database.reader(), self.status, look).await
    }

    async fn open(
        &self,
        query: &Query,
        tier: Tier,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, EnterpriseFound>> {
        let loaded = store::enterprises(self.app.database.reader(), ids).await?;
        let answers = loaded.into_iter().filter_map(|it| {
            let (best, places) = pieces::find(&pieces::of_enterprise(&it), query)?;
            (best == tier).then(|| (it.id, EnterpriseFound::new(it, places)))
        });
        Ok(answers.collect())
    }
}

pub(super) async fn search_cases(
    app: &App,
    call: &Allowed<can::SearchCases>,
    input: SearchCases,
) -> Result<Page<CaseFound>> {
    let query = parse(&input.text)?;
    let limit = Limit::new(input.limit)?;
    let from = Cursor::decode(input.cursor.as_deref())?;
    let SearchCases { status, category, office_id, .. } = input;
    let filter = CaseFilter { status, category, office_id };
    gather(&Cases { app, sight: call.sight(), filter }, &query, limit, from).await
}

pub(super) async fn search_enterprises(
    app: &App,
    _call: &Allowed<can::SearchEnterprises>,
    input: SearchEnterprises,
) -> Result<Page<EnterpriseFound>> {
    let query = parse(&input.text)?;
    let limit = Limit::new(input.limit)?;
    let from = Cursor::decode(input.cursor.as_deref())?;
    gather(&Enterprises { app, status: input.status }, &query, limit, from).await
}
