//! The outbox: what happened, written in the transaction of the change, numbered without
//! gaps. Carries ids and states, never personal data.

mod store;

pub(crate) use store::{append, list_of_case};

use crate::access::Subject;

/// Something that happened, before it has its number.
#[derive(Debug)]
pub struct Event {
    /// `noun.past_tense`, such as `case.accepted`.
    pub kind: &'static str,
    pub subject: Subject,
    /// Ids and states.
    pub data: serde_json::Value,
}
