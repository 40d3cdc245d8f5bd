//! What the gates ask of hearings.

use super::{Question, Requirement, designation};
use crate::cases::file::CaseFile;
use crate::entity::{hearing, party};
use crate::error::Unmet;
use crate::words::HearingStatus;

impl Requirement {
    pub(super) fn about_hearings(self, question: Question<'_>) -> Vec<Unmet> {
        let file = question.file;
        let target = || question.target.and_then(|id| file.hearing(id));
        let is = |status| move |it: &&hearing::Model| it.status == status;
        match self {
            Self::HearingScheduled => self.when(
                target().filter(is(HearingStatus::Scheduled)).is_none(),
                "no_hearing_scheduled",
                "没有已安排、尚未召开的调解会。",
                "No such hearing is scheduled.",
            ),
            Self::HearingAnnounced => {
                target().map(|it| self.not_announced(file, it)).unwrap_or_default()
            }
            Self::HearingBegun => self.when(
                target().is_some_and(|it| it.starts_at > file.now),
                "hearing_not_begun",
                "调解会尚未开始。",
                "The hearing has not begun yet.",
            ),
            Self::HearingHeld => self.when(
                target().filter(is(HearingStatus::Held)).is_none(),
                "hearing_not_held",
                "调解会尚未召开，没有到场记录。",
                "The hearing has not been held: attendance is not recorded.",
            ),
            Self::MinutesOpen => self.when(
                target().is_some_and(|it| it.minutes.is_some()),
                "minutes_recorded",
                "本次调解会已有笔录。",
                "This hearing has its minutes already.",
            ),
            Self::NoHearingScheduled => self.when(
                file.hearings.iter().any(|it| it.status == HearingStatus::Scheduled),
                "hearing_pending",
                "尚有已安排的调解会，请先召开或取消。",
                "A hearing is still scheduled; hold or cancel it first.",
            ),
            Self::MinutesComplete => self.when(
                file.hearings
                    .iter()
                    .any(|it| it.status == HearingStatus::Held && it.minutes.is_none()),
                "minutes_missing",
                "已召开的调解会缺少笔录。",
                "A hearing that was held has no minutes.",
            ),
            _ => self.when(
                !file.hearings.iter().any(|it| it.status == HearingStatus::Held),
                "no_hearing_held",
                "尚未召开调解会。",
                "No hearing has been held yet.",
            ),
        }
    }

    /// Both sides are told time, place and mediators beforehand (O121 20). What a party was told
    /// last counts: a hearing may have been moved away and back.
    fn not_announced(self, file: &CaseFile, hearing: &hearing::Model) -> Vec<Unmet> {
        let told = |party: &party::Model| {
            let notices = file.hearing_notices.iter();
            let last = notices
                .filter(|it| it.hearing_id == hearing.id && it.party_id == party.id)
                .max_by_key(|it| (it.told_at, it.id));
            last.is_some_and(|it| {
                it.announced_for == hearing.starts_at && it.told_at < hearing.starts_at
            })
        };
        file.parties
            .iter()
            .filter(|it| !told(it))
            .map(|party| {
                let (zh, en) = designation(party);
                self.missing(
                    "hearing_not_announced",
                    format!("未在开会前将时间、地点和调解员告知{zh}。"),
                    format!("{en} was not told time, place and mediators before the hearing."),
                )
            })
            .collect()
    }
}
