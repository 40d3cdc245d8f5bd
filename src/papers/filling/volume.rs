//! What holds a case file together, and the closing sheet.

use documents::{BackCover, ClosingSheet, Cover, DividerPage, SignatureBox, SituationNote};

use super::{Known, day_of, people, records};
use crate::words::{PartyRole, Retention};

/// 卷名: who against whom, about what.
fn name(known: &Known) -> String {
    let file = &known.file;
    let of = |role: PartyRole| {
        let parties = file.parties.iter().filter(|it| it.role == role);
        let names: Vec<&str> = parties.map(|it| it.name.as_str()).collect();
        match names.as_slice() {
            [first, _, _, ..] => format!("{first}等{}人", names.len()),
            names => names.join("、"),
        }
    };
    format!("{}与{}{}", of(PartyRole::Applicant), of(PartyRole::Respondent), file.case.title)
}

/// 卷宗封面.
pub(super) fn cover(known: &Known) -> Cover {
    let case = &known.file.case;
    let mediators = records::panel(&known.file).into_iter().map(|it| known.person(it));
    Cover {
        mediation: known.mediation(),
        office: known.office.clone(),
        name: name(known),
        volume_number: String::new(),
        case_number: known.number(),
        mediators: mediators.collect(),
        mediated_from: day_of(case.mediation_started_at.or(case.accepted_at)),
        mediated_until: day_of(case.ended_at),
        filed_by: known.person(known.made_by),
        filed_on: day_of(case.archived_at).or(Some(known.today())),
        retention: case.retention.map(Retention::term).unwrap_or_default().to_owned(),
        remark: String::new(),
    }
}

/// The cover of a file that is put together now.
pub(in crate::papers) fn closing_cover(known: &Known) -> Cover {
    cover(known)
}

/// 封底; how many pages there are the engine counts.
pub(in crate::papers) fn back_cover(known: &Known) -> BackCover {
    let case = &known.file.case;
    BackCover {
        office: known.office.clone(),
        total_pages: case.page_count.map(|it| it.to_string()).unwrap_or_default(),
        filed_by: known.person(known.made_by),
        checked_by: String::new(),
        filed_on: day_of(case.archived_at).or(Some(known.today())),
        checked_on: None,
        remark: String::new(),
    }
}

/// 卷宗情况说明.
pub(super) fn situation(known: &Known, text: &str) -> SituationNote {
    SituationNote {
        office: known.office.clone(),
        case_number: known.number(),
        text: text.to_owned(),
        signature: SignatureBox::of("说明人（签名）", known.person(known.made_by)),
        date: Some(known.today()),
    }
}

/// A page that stands for what paper cannot hold.
pub(in crate::papers) fn divider(known: &Known, title: &str, text: String) -> DividerPage {
    DividerPage {
        office: known.office.clone(),
        title: title.to_owned(),
        text,
        date: Some(known.today()),
    }
}

/// 人民调解结案报告表; closed means that performance is over (domain §3.10).
pub(super) fn closing(known: &Known) -> ClosingSheet {
    let file = &known.file;
    let case = &file.case;
    let handler = records::panel(file).first().map(|it| known.person(*it)).unwrap_or_default();
    let mut outcome = case.outcome.map(|it| it.term().to_owned()).unwrap_or_default();
    if let Some(explanation) = &case.outcome_explanation {
        outcome = format!("{outcome}：{explanation}");
    }
    let performance = records::performance(file);
    ClosingSheet {
        mediation: known.mediation(),
        office: known.office.clone(),
        volume_number: String::new(),
        case_number: known.number(),
        handler: handler.clone(),
        accepted_on: day_of(case.accepted_at),
        closed_on: day_of(case.closed_at),
        parties: file.parties.iter().map(|it| people::block(known, it, it.role.term())).collect(),
        source: format!("{}（{}）", case.legal_basis.term(), case.channel.term()),
        facts: case.facts.clone(),
        outcome,
        performance: if performance.is_empty() {
            "无需履行。".to_owned()
        } else {
            performance
        },
        opinion: String::new(),
        signatures: vec![
            SignatureBox::of("承办人（签名）", handler),
            SignatureBox::empty("审核人（签名）"),
        ],
        date: day_of(case.closed_at),
    }
}
