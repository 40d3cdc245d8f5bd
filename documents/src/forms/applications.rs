//! How a mediation begins: the application and the register of what was accepted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::day_in_figures;
use crate::parts::*;
use crate::sheet::{Sheet, or_blank, ticked};

/// 人民调解申请书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    pub mediation: Mediation,
    /// Whom it is addressed to.
    pub office: String,
    #[serde(default)]
    pub number: String,
    pub applicants: Vec<Party>,
    pub respondents: Vec<Party>,
    pub facts: String,
    pub requests: Vec<String>,
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub verification: Option<Verification>,
}

impl Form for Application {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let title = format!("{}申请书", self.mediation.kind());
        let mut sheet = Sheet::new(title, &self.office, self.date).number(&self.number);
        for party in self.applicants.iter().chain(&self.respondents) {
            sheet = sheet.party(party);
        }
        let body = match self.mediation {
            Mediation::People => "人民调解委员会",
            Mediation::Administrative => "市场监督管理部门",
        };
        sheet
            .heading("纠纷简要情况")
            .text(&self.facts)
            .heading("当事人申请事项")
            .counted(&self.requests)
            .text(&format!(
                "{body}已将申请{kind}的相关规定告知我，现自愿申请{body}进行调解。",
                kind = self.mediation.kind()
            ))
            .addressed_to(&self.office)
            .signatures(&self.signatures)
            .verification(self.verification.as_ref())
    }
}

impl Application {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调字第123号".to_owned(),
            applicants: vec![sample::consumer("申请人")],
            respondents: vec![sample::business("被申请人")],
            facts: sample::facts(),
            requests: vec![
                "退还未使用部分的预付款人民币4,485元。".to_owned(),
                "支付自停业之日起的利息。".to_owned(),
                "当面致歉。".to_owned(),
            ],
            signatures: vec![SignatureBox {
                date: Some(sample::day(11, 23)),
                mark: "已按指印".to_owned(),
                ..SignatureBox::of("申请人（签名、盖章或按指印）", "吉𠮷𬭎")
            }],
            date: Some(sample::day(11, 23)),
            verification: None,
        }
    }
}

/// Where a case comes from, as the printed register knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Application,
    OwnInitiative,
    /// Entrusted or handed over by an authority; the statistics count it by itself.
    Entrusted,
}

/// 人民调解受理登记表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceRegister {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    pub accepted_on: Option<NaiveDate>,
    /// Names of those in dispute, in order.
    pub parties: Vec<String>,
    /// `消费纠纷`.
    pub dispute_type: String,
    pub source: Source,
    /// Who entrusted it, where somebody did.
    #[serde(default)]
    pub source_detail: String,
    pub facts: String,
    pub signatures: Vec<SignatureBox>,
    pub registrar: SignatureBox,
    pub seal: SealBox,
    pub date: Option<NaiveDate>,
}

impl Form for AcceptanceRegister {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let sources = [
            (Source::Application, "当事人申请"),
            (Source::OwnInitiative, "主动调解"),
            (Source::Entrusted, "有关部门委托移送"),
        ];
        let mut source = ticked(&sources, Some(&self.source));
        if !self.source_detail.is_empty() {
            source = format!("{source}\n{}", self.source_detail);
        }
        let manner = match self.source {
            Source::Application => "依当事人申请",
            Source::OwnInitiative => "主动调解",
            Source::Entrusted => "依有关部门委托移送",
        };
        let day = self.accepted_on.map_or_else(|| "　　年　月　日".to_owned(), day_in_figures);
        let opening = format!(
            "{day}，{}{manner}，经当事人同意，调解{}之间的纠纷。",
            self.office,
            or_blank(&self.parties.join("、")),
        );
        let title = format!("{}受理登记表", self.mediation.kind());
        Sheet::new(title, &self.office, self.date)
            .number(&self.number)
            .text(&opening)
            .fields(&[
                ("纠纷类型", &self.dispute_type),
                ("案件来源", &source),
                ("纠纷简要情况", &self.facts),
            ])
            .signatures(&self.signatures)
            .signatures(std::slice::from_ref(&self.registrar))
            .seal(&self.seal, self.date)
            .note(match self.mediation {
                Mediation::People => "备注：此表由人民调解委员会填写。",
                Mediation::Administrative => "备注：此表由调解机关填写。",
            })
    }
}

impl AcceptanceRegister {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调字第123号".to_owned(),
            accepted_on: Some(sample::day(11, 23)),
            parties: vec!["吉𠮷𬭎".to_owned(), sample::long_name()],
            dispute_type: "消费纠纷（预付卡）".to_owned(),
            source: Source::Entrusted,
            source_detail: format!("{}移交", sample::MARKET_SUPERVISION),
            facts: sample::facts(),
            signatures: vec![
                SignatureBox::of("当事人（签名）", "吉𠮷𬭎"),
                SignatureBox::empty("当事人（签名）"),
            ],
            registrar: SignatureBox::of("登记人（签名）", "沈㐂"),
            seal: SealBox { name: sample::COMMITTEE.to_owned() },
            date: Some(sample::day(11, 23)),
        }
    }
}
