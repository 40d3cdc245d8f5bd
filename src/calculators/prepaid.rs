//! What of a prepaid card is given back (法释〔2025〕4号). The two ways of counting what was used
//! are worked out side by side: at the price for holders when it is not the consumer's cause
//! (art. 18), at the price before discount when it is (art. 19), never beyond what was paid
//! (art. 20); a card for a time by the time that is left (art. 22). Pure.

use super::amount::{share, yuan};
use super::checks::Checks;
use super::input::{AmountCard, CalculatePrepaidRefund, TimesCard, UnlimitedCard};
use super::interest::{self, Rate, days_between, said, simple};
use super::rates::Rates;
use super::seven_days::{LastDay, SEVEN, last_day};
use super::working::Working;
use crate::deadlines::Almanac;
use crate::error::Result;
use crate::language::Text;
use crate::law::Law;
use crate::words::{ReferenceRate, RefundCause};

/// One way of counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// What was used, at most what was paid.
    pub used_fen: i64,
    pub refund_fen: i64,
    /// The rate of its interest; absent where the law names none or it is not known.
    pub rate: Option<Rate>,
    /// From rescission to payment; absent unless the day of payment was told.
    pub interest_fen: Option<i64>,
}

/// How it stands with the seven days from payment (art. 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SevenDays {
    pub last: LastDay,
    /// Whether the money was asked back by then.
    pub in_time: Option<bool>,
    /// Whether the right is there, as far as the facts say.
    pub applies: bool,
}

/// What the question comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the sum that is given back is called so")]
pub(super) struct Refund {
    /// By the way the cause calls for; absent while the cause is open and the ways differ.
    pub refund_fen: Option<i64>,
    pub interest_fen: Option<i64>,
    pub not_consumers_cause: Way,
    /// Absent where the price before discount was not told.
    pub consumers_cause: Option<Way>,
    pub seven_days: Option<SevenDays>,
    pub working: Working,
}

/// What was used, before it is held against what was paid.
struct Used {
    discounted: i64,
    before_discount: Option<i64>,
}

pub(super) fn calculate(
    asked: &CalculatePrepaidRefund,
    rates: &Rates,
    almanac: &Almanac,
) -> Result<Refund> {
    check(asked, rates)?;
    let mut working = Working::default();
    let seven_days = seven_days(asked, almanac, &mut working)?;
    let used = match (&asked.amount_card, &asked.times_card, &asked.unlimited_card) {
        (Some(card), _, _) => of_amount(card, asked.paid_fen, &mut working),
        (_, Some(card), _) => of_times(card, asked.paid_fen, &mut working),
        (_, _, Some(card)) => of_time(card, asked, &mut working),
        // The checks have refused a question without a card.
        (None, None, None) => Used { discounted: 0, before_discount: None },
    };
    let whole = seven_days.is_some_and(|it| it.applies);
    if whole && used.discounted == 0 {
        working.sum(
            Text::new("七日内请求、尚未使用：返还全部本金", "Within seven days, unused: all of it"),
            yuan(asked.paid_fen),
            asked.paid_fen,
            &[Law::Prepaid14],
        );
    } else if whole {
        working.leave_open(
            "七日内请求返还本金，但已使用一部分：已使用的是否扣减，解释第十四条未写明，此处按扣减计算。",
            "Asked for within seven days, but partly used: whether that is deducted, article 14 \
             does not say; here it is.",
        );
    }
    let not_consumers_cause = way(asked, rates, used.discounted, Side::Other, &mut working);
    let consumers_cause =
        used.before_discount.map(|it| way(asked, rates, it, Side::Consumer, &mut working));
    let chosen = match asked.cause {
        Some(RefundCause::Consumer) => consumers_cause.as_ref(),
        Some(RefundCause::Operator | RefundCause::Neither) => Some(&not_consumers_cause),
        None => Some(&not_consumers_cause).filter(|it| {
            consumers_cause.as_ref().is_some_and(|other| other.refund_fen == it.refund_fen)
        }),
    };
    let (refund_fen, interest_fen) = (
        chosen.map(|it| it.refund_fen),
        chosen.filter(|_| asked.cause.is_some()).and_then(|it| it.interest_fen),
    );
    notes(asked, consumers_cause.as_ref(), &mut working);
    Ok(Refund {
        refund_fen,
        interest_fen,
        not_consumers_cause,
        consumers_cause,
        seven_days,
        working,
    })
}

