//! 计算书: how a sum was found, step by step, with the article of each step.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::parts::*;
use crate::sheet::{Align, Block, Cell, Sheet};

/// 计算书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalculationSheet {
    pub office: String,
    #[serde(default)]
    pub case_number: String,
    /// `预付卡退款计算书`.
    pub title: String,
    /// What was given: label and value.
    pub inputs: Vec<(String, String)>,
    pub steps: Vec<CalculationStep>,
    /// The sum in figures and in words.
    pub result: String,
    pub result_in_words: String,
    /// Assumptions, other ways of counting, what was rounded.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// Empty where nobody has to sign.
    #[serde(default)]
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CalculationStep {
    pub what: String,
    /// `5,980.00 × 10 ÷ 20`.
    pub formula: String,
    pub amount: String,
    /// `法释〔2025〕4号第十八条`.
    pub article: String,
}

impl Form for CalculationSheet {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let inputs: Vec<_> = self.inputs.iter().map(|(it, value)| (&**it, &**value)).collect();
        let rows = self.steps.iter().enumerate().map(|(at, it)| {
            vec![
                Cell::value(&(at + 1).to_string(), 2).align(Align::Center),
                Cell::value(&it.what, 6),
                Cell::value(&it.formula, 6),
                Cell::value(&it.amount, 4).align(Align::Right),
                Cell::value(&it.article, 6),
            ]
        });
        let head = vec![
            Cell::label("步骤", 2),
            Cell::label("内容", 6),
            Cell::label("算式", 6),
            Cell::label("金额（元）", 4),
            Cell::label("依据", 6),
        ];
        let mut sheet = Sheet::new(&self.title, &self.office, self.date).number(&self.case_number);
        if !inputs.is_empty() {
            sheet = sheet.heading("计算所依据的数据").fields(&inputs);
        }
        sheet = sheet
            .heading("计算过程")
            .with(Block::Grid { head, rows: rows.collect() })
            .heading("结果")
            .text(&format!("人民币{}元（大写：{}）。", self.result, self.result_in_words));
        if !self.remarks.is_empty() {
            sheet = sheet.heading("说明").counted(&self.remarks);
        }
        sheet
            .signatures(&self.signatures)
            .note("本计算书供调解参考，不代替当事人的约定和人民法院的裁判。")
    }
}

impl CalculationSheet {
    pub fn example() -> Self {
        let step = |what: &str, formula: &str, amount: &str, article: &str| CalculationStep {
            what: what.to_owned(),
            formula: formula.to_owned(),
            amount: amount.to_owned(),
            article: article.to_owned(),
        };
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        Self {
            office: sample::COMMITTEE.to_owned(),
            case_number: "（2026）徐人调字第123号".to_owned(),
            title: "预付卡退款计算书".to_owned(),
            inputs: vec![
                pair("支付本金", "1,000.00元"),
                pair("约定次数", "10次"),
                pair("已使用次数", "1次"),
                pair("折扣前单价", "298.00元/次"),
                pair("停止履行的原因", "经营者停业"),
            ],
            steps: vec![
                step("折扣后单价", "1,000.00 ÷ 10", "100.00", "法释〔2025〕4号第十八条"),
                step("已使用部分的价值", "100.00 × 1", "100.00", "法释〔2025〕4号第十八条"),
                step("应退还的预付款", "1,000.00 − 100.00", "900.00", "法释〔2025〕4号第十五条"),
            ],
            result: "900.00".to_owned(),
            result_in_words: "玖佰元整".to_owned(),
            remarks: vec![
                "如因消费者原因退款，按折扣前单价计算：1,000.00 − 298.00 × 1 = 702.00元（第十九条）。"
                    .to_owned(),
                "利息自合同解除之日起另计（第十七条）。".to_owned(),
            ],
            signatures: Vec::new(),
            date: Some(sample::day(11, 24)),
        }
    }
}
