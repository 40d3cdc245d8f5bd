//! Damages beyond the loss: for fraud, for known defects, for food below standard, with their
//! floors and exceptions (Consumer Rights Protection Law 55, Food Safety Law 148). Pure.

use super::amount::yuan;
use super::checks::Checks;
use super::input::CalculatePunitiveDamages;
use super::working::Working;
use crate::error::Result;
use crate::language::Text;
use crate::law::Law;
use crate::words::PunitiveBasis;

/// The least for fraud (CRPL 55(1)).
const FRAUD_FLOOR_FEN: i64 = 50_000;

/// The least for food (Food Safety Law 148(2)).
const FOOD_FLOOR_FEN: i64 = 100_000;

/// One way of counting, where the consumer has a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub label: Text,
    pub amount_fen: i64,
}

/// What can be asked for on top of price and losses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Damages {
    /// Nothing can be asked for when an exception holds.
    pub excluded: bool,
    /// The larger of the ways there are; nothing when excluded.
    pub amount_fen: i64,
    /// Whether the law names the most and leaves the sum to a court.
    pub at_most: bool,
    pub ways: Vec<Way>,
    pub working: Working,
}

pub(super) fn calculate(asked: &CalculatePunitiveDamages) -> Result<Damages> {
    check(asked)?;
    Ok(match asked.basis {
        PunitiveBasis::Fraud => fraud(asked),
        PunitiveBasis::KnownDefect => known_defect(asked),
        PunitiveBasis::FoodBelowStandard => food(asked),
    })
}

fn check(asked: &CalculatePunitiveDamages) -> Result<()> {
    let mut checks = Checks::default();
    let of_price = asked.basis != PunitiveBasis::KnownDefect;
    if of_price && asked.price_fen.is_none() {
        checks.missing("/price_fen", "请填写实际支付的价款。", "Send the price that was paid.");
    }
    if !of_price && asked.losses_fen.is_none() {
        checks.missing("/losses_fen", "请填写所受损失。", "Send the losses.");
    }
    let knowing_food = asked.basis == PunitiveBasis::FoodBelowStandard && asked.bought_knowingly;
    match asked.reasonable_price_fen {
        None if knowing_food => checks.missing(
            "/reasonable_price_fen",
            "明知而购买食品的，请填写合理生活消费需要范围内的价款。",
            "Of food bought knowingly, send the price of what is reasonably needed for living.",
        ),
        Some(_) if !knowing_food => checks.fault(
            "/reasonable_price_fen",
            "not_applicable",
            "只有明知而购买不符合食品安全标准的食品，才按合理生活消费需要计算。",
            "Reasonable needs count only for food bought knowingly.",
        ),
        Some(part) if asked.price_fen.is_some_and(|it| it < part) => checks.fault(
            "/reasonable_price_fen",
            "more_than_the_price",
            "合理需要部分的价款不能超过全部价款。",
            "The price of a part cannot be more than the whole price.",
        ),
        _ => {}
    }
    checks.done()
}

/// Nothing, because all there is are flaws that mislead nobody.
fn harmless(law: &'static [Law], mut working: Working) -> Damages {
    working.fact(Text::new("不适用惩罚性赔偿", "No punitive damages"), "0.00", law);
    working.assume(
        "所述瑕疵不影响质量或者安全，也不会误导消费者。",
        "The flaws touch neither quality nor safety and mislead nobody, as was said.",
    );
    working.leave_open(
        "瑕疵是否会误导消费者，有争议的由人民法院认定；退货、退款等其他责任不受影响。",
        "Whether the flaws mislead is for a court if it is disputed; return and refund remain.",
    );
    Damages { excluded: true, amount_fen: 0, at_most: false, ways: Vec::new(), working }
}

/// A multiple with its floor, as two steps.
fn multiple(
    working: &mut Working,
    label: Text,
    fen: i64,
    times: i64,
    floor: i64,
    law: &'static [Law],
) -> Way {
    let product = fen.saturating_mul(times);
    let formula = format!("{} × {times} = {}", yuan(fen), yuan(product));
    working.sum(label.clone(), formula, product, law);
    let amount_fen = product.max(floor);
    if product < floor {
        working.sum(
            Text::new("不足最低额的，按最低额", "Raised to the least sum of the law"),
            format!("max({}, {}) = {}", yuan(product), yuan(floor), yuan(amount_fen)),
            amount_fen,
            law,
        );
    }
    Way { label, amount_fen }
}

