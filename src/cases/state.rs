//! The life of a case. [`after`] is the whole table: no other code decides a status.

use crate::access::Action;
use crate::words::CaseStatus;

/// The status after `action` in `status`; None where the action has no place there.
/// An action that leaves the case where it is stands as a row to itself.
pub fn after(status: CaseStatus, action: Action) -> Option<CaseStatus> {
    use Action::*;
    use CaseStatus::*;
    Some(match (status, action) {
        // The path of a case.
        (Registered, AcceptCase) => Accepted,
        (Accepted, StartMediation) => Mediating,
        (Mediating, RecordOralAgreement) => Performing,
        (Performing, CloseCase) => Closed,
        (Closed, ArchiveCase) => Archived,

        // Endings without an agreement.
        (Registered, DeclineCase | ReferCase) => Closed,
        (Registered | Accepted | Mediating, WithdrawCase | RecordSettlement) => Closed,
        (Accepted | Mediating, ConcludeMediation) => Closed,

        // On another track a panel of that track begins anew.
        (Accepted | Mediating, EntrustCase | RecallCase | HandOverCase | ReturnCase) => Accepted,

        // What moves the clocks.
        (Accepted | Mediating, SuspendMediation | ResumeMediation | ExtendMediation) => status,
        (Registered | Accepted | Mediating, RecordContact) => status,
        (Registered | Accepted | Mediating | Performing | Closed, RecordFeedback) => status,

        (Registered | Accepted | Mediating | Performing | Closed, CorrectLocality) => status,
        (Closed, AnswerReferral) => status,
        (
            Registered | Accepted | Mediating | Performing | Closed,
            AddEvidence | WithdrawEvidence,
        ) => status,

        // Work that leaves the case where it is.
        (Accepted | Mediating, DecideTermination) => status,
        (Registered, RequestSupplement | AnswerSupplement | RemoveParty) => status,
        (
            Registered | Accepted | Mediating,
            UpdateCase | AddParty | AddAgent | RemoveAgent | AddClaim | RemoveClaim | RecordConsent,
        ) => status,
        (Registered | Accepted | Mediating | Performing | Closed, UpdateParty) => status,
        (
            Accepted | Mediating,
            RecordRightsNotice | RecordInvestigation | InviteParticipant | AssignMediator
            | RespondToAssignment | ReleaseMediator,
        ) => status,
        (
            Mediating,
            ScheduleHearing | RescheduleHearing | NotifyOfHearing | RecordAttendance
            | AdjournHearing | CancelHearing | DraftAgreement | LockAgreement | SignAgreement
            | SendSigningCode | SealAgreement,
        ) => status,
        (Mediating | Performing | Closed, RecordMinutes) => status,
        (Accepted | Mediating | Performing, RecordRouteNotice) => status,
        (Performing, RecordPerformance) => status,
        (Performing | Closed, RecordRevisit) => status,

        // Recusal, clues, judicial confirmation.
        (Accepted | Mediating, RequestRecusal | DecideRecusal) => status,
        (Accepted | Mediating, RecordMediatorWish | SuggestMediators | RecordPartyTime) => status,
        (Registered | Accepted | Mediating | Performing | Closed, ReportClue) => status,
        (Performing | Closed, ApplyForConfirmation | RecordCourtAnswer) => status,

        // Cases that belong together.
        (Registered | Accepted | Mediating | Performing | Closed, DecideDuplicate) => status,
        (Registered | Accepted | Mediating, AddGroupMembers) => status,

        _ => return None,
    })
}

/// Whether an action is a step on a case: one that has a place in its life, or begins it.
pub fn is_step(action: Action) -> bool {
    action == Action::RegisterCase || CaseStatus::ALL.iter().any(|it| after(*it, action).is_some())
}

/// Where a case stands once its written agreement takes effect (PML 29): the last signature or
/// the seal moves it on, whichever comes last.
pub const ONCE_IN_FORCE: CaseStatus = CaseStatus::Performing;

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn only_the_archive_is_final() {
        for status in CaseStatus::ALL {
            let leaves =
                Action::ALL.iter().filter_map(|it| after(*status, *it)).any(|it| it != *status)
                    || *status == CaseStatus::Mediating;
            assert_eq!(leaves, *status != CaseStatus::Archived, "{status}");
        }
    }

    #[test]
    fn every_status_is_reached() {
        let mut reached = vec![CaseStatus::Registered, ONCE_IN_FORCE];
        for _ in CaseStatus::ALL {
            for status in reached.clone() {
                reached.extend(Action::ALL.iter().filter_map(|it| after(status, *it)));
            }
            reached.sort_unstable();
            reached.dedup();
        }
        assert_eq!(reached, CaseStatus::ALL);
    }

    /// The printed table is what a person reviews. `EXPECTORATE=overwrite` accepts a change.
    #[test]
    fn the_table_is_printed() {
        let mut table = String::new();
        for status in CaseStatus::ALL {
            let _ = writeln!(table, "{status}");
            for action in Action::ALL {
                if let Some(next) = after(*status, *action) {
                    let next =
                        if next == *status { "stays".to_owned() } else { format!("-> {next}") };
                    let _ = writeln!(table, "    {:<24}{next}", action.to_string());
                }
            }
        }
        expectorate::assert_contents("tests/it/snapshots/states.txt", &table);
    }
}
