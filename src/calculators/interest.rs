//! Simple interest on a sum for days at a yearly rate. Pure.

use chrono::NaiveDate;

use super::amount::yuan;
use super::checks::Checks;
use super::input::CalculateInterest;
use super::rates::Rates;
use super::working::Working;
use crate::error::Result;
use crate::language::Text;

/// A rate with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rate {
    pub basis_points: u32,
    pub source: Text,
}

/// What interest comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interest {
    pub days: i64,
    pub fen: i64,
    pub rate: Rate,
    pub working: Working,
}

/// A rate in per cent, such as 3.10%.
pub(super) fn per_cent(basis_points: u32) -> String {
    format!("{}.{:02}%", basis_points / 100, basis_points % 100)
}

/// Days that bear interest: the first is one, the day of payment is none.
pub(super) fn days_between(from: NaiveDate, until: NaiveDate) -> i64 {
    (until - from).num_days()
}

/// Rounded to the fen, half a fen upwards.
pub(super) fn simple(principal_fen: i64, basis_points: u32, days: i64, days_per_year: u32) -> i64 {
    let whole = 10_000 * i128::from(days_per_year.max(1));
    let product = i128::from(principal_fen) * i128::from(basis_points) * i128::from(days);
    i64::try_from((product * 2 + whole) / (whole * 2)).unwrap_or(i64::MAX)
}

/// The calculation in one line.
pub(super) fn formula(
    principal_fen: i64,
    basis_points: u32,
    days: i64,
    days_per_year: u32,
) -> String {
    let fen = simple(principal_fen, basis_points, days, days_per_year);
    let (principal, rate) = (yuan(principal_fen), per_cent(basis_points));
    format!("{principal} × {rate} × {days} ÷ {days_per_year} = {}", yuan(fen))
}

pub(super) fn calculate(asked: &CalculateInterest, rates: &Rates) -> Result<Interest> {
    let mut checks = Checks::default();
    checks.day("/from", Some(asked.from));
    checks.day("/until", Some(asked.until));
    checks.day("/rate_on", asked.rate_on);
    checks.order("/until", Some(asked.from), Some(asked.until));
    checks.year("/days_per_year", asked.days_per_year);
    let rate = rate_of(asked, rates, &mut checks);
    checks.done()?;
    let days = days_between(asked.from, asked.until);
    let year = asked.days_per_year;
    let fen = simple(asked.principal_fen, rate.basis_points, days, year);
    let mut working = Working::default();
    working.fact(
        Text::new("计息天数", "Days that bear interest"),
        format!("{} − {} = {days}", asked.until, asked.from),
        &[],
    );
    working.fact(
        Text::new("年利率", "Yearly rate"),
        format!("{}（{}）", per_cent(rate.basis_points), rate.source.zh),
        &[],
    );
    working.sum(
        Text::new("利息", "Interest"),
        formula(asked.principal_fen, rate.basis_points, days, year),
        fen,
        &[],
    );
    working.assume(
        format!("单利，不计复利；一年按 {year} 天计；起息日计息，付款日不计息；四舍五入到分。"),
        format!(
            "Simple interest on actual days, a year of {year} days; the first day bears interest, \
             the day of payment does not; rounded to the fen."
        ),
    );
    working.leave_open(
        "是否应当计付利息、按什么利率和从何日起算，由约定和相应条款决定，本计算不作判断。",
        "Whether interest is owed, at which rate and from when is for the agreement and the law \
         of the claim; this only counts.",
    );
    Ok(Interest { days, fen, rate, working })
}

/// The rate that was sent, or the published one of its day.
fn rate_of(asked: &CalculateInterest, rates: &Rates, checks: &mut Checks) -> Rate {
    let nothing = Rate { basis_points: 0, source: Text::new("", "") };
    match (asked.annual_rate_basis_points, asked.reference_rate) {
        (Some(basis_points), None) => Rate { basis_points, source: said() },
        (None, Some(reference)) => {
            let on = asked.rate_on.unwrap_or(asked.from);
            let Some(quote) = rates.on(reference, on) else {
                checks.fault(
                    "/annual_rate_basis_points",
                    "rate_not_known",
                    format!("{on} 的{}尚未收录，请直接填写年利率。", reference.term()),
                    format!("The {reference} of {on} is not known here; send the rate itself."),
                );
                return nothing;
            };
            Rate {
                basis_points: quote.basis_points,
                source: Text::new(
                    format!("{}：{}", reference.term(), quote.source),
                    format!("{reference} in force on {on}, since {}", quote.valid_from),
                ),
            }
        }
        (Some(_), Some(_)) => {
            checks.fault(
                "/reference_rate",
                "one_rate_only",
                "年利率和参考利率只能填一项。",
                "Send a rate of your own or a reference rate, not both.",
            );
            nothing
        }
        (None, None) => {
            checks.missing(
                "/annual_rate_basis_points",
                "请填写年利率，或者选择参考利率。",
                "Send a rate, or choose a reference rate.",
            );
            nothing
        }
    }
}

