//! What is answered about suggestions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::assignment::proof::{self, Proof};
use crate::assignment::suggestion::{Candidate, Ranked};
use crate::entity::suggestion;
use crate::language::Language;
use crate::mediators;
use crate::words::{ExclusionGround, JointGround, PanelSeat, PanelSide};

/// Who is proposed for a seat.
#[derive(Debug, Object)]
pub struct ProposedSeat {
    pub seat: PanelSeat,
    pub mediator_id: Uuid,
    pub display_name: String,
}

/// Somebody who can take the seat, with what the place in the ranking comes from.
#[derive(Debug, Object)]
pub struct RankedMediator {
    /// 1 is best.
    pub rank: u32,
    pub mediator_id: Uuid,
    pub display_name: String,
    /// From which office.
    pub side: PanelSide,
    /// Whether the role may preside on the case's track.
    pub may_preside: bool,
    /// Whether all applicants and respondents chose this person.
    pub chosen_by_parties: bool,
    /// Weight of the cases given within the window, in tenths of an ordinary case.
    pub recent_load: u32,
    /// What a fair share of all load would be by capacity and days of presence, this case
    /// included.
    pub fair_share: u64,
    /// How far below the fair share the person is; negative: above.
    pub below: i64,
    /// How many ordinary cases may be open at once.
    pub capacity: u32,
    /// Weight of the open cases, in tenths of an ordinary case.
    pub open_load: u32,
    /// Days of the window on which the person was engaged and there.
    pub available_days: u32,
    /// Whether the case's category is one of the specialities; orders those of equal load.
    pub specialist: bool,
    /// Orders those who are equal in all else: SHA-256 of seed, case and person.
    pub tie_break: String,
}

/// Why somebody is excluded.
#[derive(Debug, Object)]
pub struct ExclusionReason {
    pub ground: ExclusionGround,
    /// The ground in a sentence, in the caller's language.
    pub detail: String,
}

/// Somebody who cannot take the seat.
#[derive(Debug, Object)]
pub struct ExcludedMediator {
    pub mediator_id: Uuid,
    pub display_name: String,
    pub reasons: Vec<ExclusionReason>,
    /// The interests, recusals, wishes and assignments that reasons come from.
    pub fact_ids: Vec<Uuid>,
}

/// A suggestion and its proof (指派建议).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MediatorSuggestion {
    pub id: Uuid,
    pub case_id: Uuid,
    pub suggested_by: Uuid,
    pub suggested_at: DateTime<Utc>,
    /// Who is proposed: for the seat that was asked, and on a joint panel for the other office.
    pub proposed: Vec<ProposedSeat>,
    /// Why both offices have to sit on the panel; empty: they need not.
    pub joint_panel: Vec<JointGround>,
    /// The office a joint panel still lacks because nobody of it is left.
    pub lacking: Option<PanelSide>,
    pub ranking: Vec<RankedMediator>,
    pub excluded: Vec<ExcludedMediator>,
    /// Weight of the case, in tenths of an ordinary case.
    pub weight: u32,
    /// Over how many days load is compared.
    pub window_days: u32,
    /// The hash of the audit chain just before the case came in; it orders equals.
    pub seed: String,
    /// The number of the entry by which the case came in.
    pub seed_entry: i64,
    /// Whether computing the proof again gives what is stored.
    pub intact: bool,
    /// Inputs and outcome as canonical JSON: all it takes to compute the ranking again.
    pub proof: String,
    /// SHA-256 of `proof`; the audit log holds it too.
    pub proof_hash: String,
}

impl MediatorSuggestion {
    pub(super) fn new(
        row: suggestion::Model,
        proof: &Proof,
        names: &HashMap<Uuid, String>,
        language: Language,
    ) -> Self {
        let Proof { inputs, outcome, .. } = proof;
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
        let candidate = |id: Uuid| inputs.candidates.iter().find(|it| it.mediator_id == id);
        let ranked = |(rank, it): (u32, &Ranked)| {
            ranked(rank, it, name(it.mediator_id), candidate(it.mediator_id))
        };
        let proposed = outcome.proposed.iter().map(|it| ProposedSeat {
            seat: it.seat,
            mediator_id: it.mediator_id,
            display_name: name(it.mediator_id),
        });
        let excluded = outcome.excluded.iter().map(|it| {
            let reason = |ground: &ExclusionGround| {
                let told =
                    candidate(it.mediator_id).map(|it| mediators::told(*ground, &it.availability));
                let detail = told.map(|it| it.in_language(language).to_owned());
                ExclusionReason { ground: *ground, detail: detail.unwrap_or_default() }
            };
            ExcludedMediator {
                mediator_id: it.mediator_id,
                display_name: name(it.mediator_id),
                reasons: it.grounds.iter().map(reason).collect(),
                fact_ids: it.fact_ids.clone(),
            }
        });
        Self {
            id: row.id,
            case_id: row.case_id,
            suggested_by: row.suggested_by,
            suggested_at: row.suggested_at,
            proposed: proposed.collect(),
            joint_panel: inputs.joint.clone(),
            lacking: outcome.lacking,
            ranking: (1..).zip(&outcome.ranking).map(ranked).collect(),
            excluded: excluded.collect(),
            weight: inputs.weight,
            window_days: inputs.window_days,
            seed: inputs.seed.clone(),
            seed_entry: inputs.seed_entry,
            intact: proof::verify(&row.proof, &row.proof_hash).is_ok(),
            proof: row.proof,
            proof_hash: row.proof_hash,
        }
    }
}

fn ranked(
    rank: u32,
    it: &Ranked,
    display_name: String,
    candidate: Option<&Candidate>,
) -> RankedMediator {
    let availability = candidate.map(|it| &it.availability);
    RankedMediator {
        rank,
        mediator_id: it.mediator_id,
        display_name,
        side: it.side,
        may_preside: it.may_preside,
        chosen_by_parties: it.chosen_by_parties,
        recent_load: it.recent_load,
        fair_share: it.fair_share,
        below: it.below,
        capacity: availability.map_or(0, |it| it.capacity),
        open_load: availability.map_or(0, |it| it.open_load),
        available_days: availability.map_or(0, |it| it.available_days),
        specialist: it.specialist,
        tie_break: it.tie_break.clone(),
    }
}
