//! What search answers.

use poem_openapi::Object;
use uuid::Uuid;

use super::pieces::Place;
use super::store::Searched;
use super::text;
use crate::cases::{CaseSummary, Listed, Party};
use crate::district::Enterprise;
use crate::entity::enterprise;
use crate::words::{CaseSearchField, EnterpriseSearchField, PartyRole};

/// A stretch of an excerpt. Put together they are the text; those found are to be marked.
#[derive(Debug, Object)]
pub struct ExcerptPart {
    pub text: String,
    pub found: bool,
}

impl From<text::Part> for ExcerptPart {
    fn from(it: text::Part) -> Self {
        Self { text: it.text, found: it.is_found }
    }
}

/// A place of a case that holds some of what was asked.
#[derive(Debug, Object)]
pub struct CasePlace {
    pub field: CaseSearchField,
    /// The text around it, about 80 characters; empty for the name of a person, which is masked.
    pub excerpt: Vec<ExcerptPart>,
}

/// Who is in dispute in a case that was found.
#[derive(Debug, Object)]
pub struct PartyNamed {
    pub id: Uuid,
    pub role: PartyRole,
    /// Masked for a natural person, full for an organization.
    pub name: String,
}

/// A case in which all of what was asked was found.
#[derive(Debug, Object)]
pub struct CaseFound {
    pub case: CaseSummary,
    pub parties: Vec<PartyNamed>,
    /// Where it was found.
    pub places: Vec<CasePlace>,
}

impl CaseFound {
    pub(super) fn new(found: Searched, places: Vec<Place<CaseSearchField>>) -> Self {
        let place = |it: Place<CaseSearchField>| CasePlace {
            field: it.field,
            excerpt: it.excerpt.into_iter().map(ExcerptPart::from).collect(),
        };
        let named = |it| {
            let Party { id, role, name, .. } = Party::from(it);
            PartyNamed { id, role, name }
        };
        Self {
            case: CaseSummary::from(Listed::from(found.case)),
            parties: found.parties.into_iter().map(named).collect(),
            places: places.into_iter().map(place).collect(),
        }
    }
}

/// A place of an enterprise that holds some of what was asked.
#[derive(Debug, Object)]
pub struct EnterprisePlace {
    pub field: EnterpriseSearchField,
    pub excerpt: Vec<ExcerptPart>,
}

/// An enterprise in which all of what was asked was found.
#[derive(Debug, Object)]
pub struct EnterpriseFound {
    pub enterprise: Enterprise,
    /// Where it was found.
    pub places: Vec<EnterprisePlace>,
}

impl EnterpriseFound {
    pub(super) fn new(found: enterprise::Model, places: Vec<Place<EnterpriseSearchField>>) -> Self {
        let place = |it: Place<EnterpriseSearchField>| EnterprisePlace {
            field: it.field,
            excerpt: it.excerpt.into_iter().map(ExcerptPart::from).collect(),
        };
        Self {
            enterprise: Enterprise::from(found),
            places: places.into_iter().map(place).collect(),
        }
    }
}
