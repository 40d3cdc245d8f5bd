//! 司法确认: what both parties hand to the court together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::{day_in_words, day_or_blank};
use crate::parts::*;
use crate::sheet::{Align, Block, Cell, Layout, Sheet, or_blank};

/// 司法确认申请书, of both parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationApplication {
    pub court: String,
    /// Who mediated.
    pub office: String,
    pub agreement_number: String,
    pub agreement_in_force_on: Option<NaiveDate>,
    pub applicants: Vec<Party>,
    pub facts: String,
    /// Empty for the usual undertaking.
    #[serde(default)]
    pub undertaking: String,
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
}

const UNDERTAKING: &str = "申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；\
    如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。";

impl Form for ConfirmationApplication {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("司法确认申请书", &self.office, self.date);
        for party in &self.applicants {
            sheet = sheet.party(party);
        }
        let undertaking = match self.undertaking.as_str() {
            "" => UNDERTAKING,
            words => words,
        };
        sheet
            .heading("请求事项")
            .text(&format!(
                "确认申请人于{}经{}主持调解达成的调解协议（编号：{}）有效。",
                day_or_blank(self.agreement_in_force_on),
                self.office,
                or_blank(&self.agreement_number),
            ))
            .heading("事实和理由")
            .text(&self.facts)
            .heading("承诺")
            .text(undertaking)
            .addressed_to(or_blank(&self.court))
            .signatures(&self.signatures)
    }
}

impl ConfirmationApplication {
    pub fn example() -> Self {
        Self {
            court: "上海市徐汇区人民法院".to_owned(),
            office: sample::COMMITTEE.to_owned(),
            agreement_number: "（2026）徐人调字第123号".to_owned(),
            agreement_in_force_on: Some(sample::day(11, 26)),
            applicants: vec![
                sample::consumer("申请人（甲方）"),
                sample::business("申请人（乙方）"),
            ],
            facts: sample::facts(),
            undertaking: String::new(),
            signatures: vec![
                SignatureBox::of("申请人甲方（签名、盖章或按指印）", "吉𠮷𬭎"),
                SignatureBox::of("申请人乙方（签名、盖章）", "欧阳淼淼"),
            ],
            date: Some(sample::day(11, 27)),
        }
    }
}

/// 司法确认有关材料: the page in front of them and the list of what is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationPack {
    pub court: String,
    pub office: String,
    pub agreement_number: String,
    pub materials: Vec<Material>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Material {
    pub name: String,
    pub copies: String,
    pub remark: String,
}

impl Form for ConfirmationPack {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let center = |text: &str, span| Cell::value(text, span).align(Align::Center);
        let rows = self.materials.iter().enumerate().map(|(at, it)| {
            vec![
                center(&(at + 1).to_string(), 2),
                Cell::value(&it.name, 12),
                center(&it.copies, 3),
                Cell::value(&it.remark, 7),
            ]
        });
        Sheet::new("司法确认有关材料", &self.office, self.date)
            .layout(Layout::Divider)
            .lines(&[
                ("受理法院", &self.court),
                ("调解组织", &self.office),
                ("协议编号", &self.agreement_number),
            ])
            .with(Block::Grid {
                head: vec![
                    Cell::label("序号", 2),
                    Cell::label("材料名称", 12),
                    Cell::label("份数", 3),
                    Cell::label("备注", 7),
                ],
                rows: rows.collect(),
            })
    }
}

impl ConfirmationPack {
    pub fn example() -> Self {
        let material = |name: &str, copies: &str, remark: &str| Material {
            name: name.to_owned(),
            copies: copies.to_owned(),
            remark: remark.to_owned(),
        };
        Self {
            court: "上海市徐汇区人民法院".to_owned(),
            office: sample::COMMITTEE.to_owned(),
            agreement_number: "（2026）徐人调字第123号".to_owned(),
            materials: vec![
                material("司法确认申请书", "1", "双方签名、盖章"),
                material("人民调解协议书", "1", "原件"),
                material("调解组织主持调解的证明", "1", "加盖印章"),
                material("当事人身份证明、资格证明", "2", "复印件，已核对原件"),
                material("与调解协议相关的财产权利证明", "1", ""),
                material("送达地址确认书", "2", ""),
                material("授权委托书及代理人身份证明", "1", "有代理人时"),
            ],
            date: Some(sample::day(11, 27)),
        }
    }
}

/// A page between two parts of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DividerPage {
    pub office: String,
    pub title: String,
    #[serde(default)]
    pub text: String,
    pub date: Option<NaiveDate>,
}

impl Form for DividerPage {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let sheet = Sheet::new(&self.title, &self.office, self.date).layout(Layout::Divider);
        if self.text.is_empty() { sheet } else { sheet.text(&self.text) }
    }
}

impl DividerPage {
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            title: "人民调解证据材料".to_owned(),
            text: format!("共12件，{}收齐。", day_in_words(sample::day(11, 25))),
            date: Some(sample::day(11, 25)),
        }
    }
}
