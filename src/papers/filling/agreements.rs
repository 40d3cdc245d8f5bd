//! The agreement on its paper, with the words that were locked, and what goes to court with it.

use documents::{
    Agreement, ConfirmationApplication, ConfirmationPack, Material, MediationDocument,
    OralRegister, Paper, SignatureBox, in_words,
};
use uuid::Uuid;

use super::{Known, day, day_of, people, records};
use crate::agreements::clauses;
use crate::clock::shanghai_day;
use crate::entity::{agreement, party, signature};
use crate::words;
use crate::words::{AgreementForm, PartyRole, SignatureMethod, SignerKind, Track};

/// The paper of an agreement: the track has decided which.
pub(super) fn of(known: &Known, id: Uuid) -> Option<Paper> {
    let it = known.file.agreements.iter().find(|it| it.id == id)?;
    Some(match (it.form, it.paper) {
        (AgreementForm::Oral, _) => oral(known, it).into(),
        (AgreementForm::Written, words::Paper::MediationAgreement) => written(known, it).into(),
        (AgreementForm::Written, words::Paper::MediationDocument) => document(known, it).into(),
    })
}

/// Facts, what was in dispute, and what each answers for, as they were locked.
fn facts(it: &agreement::Model) -> String {
    let parts = [
        it.facts.trim().to_owned(),
        format!("争议事项：{}", it.disputed_matters.trim()),
        format!("各方责任：{}", it.responsibilities.trim()),
    ];
    parts.join("\n")
}

/// How and by when; the terms themselves say it for each duty.
fn performance(known: &Known) -> String {
    let duties = known.file.duties();
    let terms = known.file.terms.iter().map(|it| it.due_on);
    let last = duties.iter().map(|it| it.due_on).chain(terms).max();
    match last {
        Some(last) => {
            format!("各项按上列方式和期限履行，最迟于{}前（含当日）履行完毕。", day(last))
        }
        None => "各项按上列方式和期限履行。".to_owned(),
    }
}

/// One copy for each party and one for the office (PML 29; O121 24).
fn copies(known: &Known) -> String {
    in_words(known.file.parties.len() + 1)
}

/// How it was signed where ink is not on this very sheet.
fn mark(it: &signature::Model) -> String {
    let on = day(shanghai_day(it.signed_at));
    match it.method {
        SignatureMethod::Pen => format!("已在纸质文本上签名，{on}"),
        SignatureMethod::PhoneCode => format!("以手机签署码签署，{on}"),
        SignatureMethod::Stamp => format!("已盖章，{on}"),
        SignatureMethod::Fingerprint => format!("已按指印，{on}"),
        SignatureMethod::Tablet => format!("电子手写签名，{on}"),
    }
}

fn signed(known: &Known, place: SignatureBox, by: Option<&signature::Model>) -> SignatureBox {
    let Some(it) = by else { return place };
    SignatureBox {
        mark: mark(it),
        picture: known.drawings.get(&it.id).cloned(),
        date: Some(shanghai_day(it.signed_at)),
        ..place
    }
}

fn signatures_of<'a>(
    known: &'a Known,
    agreement: &agreement::Model,
) -> impl Iterator<Item = &'a signature::Model> {
    let id = agreement.id;
    known.file.signatures.iter().filter(move |it| it.agreement_id == id)
}

fn by_parties(known: &Known, agreement: &agreement::Model) -> Vec<SignatureBox> {
    let place = |party: &party::Model| {
        let by = signatures_of(known, agreement)
            .find(|it| it.signer == SignerKind::Party && it.party_id == Some(party.id));
        let agent = by.and_then(|it| it.agent_id);
        let agent = agent.and_then(|id| known.file.agents.iter().find(|it| it.id == id));
        let name = match agent {
            Some(agent) => format!("{}（代{}）", agent.name, party.name),
            None => party.name.clone(),
        };
        let empty = SignatureBox::of(people::place_label(party), name);
        signed(known, empty, by)
    };
    known.file.parties.iter().map(place).collect()
}

fn by_mediators(known: &Known, agreement: &agreement::Model, label: &str) -> Vec<SignatureBox> {
    let place = |id: Uuid| {
        let by = signatures_of(known, agreement).find(|it| it.mediator_id == Some(id));
        signed(known, SignatureBox::of(label, known.person(id)), by)
    };
    records::panel(&known.file).into_iter().map(place).collect()
}

/// Who wrote the minutes of the last hearing.
fn recorder(known: &Known) -> SignatureBox {
    let last = known.file.hearings.iter().filter(|it| it.minutes.is_some());
    let last = last.max_by_key(|it| (it.starts_at, it.id)).and_then(|it| it.recorder_id);
    let name = last.map(|it| known.person(it)).unwrap_or_default();
    SignatureBox::of("记录人（签名）", name)
}

