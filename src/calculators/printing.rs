//! A calculation as a paper for the file: what was given, every step with its article, the
//! result in figures and words, what was taken for granted and what is left open.

use documents::{CalculationSheet, CalculationStep};
use poem_openapi::Object;

use super::amount::yuan;
use super::capitals::in_capitals;
use super::input::{
    CalculateInterest, CalculatePrepaidRefund, CalculatePunitiveDamages, CalculateSevenDayReturn,
};
use super::interest::{self, per_cent};
use super::rates::Rates;
use super::working::{Step, Working};
use super::{prepaid, punitive, returns};
use crate::app::App;
use crate::error::{Error, Fault, Result};
use crate::language::Text;

/// What is calculated for a paper: exactly one of them, as it is sent to the calculators.
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields, rename = "SheetCalculation")]
pub struct Calculation {
    pub prepaid_refund: Option<CalculatePrepaidRefund>,
    pub punitive_damages: Option<CalculatePunitiveDamages>,
    pub seven_day_return: Option<CalculateSevenDayReturn>,
    pub interest: Option<CalculateInterest>,
}

/// A sheet without case and date.
struct Draft {
    title: &'static str,
    inputs: Vec<(String, String)>,
    working: Working,
    /// In fen, or in words where the result is no sum.
    result: Outcome,
}

enum Outcome {
    Sum(i64),
    Words(String),
}

/// Calculates for a paper. Faults point into the member that was sent.
pub(crate) async fn printed(app: &App, asked: Calculation) -> Result<CalculationSheet> {
    let Calculation { prepaid_refund, punitive_damages, seven_day_return, interest } = asked;
    let draft = match (prepaid_refund, punitive_damages, seven_day_return, interest) {
        (Some(asked), None, None, None) => within("prepaid_refund", of_refund(app, &asked).await),
        (None, Some(asked), None, None) => within("punitive_damages", of_damages(&asked)),
        (None, None, Some(asked), None) => within("seven_day_return", of_return(app, &asked).await),
        (None, None, None, Some(asked)) => within("interest", of_interest(&asked)),
        _ => {
            let detail =
                Text::new("请且仅请给出一种计算。", "Send exactly one kind of calculation.");
            Err(Error::invalid("/calculation", "not_exactly_one", detail))
        }
    }?;
    Ok(sheet(draft))
}

/// Faults of a calculator, where they stand in the body of the paper.
fn within<T>(member: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Invalid(faults) => {
            let moved =
                |it: Fault| Fault { pointer: format!("/calculation/{member}{}", it.pointer), ..it };
            Error::Invalid(faults.into_iter().map(moved).collect())
        }
        other => other,
    })
}

fn pair(label: &str, value: impl Into<String>) -> (String, String) {
    (label.to_owned(), value.into())
}

fn sum(label: &str, fen: i64) -> (String, String) {
    pair(label, format!("{}元", yuan(fen)))
}

async fn of_refund(app: &App, asked: &CalculatePrepaidRefund) -> Result<Draft> {
    let almanac = app.almanac(app.database.reader()).await?;
    let found = prepaid::calculate(asked, &Rates::built_in()?, &almanac)?;
    let mut inputs = vec![sum("实际支付", asked.paid_fen)];
    inputs.push(pair("退款原因", asked.cause.map_or("双方有争议", |it| it.term())));
    if let Some(card) = &asked.amount_card {
        inputs.push(sum("赠送金额", card.gift_fen));
        inputs.push(sum("已消费（持卡价）", card.used_fen));
        inputs.extend(card.used_before_discount_fen.map(|it| sum("已消费（折扣前）", it)));
    }
    if let Some(card) = &asked.times_card {
        inputs.push(pair("约定次数", format!("{}次", card.times_bought)));
        inputs.push(pair("赠送次数", format!("{}次", card.times_given)));
        inputs.push(pair("已使用次数", format!("{}次", card.times_used)));
        inputs.extend(card.price_before_discount_fen.map(|it| sum("折扣前单价", it)));
    }
    if let Some(card) = &asked.unlimited_card {
        inputs.push(pair("约定期限", format!("{}至{}", card.valid_from, card.valid_to)));
        inputs.extend(card.last_service_on.map(|it| pair("最后服务日", it.to_string())));
    }
    let days = [
        ("支付日期", asked.paid_on),
        ("首次要求退款", asked.requested_on),
        ("合同订立", asked.contract_on),
        ("合同解除", asked.rescinded_on),
        ("计息至", asked.interest_until),
    ];
    inputs.extend(days.into_iter().filter_map(|(label, day)| Some(pair(label, day?.to_string()))));
    inputs.extend(asked.annual_rate_basis_points.map(|it| pair("年利率", per_cent(it))));
    let interest = found.interest_fen.unwrap_or_default();
    let result = match found.refund_fen {
        Some(fen) => Outcome::Sum(fen.saturating_add(interest)),
        None => Outcome::Words(ways(&found)),
    };
    Ok(Draft { title: "预付款退款计算书", inputs, working: found.working, result })
}

