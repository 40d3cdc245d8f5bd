//! Sending codes, and signing by one.

use serde_json::json;
use uuid::Uuid;

use super::views::SigningCode;
use super::{rules, store};
use crate::access::{Action, Allowed, Permit, Subject, can};
use crate::agreements::input::{SendSigningCode, SignAgreement};
use crate::agreements::{service, signing};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::{Record, Reply, Work};
use crate::entity::{agreement, signing_code};
use crate::error::{Error, Result, Unmet};
use crate::language::Text;
use crate::messages::{self, Outgoing};
use crate::offices;
use crate::parties;
use crate::personal_data::{Phone, PhoneKind, Sensitive, mask};
use crate::words::MessageKind;

/// The code is one of so many.
const CODES: u32 = 1_000_000;

/// Sends a code to whoever is to sign: the party, or who signs for it.
pub(in crate::agreements) async fn send(
    app: &App,
    call: &Allowed<can::SendSigningCode>,
    case_id: Uuid,
    input: SendSigningCode,
) -> Result<Reply<SigningCode>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let agreement = service::present(&file)?;
    let SendSigningCode { party_id, agent_id } = input;
    signing::check_signer(&file, &agreement, party_id, agent_id)?;
    let number = number(&work, agent_id.unwrap_or(party_id)).await?;
    let codes = store::of_party(work.db(), case_id, party_id).await?;
    if let Some(unmet) = rules::too_many(&codes, work.now()) {
        return Err(Error::Refused(vec![unmet]));
    }
    let text_hash = agreement.text_hash.clone().unwrap_or_default();
    let (id, code) = (Uuid::now_v7(), new_code()?);
    let office = offices::find(work.db(), file.case.office_id).await?;
    let station = office.map(|it| it.name).unwrap_or_default();
    let minutes = app.settings.signing_code_life.num_minutes();
    let short = text_hash.get(..16).unwrap_or_default();
    let text = Sensitive::new(format!(
        "【{station}】签署码 {}，{minutes}分钟内有效。您正在签署调解协议，文本摘要 {short}。\
         请先阅读协议全文；如非本人签署，请勿告知他人。",
        code.reveal()
    ));
    let expires_at = work.now() + app.settings.signing_code_life;
    let kind = MessageKind::SigningCode;
    let message = Outgoing { kind, case_id, party_id, number: &number, text: &text, expires_at };
    let message_id = messages::write(&work, message).await?;
    let row = signing_code::Model {
        id,
        case_id,
        agreement_id: agreement.id,
        party_id,
        agent_id,
        code_hash: hash(app, id, &text_hash, code.reveal()),
        text_hash,
        number_masked: mask::phone(number.reveal()),
        message_id,
        requested_by: permit.actor_id(),
        created_at: work.now(),
        expires_at,
        wrong_tries: 0,
        used_at: None,
    };
    store::insert_code(work.db(), row.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let subject = subject(&row);
    let data = json!({
        "party_id": party_id,
        "agent_id": agent_id,
        "agreement_id": row.agreement_id,
        "expires_at": expires_at,
        "version": case.version,
    });
    let record = Record::event("signing_code.sent", subject, data);
    let location = format!("{}/agreement", cases::location(case_id));
    let reply = Reply::created(location, case.version, SigningCode::from(row));
    let reply = work.commit(permit.about(subject), record, reply).await?;
    messages::wake(app);
    Ok(reply)
}

fn subject(code: &signing_code::Model) -> Subject {
    Subject { kind: "signing_code", id: code.id, case_id: Some(code.case_id) }
}

/// What the station itself lacks to send codes, if anything: a setting, and no rule of law.
pub(crate) fn lacking_gateway(app: &App) -> Option<Unmet> {
    let detail = Text::new(
        "本站尚未设置短信网关（message_gateway，HUIJIE_MESSAGE_GATEWAY），不能发送签署码。\
         可以改用当面签名（pen）、盖章（stamp）、按指印（fingerprint）或者平板手写（tablet）。",
        "The setting message_gateway (HUIJIE_MESSAGE_GATEWAY) is missing, so no code can be sent. \
         Sign by pen, stamp, fingerprint or tablet instead.",
    );
    let mend = &[Action::SignAgreement];
    let unmet = Unmet { code: "no_message_gateway", detail, law: &[], mend };
    (!messages::leaves(app)).then_some(unmet)
}