fn check(asked: &CalculatePrepaidRefund, rates: &Rates) -> Result<()> {
    let mut checks = Checks::default();
    let cards =
        [asked.amount_card.is_some(), asked.times_card.is_some(), asked.unlimited_card.is_some()];
    if cards.into_iter().filter(|it| *it).count() != 1 {
        checks.fault(
            "",
            "one_card_only",
            "amount_card、times_card、unlimited_card 须填且只填一项。",
            "Send exactly one of amount_card, times_card and unlimited_card.",
        );
    }
    check_used(asked, &mut checks);
    for (pointer, day) in [
        ("/paid_on", asked.paid_on),
        ("/requested_on", asked.requested_on),
        ("/contract_on", asked.contract_on),
        ("/rescinded_on", asked.rescinded_on),
        ("/interest_until", asked.interest_until),
    ] {
        checks.day(pointer, day);
    }
    checks.order("/requested_on", asked.paid_on, asked.requested_on);
    checks.order("/rescinded_on", asked.contract_on.or(asked.paid_on), asked.rescinded_on);
    checks.order("/interest_until", asked.rescinded_on, asked.interest_until);
    checks.year("/days_per_year", asked.days_per_year);
    check_interest(asked, rates, &mut checks);
    checks.done()
}

fn check_used(asked: &CalculatePrepaidRefund, checks: &mut Checks) {
    if let Some(card) = &asked.amount_card {
        if card.used_fen > asked.paid_fen.saturating_add(card.gift_fen) {
            checks.fault(
                "/amount_card/used_fen",
                "more_than_was_on_it",
                "已使用金额超过实付与赠送之和。",
                "More was used than paid and given together.",
            );
        }
        if card.used_before_discount_fen.is_some_and(|it| it < card.used_fen) {
            checks.fault(
                "/amount_card/used_before_discount_fen",
                "below_the_discounted_price",
                "打折前的价格不能低于折扣价。",
                "The price before discount is not below the one after it.",
            );
        }
    }
    if let Some(card) = &asked.times_card {
        let all = card.times_bought.saturating_add(card.times_given);
        if card.times_used > all {
            checks.fault(
                "/times_card/times_used",
                "more_than_was_on_it",
                "已使用次数超过购买与赠送之和。",
                "More times were used than bought and given together.",
            );
        }
        let pointer = "/times_card/price_before_discount_fen";
        match card.price_before_discount_fen {
            None if asked.cause == Some(RefundCause::Consumer) => checks.missing(
                pointer,
                "因消费者原因退费的，请填写打折前的单次价格。",
                "When it is the consumer's cause, send the price of one time before discount.",
            ),
            Some(price) if price.saturating_mul(i64::from(all)) < asked.paid_fen => checks.fault(
                pointer,
                "below_the_discounted_price",
                "打折前的价格不能低于折扣价。",
                "The price before discount is not below the one after it.",
            ),
            _ => {}
        }
    }
    if let Some(card) = &asked.unlimited_card {
        for (pointer, day) in [
            ("/unlimited_card/valid_from", Some(card.valid_from)),
            ("/unlimited_card/valid_to", Some(card.valid_to)),
            ("/unlimited_card/last_service_on", card.last_service_on),
        ] {
            checks.day(pointer, day);
        }
        checks.order("/unlimited_card/valid_to", Some(card.valid_from), Some(card.valid_to));
        checks.order("/rescinded_on", card.last_service_on, asked.rescinded_on);
        if asked.rescinded_on.is_none() && card.last_service_on.is_none() {
            checks.missing(
                "/rescinded_on",
                "请填写合同解除日，或者经营者停止服务前的最后一日。",
                "Send the day of rescission, or the last day of service.",
            );
        }
    }
}

