//! What the calculators answer.

use chrono::NaiveDate;
use poem_openapi::Object;

use super::capitals::in_capitals;
use super::interest::Interest;
use super::prepaid::{Refund, SevenDays, Way};
use super::punitive::Damages;
use super::returns::Return;
use super::seven_days::LastDay;
use super::working::{Step, Working};
use crate::http::{LawView, TextView};
use crate::language::Language;
use crate::words::{CostBearer, PunitiveBasis, RefundCause};

/// How a result came about.
#[derive(Debug, Object)]
#[oai(rename = "CalculatorWorking")]
pub struct WorkingView {
    /// In the order in which one would work it out by hand.
    pub steps: Vec<StepView>,
    /// Every article of the steps, once.
    pub law: Vec<LawView>,
    /// What the result rests on although nobody said so; check it.
    pub assumed: Vec<TextView>,
    /// What the result does not decide.
    pub undecided: Vec<TextView>,
}

/// One step of a calculation.
#[derive(Debug, Object)]
#[oai(rename = "CalculatorStep", skip_serializing_if_is_none)]
pub struct StepView {
    /// What is worked out.
    pub label: TextView,
    /// The same in numbers; sums in yuan.
    pub formula: String,
    /// What it comes to in fen, where that is a sum.
    pub amount_fen: Option<i64>,
    /// The articles it rests on.
    pub law: Vec<LawView>,
}

impl WorkingView {
    fn new(it: Working, language: Language) -> Self {
        let law = it.law().into_iter().map(|it| LawView::new(it, language)).collect();
        let texts = |all: Vec<_>| all.into_iter().map(TextView::from).collect();
        let Working { steps, assumed, undecided } = it;
        Self {
            steps: steps.into_iter().map(|it| StepView::new(it, language)).collect(),
            law,
            assumed: texts(assumed),
            undecided: texts(undecided),
        }
    }
}

impl StepView {
    fn new(it: Step, language: Language) -> Self {
        let Step { label, formula, amount_fen, law } = it;
        let law = law.iter().map(|it| LawView::new(*it, language)).collect();
        Self { label: label.into(), formula, amount_fen, law }
    }
}

/// A last day.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CalculatedDay {
    /// A last day that is a day off has moved.
    pub last_on: NaiveDate,
    /// Whether it depends on a calendar that is not published yet.
    pub provisional: bool,
    /// The earliest it can be; only with a provisional day.
    pub earliest_on: Option<NaiveDate>,
    /// The latest it can be; only with a provisional day.
    pub latest_on: Option<NaiveDate>,
}

impl From<LastDay> for CalculatedDay {
    fn from(it: LastDay) -> Self {
        Self {
            last_on: it.on,
            provisional: it.range.is_some(),
            earliest_on: it.range.map(|it| it.0),
            latest_on: it.range.map(|it| it.1),
        }
    }
}

/// What of a prepaid card is given back.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PrepaidRefund {
    /// Whose cause it was said to be.
    pub cause: Option<RefundCause>,
    /// The principal, by the way of counting that the cause calls for. Absent while the cause is
    /// open and the two ways differ.
    pub refund_fen: Option<i64>,
    /// The principal in words.
    pub refund_in_words: Option<String>,
    /// By the rate that the cause calls for; absent unless the day of payment was told.
    pub interest_fen: Option<i64>,
    /// Principal and interest.
    pub total_fen: Option<i64>,
    /// When it is not the consumer's cause: what was used counts at the price for holders
    /// (art. 18).
    pub not_consumers_cause: PrepaidWay,
    /// When it is: what was used counts at the price before discount (arts. 19, 20). Absent
    /// where that price was not told.
    pub consumers_cause: Option<PrepaidWay>,
    /// The seven days from payment (art. 14); absent unless the day of payment was told.
    pub seven_days: Option<PrepaidSevenDays>,
    pub working: WorkingView,
}

/// One way of counting.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PrepaidWay {
    /// What was used, at most what was paid.
    pub used_fen: i64,
    /// What was paid without that.
    pub refund_fen: i64,
    /// The rate of its interest, in hundredths of a per cent a year (art. 16).
    pub annual_rate_basis_points: Option<u32>,
    /// Where the rate comes from.
    pub rate_source: Option<TextView>,
    /// From rescission to payment (art. 17).
    pub interest_fen: Option<i64>,
}

/// How it stands with the seven days from payment.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PrepaidSevenDays {
    pub until: CalculatedDay,
    /// Whether the money was asked back by then.
    pub in_time: Option<bool>,
    /// Whether all of the principal can be asked back, as far as the facts say.
    pub applies: bool,
}

impl From<Way> for PrepaidWay {
    fn from(it: Way) -> Self {
        let Way { used_fen, refund_fen, rate, interest_fen } = it;
        Self {
            used_fen,
            refund_fen,
            annual_rate_basis_points: rate.as_ref().map(|it| it.basis_points),
            rate_source: rate.map(|it| it.source.into()),
            interest_fen,
        }
    }
}

