//! Who asks the court, and until when. Pure. Whether the track offers it and whether an
//! agreement is in force stands in the gates.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::cases::file::CaseFile;
use crate::entity::{agreement, deadline};
use crate::error::{Error, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::words::{AgreementStatus, DeadlineKind};

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

#[cfg(test)]
mod tests;