fn written(known: &Known, it: &agreement::Model) -> Agreement {
    let parties = known.file.parties.iter();
    Agreement {
        office: known.office.clone(),
        number: known.number(),
        parties: parties.map(|it| people::block(known, it, people::side(it))).collect(),
        facts: facts(it),
        terms: clauses(&known.file, it),
        performance: performance(known),
        copies: copies(known),
        signatures: by_parties(known, it),
        mediators: by_mediators(known, it, "人民调解员（签名）"),
        recorder: recorder(known),
        seal: known.seal(),
        date: it.effective_on,
        verification: known.verification.clone(),
    }
}

fn document(known: &Known, it: &agreement::Model) -> MediationDocument {
    let entrusted = match known.file.case.track {
        Track::EntrustedMediation => {
            format!("本案由{}委托人民调解组织进行调解。", known.office)
        }
        Track::PeopleMediation | Track::AdministrativeMediation => String::new(),
    };
    let mut respondents = people::of_role(known, PartyRole::Respondent);
    respondents.extend(people::of_role(known, PartyRole::ThirdParty));
    MediationDocument {
        office: known.office.clone(),
        number: known.number(),
        complainants: people::of_role(known, PartyRole::Applicant),
        respondents,
        facts: facts(it),
        terms: clauses(&known.file, it),
        performance: performance(known),
        copies: copies(known),
        entrusted,
        signatures: by_parties(known, it),
        mediators: by_mediators(known, it, "调解人员（签名）"),
        seal: known.seal(),
        date: it.effective_on,
        verification: known.verification.clone(),
    }
}

fn oral(known: &Known, it: &agreement::Model) -> OralRegister {
    let parties = known.file.parties.iter();
    OralRegister {
        office: known.office.clone(),
        number: known.number(),
        parties: parties.map(|it| people::block(known, it, people::side(it))).collect(),
        facts: facts(it),
        agreed: clauses(&known.file, it).join("\n"),
        performance: performance(known),
        mediators: by_mediators(known, it, "人民调解员（签名）"),
        seal: known.seal(),
        date: it.effective_on,
    }
}

/// 司法确认申请书: both parties jointly (CPL 205; CPL-I 351-354).
pub(super) fn application(known: &Known, court: &str) -> Option<ConfirmationApplication> {
    let file = &known.file;
    let agreement = file.agreement()?;
    let content = clauses(file, agreement).join("\n");
    let applicants = file.parties.iter().map(|it| {
        let role = format!("申请人（{}）", people::side(it));
        people::block(known, it, role)
    });
    Some(ConfirmationApplication {
        court: court_or_known(known, court),
        office: known.office.clone(),
        agreement_number: known.number(),
        agreement_in_force_on: agreement.effective_on,
        applicants: applicants.collect(),
        facts: format!("{}\n双方达成的协议内容：\n{content}", agreement.facts.trim()),
        undertaking: String::new(),
        signatures: people::places(file.parties.iter()),
        date: file.confirmations.last().map(|it| it.applied_on),
    })
}

/// The court that was named, or the one applied to last.
fn court_or_known(known: &Known, court: &str) -> String {
    match (court, known.file.confirmations.last()) {
        ("", Some(it)) => it.court.clone(),
        (court, _) => court.to_owned(),
    }
}

/// 司法确认有关材料: what is handed in (CPL-I 354; 法释〔2011〕5号 3).
pub(super) fn pack(known: &Known, court: &str) -> ConfirmationPack {
    let file = &known.file;
    let each = in_words(file.parties.len());
    let material = |name: &str, copies: &str, remark: &str| Material {
        name: name.to_owned(),
        copies: copies.to_owned(),
        remark: remark.to_owned(),
    };
    let mut materials = vec![
        material("司法确认申请书", "一", "各方当事人共同签名、盖章"),
        material("调解协议书", "一", "原件"),
        material("调解组织主持调解的证明", "一", "加盖印章"),
        material("当事人身份证明、资格证明", &each, "复印件与原件核对"),
        material("与调解协议相关的财产权利证明", "", "有此材料的"),
        material("送达地址确认书", &each, "含联系方式"),
    ];
    if !file.agents.is_empty() {
        let agents = in_words(file.agents.len());
        materials.push(material("授权委托书及代理人身份证明", &agents, ""));
    }
    ConfirmationPack {
        court: court_or_known(known, court),
        office: known.office.clone(),
        agreement_number: known.number(),
        materials,
        date: day_of(Some(file.now)),
    }
}
