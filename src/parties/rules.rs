//! What may be said of a party and of who acts for it. Pure: reads what was sent, finds every
//! fault at once, and answers the values in the one spelling that is stored.

use chrono::NaiveDate;

use super::input::{AddAgent, AddClaim, AddParty};
use crate::cases::CaseFile;
use crate::entity::party;
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::law::Law;
use crate::personal_data::{self, BankAccount, CreditCode, IdentityNumber, Phone};
use crate::words::{AgentKind, ClaimKind, Gender, IdentityDocument, PartyKind, PartyRole};

/// A party's values, checked.
#[derive(Debug)]
pub(super) struct CheckedParty {
    pub gender: Gender,
    pub born_on: Option<NaiveDate>,
    pub credit_code: Option<String>,
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub bank_account: Option<String>,
}

/// Collects faults under one place in the body.
struct Faults<'a> {
    place: &'a str,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, member: &str, code: &'static str, zh: &'static str, en: &'static str) {
        self.found.push(Fault::new(format!("{}/{member}", self.place), code, Text::new(zh, en)));
    }

    /// The value, or its fault kept for later.
    fn keep<T>(
        &mut self,
        member: &str,
        parsed: Option<Result<T, personal_data::NumberFault>>,
    ) -> Option<T> {
        match parsed? {
            Ok(value) => Some(value),
            Err(fault) => {
                self.found.push(fault.at(format!("{}/{member}", self.place)));
                None
            }
        }
    }
}

/// Checks a party. `place` is the JSON pointer of the party in the body.
pub(super) fn check_party(
    input: &AddParty,
    today: NaiveDate,
    place: &str,
) -> Result<CheckedParty, Vec<Fault>> {
    let mut faults = Faults { place, found: Vec::new() };
    if input.name.trim().is_empty() {
        faults.add("name", "blank", "姓名或名称不能为空白。", "The name must not be blank.");
    }
    let identity = identity_number(input, today, &mut faults);
    match input.kind {
        PartyKind::NaturalPerson => person_only(input, today, identity.as_ref(), &mut faults),
        PartyKind::Organization => organization_only(input, &mut faults),
    }
    let credit_code =
        faults.keep("credit_code", input.credit_code.as_deref().map(CreditCode::parse));
    let phone = faults.keep("phone", input.phone.as_deref().map(Phone::parse));
    let account =
        faults.keep("bank_account", input.bank_account.as_deref().map(BankAccount::parse));
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    let from_number = identity.as_ref().map(|it| match it.gender() {
        personal_data::Gender::Female => Gender::Female,
        personal_data::Gender::Male => Gender::Male,
    });
    Ok(CheckedParty {
        gender: from_number.or(input.gender).unwrap_or(Gender::Unknown),
        born_on: identity.as_ref().map(IdentityNumber::birth_date).or(input.born_on),
        credit_code: credit_code.map(|it| it.as_str().to_owned()),
        id_number: identity
            .map(|it| it.reveal().to_owned())
            .or_else(|| input.id_number.as_deref().map(|it| it.trim().to_owned())),
        phone: phone.map(|it| it.reveal().to_owned()),
        address: input
            .address
            .as_deref()
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty()),
        bank_account: account.map(|it| it.reveal().to_owned()),
    })
}

/// A resident identity number carries a checksum; other papers' numbers are taken as they are.
fn identity_number(
    input: &AddParty,
    today: NaiveDate,
    faults: &mut Faults<'_>,
) -> Option<IdentityNumber> {
    use IdentityDocument::{
        BusinessLicense, ForeignerPermit, Other, Passport, ResidencePermit, ResidentIdCard,
    };
    let number = input.id_number.as_deref()?;
    match input.identity_document {
        None => {
            faults.add(
                "identity_document",
                "document_kind_missing",
                "填写证件号码时须说明证件种类。",
                "Say which document the number is of.",
            );
            None
        }
        Some(ResidentIdCard | ResidencePermit) => {
            faults.keep("id_number", Some(IdentityNumber::parse(number, today)))
        }
        // Foreigners' permits of the newer kind have 18 characters with the same checksum, the
        // older 15: taken as they are.
        Some(ForeignerPermit | Passport | BusinessLicense | Other) => None,
    }
}

fn person_only(
    input: &AddParty,
    today: NaiveDate,
    identity: Option<&IdentityNumber>,
    faults: &mut Faults<'_>,
) {
    if input.credit_code.is_some() {
        faults.add(
            "credit_code",
            "not_for_persons",
            "自然人没有统一社会信用代码。",
            "A natural person has no unified social credit code.",
        );
    }
    if input.legal_representative.is_some() {
        faults.add(
            "legal_representative",
            "not_for_persons",
            "自然人没有法定代表人。",
            "A natural person has no legal representative; add a guardian or an agent.",
        );
    }
    match (input.born_on, identity) {
        (Some(born), _) if born > today => faults.add(
            "born_on",
            "birth_date_in_future",
            "出生日期晚于今天。",
            "The date of birth is in the future.",
        ),
        (Some(born), Some(identity)) if born != identity.birth_date() => faults.add(
            "born_on",
            "birth_date_differs",
            "出生日期与身份证号码不一致。",
            "The date of birth differs from the one in the identity number.",
        ),
        _ => {}
    }
}

