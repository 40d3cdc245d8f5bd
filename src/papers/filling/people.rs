//! Parties and agents as forms write them, and the forms that are theirs.

use chrono::{Datelike as _, NaiveDate};
use documents::{
    Agent, Application, Attorney, Organisation, Party, Person, PowerOfAttorney, SignatureBox, Who,
};
use uuid::Uuid;

use super::{Known, yuan};
use crate::cases::gates::designation;
use crate::entity::{agent, claim, party};
use crate::words::{AgentKind, AgentPower, Gender, PartyKind, PartyRole};

/// How the sides of an agreement are called, in their order.
const SIDES: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

/// Where a natural person signs.
pub(super) const BY_HAND: &str = "（签名、盖章或按指印）";
/// Where a legal person signs.
const BY_SEAL: &str = "（签名、盖章）";

/// `甲方　申请人（第1位当事人）`: the side on the paper, and how the terms call the party.
pub(super) fn side(party: &party::Model) -> String {
    let place = usize::try_from(party.ordinal).unwrap_or_default();
    let name = place.checked_sub(1).and_then(|it| SIDES.get(it));
    let side = name.map_or_else(|| format!("第{place}"), |it| (*it).to_owned());
    format!("{side}方　{}", designation(party).0)
}

/// A party with those who act for it, under the name that the form has for it.
pub(super) fn block(known: &Known, party: &party::Model, role: impl Into<String>) -> Party {
    let who = match party.kind {
        PartyKind::NaturalPerson => Who::Person(person(known, party)),
        PartyKind::Organization => Who::Organisation(organisation(known, party)),
    };
    let agents = known.file.agents.iter().filter(|it| it.party_id == party.id);
    Party { role: role.into(), who, agents: agents.map(|it| acting(known, it)).collect() }
}

/// What is printed of a value: in clear where it was opened, masked else.
fn shown(open: Option<&String>, masked: Option<&String>) -> String {
    open.or(masked).cloned().unwrap_or_default()
}

fn person(known: &Known, party: &party::Model) -> Person {
    let values = known.values.get(&party.id).cloned().unwrap_or_default();
    let age = party.born_on.map(|born| age(born, known.file.today()).to_string());
    Person {
        name: party.name.clone(),
        gender: match party.gender {
            Gender::Unknown => String::new(),
            known => known.term().to_owned(),
        },
        age: age.unwrap_or_default(),
        contact: shown(values.phone.as_ref(), party.phone_masked.as_ref()),
        address: shown(values.address.as_ref(), party.address_masked.as_ref()),
        identity_number: values.id_number.or_else(|| party.id_number_masked.clone()),
        ..Person::default()
    }
}

fn organisation(known: &Known, party: &party::Model) -> Organisation {
    let values = known.values.get(&party.id).cloned().unwrap_or_default();
    Organisation {
        name: party.name.clone(),
        credit_code: party.credit_code.clone().unwrap_or_default(),
        address: shown(values.address.as_ref(), party.address_masked.as_ref()),
        contact: shown(values.phone.as_ref(), party.phone_masked.as_ref()),
        representative: party.legal_representative.clone().unwrap_or_default(),
        post: String::new(),
    }
}

/// Whole years on that day.
fn age(born: NaiveDate, today: NaiveDate) -> i32 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    (today.year() - born.year() - i32::from(!had_birthday)).max(0)
}

fn acting(known: &Known, agent: &agent::Model) -> Agent {
    let values = known.values.get(&agent.id).cloned().unwrap_or_default();
    let role = match agent.kind {
        AgentKind::Guardian => "法定代理人",
        AgentKind::Representative => "代表人",
        _ => "委托代理人",
    };
    let authority = match agent.kind {
        AgentKind::Guardian => agent.kind.term().to_owned(),
        _ => agent.power.term().to_owned(),
    };
    Agent {
        role: role.to_owned(),
        name: agent.name.clone(),
        contact: shown(values.phone.as_ref(), agent.phone_masked.as_ref()),
        authority,
    }
}

