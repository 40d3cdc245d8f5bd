//! What was said and found: investigation, mediation, revisit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Form, sample};
use crate::numerals::day_or_blank;
use crate::parts::*;
use crate::sheet::{Block, Sheet, paragraphs, ticked};

/// One contribution to a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statement {
    /// `问`, `答`, `调解员`, a name; empty for what the recorder notes.
    pub speaker: String,
    pub text: String,
}

impl Statement {
    pub fn new(speaker: &str, text: &str) -> Self {
        Self { speaker: speaker.to_owned(), text: text.to_owned() }
    }
}

/// Speakers at the left up to this width; longer names stand in the text.
const SPEAKER_WIDTH: usize = 5;

fn statements(all: &[Statement]) -> Vec<Block> {
    let short = |it: &Statement| it.speaker.chars().count() < SPEAKER_WIDTH;
    let width = all.iter().filter(|it| short(it) && !it.speaker.is_empty());
    let width = width.map(|it| it.speaker.chars().count() + 1).max().unwrap_or(0);
    let rows = all.iter().map(|it| match it.speaker.as_str() {
        "" => (String::new(), paragraphs(&it.text)),
        speaker if short(it) => (format!("{speaker}："), paragraphs(&it.text)),
        speaker => (String::new(), paragraphs(&format!("{speaker}：{}", it.text))),
    });
    vec![Block::Labelled { rows: rows.collect(), width, underlined: false }]
}

/// 人民调解调查记录.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvestigationRecord {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    pub time: String,
    pub place: String,
    pub participants: Vec<String>,
    /// Who was asked.
    pub respondent: String,
    pub investigators: Vec<String>,
    pub recorder: String,
    pub statements: Vec<Statement>,
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
}

impl Form for InvestigationRecord {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let title = format!("{}调查记录", self.mediation.kind());
        Sheet::new(title, &self.office, self.date)
            .number(&self.number)
            .lines(&[
                ("时间", &self.time),
                ("地点", &self.place),
                ("参加人", &self.participants.join("、")),
                ("被调查人", &self.respondent),
                ("调查人", &self.investigators.join("、")),
                ("记录人", &self.recorder),
            ])
            .heading("记录")
            .with_all(statements(&self.statements))
            .text("以上记录已交被调查人阅读（或者向其宣读），确认无误。")
            .signatures(&self.signatures)
    }
}

impl InvestigationRecord {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调字第123号".to_owned(),
            time: "2026年11月24日 14:00至15:10".to_owned(),
            place: "乐在美罗楼宇服务中心 3 号调解室".to_owned(),
            participants: vec!["欧阳淼淼".to_owned(), "沈㐂".to_owned()],
            respondent: "欧阳淼淼（店长，联系方式 136 0000 0000）".to_owned(),
            investigators: vec!["顾维".to_owned(), "沈㐂".to_owned()],
            recorder: "沈㐂".to_owned(),
            statements: vec![
                Statement::new(
                    "问",
                    "我们是人民调解员顾维、沈㐂，现就健身卡纠纷向你了解情况，请如实陈述。",
                ),
                Statement::new("答", "好的，我会如实说明。"),
                Statement::new("问", "吉𠮷𬭎何时办卡，已上多少节课？"),
                Statement::new(
                    "答",
                    "2026年3月8日办卡，系统记录已上私教课4节，另有赠送10节未使用。\n合同和签到记录我可以提供。",
                ),
            ],
            signatures: vec![
                SignatureBox::of("被调查人（签名、盖章或按指印）", "欧阳淼淼"),
                SignatureBox::of("调查人（签名）", "顾维"),
                SignatureBox::of("记录人（签名）", "沈㐂"),
            ],
            date: Some(sample::day(11, 24)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HearingResult {
    Agreed,
    NotAgreed,
    ToBeContinued,
}

/// 人民调解记录.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    pub mediation: Mediation,
    pub office: String,
    #[serde(default)]
    pub number: String,
    pub time: String,
    pub place: String,
    /// Everybody of the parties who attended.
    pub parties: Vec<String>,
    /// People who were invited; not the mediator, a party or the recorder.
    pub invited: Vec<String>,
    pub mediators: Vec<String>,
    pub recorder: String,
    /// What was told at the beginning; empty for the usual sentence.
    #[serde(default)]
    pub told: String,
    pub statements: Vec<Statement>,
    pub result: Option<HearingResult>,
    /// The result in words, where there is more to say.
    #[serde(default)]
    pub result_detail: String,
    pub signatures: Vec<SignatureBox>,
    pub date: Option<NaiveDate>,
}

impl Form for Minutes {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let results = [
            (HearingResult::Agreed, "达成调解协议"),
            (HearingResult::NotAgreed, "未达成调解协议"),
            (HearingResult::ToBeContinued, "有待继续调解"),
        ];
        let told = match (self.told.as_str(), self.mediation) {
            ("", Mediation::People) => "人民调解委员会已将人民调解的相关规定告知各方当事人。",
            ("", Mediation::Administrative) => "调解人员已将行政调解的相关规定告知各方当事人。",
            (told, _) => told,
        };
        let result = format!("{}\n{}", ticked(&results, self.result.as_ref()), self.result_detail);
        let title = format!("{}记录", self.mediation.kind());
        Sheet::new(title, &self.office, self.date)
            .number(&self.number)
            .lines(&[
                ("时间", &self.time),
                ("地点", &self.place),
                ("当事人", &self.parties.join("；")),
                ("参加人", &self.invited.join("；")),
                (self.mediation.mediator(), &self.mediators.join("、")),
                ("记录人", &self.recorder),
            ])
            .text(told)
            .heading("调解记录")
            .with_all(statements(&self.statements))
            .heading("调解结果")
            .text(&result)
            .text("以上记录已交当事人阅读（或者向其宣读），确认无误。")
            .signatures(&self.signatures)
    }
}

