//! What holds a case file together: cover, contents, situation note, closing sheet, back cover.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::day_or_blank;
use crate::parts::*;
use crate::sheet::{Align, Block, Cell, Layout, Sheet};

/// 卷宗封面.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    pub mediation: Mediation,
    /// Whose file it is.
    pub office: String,
    /// 卷名: the dispute and who is in it.
    pub name: String,
    /// 卷号.
    pub volume_number: String,
    /// `（2026）徐人调字第123号`.
    pub case_number: String,
    pub mediators: Vec<String>,
    pub mediated_from: Option<NaiveDate>,
    pub mediated_until: Option<NaiveDate>,
    pub filed_by: String,
    pub filed_on: Option<NaiveDate>,
    /// 保管期限.
    pub retention: String,
    #[serde(default)]
    pub remark: String,
}

impl Form for Cover {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let period = format!(
            "{} 至 {}",
            day_or_blank(self.mediated_from),
            day_or_blank(self.mediated_until)
        );
        Sheet::new("调解卷宗", &self.office, self.filed_on)
            .layout(Layout::Cover)
            .organisation(&self.office)
            .number(&self.case_number)
            .lines(&[
                ("卷名", &self.name),
                ("卷号", &self.volume_number),
                (self.mediation.mediator(), &self.mediators.join("、")),
                ("调解日期", &period),
                ("立卷人", &self.filed_by),
                ("立卷日期", &day_or_blank(self.filed_on)),
                ("保管期限", &self.retention),
                ("备注", &self.remark),
            ])
    }
}

impl Cover {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            name: format!("吉𠮷𬭎与{}预付卡退款纠纷", sample::long_name()),
            volume_number: "2026-消-123".to_owned(),
            case_number: "（2026）徐人调字第123号".to_owned(),
            mediators: vec!["顾维".to_owned(), "𬭎某".to_owned()],
            mediated_from: Some(sample::day(11, 23)),
            mediated_until: Some(sample::day(11, 26)),
            filed_by: "沈㐂".to_owned(),
            filed_on: Some(sample::day(12, 10)),
            retention: "30年".to_owned(),
            remark: String::new(),
        }
    }
}

/// 卷内目录.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    pub office: String,
    #[serde(default)]
    pub case_number: String,
    pub entries: Vec<Entry>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    pub title: String,
    /// In a case file the engine fills them in.
    pub pages: String,
    pub remark: String,
}

impl Form for Contents {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let center = |text: &str, span| Cell::value(text, span).align(Align::Center).height(6);
        let rows = self.entries.iter().enumerate().map(|(at, it)| {
            vec![
                center(&(at + 1).to_string(), 3),
                Cell::value(&it.title, 13),
                center(&it.pages, 3),
                Cell::value(&it.remark, 5),
            ]
        });
        Sheet::new("卷内目录", &self.office, self.date).number(&self.case_number).with(
            Block::Grid {
                head: vec![
                    Cell::label("序号", 3),
                    Cell::label("文书名称", 13),
                    Cell::label("页号", 3),
                    Cell::label("备注", 5),
                ],
                rows: rows.collect(),
            },
        )
    }
}

impl Contents {
    pub fn example() -> Self {
        let entry = |title: &str, pages: &str, remark: &str| Entry {
            title: title.to_owned(),
            pages: pages.to_owned(),
            remark: remark.to_owned(),
        };
        Self {
            office: sample::COMMITTEE.to_owned(),
            case_number: "（2026）徐人调字第123号".to_owned(),
            entries: vec![
                entry("人民调解申请书", "1-2", ""),
                entry("当事人权利义务告知书", "3", ""),
                entry("当事人身份证明（吉𠮷𬭎）", "4", "复印件"),
                entry(&format!("当事人身份证明（{}）", sample::long_name()), "5-6", "复印件"),
                entry("人民调解记录", "7-14", ""),
                entry("人民调解协议书", "15-18", "原件"),
            ],
            date: Some(sample::day(12, 10)),
        }
    }
}

/// 卷宗情况说明.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SituationNote {
    pub office: String,
    pub case_number: String,
    /// What is missing or special about the file, and why.
    pub text: String,
    pub signature: SignatureBox,
    pub date: Option<NaiveDate>,
}

impl Form for SituationNote {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        Sheet::new("卷宗情况说明", &self.office, self.date)
            .number(&self.case_number)
            .text(&self.text)
            .signatures(std::slice::from_ref(&self.signature))
    }
}

