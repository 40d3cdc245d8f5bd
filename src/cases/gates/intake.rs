//! The gates of intake: who is in dispute, what is claimed, what was asked for and brought.

use super::{Question, Requirement, designation};
use crate::cases::file::CaseFile;
use crate::error::Unmet;
use crate::words::{AgentKind, ConsentDecision, ConsentSubject, SupplementStatus};

impl Requirement {
    pub(super) fn about_intake(self, question: Question<'_>) -> Vec<Unmet> {
        use crate::words::PartyRole::{Applicant, Respondent};
        let file = question.file;
        let has = |role| file.parties.iter().any(|it| it.role == role);
        let open = |it: &&crate::entity::supplement::Model| it.status == SupplementStatus::Open;
        match self {
            Self::ApplicantNamed => self.when(
                !has(Applicant),
                "no_applicant",
                "尚未登记申请人。",
                "No applicant is recorded.",
            ),
            Self::RespondentNamed => self.when(
                !has(Respondent),
                "no_respondent",
                "尚未登记被申请人。",
                "No respondent is recorded.",
            ),
            Self::ClaimStated => self.when(
                file.claims.is_empty(),
                "no_claim",
                "尚未登记诉求。",
                "No claim is recorded.",
            ),
            Self::SupplementsAnswered => self.when(
                file.supplements.iter().any(|it| open(&it)),
                "supplement_open",
                "要求补正的材料尚未补齐。",
                "A supplement that was asked for has not come.",
            ),
            Self::EvidenceStands => self.when(
                file.evidence
                    .iter()
                    .any(|it| it.withdrawn_at.is_some() && question.target == Some(it.id)),
                "evidence_withdrawn",
                "该证据材料已撤回。",
                "This evidence is withdrawn already.",
            ),
            _ => self.when(
                !file
                    .supplements
                    .iter()
                    .any(|it| open(&it) && question.target.is_none_or(|id| id == it.id)),
                "no_open_supplement",
                "没有待补正的事项。",
                "No such request for supplements is open.",
            ),
        }
    }

    /// A representative settles, withdraws or gives up claims for another applicant only with
    /// that one's consent (O121 12).
    pub(super) fn about_representatives(self, file: &CaseFile) -> Vec<Unmet> {
        let represented = file.agents.iter().filter(|it| it.kind == AgentKind::Representative);
        represented
            .filter_map(|it| file.party(it.party_id))
            .filter(|it| {
                file.consent(it.id, ConsentSubject::Settlement, None)
                    != Some(ConsentDecision::Given)
            })
            .map(|party| {
                let (zh, en) = designation(party);
                self.missing(
                    "represented_consent_missing",
                    format!("{zh}由代表人代表，尚无其同意和解、撤回或者放弃诉求的记录。"),
                    format!("{en} is represented; that it agrees to this end is not recorded."),
                )
            })
            .collect()
    }

    /// Who has signed or attended stays on record.
    pub(super) fn about_agent(self, question: Question<'_>) -> Vec<Unmet> {
        let (file, Some(id)) = (question.file, question.target) else { return Vec::new() };
        let signed = file.signatures.iter().any(|it| it.agent_id == Some(id));
        let attended = file.attendances.iter().any(|it| it.person_id == id);
        self.when(
            signed || attended,
            "agent_on_record",
            "该代理人已签字或已到场，不能删除。",
            "This agent has signed or attended and stays on record.",
        )
    }
}