/// Both ways of counting, while the cause is in dispute.
fn ways(found: &prepaid::Refund) -> String {
    let one = format!("非因消费者原因：{}元", yuan(found.not_consumers_cause.refund_fen));
    match &found.consumers_cause {
        Some(other) => format!("{one}；因消费者原因：{}元", yuan(other.refund_fen)),
        None => one,
    }
}

fn of_damages(asked: &CalculatePunitiveDamages) -> Result<Draft> {
    let found = punitive::calculate(asked)?;
    let mut inputs = vec![pair("依据", asked.basis.term())];
    inputs.extend(asked.price_fen.map(|it| sum("支付价款", it)));
    inputs.extend(asked.losses_fen.map(|it| sum("所受损失", it)));
    inputs.extend(asked.reasonable_price_fen.map(|it| sum("合理消费范围内价款", it)));
    let result = if found.excluded {
        Outcome::Words("不适用惩罚性赔偿".to_owned())
    } else {
        Outcome::Sum(found.amount_fen)
    };
    Ok(Draft { title: "惩罚性赔偿计算书", inputs, working: found.working, result })
}

async fn of_return(app: &App, asked: &CalculateSevenDayReturn) -> Result<Draft> {
    let almanac = app.almanac(app.database.reader()).await?;
    let found = returns::calculate(asked, &almanac)?;
    let mut inputs = vec![
        pair("销售方式", asked.channel.term()),
        pair("商品", asked.goods.term()),
        pair("签收日期", asked.received_on.to_string()),
    ];
    inputs.extend(asked.notice_on.map(|it| pair("通知退货", it.to_string())));
    inputs.extend(asked.returned_on.map(|it| pair("商家收到退货", it.to_string())));
    let result = match (found.may_return, found.last) {
        (true, Some(last)) => format!("可以无理由退货，最迟{}通知商家", last.on),
        (true, None) => "可以无理由退货".to_owned(),
        (false, _) => "不适用无理由退货".to_owned(),
    };
    let result = Outcome::Words(result);
    Ok(Draft { title: "七日无理由退货计算书", inputs, working: found.working, result })
}

fn of_interest(asked: &CalculateInterest) -> Result<Draft> {
    let found = interest::calculate(asked, &Rates::built_in()?)?;
    let inputs = vec![
        sum("本金", asked.principal_fen),
        pair("起息日", asked.from.to_string()),
        pair("计息至", asked.until.to_string()),
        pair("年利率", per_cent(found.rate.basis_points)),
        pair("每年天数", asked.days_per_year.to_string()),
    ];
    let result = Outcome::Sum(found.fen);
    Ok(Draft { title: "利息计算书", inputs, working: found.working, result })
}

fn step(it: Step) -> CalculationStep {
    let articles: Vec<_> = it.law.iter().map(|it| it.citation().zh.into_owned()).collect();
    CalculationStep {
        what: it.label.zh.into_owned(),
        formula: it.formula,
        amount: it.amount_fen.map(yuan).unwrap_or_default(),
        article: articles.join("、"),
    }
}

fn sheet(draft: Draft) -> CalculationSheet {
    let Draft { title, inputs, working, result } = draft;
    let (result, result_in_words) = match result {
        Outcome::Sum(fen) => (yuan(fen), in_capitals(fen)),
        Outcome::Words(words) => (words, String::new()),
    };
    let assumed = working.assumed.into_iter().map(|it| format!("前提：{}", it.zh));
    let open = working.undecided.into_iter().map(|it| format!("未定：{}", it.zh));
    CalculationSheet {
        office: String::new(),
        case_number: String::new(),
        title: title.to_owned(),
        inputs,
        steps: working.steps.into_iter().map(step).collect(),
        result,
        result_in_words,
        remarks: assumed.chain(open).collect(),
        signatures: Vec::new(),
        date: None,
    }
}
