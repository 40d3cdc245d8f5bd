//! Worked examples, row by row with their articles, and what holds of every refund.

use chrono::NaiveDate;
use poem_openapi::types::Example as _;
use proptest::prelude::*;

use super::super::amount::MOST_FEN;
use super::super::fixture::almanac;
use super::*;
use crate::error::Error;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn bare(paid_fen: i64) -> CalculatePrepaidRefund {
    CalculatePrepaidRefund {
        paid_fen,
        cause: None,
        amount_card: None,
        times_card: None,
        unlimited_card: None,
        paid_on: None,
        requested_on: None,
        knew_it_before: false,
        contract_on: None,
        rescinded_on: None,
        interest_until: None,
        annual_rate_basis_points: None,
        days_per_year: 365,
    }
}

fn amount(paid: i64, gift: i64, used: i64, before: Option<i64>) -> CalculatePrepaidRefund {
    let card = AmountCard { gift_fen: gift, used_fen: used, used_before_discount_fen: before };
    CalculatePrepaidRefund { amount_card: Some(card), ..bare(paid) }
}

fn times(
    paid: i64,
    (bought, given, used): (u32, u32, u32),
    price: Option<i64>,
) -> CalculatePrepaidRefund {
    let card = TimesCard {
        times_bought: bought,
        times_given: given,
        times_used: used,
        price_before_discount_fen: price,
    };
    CalculatePrepaidRefund { times_card: Some(card), ..bare(paid) }
}

fn unlimited(
    paid: i64,
    (from, to): (&str, &str),
    stopped: Option<&str>,
    rescinded: Option<&str>,
) -> CalculatePrepaidRefund {
    let card = UnlimitedCard {
        valid_from: day(from),
        valid_to: day(to),
        last_service_on: stopped.map(day),
    };
    let rescinded_on = rescinded.map(day);
    CalculatePrepaidRefund { unlimited_card: Some(card), rescinded_on, ..bare(paid) }
}

fn answer(asked: &CalculatePrepaidRefund) -> Refund {
    calculate(asked, &Rates::built_in().unwrap(), &almanac()).unwrap()
}

/// The refund for the operator's cause and for the consumer's.
fn both(asked: &CalculatePrepaidRefund) -> (i64, Option<i64>) {
    let found = answer(asked);
    (found.not_consumers_cause.refund_fen, found.consumers_cause.map(|it| it.refund_fen))
}

/// Arts. 15, 18(1), 19, 20: cards for so many times.
#[test]
fn a_card_for_times_is_counted_in_both_ways() {
    for (paid, card, price, other, consumers) in [
        // The Shanghai case of 2021 (domain §7.6): 900 or 702 yuan.
        (100_000, (10, 0, 1), Some(29_800), 90_000, Some(70_200)),
        (100_000, (10, 0, 0), Some(29_800), 100_000, Some(100_000)),
        // Art. 20: 4 × 298 is more than was paid; nothing on top.
        (100_000, (10, 0, 4), Some(29_800), 60_000, Some(0)),
        (100_000, (10, 0, 10), Some(29_800), 0, Some(0)),
        // Art. 18(2) for times given on top: 12 times for the money.
        (120_000, (10, 2, 3), Some(15_000), 90_000, Some(75_000)),
        (100_000, (3, 0, 1), Some(40_000), 66_667, Some(60_000)),
        (100_000, (10, 0, 1), None, 90_000, None),
        // Without a discount both ways are one.
        (100_000, (10, 0, 3), Some(10_000), 70_000, Some(70_000)),
    ] {
        assert_eq!(both(&times(paid, card, price)), (other, consumers), "{paid} {card:?}");
    }
}

