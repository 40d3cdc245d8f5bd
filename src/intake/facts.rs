//! Facts of earlier complaints that the officer may look at (O121 17; domain §2.9): counts and
//! nothing else. They decide nothing, no other code may ask for them, and they name no other
//! case and no person.

use std::collections::BTreeSet;

use chrono::{DateTime, Months, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::entity::party;
use crate::http::LawView;
use crate::language::{Language, Text};
use crate::law::Law;
use crate::personal_data::numbers::name_key;
use crate::words::{Category, ComplaintFactKind, PartyRole};

/// How far back is counted.
const MONTHS: Months = Months::new(12);

/// The first moment that counts.
pub(super) fn since(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(MONTHS).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An applicant of another case who shares a sealed value with an applicant of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    pub case_id: Uuid,
    /// The category of that case.
    pub category: Category,
    /// The name of that applicant.
    pub name: String,
    /// What is shared.
    pub value: SharedValue,
}

/// Which sealed value is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SharedValue {
    IdNumber,
    Phone,
    Address,
}

/// The cases of the same applicant among those that share a value: the same identity number,
/// or the same name with the same phone.
pub(super) fn of_same_applicant(parties: &[party::Model], shared: &[Shared]) -> BTreeSet<Uuid> {
    let names: BTreeSet<String> =
        of(parties, PartyRole::Applicant).map(|it| name_key(&it.name)).collect();
    let same = |it: &&Shared| match it.value {
        SharedValue::IdNumber => true,
        SharedValue::Phone => names.contains(&name_key(&it.name)),
        SharedValue::Address => false,
    };
    shared.iter().filter(same).map(|it| it.case_id).collect()
}

fn of(parties: &[party::Model], role: PartyRole) -> impl Iterator<Item = &party::Model> {
    parties.iter().filter(move |it| it.role == role)
}

/// Whether a respondent of another case is one of this: by credit code, else by name.
fn is_same_respondent(parties: &[party::Model], other: &party::Model) -> bool {
    of(parties, PartyRole::Respondent).any(|it| match (&it.credit_code, &other.credit_code) {
        (Some(one), Some(two)) => one == two,
        _ => name_key(&it.name) == name_key(&other.name),
    })
}

/// Every count, in the order in which it is shown. `respondents` are those of the cases of the
/// same applicant.
pub(super) fn count(
    parties: &[party::Model],
    category: Category,
    shared: &[Shared],
    respondents: &[party::Model],
) -> Vec<(ComplaintFactKind, usize)> {
    let sharing = |value| -> BTreeSet<Uuid> {
        shared.iter().filter(|it| it.value == value).map(|it| it.case_id).collect()
    };
    let same = of_same_applicant(parties, shared);
    let against: BTreeSet<Uuid> = respondents
        .iter()
        .filter(|it| same.contains(&it.case_id) && is_same_respondent(parties, it))
        .map(|it| it.case_id)
        .collect();
    let alike: BTreeSet<Uuid> = shared
        .iter()
        .filter(|it| same.contains(&it.case_id) && it.category == category)
        .map(|it| it.case_id)
        .collect();
    vec![
        (ComplaintFactKind::SamePhone, sharing(SharedValue::Phone).len()),
        (ComplaintFactKind::SameAddress, sharing(SharedValue::Address).len()),
        (ComplaintFactKind::SameIdNumber, sharing(SharedValue::IdNumber).len()),
        (ComplaintFactKind::SameApplicant, same.len()),
        (ComplaintFactKind::SameApplicantAndRespondent, against.len()),
        (ComplaintFactKind::SameApplicantAndCategory, alike.len()),
    ]
}

fn sentence(kind: ComplaintFactKind, count: usize) -> Text {
    let what = match kind {
        ComplaintFactKind::SamePhone => "with the same phone of the applicant",
        ComplaintFactKind::SameAddress => "with the same address of the applicant",
        ComplaintFactKind::SameIdNumber => "with the same identity number of the applicant",
        ComplaintFactKind::SameApplicant => "of the same applicant",
        ComplaintFactKind::SameApplicantAndRespondent => {
            "of the same applicant against the same respondent"
        }
        ComplaintFactKind::SameApplicantAndCategory => {
            "of the same applicant about the same kind of problem"
        }
    };
    Text::new(
        format!("近十二个月内，{}另有 {count} 件。", kind.term()),
        format!("In the last twelve months there are {count} other cases {what}."),
    )
}

/// One count.
#[derive(Debug, Object)]
pub struct ComplaintFact {
    fact: ComplaintFactKind,
    /// How many other cases of the last twelve months.
    count: u32,
    /// The article that names it among what may be looked at.
    law: LawView,
    /// The same in a sentence, in the caller's language.
    text: String,
}

/// What the record shows of earlier complaints. Facts for a person who decides; nothing in the
/// system depends on them.
#[derive(Debug, Object)]
pub struct ComplaintFacts {
    /// The first moment that is counted.
    counted_from: DateTime<Utc>,
    facts: Vec<ComplaintFact>,
    /// What the facts are not, in the caller's language.
    notice: String,
}

impl ComplaintFacts {
    pub(super) fn new(
        counted_from: DateTime<Utc>,
        counts: &[(ComplaintFactKind, usize)],
        language: Language,
    ) -> Self {
        let notice = Text::new(
            "以上仅为已登记数据中的事实，不构成对任何人的评价，也不决定是否受理；决定及其理由由承办人员作出。",
            "These are facts in the recorded data. They judge nobody and decide nothing; the \
             decision and its reasons are the official's.",
        );
        let fact = |(kind, count): &(ComplaintFactKind, usize)| ComplaintFact {
            fact: *kind,
            count: u32::try_from(*count).unwrap_or(u32::MAX),
            law: LawView::new(Law::O121Art17, language),
            text: sentence(*kind, *count).in_language(language).to_owned(),
        };
        Self {
            counted_from,
            facts: counts.iter().map(fact).collect(),
            notice: notice.in_language(language).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