fn fraud(asked: &CalculatePunitiveDamages) -> Damages {
    let mut working = Working::default();
    if asked.harmless_flaw_only {
        return harmless(&[Law::CrplIr49], working);
    }
    let price = asked.price_fen.unwrap_or_default();
    let label = Text::new("价款或者费用的三倍", "Three times the price");
    let way = multiple(&mut working, label, price, 3, FRAUD_FLOOR_FEN, &[Law::Crpl55]);
    working.assume(
        "经营者有欺诈行为，价款以实际支付为准。",
        "The operator committed fraud; the price is what was really paid.",
    );
    working.leave_open(
        "是否构成欺诈由人民法院认定；返还价款和赔偿损失另算。夹带、掉包、造假、篡改、捏造事实索赔的\
         不适用。",
        "Whether it was fraud is for a court; price and losses come on top. Who fakes facts to \
         claim gets nothing of it.",
    );
    if asked.bought_knowingly {
        working.leave_open(
            "购买者明知而购买，是否受欺诈存在争议。",
            "Whether one who knew was deceived at all is disputed.",
        );
    }
    Damages {
        excluded: false,
        amount_fen: way.amount_fen,
        at_most: false,
        ways: vec![way],
        working,
    }
}

fn known_defect(asked: &CalculatePunitiveDamages) -> Damages {
    let mut working = Working::default();
    let losses = asked.losses_fen.unwrap_or_default();
    let label = Text::new("所受损失的二倍以下", "Up to twice the losses");
    let way = multiple(&mut working, label, losses, 2, 0, &[Law::Crpl55]);
    working.assume(
        "经营者明知缺陷仍然提供，造成死亡或者健康严重损害；损失按消费者权益保护法第四十九条、\
         第五十一条计算。",
        "The operator knew of the defect, and it caused death or grave harm to health; losses are \
         those of CRPL 49 and 51.",
    );
    working.leave_open(
        "二倍是上限，具体数额由双方协商或者由人民法院确定；损失本身另行赔偿。",
        "Twice is the most; the sum is for the parties or a court. The losses come on top.",
    );
    Damages { excluded: false, amount_fen: way.amount_fen, at_most: true, ways: vec![way], working }
}