/// Where a rate comes from that the caller sent.
pub(super) fn said() -> Text {
    Text::new("由提问者填写", "as sent with the question")
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::Example as _;

    use super::*;
    use crate::error::Error;
    use crate::words::ReferenceRate;

    fn asked(principal_fen: i64, from: &str, until: &str, rate: u32) -> CalculateInterest {
        CalculateInterest {
            principal_fen,
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            annual_rate_basis_points: Some(rate),
            reference_rate: None,
            ..CalculateInterest::example()
        }
    }

    fn answer(asked: &CalculateInterest) -> Result<Interest> {
        calculate(asked, &Rates::built_in().unwrap())
    }

    /// Worked out by hand.
    #[test]
    fn interest_is_principal_times_rate_times_days() {
        for (principal, from, until, rate, days, fen) in [
            (1_000_000, "2025-01-01", "2026-01-01", 300, 365, 30_000),
            (1_000_000, "2024-01-01", "2025-01-01", 300, 366, 30_082),
            (358_000, "2026-03-02", "2026-09-02", 300, 184, 5_414),
            (100, "2026-01-01", "2026-01-02", 1, 1, 0),
            (1_000_000, "2026-01-01", "2026-01-01", 300, 0, 0),
        ] {
            let found = answer(&asked(principal, from, until, rate)).unwrap();
            assert_eq!((found.days, found.fen), (days, fen), "{principal} {from} {until}");
        }
        let banker = CalculateInterest {
            days_per_year: 360,
            ..asked(1_000_000, "2025-01-01", "2026-01-01", 300)
        };
        assert_eq!(answer(&banker).unwrap().fen, 30_417);
    }

    #[test]
    fn a_published_rate_is_that_of_its_day() {
        let reference = |rate_on: Option<&str>| CalculateInterest {
            annual_rate_basis_points: None,
            reference_rate: Some(ReferenceRate::OneYearLpr),
            rate_on: rate_on.map(|it| it.parse().unwrap()),
            ..asked(1_000_000, "2024-10-20", "2025-10-20", 1)
        };
        assert_eq!(answer(&reference(None)).unwrap().rate.basis_points, 335);
        assert_eq!(answer(&reference(Some("2024-10-21"))).unwrap().rate.basis_points, 310);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let base = || asked(1_000_000, "2026-01-01", "2026-02-01", 300);
        let day = |it: &str| it.parse::<NaiveDate>().unwrap();
        let cases: [(&str, &str, fn(&mut CalculateInterest)); 6] = [
            ("/until", "ends_before_it_begins", |it| it.until = it.from - chrono::Days::new(1)),
            ("/until", "out_of_range", |it| it.until = it.until + chrono::Days::new(100 * 365)),
            ("/days_per_year", "not_allowed", |it| it.days_per_year = 366),
            ("/annual_rate_basis_points", "missing", |it| it.annual_rate_basis_points = None),
            ("/reference_rate", "one_rate_only", |it| {
                it.reference_rate = Some(ReferenceRate::OneYearLpr);
            }),
            ("/annual_rate_basis_points", "rate_not_known", |it| {
                it.annual_rate_basis_points = None;
                it.reference_rate = Some(ReferenceRate::OneYearDeposit);
                it.rate_on = Some(NaiveDate::MIN.max(it.from - chrono::Days::new(9_000)));
            }),
        ];
        for (pointer, code, change) in cases {
            let mut asked = base();
            change(&mut asked);
            match answer(&asked) {
                Err(Error::Invalid(faults)) => {
                    let found: Vec<_> =
                        faults.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
                    assert_eq!(found, [(pointer, code)]);
                }
                other => panic!("{pointer} {code}: {other:?}"),
            }
        }
        assert!(answer(&CalculateInterest { until: day("2026-01-01"), ..base() }).is_ok());
    }
}
