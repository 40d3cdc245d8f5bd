//! Which duties there are, how each stands, and what may be recorded of one (PML 31). Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::cases::file::{CaseFile, Duty};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::law::Law;
use crate::words::PerformanceKind;

/// How a duty stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum DutyStatus {
    /// Not due yet, and nothing is recorded.
    Open,
    /// Its last day has passed and nothing is recorded.
    Overdue,
    Performed,
    Defaulted,
}

/// How a duty stands today: by what is recorded last of it, or else by its last day.
pub(super) fn status(file: &CaseFile, duty: Duty) -> DutyStatus {
    match file.performance(duty) {
        Some(PerformanceKind::Performed) => DutyStatus::Performed,
        Some(PerformanceKind::Defaulted) => DutyStatus::Defaulted,
        None if duty.due_on < file.today() => DutyStatus::Overdue,
        None => DutyStatus::Open,
    }
}

/// What is said to have been done, or not done.
#[derive(Debug)]
pub(crate) struct RecordPerformance {
    pub term_id: Uuid,
    pub instalment_id: Option<Uuid>,
    pub kind: PerformanceKind,
    pub happened_on: NaiveDate,
    pub proof: Option<String>,
    pub proof_evidence_id: Option<Uuid>,
    pub confirmed_by_party_id: Option<Uuid>,
    pub advice: Option<String>,
}

/// Checks what is recorded of a duty. A default may be recorded before the last day: who says
/// that they will not perform is in breach at once (民法典 578).
pub(super) fn check(file: &CaseFile, input: &RecordPerformance) -> Result<()> {
    let mut faults: Vec<Fault> = Vec::new();
    let duty = find(file, input).map_err(|it| faults.push(it)).ok();
    if input.happened_on > file.today() {
        faults.push(Fault::new(
            "/happened_on",
            "in_future",
            Text::new(
                "该日期尚未到来，不能记录。",
                "This day lies in the future and cannot be recorded yet.",
            ),
        ));
    }
    let advised = input.advice.as_deref().is_some_and(|it| !it.trim().is_empty());
    if input.kind == PerformanceKind::Defaulted && !advised {
        faults.push(Fault::new(
            "/advice",
            "missing",
            Text::new(
                "记录未履行时须写明如何督促、告知了哪些救济途径。",
                "With a default, say what was urged and what the parties were advised to do.",
            ),
        ));
    }
    faults.extend(about_proof(file, input));
    faults.extend(duty.and_then(|it| about_confirmation(file, it, input)));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if duty.and_then(|it| file.performance(it)) == Some(PerformanceKind::Performed) {
        return Err(Error::refused(
            "already_performed",
            Text::new("该项义务已记录为履行。", "This duty is recorded as performed already."),
            &[Law::Pml31],
        ));
    }
    Ok(())
}

/// A proof is a material of this case that stands.
fn about_proof(file: &CaseFile, input: &RecordPerformance) -> Option<Fault> {
    let id = input.proof_evidence_id?;
    let pointer = "/proof_evidence_id";
    match file.evidence.iter().find(|it| it.id == id) {
        None => Some(unknown(
            pointer,
            "本案没有这份证据材料。",
            "This case has no such material of evidence.",
        )),
        Some(it) => it.withdrawn_at.map(|_| {
            let detail =
                Text::new("该证据材料已撤回。", "This material of evidence was withdrawn.");
            Fault::new(pointer, "evidence_withdrawn", detail)
        }),
    }
}

/// That it has arrived, says whoever it is owed to.
fn about_confirmation(file: &CaseFile, duty: Duty, input: &RecordPerformance) -> Option<Fault> {
    let by = input.confirmed_by_party_id?;
    let pointer = "/confirmed_by_party_id";
    if input.kind == PerformanceKind::Defaulted {
        let detail = Text::new(
            "未履行的义务没有收到确认，此项应留空。",
            "Nobody confirms what was not performed; leave this out.",
        );
        return Some(Fault::new(pointer, "not_applicable", detail));
    }
    let term = file.terms.iter().find(|it| it.id == duty.term_id);
    (term.map(|it| it.obligee_id) != Some(by)).then(|| {
        let detail = Text::new(
            "只有该项义务的权利人能确认已收到。",
            "Only the party it is owed to can confirm that it has arrived.",
        );
        Fault::new(pointer, "not_the_obligee", detail)
    })
}

/// The duty of the agreement in force that is meant.
fn find(file: &CaseFile, input: &RecordPerformance) -> Result<Duty, Fault> {
    let mut of_term = file.duties().into_iter().filter(|it| it.term_id == input.term_id).peekable();
    let in_parts = match of_term.peek() {
        None => {
            return Err(unknown(
                "/term_id",
                "生效的协议中没有这一条款。",
                "The agreement in force has no such term.",
            ));
        }
        Some(first) => first.instalment_id.is_some(),
    };
    if in_parts && input.instalment_id.is_none() {
        let detail = Text::new(
            "该条款分期履行，请说明是哪一期。",
            "This term is paid in instalments; say which one.",
        );
        return Err(Fault::new("/instalment_id", "missing", detail));
    }
    of_term.find(|it| it.instalment_id == input.instalment_id).ok_or_else(|| {
        unknown("/instalment_id", "该条款没有这一期。", "The term has no such instalment.")
    })
}

fn unknown(pointer: &str, zh: &'static str, en: &'static str) -> Fault {
    Fault::new(pointer, "unknown_reference", Text::new(zh, en))
}

#[cfg(test)]
mod tests;
