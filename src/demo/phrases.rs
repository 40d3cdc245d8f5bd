//! Sentences that do not depend on what was bought.

use crate::words::{DeclineReason, TerminationReason};

/// What is asked for before acceptance, and what comes.
pub(super) const SUPPLEMENTS: &[(&str, &str)] = &[
    ("购买合同、付款凭证", "已提交合同复印件和微信付款截图。"),
    ("身份证明、与商家的沟通记录", "已出示身份证原件，提交聊天记录打印件十二页。"),
    ("购物小票或者发票", "小票已遗失，提交银行卡交易明细和会员系统消费记录。"),
    ("商家名称、地址和联系方式", "已补充门店地址、门头照片和店长电话。"),
    ("检测报告或者就诊病历", "已提交医院门诊病历和检测机构出具的报告。"),
    ("具体诉求和金额的计算方式", "已书面说明诉求并列出计算明细。"),
];

pub(super) const CONSENT_NOTES: &[&str] = &[
    "本人当面表示愿意调解。",
    "店长来电表示愿意接受调解，希望尽快解决。",
    "负责人表示同意调解，但对金额有不同意见。",
    "同意调解，要求安排在工作日下午。",
    "经解释调解自愿、免费的原则后表示同意。",
];

pub(super) const REFUSAL_NOTES: &[&str] = &[
    "负责人明确表示不接受调解，请申请人走法律途径。",
    "总部法务答复不同意调解，一切以合同为准。",
    "店主认为没有责任，拒绝参加调解。",
];

/// Who stands by when a finger is pressed.
pub(super) const WITNESS: &str = "周玉兰";

pub(super) const ASSIGNMENT_REFUSALS: &[&str] = &[
    "与被申请人的负责人相识，可能影响公正。",
    "近期办理案件较多，无法按时调解。",
    "下周外出培训，建议另行指派。",
];

pub(super) const ADJOURNMENTS: &[&str] = &[
    "被申请人需要一周时间核对账目。",
    "申请人临时住院，请求改期。",
    "双方同意等待检测报告出具后再行调解。",
    "被申请人总部负责人无法按时到沪。",
];

pub(super) const CANCELLATIONS: &[&str] = &["双方已自行达成和解。", "申请人撤回申请。"];

pub(super) const ABSENCES: &[&str] =
    &["经电话、短信两次通知未到场，未说明理由。", "到场前一小时来电称不参加，未说明理由。"];

pub(super) const SETTLEMENTS: &[&str] = &[
    "商家已全额退款，申请人不再要求调解。",
    "双方私下协商一致，商家退还部分款项并赠送代金券，申请人确认已收到。",
    "商家同意换货，双方自行履行完毕。",
    "经调解员电话沟通后双方自行和解，款项已当面结清。",
];

pub(super) const WITHDRAWALS: &[&str] = &[
    "申请人决定直接向人民法院起诉，撤回调解申请。",
    "申请人考虑后认为金额不大，不再追究。",
    "申请人已通过发卡银行争议处理渠道取回款项，撤回申请。",
    "申请人因工作调动离沪，撤回申请，保留另行主张的权利。",
];

/// How the two sides came together.
pub(super) const COURSE: &[&str] = &[
    "调解员采取背对背方式分别做工作，向被申请人说明拖延可能造成的信誉损失，向申请人说明诉讼的时间成本。",
    "调解员出示类似案例的处理结果，引导双方就金额各让一步。",
    "调解员与双方逐笔核对付款记录和消费记录，确认了无争议的部分。",
    "调解员邀请双方换位思考，并提出书面调解方案供双方考虑。",
];

pub(super) const NO_AGREEMENT: &[&str] = &[
    "双方对退款金额分歧较大，各自坚持意见，未能达成一致。",
    "被申请人只同意以代金券补偿，申请人要求现金退款，未能达成一致。",
    "申请人坚持三倍赔偿，被申请人只同意退货，未能达成一致。",
];

pub(super) const TO_BE_CONTINUED: &[&str] =
    &["被申请人表示须向总部请示，双方同意择日继续调解。", "双方同意补充核对消费明细后继续调解。"];

