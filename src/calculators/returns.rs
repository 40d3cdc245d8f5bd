//! Returning goods within seven days without a reason (Consumer Rights Protection Law 25,
//! Shanghai Regulation 39, Implementing Regulation 19): which goods, until when, whose freight.
//! Pure.

use super::checks::Checks;
use super::input::CalculateSevenDayReturn;
use super::seven_days::{LastDay, SEVEN, last_day};
use super::working::Working;
use crate::deadlines::Almanac;
use crate::error::Result;
use crate::language::Text;
use crate::law::Law;
use crate::words::{CostBearer, GoodsKind, SaleChannel};

/// What the question comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "what may be done is called so")]
pub(super) struct Return {
    /// Whether the goods may be returned without a reason, as far as the facts say.
    pub may_return: bool,
    /// Whether that rests on the seller's promise alone.
    pub by_promise: bool,
    /// The last day to tell the seller; absent where there is no right.
    pub last: Option<LastDay>,
    /// Whether the seller was told in time.
    pub in_time: Option<bool>,
    pub refund_due: Option<LastDay>,
    pub freight: Option<CostBearer>,
    pub working: Working,
}

pub(super) fn calculate(asked: &CalculateSevenDayReturn, almanac: &Almanac) -> Result<Return> {
    check(asked)?;
    let mut working = Working::default();
    let by_law = lawful(asked, &mut working);
    let days = match (by_law, asked.promised_days) {
        (true, promised) => promised.unwrap_or(SEVEN).max(SEVEN),
        (false, Some(promised)) => promised,
        (false, None) => return Ok(refused(working)),
    };
    if let Some(promised) = asked.promised_days {
        working.fact(
            Text::new(
                "经营者自行承诺的退货期限属于约定，应当履行",
                "What the seller promised of its own accord binds it",
            ),
            format!("{promised}"),
            &[Law::CrplIr12, Law::ShCpr39],
        );
    }
    let last = last_day(almanac, asked.received_on, days)?;
    working.fact(
        Text::new(
            "自收到商品的次日起算，末日为休息日的顺延",
            "Counted from the day after receipt; a last day that is a day off moves",
        ),
        format!("{} + {days} → {}", asked.received_on, last.on),
        &[Law::Crpl25, Law::CivilCode203],
    );
    let in_time = asked.notice_on.map(|it| it <= last.on);
    if let (Some(notice), Some(in_time)) = (asked.notice_on, in_time) {
        working.fact(
            Text::new("是否在期限内通知退货", "Whether the seller was told in time"),
            format!("{notice} {} {}", if in_time { "≤" } else { ">" }, last.on),
            &[Law::Crpl25],
        );
    }
    let intact = intact(asked, &mut working);
    let may_return = intact && in_time != Some(false);
    let refund_due = refund(asked, almanac, may_return, &mut working)?;
    let freight = may_return.then(|| freight(asked, &mut working));
    working.leave_open(
        "质量不合格的退货、更换、修理另有规定（消费者权益保护法第二十四条），由经营者承担运输等必要\
         费用，不受本结果影响。",
        "Return, exchange and repair of goods that are not of the quality owed are another matter \
         (CRPL 24), at the operator's cost.",
    );
    Ok(Return {
        may_return,
        by_promise: !by_law,
        last: Some(last),
        in_time,
        refund_due,
        freight,
        working,
    })
}

fn check(asked: &CalculateSevenDayReturn) -> Result<()> {
    let mut checks = Checks::default();
    checks.day("/received_on", Some(asked.received_on));
    for (pointer, day) in [("/notice_on", asked.notice_on), ("/returned_on", asked.returned_on)] {
        checks.day(pointer, day);
        checks.order(pointer, Some(asked.received_on), day);
    }
    checks.done()
}

