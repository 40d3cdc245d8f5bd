//! Which forms a case can have, of what in it, and why one cannot be made yet. Pure.

use uuid::Uuid;

use crate::access::Action;
use crate::cases::file::CaseFile;
use crate::error::{Error, Result, Unmet};
use crate::language::Text;
use crate::law::Law;
use crate::words::{
    AgentKind, AgreementForm, AgreementStatus, HearingStatus, Outcome, PaperForm, PartyRole,
};

/// What a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The case as a whole.
    Case,
    /// One agent, investigation, hearing, agreement or revisit of it.
    Part,
}

/// Whether a form is of the case or of one thing in it.
pub(super) fn about(form: PaperForm) -> About {
    match form {
        PaperForm::PowerOfAttorney
        | PaperForm::InvestigationRecord
        | PaperForm::Minutes
        | PaperForm::Agreement
        | PaperForm::OralRegister
        | PaperForm::RevisitRecord => About::Part,
        PaperForm::Cover
        | PaperForm::Application
        | PaperForm::AcceptanceRegister
        | PaperForm::RightsNotice
        | PaperForm::NonAcceptanceNotice
        | PaperForm::TerminationNotice
        | PaperForm::ConfirmationApplication
        | PaperForm::ConfirmationPack
        | PaperForm::SituationNote
        | PaperForm::CalculationSheet
        | PaperForm::ClosingSheet
        | PaperForm::BackCover => About::Case,
    }
}

/// The things that this form can be made of now: parts of the case, or the case itself.
pub(super) fn subjects(file: &CaseFile, form: PaperForm) -> Vec<Uuid> {
    let case = &file.case;
    let whole = |ready: bool| if ready { vec![case.id] } else { Vec::new() };
    let agreements = |form: AgreementForm| {
        let printed = file.agreements.iter().filter(move |it| {
            it.form == form
                && matches!(it.status, AgreementStatus::Locked | AgreementStatus::InForce)
        });
        printed.map(|it| it.id).collect()
    };
    match form {
        PaperForm::Application => {
            whole(file.parties.iter().any(|it| it.role == PartyRole::Applicant))
        }
        PaperForm::AcceptanceRegister | PaperForm::Cover => whole(case.accepted_at.is_some()),
        PaperForm::RightsNotice => whole(!file.parties.is_empty()),
        PaperForm::PowerOfAttorney => {
            let mandated = file.agents.iter().filter(|it| it.kind != AgentKind::Guardian);
            mandated.map(|it| it.id).collect()
        }
        PaperForm::InvestigationRecord => file.investigations.iter().map(|it| it.id).collect(),
        PaperForm::Minutes => {
            let written = file
                .hearings
                .iter()
                .filter(|it| it.status == HearingStatus::Held && it.minutes.is_some());
            written.map(|it| it.id).collect()
        }
        PaperForm::Agreement => agreements(AgreementForm::Written),
        PaperForm::OralRegister => agreements(AgreementForm::Oral),
        PaperForm::NonAcceptanceNotice => whole(case.outcome == Some(Outcome::Declined)),
        PaperForm::TerminationNotice => whole(
            case.termination_decided_at.is_some()
                || matches!(case.outcome, Some(Outcome::Failed | Outcome::Terminated)),
        ),
        PaperForm::RevisitRecord => file.revisits.iter().map(|it| it.id).collect(),
        PaperForm::ConfirmationApplication | PaperForm::ConfirmationPack => whole(
            file.agreement().is_some_and(|it| it.status == AgreementStatus::InForce)
                && crate::tracks::rules(case.track).confirmation,
        ),
        PaperForm::SituationNote | PaperForm::CalculationSheet => whole(true),
        PaperForm::ClosingSheet | PaperForm::BackCover => whole(case.closed_at.is_some()),
    }
}

/// What the form is made of: what was named, or the only thing there is.
pub(super) fn subject(file: &CaseFile, form: PaperForm, named: Option<Uuid>) -> Result<Uuid> {
    let ready = subjects(file, form);
    match (named, ready.as_slice()) {
        (_, []) => Err(Error::Refused(vec![not_ready(form)])),
        (Some(id), ready) if ready.contains(&id) => Ok(id),
        (Some(id), _) => Err(Error::unknown_reference("/subject_id", id)),
        (None, [only]) => Ok(*only),
        (None, several) => {
            let ids: Vec<String> = several.iter().map(Uuid::to_string).collect();
            let ids = ids.join(", ");
            let detail = Text::new(
                format!("本案有多份可制作的材料，请说明是哪一份：{ids}。"),
                format!("There are several to make this paper of; name one of {ids}."),
            );
            Err(Error::invalid("/subject_id", "several_subjects", detail))
        }
    }
}

