//! The proof of a suggestion: its inputs and its outcome as canonical JSON, with their hash.
//! Whoever holds the text can compute it again; what was changed since is named. Pure.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::suggestion::{Inputs, Outcome, suggest};

/// The way of computing. Another way gets another name and leaves this one as it is.
pub(super) const METHOD: &str = "fair-share-1";

/// Inputs, and what was made of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    pub method: String,
    pub inputs: Inputs,
    pub outcome: Outcome,
}

/// The first place at which a stored proof is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// JSON pointer into the proof, or what beside it is wrong.
    pub place: String,
    pub stored: String,
    pub expected: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { place, stored, expected } = self;
        write!(f, "{place} is {stored}, and must be {expected}")
    }
}

impl Difference {
    pub(super) fn new(
        place: impl Into<String>,
        stored: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self { place: place.into(), stored: stored.into(), expected: expected.into() }
    }
}

impl Proof {
    /// Computes the outcome of the inputs.
    pub fn of(inputs: Inputs) -> Self {
        let outcome = suggest(&inputs);
        Self { method: METHOD.to_owned(), inputs, outcome }
    }

    /// The canonical text: members in the order of their types, no blanks.
    pub fn text(&self) -> String {
        // Plain strings and numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// SHA-256 of a text, in hex.
pub(super) fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// Computes a stored proof again.
pub(super) fn verify(text: &str, stored_hash: &str) -> Result<Proof, Difference> {
    let stored: Proof = serde_json::from_str(text)
        .map_err(|cause| Difference::new("the text", format!("unreadable ({cause})"), "a proof"))?;
    if stored.method != METHOD {
        return Err(Difference::new("/method", stored.method, METHOD));
    }
    let again = Proof::of(stored.inputs.clone());
    let canonical = again.text();
    if canonical != text {
        let value = |it: &Proof| serde_json::to_value(it).unwrap_or_default();
        let found = first_difference("", &value(&stored), &value(&again));
        return Err(found.unwrap_or_else(|| first_byte(text, &canonical)));
    }
    let computed = hash(text);
    if computed != stored_hash {
        return Err(Difference::new("the hash", stored_hash, computed));
    }
    Ok(stored)
}

/// The first byte at which the same content is written otherwise.
fn first_byte(text: &str, canonical: &str) -> Difference {
    let differs = text.bytes().zip(canonical.bytes()).position(|(one, other)| one != other);
    let place = differs.unwrap_or_else(|| text.len().min(canonical.len()));
    let around =
        |it: &str| it.get(place..).unwrap_or_default().chars().take(12).collect::<String>();
    Difference::new(format!("byte {place}"), around(text), around(canonical))
}

/// The first place, by the names of members, at which two values differ.
fn first_difference(place: &str, stored: &Value, again: &Value) -> Option<Difference> {
    match (stored, again) {
        (Value::Object(stored), Value::Object(again)) => stored.iter().find_map(|(name, it)| {
            first_difference(
                &format!("{place}/{name}"),
                it,
                again.get(name).unwrap_or(&Value::Null),
            )
        }),
        (Value::Array(one), Value::Array(other)) => {
            let longest = one.len().max(other.len());
            (0..longest).find_map(|index| {
                let at = |it: &[Value]| it.get(index).cloned().unwrap_or_default();
                first_difference(&format!("{place}/{index}"), &at(one), &at(other))
            })
        }
        _ if stored == again => None,
        _ => Some(Difference::new(place, stored.to_string(), again.to_string())),
    }
}

#[cfg(test)]
mod tests;
