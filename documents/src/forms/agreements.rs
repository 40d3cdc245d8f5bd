//! What the parties agreed on: in writing, by word, before the market supervision.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::parts::*;
use crate::sheet::{Sheet, or_blank};

/// 人民调解协议书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub office: String,
    pub number: String,
    pub parties: Vec<Party>,
    pub facts: String,
    pub terms: Vec<String>,
    /// How and by when the terms are performed.
    pub performance: String,
    /// `三`; empty stays a blank.
    pub copies: String,
    /// Of the parties.
    pub signatures: Vec<SignatureBox>,
    pub mediators: Vec<SignatureBox>,
    pub recorder: SignatureBox,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub verification: Option<Verification>,
}

impl Form for Agreement {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("人民调解协议书", &self.office, self.date).number(&self.number);
        for party in &self.parties {
            sheet = sheet.party(party);
        }
        sheet
            .heading("纠纷的主要事实、争议事项")
            .text(&self.facts)
            .heading("经调解，自愿达成如下协议")
            .numbered(&self.terms)
            .heading("履行方式、时限")
            .text(&self.performance)
            .text(&format!(
                "本协议一式{}份，当事人、人民调解委员会各持一份。",
                or_blank(&self.copies)
            ))
            .signatures(&self.signatures)
            .signatures(&self.mediators)
            .signatures(std::slice::from_ref(&self.recorder))
            .seal(&self.seal, self.date)
            .verification(self.verification.as_ref())
    }
}

impl Agreement {
    /// Forty terms.
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调字第123号".to_owned(),
            parties: vec![sample::consumer("当事人（甲方）"), sample::business("当事人（乙方）")],
            facts: sample::facts(),
            terms: sample::terms(40),
            performance: "银行转账，按上述各期日期履行；最后一期应于2027年1月31日前付清。"
                .to_owned(),
            copies: "三".to_owned(),
            signatures: vec![
                SignatureBox {
                    date: Some(sample::day(11, 25)),
                    mark: "已按指印".to_owned(),
                    ..SignatureBox::of("当事人甲方（签名、盖章或按指印）", "吉𠮷𬭎")
                },
                SignatureBox {
                    date: Some(sample::day(11, 26)),
                    mark: "短信验证码签署，2026-11-26 10:21".to_owned(),
                    ..SignatureBox::of("当事人乙方（签名、盖章或按指印）", "欧阳淼淼")
                },
            ],
            mediators: vec![SignatureBox::of("人民调解员（签名）", "顾维")],
            recorder: SignatureBox::of("记录人（签名）", "沈㐂"),
            seal: SealBox { name: sample::COMMITTEE.to_owned() },
            date: Some(sample::day(11, 26)),
            verification: Some(sample::verification()),
        }
    }
}

/// 人民调解口头协议登记表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OralRegister {
    pub office: String,
    #[serde(default)]
    pub number: String,
    pub parties: Vec<Party>,
    pub facts: String,
    pub agreed: String,
    pub performance: String,
    pub mediators: Vec<SignatureBox>,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
}

impl Form for OralRegister {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let mut sheet =
            Sheet::new("人民调解口头协议登记表", &self.office, self.date).number(&self.number);
        for party in &self.parties {
            sheet = sheet.party(party);
        }
        sheet
            .fields(&[
                ("纠纷主要事实、\n争议事项", &self.facts),
                ("达成协议内容", &self.agreed),
                ("履行方式、\n时限", &self.performance),
            ])
            .signatures(&self.mediators)
            .seal(&self.seal, self.date)
    }
}

impl OralRegister {
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调口字第18号".to_owned(),
            parties: vec![sample::consumer("当事人（甲方）"), sample::business("当事人（乙方）")],
            facts: "购买的外套洗后缩水，双方就退货发生争议。".to_owned(),
            agreed: "乙方当场退还货款人民币399元，甲方交还外套。".to_owned(),
            performance: "当场履行完毕。".to_owned(),
            mediators: vec![SignatureBox::of("人民调解员（签名）", "顾维")],
            seal: SealBox { name: sample::COMMITTEE.to_owned() },
            date: Some(sample::day(11, 23)),
        }
    }
}

/// 行政调解书: of the market supervision, also where a committee mediated on its behalf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediationDocument {
    pub office: String,
    pub number: String,
    pub complainants: Vec<Party>,
    pub respondents: Vec<Party>,
    pub facts: String,
    pub terms: Vec<String>,
    pub performance: String,
    pub copies: String,
    /// Who mediated, where the office entrusted somebody: one sentence.
    #[serde(default)]
    pub entrusted: String,
    pub signatures: Vec<SignatureBox>,
    pub mediators: Vec<SignatureBox>,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub verification: Option<Verification>,
}

impl Form for MediationDocument {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new("行政调解书", &self.office, self.date)
            .organisation(&self.office)
            .number(&self.number);
        for party in self.complainants.iter().chain(&self.respondents) {
            sheet = sheet.party(party);
        }
        sheet = sheet.heading("主要事实和争议事项").text(&self.facts);
        if !self.entrusted.is_empty() {
            sheet = sheet.text(&self.entrusted);
        }
        sheet
            .heading("经调解，双方当事人自愿达成如下协议")
            .numbered(&self.terms)
            .heading("履行方式、时限")
            .text(&self.performance)
            .text(&format!(
                "本调解书一式{}份，双方当事人各执一份，市场监督管理部门存档一份。",
                or_blank(&self.copies)
            ))
            .signatures(&self.signatures)
            .signatures(&self.mediators)
            .seal(&self.seal, self.date)
            .verification(self.verification.as_ref())
    }
}

impl MediationDocument {
    pub fn example() -> Self {
        Self {
            office: sample::MARKET_SUPERVISION.to_owned(),
            number: "沪徐市监消调〔2026〕77号".to_owned(),
            complainants: vec![sample::consumer("投诉人")],
            respondents: vec![sample::business("被投诉人")],
            facts: sample::facts(),
            terms: sample::terms(3),
            performance: "银行转账，按上述各期日期履行。".to_owned(),
            copies: "三".to_owned(),
            entrusted: format!("经双方当事人同意，本机关委托{}调解本案。", sample::COMMITTEE),
            signatures: vec![
                SignatureBox::of("投诉人（签名或盖章）", "吉𠮷𬭎"),
                SignatureBox::of("被投诉人（签名或盖章）", "欧阳淼淼"),
            ],
            mediators: vec![SignatureBox::of("调解人员（签名）", "顾维")],
            seal: SealBox { name: sample::MARKET_SUPERVISION.to_owned() },
            date: Some(sample::day(11, 26)),
            verification: Some(sample::verification()),
        }
    }
}