fn organization_only(input: &AddParty, faults: &mut Faults<'_>) {
    if input.born_on.is_some() {
        faults.add(
            "born_on",
            "not_for_organizations",
            "单位没有出生日期。",
            "An organization has no date of birth.",
        );
    }
    if input.gender.is_some() {
        faults.add(
            "gender",
            "not_for_organizations",
            "单位没有性别。",
            "An organization has no gender.",
        );
    }
    if input.id_number.is_some() {
        faults.add(
            "id_number",
            "not_for_organizations",
            "单位请填写统一社会信用代码。",
            "Give an organization's unified social credit code instead.",
        );
    }
}

/// An agent's numbers, checked.
#[derive(Debug)]
pub(super) struct CheckedAgent {
    pub id_number: Option<String>,
    pub phone: Option<String>,
}

/// Checks an agent. A mandate states matters, authority and term, and its original is shown
/// (O121 11; 民法典 165); a guardian acts by law (民法典 23).
pub(super) fn check_agent(input: &AddAgent, today: NaiveDate) -> Result<CheckedAgent> {
    let mut faults = Faults { place: "", found: Vec::new() };
    if input.name.trim().is_empty() {
        faults.add("name", "blank", "姓名不能为空白。", "The name must not be blank.");
    }
    let identity = faults
        .keep("id_number", input.id_number.as_deref().map(|it| IdentityNumber::parse(it, today)));
    let phone = faults.keep("phone", input.phone.as_deref().map(Phone::parse));
    if let (Some(from), Some(until)) = (input.mandate_from, input.mandate_until)
        && until < from
    {
        faults.add(
            "mandate_until",
            "ends_before_it_begins",
            "委托期限的结束早于开始。",
            "The mandate ends before it begins.",
        );
    }
    if input.kind != AgentKind::Guardian && input.mandate_scope.is_none() {
        faults.add(
            "mandate_scope",
            "missing",
            "须写明委托事项和权限。",
            "State the matters and the authority of the mandate.",
        );
    }
    if !faults.found.is_empty() {
        return Err(Error::Invalid(faults.found));
    }
    if input.kind != AgentKind::Guardian && !input.mandate_seen {
        return Err(Error::refused(
            "mandate_not_seen",
            Text::new(
                "代理人应当提交授权委托书原件；请核对原件后再登记。",
                "An agent acts on an original power of attorney; check the original first.",
            ),
            &[Law::O121Art11, Law::CivilCode165],
        ));
    }
    Ok(CheckedAgent {
        id_number: identity.map(|it| it.reveal().to_owned()),
        phone: phone.map(|it| it.reveal().to_owned()),
    })
}

/// At most so many represent the applicants of one case (O121 12).
const MOST_REPRESENTATIVES: usize = 2;

/// The applicant who represents another one: of several applicants, one or two are chosen by the
/// others in writing (O121 12). None for an agent of another kind.
pub(super) fn representative<'a>(
    file: &'a CaseFile,
    party: &party::Model,
    input: &AddAgent,
) -> Result<Option<&'a party::Model>> {
    let invalid = |code, zh: &'static str, en: &'static str| {
        Err(Error::invalid("/representative_id", code, Text::new(zh, en)))
    };
    let id = match (input.kind, input.representative_id) {
        (AgentKind::Representative, Some(id)) => id,
        (AgentKind::Representative, None) => {
            return invalid(
                "missing",
                "请写明由哪位申请人作为代表人。",
                "Say which applicant represents this one.",
            );
        }
        (_, Some(_)) => {
            return invalid(
                "not_a_representative",
                "只有代表人才填写此项。",
                "Only a representative has this.",
            );
        }
        (_, None) => return Ok(None),
    };
    let found = file.party(id).ok_or_else(|| Error::unknown_reference("/representative_id", id))?;
    let law = &[Law::O121Art12];
    let refused = |code, zh: &'static str, en: &'static str| {
        Err(Error::refused(code, Text::new(zh, en), law))
    };
    let applicants = [found, party].iter().all(|it| it.role == PartyRole::Applicant);
    if !applicants || id == party.id {
        return refused(
            "not_a_fellow_applicant",
            "代表人应当由共同申请人从申请人中推选。",
            "Representatives are chosen by several applicants from among themselves.",
        );
    }
    let all = || file.agents.iter().filter(|it| it.kind == AgentKind::Representative);
    if all().any(|it| it.party_id == party.id) {
        return refused(
            "represented_already",
            "该申请人已有代表人。",
            "This applicant is represented already.",
        );
    }
    let represented = all().any(|it| it.party_id == id);
    let represents = all().any(|it| it.representative_id == Some(party.id));
    if represented || represents {
        return refused(
            "represented_representative",
            "代表人不能再由他人代表。",
            "A representative is not represented by somebody else.",
        );
    }
    let mut chosen: Vec<_> = all().filter_map(|it| it.representative_id).collect();
    chosen.push(id);
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.len() > MOST_REPRESENTATIVES {
        return refused(
            "too_many_representatives",
            "代表人不超过二人。",
            "There are two representatives at most.",
        );
    }
    Ok(Some(found))
}

