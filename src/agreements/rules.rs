//! What an agreement may hold, and what is missing until it is in force (PML 29). Pure; whose
//! hand may come under it stands in [`super::signing`].

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::input::{DraftAgreement, DraftTerm};
use crate::cases::file::CaseFile;
use crate::clock::shanghai_day;
use crate::entity::{agreement, office, party, signature};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::law::Law;
use crate::tracks::{self, DocumentRule, Regime, Signers};
use crate::words::{AgreementStatus, DocumentWaiver, SignerKind, TermKind};

/// The last year a duty may be due in: later is a slip of the pen.
const LAST_YEAR: i32 = 2100;

/// Whether a duty of this kind is paid in money.
pub(super) fn is_payment(kind: TermKind) -> bool {
    use TermKind::{Compensation, OtherPayment, PunitiveDamages, Refund};
    matches!(kind, Refund | Compensation | PunitiveDamages | OtherPayment)
}

/// Checks what the parties agree on and names every fault at once. A court confirms no
/// agreement whose content is unclear (domain §6.4), so nothing may be left open.
pub(super) fn check_draft(draft: &DraftAgreement, file: &CaseFile) -> Result<()> {
    answer(content_faults(draft, &file.parties, file.today()))
}

/// The same for an oral agreement, which has been reached already (PML 30).
pub(super) fn check_oral(
    draft: &DraftAgreement,
    reached_at: DateTime<Utc>,
    file: &CaseFile,
) -> Result<()> {
    let mut faults = content_faults(draft, &file.parties, file.today());
    if reached_at > file.now {
        let detail = Text::new(
            "该时间尚未到来，不能记录。",
            "This lies in the future and cannot be recorded yet.",
        );
        faults.push(Fault::new("/reached_at", "in_future", detail));
    }
    answer(faults)
}

/// The seal is that of whoever acts on the track (PML 29; O121 24), and of the authority's own
/// office where the case is the authority's.
pub(super) fn check_seal(file: &CaseFile, office: &office::Model) -> Result<()> {
    let track = tracks::rules(file.case.track);
    let own = track.regime == Regime::PeopleMediation || office.id == file.case.office_id;
    if office.kind == track.seal && own {
        return Ok(());
    }
    let detail = Text::new(
        format!(
            "{}程序的文书应加盖{}的印章，“{}”的印章不能使用。",
            file.case.track.term(),
            track.seal.term(),
            office.name
        ),
        format!(
            "On {} the seal is that of the {}; the seal of {} is not.",
            file.case.track, track.seal, office.name
        ),
    );
    let law: &'static [Law] = match track.regime {
        Regime::PeopleMediation => &[Law::Pml29],
        Regime::MarketSupervision => &[Law::O121Art24],
    };
    Err(Error::refused("wrong_seal", detail, law))
}

/// When an agreement stands without its paper: by choice on the people's track (PML 28), on the
/// authority's only if performed at once or both want none (O121 24).
pub(super) fn check_waiver(file: &CaseFile, waiver: Option<DocumentWaiver>) -> Result<()> {
    match (tracks::rules(file.case.track).document, waiver) {
        (DocumentRule::ByChoice, None) | (DocumentRule::PerformedOrWaived, Some(_)) => Ok(()),
        (DocumentRule::ByChoice, Some(_)) => {
            let detail = Text::new(
                "人民调解的口头协议不需要说明不制作调解书的理由。",
                "An oral agreement of people's mediation needs no reason to have no document.",
            );
            Err(Error::invalid("/document_waiver", "not_applicable", detail))
        }
        (DocumentRule::PerformedOrWaived, None) => {
            let detail = Text::new(
                "现场达成调解协议的，应当制作调解书；当场履行完毕或者双方同意不制作的除外。",
                "A mediation document must be made unless the agreement was performed at once or \
                 both parties agree to have none.",
            );
            Err(Error::refused("mediation_document_required", detail, &[Law::O121Art24]))
        }
    }
}

