//! What stands against asking a court to confirm an agreement as it is drafted: everything a
//! court does not take up or refuses (CPL-I 355, 358) as far as the data can tell, and what is
//! unclear or easily goes wrong. Pure; nothing here keeps a step from being taken, that is the
//! business of the gates.

use chrono::{Datelike as _, NaiveDate};

use super::input::{DraftAgreement, DraftTerm};
use super::rules::{content_faults, is_payment};
use crate::calculators::{find_capitals, in_capitals, yuan};
use crate::calendars::{Calendar, DayKind};
use crate::cases::file::CaseFile;
use crate::cases::gates::{Question, Requirement, designation};
use crate::entity::agent;
use crate::language::Text;
use crate::law::Law;
use crate::tracks;
use crate::words::{AgentKind, AgentPower, ClueStatus};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case", rename = "FindingSeverity")]
pub enum Severity {
    /// A court would not confirm the agreement like this.
    Blocking,
    /// Look at it again before the text is locked.
    Warning,
}

/// One thing that stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Stable name, `snake_case`.
    pub code: &'static str,
    pub severity: Severity,
    /// JSON pointer into the draft; empty for what is about the case.
    pub pointer: String,
    pub detail: Text,
    pub law: &'static [Law],
}

/// What a duty must say: who owes whom what, how, by when; else its content is unclear.
const CLEAR: &[Law] = &[Law::Pml29, Law::CplInterpretation358];

/// Words under which nobody can tell whether a duty was performed.
const VAGUE: &[&str] = &[
    "尽快",
    "尽早",
    "适当",
    "酌情",
    "视情况",
    "待定",
    "另行协商",
    "另行约定",
    "再行协商",
    "合理期限",
    "近期",
    "条件允许",
];

/// Words that leave a duty or its measure soft.
const SOFT: &[&str] = &["大约", "左右", "尽量", "争取", "原则上", "力争"];

/// What a court does not take up, refuses, or looks at twice.
struct Subject {
    code: &'static str,
    severity: Severity,
    words: &'static [&'static str],
    zh: &'static str,
    en: &'static str,
    law: &'static [Law],
}

const SUBJECTS: &[Subject] = &[
    Subject {
        code: "identity_relation",
        severity: Severity::Blocking,
        words: &["离婚", "婚姻关系", "收养", "亲子关系", "抚养权", "监护权"],
        zh: "涉及身份关系的确认或者解除，人民法院不受理司法确认申请",
        en: "It is about a relation of marriage, parents or adoption, which no court confirms",
        law: &[Law::CplInterpretation355],
    },
    Subject {
        code: "confirms_right",
        severity: Severity::Blocking,
        words: &[
            "所有权归",
            "所有权属于",
            "产权归",
            "产权属于",
            "商标权归",
            "专利权归",
            "著作权归",
            "版权归",
            "确认所有权",
        ],
        zh: "内容涉及物权、知识产权确权，人民法院不受理司法确认申请",
        en: "It settles who owns a thing or an intellectual property right, which no court confirms",
        law: &[Law::CplInterpretation355],
    },
    Subject {
        code: "against_public_interest",
        severity: Severity::Blocking,
        words: &[
            "不得举报",
            "放弃举报",
            "撤回举报",
            "撤销举报",
            "不再举报",
            "伪证",
            "不配合调查",
            "拒绝配合执法",
        ],
        zh: "以放弃举报或者妨碍执法为内容，损害国家利益、社会公共利益",
        en: "It keeps somebody from reporting or hinders enforcement, against the public interest",
        law: &[Law::CplInterpretation358],
    },
    Subject {
        code: "against_public_order",
        severity: Severity::Blocking,
        words: &["限制人身自由", "扣押身份证", "公开隐私", "人身依附"],
        zh: "违背公序良俗",
        en: "It is against public order and morals",
        law: &[Law::CplInterpretation358],
    },
    Subject {
        code: "fee_for_mediation",
        severity: Severity::Blocking,
        words: &["调解费", "调解服务费"],
        zh: "人民调解不收取任何费用",
        en: "People's mediation takes no fee of any kind",
        law: &[Law::Pml4],
    },
    Subject {
        code: "remedy_waived",
        severity: Severity::Warning,
        words: &["不得起诉", "放弃起诉", "放弃诉讼", "不得投诉", "不得申请仲裁"],
        zh: "不得因调解阻止当事人依法通过仲裁、行政、司法等途径维护权利",
        en: "Mediation must not keep a party from arbitration, complaint or suit",
        law: &[Law::Pml3],
    },
    Subject {
        code: "others_interests",
        severity: Severity::Warning,
        words: &["案外人", "由第三方", "由第三人"],
        zh: "涉及协议以外的人，请确认不损害他人合法权益，并将其列为当事人",
        en: "It reaches somebody beyond the agreement; see that nobody else is harmed, or make \
             them a party",
        law: &[Law::CplInterpretation358],
    },
];

