//! What may go through the door, and what follows what in the register. Pure.

use chrono::NaiveDate;

use crate::cases::file::CaseFile;
use crate::entity::{clue, office, party};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::law::Law;
use crate::personal_data::numbers::name_key;
use crate::words::{ClueStatus, OfficeKind, PartyKind, PartyRole};

const LAW: &[Law] = &[Law::O121Art27];

/// Only the authority verifies.
pub(super) fn check_office(office: &office::Model) -> Option<Fault> {
    (office.kind != OfficeKind::MarketSupervisionOffice).then(|| {
        let detail = Text::new(
            "违法线索只能报送市场监管所。",
            "A clue is reported to a market supervision office only.",
        );
        Fault::new("/office_id", "not_market_supervision", detail)
    })
}

/// Nobody discovers tomorrow.
pub(super) fn check_day(discovered_on: NaiveDate, today: NaiveDate) -> Option<Fault> {
    (discovered_on > today).then(|| {
        let detail = Text::new("发现日期晚于今天。", "The day of discovery is in the future.");
        Fault::new("/discovered_on", "in_future", detail)
    })
}

/// A clue is about an operator. Of a person nothing goes through the door.
pub(super) fn check_respondent(party: &party::Model) -> Option<Fault> {
    let fit = party.kind == PartyKind::Organization && party.role != PartyRole::Applicant;
    (!fit).then(|| {
        let detail = Text::new(
            "线索对象应为本案被申请人或者第三人中的法人或其他组织。",
            "A clue is about an organization that is respondent or third party of the case.",
        );
        Fault::new("/respondent_id", "not_an_operator", detail)
    })
}

/// The description leads nobody back to the mediation: it holds neither the number of the case
/// nor the name of an applicant who is a person.
pub(super) fn check_description(file: &CaseFile, description: &str) -> Option<Fault> {
    let told = name_key(description);
    let is_person =
        |it: &&party::Model| it.role == PartyRole::Applicant && it.kind == PartyKind::NaturalPerson;
    // A single character is too common to be anybody's name in a text.
    let consumers = file.parties.iter().filter(is_person).map(|it| name_key(&it.name));
    let named = consumers.filter(|it| it.chars().count() > 1).any(|it| told.contains(&it));
    let numbers = [file.case.case_number.as_deref(), file.case.external_number.as_deref()];
    let numbered = numbers.into_iter().flatten().any(|it| told.contains(&name_key(it)));
    (named || numbered).then(|| {
        let detail = Text::new(
            "线索内容不得写明消费者姓名或者案件编号。",
            "The description must not name the consumer or the number of the case.",
        );
        Fault::new("/description", "leads_to_the_case", detail)
    })
}

fn refused(code: &'static str, zh: &'static str, en: &'static str) -> Error {
    Error::refused(code, Text::new(zh, en), LAW)
}

/// Received once.
pub(super) fn check_receipt(clue: &clue::Model) -> Result<()> {
    if clue.status == ClueStatus::Reported {
        return Ok(());
    }
    Err(refused("clue_received", "该线索已经接收。", "This clue was received already."))
}

/// Once, while it is being verified (O121 27).
pub(super) fn check_extension(clue: &clue::Model) -> Result<()> {
    if clue.status != ClueStatus::Received {
        return Err(not_received(clue));
    }
    if clue.extended_on.is_some() {
        return Err(refused(
            "clue_extended",
            "核查期限只能延长一次。",
            "The time to verify is extended once only.",
        ));
    }
    Ok(())
}

/// Decided once, by whoever has received it.
pub(super) fn check_decision(clue: &clue::Model) -> Result<()> {
    if clue.status == ClueStatus::Received { Ok(()) } else { Err(not_received(clue)) }
}

fn not_received(clue: &clue::Model) -> Error {
    match clue.status {
        ClueStatus::Decided => {
            refused("clue_decided", "该线索已经处理。", "This clue was decided already.")
        }
        _ => refused("clue_not_received", "该线索尚未接收。", "This clue is not received yet."),
    }
}

#[cfg(test)]
mod tests;
