//! The standard text of an agreement (domain §4.8), made from its terms. Parties are called by
//! side and place, never by name, phone or number: the text holds no personal data of its own,
//! and each party's id in it binds the hash to the people. Pure.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::rules::is_payment;
use crate::calculators::{self, in_capitals};
use crate::cases::file::CaseFile;
use crate::cases::gates::designation;
use crate::entity::{agreement, instalment, term};
use crate::words::Paper;

/// The text that the parties read and sign.
pub(super) fn compile(file: &CaseFile, agreement: &agreement::Model) -> String {
    let mut text = String::new();
    heading(&mut text, file, agreement);
    section(&mut text, "一、纠纷主要事实", &agreement.facts);
    section(&mut text, "二、争议事项", &agreement.disputed_matters);
    section(&mut text, "三、各方责任", &agreement.responsibilities);
    text.push_str("四、经调解，自愿达成如下协议，履行方式、时限如下\n");
    for term in file.terms_of(agreement.id) {
        duty(&mut text, file, term);
    }
    closing(&mut text, file, agreement.paper);
    text
}

/// SHA-256 of a text in hexadecimal: what is signed.
pub(super) fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn heading(text: &mut String, file: &CaseFile, agreement: &agreement::Model) {
    let number = file.case.case_number.as_deref().unwrap_or_default();
    let _ = writeln!(
        text,
        "{}\n编号：{number}\n文本：第{}版",
        agreement.paper.term(),
        agreement.revision
    );
    text.push_str("当事人\n");
    for party in &file.parties {
        let (name, _) = designation(party);
        let _ = writeln!(text, "{name}，编号 {}", party.id);
    }
}

fn section(text: &mut String, title: &str, content: &str) {
    let _ = writeln!(text, "{title}\n{}", content.trim());
}

fn duty(text: &mut String, file: &CaseFile, term: &term::Model) {
    let term::Model { ordinal, kind, .. } = term;
    let _ = writeln!(text, "第{ordinal}项（{}）：{}", kind.term(), clause(file, term));
}

/// The duties in the words of the text, for the paper that is signed: it numbers them itself.
pub(crate) fn clauses(file: &CaseFile, agreement: &agreement::Model) -> Vec<String> {
    let worded = |it: &term::Model| format!("（{}）{}", it.kind.term(), clause(file, it));
    file.terms_of(agreement.id).map(worded).collect()
}

/// Who owes whom what, by when and how; the parts of a payment in lines of their own.
fn clause(file: &CaseFile, term: &term::Model) -> String {
    let term::Model {
        kind, obligor_id, obligee_id, amount_fen, due_on, manner, description, ..
    } = term;
    let due = day(*due_on);
    let (obligor, obligee) = (called(file, *obligor_id), called(file, *obligee_id));
    let act = match amount_fen.filter(|_| is_payment(*kind)) {
        Some(fen) => format!("向{obligee}支付{}", yuan(fen)),
        None => format!("向{obligee}履行"),
    };
    let (content, manner) = (sentence(description), sentence(manner));
    let mut clause = format!("{obligor}应于{due}前（含当日）{act}。内容：{content}方式：{manner}");
    for part in file.instalments.iter().filter(|it| it.term_id == term.id) {
        let instalment::Model { ordinal, amount_fen, due_on, .. } = part;
        let _ = write!(
            clause,
            "\n　　第{ordinal}期：{}前（含当日）{}。",
            day(*due_on),
            yuan(*amount_fen)
        );
    }
    clause
}

/// What somebody typed, with one full stop at its end.
fn sentence(text: &str) -> String {
    format!("{}。", text.trim().trim_end_matches(['。', '.', '；', '，']))
}

fn closing(text: &mut String, file: &CaseFile, paper: Paper) {
    // One copy for each party and one for the committee (PML 29).
    let copies = file.parties.len() + 1;
    let (name, effect, keeper) = match paper {
        // PML 29.
        Paper::MediationAgreement => (
            "本协议",
            "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。",
            "当事人、人民调解委员会各持一份",
        ),
        // O121 24.
        Paper::MediationDocument => (
            "本调解书",
            "本调解书由各方当事人签名或者盖章，并加盖市场监督管理部门印章。",
            "当事人各执一份，市场监督管理部门归档一份",
        ),
    };
    let _ = writeln!(text, "五、{effect}\n{name}一式{copies}份，{keeper}。");
}

/// How the text calls a party.
fn called(file: &CaseFile, id: Uuid) -> String {
    file.party(id).map(|it| designation(it).0).unwrap_or_default()
}

fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// An amount as the paper shows it, in figures and in words: they cannot differ.
fn yuan(fen: i64) -> String {
    format!("{}（大写：{}）", figures(fen), in_capitals(fen))
}

/// 人民币1,234.56元.
fn figures(fen: i64) -> String {
    format!("人民币{}元", calculators::yuan(fen))
}

#[cfg(test)]
mod tests;