/// Everything that stands against it, in the order of the draft, what is about the case last.
pub(super) fn find(
    draft: &DraftAgreement,
    question: Question<'_>,
    calendar: &Calendar,
) -> Vec<Finding> {
    let file = question.file;
    let mut found: Vec<Finding> = content_faults(draft, &file.parties, file.today())
        .into_iter()
        .map(|it| Finding {
            code: it.code,
            severity: Severity::Blocking,
            pointer: it.pointer,
            detail: it.detail,
            law: CLEAR,
        })
        .collect();
    about_subjects("/responsibilities", &draft.responsibilities, &mut found);
    for (index, term) in draft.terms.iter().enumerate() {
        let place = format!("/terms/{index}");
        for (member, text) in [("manner", &term.manner), ("description", &term.description)] {
            let pointer = format!("{place}/{member}");
            about_words(&pointer, text, &mut found);
            about_subjects(&pointer, text, &mut found);
            about_sums(&pointer, text, term, &mut found);
        }
        about_content(&place, term, &mut found);
        about_sides(&place, term, file, &mut found);
        about_days_off(&place, term, file.today(), calendar, &mut found);
    }
    about_case(question, &mut found);
    found
}

/// Whether a court could be asked to confirm it.
pub(super) fn is_ready(findings: &[Finding]) -> bool {
    findings.iter().all(|it| it.severity != Severity::Blocking)
}

fn finding(
    code: &'static str,
    severity: Severity,
    pointer: &str,
    (zh, en): (String, String),
    law: &'static [Law],
) -> Finding {
    Finding { code, severity, pointer: pointer.to_owned(), detail: Text::new(zh, en), law }
}

fn about_words(pointer: &str, text: &str, found: &mut Vec<Finding>) {
    let lists =
        [("unclear_wording", Severity::Blocking, VAGUE), ("soft_wording", Severity::Warning, SOFT)];
    for (code, severity, words) in lists {
        let used: Vec<&str> = words.iter().copied().filter(|it| text.contains(it)).collect();
        if used.is_empty() {
            continue;
        }
        let said = (
            format!("“{}”含义不明确，请写明数额、日期或者标准。", used.join("”“")),
            format!("“{}” is not clear; write the sum, the day or the measure.", used.join("”, “")),
        );
        found.push(finding(code, severity, pointer, said, CLEAR));
    }
}

fn about_subjects(pointer: &str, text: &str, found: &mut Vec<Finding>) {
    for Subject { code, severity, words, zh, en, law } in SUBJECTS {
        if let Some(word) = words.iter().find(|it| text.contains(**it)) {
            let said = (format!("“{word}”：{zh}。"), format!("“{word}”: {en}."));
            found.push(finding(code, *severity, pointer, said, law));
        }
    }
}