/// Interest is counted only when a day of payment was told; then everything it needs must be
/// there.
fn check_interest(asked: &CalculatePrepaidRefund, rates: &Rates, checks: &mut Checks) {
    if asked.interest_until.is_none() {
        return;
    }
    if asked.rescinded_on.is_none() {
        checks.missing(
            "/rescinded_on",
            "利息自合同解除时起算，请填写合同解除日。",
            "Interest runs from rescission; send its day.",
        );
    }
    let named = asked.cause != Some(RefundCause::Neither);
    if asked.annual_rate_basis_points.is_some() || !named {
        return;
    }
    let Some(on) = asked.contract_on.or(asked.paid_on) else {
        checks.missing(
            "/contract_on",
            "利率以合同成立时为准，请填写合同成立日或者付款日。",
            "The rate is that of the contract; send the day it was made, or of payment.",
        );
        return;
    };
    let needed: &[ReferenceRate] = match asked.cause {
        Some(RefundCause::Consumer) => &[ReferenceRate::OneYearDeposit],
        Some(_) => &[ReferenceRate::OneYearLpr],
        None => &[ReferenceRate::OneYearLpr, ReferenceRate::OneYearDeposit],
    };
    for rate in needed.iter().filter(|it| rates.on(**it, on).is_none()) {
        checks.fault(
            "/annual_rate_basis_points",
            "rate_not_known",
            format!("{on} 的{}尚未收录，请直接填写年利率。", rate.term()),
            format!("The {rate} of {on} is not known here; send the rate itself."),
        );
    }
}

/// Seven days from payment the principal can be asked back, unless the goods or services were
/// known before (art. 14).
fn seven_days(
    asked: &CalculatePrepaidRefund,
    almanac: &Almanac,
    working: &mut Working,
) -> Result<Option<SevenDays>> {
    let Some(paid_on) = asked.paid_on else { return Ok(None) };
    let last = last_day(almanac, paid_on, SEVEN)?;
    let in_time = asked.requested_on.map(|it| it <= last.on);
    let label = Text::new(
        "自付款之日起七日内可以请求返还本金",
        "Within seven days of payment the principal can be asked back",
    );
    let asked_on = asked.requested_on.map_or(String::new(), |it| {
        format!("；{it} {} {}", if in_time == Some(true) { "≤" } else { ">" }, last.on)
    });
    let formula = format!("{paid_on} + {SEVEN} → {}{asked_on}", last.on);
    working.fact(label, formula, &[Law::Prepaid14, Law::CivilCode203]);
    if in_time == Some(true) && asked.knew_it_before {
        working.fact(
            Text::new(
                "订立合同时已经获得过相同商品或者服务，不适用七日退款",
                "The same goods or services were had before: the seven days do not apply",
            ),
            "✗",
            &[Law::Prepaid14],
        );
    }
    let applies = in_time == Some(true) && !asked.knew_it_before;
    if applies {
        working.assume(
            "订立合同时没有获得过相同商品或者服务。",
            "The same goods or services had not been had before the contract.",
        );
    }
    Ok(Some(SevenDays { last, in_time, applies }))
}

/// A gift lowers the price of everything: what was used counts by paid ÷ (paid + gift) (art. 18).
fn of_amount(card: &AmountCard, paid: i64, working: &mut Working) -> Used {
    let AmountCard { gift_fen, used_fen, used_before_discount_fen } = card;
    let all = paid.saturating_add(*gift_fen);
    let discounted = share(*used_fen, paid, all);
    let formula = if *gift_fen == 0 {
        yuan(*used_fen)
    } else {
        format!(
            "{} × {} ÷ ({} + {}) = {}",
            yuan(*used_fen),
            yuan(paid),
            yuan(paid),
            yuan(*gift_fen),
            yuan(discounted)
        )
    };
    working.sum(discounted_label(), formula, discounted, &[Law::Prepaid18]);
    let before = used_before_discount_fen.unwrap_or(*used_fen);
    working.sum(before_label(), yuan(before), before, &[Law::Prepaid19]);
    if used_before_discount_fen.is_none() {
        working.assume(
            "卡内扣款即为打折前的价格。",
            "What was taken off the card was at the prices before discount.",
        );
    }
    Used { discounted, before_discount: Some(before) }
}

