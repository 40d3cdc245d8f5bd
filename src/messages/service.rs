//! Writing messages beside what they tell, and carrying them to the gateway.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::access::Subject;
use crate::app::App;
use crate::database::{Record, Work, give_back_lease, take_lease};
use crate::entity::outgoing_message;
use crate::error::{Error, Result};
use crate::personal_data::Sensitive;
use crate::request::RequestFacts;
use crate::words::MessageKind;

/// So many are looked at in one go.
const BATCH: u64 = 20;

/// A process that stops without a word is followed by another after so long: longer than the
/// gateway may take for one message.
const LEASE: TimeDelta = TimeDelta::minutes(1);
/// The name of the work.
const LEASED: &str = "messages";

/// How often a process looks whether something waits.
const EVERY: Duration = Duration::from_secs(5);

/// The first pause after a failure, which doubles each time, and the longest.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(2);

/// A message to somebody in a case.
#[derive(Debug)]
pub(crate) struct Outgoing<'a> {
    pub kind: MessageKind,
    pub case_id: Uuid,
    pub party_id: Uuid,
    pub number: &'a Sensitive,
    pub text: &'a Sensitive,
    /// From then on it is worth nothing.
    pub expires_at: DateTime<Utc>,
}

/// Whether messages leave the station at all.
pub(crate) fn leaves(app: &App) -> bool {
    app.gateway.is_some()
}

/// Writes a message in the transaction of what it tells. It leaves once that is kept.
pub(crate) async fn write(work: &Work, message: Outgoing<'_>) -> Result<Uuid> {
    let Outgoing { kind, case_id, party_id, number, text, expires_at } = message;
    let (id, vault) = (Uuid::now_v7(), &work.app().vault);
    let row = outgoing_message::Model {
        id,
        kind,
        case_id,
        party_id,
        sealed_text: Some(vault.seal(&place(id, "text"), text.reveal())),
        sealed_number: Some(vault.seal(&place(id, "number"), number.reveal())),
        created_at: work.now(),
        expires_at,
        next_attempt_at: work.now(),
        attempts: 0,
        sent_at: None,
        last_error: None,
    };
    store::insert_message(work.db(), row).await?;
    Ok(id)
}

/// Where a value is sealed for.
fn place(id: Uuid, column: &str) -> String {
    format!("outgoing_messages.{column}:{id}")
}

/// Something waits, if the transaction was kept.
pub(crate) fn wake(app: &App) {
    app.message_waiting.notify_one();
}

/// What carrying came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    pub sent: u64,
    /// To be tried again.
    pub failed: u64,
    /// Their time was over.
    pub expired: u64,
}

/// Carries what waits; none while another process does it.
pub async fn carry(app: &App) -> Result<Option<Carried>> {
    let mut carried = Carried::default();
    // Nothing is written where nothing waits.
    if due(app).await?.is_empty() {
        return Ok(Some(carried));
    }
    if !take_lease(app, LEASED, LEASE).await? {
        return Ok(None);
    }
    loop {
        let waiting = due(app).await?;
        if waiting.is_empty() {
            break;
        }
        for message in waiting {
            if !take_lease(app, LEASED, LEASE).await? {
                return Ok(Some(carried));
            }
            carry_one(app, message, &mut carried).await?;
        }
    }
    give_back_lease(app, LEASED).await?;
    Ok(Some(carried))
}

/// What is to be sent, or to be erased because its time is over.
async fn due(app: &App) -> Result<Vec<outgoing_message::Model>> {
    store::due(app.database.reader(), app.clock.now(), leaves(app), BATCH).await
}

