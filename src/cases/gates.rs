//! What must be there before a step (design §4). [`requirements`] is the whole table; each
//! requirement knows its article and what would mend it. `next-actions` and the real call both
//! ask [`check`], so they can never differ.

mod clocks;
mod hearings;
mod intake;
mod integrity;
mod performance;
mod tracks;

use uuid::Uuid;

use super::file::CaseFile;
use super::state;
use crate::access::Action;
use crate::entity::party;
use crate::error::Unmet;
use crate::language::Text;
use crate::law::Law;
use crate::words::{
    AgreementForm, AgreementStatus, AssignmentStatus, ConsentDecision, ConsentSubject, Outcome,
    PanelSeat, Role,
};

/// One thing that must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    ApplicantNamed,
    RespondentNamed,
    ClaimStated,
    SupplementsAnswered,
    SupplementOpen,
    EvidenceStands,
    AgentOffRecord,
    RepresentedConsented,
    NobodyRefused,
    EveryPartyConsented,
    RightsTold,
    MinorsRepresented,
    PanelComplete,
    AssignmentIsMine,
    AssignmentStands,
    HearingScheduled,
    HearingAnnounced,
    HearingBegun,
    HearingHeld,
    MinutesOpen,
    NoHearingScheduled,
    MinutesComplete,
    HearingOnRecord,
    IdentitiesVerified,
    AgreementDrafted,
    AgreementLocked,
    AgreementUnsealed,
    AgreementNotLocked,
    RoutesTold,
    DutyOpen,
    DutiesSettled,
    Revisited,
    RightsOnFile,
    // Recusal, interests, judicial confirmation: `integrity`.
    NoOpenRecusal,
    RecusalOpen,
    PanelWithoutInterest,
    ConfirmationOffered,
    AgreementInForce,
    ConfirmationNotAsked,
    /// An application waits for the court.
    CourtWaitedFor,
    // What the track decides: `tracks`.
    DeciderEntitled,
    MoveFits,
    MoveConsented,
    MayBeEntrusted,
    TerminationOpen,
    TerminationIsDecided,
    TerminationDecided,
    // What moves a clock: `clocks`.
    NotSuspended,
    Suspended,
    MediationExtensible,
    ExtensionConsented,
    FromHotline,
    HotlineWaits,
    ReferralOpen,
}

