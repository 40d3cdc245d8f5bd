//! What is sent to the calculators.

use chrono::NaiveDate;
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::words::{CostBearer, GoodsKind, PunitiveBasis, ReferenceRate, RefundCause, SaleChannel};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Days of a year of interest.
fn full_year() -> u32 {
    365
}

/// What was prepaid, what was used, and whose cause it is that the rest is given back. Exactly
/// one of the three cards is sent.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculatePrepaidRefund {
    /// What the consumer really paid, in fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub paid_fen: i64,
    /// Whose cause it is. Absent while that is in dispute: then both ways are counted and none
    /// is chosen.
    pub cause: Option<RefundCause>,
    /// A card that holds a sum (储值卡).
    pub amount_card: Option<AmountCard>,
    /// A card for so many times (次卡).
    pub times_card: Option<TimesCard>,
    /// A card for a time, without limit of times (期限卡).
    pub unlimited_card: Option<UnlimitedCard>,
    /// When it was paid: the seven days of article 14 run from it.
    pub paid_on: Option<NaiveDate>,
    /// When the money was asked back for the first time.
    pub requested_on: Option<NaiveDate>,
    /// Whether the consumer had had the same goods or services before, from whomever; taken as
    /// no unless given.
    #[oai(default)]
    pub knew_it_before: bool,
    /// When the contract was made: it decides the rate; the day of payment unless given.
    pub contract_on: Option<NaiveDate>,
    /// When the contract was rescinded: interest runs from it. Needed for an unlimited card.
    pub rescinded_on: Option<NaiveDate>,
    /// The day on which it is paid back; without it no interest is counted.
    pub interest_until: Option<NaiveDate>,
    /// An agreed rate, or the rate of a day this program does not know, in hundredths of a per
    /// cent a year.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub annual_rate_basis_points: Option<u32>,
    /// 365 or 360.
    #[oai(default = "full_year")]
    pub days_per_year: u32,
}

/// A card that holds a sum, with or without a gift on top of what was paid.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the unit of a sum stands in its name")]
pub struct AmountCard {
    /// What the operator gave on top, in fen.
    #[oai(default, validator(minimum(value = "0"), maximum(value = "100000000000000")))]
    pub gift_fen: i64,
    /// What was taken off the card for what was had, in fen, at the prices for holders.
    #[oai(validator(minimum(value = "0"), maximum(value = "100000000000000")))]
    pub used_fen: i64,
    /// The same at the prices before discount; `used_fen` when there was none.
    #[oai(validator(minimum(value = "0"), maximum(value = "100000000000000")))]
    pub used_before_discount_fen: Option<i64>,
}

/// A card for so many times, with or without times given on top.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct TimesCard {
    #[oai(validator(minimum(value = "1"), maximum(value = "100000")))]
    pub times_bought: u32,
    /// Given on top.
    #[oai(default, validator(maximum(value = "100000")))]
    pub times_given: u32,
    #[oai(validator(maximum(value = "200000")))]
    pub times_used: u32,
    /// One time at the price before discount, in fen. Needed when it is the consumer's cause.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub price_before_discount_fen: Option<i64>,
}

/// A card for a time, without limit of times.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct UnlimitedCard {
    /// The first day of the agreed time.
    pub valid_from: NaiveDate,
    /// The last day of the agreed time, days given on top included.
    pub valid_to: NaiveDate,
    /// The last day on which the operator still provided it, when it stopped before the contract
    /// was rescinded.
    pub last_service_on: Option<NaiveDate>,
}

impl Example for CalculatePrepaidRefund {
    fn example() -> Self {
        Self {
            paid_fen: 100_000,
            cause: Some(RefundCause::Operator),
            amount_card: None,
            times_card: Some(TimesCard {
                times_bought: 10,
                times_given: 0,
                times_used: 1,
                price_before_discount_fen: Some(29_800),
            }),
            unlimited_card: None,
            paid_on: Some(day(2026, 3, 2)),
            requested_on: None,
            knew_it_before: false,
            contract_on: None,
            rescinded_on: Some(day(2026, 6, 1)),
            interest_until: Some(day(2026, 9, 9)),
            annual_rate_basis_points: None,
            days_per_year: 365,
        }
    }
}

