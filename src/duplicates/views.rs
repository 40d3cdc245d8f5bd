//! What is answered about duplicates, clusters and groups. Names of persons only masked; cases
//! out of sight only as a number.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::clusters::Window;
use super::score::{Score, weight};
use crate::cases::Party;
use crate::entity::{case, cluster, duplicate_decision, party};
use crate::language::{Language, Text};
use crate::words::{
    CaseStatus, Channel, DuplicateDecision, DuplicateReason, MatchKeyKind, PartyRole,
};

/// Why two cases may be one, or may not.
#[derive(Debug, Object)]
pub struct ScoredReason {
    pub reason: DuplicateReason,
    /// Points: for one dispute, or below zero against it.
    pub weight: i32,
    /// The code list's Chinese term.
    pub term: String,
}

/// Another case that may be the same dispute.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ProbableDuplicate {
    pub case_id: Uuid,
    /// Official number; given at acceptance.
    pub case_number: Option<String>,
    pub channel: Channel,
    pub external_number: Option<String>,
    pub status: CaseStatus,
    /// The dispute in one line.
    pub title: String,
    pub requested_at: DateTime<Utc>,
    /// Masked for persons.
    pub applicants: Vec<String>,
    /// Masked for persons.
    pub respondents: Vec<String>,
    /// The sum of the weights. Says how much is alike and nothing about anybody.
    pub score: i32,
    /// The strongest first.
    pub reasons: Vec<ScoredReason>,
    /// Whether a person has linked the two.
    pub linked: bool,
}

impl ProbableDuplicate {
    pub(super) fn new(
        case: &case::Model,
        parties: &[party::Model],
        score: &Score,
        linked: bool,
    ) -> Self {
        let names = |role| {
            let of_side = parties.iter().filter(move |it| it.role == role).cloned();
            of_side.map(|it| Party::from(it).name).collect()
        };
        let mut reasons: Vec<ScoredReason> = score
            .reasons
            .iter()
            .map(|it| ScoredReason { reason: *it, weight: weight(*it), term: it.term().to_owned() })
            .collect();
        reasons.sort_by_key(|it| -it.weight.abs());
        Self {
            case_id: case.id,
            case_number: case.case_number.clone(),
            channel: case.channel,
            external_number: case.external_number.clone(),
            status: case.status,
            title: case.title.clone(),
            requested_at: case.requested_at,
            applicants: names(PartyRole::Applicant),
            respondents: names(PartyRole::Respondent),
            score: score.points(),
            reasons,
            linked,
        }
    }
}

/// What a person said of two cases, once and for both.
#[derive(Debug, Object)]
pub struct DuplicateDecided {
    pub id: Uuid,
    /// The case from which it was decided.
    pub case_id: Uuid,
    pub other_case_id: Uuid,
    pub decision: DuplicateDecision,
    /// What it rests on.
    pub explanation: String,
    pub decided_by: Uuid,
    pub decided_at: DateTime<Utc>,
}

impl From<duplicate_decision::Model> for DuplicateDecided {
    fn from(it: duplicate_decision::Model) -> Self {
        Self {
            id: it.id,
            case_id: it.case_id,
            other_case_id: it.other_case_id,
            decision: it.decision,
            explanation: it.explanation,
            decided_by: it.decided_by,
            decided_at: it.decided_at,
        }
    }
}

/// What may be the same dispute, for a person to look at.
#[derive(Debug, Object)]
pub struct ProbableDuplicates {
    /// Linked ones first, then by score; at most 20.
    pub duplicates: Vec<ProbableDuplicate>,
    /// Everything that was decided about this case and another one in sight.
    pub decisions: Vec<DuplicateDecided>,
    /// How many more there are in cases the caller may not see.
    pub out_of_sight: u32,
    /// What this is and is not, in the caller's language.
    pub notice: String,
}

/// The sentence under the list.
pub(super) fn notice(out_of_sight: usize, language: Language) -> String {
    let (zh, en) = (
        "以上仅提示可能重复的登记，由承办人员核实后关联或排除；系统不据此受理、不予受理或者合并任何案件。",
        "These may be repeats. A person checks and links or dismisses them; no case is accepted, \
         declined or merged because of them.",
    );
    let (more_zh, more_en) = match out_of_sight {
        0 => (String::new(), String::new()),
        more => (
            format!("另有 {more} 件不在您的查看范围内，可请站长查看。"),
            format!(" {more} more are in cases that you may not see; the director may look."),
        ),
    };
    Text::new(format!("{zh}{more_zh}"), format!("{en}{more_en}")).in_language(language).to_owned()
}

/// Many applicants against one respondent within a short time.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Cluster {
    pub id: Uuid,
    /// As the case names it that made it a cluster; masked for a person.
    pub respondent: String,
    pub credit_code: Option<String>,
    /// How many cases there are now, in sight or not.
    pub cases: u32,
    /// How many applicants of different names these have.
    pub applicants: u32,
    /// The day of the first request.
    pub first_day: NaiveDate,
    /// The day of the last request.
    pub last_day: NaiveDate,
    /// When the number of applicants was first reached.
    pub found_at: DateTime<Utc>,
    /// Those of the cases that the caller can see, newest first; at most 500.
    pub case_ids: Vec<Uuid>,
}

impl Cluster {
    pub(super) fn new(row: cluster::Model, counted: Option<&Window>, case_ids: Vec<Uuid>) -> Self {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Self {
            id: row.id,
            respondent: row.respondent_name,
            credit_code: (row.kind == MatchKeyKind::CreditCode).then_some(row.value),
            cases: counted.map_or(0, |it| number(it.cases)),
            applicants: counted.map_or(0, |it| number(it.applicants)),
            first_day: row.first_day,
            last_day: row.last_day,
            found_at: row.found_at,
            case_ids,
        }
    }
}

/// A group of cases against one respondent, led by one of them.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CaseGroup {
    /// Absent while the case is in no group, or when the leading one is out of sight.
    pub leading_case_id: Option<Uuid>,
    /// The cases that are led, as far as they are in sight, in the order of their registration.
    pub case_ids: Vec<Uuid>,
    /// How many more belong to the group.
    pub out_of_sight: u32,
}
