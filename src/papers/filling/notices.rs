//! What the parties are told in writing: their rights and duties, that a case is not taken on,
//! that mediation has ended.

use documents::{Ground, Mediation, NonAcceptanceNotice, RightsNotice, TerminationNotice};

use super::{Known, day_of, people};
use crate::law::Law;
use crate::tracks;
use crate::words::{DeclineReason, PartyRole, TerminationReason};

/// PML 23.
const RIGHTS: [&str; 4] = [
    "选择或者接受人民调解员；",
    "接受调解、拒绝调解或者要求终止调解；",
    "要求调解公开进行或者不公开进行；",
    "自主表达意愿、自愿达成调解协议。",
];

/// PML 24.
const DUTIES: [&str; 3] =
    ["如实陈述纠纷事实；", "遵守调解现场秩序，尊重人民调解员；", "尊重对方当事人行使权利。"];

/// PML 4, 31, 32; CPL 205; 2002 rules 25.
const EXPLANATIONS: [&str; 5] = [
    "人民调解遵循自愿、平等原则，不违背法律、法规和国家政策；人民调解委员会不得因调解而阻止当事人\
     依法通过仲裁、行政、司法等途径维护自己的权利。",
    "人民调解委员会调解民间纠纷，不收取任何费用。",
    "当事人可以要求更换调解员。",
    "经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行；就履行或者内容发生\
     争议的，可以向人民法院提起诉讼。",
    "双方当事人认为有必要的，可以自调解协议生效之日起三十日内共同向人民法院申请司法确认。",
];

/// O121 18, 21, 23, 25.
const RIGHTS_OF_COMPLAINTS: [&str; 4] = [
    "自愿决定是否接受调解、是否达成调解协议；",
    "认为调解人员与本案有利害关系的，可以申请回避；",
    "委托他人代为投诉或者参加调解；",
    "终止调解后，依照消费者权益保护法第三十九条通过其他途径解决争议。",
];

const DUTIES_OF_COMPLAINTS: [&str; 3] = [
    "如实提供事实和证据，对所提供材料的真实性负责；",
    "遵守调解秩序，尊重调解人员；",
    "尊重对方当事人的权利，不得滥用投诉权利牟取不正当利益。",
];

const EXPLANATIONS_OF_COMPLAINTS: [&str; 3] = [
    "市场监督管理部门遵循自愿、合法、合理、公正的原则进行调解，不收取费用。",
    "自投诉受理之日起六十日内未能达成调解协议的，终止调解；鉴定、检测的时间不计算在内。",
    "调解终止后，不影响市场监督管理部门依法查处违法行为。",
];

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|it| (*it).to_owned()).collect()
}

/// 当事人权利义务告知书 (PML 23, 24; 2002 rules 30).
pub(super) fn rights(known: &Known) -> RightsNotice {
    let mediation = known.mediation();
    let (rights, duties, explanations) = match mediation {
        Mediation::People => (list(&RIGHTS), list(&DUTIES), list(&EXPLANATIONS)),
        Mediation::Administrative => (
            list(&RIGHTS_OF_COMPLAINTS),
            list(&DUTIES_OF_COMPLAINTS),
            list(&EXPLANATIONS_OF_COMPLAINTS),
        ),
    };
    let told = known.file.rights_notices.iter().map(|it| it.told_at).max();
    RightsNotice {
        mediation,
        office: known.office.clone(),
        number: known.number(),
        parties: names(known, |_| true),
        rights,
        duties,
        explanations,
        signatures: people::places(known.file.parties.iter()),
        seal: known.seal(),
        date: day_of(told).or(Some(known.today())),
    }
}

fn names(known: &Known, of: impl Fn(PartyRole) -> bool) -> Vec<String> {
    let parties = known.file.parties.iter().filter(|it| of(it.role));
    parties.map(|it| it.name.clone()).collect()
}

fn ground(term: &str, law: Option<Law>, explanation: Option<&str>) -> Ground {
    Ground {
        text: format!("{term}。"),
        article: law.map(|it| it.citation().zh.into_owned()).unwrap_or_default(),
        explanation: explanation.unwrap_or_default().to_owned(),
    }
}

/// 不予受理告知书, with the reason and the ways of CRPL 39.
pub(super) fn declined(known: &Known, advice: &str) -> NonAcceptanceNotice {
    let case = &known.file.case;
    let reason = case.outcome_reason.as_deref().and_then(DeclineReason::named);
    let law = |of| tracks::decline_article(case.track, of);
    let explanation = case.outcome_explanation.as_deref();
    NonAcceptanceNotice {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        complainant: names(known, |it| it == PartyRole::Applicant).join("、"),
        respondent: names(known, |it| it == PartyRole::Respondent).join("、"),
        received_on: day_of(Some(case.received_at)),
        matter: case.title.clone(),
        grounds: reason.map(|it| ground(it.term(), law(it), explanation)).into_iter().collect(),
        advice: advice.to_owned(),
        contact: known.contact.clone(),
        seal: known.seal(),
        date: day_of(case.ended_at).or(Some(known.today())),
    }
}

/// 终止调解告知书 (PML 26; O121 23, 25).
pub(super) fn terminated(known: &Known) -> TerminationNotice {
    let case = &known.file.case;
    let said = case.outcome_reason.as_deref().and_then(TerminationReason::named);
    let reason = case.termination_reason.or(said);
    let law = |of| tracks::termination_article(case.track, of);
    let explanation = case.termination_explanation.as_deref();
    let explanation = explanation.or(case.outcome_explanation.as_deref());
    let ended = day_of(case.termination_decided_at).or(day_of(case.ended_at));
    TerminationNotice {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        parties: names(known, |_| true),
        accepted_on: day_of(case.accepted_at),
        matter: case.title.clone(),
        terminated_on: ended,
        grounds: reason.map(|it| ground(it.term(), law(it), explanation)).into_iter().collect(),
        contact: known.contact.clone(),
        seal: known.seal(),
        date: ended.or(Some(known.today())),
    }
}
