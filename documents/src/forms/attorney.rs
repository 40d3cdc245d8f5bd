//! 授权委托书: who acts for a party and what may be decided.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::day_or_blank;
use crate::parts::*;
use crate::sheet::{Sheet, or_blank, ticked};

/// 授权委托书. The regulation asks for matters, authority and term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerOfAttorney {
    /// Whom it is addressed to.
    pub office: String,
    pub principal: Party,
    pub agents: Vec<Attorney>,
    /// `与…之间的消费纠纷`.
    pub matter: String,
    /// Special authority covers admitting, waiving, changing claims and settling.
    pub special: bool,
    /// The authority in words.
    pub authority: String,
    pub from: Option<NaiveDate>,
    /// The last day, or `至本纠纷调解终结之日止`.
    pub until: String,
    pub signature: SignatureBox,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attorney {
    pub name: String,
    pub identity_number: String,
    /// A relation, a law firm or a post.
    pub position: String,
    pub contact: String,
}

impl Form for PowerOfAttorney {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let mut sheet =
            Sheet::new("授权委托书", self.principal.name(), self.date).party(&self.principal);
        for agent in &self.agents {
            sheet = sheet.fields(&[
                ("受委托人", &agent.name),
                ("身份证件号码", &agent.identity_number),
                ("与委托人关系\n或单位职务", &agent.position),
                ("联系方式", &agent.contact),
            ]);
        }
        let kinds = [(false, "一般授权"), (true, "特别授权")];
        let agents: Vec<_> = self.agents.iter().map(|it| it.name.as_str()).collect();
        let term = format!("自{}起，{}", day_or_blank(self.from), self.until);
        sheet
            .text(&format!(
                "现委托{}作为我（单位）的代理人，参加{}的调解。",
                or_blank(&agents.join("、")),
                self.matter
            ))
            .lines(&[
                ("委托事项", &self.matter),
                ("授权种类", &ticked(&kinds, Some(&self.special))),
                ("代理权限", &self.authority),
                ("委托期限", &term),
            ])
            .addressed_to(&self.office)
            .signatures(std::slice::from_ref(&self.signature))
            .note("本委托书由委托人签名或者盖章；代理人参加调解时应当出示本人身份证件。")
    }
}

impl PowerOfAttorney {
    pub fn example() -> Self {
        Self {
            office: sample::COMMITTEE.to_owned(),
            principal: Party { agents: Vec::new(), ..sample::consumer("委托人") },
            agents: vec![
                Attorney {
                    name: "𫔄㐂".to_owned(),
                    identity_number: "310104********0011".to_owned(),
                    position: "配偶".to_owned(),
                    contact: "139 0000 5678".to_owned(),
                },
                Attorney {
                    name: "陈律".to_owned(),
                    identity_number: "310105********0033".to_owned(),
                    position: "上海某某律师事务所律师".to_owned(),
                    contact: "137 0000 0000".to_owned(),
                },
            ],
            matter: "与健身俱乐部之间的预付卡退款纠纷".to_owned(),
            special: true,
            authority:
                "代为陈述事实、提供证据，承认、放弃、变更请求，进行和解，签署调解协议，签收文书。"
                    .to_owned(),
            from: Some(sample::day(11, 20)),
            until: "至本纠纷调解终结之日止".to_owned(),
            signature: SignatureBox::of("委托人（签名、盖章或按指印）", "吉𠮷𬭎"),
            date: Some(sample::day(11, 20)),
        }
    }
}
