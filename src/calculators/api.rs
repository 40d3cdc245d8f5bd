//! HTTP for the calculators.

use poem_openapi::OpenApi;

use super::input::{
    CalculateAmountInWords, CalculateInterest, CalculatePrepaidRefund, CalculatePunitiveDamages,
    CalculateSevenDayReturn,
};
use super::service;
use super::views::{
    AmountInWords, InterestCalculated, PrepaidRefund, PunitiveDamages, SevenDayReturn,
};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::http::{Body, Plain, Problem, Tag};

#[derive(Debug)]
pub struct CalculatorsApi(pub App);

#[OpenApi(prefix_path = "/calculators", tag = "Tag::Calculators")]
impl CalculatorsApi {
    /// Count the refund of a prepaid card (预付卡退费)
    ///
    /// By the SPC interpretation on prepaid consumption (法释〔2025〕4号): what was used at the
    /// price for holders when it is not the consumer's cause (art. 18), at the price before
    /// discount when it is (art. 19), never beyond what was paid (art. 20); a card for a time by
    /// the days that are left (art. 22); the seven days from payment (art. 14); interest from
    /// rescission at the rate of the day of the contract (arts. 16, 17). Both ways stand side by
    /// side; the cause chooses. `422` for other than one card, more used than was on it, a price
    /// before discount below the one after it, days that end before they begin or are after
    /// 2100, and `rate_not_known` for a day whose rate must be sent. Nothing is written.
    #[oai(path = "/prepaid-refund", method = "post", operation_id = "calculate_prepaid_refund")]
    async fn calculate_prepaid_refund(
        &self,
        call: Allowed<can::CalculatePrepaidRefund>,
        body: Body<CalculatePrepaidRefund>,
    ) -> Result<Plain<PrepaidRefund>, Problem> {
        Ok(Plain(service::prepaid_refund(&self.0, &call, body.0).await?))
    }

    /// Count punitive damages (惩罚性赔偿)
    ///
    /// Fraud: three times the price, 500 yuan at least (CRPL 55(1)). A known defect that killed
    /// or gravely harmed: up to twice the losses (CRPL 55(2)). Food below the safety standard:
    /// ten times the price or three times the losses, 1,000 yuan at least (Food Safety Law 148);
    /// who knew when buying, for reasonable needs only (法释〔2024〕9号 12-14). Flaws that mislead
    /// nobody give nothing. `422` when the sum the ground needs is missing. Nothing is written.
    #[oai(path = "/punitive-damages", method = "post", operation_id = "calculate_punitive_damages")]
    #[expect(clippy::unused_async, reason = "a handler is asynchronous")]
    async fn calculate_punitive_damages(
        &self,
        call: Allowed<can::CalculatePunitiveDamages>,
        body: Body<CalculatePunitiveDamages>,
    ) -> Result<Plain<PunitiveDamages>, Problem> {
        Ok(Plain(service::punitive_damages(&call, &body.0)?))
    }

    /// Count a return without a reason (七日无理由退货)
    ///
    /// Whether the goods can be returned (CRPL 25; at the door by SH-CPR 39; by a promise of the
    /// seller), the last day to tell the seller, the last day for the money once the goods are
    /// back, and who bears the freight; each with its reason. Days are counted as deadlines are
    /// (Civil Code 201-203). `422` for days before the goods came or after 2100. Nothing is
    /// written.
    #[oai(path = "/seven-day-return", method = "post", operation_id = "calculate_seven_day_return")]
    async fn calculate_seven_day_return(
        &self,
        call: Allowed<can::CalculateSevenDayReturn>,
        body: Body<CalculateSevenDayReturn>,
    ) -> Result<Plain<SevenDayReturn>, Problem> {
        Ok(Plain(service::seven_day_return(&self.0, &call, body.0).await?))
    }

    /// Count interest (利息)
    ///
    /// Simple interest on actual days, a year of 365 or 360 days, at a rate of your own or at a
    /// published one. `422` for both rates or none, for a day whose published rate is not known
    /// here (`rate_not_known`), and for days that end before they begin or are after 2100.
    /// Nothing is written.
    #[oai(path = "/interest", method = "post", operation_id = "calculate_interest")]
    #[expect(clippy::unused_async, reason = "a handler is asynchronous")]
    async fn calculate_interest(
        &self,
        call: Allowed<can::CalculateInterest>,
        body: Body<CalculateInterest>,
    ) -> Result<Plain<InterestCalculated>, Problem> {
        Ok(Plain(service::interest_on(&call, &body.0)?))
    }

    /// Write an amount in words, or compare the two (大写金额)
    ///
    /// From fen to words by the rules for bills, from words to fen, or whether given words equal
    /// given figures. Words with 圆 or 正, or with another use of 零, are understood.
    /// `422 not_an_amount` for words that are no amount. Nothing is written.
    #[oai(path = "/amount-in-words", method = "post", operation_id = "calculate_amount_in_words")]
    #[expect(clippy::unused_async, reason = "a handler is asynchronous")]
    async fn calculate_amount_in_words(
        &self,
        call: Allowed<can::CalculateAmountInWords>,
        body: Body<CalculateAmountInWords>,
    ) -> Result<Plain<AmountInWords>, Problem> {
        Ok(Plain(service::amount_in_words(&call, &body.0)?))
    }
}