/// The parties of a role with what they are called: by role alone, or with their place where
/// there are several.
pub(super) fn of_role(known: &Known, role: PartyRole) -> Vec<Party> {
    let of_role = || known.file.parties.iter().filter(move |it| it.role == role);
    let several = of_role().count() > 1;
    let called = |place: usize| {
        if several { format!("{}（{place}）", role.term()) } else { role.term().to_owned() }
    };
    of_role().zip(1..).map(|(it, place)| block(known, it, called(place))).collect()
}

/// An empty place to sign for each of these parties.
pub(super) fn places<'a>(parties: impl Iterator<Item = &'a party::Model>) -> Vec<SignatureBox> {
    parties.map(|it| SignatureBox::of(place_label(it), it.name.clone())).collect()
}

/// `申请人（签名、盖章或按指印）`.
pub(super) fn place_label(party: &party::Model) -> String {
    let manner = match party.kind {
        PartyKind::NaturalPerson => BY_HAND,
        PartyKind::Organization => BY_SEAL,
    };
    format!("{}{manner}", party.role.term())
}

fn request(claim: &claim::Model) -> String {
    let amount = claim.amount_fen.map(|it| format!("（人民币{}）", yuan(it))).unwrap_or_default();
    format!("{}{amount}：{}", claim.kind.term(), claim.description)
}

/// 人民调解申请书.
pub(super) fn application(known: &Known) -> Application {
    let file = &known.file;
    let applicants = file.parties.iter().filter(|it| it.role == PartyRole::Applicant);
    Application {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        applicants: of_role(known, PartyRole::Applicant),
        respondents: of_role(known, PartyRole::Respondent),
        facts: file.case.facts.clone(),
        requests: file.claims.iter().map(request).collect(),
        signatures: places(applicants),
        date: None,
        verification: None,
    }
}

/// 授权委托书 for one agent.
pub(super) fn mandate(known: &Known, agent_id: Uuid) -> Option<PowerOfAttorney> {
    let file = &known.file;
    let agent = file.agents.iter().find(|it| it.id == agent_id)?;
    let principal = file.party(agent.party_id)?;
    let others = file.parties.iter().filter(|it| it.role != principal.role);
    let others: Vec<&str> = others.map(|it| it.name.as_str()).collect();
    let values = known.values.get(&agent.id).cloned().unwrap_or_default();
    let special = agent.power == AgentPower::Settlement;
    let usual = if special {
        "代为承认、放弃、变更请求，进行和解，签署调解协议，签收文书。"
    } else {
        "代为陈述事实、参加调解，签收文书；无权承认、放弃、变更请求或者和解。"
    };
    let organization = agent.organization.as_deref().unwrap_or_default();
    Some(PowerOfAttorney {
        office: known.office.clone(),
        principal: Party { agents: Vec::new(), ..block(known, principal, "委托人") },
        agents: vec![Attorney {
            name: agent.name.clone(),
            identity_number: values
                .id_number
                .or_else(|| agent.id_number_masked.clone())
                .unwrap_or_default(),
            position: format!("{}　{organization}", agent.kind.term()).trim_end().to_owned(),
            contact: shown(values.phone.as_ref(), agent.phone_masked.as_ref()),
        }],
        matter: format!("与{}之间的{}", others.join("、"), file.case.title),
        special,
        authority: agent.mandate_scope.clone().unwrap_or_else(|| usual.to_owned()),
        from: agent.mandate_from,
        until: agent.mandate_until.map_or_else(
            || "至本纠纷调解终结之日止".to_owned(),
            |it| format!("至{}止", super::day(it)),
        ),
        signature: SignatureBox::of(format!("委托人{}", hand_of(principal)), &principal.name),
        date: agent.mandate_from,
    })
}

fn hand_of(party: &party::Model) -> &'static str {
    match party.kind {
        PartyKind::NaturalPerson => BY_HAND,
        PartyKind::Organization => BY_SEAL,
    }
}
