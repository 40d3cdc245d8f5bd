//! Keeping the keys by which cases are found, showing what may be one dispute, and what people
//! decide of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::input::DecideDuplicate;
use super::rules::{self, Joining};
use super::score::{Score, score};
use super::views::{
    self, CaseGroup, Cluster, DuplicateDecided, ProbableDuplicate, ProbableDuplicates,
};
use super::{clusters, names, store};
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::cases::{self, Party, Step};
use crate::clock::shanghai_day;
use crate::database::{Cursor, Limit, Page, Reply, Work};
use crate::entity::{case, case_group_member, cluster, duplicate_decision, party};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::parties;
use crate::words::{DuplicateDecision, MatchKeyKind, PartyRole};

/// Names are looked for so many days before and after a request.
const DAYS: u64 = 90;
/// How many are shown.
const SHOWN: usize = 20;
/// How many cases of a cluster are named.
const NAMED: usize = 500;

/// A case is registered: keeps the names by which others find it, and tells if it makes a
/// cluster. It stops nothing.
pub(crate) async fn enter(
    work: &Work,
    case: &case::Model,
    parties: &[party::Model],
) -> Result<Vec<Event>> {
    let applicants = rules::applicants(parties, &HashMap::new());
    let keys = names::keys(&applicants, &rules::respondents(parties));
    store::insert_keys(work.db(), case.id, shanghai_day(case.requested_at), keys).await?;
    look_for_cluster(work, case, parties).await
}

/// The parties of a case have changed, and with them its names.
pub(crate) async fn enter_again(
    work: &Work,
    case: &case::Model,
    parties: &[party::Model],
) -> Result<Vec<Event>> {
    store::delete_keys(work.db(), case.id).await?;
    enter(work, case, parties).await
}

async fn look_for_cluster(
    work: &Work,
    case: &case::Model,
    parties: &[party::Model],
) -> Result<Vec<Event>> {
    let settings = &work.app().settings;
    let (days, day) = (settings.cluster_days, shanghai_day(case.requested_at));
    let around = (clusters::reach_back(day, days), clusters::reach_on(day, days));
    let mut events = Vec::new();
    for respondent in parties.iter().filter(|it| it.role == PartyRole::Respondent) {
        let mut keys =
            vec![(MatchKeyKind::RespondentName, names::organization_key(&respondent.name))];
        keys.extend(respondent.credit_code.clone().map(|it| (MatchKeyKind::CreditCode, it)));
        if let Some(known) = store::cluster_around(work.db(), &keys, around).await? {
            store::extend_cluster(work.db(), known.id, day).await?;
            continue;
        }
        for (kind, value) in keys {
            let entries = store::entries(work.db(), (kind, &value), around).await?;
            let found = clusters::densest(&entries, day, days, settings.cluster_applicants);
            let Some(found) = found.filter(|it| it.cases > 1) else { continue };
            let row = cluster::Model {
                id: Uuid::now_v7(),
                kind,
                value,
                respondent_name: Party::from(respondent.clone()).name,
                first_day: found.first_day,
                last_day: found.last_day,
                found_at: work.now(),
            };
            let subject = Subject::cluster(row.id);
            if store::insert_cluster(work.db(), row).await? {
                let data = json!({
                    "cases": found.cases,
                    "applicants": found.applicants,
                    "first_day": found.first_day,
                    "last_day": found.last_day,
                });
                events.push(Event { kind: "cluster.found", subject, data });
            }
            break;
        }
    }
    Ok(events)
}