impl From<SevenDays> for PrepaidSevenDays {
    fn from(it: SevenDays) -> Self {
        let SevenDays { last, in_time, applies } = it;
        Self { until: last.into(), in_time, applies }
    }
}

impl PrepaidRefund {
    pub(super) fn new(it: Refund, cause: Option<RefundCause>, language: Language) -> Self {
        let total = |refund: i64| refund.saturating_add(it.interest_fen.unwrap_or_default());
        Self {
            cause,
            refund_fen: it.refund_fen,
            refund_in_words: it.refund_fen.map(in_capitals),
            interest_fen: it.interest_fen,
            total_fen: it.refund_fen.map(total),
            not_consumers_cause: it.not_consumers_cause.into(),
            consumers_cause: it.consumers_cause.map(Into::into),
            seven_days: it.seven_days.map(Into::into),
            working: WorkingView::new(it.working, language),
        }
    }
}

/// What can be asked for on top of price and losses.
#[derive(Debug, Object)]
pub struct PunitiveDamages {
    pub basis: PunitiveBasis,
    /// Whether an exception of the law leaves nothing.
    pub excluded: bool,
    /// The larger of the ways there are; nothing when excluded.
    pub amount_fen: i64,
    /// Whether the law names the most only and a court or the parties fix the sum.
    pub at_most: bool,
    /// The ways the consumer may choose from.
    pub ways: Vec<PunitiveWay>,
    pub working: WorkingView,
}

/// One way of counting punitive damages, its floor applied.
#[derive(Debug, Object)]
pub struct PunitiveWay {
    pub label: TextView,
    pub amount_fen: i64,
}

impl PunitiveDamages {
    pub(super) fn new(it: Damages, basis: PunitiveBasis, language: Language) -> Self {
        let Damages { excluded, amount_fen, at_most, ways, working } = it;
        let ways = ways
            .into_iter()
            .map(|it| PunitiveWay { label: it.label.into(), amount_fen: it.amount_fen })
            .collect();
        let working = WorkingView::new(working, language);
        Self { basis, excluded, amount_fen, at_most, ways, working }
    }
}

/// Whether goods can be returned without a reason, until when, and who pays for what.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct SevenDayReturn {
    /// As far as the facts say.
    pub may_return: bool,
    /// Whether that rests on the seller's promise alone and not on the law.
    pub by_promise: bool,
    /// Until when the seller is to be told; absent where there is no right.
    pub until: Option<CalculatedDay>,
    /// Whether the seller was told by then.
    pub in_time: Option<bool>,
    /// Until when the seller pays the price back, once the goods are back.
    pub refund_due: Option<CalculatedDay>,
    /// Who bears the freight back.
    pub freight: Option<CostBearer>,
    /// The steps are the reasons.
    pub working: WorkingView,
}

impl SevenDayReturn {
    pub(super) fn new(it: Return, language: Language) -> Self {
        let Return { may_return, by_promise, last, in_time, refund_due, freight, working } = it;
        Self {
            may_return,
            by_promise,
            until: last.map(Into::into),
            in_time,
            refund_due: refund_due.map(Into::into),
            freight,
            working: WorkingView::new(working, language),
        }
    }
}

/// What interest comes to.
#[derive(Debug, Object)]
pub struct InterestCalculated {
    /// Days that bear interest.
    pub days: i64,
    /// In hundredths of a per cent a year.
    pub annual_rate_basis_points: u32,
    /// Where the rate comes from.
    pub rate_source: TextView,
    /// 365 or 360.
    pub days_per_year: u32,
    pub interest_fen: i64,
    /// Principal and interest.
    pub total_fen: i64,
    pub working: WorkingView,
}

impl InterestCalculated {
    pub(super) fn new(
        it: Interest,
        principal_fen: i64,
        days_per_year: u32,
        language: Language,
    ) -> Self {
        let Interest { days, fen, rate, working } = it;
        Self {
            days,
            annual_rate_basis_points: rate.basis_points,
            rate_source: rate.source.into(),
            days_per_year,
            interest_fen: fen,
            total_fen: principal_fen.saturating_add(fen),
            working: WorkingView::new(working, language),
        }
    }
}

/// A sum in figures and in words.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AmountInWords {
    /// The figures that were sent, else what the words mean.
    pub amount_fen: i64,
    /// In figures as papers show it.
    pub figures: String,
    /// In words by the rules for bills.
    pub words: String,
    /// What the words that were sent mean.
    pub words_fen: Option<i64>,
    /// Whether the words that were sent mean the figures.
    pub equal: Option<bool>,
    /// Whether the words that were sent are written exactly by the rules.
    pub written_by_the_rules: Option<bool>,
}
