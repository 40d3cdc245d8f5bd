//! Case numbers such as `（2026）徐消人调字第00001号` (domain §4.2). The pattern is a setting.

use std::str::FromStr;

/// A pattern with `{year}` and `{sequence}` or `{sequence:WIDTH}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNumberPattern {
    /// Text before, between and after the two places.
    parts: [String; 3],
    year_first: bool,
    width: usize,
}

impl FromStr for CaseNumberPattern {
    type Err = &'static str;

    fn from_str(pattern: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str =
            "must have {year} once and {sequence} or {sequence:1} to {sequence:9} once";
        let (before, rest) = pattern.split_once("{year}").ok_or(SHAPE)?;
        let place = |text: &str| -> Option<(String, usize, String)> {
            let (left, right) = text.split_once("{sequence")?;
            let (width, right) = right.split_once('}')?;
            let width = match width.strip_prefix(':') {
                None if width.is_empty() => 1,
                Some(width) => width.parse().ok().filter(|it| (1..=9).contains(it))?,
                None => return None,
            };
            Some((left.to_owned(), width, right.to_owned()))
        };
        let (parts, year_first, width) = match (place(before), place(rest)) {
            (None, Some((middle, width, after))) => {
                ([before.to_owned(), middle, after], true, width)
            }
            (Some((first, width, middle)), None) => {
                ([first, middle, rest.to_owned()], false, width)
            }
            _ => return Err(SHAPE),
        };
        if pattern.chars().count() > 60 || parts.iter().any(|it| it.contains(['{', '}'])) {
            return Err(SHAPE);
        }
        Ok(Self { parts, year_first, width })
    }
}

impl CaseNumberPattern {
    /// The number with this place in the series of this year.
    pub fn number(&self, year: i32, sequence: i64) -> String {
        let [before, between, after] = &self.parts;
        let sequence = format!("{sequence:0width$}", width = self.width);
        if self.year_first {
            format!("{before}{year}{between}{sequence}{after}")
        } else {
            format!("{before}{sequence}{between}{year}{after}")
        }
    }

    /// The name of the counter: one series a year and pattern.
    pub fn series(&self, year: i32) -> String {
        format!("case_number:{}", self.number(year, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_pattern() {
        for (pattern, sequence, expected) in [
            ("（{year}）徐消人调字第{sequence:5}号", 1, "（2026）徐消人调字第00001号"),
            ("（{year}）徐消人调字第{sequence:5}号", 123_456, "（2026）徐消人调字第123456号"),
            ("徐{sequence}-{year}", 7, "徐7-2026"),
        ] {
            let pattern: CaseNumberPattern = pattern.parse().unwrap();
            assert_eq!(pattern.number(2026, sequence), expected);
        }
    }

    #[test]
    fn a_pattern_without_its_places_is_refused() {
        for pattern in [
            "",
            "第{sequence}号",
            "{year}",
            "{year}{sequence:0}",
            "{year}{sequence:x}",
            "{year}{sequence}{sequence}",
            "{year}{year}{sequence}",
            "{year}{sequence:12}",
        ] {
            assert!(pattern.parse::<CaseNumberPattern>().is_err(), "{pattern}");
        }
    }
}
