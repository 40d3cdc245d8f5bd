//! Answers of the calculators. Nothing is written, so nothing stands in the log.

use super::amount::yuan;
use super::capitals::{from_capitals, in_capitals};
use super::checks::Checks;
use super::input::{
    CalculateAmountInWords, CalculateInterest, CalculatePrepaidRefund, CalculatePunitiveDamages,
    CalculateSevenDayReturn,
};
use super::rates::Rates;
use super::views::{
    AmountInWords, InterestCalculated, PrepaidRefund, PunitiveDamages, SevenDayReturn,
};
use super::{interest, prepaid, punitive, returns};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::error::Result;

pub(super) async fn prepaid_refund(
    app: &App,
    call: &Allowed<can::CalculatePrepaidRefund>,
    asked: CalculatePrepaidRefund,
) -> Result<PrepaidRefund> {
    let almanac = app.almanac(app.database.reader()).await?;
    let found = prepaid::calculate(&asked, &Rates::built_in()?, &almanac)?;
    Ok(PrepaidRefund::new(found, asked.cause, call.facts().language))
}

pub(super) fn punitive_damages(
    call: &Allowed<can::CalculatePunitiveDamages>,
    asked: &CalculatePunitiveDamages,
) -> Result<PunitiveDamages> {
    let found = punitive::calculate(asked)?;
    Ok(PunitiveDamages::new(found, asked.basis, call.facts().language))
}

pub(super) async fn seven_day_return(
    app: &App,
    call: &Allowed<can::CalculateSevenDayReturn>,
    asked: CalculateSevenDayReturn,
) -> Result<SevenDayReturn> {
    let almanac = app.almanac(app.database.reader()).await?;
    let found = returns::calculate(&asked, &almanac)?;
    Ok(SevenDayReturn::new(found, call.facts().language))
}

pub(super) fn interest_on(
    call: &Allowed<can::CalculateInterest>,
    asked: &CalculateInterest,
) -> Result<InterestCalculated> {
    let found = interest::calculate(asked, &Rates::built_in()?)?;
    let language = call.facts().language;
    Ok(InterestCalculated::new(found, asked.principal_fen, asked.days_per_year, language))
}

pub(super) fn amount_in_words(
    _call: &Allowed<can::CalculateAmountInWords>,
    asked: &CalculateAmountInWords,
) -> Result<AmountInWords> {
    let mut checks = Checks::default();
    let words_fen = asked.words.as_deref().and_then(from_capitals);
    if asked.words.is_some() && words_fen.is_none() {
        checks.fault(
            "/words",
            "not_an_amount",
            "不是规范的大写金额，例如：人民币叁仟伍佰捌拾元整。",
            "This is no amount in words, such as 人民币叁仟伍佰捌拾元整.",
        );
    }
    if asked.words.is_none() && asked.amount_fen.is_none() {
        checks.missing(
            "/amount_fen",
            "请填写金额（分）或者大写金额。",
            "Send a sum in fen, or one in words.",
        );
    }
    checks.done()?;
    let amount_fen = asked.amount_fen.or(words_fen).unwrap_or_default();
    let by_the_rules = |words: &String| {
        let all = in_capitals(words_fen.unwrap_or_default());
        words.trim() == all || Some(words.trim()) == all.strip_prefix("人民币")
    };
    Ok(AmountInWords {
        amount_fen,
        figures: yuan(amount_fen),
        words: in_capitals(amount_fen),
        words_fen,
        equal: asked.amount_fen.zip(words_fen).map(|(figures, words)| figures == words),
        written_by_the_rules: asked.words.as_ref().map(by_the_rules),
    })
}