fn of_times(card: &TimesCard, paid: i64, working: &mut Working) -> Used {
    let TimesCard { times_bought, times_given, times_used, price_before_discount_fen } = card;
    let all = times_bought.saturating_add(*times_given);
    let discounted = share(paid, i64::from(*times_used), i64::from(all));
    let formula = format!("{} × {times_used} ÷ {all} = {}", yuan(paid), yuan(discounted));
    working.sum(discounted_label(), formula, discounted, &[Law::Prepaid18]);
    if *times_given > 0 {
        working.assume(
            "赠送的次数按赠送金额同样处理，计入总次数。",
            "Times given on top are treated as a gift of money is: they count among all times.",
        );
    }
    let before = price_before_discount_fen.map(|price| {
        let before = price.saturating_mul(i64::from(*times_used));
        let formula = format!("{} × {times_used} = {}", yuan(price), yuan(before));
        working.sum(before_label(), formula, before, &[Law::Prepaid19]);
        before
    });
    Used { discounted, before_discount: before }
}

/// By the days that are left, whoever's cause it is (art. 22).
fn of_time(card: &UnlimitedCard, asked: &CalculatePrepaidRefund, working: &mut Working) -> Used {
    let UnlimitedCard { valid_from, valid_to, last_service_on } = card;
    let whole = days_between(*valid_from, *valid_to) + 1;
    // The checks have seen to it that one of the two is there.
    let last = last_service_on.or(asked.rescinded_on).unwrap_or(*valid_to);
    let left = days_between(last, *valid_to).clamp(0, whole);
    let refund = share(asked.paid_fen, left, whole);
    let label = if last_service_on.is_some() {
        Text::new(
            "停止服务后的剩余期限占全部期限的比例",
            "The time left when service stopped, of the whole time",
        )
    } else {
        Text::new(
            "合同解除后的剩余期限占全部期限的比例",
            "The time left when the contract was rescinded, of the whole time",
        )
    };
    let formula = format!("{} × {left} ÷ {whole} = {}", yuan(asked.paid_fen), yuan(refund));
    working.sum(label, formula, refund, &[Law::Prepaid22]);
    working.assume(
        "期限按自然日计算，首尾两日都计入，赠送的时间已计入全部期限。",
        "Time is counted in natural days, first and last included, time given on top among them.",
    );
    if left == 0 {
        working.leave_open(
            "履行期限已满：消费者因自身原因未在期限内要求服务的，请求返还不予支持。",
            "The time is over: a consumer who did not ask for service within it, for reasons of \
             their own, gets nothing back.",
        );
    } else {
        working.leave_open(
            "解释第二十二条未区分原因；因消费者原因退费且期限卡有折扣的，是否按打折前的价格另行计算，\
             可由双方协商。",
            "Article 22 does not look at the cause; whether a discount on a card for a time is \
             taken back when it is the consumer's is for the parties.",
        );
    }
    let used = asked.paid_fen - refund;
    Used { discounted: used, before_discount: Some(used) }
}

fn discounted_label() -> Text {
    Text::new(
        "已使用部分按折扣价或者优惠比例（非消费者原因）",
        "What was used at the price for holders (not the consumer's cause)",
    )
}

fn before_label() -> Text {
    Text::new(
        "已使用部分按打折前的价格（消费者原因）",
        "What was used at the price before discount (the consumer's cause)",
    )
}

/// Whose cause a way of counting is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Consumer,
    Other,
}

fn way(
    asked: &CalculatePrepaidRefund,
    rates: &Rates,
    used: i64,
    side: Side,
    working: &mut Working,
) -> Way {
    let paid = asked.paid_fen;
    let used_fen = used.clamp(0, paid);
    if used > paid {
        working.sum(
            Text::new(
                "超出预付款的部分，消费者不必补付",
                "What goes beyond the prepaid sum need not be paid",
            ),
            format!("min({}, {}) = {}", yuan(used), yuan(paid), yuan(used_fen)),
            used_fen,
            &[Law::Prepaid20],
        );
    }
    let refund_fen = paid - used_fen;
    let label = match side {
        Side::Other => {
            Text::new("应返还本金（非消费者原因）", "Principal, not the consumer's cause")
        }
        Side::Consumer => Text::new("应返还本金（消费者原因）", "Principal, the consumer's cause"),
    };
    let formula = format!("{} − {} = {}", yuan(paid), yuan(used_fen), yuan(refund_fen));
    working.sum(label, formula, refund_fen, &[Law::Prepaid15]);
    let rate = rate(asked, rates, side);
    let days =
        asked.rescinded_on.zip(asked.interest_until).map(|(from, until)| days_between(from, until));
    let interest_fen = rate.as_ref().zip(days).map(|(rate, days)| {
        let year = asked.days_per_year;
        let fen = simple(refund_fen, rate.basis_points, days, year);
        let label = Text::new(
            format!("利息：自解除之日起，{}", rate.source.zh),
            format!("Interest from rescission, {}", rate.source.en),
        );
        let formula = interest::formula(refund_fen, rate.basis_points, days, year);
        working.sum(label, formula, fen, &[Law::Prepaid16, Law::Prepaid17]);
        fen
    });
    Way { used_fen, refund_fen, rate, interest_fen }
}

