//! What was taken on, found out, said and seen again.

use documents::{
    AcceptanceRegister, CalculationSheet, HearingResult as Ticked, InvestigationRecord, Minutes,
    RevisitRecord, SignatureBox, Source, Statement,
};
use uuid::Uuid;

use super::{Known, day, day_of, people, span, yuan};
use crate::cases::file::CaseFile;
use crate::entity::{attendance, hearing, party};
use crate::words::{
    AssignmentStatus, AttendeeKind, HearingMode, HearingResult, LegalBasis, PanelSeat,
    PerformanceKind,
};

/// 人民调解受理登记表.
pub(super) fn acceptance(known: &Known) -> AcceptanceRegister {
    let case = &known.file.case;
    let source = match case.legal_basis {
        LegalBasis::Applied => Source::Application,
        LegalBasis::OwnInitiative => Source::OwnInitiative,
        LegalBasis::Entrusted | LegalBasis::HandedOver | LegalBasis::CourtReferred => {
            Source::Entrusted
        }
    };
    let source_detail = match source {
        Source::Entrusted => format!("{}（{}）", case.legal_basis.term(), case.channel.term()),
        Source::Application | Source::OwnInitiative => String::new(),
    };
    let registrar = known.person(case.registered_by);
    AcceptanceRegister {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        accepted_on: day_of(case.accepted_at),
        parties: known.file.parties.iter().map(|it| it.name.clone()).collect(),
        dispute_type: format!("消费纠纷（{}）", case.category.term()),
        source,
        source_detail,
        facts: case.facts.clone(),
        signatures: people::places(known.file.parties.iter()),
        registrar: SignatureBox::of("登记人（签名）", registrar),
        seal: known.seal(),
        date: day_of(case.accepted_at),
    }
}

/// Lines of a record; what begins with `问：` or another short name and a colon is that person's.
fn statements(text: &str) -> Vec<Statement> {
    let line = |line: &str| match line.split_once('：') {
        Some((speaker, said))
            if !speaker.is_empty() && speaker.chars().count() <= 4 && !speaker.contains('，') =>
        {
            Statement::new(speaker.trim(), said.trim())
        }
        _ => Statement::new("", line),
    };
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(line).collect()
}

/// 人民调解调查记录.
pub(super) fn investigation(known: &Known, id: Uuid) -> Option<InvestigationRecord> {
    let it = known.file.investigations.iter().find(|it| it.id == id)?;
    let investigator = known.person(it.investigated_by);
    let recorder = known.person(it.recorded_by);
    let participants = it.participants.iter().flat_map(|it| it.split(['、', '\n']));
    Some(InvestigationRecord {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        time: span(it.starts_at, it.ends_at),
        place: it.place.clone(),
        participants: participants.map(|it| it.trim().to_owned()).collect(),
        respondent: it.respondent.clone(),
        investigators: vec![investigator.clone()],
        recorder: recorder.clone(),
        statements: statements(&it.content),
        signatures: vec![
            SignatureBox::empty(format!("被调查人{}", people::BY_HAND)),
            SignatureBox::of("调查人（签名）", investigator),
            SignatureBox::of("记录人（签名）", recorder),
        ],
        date: day_of(Some(it.starts_at)),
    })
}

/// The mediators who hold a seat, who presides first.
pub(super) fn panel(file: &CaseFile) -> Vec<Uuid> {
    let mut seats: Vec<_> =
        file.assignments.iter().filter(|it| it.status == AssignmentStatus::Accepted).collect();
    seats.sort_by_key(|it| (it.seat != PanelSeat::Presiding, it.assigned_at, it.id));
    seats.into_iter().map(|it| it.mediator_id).collect()
}

fn place_of(hearing: &hearing::Model) -> String {
    match hearing.mode {
        HearingMode::OnSite => hearing.place.clone().unwrap_or_default(),
        HearingMode::Online | HearingMode::Phone => format!("{}调解", hearing.mode.term()),
    }
}

fn attendee(known: &Known, it: &attendance::Model) -> Option<String> {
    let file = &known.file;
    let party_of = |id: Uuid| file.party(id).map(|it| (it.role.term(), it.name.as_str()));
    match it.kind {
        AttendeeKind::Party => party_of(it.person_id).map(|(role, name)| format!("{role}{name}")),
        AttendeeKind::Agent => {
            let agent = file.agents.iter().find(|other| other.id == it.person_id)?;
            let (role, name) = party_of(agent.party_id)?;
            Some(format!("{role}{name}的代理人{}", agent.name))
        }
        AttendeeKind::Invited => {
            let guest = file.invitations.iter().find(|other| other.id == it.person_id)?;
            let organization = guest.organization.as_deref().unwrap_or_default();
            Some(format!("{organization}　{}", guest.name).trim_start().to_owned())
        }
        AttendeeKind::Mediator => known.people.get(&it.person_id).cloned(),
    }
}

