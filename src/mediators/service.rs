//! Reading and changing profiles and absences; whether somebody can be given a case.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::input::{EndAbsence, RecordAbsence, UpdateMediatorProfile};
use super::rules::{self, Availability, Terms};
use super::store;
use super::views::{Absence, Mediator, MediatorProfile, StrandedAssignment};
use crate::access::{Allowed, Call, Reach, Subject, can, sits_on_panels};
use crate::app::App;
use crate::clock::shanghai_day;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::entity::{absence, mediator_profile, user};
use crate::error::{Error, Fault, Result};
use crate::identity;
use crate::settings::Settings;
use crate::words::{Category, SpokenLanguage};

/// What is known of several people's time.
struct Known {
    profiles: HashMap<Uuid, mediator_profile::Model>,
    availability: HashMap<Uuid, Availability>,
    today: NaiveDate,
}

async fn known(
    db: &impl ConnectionTrait,
    settings: &Settings,
    people: &[user::Model],
    now: DateTime<Utc>,
) -> Result<Known> {
    let ids: Vec<Uuid> = people.iter().map(|it| it.id).collect();
    let today = shanghai_day(now);
    let window = Days::new(settings.fair_share_days.into());
    let terms = Terms {
        today,
        window_days: settings.fair_share_days,
        usual_capacity: settings.mediator_capacity,
    };
    let profiles = store::profiles(db, &ids).await?;
    let profiles: HashMap<Uuid, _> = profiles.into_iter().map(|it| (it.id, it)).collect();
    let absences = store::absences(db, &ids, today.checked_sub_days(window)).await?;
    let loads = store::loads(db, &ids, now.checked_sub_days(window).unwrap_or(now)).await?;
    let of_person = |it: &user::Model| {
        let load = loads.get(&it.id).copied().unwrap_or_default();
        (it.id, Availability::of(it, profiles.get(&it.id), &absences, load, terms))
    };
    let availability = people.iter().map(of_person).collect();
    Ok(Known { profiles, availability, today })
}

/// Somebody's time and specialities, for the rooms that give out cases.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub availability: Availability,
    pub specialities: Vec<Category>,
    pub languages: Vec<SpokenLanguage>,
}

/// The same of several people at once, as `db` sees them.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    settings: &Settings,
    people: &[user::Model],
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Candidate>> {
    let Known { profiles, availability, .. } = known(db, settings, people, now).await?;
    let candidate = |(id, availability): (Uuid, Availability)| {
        let profile = profiles.get(&id);
        let specialities =
            profile.map(|it| rules::categories(&it.specialities)).unwrap_or_default();
        let languages = profile
            .map_or_else(|| vec![SpokenLanguage::Mandarin], |it| rules::languages(&it.languages));
        (id, Candidate { availability, specialities, languages })
    };
    Ok(availability.into_iter().map(candidate).collect())
}

/// Whether one person can be given a case now.
pub(crate) async fn availability(work: &Work, person: &user::Model) -> Result<Availability> {
    let settings = &work.app().settings;
    let people = std::slice::from_ref(person);
    let mut known = known(work.db(), settings, people, work.now()).await?;
    known.availability.remove(&person.id).ok_or_else(|| Error::internal("one person was asked for"))
}

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListMediators>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<Mediator>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let db = app.database.reader();
    let people = identity::list_mediators(db, after, limit).await?;
    let Known { profiles, availability, today } =
        known(db, &app.settings, &people, app.clock.now()).await?;
    let page = Page::cut(people, limit, |it| it.id);
    Ok(page.map(|it| {
        let id = it.id;
        Mediator::new(it, profiles.get(&id), &availability[&id], today)
    }))
}

/// The person of a profile; accounts that never sit on panels have none.
async fn person(db: &impl ConnectionTrait, id: Uuid) -> Result<user::Model> {
    let found = identity::find_user(db, id).await?;
    found.filter(|it| sits_on_panels(it.role)).ok_or(Error::NotFound)
}