/// Arts. 15, 18, 19, 20: cards that hold a sum.
#[test]
fn a_card_with_a_sum_is_counted_in_both_ways() {
    for (paid, gift, used, before, other, consumers) in [
        // No gift, no discount.
        (100_000, 0, 30_000, None, 70_000, 70_000),
        // Art. 18(2): paid 1,000, given 200, used 600: 600 × 1,000 ÷ 1,200 = 500.
        (100_000, 20_000, 60_000, None, 50_000, 40_000),
        // Art. 19: at the price before discount.
        (100_000, 0, 30_000, Some(50_000), 70_000, 50_000),
        // Art. 20: beyond what was paid nothing is owed on top.
        (100_000, 0, 80_000, Some(130_000), 20_000, 0),
        (100_000, 50_000, 150_000, None, 0, 0),
        (100_000, 50_000, 120_000, None, 20_000, 0),
        (100_000, 100_000, 1, None, 99_999, 99_999),
    ] {
        let found = both(&amount(paid, gift, used, before));
        assert_eq!(found, (other, Some(consumers)), "{paid} {gift} {used}");
    }
}

/// Art. 22: cards for a time.
#[test]
fn a_card_for_a_time_is_counted_by_what_is_left() {
    let year = ("2026-01-01", "2026-12-31");
    for (term, stopped, rescinded, expected) in [
        // Art. 22(1): 184 of 365 days are left.
        (year, None, Some("2026-06-30"), 184_000),
        (year, None, Some("2026-12-31"), 0),
        (year, None, Some("2027-02-01"), 0),
        (year, None, Some("2025-12-15"), 365_000),
        // Art. 22(2): the operator had stopped before.
        (year, Some("2026-03-31"), Some("2026-06-30"), 275_000),
        (year, Some("2026-03-31"), None, 275_000),
        (("2026-03-01", "2026-03-01"), None, Some("2026-02-28"), 365_000),
    ] {
        let found = both(&unlimited(365_000, term, stopped, rescinded));
        assert_eq!(found, (expected, Some(expected)), "{term:?} {stopped:?} {rescinded:?}");
    }
}

/// Art. 14; Civil Code 201 and 203: 2026-03-14 and 15 are a weekend.
#[test]
fn seven_days_from_payment_all_is_given_back() {
    for (paid_on, requested, knew, last, applies) in [
        ("2026-03-02", Some("2026-03-09"), false, "2026-03-09", true),
        ("2026-03-02", Some("2026-03-10"), false, "2026-03-09", false),
        ("2026-03-02", Some("2026-03-05"), true, "2026-03-09", false),
        ("2026-03-07", Some("2026-03-16"), false, "2026-03-16", true),
        ("2026-09-25", Some("2026-10-08"), false, "2026-10-08", true),
        ("2026-03-02", None, false, "2026-03-09", false),
    ] {
        let asked = CalculatePrepaidRefund {
            paid_on: Some(day(paid_on)),
            requested_on: requested.map(day),
            knew_it_before: knew,
            ..times(100_000, (10, 0, 0), None)
        };
        let found = answer(&asked);
        let seven = found.seven_days.unwrap();
        assert_eq!((seven.last.on, seven.applies), (day(last), applies), "{paid_on}");
        assert_eq!(found.not_consumers_cause.refund_fen, 100_000);
        assert!(found.working.law().contains(&Law::Prepaid14));
    }
}