fn answer(faults: Vec<Fault>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// Everything that is wrong with the content, for drafting and for the findings.
pub(super) fn content_faults(
    draft: &DraftAgreement,
    parties: &[party::Model],
    today: NaiveDate,
) -> Vec<Fault> {
    let mut faults = Faults { place: String::new(), found: Vec::new() };
    faults.blank("facts", &draft.facts);
    faults.blank("disputed_matters", &draft.disputed_matters);
    faults.blank("responsibilities", &draft.responsibilities);
    for (index, term) in draft.terms.iter().enumerate() {
        faults.place = format!("/terms/{index}");
        check_sides(term, parties, &mut faults);
        check_money(term, &mut faults);
        check_days(term, today, &mut faults);
        faults.blank("manner", &term.manner);
        faults.blank("description", &term.description);
    }
    faults.found
}

/// Collects faults under one place in the body.
struct Faults {
    place: String,
    found: Vec<Fault>,
}

impl Faults {
    fn add(
        &mut self,
        member: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        let pointer = format!("{}/{member}", self.place);
        self.found.push(Fault::new(pointer, code, Text::new(zh.into(), en.into())));
    }

    fn blank(&mut self, member: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(member, "blank", "此项不能为空白。", "This must not be blank.");
        }
    }
}

fn check_sides(term: &DraftTerm, parties: &[party::Model], faults: &mut Faults) {
    for (member, id) in [("obligor_id", term.obligor_id), ("obligee_id", term.obligee_id)] {
        if !parties.iter().any(|it| it.id == id) {
            faults.add(
                member,
                "unknown_reference",
                format!("编号 {id} 不是本案当事人。"),
                format!("No party of this case has the id {id}."),
            );
        }
    }
    if term.obligor_id == term.obligee_id {
        faults.add(
            "obligee_id",
            "same_party",
            "义务人和权利人不能是同一当事人。",
            "Nobody owes a duty to themselves; name another party.",
        );
    }
}

fn check_money(term: &DraftTerm, faults: &mut Faults) {
    match (is_payment(term.kind), term.amount_fen) {
        (true, None) => faults.add(
            "amount_fen",
            "missing",
            "付款类条款须写明金额（分）。",
            "A payment needs its sum in fen.",
        ),
        (false, Some(_)) => faults.add(
            "amount_fen",
            "not_a_payment",
            "该类条款不是付款，不能写金额。",
            "A duty of this kind is no payment and has no sum.",
        ),
        _ => {}
    }
    if term.instalments.is_empty() {
        return;
    }
    if !is_payment(term.kind) {
        faults.add(
            "instalments",
            "not_a_payment",
            "该类条款不是付款，不能分期。",
            "A duty of this kind is no payment and has no instalments.",
        );
    }
    let sum: i64 = term.instalments.iter().map(|it| it.amount_fen).sum();
    if let Some(amount) = term.amount_fen.filter(|it| *it != sum) {
        faults.add(
            "instalments",
            "sum_differs",
            format!("各期合计 {sum} 分，与总额 {amount} 分不符。"),
            format!("The instalments add up to {sum} fen, the sum is {amount} fen."),
        );
    }
}

fn check_days(term: &DraftTerm, today: NaiveDate, faults: &mut Faults) {
    check_day("due_on", term.due_on, today, faults);
    for (index, part) in term.instalments.iter().enumerate() {
        check_day(&format!("instalments/{index}/due_on"), part.due_on, today, faults);
    }
    for (index, pair) in term.instalments.windows(2).enumerate() {
        if let [earlier, later] = pair
            && later.due_on <= earlier.due_on
        {
            faults.add(
                &format!("instalments/{}/due_on", index + 1),
                "not_ascending",
                "各期到期日应依次递增。",
                "Each instalment is due later than the one before.",
            );
        }
    }
    if let Some(last) = term.instalments.last()
        && last.due_on != term.due_on
    {
        faults.add(
            &format!("instalments/{}/due_on", term.instalments.len() - 1),
            "not_the_last_day",
            format!("最后一期应于条款到期日 {} 到期。", term.due_on),
            format!("The last instalment is due with its term, on {}.", term.due_on),
        );
    }
}