/// Other cases that may be the same dispute, and what was decided of them.
pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListProbableDuplicates>,
    case_id: Uuid,
) -> Result<(i64, ProbableDuplicates)> {
    let file = cases::sighted(app, call, case_id).await?;
    let db = app.database.reader();
    let decisions = store::decisions_of(db, case_id).await?;
    let decided: BTreeMap<Uuid, DuplicateDecision> =
        decisions.iter().map(|it| (other_of(it, case_id), it.decision)).collect();

    let mut ids = candidates(app, &file.case, &file.parties).await?;
    ids.extend(decided.keys().copied());
    ids.insert(case_id);
    let mut loaded = store::load(db, &ids).await?;
    let owners = loaded.iter().flat_map(|it| it.parties.iter().map(|it| it.id)).collect();
    let fingerprints = parties::fingerprints_of(db, owners).await?;
    let compared = |it: &store::Candidate| {
        rules::compared(&it.case, &it.parties, &fingerprints, it.claimed_fen)
    };
    let Some(own) = loaded.iter().position(|it| it.case.id == case_id) else {
        return Err(Error::NotFound);
    };
    let own = compared(&loaded.swap_remove(own));
    let is_linked = |id: Uuid| decided.get(&id) == Some(&DuplicateDecision::Linked);
    let mut found: Vec<(store::Candidate, Score)> = loaded
        .into_iter()
        .filter(|it| decided.get(&it.case.id) != Some(&DuplicateDecision::Dismissed))
        .map(|it| {
            let score = score(&own, &compared(&it));
            (it, score)
        })
        .filter(|(it, score)| score.is_probable() || is_linked(it.case.id))
        .collect();
    found.sort_by_key(|(it, score)| {
        (!is_linked(it.case.id), -score.points(), std::cmp::Reverse(it.case.id))
    });
    let asked = found.iter().map(|(it, _)| it.case.id).chain(decided.keys().copied());
    let visible = store::visible(db, call.sight(), asked).await?;
    let all = found.len();
    found.retain(|(it, _)| visible.contains(&it.case.id));
    let out_of_sight = all - found.len();
    let duplicates = found
        .iter()
        .take(SHOWN)
        .map(|(it, score)| {
            ProbableDuplicate::new(&it.case, &it.parties, score, is_linked(it.case.id))
        })
        .collect();
    let seen = |it: &duplicate_decision::Model| visible.contains(&other_of(it, case_id));
    let answer = ProbableDuplicates {
        duplicates,
        decisions: decisions.into_iter().filter(seen).map(DuplicateDecided::from).collect(),
        out_of_sight: u32::try_from(out_of_sight).unwrap_or(u32::MAX),
        notice: views::notice(out_of_sight, call.facts().language),
    };
    Ok((file.case.version, answer))
}

/// The other case of a decision.
fn other_of(decision: &duplicate_decision::Model, case_id: Uuid) -> Uuid {
    if decision.case_id == case_id { decision.other_case_id } else { decision.case_id }
}

/// Every case that shares a sign with this one.
async fn candidates(
    app: &App,
    case: &case::Model,
    parties: &[party::Model],
) -> Result<BTreeSet<Uuid>> {
    let db = app.database.reader();
    let applicants = rules::applicants(parties, &HashMap::new());
    let keys = names::keys(&applicants, &rules::respondents(parties));
    let day = shanghai_day(case.requested_at);
    let mut found = store::with_keys(db, case.id, &keys, around(day)).await?;
    let is_applicant = |it: &&party::Model| it.role == PartyRole::Applicant;
    let owners: Vec<Uuid> = parties.iter().filter(is_applicant).map(|it| it.id).collect();
    found.extend(parties::cases_with_same_numbers(db, case.id, &owners).await?);
    if let Some(number) = &case.external_number {
        found.extend(store::with_external_number(db, case.id, number).await?);
    }
    Ok(found)
}

fn around(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let days = Days::new(DAYS);
    (
        day.checked_sub_days(days).unwrap_or(NaiveDate::MIN),
        day.checked_add_days(days).unwrap_or(NaiveDate::MAX),
    )
}

/// A person links two cases or says that they have nothing to do with each other.
pub(super) async fn decide(
    app: &App,
    call: &Allowed<can::DecideDuplicate>,
    case_id: Uuid,
    input: DecideDuplicate,
) -> Result<Reply<DuplicateDecided>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let DecideDuplicate { other_case_id, decision, explanation } = input;
    if store::visible(work.db(), call.sight(), [other_case_id]).await?.is_empty() {
        return Err(Error::unknown_reference("/other_case_id", other_case_id));
    }
    let decisions = store::decisions_of(work.db(), case_id).await?;
    rules::check_undecided(&decisions, case_id, other_case_id)?;
    let row = duplicate_decision::Model {
        id: Uuid::now_v7(),
        case_id,
        other_case_id,
        pair: rules::pair(case_id, other_case_id),
        decision,
        explanation,
        decided_by: permit.actor_id(),
        decided_at: work.now(),
    };
    store::insert_decision(work.db(), row.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let kind = match decision {
        DuplicateDecision::Linked => "duplicate.linked",
        DuplicateDecision::Dismissed => "duplicate.dismissed",
    };
    let record = cases::record(kind, &file.case, &case);
    let location = format!("{}/probable-duplicates", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, row.into())).await
}

