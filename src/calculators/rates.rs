//! The rates of interest that rules of law point to, as data with their time of validity. A day
//! they do not cover has no rate here: then the caller says it. Pure.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::words::{Confidence, ReferenceRate};

const BUILT_IN: &str = include_str!("rates.toml");

/// What one rate was during one time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Quote {
    pub rate: ReferenceRate,
    /// Hundredths of a per cent a year.
    pub basis_points: u32,
    pub valid_from: NaiveDate,
    /// The last day it is known to have held.
    pub valid_to: NaiveDate,
    pub confidence: Confidence,
    pub source: String,
}

/// Every rate that is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rates {
    pub quotes: Vec<Quote>,
}

impl Rates {
    /// Those that come with the program.
    pub fn built_in() -> Result<Self> {
        toml::from_str(BUILT_IN).map_err(Error::internal)
    }

    /// What a rate was on a day.
    pub fn on(&self, rate: ReferenceRate, day: NaiveDate) -> Option<&Quote> {
        let holds = |it: &&Quote| it.rate == rate && it.valid_from <= day && day <= it.valid_to;
        self.quotes.iter().find(holds)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_rate_is_that_of_its_day() {
        use ReferenceRate::{OneYearDeposit, OneYearLpr};
        let rates = Rates::built_in().unwrap();
        for (rate, on, expected) in [
            (OneYearLpr, "2019-08-19", None),
            (OneYearLpr, "2019-08-20", Some(425)),
            (OneYearLpr, "2020-04-19", Some(405)),
            (OneYearLpr, "2020-04-20", Some(385)),
            (OneYearLpr, "2024-10-20", Some(335)),
            (OneYearLpr, "2024-10-21", Some(310)),
            (OneYearLpr, "2025-05-19", Some(310)),
            (OneYearLpr, "2025-05-20", Some(300)),
            (OneYearLpr, "2026-09-20", Some(300)),
            (OneYearLpr, "2026-09-21", None),
            (OneYearDeposit, "2015-10-23", None),
            (OneYearDeposit, "2015-10-24", Some(150)),
            (OneYearDeposit, "2026-09-20", Some(150)),
            (OneYearDeposit, "2026-09-21", None),
        ] {
            let found = rates.on(rate, day(on)).map(|it| it.basis_points);
            assert_eq!(found, expected, "{rate} {on}");
        }
    }

    #[test]
    fn the_quotes_of_a_rate_follow_each_other() {
        let rates = Rates::built_in().unwrap();
        for rate in ReferenceRate::ALL {
            let all: Vec<_> = rates.quotes.iter().filter(|it| it.rate == *rate).collect();
            assert!(!all.is_empty(), "{rate}");
            assert!(all.iter().all(|it| it.valid_from <= it.valid_to && !it.source.is_empty()));
            for pair in all.windows(2) {
                assert_eq!(pair[0].valid_to + Days::new(1), pair[1].valid_from, "{rate}");
            }
        }
    }
}
