//! What is compared of a case, who may be decided on, and who may be put into a group. Pure.

use std::collections::HashMap;

use uuid::Uuid;

use super::names::organization_key;
use super::score::{Applicant, Facts, Respondent};
use crate::clock::shanghai_day;
use crate::entity::{case, case_group_member, duplicate_decision, party};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::parties::Fingerprints;
use crate::words::PartyRole;

/// Both ids in one order, so that a pair is decided once.
pub(super) fn pair(one: Uuid, other: Uuid) -> String {
    format!("{}/{}", one.min(other), one.max(other))
}

pub(super) fn respondents(parties: &[party::Model]) -> Vec<Respondent> {
    let of_side = parties.iter().filter(|it| it.role == PartyRole::Respondent);
    of_side
        .map(|it| Respondent { name: it.name.clone(), credit_code: it.credit_code.clone() })
        .collect()
}

/// With the fingerprints of their numbers, where there are any.
pub(super) fn applicants(
    parties: &[party::Model],
    fingerprints: &HashMap<Uuid, Fingerprints>,
) -> Vec<Applicant> {
    let of_side = parties.iter().filter(|it| it.role == PartyRole::Applicant);
    let applicant = |it: &party::Model| {
        let known = fingerprints.get(&it.id);
        Applicant {
            name: it.name.clone(),
            phone: known.and_then(|it| it.phone.clone()),
            id_number: known.and_then(|it| it.id_number.clone()),
        }
    };
    of_side.map(applicant).collect()
}

/// What is compared of a case. `claimed_fen` is its largest claim, for cases without a price.
pub(super) fn compared(
    case: &case::Model,
    parties: &[party::Model],
    fingerprints: &HashMap<Uuid, Fingerprints>,
    claimed_fen: Option<i64>,
) -> Facts {
    Facts {
        channel: case.channel,
        external_number: case.external_number.clone(),
        applicants: applicants(parties, fingerprints),
        respondents: respondents(parties),
        requested_on: shanghai_day(case.requested_at),
        purchased_on: case.purchased_on,
        amount_fen: case.price_fen.or(claimed_fen),
        text: format!("{}\n{}", case.title, case.facts),
    }
}

/// A pair is decided once: whoever sees it otherwise tells the director.
pub(super) fn check_undecided(
    decisions: &[duplicate_decision::Model],
    case_id: Uuid,
    other_case_id: Uuid,
) -> Result<()> {
    if case_id == other_case_id {
        return Err(Error::invalid(
            "/other_case_id",
            "same_case",
            Text::new("案件不能与自身关联。", "A case is not its own duplicate."),
        ));
    }
    let decided = decisions.iter().any(|it| it.pair == pair(case_id, other_case_id));
    if decided {
        return Err(Error::refused(
            "already_decided",
            Text::new(
                "这两个案件已经作出关联或排除的认定。",
                "It was decided before whether these two cases are one.",
            ),
            &[],
        ));
    }
    Ok(())
}

/// Whether a respondent stands on both sides: by credit code where both are known, else by name.
pub(super) fn shares_respondent(one: &[Respondent], other: &[Respondent]) -> bool {
    let same = |it: &Respondent, that: &Respondent| match (&it.credit_code, &that.credit_code) {
        (Some(code), Some(other)) => code == other,
        _ => organization_key(&it.name) == organization_key(&that.name),
    };
    one.iter().any(|it| other.iter().any(|that| same(it, that)))
}

/// A case that is to join a group.
#[derive(Debug)]
pub(super) struct Joining {
    pub case_id: Uuid,
    /// None: not in the caller's sight.
    pub respondents: Option<Vec<Respondent>>,
}

