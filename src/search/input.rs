//! What is asked of search.

use poem_openapi::Object;
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::words::{CaseStatus, Category, EnterpriseStatus};

/// What is looked for among the cases in sight. It is sent in the body because names do not
/// belong into addresses, which are kept in logs.
#[derive(Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SearchCases {
    /// Two or more characters: names, numbers, words of the text. Divided by spaces, all of
    /// them must be found. Chinese is found anywhere, other words and numbers by how they begin,
    /// names also by the initials of their pinyin (`wf` finds 王芳).
    #[oai(validator(max_length = 100))]
    pub text: String,
    /// Only cases in this status.
    pub status: Option<CaseStatus>,
    /// Only cases of this category.
    pub category: Option<Category>,
    /// Only cases that this office handles.
    pub office_id: Option<Uuid>,
    /// How many, 1 to 200; 50 unless asked.
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Example for SearchCases {
    fn example() -> Self {
        Self { text: "健身 退款".to_owned(), limit: Some(20), ..Self::default() }
    }
}

/// What is looked for among the enterprises of the district.
#[derive(Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SearchEnterprises {
    /// Two or more characters of a name, of the initials of its pinyin, or of a credit code.
    #[oai(validator(max_length = 100))]
    pub text: String,
    /// Only enterprises of this status.
    pub status: Option<EnterpriseStatus>,
    /// How many, 1 to 200; 50 unless asked.
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Example for SearchEnterprises {
    fn example() -> Self {
        Self { text: "悦动健身".to_owned(), limit: Some(20), ..Self::default() }
    }
}