pub(super) const PROOFS: &[&str] = &[
    "申请人提供的微信退款到账截图。",
    "银行转账电子回单。",
    "申请人签署的收条。",
    "支付宝转账记录，申请人电话确认收到。",
];

pub(super) const OTHER_PROOFS: &[&str] =
    &["双方签字的交接单。", "申请人电话确认，已拍照留存。", "调解员现场见证。"];

pub(super) const ADVICE: &[&str] = &[
    "已两次电话督促，被申请人称资金周转困难；已告知申请人可以在协议生效后三十日内共同申请司法确认，或者向人民法院起诉。",
    "已上门督促并发出履行提醒；已告知申请人可以申请支付令或者向人民法院起诉。",
    "被申请人电话停机，门店已关闭；已告知申请人向人民法院起诉，并将线索通报市场监督管理所。",
];

/// What a revisit found when all was well, with how satisfied the person was.
pub(super) const GOOD_REVISITS: &[(&str, i32)] = &[
    ("款项已到账，未另行起诉，双方无新的争议。", 5),
    ("协议已履行完毕，申请人对调解员的耐心表示感谢。", 5),
    ("已履行完毕，申请人认为时间略长，总体满意。", 4),
    ("已履行，申请人希望加强对预付卡商户的监管。", 4),
    ("协议履行完毕，申请人对金额仍有遗憾，但认可结果。", 3),
];

pub(super) const BAD_REVISITS: &[(&str, i32)] = &[
    ("被申请人仍未履行，申请人准备起诉，已再次告知途径并提供协议原件。", 2),
    ("部分款项未到账，申请人已向法院咨询立案，情绪平稳。", 3),
    ("未履行，申请人不满意，已安抚并通报市场监督管理所。", 1),
];

pub(super) const REVISITS_WITHOUT_AGREEMENT: &[(&str, i32)] = &[
    ("申请人已向人民法院起诉，案件在审理中。", 3),
    ("申请人已向 12315 平台另行投诉，暂无结果。", 3),
    ("申请人未采取进一步措施，对调解过程表示理解。", 4),
];

pub(super) const PURPOSES: &[&str] =
    &["联系被申请人告知调解时间", "核对身份证明以便制作协议", "寄送调解协议书"];

/// What is told of a declined case.
pub(super) fn declined(reason: DeclineReason) -> &'static str {
    use DeclineReason::*;
    match reason {
        PartyRefuses => {
            "被申请人明确拒绝调解，依法不得调解。已告知可以申请仲裁、向行政机关投诉或者起诉。"
        }
        ReservedToOtherOrgan => {
            "涉及金额较大且可能涉嫌犯罪，依法应由公安机关处理，不适用人民调解。"
        }
        HandledElsewhere => "同一纠纷已由人民法院立案受理，不再重复受理。",
        NoDispute => "申请人不能说明被申请人的名称和地址，且未发生实际消费，没有明确的被申请人。",
        MaterialsMissing => "申请人逾期未补正付款凭证和身份证明，经两次提醒仍未提交。",
        _ => "申请人与商家属经营性采购，不是生活消费，已告知可以向商事调解组织或者人民法院提出。",
    }
}

/// What is written when mediation is broken off.
pub(super) fn ended(reason: TerminationReason) -> &'static str {
    use TerminationReason::*;
    match reason {
        PartyEnds => "申请人认为继续调解没有意义，要求终止调解，准备向人民法院起诉。",
        PartyRefuses => "受理后被申请人明确拒绝调解，依法终止，并已告知双方其他途径。",
        PartyAbsent => "被申请人经两次通知无正当理由未到场，调解无法进行。",
        NoAgreement => "双方对退款金额分歧较大，经调解未能达成一致。",
        TimeExpired => "已超过约定的调解期限，双方仍未达成一致，且一方不同意延期。",
        PartyLost => "被申请人已注销登记，主体资格消灭，申请人可以向其清算义务人主张权利。",
        NotMediable => "调解中发现商家收款后关店失联，涉及人数众多，可能涉嫌犯罪，已移送公安机关。",
        _ => "双方同意先委托鉴定，鉴定期间终止本次调解，待结果出具后可以重新申请。",
    }
}
