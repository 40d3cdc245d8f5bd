//! What parties are told: their rights, that a complaint is not accepted, that mediation ended.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::day_or_blank;
use crate::parts::*;
use crate::sheet::{Sheet, or_blank};

/// 权利义务告知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsNotice {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    /// Whom it is told to.
    pub parties: Vec<String>,
    pub rights: Vec<String>,
    pub duties: Vec<String>,
    /// What else is told: principles, effect, confirmation by a court, recusal.
    #[serde(default)]
    pub explanations: Vec<String>,
    pub signatures: Vec<SignatureBox>,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
}

impl Form for RightsNotice {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let title = format!("{}当事人权利义务告知书", self.mediation.kind());
        let mut sheet = Sheet::new(title, &self.office, self.date)
            .number(&self.number)
            .flush(&format!("{}：", or_blank(&self.parties.join("、"))))
            .text("根据有关法律、法规的规定，现将调解活动中当事人的权利、义务和有关事项告知如下：")
            .heading("当事人在调解活动中享有下列权利")
            .numbered(&self.rights)
            .heading("当事人在调解活动中履行下列义务")
            .numbered(&self.duties);
        if !self.explanations.is_empty() {
            sheet = sheet.heading("其他告知事项").numbered(&self.explanations);
        }
        sheet
            .seal(&self.seal, self.date)
            .text("以上内容已经知悉并理解。")
            .signatures(&self.signatures)
    }
}

impl RightsNotice {
    pub fn example() -> Self {
        let list = |items: &[&str]| items.iter().map(|it| (*it).to_owned()).collect();
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            number: String::new(),
            parties: vec!["吉𠮷𬭎".to_owned(), sample::long_name()],
            rights: list(&[
                "选择或者接受人民调解员；",
                "接受调解、拒绝调解或者要求终止调解；",
                "要求调解公开进行或者不公开进行；",
                "自主表达意愿、自愿达成调解协议。",
            ]),
            duties: list(&[
                "如实陈述纠纷事实；",
                "遵守调解现场秩序，尊重人民调解员；",
                "尊重对方当事人行使权利。",
            ]),
            explanations: list(&[
                "人民调解委员会调解民间纠纷，不收取任何费用。",
                "经调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。",
                "双方当事人认为有必要的，可以自调解协议生效之日起三十日内共同向有管辖权的人民法院\
                 申请司法确认。",
            ]),
            signatures: vec![
                SignatureBox::empty("当事人（签名、盖章或按指印）"),
                SignatureBox::empty("当事人（签名、盖章或按指印）"),
            ],
            seal: SealBox { name: sample::COMMITTEE.to_owned() },
            date: Some(sample::day(11, 23)),
        }
    }
}

/// A rule and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ground {
    pub text: String,
    /// `《市场监督管理投诉举报处理办法》第十六条第（三）项`.
    pub article: String,
    /// What in this case it rests on.
    pub explanation: String,
}

impl Ground {
    fn sentence(&self) -> String {
        let article = match self.article.as_str() {
            "" => String::new(),
            article => format!("（{article}）"),
        };
        match self.explanation.as_str() {
            "" => format!("{}{article}", self.text),
            explanation => format!("{}{article}\n{explanation}", self.text),
        }
    }
}

/// The five ways of settling a consumer dispute of CRPL article 39, as they are told.
pub const ROUTES: [&str; 5] = [
    "与经营者协商和解；",
    "请求消费者协会或者依法成立的其他调解组织调解；",
    "向有关行政部门投诉；",
    "根据与经营者达成的仲裁协议提请仲裁机构仲裁；",
    "向人民法院提起诉讼。",
];

/// 不予受理告知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonAcceptanceNotice {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    /// Whom it is told to.
    pub complainant: String,
    pub respondent: String,
    pub received_on: Option<NaiveDate>,
    /// What was asked for, in short.
    pub matter: String,
    pub grounds: Vec<Ground>,
    /// Where the person may turn in this case, beyond the five routes.
    #[serde(default)]
    pub advice: String,
    pub contact: String,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
}