/// Whether the law itself gives the right for goods of this kind, sold in this way.
fn lawful(asked: &CalculateSevenDayReturn, working: &mut Working) -> bool {
    let distant = match asked.channel {
        SaleChannel::Internet
        | SaleChannel::Television
        | SaleChannel::Telephone
        | SaleChannel::MailOrder => {
            working.fact(
                Text::new("法律规定的远程销售方式", "A way of distance selling the law names"),
                asked.channel.term(),
                &[Law::Crpl25],
            );
            true
        }
        SaleChannel::DoorToDoor => {
            working.fact(
                Text::new("上海市将上门推销一并纳入", "Shanghai adds sales at the door"),
                asked.channel.term(),
                &[Law::ShCpr39],
            );
            true
        }
        SaleChannel::InShop => {
            working.fact(
                Text::new(
                    "门店购买没有法定的七日无理由退货",
                    "For sales in a shop the law gives no return without a reason",
                ),
                asked.channel.term(),
                &[Law::Crpl25],
            );
            false
        }
    };
    let suitable = match asked.goods {
        GoodsKind::Ordinary => true,
        GoodsKind::UnsuitableByNature if asked.confirmed_at_purchase => {
            working.fact(
                Text::new(
                    "根据性质不宜退货，且消费者购买时已确认",
                    "Unsuitable for return by nature, and confirmed at purchase",
                ),
                asked.goods.term(),
                &[Law::Crpl25, Law::CrplIr19],
            );
            working.assume(
                "确认是针对本次购买单独作出的，不是默认勾选。",
                "The confirmation was given for this purchase, not by a default.",
            );
            false
        }
        GoodsKind::UnsuitableByNature => {
            working.fact(
                Text::new(
                    "消费者购买时未确认的，仍可退货",
                    "Not confirmed by the consumer at purchase: they can be returned",
                ),
                asked.goods.term(),
                &[Law::Crpl25, Law::CrplIr19],
            );
            true
        }
        GoodsKind::CustomMade
        | GoodsKind::Perishable
        | GoodsKind::Digital
        | GoodsKind::Periodical => {
            working.fact(
                Text::new("法律排除的商品", "Goods the law leaves out"),
                asked.goods.term(),
                &[Law::Crpl25],
            );
            false
        }
    };
    distant && suitable
}

fn refused(mut working: Working) -> Return {
    working.leave_open(
        "经营者有更有利的承诺或者约定的，按承诺或者约定；质量不合格的，仍可依消费者权益保护法第二十四条\
         主张退货、更换、修理。",
        "A promise or agreement that is better for the consumer counts; goods that are not of the \
         quality owed can still be returned under CRPL 24.",
    );
    Return {
        may_return: false,
        by_promise: false,
        last: None,
        in_time: None,
        refund_due: None,
        freight: None,
        working,
    }
}

fn intact(asked: &CalculateSevenDayReturn, working: &mut Working) -> bool {
    match asked.intact {
        Some(true) | None => {
            working.fact(
                Text::new(
                    "商品完好；为查验而打开包装的，不影响完好",
                    "The goods are intact; opening them to look does not change that",
                ),
                asked.intact.map_or("—", |_| "✓"),
                &[Law::Crpl25, Law::CrplIr19],
            );
            if asked.intact.is_none() {
                working.assume("商品完好。", "The goods are intact.");
            }
            true
        }
        Some(false) => {
            working.fact(
                Text::new("退回的商品应当完好", "What is returned must be intact"),
                "✗",
                &[Law::Crpl25],
            );
            working.leave_open(
                "商品是否完好有争议的，由双方协商或者由人民法院认定；价值贬损可以协商折价。",
                "Whether they are intact can be disputed; a lower sum can be agreed on.",
            );
            false
        }
    }
}

/// The money is due within seven days of the goods' coming back.
fn refund(
    asked: &CalculateSevenDayReturn,
    almanac: &Almanac,
    may_return: bool,
    working: &mut Working,
) -> Result<Option<LastDay>> {
    let Some(returned_on) = asked.returned_on.filter(|_| may_return) else { return Ok(None) };
    let due = last_day(almanac, returned_on, SEVEN)?;
    working.fact(
        Text::new(
            "经营者自收到退回商品之日起七日内返还价款",
            "The seller pays back within seven days of having the goods",
        ),
        format!("{returned_on} + {SEVEN} → {}", due.on),
        &[Law::Crpl25, Law::CivilCode203],
    );
    Ok(Some(due))
}