/// Arts. 16 and 17: whose cause decides the rate, the contract's day its height, rescission the
/// beginning.
#[test]
fn interest_goes_by_the_cause_and_the_day_of_the_contract() {
    use RefundCause::{Consumer, Neither, Operator};
    for (cause, contract, agreed, days_per_year, points, fen) in [
        // 900 yuan × 3.00% × 100 ÷ 365 = 7.397.
        (Some(Operator), "2026-03-02", None, 365, Some(300), Some(740)),
        (Some(Operator), "2025-05-19", None, 365, Some(310), Some(764)),
        (Some(Operator), "2019-09-20", None, 365, Some(420), Some(1_036)),
        (Some(Operator), "2026-03-02", None, 360, Some(300), Some(750)),
        // 702 yuan × 1.50% × 100 ÷ 365 = 2.885.
        (Some(Consumer), "2026-03-02", None, 365, Some(150), Some(288)),
        // An agreed rate goes before (art. 16(1)), also for a day that is not known.
        (Some(Consumer), "2026-03-02", Some(600), 365, Some(600), Some(1_154)),
        (Some(Operator), "2026-10-09", Some(300), 365, Some(300), Some(740)),
        // Of neither's cause article 16 names no rate.
        (Some(Neither), "2026-03-02", None, 365, None, None),
        (Some(Neither), "2026-03-02", Some(300), 365, Some(300), Some(740)),
    ] {
        let asked = CalculatePrepaidRefund {
            cause,
            contract_on: Some(day(contract)),
            annual_rate_basis_points: agreed,
            days_per_year,
            rescinded_on: Some(day("2026-10-10")),
            interest_until: Some(day("2027-01-18")),
            ..times(100_000, (10, 0, 1), Some(29_800))
        };
        let found = answer(&asked);
        let way = match cause {
            Some(Consumer) => found.consumers_cause.unwrap(),
            _ => found.not_consumers_cause,
        };
        assert_eq!(way.rate.map(|it| it.basis_points), points, "{cause:?} {contract}");
        assert_eq!(found.interest_fen, fen, "{cause:?} {contract}");
    }
}

