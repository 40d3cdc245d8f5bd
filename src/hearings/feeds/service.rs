//! Making, revoking and answering links; one hearing as a file.

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::input::CreateCalendarFeed;
use super::store;
use super::text::{self, Entry};
use super::views::CalendarFeed;
use crate::access::{Allowed, Call, Reach, Subject, can};
use crate::app::App;
use crate::cases;
use crate::database::{Record, Reply};
use crate::district;
use crate::entity::calendar_feed;
use crate::error::{Error, Result};
use crate::identity;
use crate::language::Text;

/// How far back a calendar goes.
const PAST: TimeDelta = TimeDelta::days(30);

fn subject(id: Uuid) -> Subject {
    Subject { kind: "calendar_feed", id, case_id: None }
}

pub(super) async fn of_hearing(
    app: &App,
    call: &Allowed<can::ReadHearingCalendar>,
    hearing_id: Uuid,
) -> Result<String> {
    let case_id = cases::case_of(app.database.reader(), hearing_id).await?;
    let file = cases::sighted(app, call, case_id).await?;
    let hearing = file.hearing(hearing_id).cloned().ok_or(Error::NotFound)?;
    Ok(text::calendar("调解会", &[Entry::new(hearing, &file.case)]))
}

/// Whose links the caller sees: the own ones, or all.
fn whose(call: &Call) -> Option<Uuid> {
    let own = call.action().reach(call.actor().role) != Reach::Any;
    own.then_some(call.actor().id)
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListCalendarFeeds>,
) -> Result<Vec<CalendarFeed>> {
    let feeds = store::list(app.database.reader(), whose(call)).await?;
    Ok(feeds.into_iter().map(|it| CalendarFeed::new(&it, None)).collect())
}

pub(super) async fn create(
    app: &App,
    call: &Allowed<can::CreateCalendarFeed>,
    CreateCalendarFeed { mediator_id, room_id }: CreateCalendarFeed,
) -> Result<Reply<CalendarFeed>> {
    if mediator_id.is_some() == room_id.is_some() {
        let detail = Text::new(
            "请在调解员与调解室之中选定一项。",
            "Name either a mediator or a room, one of them.",
        );
        return Err(Error::invalid("", "one_subject", detail));
    }
    if whose(call).is_some_and(|it| mediator_id != Some(it)) {
        return Err(Error::Forbidden(Text::new(
            "只能为自己的日历生成链接。",
            "You may make a link to your own calendar only.",
        )));
    }
    let work = app.begin(call).await?;
    if let Some(id) = mediator_id {
        let found = identity::find_user(work.db(), id).await?;
        found.ok_or_else(|| Error::unknown_reference("/mediator_id", id))?;
    }
    if let Some(id) = room_id {
        let found = district::venue(work.db(), id).await?;
        found.ok_or_else(|| Error::unknown_reference("/room_id", id))?;
    }
    let (token, token_hash) = identity::link_secret();
    let feed = calendar_feed::Model {
        id: Uuid::now_v7(),
        mediator_id,
        room_id,
        token_hash,
        created_by: call.actor().id,
        created_at: work.now(),
        revoked_at: None,
    };
    store::insert_feed(work.db(), feed.clone()).await?;
    let data = json!({ "mediator_id": mediator_id, "room_id": room_id });
    let record = Record::event("calendar_feed.created", subject(feed.id), data)
        .change(None::<&()>, Some(&feed));
    let permit = call.permit_here(subject(feed.id));
    let path = format!("/api/v1/calendar-feeds/{token}/calendar");
    let location = "/api/v1/calendar-feeds".to_owned();
    let body = CalendarFeed::new(&feed, Some(path));
    work.commit(permit, record, Reply::created(location, 1, body)).await
}

pub(super) async fn revoke(
    app: &App,
    call: &Allowed<can::RevokeCalendarFeed>,
    feed_id: Uuid,
) -> Result<()> {
    let work = app.begin(call).await?;
    let feed = store::find(work.db(), feed_id).await?;
    let own = whose(call);
    let feed = feed.filter(|it| own.is_none_or(|id| it.created_by == id));
    let feed = feed.ok_or(Error::NotFound)?;
    store::revoke(work.db(), feed_id, work.now()).await?;
    let data = json!({ "mediator_id": feed.mediator_id, "room_id": feed.room_id });
    let record = Record::event("calendar_feed.revoked", subject(feed_id), data)
        .change(Some(&feed), None::<&()>);
    let permit = call.permit_here(subject(feed_id));
    work.commit(permit, record, Reply::done()).await?;
    Ok(())
}

/// The calendar behind a link, for whoever has it. A wrong token and a revoked one are the same.
pub(super) async fn by_token(app: &App, token: &str) -> Result<String> {
    let db = app.database.reader();
    let hash = identity::link_hash(token);
    let feed = store::find_by_hash(db, &hash).await?.ok_or(Error::NotFound)?;
    let entries = store::entries(db, &feed, app.clock.now() - PAST).await?;
    let name = match feed.room_id {
        Some(id) => district::venue(db, id).await?.map(|it| it.address).unwrap_or_default(),
        None => "我的调解会".to_owned(),
    };
    Ok(text::calendar(&name, &entries))
}