/// What must be there before `action`. The whole table of gates.
pub fn requirements(action: Action) -> &'static [Requirement] {
    use Action::*;
    use Requirement::*;
    match action {
        // Intake and acceptance.
        AcceptCase => &[
            DeciderEntitled,
            ApplicantNamed,
            RespondentNamed,
            ClaimStated,
            SupplementsAnswered,
            NobodyRefused,
        ],
        DeclineCase => &[DeciderEntitled],
        // From one track to another.
        EntrustCase => {
            &[MoveFits, MoveConsented, MayBeEntrusted, TerminationOpen, NoHearingScheduled]
        }
        RecallCase | ReturnCase => &[MoveFits, TerminationOpen, NoHearingScheduled],
        HandOverCase => &[MoveFits, MoveConsented, TerminationOpen, NoHearingScheduled],
        AnswerSupplement => &[SupplementOpen],
        WithdrawEvidence => &[EvidenceStands],
        AddParty | UpdateParty => &[AgreementNotLocked],
        RemoveAgent => &[AgentOffRecord],
        // The panel and the start of mediation.
        RespondToAssignment => &[AssignmentIsMine],
        ReleaseMediator => &[AssignmentStands],
        StartMediation => &[
            TerminationOpen,
            NobodyRefused,
            EveryPartyConsented,
            RightsTold,
            MinorsRepresented,
            PanelComplete,
            NoOpenRecusal,
            PanelWithoutInterest,
        ],
        // Hearings.
        ScheduleHearing => {
            &[TerminationOpen, NobodyRefused, PanelComplete, NoOpenRecusal, PanelWithoutInterest]
        }
        RescheduleHearing | NotifyOfHearing | CancelHearing | AdjournHearing => &[HearingScheduled],
        // A party that joins later is asked and told like every other.
        RecordAttendance => &[
            TerminationOpen,
            HearingScheduled,
            NobodyRefused,
            EveryPartyConsented,
            RightsTold,
            MinorsRepresented,
            PanelComplete,
            HearingAnnounced,
            HearingBegun,
            NoOpenRecusal,
            PanelWithoutInterest,
        ],
        RecordMinutes => &[HearingHeld, MinutesOpen],
        // Outcome.
        LockAgreement => &[
            TerminationOpen,
            NobodyRefused,
            EveryPartyConsented,
            RightsTold,
            PanelComplete,
            MinorsRepresented,
            IdentitiesVerified,
            HearingOnRecord,
            MinutesComplete,
            NoHearingScheduled,
            AgreementDrafted,
            NoOpenRecusal,
        ],
        SignAgreement | SendSigningCode => {
            &[TerminationOpen, AgreementLocked, PanelComplete, NoOpenRecusal]
        }
        SealAgreement => &[TerminationOpen, AgreementLocked, AgreementUnsealed, NoOpenRecusal],
        RecordOralAgreement => &[
            TerminationOpen,
            NobodyRefused,
            EveryPartyConsented,
            RightsTold,
            PanelComplete,
            MinorsRepresented,
            IdentitiesVerified,
            HearingOnRecord,
            MinutesComplete,
            NoHearingScheduled,
            AgreementNotLocked,
            NoOpenRecusal,
            RepresentedConsented,
        ],
        DraftAgreement => &[TerminationOpen],
        DecideTermination => &[TerminationIsDecided, TerminationOpen],
        ConcludeMediation => &[TerminationDecided, RoutesTold, NoHearingScheduled, MinutesComplete],
        WithdrawCase | RecordSettlement => &[NoHearingScheduled, RepresentedConsented],
        // After the agreement.
        RecordPerformance => &[DutyOpen],
        CloseCase => &[DutiesSettled, Revisited],
        ArchiveCase => &[ApplicantNamed, IdentitiesVerified, RightsOnFile, MinutesComplete],
        // Recusal and judicial confirmation.
        RequestRecusal => &[AssignmentStands],
        DecideRecusal => &[RecusalOpen],
        ApplyForConfirmation => &[ConfirmationOffered, AgreementInForce, ConfirmationNotAsked],
        RecordCourtAnswer => &[CourtWaitedFor],
        // What moves a clock.
        SuspendMediation => &[TerminationOpen, NotSuspended],
        ResumeMediation => &[Suspended],
        ExtendMediation => &[TerminationOpen, MediationExtensible, ExtensionConsented],
        RecordFeedback => &[FromHotline, HotlineWaits],
        AnswerReferral => &[ReferralOpen],
        // Nothing but the right status.
        _ => &[],
    }
}

/// Who asks, and about what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub file: &'a CaseFile,
    pub action: Action,
    /// The hearing, assignment or supplement the action is about.
    pub target: Option<Uuid>,
    /// The person who asks.
    pub asker: Uuid,
    /// As what the person asks.
    pub role: Role,
}

/// Everything that is missing; empty when the step may be taken.
pub fn check(question: Question<'_>) -> Vec<Unmet> {
    if state::after(question.file.case.status, question.action).is_none() {
        return vec![wrong_status(question)];
    }
    requirements(question.action).iter().flat_map(|it| it.lacking(question)).collect()
}

fn wrong_status(question: Question<'_>) -> Unmet {
    let status = question.file.case.status;
    let action = question.action;
    Unmet {
        code: "wrong_status",
        detail: Text::new(
            format!("案件处于“{}”状态，不能办理此事（{action}）。", status.term()),
            format!("The case is {status}; {action} has no place there."),
        ),
        law: &[],
        mend: &[],
    }
}

