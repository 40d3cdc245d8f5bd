//! What people in a shopping district quarrel about: templates as data, and how one becomes the
//! story of one case. No template names a real shop.

mod food;
mod goods;
mod prepaid;
mod referrals;
mod services;

use chrono::{Datelike as _, Days, NaiveDate};

use super::dice::Dice;
use super::invent::Trade;
use crate::words::{Category, ClaimKind, SubjectKind};

/// A kind of dispute. In its texts `{date}` is the day of purchase, `{price}` what was paid and
/// `{sum}` what is asked for.
#[derive(Debug)]
pub(super) struct Template {
    pub trade: Trade,
    pub title: &'static str,
    pub subject: &'static str,
    pub kind: SubjectKind,
    pub category: Category,
    pub online: bool,
    pub prepaid: bool,
    /// How old people are to whom it happens.
    pub ages: (i64, i64),
    /// Paid, in yuan.
    pub price: (i64, i64),
    /// Asked for, in percent of what was paid.
    pub share: (i64, i64),
    /// How many days before the complaint it was bought.
    pub ago: (i64, i64),
    pub claim: ClaimKind,
    /// The claim in the applicant's words.
    pub wish: &'static str,
    /// What happened, as the applicant tells it.
    pub facts: &'static str,
    /// What the shop says to it.
    pub reply: &'static str,
    /// What they disagree on.
    pub matter: &'static str,
    /// Who answers for what, as the mediator sees it.
    pub duty: &'static str,
    pub remedy: Remedy,
}

impl Template {
    /// Whether it happens to minors.
    pub fn of_minors(&self) -> bool {
        self.ages.0 < 18
    }

    /// Whether what is paid in the end is worth instalments, also at its least.
    pub fn worth_instalments(&self) -> bool {
        let least = self.price.0 * self.share.0 / 100;
        !matches!(self.remedy, Remedy::RepairAndCompensation | Remedy::Exchange) && least >= 2100
    }
}

/// What settles such a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    Refund,
    RefundAndReturn,
    RefundAndApology,
    RefundAndPunitive,
    Compensation,
    CompensationAndApology,
    RepairAndCompensation,
    Exchange,
}

const fn company(suffix: &'static str) -> Trade {
    Trade { suffix, sole: false }
}

const fn sole_trader(suffix: &'static str) -> Trade {
    Trade { suffix, sole: true }
}

/// What most templates have in common.
const SERVICE: Template = Template {
    trade: company(""),
    title: "",
    subject: "",
    kind: SubjectKind::Service,
    category: Category::Contract,
    online: false,
    prepaid: false,
    ages: (19, 80),
    price: (100, 1000),
    share: (50, 100),
    ago: (2, 30),
    claim: ClaimKind::Refund,
    wish: "",
    facts: "",
    reply: "",
    matter: "",
    duty: "",
    remedy: Remedy::Refund,
};

/// Every template. The first is the gym that closes over night.
pub(super) fn all() -> Vec<&'static Template> {
    let lists = [prepaid::PREPAID, services::SERVICES, food::FOOD, goods::GOODS];
    lists.into_iter().flatten().collect()
}

/// A matter that is not for the station.
pub(super) fn referral(place: usize) -> &'static referrals::Referral {
    &referrals::REFERRALS[place % referrals::REFERRALS.len()]
}

/// A template that has happened to somebody.
#[derive(Debug)]
pub(super) struct Dispute {
    pub template: &'static Template,
    pub bought_on: NaiveDate,
    pub price_fen: i64,
    pub claimed_fen: i64,
}

impl Dispute {
    pub fn new(dice: &mut Dice, template: &'static Template, today: NaiveDate) -> Self {
        let yuan = dice.between(template.price.0, template.price.1);
        let price_fen = match yuan {
            // Prices end in 8 or 9, round up with their size, or have odd fen.
            0..100 => yuan * 100 + dice.pick(&[0, 0, 50, 80, 90]),
            100..1000 => (yuan / 10 * 10 + dice.pick(&[0, 8, 9])) * 100,
            1000..10_000 => (yuan / 100 * 100 + dice.pick(&[0, 0, 80, 88, 99])) * 100,
            _ => yuan / 500 * 500 * 100,
        };
        let claimed_fen = match dice.between(template.share.0, template.share.1) {
            95..=100 => price_fen,
            share => (price_fen * share / 100 / 1000 * 1000).max(1000),
        };
        let ago = dice.between(template.ago.0, template.ago.1);
        let bought_on = today - Days::new(ago.unsigned_abs());
        Self { template, bought_on, price_fen, claimed_fen }
    }

    /// A text of the template with this case's day and sums.
    pub fn tell(&self, text: &str) -> String {
        text.replace("{date}", &chinese_day(self.bought_on))
            .replace("{price}", &yuan(self.price_fen))
            .replace("{sum}", &yuan(self.claimed_fen))
    }
}

/// A day as people write it.
pub(super) fn chinese_day(day: NaiveDate) -> String {
    format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())
}

/// A sum as people write it.
pub(super) fn yuan(fen: i64) -> String {
    match fen % 100 {
        0 => format!("{} 元", fen / 100),
        odd => format!("{}.{odd:02} 元", fen / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the API asks of texts, the templates keep.
    #[test]
    fn every_template_is_complete_and_fits() {
        let all = all();
        assert!(all.len() >= 40, "{}", all.len());
        for it in &all {
            for (text, most) in
                [(it.title, 100), (it.subject, 100), (it.wish, 500), (it.facts, 2000)]
            {
                let length = text.chars().count();
                assert!((1..=most).contains(&length), "{}: {text}", it.title);
            }
            for text in [it.reply, it.matter, it.duty, it.trade.suffix] {
                assert!(!text.is_empty(), "{}", it.title);
            }
            let texts = [it.wish, it.facts, it.reply, it.matter, it.duty];
            let dispute = Dispute::new(&mut Dice::new(1), it, NaiveDate::default());
            for text in texts.map(|it| dispute.tell(it)) {
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
        for category in Category::ALL {
            assert!(all.iter().any(|it| it.category == *category), "{category}");
        }
    }
}
