//! What days, calendars and rules do to deadlines without anybody's doing: counting again what
//! was counted by older versions, announcing what comes due, marking what has run out. One
//! process at a time does it for all; what was not done while nobody ran is done by the next
//! one. Changes rows of deadlines and never a case.

use std::time::Duration;

use chrono::TimeDelta;
use uuid::Uuid;

use super::service::write;
use super::settle::{Change, pass, recount};
use super::store;
use crate::access::Subject;
use crate::app::App;
use crate::clock::shanghai_day;
use crate::database::{Record, give_back_lease, take_lease};
use crate::deadlines::Almanac;
use crate::entity::deadline;
use crate::error::Result;
use crate::request::RequestFacts;

/// So many rows are written in one transaction: others write between two of them.
const BATCH: u64 = 500;

/// A process that stops without a word is followed by another after so long.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// The name of the work.
const LEASED: &str = "deadlines";

/// What a sweep came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Deadlines that were counted again.
    pub recounted: u64,
    /// Of these, those that changed.
    pub moved: u64,
    /// Deadlines that came due or ran out.
    pub announced: u64,
}

/// How far a sweep is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub recounted: u64,
    /// Deadlines still to be counted again.
    pub waiting: u64,
}

/// Does what is to be done; none while another process does it. `tell` hears of each batch.
pub async fn sweep(app: &App, mut tell: impl FnMut(Progress)) -> Result<Option<Swept>> {
    if !lease(app).await? {
        return Ok(None);
    }
    let mut swept = Swept::default();
    let almanac = app.almanac(app.database.reader()).await?;
    let versions = (almanac.calendar_version, almanac.rule_set_version);
    let mut waiting = store::count_outdated(app.database.reader(), versions).await?;
    let mut after: Option<Uuid> = None;
    loop {
        let rows = store::next_outdated(app.database.reader(), versions, after, BATCH).await?;
        let Some(last) = rows.last() else { break };
        if !lease(app).await? {
            break;
        }
        after = Some(last.id);
        let (recounted, moved) = recount_batch(app, &almanac, &rows).await?;
        swept.recounted += recounted;
        swept.moved += moved;
        waiting = waiting.saturating_sub(rows.len() as u64);
        tell(Progress { recounted: swept.recounted, waiting });
        tokio::task::yield_now().await;
    }
    loop {
        let today = shanghai_day(app.clock.now());
        let rows = store::next_to_announce(app.database.reader(), today, BATCH).await?;
        if rows.is_empty() || !lease(app).await? {
            break;
        }
        let announced = announce_batch(app, &almanac, &rows).await?;
        swept.announced += announced;
        if announced == 0 {
            break;
        }
    }
    give_back_lease(app, LEASED).await?;
    Ok(Some(swept))
}

/// Whether this process has the sweep, for a while from now on.
async fn lease(app: &App) -> Result<bool> {
    take_lease(app, LEASED, LEASE).await
}

async fn recount_batch(
    app: &App,
    almanac: &Almanac,
    rows: &[deadline::Model],
) -> Result<(u64, u64)> {
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let held = store::hold(work.db(), rows).await?;
    let changes: Vec<Change> =
        held.iter().filter_map(|it| recount(almanac, it, work.now())).collect();
    let count = changes.len() as u64;
    let ids = rows.iter().map(|it| it.id).collect();
    let versions = (almanac.calendar_version, almanac.rule_set_version);
    store::mark_counted(work.db(), ids, versions).await?;
    let events = write(&work, changes, "recounted").await?;
    let record = Record::silent().with(events);
    work.commit_unattended("recount_deadlines", subject(), record).await?;
    Ok((rows.len() as u64, count))
}

async fn announce_batch(app: &App, almanac: &Almanac, rows: &[deadline::Model]) -> Result<u64> {
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let held = store::hold(work.db(), rows).await?;
    let changes: Vec<Change> = held.iter().filter_map(|it| pass(almanac, it, work.now())).collect();
    let count = changes.len() as u64;
    let events = write(&work, changes, "day_passed").await?;
    let record = Record::silent().with(events);
    work.commit_unattended("announce_deadlines", subject(), record).await?;
    Ok(count)
}

fn subject() -> Subject {
    Subject { kind: "deadlines", id: Uuid::nil(), case_id: None }
}

/// Sweeps now, at every change of the almanac, and each time `every` has gone by, until the
/// process ends.
pub(crate) async fn watch(app: App, every: Duration) {
    loop {
        match sweep(&app, |_| {}).await {
            Ok(Some(swept)) if swept != Swept::default() => {
                let Swept { recounted, moved, announced } = swept;
                tracing::info!(recounted, moved, announced, "deadlines swept");
            }
            Ok(_) => {}
            Err(cause) => tracing::error!(%cause, "the sweep of deadlines failed"),
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = app.almanac_changed.notified() => {}
        }
    }
}