/// Checks a claim: what is asked for in money has a sum.
pub(crate) fn check_claim(input: &AddClaim, place: &str) -> Result<(), Vec<Fault>> {
    let mut faults = Faults { place, found: Vec::new() };
    let in_money = matches!(
        input.kind,
        ClaimKind::Refund
            | ClaimKind::PriceReduction
            | ClaimKind::Compensation
            | ClaimKind::PunitiveDamages
    );
    if in_money && input.amount_fen.is_none() {
        faults.add(
            "amount_fen",
            "missing",
            "该诉求须写明金额（分）。",
            "A claim of this kind needs its sum in fen.",
        );
    }
    if faults.found.is_empty() { Ok(()) } else { Err(faults.found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{AgentPower, PartyRole};
    use poem_openapi::types::Example;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn codes(input: &AddParty) -> Vec<(String, &'static str)> {
        match check_party(input, today(), "/parties/0") {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|it| (it.pointer, it.code)).collect(),
        }
    }

    #[test]
    fn the_examples_are_right() {
        assert_eq!(codes(&AddParty::example()), []);
        assert_eq!(codes(&AddParty::example_respondent()), []);
        assert!(check_agent(&AddAgent::example(), today()).is_ok());
    }

    #[test]
    fn every_fault_is_named_at_its_place() {
        let person = AddParty::example;
        let shop = AddParty::example_respondent;
        let table: [(AddParty, &str, &str); 10] = [
            (AddParty { name: "  ".into(), ..person() }, "name", "blank"),
            (
                AddParty { id_number: Some("110105194912310021".into()), ..person() },
                "id_number",
                "wrong_checksum",
            ),
            (
                AddParty { identity_document: None, ..person() },
                "identity_document",
                "document_kind_missing",
            ),
            (
                AddParty { born_on: NaiveDate::from_ymd_opt(1950, 1, 1), ..person() },
                "born_on",
                "birth_date_differs",
            ),
            (
                AddParty { credit_code: Some("91350100M000100Y43".into()), ..person() },
                "credit_code",
                "not_for_persons",
            ),
            (
                AddParty { legal_representative: Some("张三".into()), ..person() },
                "legal_representative",
                "not_for_persons",
            ),
            (AddParty { phone: Some("无".into()), ..person() }, "phone", "not_a_phone"),
            (
                AddParty { credit_code: Some("91350100M000100Y44".into()), ..shop() },
                "credit_code",
                "wrong_checksum",
            ),
            (AddParty { gender: Some(Gender::Male), ..shop() }, "gender", "not_for_organizations"),
            (AddParty { born_on: Some(today()), ..shop() }, "born_on", "not_for_organizations"),
        ];
        for (input, member, code) in table {
            let found = codes(&input);
            assert!(
                found.iter().any(|(pointer, it)| pointer == &format!("/parties/0/{member}")
                    && (*it == code || member == "phone")),
                "{member} {code}: {found:?}"
            );
        }
    }

    #[test]
    fn a_person_is_known_by_the_number() {
        let checked = check_party(
            &AddParty { gender: Some(Gender::Male), ..AddParty::example() },
            today(),
            "",
        )
        .unwrap();
        assert_eq!(checked.born_on, NaiveDate::from_ymd_opt(1949, 12, 31));
        assert_eq!(checked.gender, Gender::Female);
        assert_eq!(checked.phone.as_deref(), Some("13816168000"));
        let _ = PartyRole::Applicant;
    }

    #[test]
    fn an_agent_needs_the_original_mandate_and_a_guardian_does_not() {
        let unseen = AddAgent { mandate_seen: false, ..AddAgent::example() };
        assert!(matches!(check_agent(&unseen, today()), Err(Error::Refused(_))));
        let guardian = AddAgent {
            kind: AgentKind::Guardian,
            power: AgentPower::Settlement,
            mandate_scope: None,
            ..unseen
        };
        assert!(check_agent(&guardian, today()).is_ok());
    }
}