fn check_day(member: &str, day: NaiveDate, today: NaiveDate, faults: &mut Faults) {
    use chrono::Datelike as _;
    if day < today {
        faults.add(
            member,
            "in_past",
            format!("到期日不能早于今天（{today}）。"),
            format!("The day must not be before today, {today}."),
        );
    } else if day.year() > LAST_YEAR {
        faults.add(
            member,
            "out_of_range",
            format!("到期日不能晚于 {LAST_YEAR} 年。"),
            format!("The day must not be after {LAST_YEAR}."),
        );
    }
}

/// The agreement that could still take effect and has not.
pub(super) fn unfinished(file: &CaseFile) -> Option<&agreement::Model> {
    use AgreementStatus::{Draft, Locked};
    file.agreement().filter(|it| matches!(it.status, Draft | Locked))
}

/// The number of the next revision.
pub(super) fn next_revision(file: &CaseFile) -> i32 {
    file.agreements.iter().map(|it| it.revision).max().unwrap_or(0) + 1
}

/// Something without which a written agreement is not in force (PML 29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum MissingAct {
    /// The text is not locked yet.
    Lock,
    /// A party has not signed.
    PartySignature,
    /// The presiding mediator has not signed.
    MediatorSignature,
    /// The seal is not on it.
    Seal,
}

/// What is missing until the agreement is in force, with the party whose signature it is.
/// Nothing is missing from one that is in force or was superseded.
pub(super) fn missing_acts(
    file: &CaseFile,
    agreement: &agreement::Model,
) -> Vec<(MissingAct, Option<Uuid>)> {
    use AgreementStatus::{Draft, Locked};
    if !matches!(agreement.status, Draft | Locked) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    if agreement.status == Draft {
        missing.push((MissingAct::Lock, None));
    }
    let signed: Vec<_> = counting(file, agreement).collect();
    let unsigned =
        file.parties.iter().filter(|party| !signed.iter().any(|it| it.party_id == Some(party.id)));
    missing.extend(unsigned.map(|it| (MissingAct::PartySignature, Some(it.id))));
    let mediator_signs =
        tracks::rules(file.case.track).signers == Signers::PartiesAndPresidingMediator;
    if mediator_signs && !signed.iter().any(|it| it.signer == SignerKind::Mediator) {
        missing.push((MissingAct::MediatorSignature, None));
    }
    if agreement.sealed_at.is_none() {
        missing.push((MissingAct::Seal, None));
    }
    missing
}

/// The signatures that count: under this very text, of a party or of the mediator who presides
/// now. A changed text is a new version (domain §6.10).
fn counting<'a>(
    file: &'a CaseFile,
    agreement: &'a agreement::Model,
) -> impl Iterator<Item = &'a signature::Model> {
    let presiding = file.presiding().map(|it| it.mediator_id);
    file.signatures
        .iter()
        .filter(|it| it.agreement_id == agreement.id)
        .filter(|it| Some(&it.text_hash) == agreement.text_hash.as_ref())
        .filter(move |it| match it.signer {
            SignerKind::Party => it.party_id.is_some(),
            SignerKind::Mediator => presiding.is_some() && it.mediator_id == presiding,
        })
}

/// When a written agreement takes effect: with the latest act once every party and the
/// presiding mediator have signed and the seal is on it (PML 29).
pub(super) fn effective_at(file: &CaseFile, agreement: &agreement::Model) -> Option<DateTime<Utc>> {
    if agreement.status != AgreementStatus::Locked || !missing_acts(file, agreement).is_empty() {
        return None;
    }
    counting(file, agreement).map(|it| it.signed_at).chain(agreement.sealed_at).max()
}

/// The day in Shanghai on which it takes effect: the effective date (PML 29).
pub(super) fn effective_on(file: &CaseFile, agreement: &agreement::Model) -> Option<NaiveDate> {
    effective_at(file, agreement).map(shanghai_day)
}

#[cfg(test)]
mod tests;