async fn carry_one(
    app: &App,
    message: outgoing_message::Model,
    carried: &mut Carried,
) -> Result<()> {
    let outcome = match &app.gateway {
        Some(gateway) if app.clock.now() < message.expires_at => {
            let (number, text) = opened(app, &message)?;
            Some(gateway.send(message.id, number.reveal(), text.reveal()).await)
        }
        _ => None,
    };
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let subject = Subject { kind: "message", id: message.id, case_id: Some(message.case_id) };
    let attempts = message.attempts + 1;
    let data = json!({
        "kind": message.kind,
        "party_id": message.party_id,
        "attempts": if outcome.is_some() { attempts } else { message.attempts },
    });
    match outcome {
        Some(Ok(())) => {
            carried.sent += 1;
            store::mark_sent(work.db(), message.id, attempts, work.now()).await?;
            let record = Record::event("message.sent", subject, data);
            work.commit_unattended("send_message", subject, record).await
        }
        Some(Err(cause)) => {
            carried.failed += 1;
            tracing::warn!(message_id = %message.id, cause, "a message was not taken");
            let next = work.now() + pause_after(attempts);
            store::mark_failed(work.db(), message.id, attempts, next, cause).await?;
            work.commit_unattended("send_message_failed", subject, Record::silent()).await
        }
        None => {
            carried.expired += 1;
            store::erase(work.db(), message.id).await?;
            let record = Record::event("message.expired", subject, data);
            work.commit_unattended("expire_message", subject, record).await
        }
    }
}

/// Number and text of a message that waits.
fn opened(app: &App, message: &outgoing_message::Model) -> Result<(Sensitive, Sensitive)> {
    let open = |column: &str, sealed: &Option<Vec<u8>>| {
        let sealed = sealed.as_deref().ok_or_else(|| Error::internal("a message without content"));
        app.vault.open(&place(message.id, column), sealed?).map(Sensitive::new)
    };
    Ok((open("number", &message.sealed_number)?, open("text", &message.sealed_text)?))
}

/// How long to wait after so many attempts in vain.
fn pause_after(attempts: i32) -> TimeDelta {
    let doubled = u32::try_from(attempts - 1).ok().and_then(|it| 1_i32.checked_shl(it));
    let pause = doubled.filter(|it| *it > 0).and_then(|it| FIRST_PAUSE.checked_mul(it));
    pause.map_or(LONGEST_PAUSE, |it| it.min(LONGEST_PAUSE))
}

/// Carries now, whenever something was written here, and each time a while has gone by, until the
/// process ends.
pub(crate) async fn watch(app: App) {
    loop {
        match carry(&app).await {
            Ok(Some(carried)) if carried != Carried::default() => {
                let Carried { sent, failed, expired } = carried;
                tracing::info!(sent, failed, expired, "messages carried");
            }
            Ok(_) => {}
            Err(cause) => tracing::error!(%cause, "carrying messages failed"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.message_waiting.notified() => {}
        }
    }
}

/// Seals again what waits and was sealed with an older key; tells how many values were.
pub async fn reseal(app: &App) -> Result<u64> {
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let mut done = 0;
    for message in store::waiting(work.db()).await? {
        let again = |column: &str, sealed: Option<&Vec<u8>>| -> Result<Option<Vec<u8>>> {
            let Some(sealed) = sealed.filter(|it| app.vault.needs_reseal(it)) else {
                return Ok(None);
            };
            let place = place(message.id, column);
            let plain = Sensitive::new(app.vault.open(&place, sealed)?);
            Ok(Some(app.vault.seal(&place, plain.reveal())))
        };
        let text = again("text", message.sealed_text.as_ref())?;
        let number = again("number", message.sealed_number.as_ref())?;
        if let (Some(text), Some(number)) = (text, number) {
            store::seal_again(work.db(), message.id, text, number).await?;
            done += 2;
        }
    }
    if done > 0 {
        let subject = Subject { kind: "messages", id: Uuid::nil(), case_id: None };
        work.commit_unattended("reseal_messages", subject, Record::silent()).await?;
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_up_to_two_minutes() {
        let pauses: Vec<i64> = (1..=8).map(|it| pause_after(it).num_seconds()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 120, 120, 120]);
        for attempts in [32, 33, 64, i32::MAX] {
            assert_eq!(pause_after(attempts), LONGEST_PAUSE, "{attempts}");
        }
    }
}
