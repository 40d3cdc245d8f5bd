//! What is known about a request besides who sent it, in plain values: no room and no rule
//! needs to see HTTP. `http::middleware` fills them in.

use sha2::{Digest as _, Sha256};

use crate::language::Language;

/// The facts of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFacts {
    /// Names the request in answers, log lines and audit entries.
    pub trace_id: String,
    /// The language of the answer.
    pub language: Language,
    /// Where the request came from, as the network says: no header is believed.
    pub client_address: String,
    /// The program that sent it, at most 256 characters.
    pub user_agent: Option<String>,
    /// Set when a repeat of this request wants the first answer again.
    pub idempotency: Option<IdempotencyKey>,
    /// The version the caller read before this write.
    pub if_match: Option<IfMatch>,
}

/// `Idempotency-Key` and what the request was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The caller's own key, 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 over method, path with query, and body, in hexadecimal. Of a body that is streamed
    /// what was read of it is added later ([`Self::with`]).
    pub fingerprint: String,
}

/// `If-Match`: one strong entity tag of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch {
    pub version: i64,
}

impl IdempotencyKey {
    /// The same key of a request that also has this content.
    #[must_use]
    pub fn with(self, content: &str) -> Self {
        let hash = Sha256::new().chain_update(&self.fingerprint).chain_update(content);
        Self { fingerprint: hex::encode(hash.finalize()), ..self }
    }
}

impl RequestFacts {
    /// The facts of what the program does by itself or from the shell.
    pub fn internal() -> Self {
        Self {
            trace_id: "internal".to_owned(),
            language: Language::default(),
            client_address: "local".to_owned(),
            user_agent: None,
            idempotency: None,
            if_match: None,
        }
    }
}
