//! Whose hand may come under an agreement. Pure: nothing is written here. What else must be
//! there before anybody signs stands in the gates.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::input::SignAgreement;
use crate::access::Action;
use crate::cases::file::{CaseFile, is_minor};
use crate::clock::shanghai_day;
use crate::entity::{agent, agreement, party};
use crate::error::{Error, Fault, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::tracks;
use crate::words::{AgentKind, AgentPower, ConsentSubject, FileType, SignatureMethod, SignerKind};

/// Who sends a signature, and when it was given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    /// The caller.
    pub asker: Uuid,
    pub signed_at: DateTime<Utc>,
}

/// Checks one signature under a locked agreement: first what cannot be meant, then what the
/// law refuses; each with everything at once.
pub(super) fn check(
    file: &CaseFile,
    agreement: &agreement::Model,
    input: &SignAgreement,
    occasion: Occasion,
) -> Result<()> {
    let faults = faults(file, agreement, input, occasion.signed_at);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut unmet = Vec::new();
    if agreement.text_hash.as_ref() != Some(&input.text_hash) {
        unmet.push(refusal(
            "text_changed",
            "签署的文本与定稿不一致，请重新阅读现行文本后再签署。",
            "What was signed is not the locked text; read the present text and sign that.",
            &[Law::Pml29],
        ));
    }
    match input.signer {
        SignerKind::Party => {
            unmet.extend(about_wish(file, input));
            about_party(file, agreement, Hand::of(input), occasion.signed_at, &mut unmet);
        }
        SignerKind::Mediator => about_mediator(file, agreement, input, occasion, &mut unmet),
    }
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

fn fault(pointer: &str, code: &'static str, zh: &'static str, en: &'static str) -> Fault {
    Fault::new(pointer, code, Text::new(zh, en))
}

fn refusal(code: &'static str, zh: &'static str, en: &'static str, law: &'static [Law]) -> Unmet {
    Unmet { code, detail: Text::new(zh, en), law, mend: &[] }
}

/// Something that is told of a signature, depending on its method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// The scan of the signed paper.
    Scan,
    Drawing,
    Witness,
    /// The code that was sent to the signer.
    Code,
    /// Another time than now.
    Time,
}

/// Whether a method asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Allowed,
    Refused,
}

/// What each method asks for and what it refuses. The whole table.
fn need(method: SignatureMethod, told: Told) -> Need {
    use Need::{Allowed, Refused, Required};
    use SignatureMethod::{Fingerprint, Pen, PhoneCode, Stamp, Tablet};
    let [scan, drawing, witness, code, time] = match method {
        Pen => [Allowed, Refused, Allowed, Refused, Allowed],
        Stamp => [Allowed, Refused, Allowed, Refused, Allowed],
        // Whose finger it was, nobody sees afterwards.
        Fingerprint => [Allowed, Refused, Required, Refused, Allowed],
        Tablet => [Refused, Required, Allowed, Refused, Allowed],
        // It is told while it is good: now.
        PhoneCode => [Refused, Refused, Allowed, Required, Refused],
    };
    match told {
        Told::Scan => scan,
        Told::Drawing => drawing,
        Told::Witness => witness,
        Told::Code => code,
        Told::Time => time,
    }
}

/// What the method asks for and was not sent, and what was sent and it refuses.
fn about_method(input: &SignAgreement) -> Vec<Fault> {
    let method = input.method;
    let rows = [
        (Told::Scan, "/scan_evidence_id", input.scan_evidence_id.is_some()),
        (Told::Drawing, "/drawing", input.drawing.is_some()),
        (Told::Witness, "/witness", input.witness.is_some()),
        (Told::Code, "/code", input.code.is_some()),
        (Told::Time, "/signed_at", input.signed_at.is_some()),
    ];
    let judge = |(told, pointer, sent): (Told, &str, bool)| {
        let (code, zh, en) = match (need(method, told), sent) {
            (Need::Required, false) => {
                ("missing", "必须提供此项", "This is required with the method")
            }
            (Need::Refused, true) => {
                ("not_for_this_method", "不应提供此项", "This has no place with the method")
            }
            _ => return None,
        };
        let detail =
            Text::new(format!("以“{}”方式签署时{zh}。", method.term()), format!("{en} {method}."));
        Some(Fault::new(pointer, code, detail))
    };
    rows.into_iter().filter_map(judge).collect()
}