/// What was agreed; else the operator's cause calls for the loan prime rate and the consumer's
/// for the deposit rate, of the day of the contract (art. 16).
fn rate(asked: &CalculatePrepaidRefund, rates: &Rates, side: Side) -> Option<Rate> {
    if let Some(basis_points) = asked.annual_rate_basis_points {
        return Some(Rate { basis_points, source: said() });
    }
    let reference = match (side, asked.cause) {
        (Side::Consumer, _) => ReferenceRate::OneYearDeposit,
        (Side::Other, Some(RefundCause::Neither)) => return None,
        (Side::Other, _) => ReferenceRate::OneYearLpr,
    };
    let on = asked.contract_on.or(asked.paid_on)?;
    let quote = rates.on(reference, on)?;
    let percent = interest::per_cent(quote.basis_points);
    let source = Text::new(
        format!("合同成立时{}{percent}（{}）", reference.term(), quote.source),
        format!("{reference} of the day of the contract, {percent}, since {}", quote.valid_from),
    );
    Some(Rate { basis_points: quote.basis_points, source })
}

/// What the result rests on and leaves open, whatever the card.
fn notes(asked: &CalculatePrepaidRefund, consumers: Option<&Way>, working: &mut Working) {
    if asked.cause.is_none() {
        working.leave_open(
            "退费原因尚有争议：两种算法并列，由事实决定适用哪一种。",
            "Whose cause it is is in dispute: both ways stand side by side, the facts decide.",
        );
    }
    if consumers.is_none() {
        working.leave_open(
            "未填写打折前的单次价格，消费者原因的算法未计算。",
            "The price before discount was not told, so the way for the consumer's cause is not \
             counted.",
        );
    }
    if asked.interest_until.is_none() {
        working.leave_open(
            "未填写付款日，利息未计算；利息自合同解除时起算。",
            "No day of payment was told, so no interest is counted; it runs from rescission.",
        );
    } else if asked.annual_rate_basis_points.is_some() {
        working.assume(
            "利率由提问者填写：有约定的按约定，否则应为合同成立时的法定参考利率。",
            "The rate was sent: an agreed one counts, else it should be that of the day of the \
             contract.",
        );
    } else if asked.cause == Some(RefundCause::Neither) {
        working.leave_open(
            "不可归责于双方的，解释第十六条未规定利率，利息未计算；有约定的请填写年利率。",
            "Of neither's cause article 16 names no rate, so no interest is counted; send an \
             agreed rate.",
        );
    }
    if asked.contract_on.is_none() && asked.annual_rate_basis_points.is_none() {
        working.assume("合同成立日即付款日。", "The contract was made on the day of payment.");
    }
    working.assume(
        "单用途预付卡；没有对消费者更有利的约定；单利，四舍五入到分。",
        "A single-purpose card; nothing better for the consumer was agreed; simple interest, \
         rounded to the fen.",
    );
    working.leave_open(
        "合理费用等损失、赠送的商品或者服务、已转入监管账户的资金、经营者卷款跑路的惩罚性赔偿另行处理\
         （解释第十五条、第十六条、第二十一条、第二十三条）；打折前价格明显不合理的，可按市场价格。",
        "Reasonable costs, gifts in kind, money in a supervised account and punitive damages for \
         operators that run away are apart (arts. 15, 16, 21, 23); a price before discount that is \
         plainly unreasonable gives way to the market's (art. 19).",
    );
}

#[cfg(test)]
mod tests;