pub(super) async fn read_profile(
    app: &App,
    _call: &Allowed<can::ReadMediatorProfile>,
    mediator_id: Uuid,
) -> Result<(i64, MediatorProfile)> {
    let db = app.database.reader();
    let person = person(db, mediator_id).await?;
    let view = profile_view(db, &app.settings, person, app.clock.now()).await?;
    Ok((view.version, view))
}

async fn profile_view(
    db: &impl ConnectionTrait,
    settings: &Settings,
    person: user::Model,
    now: DateTime<Utc>,
) -> Result<MediatorProfile> {
    let Known { profiles, availability, today } =
        known(db, settings, std::slice::from_ref(&person), now).await?;
    let id = person.id;
    Ok(MediatorProfile::new(person, profiles.get(&id), &availability[&id], today))
}

/// Writes the whole profile over the version that was read; 0 where there is none yet.
pub(crate) async fn update_profile(
    app: &App,
    call: &Allowed<can::UpdateMediatorProfile>,
    mediator_id: Uuid,
    input: UpdateMediatorProfile,
) -> Result<Reply<MediatorProfile>> {
    let work = app.begin(call).await?;
    let person = person(work.db(), mediator_id).await?;
    let before = store::find_profile(work.db(), mediator_id).await?;
    let read_version = before.as_ref().map_or(0, |it| it.version);
    if call.facts().if_match.map(|it| it.version) != Some(read_version) {
        return Err(Error::Stale);
    }
    let days = (input.engaged_from, input.engaged_until);
    let mut faults: Vec<Fault> = rules::check_profile(person.role, input.kind, days);
    faults.extend(rules::check_once("/specialities", &input.specialities));
    faults.extend(rules::check_once("/languages", &input.languages));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let profile = mediator_profile::Model {
        id: mediator_id,
        kind: input.kind,
        engaged_from: input.engaged_from,
        engaged_until: input.engaged_until,
        roster_state: input.roster_state,
        specialities: rules::joined(input.specialities.iter().map(|it| it.name())),
        languages: rules::joined(input.languages.iter().map(|it| it.name())),
        capacity: input.capacity,
        version: read_version + 1,
        updated_by: call.actor().id,
        updated_at: work.now(),
    };
    match &before {
        Some(_) => store::save_profile(work.db(), profile.clone(), read_version).await?,
        None => store::insert_profile(work.db(), profile.clone()).await?,
    }
    let view = profile_view(work.db(), &app.settings, person, work.now()).await?;
    let subject = Subject::mediator(mediator_id);
    let data = json!({ "roster_state": profile.roster_state, "version": profile.version });
    let record =
        Record::event("mediator.updated", subject, data).change(before.as_ref(), Some(&profile));
    work.commit(call.permit_here(subject), record, Reply::changed(profile.version, view)).await
}

/// Whether the caller may deal with the absences of this person: one's own, or a director's
/// reach. Anybody else's do not exist for the caller.
fn is_reached(call: &Call, mediator_id: Uuid) -> bool {
    let actor = call.actor();
    call.action().reach(actor.role) == Reach::Any || actor.id == mediator_id
}

async fn expect_reached(
    db: &impl ConnectionTrait,
    call: &Call,
    mediator_id: Uuid,
) -> Result<user::Model> {
    if is_reached(call, mediator_id) { person(db, mediator_id).await } else { Err(Error::NotFound) }
}

pub(super) async fn absences(
    app: &App,
    call: &Allowed<can::ListAbsences>,
    mediator_id: Uuid,
) -> Result<Vec<Absence>> {
    let db = app.database.reader();
    expect_reached(db, call, mediator_id).await?;
    let rows = store::absences(db, &[mediator_id], None).await?;
    Ok(rows.into_iter().map(Absence::from).collect())
}