/// Every fault of a list of cases that are to be led by `leading`.
pub(super) fn check_group(
    leading: (Uuid, &[Respondent]),
    joining: &[Joining],
    grouped: &[case_group_member::Model],
) -> Result<()> {
    let (leading_id, respondents) = leading;
    let group_of = |id: Uuid| grouped.iter().find(|it| it.id == id).map(|it| it.leading_case_id);
    if group_of(leading_id).is_some_and(|it| it != leading_id) {
        return Err(Error::refused(
            "led_by_another",
            Text::new(
                "本案已属于另一个群体性案件，不能再牵头。",
                "This case belongs to the group of another one and cannot lead one.",
            ),
            &[],
        ));
    }
    let mut faults = Vec::new();
    for (place, it) in joining.iter().enumerate() {
        let pointer = format!("/case_ids/{place}");
        let twice = joining[..place].iter().any(|before| before.case_id == it.case_id);
        let (code, zh, en) = match &it.respondents {
            None => {
                if let Error::Invalid(found) = Error::unknown_reference(&pointer, it.case_id) {
                    faults.extend(found);
                }
                continue;
            }
            Some(_) if it.case_id == leading_id || twice => (
                "named_twice",
                "案件重复或为牵头案件本身。",
                "It is named twice, or leads the group.",
            ),
            Some(_) if group_of(it.case_id).is_some() => {
                ("already_grouped", "该案件已属于群体性案件。", "It belongs to a group already.")
            }
            Some(those) if !shares_respondent(respondents, those) => (
                "other_respondent",
                "被申请人与牵头案件不同，不能并入。",
                "Its respondent is not one of the leading case's.",
            ),
            Some(_) => continue,
        };
        faults.push(Fault::new(pointer, code, Text::new(zh, en)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn shop(name: &str, code: Option<&str>) -> Respondent {
        Respondent { name: name.to_owned(), credit_code: code.map(str::to_owned) }
    }

    #[test]
    fn a_respondent_is_the_same_by_code_else_by_name() {
        let table = [
            (shop("甲", Some("1")), shop("乙", Some("1")), true),
            (shop("悦动健身", Some("1")), shop("悦动健身", Some("2")), false),
            (shop("悦动健身", Some("1")), shop("上海悦动健身有限公司", None), true),
            (shop("悦动健身", None), shop("悦动健身徐家汇店", None), false),
        ];
        for (one, other, expected) in table {
            let name = format!("{one:?} {other:?}");
            assert_eq!(shares_respondent(&[one], &[other]), expected, "{name}");
        }
    }

    #[test]
    fn a_pair_is_one_whichever_way_it_is_named() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(pair(one, other), pair(other, one));
    }

    #[test]
    fn every_fault_of_a_group_is_named() {
        let id = Uuid::from_u128;
        let shops = |name: &str| Some(vec![shop(name, None)]);
        let joining = [
            Joining { case_id: id(2), respondents: shops("悦动健身") },
            Joining { case_id: id(2), respondents: shops("悦动健身") },
            Joining { case_id: id(1), respondents: shops("悦动健身") },
            Joining { case_id: id(3), respondents: None },
            Joining { case_id: id(4), respondents: shops("另一家") },
            Joining { case_id: id(5), respondents: shops("悦动健身") },
        ];
        let grouped = [case_group_member::Model {
            id: id(5),
            leading_case_id: id(9),
            added_by: id(7),
            added_at: DateTime::UNIX_EPOCH,
        }];
        let leading = [shop("悦动健身", None)];
        let found = check_group((id(1), &leading), &joining, &grouped);
        let Err(Error::Invalid(faults)) = found else { panic!("{found:?}") };
        let faults: Vec<(&str, &str)> =
            faults.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        assert_eq!(
            faults,
            [
                ("/case_ids/1", "named_twice"),
                ("/case_ids/2", "named_twice"),
                ("/case_ids/3", "unknown_reference"),
                ("/case_ids/4", "other_respondent"),
                ("/case_ids/5", "already_grouped"),
            ]
        );
        assert!(check_group((id(1), &leading), &joining[..1], &grouped).is_ok());
        let led = check_group((id(5), &leading), &joining[..1], &grouped);
        assert!(matches!(led, Err(Error::Refused(_))), "{led:?}");
    }
}
