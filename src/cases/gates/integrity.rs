//! The gates of recusal, declared interests and judicial confirmation. What follows from the
//! track is asked of `tracks`, what a declared interest hits of `interests`.

use super::{Question, Requirement};
use crate::access::Action;
use crate::error::Unmet;
use crate::interests;
use crate::language::Text;
use crate::law::Law;
use crate::tracks;
use crate::words::{AgreementStatus, RecusalStatus};

impl Requirement {
    /// The articles that ask for it, of whatever track; what is answered names those of the
    /// case's own.
    pub(super) fn law_of_integrity(self) -> &'static [Law] {
        use Requirement::*;
        match self {
            NoOpenRecusal | RecusalOpen => &[Law::O121Art21],
            PanelWithoutInterest => &[Law::Rules2002Art25, Law::Pml15, Law::O121Art21],
            _ => &[Law::Pml33, Law::Cpl205],
        }
    }

    pub(super) fn mend_of_integrity(self) -> &'static [Action] {
        use Requirement::*;
        match self {
            NoOpenRecusal => &[Action::DecideRecusal],
            PanelWithoutInterest => &[Action::ReleaseMediator],
            AgreementInForce => &[Action::SealAgreement, Action::RecordOralAgreement],
            CourtWaitedFor => &[Action::ApplyForConfirmation],
            _ => &[],
        }
    }

    pub(super) fn about_integrity(self, question: Question<'_>) -> Vec<Unmet> {
        use Requirement::*;
        let file = question.file;
        let track = tracks::rules(file.case.track);
        let open = |it: &&crate::entity::recusal::Model| {
            it.status == RecusalStatus::Open && question.target.is_none_or(|id| id == it.id)
        };
        match self {
            NoOpenRecusal => {
                let fault = file.recusals.iter().any(|it| it.status == RecusalStatus::Open);
                let found = self.when(
                    fault,
                    "recusal_open",
                    "回避申请尚未决定，调解中止。",
                    "A request for recusal is not decided; mediation is suspended.",
                );
                let law = std::slice::from_ref(&track.recusal_law);
                found.into_iter().map(|it| Unmet { law, ..it }).collect()
            }
            RecusalOpen => self.when(
                !file.recusals.iter().any(|it| open(&it)),
                "no_open_recusal",
                "没有待决定的回避申请。",
                "No such request for recusal waits for a decision.",
            ),
            PanelWithoutInterest => interests::of_panel(file)
                .iter()
                .map(|it| interests::unmet(file, it, self.mend()))
                .collect(),
            ConfirmationOffered => self.when(
                !track.confirmation,
                "confirmation_not_offered",
                "本程序的调解书不是依法设立的调解组织主持达成的调解协议，民事诉讼法第二百零五条\
                 未规定可以申请司法确认；是否受理请咨询人民法院。",
                "On this track the agreement is not one of a lawfully established mediation \
                 organization, of which alone CPL 205 speaks; ask the court whether it would \
                 take the application.",
            ),
            AgreementInForce => self.when(
                file.agreement().is_none_or(|it| it.status != AgreementStatus::InForce),
                "no_agreement_in_force",
                "没有已生效的调解协议。",
                "No agreement is in force.",
            ),
            CourtWaitedFor => self.when(
                file.standing_application().is_none_or(|it| file.court_result(it.id).is_some()),
                "no_application_open",
                "没有等待法院答复的司法确认申请。",
                "No application for confirmation waits for the court.",
            ),
            _ => file
                .standing_application()
                .map(|it| self.asked_already(it.applied_on))
                .into_iter()
                .collect(),
        }
    }

    fn asked_already(self, applied_on: chrono::NaiveDate) -> Unmet {
        let detail = Text::new(
            format!("已于{applied_on}申请司法确认。"),
            format!("Confirmation was applied for on {applied_on} already."),
        );
        Unmet {
            code: "confirmation_asked",
            detail,
            law: self.law_of_integrity(),
            mend: self.mend_of_integrity(),
        }
    }
}

#[cfg(test)]
mod tests;
