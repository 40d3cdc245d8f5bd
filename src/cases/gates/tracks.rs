//! The gates of the tracks: who decides, which move has its place, who must agree to it, and what
//! a decision to end mediation shuts. What follows from a track is asked of `tracks`.

use super::{Question, Requirement, designation};
use crate::access::Action;
use crate::error::Unmet;
use crate::law::Law;
use crate::tracks::{self, EndingRule};
use crate::words::{ClueStatus, ConsentDecision, ConsentSubject, MoveKind};

/// The move that an action makes.
fn move_of(action: Action) -> Option<MoveKind> {
    match action {
        Action::EntrustCase => Some(MoveKind::Entrust),
        Action::RecallCase => Some(MoveKind::Recall),
        Action::HandOverCase => Some(MoveKind::HandOver),
        Action::ReturnCase => Some(MoveKind::Return),
        _ => None,
    }
}

impl Requirement {
    pub(super) fn law_of_tracks(self) -> &'static [Law] {
        use Requirement::*;
        match self {
            DeciderEntitled => &[Law::O121Art15],
            MoveFits | MayBeEntrusted => &[Law::O121Art19],
            MoveConsented => &[Law::O121Art19, Law::ShDrr47, Law::ShCpr65],
            _ => &[Law::O121Art23],
        }
    }

    pub(super) fn mend_of_tracks(self) -> &'static [Action] {
        use Requirement::*;
        match self {
            MoveConsented => &[Action::RecordConsent],
            MayBeEntrusted => &[Action::DecideClue, Action::UpdateCase],
            TerminationOpen => &[Action::RecordRouteNotice, Action::ConcludeMediation],
            TerminationIsDecided => &[Action::ConcludeMediation],
            TerminationDecided => &[Action::DecideTermination],
            _ => &[],
        }
    }

    pub(super) fn about_tracks(self, question: Question<'_>) -> Vec<Unmet> {
        use Requirement::*;
        let file = question.file;
        let track = tracks::rules(file.case.track);
        let decides_first = track.ending == EndingRule::DecideTellEnd;
        let decided = file.case.termination_decided_at.is_some();
        match self {
            DeciderEntitled => self.when(
                !track.deciders.contains(&question.role),
                "not_the_decider",
                "行政调解程序中，由市场监督管理部门的干部或者负责人作出决定。",
                "On the authority's track one of its officers, or the director, decides this.",
            ),
            MoveFits => {
                let returning = file.track_moves.last().map(|it| it.kind);
                let fits = move_of(question.action).is_some_and(|kind| {
                    tracks::destination(file.case.track, kind, returning).is_some()
                });
                self.when(
                    !fits,
                    "wrong_track",
                    "案件所处的程序不能办理此项程序变更。",
                    "This move has no place on the track the case is on.",
                )
            }
            MoveConsented => self.consents_to_move(question),
            MayBeEntrusted => self.bars_to_entrusting(question),
            TerminationOpen => self.when(
                decided,
                "termination_decided",
                "已决定终止调解，不能继续办理。",
                "The end of mediation is decided; it may not go on.",
            ),
            TerminationIsDecided => self.when(
                !decides_first,
                "no_decision_needed",
                "人民调解不需要终止决定，告知当事人后直接终止。",
                "People's mediation needs no decision: tell the parties, then end it.",
            ),
            _ => self.when(
                decides_first && !decided,
                "termination_not_decided",
                "尚未作出终止调解的决定。",
                "The end of mediation has not been decided.",
            ),
        }
    }

    /// Both agree to the entrusting (O121 19) or to being handed over (SH-DRR 47).
    fn consents_to_move(self, question: Question<'_>) -> Vec<Unmet> {
        let file = question.file;
        let (subject, law): (_, &'static [Law]) = match question.action {
            Action::EntrustCase => (ConsentSubject::Entrustment, &[Law::O121Art19]),
            _ => (ConsentSubject::HandOver, &[Law::ShDrr47, Law::ShCpr65]),
        };
        file.parties
            .iter()
            .filter_map(|party| {
                let (zh, en) = designation(party);
                let found = match file.consent(party.id, subject, None) {
                    Some(ConsentDecision::Given) => return None,
                    Some(ConsentDecision::Refused) => self.missing(
                        "move_refused",
                        format!("{zh}不同意{}。", subject.term()),
                        format!("{en} does not agree to it ({subject})."),
                    ),
                    None => self.missing(
                        "consent_to_move_missing",
                        format!("{zh}是否同意{}尚无记录。", subject.term()),
                        format!("Nothing is recorded of whether {en} agrees to it ({subject})."),
                    ),
                };
                Some(Unmet { law, ..found })
            })
            .collect()
    }

    /// Entrusted once at most, and only what has no clue of illegality and is neither complex nor
    /// sensitive (O121 19; domain §10.4).
    fn bars_to_entrusting(self, question: Question<'_>) -> Vec<Unmet> {
        let file = question.file;
        let clue = file.clues.iter().any(|it| it.status != ClueStatus::Decided);
        let before = file.track_moves.iter().any(|it| it.kind == MoveKind::Entrust);
        let mut bars = self.when(
            clue,
            "clue_open",
            "本案有未处理完毕的违法线索，不得委托。",
            "A clue of illegality is not decided yet; the case cannot be entrusted.",
        );
        for it in &mut bars {
            it.law = &[Law::O121Art19, Law::O121Art27];
        }
        bars.extend(self.when(
            file.case.complex,
            "complex_case",
            "本案为复杂案件，不得委托。",
            "The case is marked complex and cannot be entrusted.",
        ));
        bars.extend(self.when(
            file.case.sensitive,
            "sensitive_case",
            "本案为敏感案件，不得委托。",
            "The case is marked sensitive and cannot be entrusted.",
        ));
        bars.extend(self.when(
            before,
            "entrusted_before",
            "本案曾经委托，不得再次委托。",
            "The case was entrusted before and cannot be entrusted again.",
        ));
        bars
    }
}
