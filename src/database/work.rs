//! One use case, one transaction. [`Work::commit`] is the only way to keep what was written,
//! and it always leaves the audit entry, the events and the answer to a repeat beside it.

use chrono::{DateTime, Utc};
use poem_openapi::types::ToJSON;
use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Action, Call, Permit, Subject};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::cases;
use crate::deadlines;
use crate::error::{Result, StoredAnswer};
use crate::events::{self, Event};
use crate::hearings;
use crate::idempotency;
use crate::request::RequestFacts;
use crate::search;

/// A transaction under way for one call. Dropping it takes everything back.
#[derive(Debug)]
pub struct Work {
    transaction: DatabaseTransaction,
    app: App,
    at: DateTime<Utc>,
    facts: RequestFacts,
    actor: Option<(Uuid, String)>,
    claim: Option<String>,
}

/// What a use case leaves in the audit log and in the outbox.
#[derive(Debug)]
pub struct Record {
    events: Vec<Event>,
    purpose: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl Record {
    /// One event of the subject of the permit. `kind` is `noun.past_tense`.
    pub fn event(kind: &'static str, subject: Subject, data: serde_json::Value) -> Self {
        let event = Event { kind, subject, data };
        Self { events: vec![event], purpose: None, before: None, after: None }
    }

    /// Nothing others need to be told: audit only.
    pub fn silent() -> Self {
        Self { events: Vec::new(), purpose: None, before: None, after: None }
    }

    /// A further event of the same use case.
    #[must_use]
    pub fn and(mut self, kind: &'static str, subject: Subject, data: serde_json::Value) -> Self {
        self.events.push(Event { kind, subject, data });
        self
    }

    /// Events of the same use case that another room made.
    #[must_use]
    pub(crate) fn with(mut self, events: Vec<Event>) -> Self {
        self.events.extend(events);
        self
    }

    /// Why personal data was looked at.
    #[must_use]
    pub fn purpose(mut self, purpose: &str) -> Self {
        self.purpose = Some(purpose.to_owned());
        self
    }

    /// The state before and after, kept only as hashes.
    #[must_use]
    pub fn change(
        mut self,
        before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Self {
        self.before = before.map(fingerprint);
        self.after = after.map(fingerprint);
        self
    }
}

fn fingerprint(state: &impl Serialize) -> String {
    hex::encode(Sha256::digest(serde_json::to_vec(state).unwrap_or_default()))
}

/// What a write answers, before HTTP.
#[derive(Debug)]
pub struct Reply<T> {
    pub status: u16,
    pub location: Option<String>,
    /// The version for the `ETag`.
    pub version: Option<i64>,
    pub body: T,
}

impl<T> Reply<T> {
    /// Something new, to be read at `location`.
    pub fn created(location: String, version: i64, body: T) -> Self {
        Self { status: 201, location: Some(location), version: Some(version), body }
    }

    /// Something changed.
    pub fn changed(version: i64, body: T) -> Self {
        Self { status: 200, location: None, version: Some(version), body }
    }
}

impl Reply<String> {
    /// Something was done and there is nothing to say about it.
    pub fn done() -> Self {
        Self { status: 204, location: None, version: None, body: String::new() }
    }
}

impl Work {
    /// Begins the transaction of a call; a repeated request ends here with its first answer.
    pub(crate) async fn begin(app: &App, call: &Call) -> Result<Self> {
        let actor = call.actor();
        let facts = call.facts().clone();
        let mut work = Self::open(app, facts, Some((actor.id, actor.role.name()))).await?;
        // Looking at personal data again is allowed and logged again, never answered from memory.
        let repeatable = call.action() != Action::UnmaskParty;
        if let Some(key) = call.facts().idempotency.as_ref().filter(|_| repeatable) {
            let id = idempotency::id(actor.id, &key.key);
            idempotency::claim(&work, &id, &key.fingerprint).await?;
            work.claim = Some(id);
        }
        Ok(work)
    }

    /// Begins the transaction of somebody who is not logged in, or of the program itself.
    pub(crate) async fn begin_unattended(app: &App, facts: &RequestFacts) -> Result<Self> {
        Self::open(app, facts.clone(), None).await
    }

    async fn open(app: &App, facts: RequestFacts, actor: Option<(Uuid, String)>) -> Result<Self> {
        // A deferred SQLite transaction that turns into a write fails with "database is
        // locked", whatever the timeout: take the write lock at once.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let transaction = app.database.writer().begin_with_options(options).await?;
        Ok(Self { transaction, at: app.clock.now(), app: app.clone(), facts, actor, claim: None })
    }

    /// The connection every store function of this use case is given.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The one instant of this use case.
    pub fn now(&self) -> DateTime<Utc> {
        self.at
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Keeps everything, with audit entry, events and the answer for a repeat.
    pub async fn commit<T: ToJSON>(
        self,
        permit: Permit,
        record: Record,
        reply: Reply<T>,
    ) -> Result<Reply<T>> {
        if let Some(id) = &self.claim {
            let answer = StoredAnswer {
                status: reply.status,
                location: reply.location.clone(),
                etag: reply.version.map(|it| format!("\"{it}\"")),
                body: reply.body.to_json_string(),
            };
            idempotency::remember(&self, id, &answer).await?;
        }
        let action = permit.action();
        let mut record = record;
        // No step can forget a clock or the index: whatever it wrote, they follow.
        if let Some(case_id) = permit.subject().case_id.filter(|_| cases::is_step(action)) {
            // Nor a booking: what its hearings take follows too.
            Box::pin(hearings::keep(&self, case_id, action, permit.actor_id())).await?;
            // On the heap: every step of every room carries it.
            let file = Box::pin(cases::written(&self, case_id, action)).await?;
            Box::pin(search::keep(&self, &file, action)).await?;
            let kept = Box::pin(deadlines::keep(&self, &file, action)).await?;
            record = record.with(kept);
        }
        self.finish(&action.to_string(), permit.subject(), record).await?;
        Ok(reply)
    }

    /// Keeps what was written without a logged-in actor (a failed login, the set-up).
    pub(crate) async fn commit_unattended(
        self,
        action: &str,
        subject: Subject,
        record: Record,
    ) -> Result<()> {
        self.finish(action, subject, record).await
    }

    /// Keeps what a call that is refused leaves behind, such as that a try was wrong. There is no
    /// answer to remember: a repeat is asked anew.
    pub(crate) async fn commit_refused(self, permit: Permit, record: Record) -> Result<()> {
        if let Some(id) = &self.claim {
            idempotency::release(&self, id).await?;
        }
        let action = format!("{}_refused", permit.action());
        self.finish(&action, permit.subject(), record).await
    }

    async fn finish(self, action: &str, subject: Subject, record: Record) -> Result<()> {
        let (actor_id, actor_role) = match self.actor {
            Some((id, ref role)) => (Some(id), role.clone()),
            None => (None, "system".to_owned()),
        };
        let entry = Entry {
            at: self.at,
            actor_id,
            actor_role,
            action: action.to_owned(),
            subject,
            purpose: record.purpose,
            before_hash: record.before,
            after_hash: record.after,
            trace_id: self.facts.trace_id.clone(),
            client_address: self.facts.client_address.clone(),
        };
        let places = audit::append(&self.transaction, entry, record.events.len()).await?;
        events::append(&self.transaction, self.at, places, record.events).await?;
        self.transaction.commit().await?;
        Ok(())
    }
}
