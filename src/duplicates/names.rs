//! Names in the spelling in which they are looked for: of persons, of organizations, and the
//! keys under which a case can be found by another that may be the same. Pure.

use std::collections::BTreeSet;

use super::score::{Applicant, Respondent};
use crate::personal_data::numbers::name_key;
use crate::words::MatchKeyKind;

/// What an organization's name has in common with others: the place and the legal form.
const COMMON: &[&str] =
    &["中国", "上海市", "上海", "有限责任公司", "股份有限公司", "有限公司", "分公司", "公司", "店"];
/// Characters of the core that a chain's branches share.
const BRAND: usize = 4;

/// The name of a person in the one spelling in which it is compared.
pub(super) fn person_key(name: &str) -> String {
    name_key(name)
}

/// The core of an organization's name: `上海悦动健身有限公司（徐家汇店）` is `悦动健身徐家汇`.
/// A name that is nothing but common words stays as it is.
pub(super) fn organization_key(name: &str) -> String {
    let whole: String = name_key(name).chars().filter(|it| it.is_alphanumeric()).collect();
    let core = COMMON.iter().fold(whole.clone(), |name, common| name.replace(common, ""));
    if core.chars().count() < 2 { whole } else { core }
}

/// Every key of a case, once each. Numbers are not among them: these are found by their blind
/// index, where they are kept.
pub(super) fn keys(
    applicants: &[Applicant],
    respondents: &[Respondent],
) -> BTreeSet<(MatchKeyKind, String)> {
    let mut found = BTreeSet::new();
    for it in respondents {
        if let Some(code) = &it.credit_code {
            found.insert((MatchKeyKind::CreditCode, code.clone()));
        }
        let name = organization_key(&it.name);
        found.insert((MatchKeyKind::RespondentBrand, name.chars().take(BRAND).collect()));
        found.insert((MatchKeyKind::RespondentName, name));
    }
    found.extend(applicants.iter().map(|it| (MatchKeyKind::ApplicantName, person_key(&it.name))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_form_and_brackets_say_nothing() {
        for (name, core) in [
            ("上海悦动健身有限公司", "悦动健身"),
            ("悦动健身（上海）有限公司", "悦动健身"),
            ("悦动健身有限公司徐家汇分公司", "悦动健身徐家汇"),
            ("悦动健身(徐家汇店)", "悦动健身徐家汇"),
            (" 悦动 健身 ", "悦动健身"),
            ("ＡＢＣ培训", "ABC培训"),
            ("上海公司", "上海公司"),
        ] {
            assert_eq!(organization_key(name), core, "{name}");
        }
    }

    #[test]
    fn a_case_is_found_by_each_of_its_names() {
        let applicants = [Applicant { name: "陈 晓雯".to_owned(), ..Applicant::default() }];
        let respondents = [Respondent {
            name: "悦动健身徐家汇店".to_owned(),
            credit_code: Some("91".to_owned()),
        }];
        let found = keys(&applicants, &respondents);
        let found: Vec<(MatchKeyKind, &str)> =
            found.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
        assert_eq!(
            found,
            [
                (MatchKeyKind::CreditCode, "91"),
                (MatchKeyKind::RespondentName, "悦动健身徐家汇"),
                (MatchKeyKind::RespondentBrand, "悦动健身"),
                (MatchKeyKind::ApplicantName, "陈晓雯"),
            ]
        );
    }
}