impl Requirement {
    /// The articles that ask for it.
    pub fn law(self) -> &'static [Law] {
        use Requirement::*;
        match self {
            ApplicantNamed | RespondentNamed | ClaimStated | SupplementsAnswered
            | SupplementOpen => &[Law::O121Art10],
            NobodyRefused => &[Law::Pml17, Law::O121Art18],
            EveryPartyConsented => &[Law::Pml17, Law::O121Art18],
            RepresentedConsented => &[Law::O121Art12],
            RightsTold | RightsOnFile => &[Law::Pml23, Law::Rules2002Art30, Law::O121Art18],
            MinorsRepresented => &[Law::CivilCode17, Law::CivilCode23],
            PanelComplete | AssignmentIsMine | AssignmentStands => &[Law::Pml19, Law::O121Art20],
            HearingAnnounced => &[Law::O121Art20],
            EvidenceStands | AgentOffRecord | HearingScheduled | HearingBegun | HearingHeld
            | NoHearingScheduled => &[],
            MinutesOpen | MinutesComplete | HearingOnRecord | IdentitiesVerified => &[Law::Pml27],
            AgreementDrafted | AgreementLocked | AgreementUnsealed => &[Law::Pml29, Law::O121Art24],
            AgreementNotLocked => &[Law::Pml28, Law::Pml29, Law::O121Art24],
            RoutesTold => &[Law::Pml26, Law::O121Art25],
            DutyOpen | DutiesSettled | Revisited => &[Law::Pml31],
            NoOpenRecusal | RecusalOpen | PanelWithoutInterest | ConfirmationOffered
            | AgreementInForce | ConfirmationNotAsked | CourtWaitedFor => self.law_of_integrity(),
            DeciderEntitled | MoveFits | MoveConsented | MayBeEntrusted | TerminationOpen
            | TerminationIsDecided | TerminationDecided => self.law_of_tracks(),
            NotSuspended | Suspended | MediationExtensible | ExtensionConsented | FromHotline
            | HotlineWaits | ReferralOpen => self.law_of_clocks(),
        }
    }

    /// The actions that would mend it.
    pub fn mend(self) -> &'static [Action] {
        use Requirement::*;
        match self {
            ApplicantNamed | RespondentNamed => &[Action::AddParty],
            ClaimStated => &[Action::AddClaim],
            SupplementsAnswered => &[Action::AnswerSupplement],
            SupplementOpen => &[Action::RequestSupplement],
            EvidenceStands => &[Action::AddEvidence],
            AgentOffRecord => &[],
            RepresentedConsented => &[Action::RecordConsent],
            NobodyRefused => {
                &[Action::RecordConsent, Action::RecordRouteNotice, Action::ConcludeMediation]
            }
            EveryPartyConsented => &[Action::RecordConsent],
            RightsTold | RightsOnFile => &[Action::RecordRightsNotice],
            MinorsRepresented => &[Action::AddAgent],
            PanelComplete => &[Action::AssignMediator, Action::RespondToAssignment],
            AssignmentIsMine | AssignmentStands => &[Action::AssignMediator],
            HearingScheduled => &[Action::ScheduleHearing],
            HearingAnnounced => &[Action::NotifyOfHearing],
            HearingBegun => &[],
            HearingHeld | HearingOnRecord => &[Action::RecordAttendance],
            MinutesOpen => &[],
            MinutesComplete => &[Action::RecordMinutes],
            NoHearingScheduled => &[Action::RecordAttendance, Action::CancelHearing],
            IdentitiesVerified => &[Action::UpdateParty],
            AgreementDrafted => &[Action::DraftAgreement],
            AgreementLocked => &[Action::LockAgreement],
            AgreementUnsealed => &[],
            AgreementNotLocked => &[Action::DraftAgreement],
            RoutesTold => &[Action::RecordRouteNotice],
            DutyOpen => &[],
            DutiesSettled => &[Action::RecordPerformance],
            Revisited => &[Action::RecordRevisit],
            NoOpenRecusal | RecusalOpen | PanelWithoutInterest | ConfirmationOffered
            | AgreementInForce | ConfirmationNotAsked | CourtWaitedFor => self.mend_of_integrity(),
            DeciderEntitled | MoveFits | MoveConsented | MayBeEntrusted | TerminationOpen
            | TerminationIsDecided | TerminationDecided => self.mend_of_tracks(),
            NotSuspended | Suspended | MediationExtensible | ExtensionConsented | FromHotline
            | HotlineWaits | ReferralOpen => self.mend_of_clocks(),
        }
    }

    /// What is missing of it, with the articles of the case's track.
    pub fn lacking(self, question: Question<'_>) -> Vec<Unmet> {
        let track = question.file.case.track;
        let own = |it: Unmet| Unmet { law: crate::tracks::articles(track, it.law), ..it };
        self.unmet(question).into_iter().map(own).collect()
    }

    /// What is missing of it, one item for each party or thing that lacks it.
    fn unmet(self, question: Question<'_>) -> Vec<Unmet> {
        use Requirement::*;
        match self {
            ApplicantNamed | RespondentNamed | ClaimStated | SupplementsAnswered
            | SupplementOpen | EvidenceStands => self.about_intake(question),
            AgentOffRecord => self.about_agent(question),
            RepresentedConsented => self.about_representatives(question.file),
            NobodyRefused | EveryPartyConsented | RightsTold | RightsOnFile | MinorsRepresented
            | IdentitiesVerified | RoutesTold => self.about_parties(question.file),
            PanelComplete | AssignmentIsMine | AssignmentStands => self.about_panel(question),
            HearingScheduled | HearingAnnounced | HearingBegun | HearingHeld | MinutesOpen
            | NoHearingScheduled | MinutesComplete | HearingOnRecord => {
                self.about_hearings(question)
            }
            AgreementDrafted | AgreementLocked | AgreementUnsealed | AgreementNotLocked => {
                self.about_agreement(question.file)
            }
            DutyOpen | DutiesSettled | Revisited => self.about_performance(question.file),
            NoOpenRecusal | RecusalOpen | PanelWithoutInterest | ConfirmationOffered
            | AgreementInForce | ConfirmationNotAsked | CourtWaitedFor => {
                self.about_integrity(question)
            }
            DeciderEntitled | MoveFits | MoveConsented | MayBeEntrusted | TerminationOpen
            | TerminationIsDecided | TerminationDecided => self.about_tracks(question),
            NotSuspended | Suspended | MediationExtensible | ExtensionConsented | FromHotline
            | HotlineWaits | ReferralOpen => self.about_clocks(question),
        }
    }

    fn missing(self, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Unmet {
        let detail = Text::new(zh.into(), en.into());
        Unmet { code, detail, law: self.law(), mend: self.mend() }
    }

    fn when(self, fault: bool, code: &'static str, zh: &str, en: &str) -> Vec<Unmet> {
        if fault { vec![self.missing(code, zh, en)] } else { Vec::new() }
    }

    fn about_parties(self, file: &CaseFile) -> Vec<Unmet> {
        let lacking = |party: &&party::Model| match self {
            Self::NobodyRefused => {
                file.consent(party.id, ConsentSubject::Mediation, None)
                    == Some(ConsentDecision::Refused)
            }
            Self::EveryPartyConsented => {
                file.consent(party.id, ConsentSubject::Mediation, None).is_none()
            }
            Self::MinorsRepresented => {
                file.is_minor(party) && file.guardians(party.id).next().is_none()
            }
            Self::IdentitiesVerified => was_mediated(file) && !party.identity_verified,
            // Of the authority's decision the parties are told once there is one.
            Self::RoutesTold => !file.route_notices.iter().any(|it| {
                it.party_id == party.id
                    && file.case.termination_decided_at.is_none_or(|decided| decided <= it.told_at)
            }),
            // Rights are told before mediation; a case that was never mediated needs no notice.
            Self::RightsOnFile if !was_mediated(file) => false,
            _ => !file.rights_notices.iter().any(|it| it.party_id == party.id && it.acknowledged),
        };
        file.parties.iter().filter(lacking).map(|it| self.lacked_by(it)).collect()
    }

    fn lacked_by(self, party: &party::Model) -> Unmet {
        let (zh, en) = designation(party);
        match self {
            Self::NobodyRefused => self.missing(
                "party_refused",
                format!("{zh}明确拒绝调解，不得调解。"),
                format!("{en} clearly refuses mediation; it may not go on."),
            ),
            Self::EveryPartyConsented => self.missing(
                "consent_missing",
                format!("{zh}是否同意调解尚无记录。"),
                format!("Nothing is recorded of whether {en} consents to mediation."),
            ),
            Self::MinorsRepresented => self.missing(
                "guardian_missing",
                format!("{zh}为未成年人，尚未登记监护人。"),
                format!("{en} is a minor and no guardian is recorded."),
            ),
            Self::IdentitiesVerified => self.missing(
                "identity_not_verified",
                format!("{zh}的身份证明尚未核对。"),
                format!("The identity of {en} has not been verified against a document."),
            ),
            Self::RoutesTold => self.missing(
                "routes_not_told",
                format!("尚未告知{zh}可以通过仲裁、行政、司法等途径维护权利。"),
                format!(
                    "{en} has not been told of the arbitration, administrative and court routes."
                ),
            ),
            _ => self.missing(
                "rights_not_told",
                format!("{zh}尚未确认收到权利义务告知。"),
                format!("{en} has not acknowledged the notice of rights and duties."),
            ),
        }
    }

    fn about_panel(self, question: Question<'_>) -> Vec<Unmet> {
        let file = question.file;
        let concerned =
            |it: &&crate::entity::assignment::Model| question.target.is_none_or(|id| id == it.id);
        match self {
            Self::PanelComplete => {
                let presiding = file.panel().find(|it| it.seat == PanelSeat::Presiding);
                let fit = crate::tracks::rules(file.case.track).presiding;
                let unfit = presiding.is_some_and(|it| !fit.contains(&it.mediator_role));
                let waiting = file.panel().any(|it| it.status == AssignmentStatus::Proposed);
                let mut unmet = self.when(
                    presiding.is_none(),
                    "no_presiding_mediator",
                    "尚未指定主持人。",
                    "No mediator presides over the panel.",
                );
                unmet.extend(self.when(
                    unfit,
                    "presiding_not_of_this_track",
                    "主持人的身份不符合案件所处的程序，请更换。",
                    "Whoever presides may not do so on this track; assign somebody who may.",
                ));
                unmet.extend(self.when(
                    waiting,
                    "assignment_not_answered",
                    "有调解员尚未接受指派。",
                    "A mediator has not yet accepted the assignment.",
                ));
                unmet
            }
            Self::AssignmentIsMine => self.when(
                !file.assignments.iter().any(|it| {
                    concerned(&it)
                        && it.mediator_id == question.asker
                        && it.status == AssignmentStatus::Proposed
                }),
                "no_open_assignment",
                "没有等待您答复的指派。",
                "No assignment waits for your answer.",
            ),
            _ => self.when(
                !file.panel().any(|it| concerned(&it)),
                "assignment_ended",
                "没有可以更换的指派。",
                "No standing assignment can be released.",
            ),
        }
    }

    fn about_agreement(self, file: &CaseFile) -> Vec<Unmet> {
        let agreement = file.agreement();
        let is = |status| {
            agreement.is_some_and(|it| it.status == status && it.form == AgreementForm::Written)
        };
        match self {
            Self::AgreementDrafted => self.when(
                !is(AgreementStatus::Draft),
                "no_draft",
                "没有协议草稿。",
                "There is no draft of an agreement.",
            ),
            Self::AgreementLocked => self.when(
                !is(AgreementStatus::Locked),
                "agreement_not_locked",
                "协议文本尚未定稿。",
                "The text of the agreement is not locked.",
            ),
            Self::AgreementUnsealed => self.when(
                agreement.is_some_and(|it| it.sealed_at.is_some()),
                "already_sealed",
                "协议已加盖印章。",
                "The agreement has its seal already.",
            ),
            _ => self.when(
                is(AgreementStatus::Locked),
                "agreement_locked",
                "协议已定稿；如需变更，请先起草新文本。",
                "The agreement is locked; draft a new revision before changing this.",
            ),
        }
    }
}

/// How a party is called without naming it: side and place in the list.
pub fn designation(party: &party::Model) -> (String, String) {
    let place = party.ordinal;
    (
        format!("{}（第{place}位当事人）", party.role.term()),
        format!("the {} (party {place})", party.role).replace('_', " "),
    )
}

fn was_mediated(file: &CaseFile) -> bool {
    file.case.mediation_started_at.is_some()
}

/// Whether an outcome ends mediation with something to perform.
pub fn is_agreement(outcome: Option<Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Agreement | Outcome::OralAgreement))
}
