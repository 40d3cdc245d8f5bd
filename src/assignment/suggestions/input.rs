//! What is asked of a suggestion.

use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::words::{PanelSeat, SpokenLanguage};

/// For which seat somebody is looked for, and what they must bring.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SuggestMediators {
    pub seat: PanelSeat,
    /// A language the person must speak.
    pub language: Option<SpokenLanguage>,
    /// Only those of whose specialities the case's category is one.
    #[oai(default)]
    pub specialists_only: bool,
}

impl Example for SuggestMediators {
    fn example() -> Self {
        Self {
            seat: PanelSeat::Presiding,
            language: Some(SpokenLanguage::Mandarin),
            specialists_only: false,
        }
    }
}
