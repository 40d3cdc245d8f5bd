//! What papers have in common: parties, signatures, seals, the line by which a paper is verified.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// In whose name is mediated. It decides the words of the forms that both use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mediation {
    /// A people's mediation committee.
    People,
    /// An office of market supervision, also where it entrusted the committee.
    Administrative,
}

impl Mediation {
    pub(crate) fn mediator(self) -> &'static str {
        match self {
            Self::People => "人民调解员",
            Self::Administrative => "调解人员",
        }
    }

    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::People => "人民调解",
            Self::Administrative => "行政调解",
        }
    }
}

/// One side of a dispute, as the forms write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What the form calls this side: `申请人`, `当事人（甲方）`.
    pub role: String,
    pub who: Who,
    /// Guardians and agents, in the order in which they are to be named.
    #[serde(default)]
    pub agents: Vec<Agent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Who {
    Person(Person),
    Organisation(Organisation),
}

/// Every field is printed as it comes; an empty one stays a blank to be filled by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    pub name: String,
    pub gender: String,
    pub ethnicity: String,
    pub age: String,
    pub occupation: String,
    pub contact: String,
    pub address: String,
    /// Printed only where it is given.
    pub identity_number: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    pub name: String,
    pub credit_code: String,
    pub address: String,
    pub contact: String,
    /// The legal representative or the person in charge.
    pub representative: String,
    pub post: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agent {
    /// `委托代理人`, `法定代理人`.
    pub role: String,
    pub name: String,
    pub contact: String,
    /// What the agent may do, or the relation of a guardian.
    pub authority: String,
}

impl Party {
    pub fn name(&self) -> &str {
        match &self.who {
            Who::Person(it) => &it.name,
            Who::Organisation(it) => &it.name,
        }
    }
}

/// A place to sign, empty or with what was signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureBox {
    /// `申请人（签名、盖章或按指印）`.
    pub label: String,
    /// Who is to sign, in print; empty for whoever comes.
    pub name: String,
    /// A drawn signature as PNG.
    pub picture: Option<Vec<u8>>,
    /// How it was signed when not by pen: `已按指印`, `短信验证码签署，2026-11-23 14:03`.
    pub mark: String,
    /// Blank is a line for the day to be written by hand.
    pub date: Option<NaiveDate>,
}

impl SignatureBox {
    pub fn empty(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    pub fn of(label: impl Into<String>, name: impl Into<String>) -> Self {
        Self { label: label.into(), name: name.into(), ..Self::default() }
    }
}

/// Where the seal goes. Whose it is comes with the data: the committee's or the office's of market
/// supervision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealBox {
    pub name: String,
}

/// What lets a stranger ask whether this paper is the one in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// What the QR code says.
    pub address: String,
    pub number: String,
    /// The first characters of the hash of what was signed.
    pub short_hash: String,
}