/// Why there is nothing to make this form of.
pub(super) fn not_ready(form: PaperForm) -> Unmet {
    let unmet = |zh: &'static str, en: &'static str, mend: &'static [Action]| Unmet {
        code: "paper_not_ready",
        detail: Text::new(zh, en),
        law: law(form),
        mend,
    };
    match form {
        PaperForm::Application => {
            unmet("本案尚无申请人。", "The case has no applicant.", &[Action::AddParty])
        }
        PaperForm::AcceptanceRegister | PaperForm::Cover => {
            unmet("本案尚未受理。", "The case is not accepted.", &[Action::AcceptCase])
        }
        PaperForm::RightsNotice => {
            unmet("本案尚无当事人。", "The case has no party.", &[Action::AddParty])
        }
        PaperForm::PowerOfAttorney => {
            unmet("本案没有委托代理人。", "No party has a mandated agent.", &[Action::AddAgent])
        }
        PaperForm::InvestigationRecord => unmet(
            "本案没有调查记录。",
            "No investigation is recorded.",
            &[Action::RecordInvestigation],
        ),
        PaperForm::Minutes => unmet(
            "尚无已完成记录的调解会。",
            "No hearing has its minutes.",
            &[Action::RecordMinutes],
        ),
        PaperForm::Agreement => unmet(
            "尚无定稿的书面协议。",
            "There is no written agreement whose text is locked.",
            &[Action::DraftAgreement, Action::LockAgreement],
        ),
        PaperForm::OralRegister => unmet(
            "本案没有口头协议。",
            "There is no oral agreement.",
            &[Action::RecordOralAgreement],
        ),
        PaperForm::NonAcceptanceNotice => unmet(
            "本案未作出不予受理的决定。",
            "The case was not declined.",
            &[Action::DeclineCase],
        ),
        PaperForm::TerminationNotice => unmet(
            "本案调解没有终止。",
            "Mediation was not ended without an agreement.",
            &[Action::DecideTermination, Action::ConcludeMediation],
        ),
        PaperForm::RevisitRecord => {
            unmet("本案没有回访。", "No revisit is recorded.", &[Action::RecordRevisit])
        }
        PaperForm::ConfirmationApplication | PaperForm::ConfirmationPack => unmet(
            "没有可以申请司法确认的生效人民调解协议。",
            "There is no people's mediation agreement in force that a court could confirm.",
            &[],
        ),
        PaperForm::ClosingSheet | PaperForm::BackCover => {
            unmet("本案尚未结案。", "The case is not closed.", &[Action::CloseCase])
        }
        PaperForm::SituationNote | PaperForm::CalculationSheet => {
            unmet("没有内容。", "There is nothing to write on it.", &[])
        }
    }
}

/// The articles that a form rests on.
pub(super) fn law(form: PaperForm) -> &'static [Law] {
    match form {
        PaperForm::Application | PaperForm::AcceptanceRegister => &[Law::Pml17],
        PaperForm::RightsNotice => &[Law::Pml23, Law::Rules2002Art30],
        PaperForm::PowerOfAttorney => &[Law::CivilCode165],
        PaperForm::Agreement => &[Law::Pml29, Law::O121Art24],
        PaperForm::OralRegister => &[Law::Pml28, Law::Pml30],
        PaperForm::NonAcceptanceNotice => &[Law::O121Art16, Law::Crpl39],
        PaperForm::TerminationNotice => &[Law::Pml26, Law::O121Art23],
        PaperForm::RevisitRecord => &[Law::Pml31],
        PaperForm::ConfirmationApplication | PaperForm::ConfirmationPack => {
            &[Law::Pml33, Law::Cpl205]
        }
        PaperForm::Cover
        | PaperForm::InvestigationRecord
        | PaperForm::Minutes
        | PaperForm::SituationNote
        | PaperForm::CalculationSheet
        | PaperForm::ClosingSheet
        | PaperForm::BackCover => &[Law::Pml27],
    }
}