impl Minutes {
    /// Eight pages of it.
    pub fn example() -> Self {
        let exchange = [
            Statement::new(
                "调解员",
                "今天就双方之间的健身卡退款纠纷进行调解。双方是否申请调解员回避？",
            ),
            Statement::new("申请人", "不申请。"),
            Statement::new("被申请人", "不申请。"),
            Statement::new(
                "调解员",
                "请申请人陈述事实和请求。根据法释〔2025〕4号第十八条，因经营者原因返还预付款的，\
                 已使用部分按照折扣价格计算；因消费者原因的，按照折扣前价格计算。",
            ),
            Statement::new(
                "申请人",
                "2026年3月8日我付了5,980元，上了4节课，9月起门店停业。我要求按折后价计算退款。",
            ),
            Statement::new("", "申请人出示合同、付款凭证各一份，被申请人当场核对无异议。"),
        ];
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            number: "（2026）徐人调字第123号".to_owned(),
            time: "2026年11月25日 9:30至12:00".to_owned(),
            place: "徐家汇街道消费纠纷联合人民调解工作站 2 号调解室".to_owned(),
            parties: vec!["申请人吉𠮷𬭎".to_owned(), format!("被申请人{}", sample::long_name())],
            invited: vec!["港汇恒隆广场客户服务部 王蕾".to_owned()],
            mediators: vec!["顾维".to_owned(), "𬭎某".to_owned()],
            recorder: "沈㐂".to_owned(),
            told: String::new(),
            statements: exchange.iter().cycle().take(6 * 25).cloned().collect(),
            result: Some(HearingResult::Agreed),
            result_detail: "双方自愿达成调解协议，协议内容见人民调解协议书。".to_owned(),
            signatures: vec![
                SignatureBox::of("当事人（签名、盖章或按指印）", "吉𠮷𬭎"),
                SignatureBox::empty("当事人（签名、盖章或按指印）"),
                SignatureBox::of("参加人（签名）", "王蕾"),
                SignatureBox::of("人民调解员（签名）", "顾维"),
                SignatureBox::of("记录人（签名）", "沈㐂"),
            ],
            date: Some(sample::day(11, 25)),
        }
    }
}

/// 人民调解回访记录.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisitRecord {
    pub mediation: Mediation,
    pub office: String,
    pub parties: Vec<String>,
    /// The number of the agreement or the mediation document.
    pub agreement_number: String,
    /// Why it was revisited.
    pub occasion: String,
    pub time: Option<NaiveDate>,
    /// By phone, at the place.
    pub manner: String,
    /// Who was spoken to.
    pub interviewee: String,
    pub performance: String,
    pub satisfaction: String,
    /// Suits, signs of escalation, what was done.
    pub findings: String,
    pub visitor: SignatureBox,
    pub date: Option<NaiveDate>,
}

impl Form for RevisitRecord {
    const VERSION: u32 = 1;

    fn sheet(&self) -> Sheet {
        let agreement = match self.mediation {
            Mediation::People => "调解协议编号",
            Mediation::Administrative => "调解书编号",
        };
        let title = match self.mediation {
            Mediation::People => "人民调解回访记录",
            Mediation::Administrative => "调解回访记录",
        };
        Sheet::new(title, &self.office, self.date)
            .fields(&[
                ("当事人", &self.parties.join("\n")),
                (agreement, &self.agreement_number),
                ("回访事由", &self.occasion),
                ("回访时间", &day_or_blank(self.time)),
                ("回访方式", &self.manner),
                ("受访人", &self.interviewee),
                ("履行情况", &self.performance),
                ("满意程度", &self.satisfaction),
                ("其他情况\n及处理", &self.findings),
            ])
            .signatures(std::slice::from_ref(&self.visitor))
    }
}

impl RevisitRecord {
    pub fn example() -> Self {
        Self {
            mediation: Mediation::People,
            office: sample::COMMITTEE.to_owned(),
            parties: vec!["吉𠮷𬭎".to_owned(), sample::long_name()],
            agreement_number: "（2026）徐人调字第123号".to_owned(),
            occasion: "第一期退款到期".to_owned(),
            time: Some(sample::day(12, 8)),
            manner: "电话回访".to_owned(),
            interviewee: "吉𠮷𬭎".to_owned(),
            performance: "第一期退款人民币200元已于2026年12月1日到账，其余各期尚未到期。"
                .to_owned(),
            satisfaction: "满意".to_owned(),
            findings: "双方均未提起诉讼，无矛盾激化迹象。".to_owned(),
            visitor: SignatureBox::of("回访人（签名）", "沈㐂"),
            date: Some(sample::day(12, 8)),
        }
    }
}