/// The clusters of which a case is in sight, counted as they stand now.
pub(super) async fn clusters(
    app: &App,
    call: &Allowed<can::ListClusters>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<Cluster>> {
    let limit = Limit::new(limit)?;
    let before = Cursor::decode(cursor)?;
    let db = app.database.reader();
    let rows = store::clusters(db, call.sight(), before, limit).await?;
    let Page { items, next_cursor } = Page::cut(rows, limit, |it| it.id);
    let mut views = Vec::new();
    for row in items {
        let days = (row.first_day, row.last_day);
        let entries = store::entries(db, (row.kind, &row.value), days).await?;
        let counted = clusters::window(&entries, row.first_day, row.last_day);
        let ids: BTreeSet<Uuid> = entries.iter().map(|it| it.case_id).collect();
        let seen = store::visible(db, call.sight(), ids).await?;
        let case_ids = seen.into_iter().rev().take(NAMED).collect();
        views.push(Cluster::new(row, counted.as_ref(), case_ids));
    }
    Ok(Page { items: views, next_cursor })
}

/// The group of a case, whichever place in it the case has.
pub(super) async fn group(
    app: &App,
    call: &Allowed<can::ListGroupMembers>,
    case_id: Uuid,
) -> Result<(i64, CaseGroup)> {
    let file = cases::sighted(app, call, case_id).await?;
    let db = app.database.reader();
    let place = store::grouped(db, [case_id]).await?;
    let members = match place.first() {
        Some(it) => store::group(db, it.leading_case_id).await?,
        None => Vec::new(),
    };
    let visible = store::visible(db, call.sight(), members.iter().map(|it| it.id)).await?;
    Ok((file.case.version, group_view(&members, &visible)))
}

fn group_view(members: &[case_group_member::Model], visible: &BTreeSet<Uuid>) -> CaseGroup {
    let leading = members.first().map(|it| it.leading_case_id);
    let (seen, unseen): (Vec<Uuid>, Vec<Uuid>) =
        members.iter().map(|it| it.id).partition(|it| visible.contains(it));
    CaseGroup {
        leading_case_id: leading.filter(|it| visible.contains(it)),
        case_ids: seen.into_iter().filter(|it| Some(*it) != leading).collect(),
        out_of_sight: u32::try_from(unseen.len()).unwrap_or(u32::MAX),
    }
}

/// Marks cases as led by this one: all of them or none.
pub(super) async fn add_to_group(
    app: &App,
    call: &Allowed<can::AddGroupMembers>,
    case_id: Uuid,
    case_ids: Vec<Uuid>,
) -> Result<Reply<CaseGroup>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let visible = store::visible(work.db(), call.sight(), case_ids.iter().copied()).await?;
    let respondents = store::respondents_of(work.db(), &visible).await?;
    let asked = case_ids.iter().copied().chain([case_id]);
    let grouped = store::grouped(work.db(), asked).await?;
    let joining: Vec<Joining> = case_ids
        .iter()
        .map(|id| Joining {
            case_id: *id,
            respondents: visible
                .contains(id)
                .then(|| respondents.get(id).map(|it| rules::respondents(it)).unwrap_or_default()),
        })
        .collect();
    let own = rules::respondents(&file.parties);
    rules::check_group((case_id, &own), &joining, &grouped)?;
    let row = |id: Uuid| case_group_member::Model {
        id,
        leading_case_id: case_id,
        added_by: permit.actor_id(),
        added_at: work.now(),
    };
    let leads_already = grouped.iter().any(|it| it.id == case_id);
    let new = case_ids.into_iter().chain((!leads_already).then_some(case_id));
    store::insert_members(work.db(), new.map(row).collect()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let members = store::group(work.db(), case_id).await?;
    let visible = store::visible(work.db(), call.sight(), members.iter().map(|it| it.id)).await?;
    let view = group_view(&members, &visible);
    let record = cases::record("group.extended", &file.case, &case);
    let location = format!("{}/group-members", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, view)).await
}
