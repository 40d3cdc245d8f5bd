//! O121 17: what is counted, and that nothing more is told.

use poem_openapi::types::ToJSON as _;

use super::*;
use crate::agreements::fixture::{SHOP, file, party};

const ONE: Uuid = Uuid::from_u128(101);
const TWO: Uuid = Uuid::from_u128(102);
const THREE: Uuid = Uuid::from_u128(103);

fn shared(case_id: Uuid, value: SharedValue, name: &str, category: Category) -> Shared {
    Shared { case_id, category, name: name.to_owned(), value }
}

fn counts(shared: &[Shared], respondents: &[party::Model]) -> [usize; 6] {
    let found = count(&file().parties, Category::Contract, shared, respondents);
    let kinds: Vec<_> = found.iter().map(|it| it.0).collect();
    assert_eq!(kinds, ComplaintFactKind::ALL);
    found.iter().map(|it| it.1).collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn cases_are_counted_once_for_each_fact() {
    use SharedValue::{Address, IdNumber, Phone};
    let contract = Category::Contract;
    let other = *Category::ALL.iter().find(|it| **it != contract).unwrap();
    let rows: [(&str, Vec<Shared>, [usize; 6]); 7] = [
        ("nothing", vec![], [0; 6]),
        ("a phone alone", vec![shared(ONE, Phone, "李四", contract)], [1, 0, 0, 0, 0, 0]),
        ("an address alone", vec![shared(ONE, Address, "陈晓雯", contract)], [0, 1, 0, 0, 0, 0]),
        ("phone and name", vec![shared(ONE, Phone, "陈晓雯", other)], [1, 0, 0, 1, 0, 0]),
        (
            "the number, another name",
            vec![shared(ONE, IdNumber, "陈小雯", contract)],
            [0, 0, 1, 1, 0, 1],
        ),
        (
            "all of one case",
            vec![
                shared(ONE, Phone, "陈晓雯", contract),
                shared(ONE, Address, "陈晓雯", contract),
                shared(ONE, IdNumber, "陈晓雯", contract),
                shared(ONE, Phone, "陈晓雯", contract),
            ],
            [1, 1, 1, 1, 0, 1],
        ),
        (
            "three cases",
            vec![
                shared(ONE, IdNumber, "陈晓雯", contract),
                shared(TWO, IdNumber, "陈晓雯", other),
                shared(THREE, Phone, "李四", contract),
            ],
            [1, 0, 2, 2, 0, 1],
        ),
    ];
    for (what, shared, expected) in rows {
        assert_eq!(counts(&shared, &[]), expected, "{what}");
    }
}

#[test]
fn a_respondent_is_the_same_by_code_and_else_by_name() {
    let code = |it: &str| Some(it.to_owned());
    let own = file();
    let known = own.parties.iter().find(|it| it.id == SHOP).unwrap();
    for (own_code, other_code, name, same) in [
        (None, None, known.name.as_str(), 1),
        (None, None, "另一家", 0),
        (code("A"), None, known.name.as_str(), 1),
        (code("A"), code("A"), "更名", 1),
        (code("A"), code("B"), known.name.as_str(), 0),
    ] {
        let mut file = file();
        file.parties[1].credit_code.clone_from(&own_code);
        let mut other = party(SHOP, 1, PartyRole::Respondent);
        (other.case_id, other.name, other.credit_code) = (ONE, name.to_owned(), other_code.clone());
        let mut elsewhere = other.clone();
        elsewhere.case_id = TWO;
        let shared = [shared(ONE, SharedValue::IdNumber, "陈晓雯", Category::Contract)];
        let found = count(&file.parties, Category::Contract, &shared, &[other, elsewhere]);
        assert_eq!(found[4].1, same, "{own_code:?} {other_code:?} {name}");
    }
}

#[test]
fn a_year_back_is_counted() {
    let now = DateTime::from_timestamp(1_772_416_800, 0).unwrap();
    assert_eq!(since(now).to_rfc3339(), "2025-03-02T02:00:00+00:00");
}

/// Numbers and sentences; no case, no name, no label.
#[test]
fn facts_judge_nobody() {
    let counts: Vec<_> = ComplaintFactKind::ALL.iter().map(|it| (*it, 3)).collect();
    for language in [Language::Chinese, Language::English] {
        let view = ComplaintFacts::new(DateTime::<Utc>::default(), &counts, language);
        let text = view.to_json_string();
        assert!(text.contains("O121-17"), "{text}");
        for label in ["职业", "打假", "恶意", "professional", "malicious", "abus"] {
            assert!(!text.contains(label), "{text}");
        }
        let notice = match language {
            Language::Chinese => "也不决定是否受理",
            Language::English => "decide nothing",
        };
        assert!(text.contains(notice), "{text}");
    }
}