/// The phone of who signs, if it takes messages.
async fn number(work: &Work, owner_id: Uuid) -> Result<Sensitive> {
    let number = parties::phone_of(work.db(), &work.app().vault, owner_id).await?;
    let number = number.ok_or_else(|| {
        let detail = Text::new(
            "没有登记签署人的电话号码，不能发送签署码。请先补充，或者改用其他方式签署。",
            "No phone of the signer is recorded; add it, or sign in another way.",
        );
        Error::refused("no_phone_number", detail, &[])
    })?;
    let kind = Phone::parse(number.reveal()).map(|it| it.kind());
    if matches!(kind, Ok(PhoneKind::Mobile | PhoneKind::Abroad)) {
        return Ok(number);
    }
    let detail = Text::new(
        "签署人登记的不是手机号码，收不到签署码。请更正，或者改用其他方式签署。",
        "The signer's phone is no mobile and takes no messages; correct it, or sign in another way.",
    );
    Err(Error::refused("no_mobile_number", detail, &[]))
}

/// Six digits by chance, each code as likely as any other.
fn new_code() -> Result<Sensitive> {
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        let chance = u32::from_le_bytes(bytes);
        // The rest of the range would make some codes likelier.
        if chance < u32::MAX - u32::MAX % CODES {
            return Ok(Sensitive::new(format!("{:06}", chance % CODES)));
        }
    }
}

/// What is kept of a code: bound to its row and its text, and worth nothing without the key.
fn hash(app: &App, id: Uuid, text_hash: &str, code: &str) -> String {
    app.vault.blind("signing_code", &format!("{id}:{text_hash}:{code}"))
}

/// What came of telling a code.
pub(in crate::agreements) enum Redeemed {
    /// It is used up in this transaction.
    Right(Uuid),
    /// It was not the code; to be counted.
    Wrong(Box<signing_code::Model>),
}

/// Holds what was told against the code that would sign.
pub(in crate::agreements) async fn redeem(
    work: &Work,
    agreement: &agreement::Model,
    input: &SignAgreement,
) -> Result<Redeemed> {
    let told = input.code.as_deref().zip(input.party_id);
    let (told, party_id) = told.ok_or_else(|| Error::internal("a signature without its code"))?;
    let codes = store::of_party(work.db(), agreement.case_id, party_id).await?;
    let code = rules::good_code(&codes, agreement, input.agent_id, work.now())
        .map_err(|it| Error::Refused(vec![it]))?;
    if hash(work.app(), code.id, &code.text_hash, told) != code.code_hash {
        return Ok(Redeemed::Wrong(Box::new(code.clone())));
    }
    store::use_up(work.db(), code.id, work.now()).await?;
    Ok(Redeemed::Right(code.id))
}

/// Keeps that a try was wrong, and nothing else of the call; answers what it is told.
pub(in crate::agreements) async fn keep_wrong_try(
    work: Work,
    permit: Permit,
    code: &signing_code::Model,
) -> Result<Error> {
    store::count_wrong_try(work.db(), code.id).await?;
    let wrong_tries = code.wrong_tries + 1;
    let subject = subject(code);
    let data = json!({ "party_id": code.party_id, "wrong_tries": wrong_tries });
    let record = Record::event("signing_code.mistaken", subject, data);
    work.commit_refused(permit.about(subject), record).await?;
    Ok(Error::Refused(vec![rules::wrong(wrong_tries)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_is_by_chance() {
        let codes: Vec<Sensitive> = (0..2_000).map(|_| new_code().unwrap()).collect();
        let mut seen: Vec<&str> = codes.iter().map(Sensitive::reveal).collect();
        assert!(seen.iter().all(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_digit())));
        assert!(seen.iter().any(|it| it.starts_with('0')), "small ones too");
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 1_980, "{}", seen.len());
    }
}