/// Sums in the text, in words and in figures, are those of the term.
fn about_sums(pointer: &str, text: &str, term: &DraftTerm, found: &mut Vec<Finding>) {
    let own: Vec<i64> = term
        .amount_fen
        .into_iter()
        .chain(term.instalments.iter().map(|it| it.amount_fen))
        .collect();
    let (words, figures) = (find_capitals(text), find_figures(text));
    if !is_payment(term.kind) {
        if !words.is_empty() || !figures.is_empty() {
            let said = (
                "非付款条款的文字中出现金额；付款请另列条款并写明金额。".to_owned(),
                "A sum stands in the text of a duty that is no payment; make it a term of its own."
                    .to_owned(),
            );
            found.push(finding("money_without_amount", Severity::Warning, pointer, said, CLEAR));
        }
        return;
    }
    let expected = term.amount_fen.map_or_else(String::new, in_capitals);
    for (run, value) in words {
        let Some(value) = value else {
            let said = (
                format!("大写金额“{run}”书写不规范，应为：{expected}。"),
                format!("“{run}” is no amount in words; it should read {expected}."),
            );
            found.push(finding(
                "amount_words_unreadable",
                Severity::Blocking,
                pointer,
                said,
                CLEAR,
            ));
            continue;
        };
        if !own.contains(&value) {
            let said = (
                format!("大写金额“{run}”（{}元）与条款金额不一致，应为：{expected}。", yuan(value)),
                format!("“{run}” means {} yuan, not the sum of the term: {expected}.", yuan(value)),
            );
            found.push(finding("amount_words_differ", Severity::Blocking, pointer, said, CLEAR));
        }
    }
    for value in figures.into_iter().filter(|it| !own.contains(it)) {
        let said = (
            format!("文字中的金额{}元不是本条款的金额，请核对。", yuan(value)),
            format!("{} yuan in the text is not a sum of this term; check it.", yuan(value)),
        );
        found.push(finding("figures_differ", Severity::Warning, pointer, said, CLEAR));
    }
}

/// Sums in figures before 元, in fen: 3580元, 3,580.50元, 1.2万元.
fn find_figures(text: &str) -> Vec<i64> {
    let mut found = Vec::new();
    let mut run = String::new();
    let mut scale = 1_i64;
    for letter in text.chars() {
        match letter {
            '0'..='9' | '.' => run.push(letter),
            ',' | '，' | ' ' if !run.is_empty() => {}
            '万' if !run.is_empty() => scale = 10_000,
            '元' => {
                found.extend(fen_of(&run, scale));
                (run, scale) = (String::new(), 1);
            }
            _ => (run, scale) = (String::new(), 1),
        }
    }
    found
}

fn fen_of(digits: &str, scale: i64) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut fen = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_mul(scale)?;
    let mut unit = 10 * scale;
    for digit in part.chars() {
        fen = fen.checked_add(i64::from(digit.to_digit(10)?).checked_mul(unit)?)?;
        unit /= 10;
    }
    Some(fen)
}

/// A duty that is no payment is told by its text alone.
fn about_content(place: &str, term: &DraftTerm, found: &mut Vec<Finding>) {
    let length = term.description.trim().chars().count();
    if !is_payment(term.kind) && (1..4).contains(&length) {
        let said = (
            "内容过于简单，请写明做什么、做到什么程度。".to_owned(),
            "That is too short: write what is to be done and to what measure.".to_owned(),
        );
        let pointer = format!("{place}/description");
        found.push(finding("too_short", Severity::Warning, &pointer, said, CLEAR));
    }
}

/// An agreement is between the two sides of a dispute.
fn about_sides(place: &str, term: &DraftTerm, file: &CaseFile, found: &mut Vec<Finding>) {
    let (Some(obligor), Some(obligee)) = (file.party(term.obligor_id), file.party(term.obligee_id))
    else {
        return;
    };
    if obligor.id != obligee.id && obligor.role == obligee.role {
        let said = (
            format!("义务人和权利人同为{}，请核对。", obligor.role.term()),
            format!("Obligor and obligee are both {}; check it.", obligor.role),
        );
        found.push(finding(
            "same_side",
            Severity::Warning,
            &format!("{place}/obligee_id"),
            said,
            &[Law::Pml29],
        ));
    }
}