pub(super) async fn record_absence(
    app: &App,
    call: &Allowed<can::RecordAbsence>,
    mediator_id: Uuid,
    input: RecordAbsence,
) -> Result<Reply<Absence>> {
    let work = app.begin(call).await?;
    expect_reached(work.db(), call, mediator_id).await?;
    // Two absences recorded at once do not overlap either.
    identity::hold_user(work.db(), mediator_id).await?;
    let RecordAbsence { since, until, reason } = input;
    rules::check_days(since, until)?;
    let known = store::absences(work.db(), &[mediator_id], Some(since)).await?;
    rules::check_free(&known, since, until)?;
    let absence = absence::Model {
        id: Uuid::now_v7(),
        mediator_id,
        since,
        until,
        reason,
        recorded_by: call.actor().id,
        recorded_at: work.now(),
    };
    store::insert_absence(work.db(), absence.clone()).await?;
    let record = absence_record("absence.recorded", None, Some(&absence));
    let location = format!("/api/v1/mediators/{mediator_id}/absences");
    let permit = call.permit_here(Subject::absence(absence.id));
    let reply =
        Reply { status: 201, location: Some(location), version: None, body: absence.into() };
    work.commit(permit, record, reply).await
}

/// Ids and days; the reason is nobody else's.
fn absence_record(
    kind: &'static str,
    before: Option<&absence::Model>,
    after: Option<&absence::Model>,
) -> Record {
    let it = after.or(before);
    let data = json!({
        "mediator_id": it.map(|it| it.mediator_id),
        "since": it.map(|it| it.since),
        "until": it.map(|it| it.until),
    });
    let subject = Subject::absence(it.map_or(Uuid::nil(), |it| it.id));
    Record::event(kind, subject, data).change(before, after)
}

async fn reached_absence(work: &Work, call: &Call, absence_id: Uuid) -> Result<absence::Model> {
    let found = store::find_absence(work.db(), absence_id).await?;
    found.filter(|it| is_reached(call, it.mediator_id)).ok_or(Error::NotFound)
}

/// The person is back earlier.
pub(super) async fn end_absence(
    app: &App,
    call: &Allowed<can::EndAbsence>,
    absence_id: Uuid,
    input: EndAbsence,
) -> Result<Reply<Absence>> {
    let work = app.begin(call).await?;
    let before = reached_absence(&work, call, absence_id).await?;
    rules::check_end(&before, input.until, shanghai_day(work.now()))?;
    store::set_until(work.db(), absence_id, input.until).await?;
    let after = absence::Model { until: input.until, ..before.clone() };
    let record = absence_record("absence.ended", Some(&before), Some(&after));
    let permit = call.permit_here(Subject::absence(absence_id));
    let reply = Reply { status: 200, location: None, version: None, body: after.into() };
    work.commit(permit, record, reply).await
}

/// An absence that has not begun does not take place.
pub(super) async fn cancel_absence(
    app: &App,
    call: &Allowed<can::CancelAbsence>,
    absence_id: Uuid,
) -> Result<()> {
    let work = app.begin(call).await?;
    let before = reached_absence(&work, call, absence_id).await?;
    rules::check_cancel(&before, shanghai_day(work.now()))?;
    store::delete_absence(work.db(), absence_id).await?;
    let record = absence_record("absence.cancelled", Some(&before), None);
    let permit = call.permit_here(Subject::absence(absence_id));
    work.commit(permit, record, Reply::done()).await?;
    Ok(())
}

/// Seats on open cases whose holders cannot go on.
pub(super) async fn stranded(
    app: &App,
    call: &Allowed<can::ListStrandedAssignments>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<StrandedAssignment>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let db = app.database.reader();
    let now = app.clock.now();
    let rows = store::stranded(db, call.sight(), shanghai_day(now), after, limit).await?;
    let page = Page::cut(rows, limit, |it| it.assignment_id);
    let ids: Vec<Uuid> = page.items.iter().map(|it| it.mediator_id).collect();
    let people = identity::find_users(db, &ids).await?;
    let Known { availability, today, .. } = known(db, &app.settings, &people, now).await?;
    Ok(page.map(|it| {
        let known = availability.get(&it.mediator_id);
        let grounds = known.map(|it| it.lasting_hindrances(today)).unwrap_or_default();
        StrandedAssignment::new(it, grounds)
    }))
}