impl Form for NonAcceptanceNotice {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let title = match self.mediation {
            Mediation::People => "不予受理调解告知书",
            Mediation::Administrative => "投诉不予受理告知书",
        };
        let grounds: Vec<_> = self.grounds.iter().map(Ground::sentence).collect();
        let routes: Vec<_> = ROUTES.iter().map(|it| (*it).to_owned()).collect();
        let mut sheet = Sheet::new(title, &self.office, self.date)
            .organisation(&self.office)
            .number(&self.number)
            .flush(&format!("{}：", or_blank(&self.complainant)))
            .text(&format!(
                "{}，我方收到你（单位）与{}之间{}的材料。经审查，决定不予受理，理由如下：",
                day_or_blank(self.received_on),
                or_blank(&self.respondent),
                self.matter,
            ))
            .numbered(&grounds)
            .text(
                "根据《中华人民共和国消费者权益保护法》第三十九条，你（单位）仍可以通过下列途径解决争议：",
            )
            .counted(&routes);
        if !self.advice.is_empty() {
            sheet = sheet.text(&self.advice);
        }
        sheet.lines(&[("联系方式", &self.contact)]).seal(&self.seal, self.date)
    }
}

impl NonAcceptanceNotice {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::Administrative,
            office: sample::MARKET_SUPERVISION.to_owned(),
            number: "沪徐市监投不受〔2026〕45号".to_owned(),
            complainant: "吉𠮷𬭎".to_owned(),
            respondent: sample::long_name(),
            received_on: Some(sample::day(11, 16)),
            matter: "预付卡退款争议".to_owned(),
            grounds: vec![
                Ground {
                    text:
                        "法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者\
                           处理过同一消费者权益争议。"
                            .to_owned(),
                    article: "《市场监督管理投诉举报处理办法》第十六条第（二）项".to_owned(),
                    explanation: "上海市徐汇区人民法院已于2026年11月2日就同一争议立案。".to_owned(),
                },
                Ground {
                    text: "未按规定提供材料。".to_owned(),
                    article: "《市场监督管理投诉举报处理办法》第十六条第（五）项".to_owned(),
                    explanation: String::new(),
                },
            ],
            advice: String::new(),
            contact: "上海市徐汇区漕溪北路 336 号，021-6487 0000".to_owned(),
            seal: SealBox { name: sample::MARKET_SUPERVISION.to_owned() },
            date: Some(sample::day(11, 23)),
        }
    }
}

/// 终止调解告知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerminationNotice {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    /// Whom it is told to.
    pub parties: Vec<String>,
    pub accepted_on: Option<NaiveDate>,
    /// What the dispute is about, in short.
    pub matter: String,
    pub terminated_on: Option<NaiveDate>,
    pub grounds: Vec<Ground>,
    pub contact: String,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
}

impl Form for TerminationNotice {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let grounds: Vec<_> = self.grounds.iter().map(Ground::sentence).collect();
        let routes: Vec<_> = ROUTES.iter().map(|it| (*it).to_owned()).collect();
        Sheet::new("终止调解告知书", &self.office, self.date)
            .organisation(&self.office)
            .number(&self.number)
            .flush(&format!("{}：", or_blank(&self.parties.join("、"))))
            .text(&format!(
                "关于{}，我方于{}受理。因下列情形，于{}决定终止调解：",
                self.matter,
                day_or_blank(self.accepted_on),
                day_or_blank(self.terminated_on),
            ))
            .numbered(&grounds)
            .text(
                "根据《中华人民共和国消费者权益保护法》第三十九条，当事人仍可以通过下列途径解决争议：",
            )
            .counted(&routes)
            .lines(&[("联系方式", &self.contact)])
            .seal(&self.seal, self.date)
    }
}

impl TerminationNotice {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::Administrative,
            office: sample::MARKET_SUPERVISION.to_owned(),
            number: "沪徐市监调终〔2026〕12号".to_owned(),
            parties: vec!["吉𠮷𬭎".to_owned(), sample::long_name()],
            accepted_on: Some(sample::day(9, 20)),
            matter: "吉𠮷𬭎投诉的预付卡退款争议".to_owned(),
            terminated_on: Some(sample::day(11, 19)),
            grounds: vec![Ground {
                text: "自受理之日起六十日内未能达成调解协议。".to_owned(),
                article: "《市场监督管理投诉举报处理办法》第二十三条第一款第（五）项".to_owned(),
                explanation: String::new(),
            }],
            contact: "021-6487 0000".to_owned(),
            seal: SealBox { name: sample::MARKET_SUPERVISION.to_owned() },
            date: Some(sample::day(11, 23)),
        }
    }
}
