//! The gates of what moves a clock: suspending, resuming, extending, answering the hotline. Which
//! clock is whose and how it is counted is told in `deadlines`.

use chrono::TimeDelta;

use super::{Question, Requirement, designation};
use crate::error::Unmet;
use crate::law::Law;
use crate::words::{Channel, ConsentSubject, ExtensionBasis, FeedbackKind, Outcome};

impl Requirement {
    pub(super) fn law_of_clocks(self) -> &'static [Law] {
        use Requirement::*;
        match self {
            NotSuspended | Suspended => &[Law::Rules2002Art33, Law::O121Art22],
            MediationExtensible | ExtensionConsented => {
                &[Law::Rules2002Art33, Law::Invited27, Law::O121Art23]
            }
            _ => &[],
        }
    }

    pub(super) fn mend_of_clocks(self) -> &'static [crate::access::Action] {
        use crate::access::Action;
        match self {
            Self::NotSuspended => &[Action::ResumeMediation],
            Self::Suspended => &[Action::SuspendMediation],
            Self::ExtensionConsented => &[Action::RecordConsent],
            _ => &[],
        }
    }

    pub(super) fn about_clocks(self, question: Question<'_>) -> Vec<Unmet> {
        use Requirement::*;
        let file = question.file;
        match self {
            NotSuspended => self.when(
                file.suspensions.iter().any(|it| it.to_on.is_none()),
                "suspended",
                "调解已中止且尚未恢复。",
                "Mediation is suspended already and was not resumed.",
            ),
            Suspended => {
                let open = file.suspensions.iter().filter(|it| it.to_on.is_none());
                let mut meant = open.filter(|it| question.target.is_none_or(|id| id == it.id));
                self.when(
                    meant.next().is_none(),
                    "not_suspended",
                    "该项中止不存在或者已经结束。",
                    "There is no such suspension, or it is over.",
                )
            }
            MediationExtensible => {
                let by = file.mediation_clock().and_then(|it| it.extensible_by);
                self.when(
                    by != Some(ExtensionBasis::ByBothParties),
                    "not_extensible",
                    "本案的调解期限依法不得延长。",
                    "The law does not let the time of this mediation be extended.",
                )
            }
            ExtensionConsented => self.consents_to_extension(question),
            FromHotline => self.when(
                file.case.channel != Channel::Hotline12345,
                "not_from_hotline",
                "本案不是12345工单，无需反馈。",
                "The case did not come from the 12345 hotline; there is nobody to answer.",
            ),
            ReferralOpen => self.when(
                file.case.outcome != Some(Outcome::Referred) || !file.referral_answers.is_empty(),
                "no_open_referral",
                "本案未转介，或者转介已有答复。",
                "The case was not referred, or the referral is answered already.",
            ),
            _ => self.when(
                file.feedbacks.iter().any(|it| it.kind == FeedbackKind::Final),
                "answered_finally",
                "办结反馈已经作出。",
                "The final answer was given already.",
            ),
        }
    }

    /// Each party agrees, anew for each extension.
    fn consents_to_extension(self, question: Question<'_>) -> Vec<Unmet> {
        let file = question.file;
        let since = file.extensions.iter().map(|it| it.recorded_at).max();
        // An instant later: what was said for the last one does not count for the next.
        let since = since.map(|it| it + TimeDelta::microseconds(1));
        file.parties
            .iter()
            .filter(|it| !file.has_consented_since(it.id, ConsentSubject::Extension, since))
            .map(|party| {
                let (zh, en) = designation(party);
                self.missing(
                    "consent_to_extension_missing",
                    format!("{zh}是否同意延长调解期限尚无记录，或者不同意。"),
                    format!("That {en} agrees to more time is not recorded, or it does not."),
                )
            })
            .collect()
    }
}