fn about_days_off(
    place: &str,
    term: &DraftTerm,
    today: NaiveDate,
    calendar: &Calendar,
    found: &mut Vec<Finding>,
) {
    let mut days: Vec<(String, NaiveDate)> = term
        .instalments
        .iter()
        .enumerate()
        .map(|(index, it)| (format!("{place}/instalments/{index}/due_on"), it.due_on))
        .collect();
    if days.is_empty() {
        days.push((format!("{place}/due_on"), term.due_on));
    }
    for (pointer, date) in days.into_iter().filter(|it| it.1 >= today && it.1.year() <= 2100) {
        let day = calendar.day(date);
        if day.kind.is_working() {
            continue;
        }
        let (zh, en) = match (day.kind, day.name) {
            (DayKind::Holiday, Some(name)) => (format!("节假日（{name}）"), "a public holiday"),
            (DayKind::Holiday, None) => ("节假日".to_owned(), "a public holiday"),
            _ => ("周末".to_owned(), "on a weekend"),
        };
        let said = (
            format!("到期日 {date} 是{zh}，期限届满日将顺延至其后的第一个工作日，建议改为工作日。"),
            format!("{date} is {en}: the last day moves to the next working day; choose that one."),
        );
        found.push(finding(
            "due_on_day_off",
            Severity::Warning,
            &pointer,
            said,
            &[Law::CivilCode203],
        ));
    }
}

/// What the case itself has against it: asked of the gates, where there is one.
fn about_case(question: Question<'_>, found: &mut Vec<Finding>) {
    let file = question.file;
    let track = file.case.track;
    for requirement in [
        Requirement::ConfirmationOffered,
        Requirement::NobodyRefused,
        Requirement::MinorsRepresented,
        Requirement::IdentitiesVerified,
    ] {
        found.extend(requirement.lacking(question).into_iter().map(|it| Finding {
            code: it.code,
            severity: Severity::Blocking,
            pointer: String::new(),
            detail: it.detail,
            law: if requirement == Requirement::ConfirmationOffered {
                it.law
            } else {
                tracks::articles(track, it.law)
            },
        }));
    }
    for agent in &file.agents {
        about_agent(agent, file, found);
    }
    if file.clues.iter().any(|it| it.status != ClueStatus::Decided) {
        let said = (
            "本案有未处理完毕的违法线索，请确认协议不违反法律强制性规定、不损害公共利益。"
                .to_owned(),
            "A clue of illegality is not decided yet; see that the agreement is not against \
             mandatory law or the public interest."
                .to_owned(),
        );
        let law = &[Law::CplInterpretation358];
        found.push(finding("clue_open", Severity::Warning, "", said, law));
    }
}

/// Who settles for another needs the power and a mandate that runs (Civil Code 165).
fn about_agent(agent: &agent::Model, file: &CaseFile, found: &mut Vec<Finding>) {
    // A guardian's power is the law's; representatives were chosen by those they stand for.
    if matches!(agent.kind, AgentKind::Guardian | AgentKind::Representative) {
        return;
    }
    let Some(party) = file.party(agent.party_id) else { return };
    let (zh, en) = designation(party);
    let mut add = |code, said| {
        found.push(finding(code, Severity::Warning, "", said, &[Law::CivilCode165]));
    };
    if agent.power != AgentPower::Settlement {
        add(
            "no_power_to_settle",
            (
                format!("{zh}的代理人未获和解的特别授权，须由当事人本人签署或者补充授权。"),
                format!(
                    "An agent of {en} has no power to settle: let the party sign itself, or \
                         extend the mandate."
                ),
            ),
        );
    }
    let today = file.today();
    let begun = agent.mandate_from.is_none_or(|it| it <= today);
    let running = agent.mandate_until.is_none_or(|it| today <= it);
    if !(begun && running) {
        add(
            "mandate_not_valid",
            (
                format!("{zh}的代理人今天不在授权期限内。"),
                format!("The mandate of an agent of {en} does not cover today."),
            ),
        );
    }
    if !agent.mandate_seen {
        add(
            "mandate_not_seen",
            (
                format!("{zh}的代理人尚未提交授权委托书。"),
                format!("No mandate was seen of an agent of {en}."),
            ),
        );
    }
}

#[cfg(test)]
mod tests;