/// What was paid and lost, and on what ground more than that is asked for.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculatePunitiveDamages {
    pub basis: PunitiveBasis,
    /// What was really paid for the goods or the service, in fen. Needed for fraud and food.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub price_fen: Option<i64>,
    /// The losses, in fen. Needed for known defects.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub losses_fen: Option<i64>,
    /// Whether all there is are flaws of label, manual or advertising that neither touch quality
    /// or safety nor mislead consumers.
    #[oai(default)]
    pub harmless_flaw_only: bool,
    /// Whether the buyer knew when buying.
    #[oai(default)]
    pub bought_knowingly: bool,
    /// Of food bought knowingly: the price of what a household reasonably needs, in fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub reasonable_price_fen: Option<i64>,
}

impl Example for CalculatePunitiveDamages {
    fn example() -> Self {
        Self {
            basis: PunitiveBasis::Fraud,
            price_fen: Some(12_800),
            losses_fen: None,
            harmless_flaw_only: false,
            bought_knowingly: false,
            reasonable_price_fen: None,
        }
    }
}

/// What was bought how, and when it came.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculateSevenDayReturn {
    pub channel: SaleChannel,
    pub goods: GoodsKind,
    /// Whether the consumer confirmed, for this purchase and not by a default, that the goods
    /// cannot be returned.
    #[oai(default)]
    pub confirmed_at_purchase: bool,
    /// The day the goods were received; not counted.
    pub received_on: NaiveDate,
    /// When the seller was told of the return.
    pub notice_on: Option<NaiveDate>,
    /// Whether the goods are intact; opening them to look is fine.
    pub intact: Option<bool>,
    /// So many days the seller promised of its own accord.
    #[oai(validator(minimum(value = "1"), maximum(value = "365")))]
    pub promised_days: Option<u32>,
    /// When the seller had the goods back.
    pub returned_on: Option<NaiveDate>,
    /// Who bears the freight back by agreement or promise.
    pub freight_agreed: Option<CostBearer>,
}

impl Example for CalculateSevenDayReturn {
    fn example() -> Self {
        Self {
            channel: SaleChannel::Internet,
            goods: GoodsKind::Ordinary,
            confirmed_at_purchase: false,
            received_on: day(2026, 9, 18),
            notice_on: Some(day(2026, 9, 24)),
            intact: Some(true),
            promised_days: None,
            returned_on: Some(day(2026, 9, 29)),
            freight_agreed: None,
        }
    }
}

/// A sum, two days and a rate: one of its own or one the law points to.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculateInterest {
    /// In fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub principal_fen: i64,
    /// The first day that bears interest.
    pub from: NaiveDate,
    /// The day of payment; it bears none.
    pub until: NaiveDate,
    /// In hundredths of a per cent a year.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub annual_rate_basis_points: Option<u32>,
    /// A rate that is published; instead of one of its own.
    pub reference_rate: Option<ReferenceRate>,
    /// The day whose published rate counts; the first day unless given.
    pub rate_on: Option<NaiveDate>,
    /// 365 or 360.
    #[oai(default = "full_year")]
    pub days_per_year: u32,
}

impl Example for CalculateInterest {
    fn example() -> Self {
        Self {
            principal_fen: 358_000,
            from: day(2026, 3, 2),
            until: day(2026, 9, 2),
            annual_rate_basis_points: None,
            reference_rate: Some(ReferenceRate::OneYearLpr),
            rate_on: None,
            days_per_year: 365,
        }
    }
}

/// A sum in figures, in words, or both to be compared.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CalculateAmountInWords {
    /// In fen.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000000000")))]
    pub amount_fen: Option<i64>,
    /// As it is written on paper, with or without 人民币.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub words: Option<String>,
}

impl Example for CalculateAmountInWords {
    fn example() -> Self {
        Self {
            amount_fen: Some(358_000), words: Some("人民币叁仟伍佰捌拾元整".to_owned())
        }
    }
}