#[test]
fn an_open_cause_chooses_nothing_unless_the_ways_are_one() {
    let differ = times(100_000, (10, 0, 1), Some(29_800));
    let same = amount(100_000, 0, 30_000, None);
    for (asked, expected) in [(&differ, None), (&same, Some(70_000))] {
        assert_eq!(answer(asked).refund_fen, expected);
    }
    for (cause, expected) in [
        (RefundCause::Operator, 90_000),
        (RefundCause::Neither, 90_000),
        (RefundCause::Consumer, 70_200),
    ] {
        let asked = CalculatePrepaidRefund { cause: Some(cause), ..differ.clone() };
        assert_eq!(answer(&asked).refund_fen, Some(expected), "{cause}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let card = || times(100_000, (10, 0, 1), None);
    let sum = || amount(100_000, 0, 100, None);
    let time = || unlimited(100_000, ("2026-01-01", "2026-12-31"), None, Some("2026-06-30"));
    let cases: [(&str, &str, CalculatePrepaidRefund, fn(&mut CalculatePrepaidRefund)); 16] = [
        ("", "one_card_only", bare(1), |_| {}),
        ("", "one_card_only", card(), |it| it.amount_card = sum_card()),
        ("/amount_card/used_fen", "more_than_was_on_it", amount(100, 10, 111, None), |_| {}),
        (
            "/amount_card/used_before_discount_fen",
            "below_the_discounted_price",
            amount(100, 0, 50, Some(49)),
            |_| {},
        ),
        ("/times_card/times_used", "more_than_was_on_it", times(1, (1, 1, 3), None), |_| {}),
        (
            "/times_card/price_before_discount_fen",
            "below_the_discounted_price",
            times(100, (10, 0, 1), Some(9)),
            |_| {},
        ),
        ("/times_card/price_before_discount_fen", "missing", card(), |it| {
            it.cause = Some(RefundCause::Consumer);
        }),
        ("/rescinded_on", "missing", time(), |it| it.rescinded_on = None),
        (
            "/unlimited_card/valid_to",
            "ends_before_it_begins",
            unlimited(1, ("2026-01-02", "2026-01-01"), None, Some("2026-01-02")),
            |_| {},
        ),
        ("/paid_on", "out_of_range", sum(), |it| it.paid_on = Some(day("2101-01-01"))),
        ("/requested_on", "ends_before_it_begins", sum(), |it| {
            it.paid_on = Some(day("2026-03-02"));
            it.requested_on = Some(day("2026-03-01"));
        }),
        ("/interest_until", "ends_before_it_begins", sum(), |it| {
            it.contract_on = Some(day("2026-01-01"));
            it.rescinded_on = Some(day("2026-03-02"));
            it.interest_until = Some(day("2026-03-01"));
        }),
        ("/days_per_year", "not_allowed", sum(), |it| it.days_per_year = 366),
        ("/rescinded_on", "missing", sum(), |it| {
            it.contract_on = Some(day("2026-01-01"));
            it.interest_until = Some(day("2026-03-01"));
        }),
        ("/contract_on", "missing", sum(), |it| {
            it.rescinded_on = Some(day("2026-01-01"));
            it.interest_until = Some(day("2026-03-01"));
        }),
        ("/annual_rate_basis_points", "rate_not_known", sum(), |it| {
            it.cause = Some(RefundCause::Operator);
            it.contract_on = Some(day("2026-10-09"));
            it.rescinded_on = Some(day("2026-11-01"));
            it.interest_until = Some(day("2026-12-01"));
        }),
    ];
    for (pointer, code, mut asked, change) in cases {
        change(&mut asked);
        match calculate(&asked, &Rates::built_in().unwrap(), &almanac()) {
            Err(Error::Invalid(faults)) => {
                let found: Vec<_> =
                    faults.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
                assert_eq!(found, [(pointer, code)]);
            }
            other => panic!("{pointer} {code}: {other:?}"),
        }
    }
}

fn sum_card() -> Option<AmountCard> {
    amount(1, 0, 1, None).amount_card
}

#[test]
fn the_example_is_the_case_of_900_and_702_yuan() {
    let found = answer(&CalculatePrepaidRefund::example());
    assert_eq!(found.refund_fen, Some(90_000));
    assert_eq!(found.consumers_cause.map(|it| it.refund_fen), Some(70_200));
    let formulas: Vec<_> = found.working.steps.iter().map(|it| it.formula.as_str()).collect();
    assert!(formulas.contains(&"1,000.00 × 1 ÷ 10 = 100.00"), "{formulas:?}");
    assert!(formulas.contains(&"298.00 × 1 = 298.00"), "{formulas:?}");
    assert!(formulas.contains(&"1,000.00 − 298.00 = 702.00"), "{formulas:?}");
}

fn any_card() -> impl Strategy<Value = CalculatePrepaidRefund> {
    let most = MOST_FEN;
    let sums =
        (1..=most, 0..=most, 0..=most, 0..=most).prop_map(move |(paid, gift, used, more)| {
            let used = used.min(paid.saturating_add(gift));
            amount(paid, gift, used, Some(used.saturating_add(more).min(most).max(used)))
        });
    let counts = (1..=most, 1..=1000_u32, 0..=1000_u32, 0..=2000_u32, 1..=most).prop_map(
        move |(paid, bought, given, used, price)| {
            let all = bought + given;
            let least = paid / i64::from(all) + 1;
            times(paid, (bought, given, used.min(all)), Some(price.max(least).min(most)))
        },
    );
    let spans = (1..=most, 0..=3650_u64, 0..=4000_u64, any::<bool>()).prop_map(
        |(paid, length, end, stopped)| {
            let from = day("2020-01-01");
            let end_on = from + chrono::Days::new(end);
            let card = UnlimitedCard {
                valid_from: from,
                valid_to: from + chrono::Days::new(length),
                last_service_on: stopped.then_some(end_on),
            };
            let rescinded_on = Some(end_on);
            CalculatePrepaidRefund { unlimited_card: Some(card), rescinded_on, ..bare(paid) }
        },
    );
    prop_oneof![sums, counts, spans]
}

proptest! {
    /// Art. 20, and the sense of it all: never more than was paid, never less than nothing, and
    /// never better for the consumer when it is the consumer's own cause.
    #[test]
    fn a_refund_is_between_nothing_and_what_was_paid(asked in any_card()) {
        let found = answer(&asked);
        let other = &found.not_consumers_cause;
        let consumers = found.consumers_cause.as_ref().unwrap();
        for way in [other, consumers] {
            prop_assert!((0..=asked.paid_fen).contains(&way.refund_fen), "{:?}", way);
            prop_assert_eq!(way.refund_fen + way.used_fen, asked.paid_fen);
        }
        prop_assert!(consumers.refund_fen <= other.refund_fen);
    }
}
