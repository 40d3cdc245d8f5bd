//! What is sent about declared interests.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::words::InterestKind;

/// What ties a mediator to a person or an organization.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct DeclareInterest {
    pub kind: InterestKind,
    /// Full name of the organization or the person.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub counterpart_name: String,
    /// Unified social credit code of an organization, checked by its checksum (GB 32100-2015).
    #[oai(validator(min_length = 1, max_length = 40))]
    pub credit_code: Option<String>,
    /// First day.
    pub since: NaiveDate,
    /// Last day; absent while it lasts.
    pub until: Option<NaiveDate>,
    /// Anything that helps to judge it.
    #[oai(validator(min_length = 1, max_length = 1000))]
    pub note: Option<String>,
}

impl Example for DeclareInterest {
    fn example() -> Self {
        Self {
            kind: InterestKind::Employment,
            counterpart_name: "上海商场管理有限公司".to_owned(),
            credit_code: None,
            since: NaiveDate::from_ymd_opt(2024, 3, 1).unwrap_or_default(),
            until: None,
            note: Some("兼职法律顾问。".to_owned()),
        }
    }
}

/// When it ends.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EndInterest {
    /// Its last day, not before its first.
    pub until: NaiveDate,
}

impl Example for EndInterest {
    fn example() -> Self {
        Self { until: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default() }
    }
}
