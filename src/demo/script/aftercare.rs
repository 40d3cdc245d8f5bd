//! What is agreed on, and how it is kept.

use chrono::{Days, NaiveDate};

use super::Script;
use crate::demo::calendar;
use crate::demo::disputes::{self, Remedy};
use crate::demo::fates::{Keeping, Stand};
use crate::demo::phrases;
use crate::demo::step::{Accord, Deed, Step, Term, Visit};
use crate::words::{Manner, PaperForm, PerformanceKind, TermKind};

/// Below this nobody asks to pay in parts.
const WORTH_INSTALMENTS: i64 = 120_000;

impl Script<'_> {
    /// What the parties agree on today.
    pub(super) fn accord(&mut self, keeping: Keeping) -> Accord {
        let (dispute, template) = (self.dispute, self.dispute.template);
        Accord {
            facts: dispute.tell(template.facts),
            matters: dispute.tell(template.matter),
            duties: dispute.tell(template.duty),
            terms: self.terms(keeping),
        }
    }

    fn terms(&mut self, keeping: Keeping) -> Vec<Term> {
        let remedy = self.dispute.template.remedy;
        let claimed = self.dispute.claimed_fen;
        let share = self.dice.between(60, 100);
        // Hundreds and tens, as people shake hands on.
        let settled = (claimed * share / 100 / 1000 * 1000).clamp(5000.min(claimed), claimed);
        let due_on = match keeping {
            Keeping::AtOnce => self.in_days(0, 2),
            _ => self.in_days(7, 18),
        };
        let pay = |kind, amount_fen: i64, what: &str| Term {
            kind,
            obligor: self.respondent(),
            obligee: 0,
            amount_fen: Some(amount_fen),
            due_on,
            manner: "通过原支付渠道或者微信转账一次付清",
            description: format!("被申请人{what} {}。", disputes::yuan(amount_fen)),
            instalments: Vec::new(),
        };
        let act = |kind, manner: &'static str, what: &str| Term {
            kind,
            obligor: self.respondent(),
            obligee: 0,
            amount_fen: None,
            due_on,
            manner,
            description: what.to_owned(),
            instalments: Vec::new(),
        };
        let refund = pay(TermKind::Refund, settled, "退还申请人");
        let mut terms = match remedy {
            Remedy::Refund => vec![refund],
            Remedy::RefundAndReturn => {
                let mut goods =
                    act(TermKind::ReturnGoods, "送至门店", "申请人退还所购商品及配件。");
                (goods.obligor, goods.obligee) = (0, self.respondent());
                vec![refund, goods]
            }
            Remedy::RefundAndApology => {
                vec![refund, act(TermKind::Apology, "当面", "被申请人向申请人赔礼道歉。")]
            }
            Remedy::RefundAndPunitive => {
                let most = if self.dispute.price_fen < 100_000 { 100_000 } else { settled };
                let extra = (most * share / 100 / 2 / 1000 * 1000).max(10_000);
                vec![refund, pay(TermKind::PunitiveDamages, extra, "另行向申请人支付赔偿金")]
            }
            Remedy::Compensation => {
                vec![pay(TermKind::Compensation, settled, "赔偿申请人损失")]
            }
            Remedy::CompensationAndApology => vec![
                pay(TermKind::Compensation, settled.max(20_000), "补偿申请人"),
                act(TermKind::Apology, "当面并书面", "被申请人向申请人赔礼道歉。"),
            ],
            Remedy::RepairAndCompensation => vec![
                act(TermKind::Repair, "上门或者到店", "被申请人免费修复至正常使用状态。"),
                pay(TermKind::Compensation, (settled / 5).max(5000), "补偿申请人交通、误工等损失"),
            ],
            Remedy::Exchange => {
                vec![act(TermKind::Exchange, "到店调换", "被申请人为申请人更换同型号新品。")]
            }
        };
        if keeping == Keeping::Instalments {
            self.cut(&mut terms[0]);
        }
        terms
    }

    /// Cuts a payment into monthly parts, if it is worth it.
    fn cut(&mut self, term: &mut Term) {
        let Some(amount) = term.amount_fen.filter(|it| *it >= WORTH_INSTALMENTS) else { return };
        let parts = self.dice.between(2, 4);
        let each = amount / parts / 100 * 100;
        let day = |nth: i64| term.due_on + Days::new((nth * 30).unsigned_abs());
        let sum = |nth| if nth + 1 == parts { amount - each * (parts - 1) } else { each };
        term.instalments = (0..parts).map(|nth| (sum(nth), day(nth))).collect();
        term.due_on = day(parts - 1);
        term.manner = "通过银行转账按月分期支付";
    }

    /// Duties are performed or not, the parties are asked, the case is closed and put away.
    pub(super) fn aftercare(&mut self, accord: &Accord, keeping: Keeping) -> Option<()> {
        let mut dues: Vec<(usize, (TermKind, NaiveDate))> =
            accord.dues().into_iter().enumerate().collect();
        dues.sort_by_key(|(_, (_, due_on))| *due_on);
        let last = dues.len() - 1;
        for (place, (duty, (kind, due_on))) in dues.into_iter().enumerate() {
            let fails = matches!(keeping, Keeping::Late | Keeping::Defaulted) && place == last;
            self.on_day(due_on - Days::new(if fails { 0 } else { 2 }));
            if self.now_stands_overdue(due_on) {
                return None;
            }
            if fails {
                let days = u64::try_from(self.dice.between(2, 5)).unwrap_or(2);
                self.on_day(due_on + Days::new(days));
                self.default_on(duty);
                if keeping == Keeping::Defaulted {
                    continue;
                }
                self.days(5, 20);
            }
            self.perform(duty, kind);
            if place == 0 && keeping == Keeping::Instalments && last > 0 {
                self.pause(Stand::Performing)?;
            }
        }
        self.pause(Stand::RevisitDue)?;
        self.revisit(keeping == Keeping::Defaulted);
        self.days(0, 4);
        self.task(self.presiding, Step::Close);
        self.print(self.presiding, PaperForm::ClosingSheet);
        self.archive(72)
    }

    /// The day has passed, and nobody has reported anything.
    fn now_stands_overdue(&mut self, due_on: NaiveDate) -> bool {
        if self.pause(Stand::Overdue).is_some() {
            return false;
        }
        self.arrived = due_on < calendar::local(self.now).date();
        true
    }

    fn default_on(&mut self, duty: usize) {
        let note = self.dice.pick(phrases::ADVICE);
        let (kind, happened_on) = (PerformanceKind::Defaulted, self.today());
        self.task(self.presiding, Step::Perform(Deed { duty, kind, happened_on, note }));
    }

    fn perform(&mut self, duty: usize, term: TermKind) {
        let paid =
            matches!(term, TermKind::Refund | TermKind::Compensation | TermKind::PunitiveDamages);
        let note = self.dice.pick(if paid { phrases::PROOFS } else { phrases::OTHER_PROOFS });
        let by = self.either(65);
        let (kind, happened_on) = (PerformanceKind::Performed, self.today());
        self.task(by, Step::Perform(Deed { duty, kind, happened_on, note }));
    }

    fn revisit(&mut self, unhappy: bool) {
        self.days(3, 12);
        let list = if unhappy { phrases::BAD_REVISITS } else { phrases::GOOD_REVISITS };
        let (findings, satisfaction) = self.dice.pick(list);
        let by = self.either(60);
        let manner = self.dice.pick(&[Manner::Phone, Manner::Phone, Manner::Wechat]);
        let party = self.dice.chance(80).then_some(0);
        let visit = Visit { party, manner, findings, satisfaction };
        self.task(by, Step::Revisit(visit));
    }
}
