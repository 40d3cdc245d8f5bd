//! Who asks the court, and until when. Pure. Whether the track offers it and whether an
//! agreement is in force stands in the gates.

use chrono::NaiveDate;
use uuid::Uuid;

use super::input::RecordCourtAnswer;
use crate::cases::file::CaseFile;
use crate::entity::{agreement, deadline, judicial_confirmation, party};
use crate::error::{Error, Fault, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::words::{AgreementStatus, CourtAnswer, DeadlineKind};

const LAW: &[Law] = &[Law::Pml33, Law::Cpl205];

/// The agreement the court would be asked about.
pub(super) fn in_force(file: &CaseFile) -> Option<&agreement::Model> {
    file.agreement().filter(|it| it.status == AgreementStatus::InForce)
}

/// The last day to apply, as the clock of the agreement in force has it (PML 33; CPL 85, 205).
pub(super) fn last_day(file: &CaseFile) -> Option<NaiveDate> {
    let of_window = |it: &&deadline::Model| it.kind == DeadlineKind::JudicialConfirmation;
    file.deadlines.iter().find(of_window).and_then(|it| it.due_on)
}

/// From the day of effect to the last day.
pub(super) fn check_day(
    effective_on: NaiveDate,
    last: NaiveDate,
    applied_on: NaiveDate,
) -> Result<()> {
    if applied_on < effective_on {
        let detail = Text::new(
            format!("协议于{effective_on}生效，申请日期不能早于该日。"),
            format!("The agreement took effect on {effective_on}; nobody applies before that."),
        );
        return Err(Error::invalid("/applied_on", "before_effect", detail));
    }
    if applied_on <= last {
        return Ok(());
    }
    let detail = Text::new(
        format!("应自协议生效之日（{effective_on}）起三十日内即{last}前申请，期限已过。"),
        format!("The time to apply ran from {effective_on} to {last} and is over."),
    );
    Err(Error::refused("confirmation_time_over", detail, LAW))
}

/// Who has said with the signature under the present text that a court shall be asked.
pub(super) fn wishing(file: &CaseFile) -> Vec<Uuid> {
    let wishes = |it: &&party::Model| file.wishes_confirmation(it.id) == Some(true);
    file.parties.iter().filter(wishes).map(|it| it.id).collect()
}

/// All parties apply together; each that is missing is named.
pub(super) fn check_joint(file: &CaseFile, applicants: &[Uuid]) -> Result<()> {
    for (place, id) in applicants.iter().enumerate() {
        let pointer = format!("/party_ids/{place}");
        if file.party(*id).is_none() {
            return Err(Error::unknown_reference(&pointer, *id));
        }
        if applicants[..place].contains(id) {
            let detail = Text::new("同一当事人重复填写。", "This party is named twice.");
            return Err(Error::invalid(pointer, "repeated", detail));
        }
    }
    let lacking = file.parties.iter().filter(|it| !applicants.contains(&it.id));
    let unmet: Vec<Unmet> = lacking
        .map(|party| {
            let (zh, en) = crate::cases::gates::designation(party);
            let detail = Text::new(
                format!("司法确认应由双方当事人共同申请，缺少{zh}。"),
                format!("The parties apply together; {en} does not."),
            );
            Unmet { code: "not_joint", detail, law: LAW, mend: &[] }
        })
        .collect();
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

/// A court says it has taken an application once, before its ruling; nothing before the
/// application and nothing that is still to come; a ruling has a number.
pub(super) fn check_answer(
    file: &CaseFile,
    asked: &judicial_confirmation::Model,
    said: &RecordCourtAnswer,
) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, code, zh: &str, en: &str| {
        faults.push(Fault::new(pointer, code, Text::new(zh.to_owned(), en.to_owned())));
    };
    let earlier = file.court_answers_to(asked.id).map(|it| it.answered_on).max();
    if said.answered_on > file.today() {
        fault("/answered_on", "in_future", "该日期尚未到来。", "This day is to come.");
    }
    if said.answered_on < earlier.unwrap_or(asked.applied_on) {
        let zh = "早于申请之日或者法院此前的答复。";
        fault("/answered_on", "too_early", zh, "Before the application or the answer before.");
    }
    let is_repeated = file.court_answers_to(asked.id).any(|it| it.answer == said.answer);
    if is_repeated {
        fault("/answer", "repeated", "该答复已有记录。", "This answer is recorded already.");
    }
    let is_ruling = matches!(said.answer, CourtAnswer::Valid | CourtAnswer::Rejected);
    if is_ruling && said.court_number.as_deref().is_none_or(|it| it.trim().is_empty()) {
        let en = "A ruling has a number; it stands at its head.";
        fault("/court_number", "missing", "裁定书应有案号，请填写。", en);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

#[cfg(test)]
mod tests;