impl SituationNote {
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            case_number: "（2026）徐人调字第123号".to_owned(),
            text: "本卷第5页系复印件，原件由当事人持有，已由立卷人核对无异。\n\
                   现场录音一份存于本站电子档案，未刻录光盘。"
                .to_owned(),
            signature: SignatureBox::of("立卷人（签名）", "沈㐂"),
            date: Some(sample::day(12, 10)),
        }
    }
}

/// 封底.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackCover {
    pub office: String,
    /// In a case file the engine fills it in.
    #[serde(default)]
    pub total_pages: String,
    pub filed_by: String,
    pub checked_by: String,
    pub filed_on: Option<NaiveDate>,
    pub checked_on: Option<NaiveDate>,
    #[serde(default)]
    pub remark: String,
}

impl Form for BackCover {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        Sheet::new("卷宗封底", &self.office, self.filed_on).layout(Layout::Cover).lines(&[
            ("本卷页数", &format!("共 {} 页", crate::sheet::or_blank(&self.total_pages))),
            ("立卷人", &self.filed_by),
            ("立卷日期", &day_or_blank(self.filed_on)),
            ("检查人", &self.checked_by),
            ("检查日期", &day_or_blank(self.checked_on)),
            ("备注", &self.remark),
        ])
    }
}

impl BackCover {
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            total_pages: "36".to_owned(),
            filed_by: "沈㐂".to_owned(),
            checked_by: "顾维".to_owned(),
            filed_on: Some(sample::day(12, 10)),
            checked_on: None,
            remark: String::new(),
        }
    }
}

/// 调解结案报告表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingSheet {
    pub mediation: Mediation,
    pub office: String,
    pub volume_number: String,
    pub case_number: String,
    pub handler: String,
    pub accepted_on: Option<NaiveDate>,
    /// After performance is complete.
    pub closed_on: Option<NaiveDate>,
    pub parties: Vec<Party>,
    pub source: String,
    pub facts: String,
    pub outcome: String,
    pub performance: String,
    /// `审核意见`; empty stays a blank.
    #[serde(default)]
    pub opinion: String,
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
}

impl Form for ClosingSheet {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let title = format!("{}结案报告表", self.mediation.kind());
        let pair = |label: &str, value: &str, other: &str, second: &str| {
            vec![
                Cell::label(label, 4),
                Cell::value(value, 8),
                Cell::label(other, 4),
                Cell::value(second, 8),
            ]
        };
        let (accepted, closed) = (day_or_blank(self.accepted_on), day_or_blank(self.closed_on));
        let mut sheet = Sheet::new(title, &self.office, self.date).with(Block::Grid {
            head: Vec::new(),
            rows: vec![
                pair("卷号", &self.volume_number, "案号", &self.case_number),
                pair("受理日期", &accepted, "结案日期", &closed),
                pair("承办人", &self.handler, "案件来源", &self.source),
            ],
        });
        for party in &self.parties {
            sheet = sheet.party(party);
        }
        let mut rows: Vec<_> = [
            ("纠纷简要情况", &self.facts),
            ("调解结果", &self.outcome),
            ("履行情况", &self.performance),
        ]
        .map(|(label, value)| crate::sheet::field_row(label, value))
        .into();
        rows.push(vec![
            Cell::label("审核意见", 4).height(22),
            Cell::value(&self.opinion, 20).height(22),
        ]);
        sheet.with(Block::Grid { head: Vec::new(), rows }).signatures(&self.signatures)
    }
}

impl ClosingSheet {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            volume_number: "2026-消-123".to_owned(),
            case_number: "（2026）徐人调字第123号".to_owned(),
            handler: "顾维".to_owned(),
            accepted_on: Some(sample::day(11, 23)),
            closed_on: Some(sample::day(12, 9)),
            parties: vec![sample::consumer("申请人"), sample::business("被申请人")],
            source: "市场监管部门移交".to_owned(),
            facts: sample::facts(),
            outcome: "达成书面调解协议，协议金额人民币8,000元。".to_owned(),
            performance: "已全部履行。".to_owned(),
            opinion: String::new(),
            signatures: vec![
                SignatureBox::of("承办人（签名）", "顾维"),
                SignatureBox::empty("审核人（签名）"),
            ],
            date: Some(sample::day(12, 10)),
        }
    }
}
