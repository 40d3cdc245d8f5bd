//! What of a case and of an enterprise can be found, piece by piece, and what is shown of it.
//! Pure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::text::{Part, Query, excerpt, initials, terms};
use crate::entity::{agent, case, claim, enterprise, party};
use crate::words::{CaseSearchField, EnterpriseSearchField, PartyKind};

/// Where all of what was asked stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Tier {
    Names,
    Title,
    Everything,
}

impl Tier {
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Names => Some(Self::Title),
            Self::Title => Some(Self::Everything),
            Self::Everything => None,
        }
    }
}

/// How a piece counts: names before titles before the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// A name, which is found by its initials too.
    Name,
    /// A number under which something is known.
    Number,
    Title,
    Rest,
}

/// A text of the subject, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Piece<F> {
    pub field: F,
    text: String,
    weight: Weight,
    /// Found, but not shown: the name of a person.
    is_masked: bool,
}

impl<F> Piece<F> {
    fn new(field: F, weight: Weight, text: &str) -> Self {
        Self { field, text: text.to_owned(), weight, is_masked: false }
    }

    fn masked(self, is_masked: bool) -> Self {
        Self { is_masked, ..self }
    }
}

/// What can be found of a case.
pub(super) fn of_case(
    case: &case::Model,
    parties: &[party::Model],
    agents: &[agent::Model],
    claims: &[claim::Model],
) -> Vec<Piece<CaseSearchField>> {
    use CaseSearchField as In;
    let mut found = Vec::new();
    found.extend(case.case_number.iter().map(|it| Piece::new(In::CaseNumber, Weight::Number, it)));
    let external = case.external_number.iter();
    found.extend(external.map(|it| Piece::new(In::ExternalNumber, Weight::Number, it)));
    for party in parties {
        let is_person = party.kind == PartyKind::NaturalPerson;
        found.push(Piece::new(In::Party, Weight::Name, &party.name).masked(is_person));
        let code = party.credit_code.iter();
        found.extend(code.map(|it| Piece::new(In::CreditCode, Weight::Number, it)));
    }
    for agent in agents {
        found.push(Piece::new(In::Agent, Weight::Name, &agent.name).masked(true));
    }
    found.push(Piece::new(In::Title, Weight::Title, &case.title));
    found.push(Piece::new(In::Subject, Weight::Rest, &case.subject_name));
    found.push(Piece::new(In::Facts, Weight::Rest, &case.facts));
    let claims = claims.iter().filter(|it| !it.description.is_empty());
    found.extend(claims.map(|it| Piece::new(In::Claim, Weight::Rest, &it.description)));
    found
}

/// What can be found of an enterprise.
pub(super) fn of_enterprise(enterprise: &enterprise::Model) -> Vec<Piece<EnterpriseSearchField>> {
    use EnterpriseSearchField as In;
    vec![
        Piece::new(In::Name, Weight::Name, &enterprise.name),
        Piece::new(In::CreditCode, Weight::Number, &enterprise.credit_code),
    ]
}

/// What the index says of a subject: three sets of terms, each divided by spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Indexed {
    /// Names and numbers.
    pub names: String,
    pub title: String,
    pub everything: String,
}

impl Indexed {
    /// The terms of these pieces. `kind` is a term of all of them, so that cases are found
    /// among cases.
    pub fn new<F>(kind: &str, pieces: &[Piece<F>]) -> Self {
        let mut sets = [const { BTreeSet::new() }; 3];
        for set in &mut sets {
            set.insert(kind.to_owned());
        }
        let [names, title, everything] = &mut sets;
        for piece in pieces {
            let mut found = terms(&piece.text);
            match piece.weight {
                Weight::Name => {
                    found.extend(initials(&piece.text));
                    names.extend(found.iter().cloned());
                }
                Weight::Number => names.extend(found.iter().cloned()),
                Weight::Title => title.extend(found.iter().cloned()),
                Weight::Rest => {}
            }
            everything.extend(found);
        }
        let [names, title, everything] =
            sets.map(|it| it.into_iter().collect::<Vec<_>>().join(" "));
        Self { names, title, everything }
    }

    /// SHA-256 of the terms.
    pub fn fingerprint(&self) -> String {
        let Self { names, title, everything } = self;
        hex::encode(Sha256::digest(format!("{names}\n{title}\n{everything}")))
    }
}

/// Where what was asked stands, and the text around it; nothing around a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<F> {
    pub field: F,
    pub excerpt: Vec<Part>,
}