/// 人民调解记录 of a hearing.
pub(super) fn minutes(known: &Known, id: Uuid) -> Option<Minutes> {
    let file = &known.file;
    let hearing = file.hearing(id)?;
    let there = |kinds: &[AttendeeKind]| -> Vec<String> {
        let present = file
            .attendances
            .iter()
            .filter(|it| it.hearing_id == id && it.present && kinds.contains(&it.kind));
        present.filter_map(|it| attendee(known, it)).collect()
    };
    let mediators = there(&[AttendeeKind::Mediator]);
    let invited = there(&[AttendeeKind::Invited]);
    let recorder = hearing.recorder_id.map(|it| known.person(it)).unwrap_or_default();
    let mediator_label = match known.mediation() {
        documents::Mediation::People => "人民调解员（签名）",
        documents::Mediation::Administrative => "调解人员（签名）",
    };
    let attending = |party: &&party::Model| {
        let own_agents: Vec<Uuid> =
            file.agents.iter().filter(|it| it.party_id == party.id).map(|it| it.id).collect();
        file.attendances.iter().any(|it| {
            it.hearing_id == id
                && it.present
                && (it.person_id == party.id || own_agents.contains(&it.person_id))
        })
    };
    let mut signatures = people::places(file.parties.iter().filter(attending));
    signatures.extend(invited.iter().map(|it| SignatureBox::of("参加人（签名）", it)));
    signatures.extend(mediators.iter().map(|it| SignatureBox::of(mediator_label, it)));
    signatures.push(SignatureBox::of("记录人（签名）", recorder.clone()));
    Some(Minutes {
        mediation: known.mediation(),
        office: known.office.clone(),
        number: known.number(),
        time: span(hearing.starts_at, hearing.ends_at),
        place: place_of(hearing),
        parties: there(&[AttendeeKind::Party, AttendeeKind::Agent]),
        invited,
        mediators,
        recorder,
        told: String::new(),
        statements: statements(hearing.minutes.as_deref().unwrap_or_default()),
        result: hearing.result.map(|it| match it {
            HearingResult::Agreement => Ticked::Agreed,
            HearingResult::NoAgreement => Ticked::NotAgreed,
            HearingResult::Continue => Ticked::ToBeContinued,
        }),
        result_detail: String::new(),
        signatures,
        date: day_of(Some(hearing.starts_at)),
    })
}

/// How the duties stand, in one line each.
pub(super) fn performance(file: &CaseFile) -> String {
    let line = |duty: crate::cases::Duty| {
        let what = duty.amount_fen.map(|it| format!("人民币{}", yuan(it)));
        let what = what.unwrap_or_else(|| "履行行为".to_owned());
        let state = match file.last_performance(duty) {
            Some(it) if it.kind == PerformanceKind::Performed => {
                format!("已于{}履行", day(it.happened_on))
            }
            Some(_) => "到期未履行".to_owned(),
            None => "尚未履行".to_owned(),
        };
        format!("第{}项（{}前）{what}：{state}。", duty.ordinal, day(duty.due_on))
    };
    file.duties().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// 人民调解回访记录.
pub(super) fn revisit(known: &Known, id: Uuid) -> Option<RevisitRecord> {
    let file = &known.file;
    let it = file.revisits.iter().find(|it| it.id == id)?;
    let asked = it.party_id.and_then(|id| file.party(id)).map(|it| it.name.clone());
    let on = day_of(Some(it.visited_at));
    Some(RevisitRecord {
        mediation: known.mediation(),
        office: known.office.clone(),
        parties: file.parties.iter().map(|it| it.name.clone()).collect(),
        agreement_number: known.number(),
        occasion: "了解调解协议的履行情况".to_owned(),
        time: on,
        manner: it.manner.term().to_owned(),
        interviewee: asked.unwrap_or_else(|| "各方当事人".to_owned()),
        performance: performance(file),
        satisfaction: it.satisfaction.map(|it| format!("{it}分（满分5分）")).unwrap_or_default(),
        findings: it.findings.clone(),
        visitor: SignatureBox::of("回访人（签名）", known.person(it.visited_by)),
        date: on,
    })
}

/// 计算书: a calculation with the name and number of the case.
pub(super) fn calculation(known: &Known, sheet: CalculationSheet) -> CalculationSheet {
    CalculationSheet {
        office: known.office.clone(),
        case_number: known.number(),
        date: Some(known.today()),
        ..sheet
    }
}