fn freight(asked: &CalculateSevenDayReturn, working: &mut Working) -> CostBearer {
    let bearer = asked.freight_agreed.unwrap_or(CostBearer::Consumer);
    working.fact(
        Text::new(
            "退回的运费由消费者承担，另有约定的按约定",
            "The freight back is the consumer's unless agreed otherwise",
        ),
        bearer.term(),
        &[Law::Crpl25],
    );
    bearer
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use poem_openapi::types::Example as _;

    use super::*;
    use crate::error::Error;
    use crate::words::{GoodsKind::*, SaleChannel::*};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(channel: SaleChannel, goods: GoodsKind, received: &str) -> CalculateSevenDayReturn {
        CalculateSevenDayReturn {
            channel,
            goods,
            received_on: day(received),
            notice_on: None,
            returned_on: None,
            ..CalculateSevenDayReturn::example()
        }
    }

    fn answer(asked: &CalculateSevenDayReturn) -> Return {
        calculate(asked, &crate::calculators::fixture::almanac()).unwrap()
    }

    /// CRPL 25(1) and (2); SH-CPR 39; the day of receipt is not counted (Civil Code 201), a last
    /// day that is a day off moves (203): 2026-09-25 to 27 and 10-01 to 07 are days off, 10-10 is
    /// worked.
    #[test]
    fn the_goods_and_the_way_of_sale_decide() {
        for (channel, goods, received, last) in [
            (Internet, Ordinary, "2026-03-02", Some("2026-03-09")),
            (Internet, Ordinary, "2026-03-06", Some("2026-03-13")),
            (Television, Ordinary, "2026-03-07", Some("2026-03-16")),
            (Telephone, Ordinary, "2026-09-18", Some("2026-09-28")),
            (MailOrder, Ordinary, "2026-09-24", Some("2026-10-08")),
            (Internet, Ordinary, "2026-10-03", Some("2026-10-10")),
            (DoorToDoor, Ordinary, "2026-03-02", Some("2026-03-09")),
            (InShop, Ordinary, "2026-03-02", None),
            (Internet, CustomMade, "2026-03-02", None),
            (Internet, Perishable, "2026-03-02", None),
            (Internet, Digital, "2026-03-02", None),
            (Internet, Periodical, "2026-03-02", None),
            (Internet, UnsuitableByNature, "2026-03-02", Some("2026-03-09")),
        ] {
            let found = answer(&asked(channel, goods, received));
            assert_eq!(found.last.map(|it| it.on), last.map(day), "{channel} {goods} {received}");
            assert_eq!(found.may_return, last.is_some(), "{channel} {goods}");
            assert!(!found.working.law().is_empty());
        }
    }

    #[test]
    fn what_was_confirmed_or_promised_counts() {
        let confirmed = CalculateSevenDayReturn {
            confirmed_at_purchase: true,
            ..asked(Internet, UnsuitableByNature, "2026-03-02")
        };
        assert!(!answer(&confirmed).may_return);
        // Confirming what is not unsuitable changes nothing.
        let needless = CalculateSevenDayReturn {
            confirmed_at_purchase: true,
            ..asked(Internet, Ordinary, "2026-03-02")
        };
        assert!(answer(&needless).may_return);
        for (channel, promised, last, by_promise) in [
            (InShop, 7, "2026-03-09", true),
            (InShop, 3, "2026-03-05", true),
            (Internet, 15, "2026-03-17", false),
            (Internet, 3, "2026-03-09", false),
        ] {
            let promise = CalculateSevenDayReturn {
                promised_days: Some(promised),
                ..asked(channel, Ordinary, "2026-03-02")
            };
            let found = answer(&promise);
            assert_eq!(found.last.map(|it| it.on), Some(day(last)), "{channel} {promised}");
            assert_eq!(found.by_promise, by_promise);
        }
    }

    #[test]
    fn notice_state_refund_and_freight() {
        let base = || asked(Internet, Ordinary, "2026-03-02");
        for (notice, in_time) in [("2026-03-09", true), ("2026-03-10", false)] {
            let told = CalculateSevenDayReturn { notice_on: Some(day(notice)), ..base() };
            let found = answer(&told);
            assert_eq!((found.in_time, found.may_return), (Some(in_time), in_time));
        }
        let broken = CalculateSevenDayReturn { intact: Some(false), ..base() };
        assert!(!answer(&broken).may_return);
        let back = CalculateSevenDayReturn { returned_on: Some(day("2026-03-10")), ..base() };
        let found = answer(&back);
        assert_eq!(found.refund_due.map(|it| it.on), Some(day("2026-03-17")));
        assert_eq!(found.freight, Some(CostBearer::Consumer));
        let agreed =
            CalculateSevenDayReturn { freight_agreed: Some(CostBearer::Operator), ..base() };
        assert_eq!(answer(&agreed).freight, Some(CostBearer::Operator));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let early = CalculateSevenDayReturn {
            notice_on: Some(day("2026-03-01")),
            ..asked(Internet, Ordinary, "2026-03-02")
        };
        let far = asked(Internet, Ordinary, "2101-01-01");
        for (asked, pointer, code) in
            [(early, "/notice_on", "ends_before_it_begins"), (far, "/received_on", "out_of_range")]
        {
            let Err(Error::Invalid(faults)) =
                calculate(&asked, &crate::calculators::fixture::almanac())
            else {
                panic!("{code}")
            };
            assert_eq!((faults[0].pointer.as_str(), faults[0].code), (pointer, code));
        }
    }
}
