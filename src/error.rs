//! What can go wrong, in the words of the field. No HTTP here: `http::problem` turns each of
//! these into one status, in one exhaustive `match`.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Action;
use crate::language::Text;
use crate::law::Law;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One fault in what the caller sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
    pub pointer: String,
    /// Stable name of the fault for programs, `snake_case`.
    pub code: &'static str,
    /// What is wrong and what would be right, for people.
    pub detail: Text,
}

impl Fault {
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: Text) -> Self {
        Self { pointer: pointer.into(), code, detail }
    }
}

/// Something a rule of the field wants before a step may be taken, and is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Stable name, `snake_case`.
    pub code: &'static str,
    /// What is missing and what would mend it.
    pub detail: Text,
    /// The articles that ask for it; empty for a rule of the system itself.
    pub law: &'static [Law],
    /// The actions that would mend it, in the order in which they would be taken.
    pub mend: &'static [Action],
}

/// Why a caller could not be recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// No token was sent.
    NoToken,
    /// The token is malformed, forged, or signed with an unknown key or algorithm.
    BadToken,
    /// The token was right and has run out.
    ExpiredToken,
    /// The account is disabled or the session was ended.
    EndedSession,
    /// Wrong user name or password.
    WrongPassword,
    /// The refresh token is unknown, used or expired.
    BadRefreshToken,
    /// The set-up secret is wrong or the station is already set up.
    BadSetupSecret,
}

/// A stored answer that a repeated request gets again.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct StoredAnswer {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
    /// The JSON body as it was sent the first time.
    pub body: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the caller is not known: {0:?}")]
    Unauthenticated(Stranger),
    /// Too many failed attempts; try again after this many seconds.
    #[error("locked for {retry_after} seconds")]
    Locked { retry_after: u64 },
    /// The role may not do this at all, or not to this one.
    #[error("forbidden: {}", .0.en)]
    Forbidden(Text),
    /// It does not exist, or the caller may not know that it does.
    #[error("not found")]
    NotFound,
    /// What was sent cannot be meant: shape is right, sense is not.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Fault>),
    /// A rule of the field forbids the step now.
    #[error("refused: {0:?}")]
    Refused(Vec<Unmet>),
    /// Nobody is left who may take a seat: what stands in the way of each.
    #[error("no mediator is available: {0:?}")]
    NoMediator(Vec<Unmet>),
    /// A room or a person is taken at that time; when all that is needed is free next.
    #[error("taken: {unmet:?}")]
    Taken { unmet: Vec<Unmet>, next_free_at: Option<DateTime<Utc>> },
    /// The same content is in the case already: where.
    #[error("the same content as {0}")]
    SameContent(Uuid),
    /// The file is larger than the station takes.
    #[error("a file of more than {limit} bytes")]
    FileTooLarge { limit: u64 },
    /// The body broke off or came too slowly; nothing of it is kept.
    #[error("the upload broke off")]
    BrokenOff,
    /// What was withdrawn is shown to few.
    #[error("the content is withheld")]
    Withheld,
    /// There is no small picture of this file.
    #[error("no thumbnail")]
    NoThumbnail,
    /// The part asked for lies outside of the file.
    #[error("out of range: {size} bytes")]
    OutOfRange { size: u64 },
    /// Something with the same unique name exists already.
    #[error("duplicate: {}", .0.en)]
    Duplicate(Text),
    /// A write on a case came without `If-Match`.
    #[error("no version was named")]
    VersionRequired,
    /// Somebody changed it since the caller read it.
    #[error("stale version")]
    Stale,
    /// The idempotency key was used with another request.
    #[error("idempotency key used with another request")]
    KeyReused,
    /// The same request was answered before: not a fault, the first answer again.
    #[error("answered before")]
    Replayed(Box<StoredAnswer>),
    /// The database is busy or away; nothing was written.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. The text is for the log, never for the caller.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// One fault in the body.
    pub fn invalid(pointer: impl Into<String>, code: &'static str, detail: Text) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, detail)])
    }

    /// One unmet rule.
    pub fn refused(code: &'static str, detail: Text, law: &'static [Law]) -> Self {
        Self::Refused(vec![Unmet { code, detail, law, mend: &[] }])
    }

    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// An id inside a body that names nothing the caller may use.
    pub fn unknown_reference(pointer: &str, id: Uuid) -> Self {
        Self::invalid(
            pointer,
            "unknown_reference",
            Text::new(
                format!("编号 {id} 在本案可用的数据中不存在。"),
                format!("Nothing that may be used here has the id {id}."),
            ),
        )
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{DbErr, SqlErr};
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => {
                Self::Duplicate(Text::new("已有相同的记录。", "The same entry exists already."))
            }
            _ => match error {
                DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => {
                    Self::Unavailable(error.to_string())
                }
                other => Self::Internal(other.to_string()),
            },
        }
    }
}
