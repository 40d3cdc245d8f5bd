//! How entries are chained and checked. Pure: an export can be verified without a database.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Subject;
use crate::entity::audit_entry;

/// What the first entry holds in place of a predecessor's hash.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry before it has its place in the chain.
#[derive(Debug)]
pub struct Entry {
    pub at: DateTime<Utc>,
    /// None: the program itself, or somebody not logged in.
    pub actor_id: Option<Uuid>,
    pub actor_role: String,
    pub action: String,
    pub subject: Subject,
    /// Why personal data was looked at.
    pub purpose: Option<String>,
    pub before_hash: Option<String>,
    pub after_hash: Option<String>,
    pub trace_id: String,
    pub client_address: String,
}

impl Entry {
    /// Gives the entry its place: after `previous_hash`, as number `seq`.
    pub fn chained(self, seq: i64, previous_hash: String) -> audit_entry::Model {
        let mut entry = audit_entry::Model {
            seq,
            at: self.at,
            actor_id: self.actor_id,
            actor_role: self.actor_role,
            action: self.action,
            subject_kind: self.subject.kind.to_owned(),
            subject_id: Some(self.subject.id),
            case_id: self.subject.case_id,
            purpose: self.purpose,
            before_hash: self.before_hash,
            after_hash: self.after_hash,
            trace_id: self.trace_id,
            client_address: self.client_address,
            previous_hash,
            hash: String::new(),
        };
        entry.hash = hash(&entry);
        entry
    }
}

/// The hashed form: every member but the hash itself, in this order, as one JSON array, so
/// that no two different entries have the same bytes.
#[derive(Serialize)]
struct Hashed<'a>(
    i64,
    String,
    Option<Uuid>,
    &'a str,
    &'a str,
    &'a str,
    Option<Uuid>,
    Option<Uuid>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    &'a str,
    &'a str,
    &'a str,
);

/// SHA-256 of the entry in its hashed form, in hex.
pub fn hash(entry: &audit_entry::Model) -> String {
    let hashed = Hashed(
        entry.seq,
        entry.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        entry.actor_id,
        &entry.actor_role,
        &entry.action,
        &entry.subject_kind,
        entry.subject_id,
        entry.case_id,
        entry.purpose.as_deref(),
        entry.before_hash.as_deref(),
        entry.after_hash.as_deref(),
        &entry.trace_id,
        &entry.client_address,
        &entry.previous_hash,
    );
    // Plain strings and numbers always serialize.
    hex::encode(Sha256::digest(serde_json::to_vec(&hashed).unwrap_or_default()))
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries were checked.
    pub entries: i64,
    /// The hash of the last good entry.
    pub last_hash: String,
    /// The number of the first entry that is missing, changed or out of place.
    pub broken_at: Option<i64>,
}

impl Verdict {
    /// Nothing checked yet.
    pub fn start() -> Self {
        Self { entries: 0, last_hash: GENESIS.to_owned(), broken_at: None }
    }
}

/// Checks further entries, in order, after what `verdict` has checked.
pub fn verify<'a>(
    mut verdict: Verdict,
    entries: impl IntoIterator<Item = &'a audit_entry::Model>,
) -> Verdict {
    for entry in entries {
        if verdict.broken_at.is_some() {
            break;
        }
        let right = entry.seq == verdict.entries + 1
            && entry.previous_hash == verdict.last_hash
            && entry.hash == hash(entry);
        if right {
            verdict.entries += 1;
            verdict.last_hash.clone_from(&entry.hash);
        } else {
            verdict.broken_at = Some(verdict.entries + 1);
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> Vec<audit_entry::Model> {
        let mut entries: Vec<audit_entry::Model> = Vec::new();
        for seq in 1..=length {
            let entry = Entry {
                at: DateTime::from_timestamp(1_800_000_000 + seq, 0).unwrap(),
                actor_id: Some(Uuid::nil()),
                actor_role: "clerk".to_owned(),
                action: "register_case".to_owned(),
                subject: Subject::case(Uuid::nil()),
                purpose: None,
                before_hash: None,
                after_hash: None,
                trace_id: seq.to_string(),
                client_address: "127.0.0.1".to_owned(),
            };
            let previous = entries.last().map_or(GENESIS.to_owned(), |it| it.hash.clone());
            entries.push(entry.chained(seq, previous));
        }
        entries
    }

    #[test]
    fn a_whole_chain_is_found_whole() {
        let verdict = verify(Verdict::start(), &chain(20));
        assert_eq!((verdict.entries, verdict.broken_at), (20, None));
    }

    #[test]
    fn every_kind_of_tampering_is_named() {
        let tamper: [(&str, fn(&mut Vec<audit_entry::Model>)); 5] = [
            ("changed", |it| it[4].action = "close_case".to_owned()),
            ("changed and hashed again", |it| {
                it[4].action = "close_case".to_owned();
                it[4].hash = hash(&it[4]);
                // The successor still holds the old hash.
                it.remove(3);
            }),
            ("removed", |it| drop(it.remove(3))),
            ("swapped", |it| it.swap(3, 4)),
            ("backdated", |it| it[3].at -= chrono::TimeDelta::days(1)),
        ];
        for (what, tamper) in tamper {
            let mut entries = chain(10);
            tamper(&mut entries);
            assert!(verify(Verdict::start(), &entries).broken_at.is_some(), "{what}");
        }
    }
}