fn food(asked: &CalculatePunitiveDamages) -> Damages {
    let mut working = Working::default();
    if asked.harmless_flaw_only {
        return harmless(&[Law::FoodSafety148, Law::FoodDamages8], working);
    }
    let price = asked.price_fen.unwrap_or_default();
    let base = if asked.bought_knowingly {
        let part = asked.reasonable_price_fen.unwrap_or_default();
        working.sum(
            Text::new(
                "明知而购买：限于合理生活消费需要",
                "Bought knowingly: reasonable living needs only",
            ),
            format!("{} / {}", yuan(part), yuan(price)),
            part,
            &[Law::FoodDamages12],
        );
        part
    } else {
        price
    };
    let law: &'static [Law] = &[Law::FoodSafety148, Law::FoodDamages1];
    let label = Text::new("价款的十倍", "Ten times the price");
    let mut ways = vec![multiple(&mut working, label, base, 10, FOOD_FLOOR_FEN, law)];
    if let Some(losses) = asked.losses_fen {
        let label = Text::new("损失的三倍", "Three times the losses");
        let law: &'static [Law] = &[Law::FoodSafety148];
        ways.push(multiple(&mut working, label, losses, 3, FOOD_FLOOR_FEN, law));
        working.assume(
            "价款十倍与损失三倍由消费者选择，此处取较高者。",
            "Ten times the price or three times the losses is the consumer's choice; the larger \
             one is taken here.",
        );
    }
    working.assume(
        "食品不符合食品安全标准；向经营者主张的，经营者明知；价款以实际支付为准。",
        "The food is below the safety standard; a seller knew it; the price is what was really \
         paid.",
    );
    working.leave_open(
        "返还价款和赔偿损失另算。合理生活消费需要的数量、短时间内多次购买如何合并，由人民法院认定。",
        "Price and losses come on top. How much is reasonably needed, and how repeated purchases \
         are joined, is for a court.",
    );
    let amount_fen = ways.iter().map(|it| it.amount_fen).max().unwrap_or_default();
    Damages { excluded: false, amount_fen, at_most: false, ways, working }
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::Example as _;

    use super::*;
    use crate::error::Error;

    fn asked(basis: PunitiveBasis, price: i64, losses: i64) -> CalculatePunitiveDamages {
        let some = |it: i64| (it > 0).then_some(it);
        CalculatePunitiveDamages {
            basis,
            price_fen: some(price),
            losses_fen: some(losses),
            ..CalculatePunitiveDamages::example()
        }
    }

    /// Each row: basis, price, losses, what comes of it, its first article.
    #[test]
    fn each_article_has_its_multiple_and_its_floor() {
        use PunitiveBasis::{FoodBelowStandard, Fraud, KnownDefect};
        for (basis, price, losses, expected, at_most, law) in [
            // CRPL 55(1): three times, 500 yuan at least.
            (Fraud, 100_000, 0, 300_000, false, "CRPL-55"),
            (Fraud, 12_800, 0, 50_000, false, "CRPL-55"),
            (Fraud, 16_666, 0, 50_000, false, "CRPL-55"),
            (Fraud, 16_667, 0, 50_001, false, "CRPL-55"),
            (Fraud, 1, 0, 50_000, false, "CRPL-55"),
            // CRPL 55(2): up to twice the losses, no floor.
            (KnownDefect, 0, 1_000_000, 2_000_000, true, "CRPL-55"),
            (KnownDefect, 0, 1, 2, true, "CRPL-55"),
            // Food Safety Law 148: ten times the price or three times the losses, 1,000 at least.
            (FoodBelowStandard, 20_000, 0, 200_000, false, "FSL-148"),
            (FoodBelowStandard, 3_500, 0, 100_000, false, "FSL-148"),
            (FoodBelowStandard, 10_000, 0, 100_000, false, "FSL-148"),
            (FoodBelowStandard, 10_001, 0, 100_010, false, "FSL-148"),
            (FoodBelowStandard, 3_500, 500_000, 1_500_000, false, "FSL-148"),
            (FoodBelowStandard, 200_000, 500_000, 2_000_000, false, "FSL-148"),
        ] {
            let found = calculate(&asked(basis, price, losses)).unwrap();
            assert_eq!((found.amount_fen, found.at_most), (expected, at_most), "{basis} {price}");
            assert_eq!(found.working.law()[0].code(), law, "{basis} {price}");
            assert!(!found.excluded && !found.working.undecided.is_empty());
        }
    }

    /// CRPL-IR 49; Food Safety Law 148(2) at its end.
    #[test]
    fn harmless_flaws_give_nothing() {
        for (basis, law) in
            [(PunitiveBasis::Fraud, "CRPL-IR-49"), (PunitiveBasis::FoodBelowStandard, "FSL-148")]
        {
            let flaw = CalculatePunitiveDamages { harmless_flaw_only: true, ..asked(basis, 1, 1) };
            let found = calculate(&flaw).unwrap();
            assert!(found.excluded && found.amount_fen == 0 && found.ways.is_empty());
            assert_eq!(found.working.law()[0].code(), law);
        }
    }

    /// SPC food interpretation 12 to 14.
    #[test]
    fn who_knew_gets_it_for_reasonable_needs() {
        let knowing = |part| CalculatePunitiveDamages {
            bought_knowingly: true,
            reasonable_price_fen: part,
            ..asked(PunitiveBasis::FoodBelowStandard, 1_000_000, 0)
        };
        assert_eq!(calculate(&knowing(Some(40_000))).unwrap().amount_fen, 400_000);
        assert_eq!(calculate(&knowing(Some(4_000))).unwrap().amount_fen, 100_000);
        for (part, code) in [(None, "missing"), (Some(1_000_001), "more_than_the_price")] {
            let Err(Error::Invalid(faults)) = calculate(&knowing(part)) else { panic!("{code}") };
            assert_eq!(
                (faults[0].pointer.as_str(), faults[0].code),
                ("/reasonable_price_fen", code)
            );
        }
    }

    #[test]
    fn each_basis_needs_its_sum() {
        for (basis, pointer) in [
            (PunitiveBasis::Fraud, "/price_fen"),
            (PunitiveBasis::KnownDefect, "/losses_fen"),
            (PunitiveBasis::FoodBelowStandard, "/price_fen"),
        ] {
            let Err(Error::Invalid(faults)) = calculate(&asked(basis, 0, 0)) else {
                panic!("{basis}")
            };
            assert_eq!((faults[0].pointer.as_str(), faults[0].code), (pointer, "missing"));
        }
        let part = CalculatePunitiveDamages {
            reasonable_price_fen: Some(1),
            ..asked(PunitiveBasis::Fraud, 100, 0)
        };
        let Err(Error::Invalid(faults)) = calculate(&part) else { panic!("reasonable") };
        assert_eq!(faults[0].code, "not_applicable");
    }
}