/// A scan is a material of this case that stands, and can be looked at as a page.
fn about_scan(file: &CaseFile, input: &SignAgreement) -> Option<Fault> {
    let id = input.scan_evidence_id?;
    let pointer = "/scan_evidence_id";
    let Some(scan) = file.evidence.iter().find(|it| it.id == id) else {
        let (zh, en) = ("本案没有这份证据材料。", "This case has no such material of evidence.");
        return Some(fault(pointer, "unknown_reference", zh, en));
    };
    if scan.withdrawn_at.is_some() {
        let (zh, en) = ("该证据材料已撤回。", "This material of evidence was withdrawn.");
        return Some(fault(pointer, "evidence_withdrawn", zh, en));
    }
    let is_page = {
        use FileType::{Heic, Jpeg, Pdf, Png, Webp};
        matches!(scan.file_type, Pdf | Jpeg | Png | Webp | Heic)
    };
    (!is_page).then(|| {
        let (zh, en) = ("签署页的扫描件应为 PDF 或者图片。", "A scan is a PDF or a picture.");
        fault(pointer, "not_a_scan", zh, en)
    })
}

/// What cannot be meant.
fn faults(
    file: &CaseFile,
    agreement: &agreement::Model,
    input: &SignAgreement,
    signed_at: DateTime<Utc>,
) -> Vec<Fault> {
    let mut faults = match input.signer {
        SignerKind::Party => about_names(file, Hand::of(input)),
        SignerKind::Mediator => about_no_names(input),
    };
    if signed_at > file.now {
        faults.push(fault(
            "/signed_at",
            "in_future",
            "该时间尚未到来，不能记录。",
            "This lies in the future and cannot be recorded yet.",
        ));
    }
    if agreement.locked_at.is_some_and(|locked| signed_at < locked) {
        faults.push(fault(
            "/signed_at",
            "before_lock",
            "签署时间早于协议定稿时间。",
            "The text was not locked yet at that time.",
        ));
    }
    if input.place.trim().is_empty() {
        faults.push(fault("/place", "blank", "此项不能为空白。", "This must not be blank."));
    }
    if input.witness.as_deref().is_some_and(|it| it.trim().is_empty()) {
        faults.push(fault("/witness", "blank", "此项不能为空白。", "This must not be blank."));
    }
    faults.extend(about_method(input));
    faults.extend(about_scan(file, input));
    faults
}

/// Whose hand it is that signs for a party.
#[derive(Debug, Clone, Copy)]
struct Hand {
    party_id: Option<Uuid>,
    agent_id: Option<Uuid>,
}

impl Hand {
    fn of(input: &SignAgreement) -> Self {
        Self { party_id: input.party_id, agent_id: input.agent_id }
    }

    /// The agent of the named party who signs.
    fn agent(self, file: &CaseFile) -> Option<&agent::Model> {
        let by =
            |it: &&agent::Model| Some(it.id) == self.agent_id && Some(it.party_id) == self.party_id;
        file.agents.iter().find(by)
    }
}

/// Whether somebody could sign for a party now; asked before a code is sent.
pub(super) fn check_signer(
    file: &CaseFile,
    agreement: &agreement::Model,
    party_id: Uuid,
    agent_id: Option<Uuid>,
) -> Result<()> {
    let hand = Hand { party_id: Some(party_id), agent_id };
    let faults = about_names(file, hand);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut unmet = Vec::new();
    about_party(file, agreement, hand, file.now, &mut unmet);
    if unmet.is_empty() { Ok(()) } else { Err(Error::Refused(unmet)) }
}

fn about_names(file: &CaseFile, hand: Hand) -> Vec<Fault> {
    let Some(party_id) = hand.party_id else {
        return vec![fault(
            "/party_id",
            "missing",
            "请说明是哪位当事人签署。",
            "Say which party has signed.",
        )];
    };
    if file.party(party_id).is_none() {
        return vec![fault(
            "/party_id",
            "unknown_reference",
            "本案没有这位当事人。",
            "This case has no such party.",
        )];
    }
    if hand.agent_id.is_some() && hand.agent(file).is_none() {
        return vec![fault(
            "/agent_id",
            "unknown_reference",
            "该当事人没有这位代理人。",
            "This party has no such agent.",
        )];
    }
    Vec::new()
}

fn about_no_names(input: &SignAgreement) -> Vec<Fault> {
    let sent = [
        ("/party_id", input.party_id.is_some()),
        ("/agent_id", input.agent_id.is_some()),
        ("/wishes_confirmation", input.wishes_confirmation.is_some()),
    ];
    sent.into_iter()
        .filter(|(_, is_sent)| *is_sent)
        .map(|(pointer, _)| {
            fault(
                pointer,
                "not_for_mediators",
                "调解员以本人名义签名，此项应留空。",
                "A mediator signs in person; leave this out.",
            )
        })
        .collect()
}

/// Nobody is asked for a wish that no court would hear.
fn about_wish(file: &CaseFile, input: &SignAgreement) -> Option<Unmet> {
    input.wishes_confirmation?;
    (!tracks::rules(file.case.track).confirmation).then(|| {
        refusal(
            "confirmation_not_offered",
            "本程序的调解书不能共同申请司法确认，请不要填写此项。",
            "On this track no court is asked to confirm; leave the wish out.",
            &[Law::Pml33, Law::Cpl205],
        )
    })
}