/// Every piece that holds some of what was asked, and the best kind of place that holds all of it;
/// None unless all of it is found.
pub(super) fn find<F: Copy>(pieces: &[Piece<F>], query: &Query) -> Option<(Tier, Vec<Place<F>>)> {
    let mut answered = vec![false; query.size()];
    let (mut in_names, mut in_title) = (answered.clone(), answered.clone());
    let mut places = Vec::new();
    for piece in pieces {
        let spans = query.places(&piece.text);
        let mut here: Vec<bool> = spans.iter().map(|it| !it.is_empty()).collect();
        if piece.weight == Weight::Name {
            for (here, initials) in here.iter_mut().zip(query.found_in_initials(&piece.text)) {
                *here |= initials;
            }
        }
        if !here.contains(&true) {
            continue;
        }
        let add = |to: &mut Vec<bool>| {
            for (answered, here) in to.iter_mut().zip(&here) {
                *answered |= here;
            }
        };
        add(&mut answered);
        match piece.weight {
            Weight::Name | Weight::Number => add(&mut in_names),
            Weight::Title => add(&mut in_title),
            Weight::Rest => {}
        }
        let excerpt =
            if piece.is_masked { Vec::new() } else { excerpt(&piece.text, spans.concat()) };
        places.push(Place { field: piece.field, excerpt });
    }
    let tier = match (in_names.contains(&false), in_title.contains(&false)) {
        (false, _) => Tier::Names,
        (true, false) => Tier::Title,
        (true, true) => Tier::Everything,
    };
    (!answered.contains(&false)).then_some((tier, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces() -> Vec<Piece<CaseSearchField>> {
        use CaseSearchField as In;
        vec![
            Piece::new(In::Party, Weight::Name, "王芳").masked(true),
            Piece::new(In::Party, Weight::Name, "上海悦动健身有限公司"),
            Piece::new(In::Title, Weight::Title, "健身卡退款"),
            Piece::new(In::Facts, Weight::Rest, "王芳办卡后要求退款。"),
        ]
    }

    #[test]
    fn names_titles_and_the_rest_are_kept_apart() {
        let index = Indexed::new("kind", &pieces());
        let has = |set: &str, term: &str| set.split(' ').any(|it| it == term);
        for (term, names, title) in [
            ("王芳", true, false),
            ("wf", true, false),
            ("退款", false, true),
            ("办卡", false, false),
            ("kind", true, true),
        ] {
            assert_eq!(has(&index.names, term), names, "{term} in names");
            assert_eq!(has(&index.title, term), title, "{term} in the title");
            assert!(has(&index.everything, term), "{term} in everything");
        }
        assert_ne!(index.fingerprint(), Indexed::new("other", &pieces()).fingerprint());
    }

    #[test]
    fn all_of_what_was_asked_must_be_found_somewhere() {
        use CaseSearchField as In;
        let fields = |asked: &str| {
            let query = Query::parse(asked).unwrap();
            let (_, found) = find(&pieces(), &query)?;
            Some(found.into_iter().map(|it| it.field).collect::<Vec<_>>())
        };
        for (asked, expected) in [
            ("王芳", Some(vec![In::Party, In::Facts])),
            ("王芳 退款", Some(vec![In::Party, In::Title, In::Facts])),
            ("yd 退款", Some(vec![In::Party, In::Title, In::Facts])),
            ("王芳 换货", None),
            // Characters that stand apart are not what was asked.
            ("芳王", None),
        ] {
            assert_eq!(fields(asked), expected, "{asked}");
        }
    }

    #[test]
    fn the_best_place_that_holds_all_of_it_counts() {
        let tier = |asked: &str| find(&pieces(), &Query::parse(asked).unwrap()).map(|it| it.0);
        for (asked, expected) in [
            ("王芳", Some(Tier::Names)),
            ("wf", Some(Tier::Names)),
            ("退款", Some(Tier::Title)),
            ("健身 退款", Some(Tier::Title)),
            ("王芳 退款", Some(Tier::Everything)),
            ("办卡", Some(Tier::Everything)),
            ("换货", None),
        ] {
            assert_eq!(tier(asked), expected, "{asked}");
        }
    }

    #[test]
    fn the_name_of_a_person_is_found_and_not_shown() {
        let (tier, found) = find(&pieces(), &Query::parse("王芳").unwrap()).unwrap();
        assert_eq!(tier, Tier::Names);
        assert_eq!(found[0], Place { field: CaseSearchField::Party, excerpt: Vec::new() });
        assert!(!found[1].excerpt.is_empty());
    }
}