/// Each party signs, seals or puts a fingerprint (PML 29): itself, through a guardian, or
/// through an agent who may settle (民法典 165).
fn about_party(
    file: &CaseFile,
    agreement: &agreement::Model,
    hand: Hand,
    signed_at: DateTime<Utc>,
    unmet: &mut Vec<Unmet>,
) {
    let signed = file
        .signatures
        .iter()
        .any(|it| it.agreement_id == agreement.id && it.party_id == hand.party_id);
    if signed {
        unmet.push(refusal(
            "already_signed",
            "该当事人已签署本协议。",
            "This party has signed this agreement already.",
            &[Law::Pml29],
        ));
    }
    let party = hand.party_id.and_then(|it| file.party(it));
    let agent = hand.agent(file);
    if agent.is_some_and(|it| it.kind == AgentKind::Representative) {
        unmet.extend(represented(file, agreement, hand.party_id));
        return;
    }
    unmet.extend(authority(party, agent, shanghai_day(signed_at)));
}

/// A representative settles for another applicant who has agreed to this text (O121 12).
fn represented(
    file: &CaseFile,
    agreement: &agreement::Model,
    party_id: Option<Uuid>,
) -> Option<Unmet> {
    let agrees = party_id.is_some_and(|it| {
        file.has_consented_since(it, ConsentSubject::Settlement, agreement.locked_at)
    });
    (!agrees).then(|| Unmet {
        mend: &[Action::RecordConsent],
        ..refusal(
            "represented_consent_missing",
            "代表人和解须经被代表的当事人同意；定稿后尚无其同意的记录。",
            "A representative settles only with the consent of whom he represents; none to this \
             text is recorded.",
            &[Law::O121Art12],
        )
    })
}

/// Whether this person's hand binds the party on that day.
fn authority(
    party: Option<&party::Model>,
    agent: Option<&agent::Model>,
    day: NaiveDate,
) -> Vec<Unmet> {
    let by_guardian = agent.is_some_and(|it| it.kind == AgentKind::Guardian);
    if by_guardian {
        return Vec::new();
    }
    if party.is_some_and(|it| is_minor(it, day)) {
        return vec![refusal(
            "guardian_must_sign",
            "未成年人须由监护人作为法定代理人签署。",
            "A minor signs through a guardian, who is the legal agent.",
            &[Law::CivilCode17, Law::CivilCode23],
        )];
    }
    let Some(agent) = agent else { return Vec::new() };
    let mut unmet = Vec::new();
    if agent.power != AgentPower::Settlement {
        unmet.push(refusal(
            "no_power_to_settle",
            "该代理人未获和解的特别授权，请由当事人本人签署或补充授权。",
            "This agent has no power to settle; let the party sign or extend the mandate.",
            &[Law::CivilCode165],
        ));
    }
    let begun = agent.mandate_from.is_none_or(|from| from <= day);
    let running = agent.mandate_until.is_none_or(|until| day <= until);
    if !(begun && running) {
        unmet.push(refusal(
            "mandate_not_valid",
            "签署当日不在授权委托书载明的期限内。",
            "The mandate does not cover the day of signing.",
            &[Law::CivilCode165],
        ));
    }
    unmet
}

/// The presiding mediator signs in person (PML 29: the parties sign, seal or put a
/// fingerprint, the mediator signs).
fn about_mediator(
    file: &CaseFile,
    agreement: &agreement::Model,
    input: &SignAgreement,
    occasion: Occasion,
    unmet: &mut Vec<Unmet>,
) {
    if file.presiding().map(|it| it.mediator_id) != Some(occasion.asker) {
        unmet.push(refusal(
            "not_presiding",
            "只有本案主持人能以调解员身份签名。",
            "Only the mediator who presides over this case signs as its mediator.",
            &[Law::Pml29],
        ));
    }
    let signed = file
        .signatures
        .iter()
        .any(|it| it.agreement_id == agreement.id && it.mediator_id == Some(occasion.asker));
    if signed {
        unmet.push(refusal(
            "already_signed",
            "您已签署本协议。",
            "You have signed this agreement already.",
            &[Law::Pml29],
        ));
    }
    if !matches!(input.method, SignatureMethod::Pen | SignatureMethod::Tablet) {
        unmet.push(refusal(
            "mediator_must_sign",
            "调解员应当签名，不能以盖章、按指印或者手机签署码代替。",
            "A mediator signs by name; a stamp, a fingerprint or a code does not do.",
            &[Law::Pml29],
        ));
    }
}

#[cfg(test)]
mod tests;
