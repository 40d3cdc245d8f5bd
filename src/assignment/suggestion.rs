//! Who is suggested for a seat: eligibility, conflicts, the parties' common choice, then who is
//! furthest below the fair share; equals are ordered by a seed that was fixed before the case
//! came in. Pure: the same inputs always give the same outcome, on any machine.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::mediators::Availability;
use crate::tracks;
use crate::words::{
    Category, ExclusionGround, JointGround, PanelSeat, PanelSide, Role, SpokenLanguage, Track,
};

/// Everything a suggestion is made of. It stands in the proof as it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inputs {
    pub case_id: Uuid,
    /// The version of the case the inputs were taken from.
    pub case_version: i64,
    pub track: Track,
    pub category: Category,
    /// In tenths of an ordinary case.
    pub weight: u32,
    pub seat: PanelSeat,
    /// A language that is needed.
    pub language: Option<SpokenLanguage>,
    pub specialists_only: bool,
    /// Why both offices have to sit on the panel; empty: they need not.
    pub joint: Vec<JointGround>,
    /// Which sides hold a seat already.
    pub sides_present: Vec<PanelSide>,
    /// The applicants and respondents, whose common choice comes first.
    pub choosing_parties: Vec<Uuid>,
    pub on: NaiveDate,
    pub window_days: u32,
    /// The entry of the audit chain by which the case came in.
    pub seed_entry: i64,
    /// The hash the chain had just before that entry.
    pub seed: String,
    /// In the order of their ids.
    pub candidates: Vec<Candidate>,
}

/// Somebody who sits on panels, as they were known at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Candidate {
    pub mediator_id: Uuid,
    pub role: Role,
    pub availability: Availability,
    /// Whether the case's category is one of the specialities.
    pub specialist: bool,
    pub languages: Vec<SpokenLanguage>,
    /// Parties whose choice this person is.
    pub chosen_by: Vec<Uuid>,
    /// What in this case speaks against the person, each with the entry it comes from.
    pub conflicts: Vec<Conflict>,
}

/// One fact of the case that keeps somebody off its panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conflict {
    pub ground: ExclusionGround,
    /// The interest, recusal, wish or assignment.
    pub fact_id: Uuid,
}

/// What follows from the inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    /// Best first.
    pub ranking: Vec<Ranked>,
    /// In the order of their ids.
    pub excluded: Vec<Excluded>,
    /// Who is proposed for which seat; empty when there is nobody.
    pub proposed: Vec<Proposed>,
    /// The side a joint panel still lacks because nobody of it is left.
    pub lacking: Option<PanelSide>,
}

/// Somebody who can take the seat, with what the place in the ranking comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranked {
    pub mediator_id: Uuid,
    pub side: PanelSide,
    pub may_preside: bool,
    /// Whether all applicants and respondents chose this person.
    pub chosen_by_parties: bool,
    /// Weight given within the window, in tenths, and what it would be with this case.
    pub recent_load: u32,
    pub load_after: u32,
    /// Capacity times the days on which the person was there: what load is compared by.
    pub share: u64,
    /// What a fair share of all load, this case included, would be, in tenths.
    pub fair_share: u64,
    /// How far below it the person is; negative: above.
    pub below: i64,
    pub specialist: bool,
    /// Orders equals: seed, case and person, hashed.
    pub tie_break: String,
}

/// Somebody who cannot take the seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Excluded {
    pub mediator_id: Uuid,
    pub grounds: Vec<ExclusionGround>,
    /// The entries that grounds of the case come from.
    pub fact_ids: Vec<Uuid>,
}

/// A person for a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proposed {
    pub seat: PanelSeat,
    pub mediator_id: Uuid,
}

/// From which office somebody of this role comes.
pub(super) fn side(role: Role) -> PanelSide {
    if role == Role::Officer { PanelSide::Authority } else { PanelSide::Committee }
}

/// Orders equals. Nobody knew it before the case came in, and nobody can change it after.
pub(super) fn tie_break(seed: &str, case_id: Uuid, mediator_id: Uuid) -> String {
    hex::encode(Sha256::digest(format!("huijie tie-break 1\n{seed}\n{case_id}\n{mediator_id}")))
}

impl Candidate {
    fn may_preside(&self, track: Track) -> bool {
        tracks::rules(track).presiding.contains(&self.role)
    }

    /// Everything that keeps the person from the seat.
    pub fn grounds(&self, inputs: &Inputs) -> Vec<ExclusionGround> {
        let mut found = self.availability.hindrances(inputs.on, inputs.weight);
        // To a joint panel also those come who may not preside: as members.
        let must_preside = inputs.seat == PanelSeat::Presiding && inputs.joint.is_empty();
        if must_preside && !self.may_preside(inputs.track) {
            found.push(ExclusionGround::MayNotPreside);
        }
        if inputs.language.is_some_and(|it| !self.languages.contains(&it)) {
            found.push(ExclusionGround::LanguageMissing);
        }
        if inputs.specialists_only && !self.specialist {
            found.push(ExclusionGround::NotSpecialist);
        }
        for conflict in &self.conflicts {
            if !found.contains(&conflict.ground) {
                found.push(conflict.ground);
            }
        }
        found
    }

    fn is_common_choice(&self, inputs: &Inputs) -> bool {
        let all = &inputs.choosing_parties;
        !all.is_empty() && all.iter().all(|it| self.chosen_by.contains(it))
    }
}

/// The outcome of these inputs. Whoever is excluded stays so, also where nobody is left.
pub(super) fn suggest(inputs: &Inputs) -> Outcome {
    let mut excluded = Vec::new();
    let mut left = Vec::new();
    for candidate in &inputs.candidates {
        let grounds = candidate.grounds(inputs);
        if grounds.is_empty() {
            left.push(candidate);
        } else {
            excluded.push(Excluded {
                mediator_id: candidate.mediator_id,
                grounds,
                fact_ids: candidate.conflicts.iter().map(|it| it.fact_id).collect(),
            });
        }
    }
    let ranking = ranked(inputs, &left);
    let (proposed, lacking) = proposed(inputs, &ranking);
    Outcome { ranking, excluded, proposed, lacking }
}

fn share(it: &Candidate) -> u64 {
    let Availability { capacity, available_days, .. } = it.availability;
    (u64::from(capacity) * u64::from(available_days)).max(1)
}

fn ranked(inputs: &Inputs, left: &[&Candidate]) -> Vec<Ranked> {
    let weight = u64::from(inputs.weight);
    let recent = |it: &Candidate| u64::from(it.availability.recent_load);
    let total: u64 = left.iter().map(|it| recent(it)).sum::<u64>() + weight;
    let shares: u64 = left.iter().map(|it| share(it)).sum::<u64>().max(1);
    let mut ranking: Vec<Ranked> = left
        .iter()
        .map(|it| {
            let fair = u128::from(total) * u128::from(share(it)) / u128::from(shares);
            let fair_share = u64::try_from(fair).unwrap_or(u64::MAX);
            let below = i128::from(fair_share) - i128::from(recent(it));
            Ranked {
                mediator_id: it.mediator_id,
                side: side(it.role),
                may_preside: it.may_preside(inputs.track),
                chosen_by_parties: it.is_common_choice(inputs),
                recent_load: it.availability.recent_load,
                load_after: it.availability.recent_load.saturating_add(inputs.weight),
                share: share(it),
                fair_share,
                below: i64::try_from(below).unwrap_or(i64::MAX),
                specialist: it.specialist,
                tie_break: tie_break(&inputs.seed, inputs.case_id, it.mediator_id),
            }
        })
        .collect();
    ranking.sort_by(|one, other| {
        // Load after this case by share, compared crosswise: whole numbers, nothing rounded.
        let burden = |it: &Ranked, by: &Ranked| u64::from(it.load_after) * by.share;
        Reverse(one.chosen_by_parties)
            .cmp(&Reverse(other.chosen_by_parties))
            .then_with(|| burden(one, other).cmp(&burden(other, one)))
            .then_with(|| Reverse(one.specialist).cmp(&Reverse(other.specialist)))
            .then_with(|| one.tie_break.cmp(&other.tie_break))
            .then_with(|| one.mediator_id.cmp(&other.mediator_id))
    });
    ranking
}

/// The best for the asked seat, and on a joint panel the best of the side that is missing then.
fn proposed(inputs: &Inputs, ranking: &[Ranked]) -> (Vec<Proposed>, Option<PanelSide>) {
    let is_joint = !inputs.joint.is_empty();
    let mut sides = inputs.sides_present.clone();
    let missing = |sides: &[PanelSide]| {
        let mut all = PanelSide::ALL.iter().copied();
        all.find(|it| is_joint && !sides.contains(it))
    };
    let of_side = |wanted: Option<PanelSide>| {
        ranking.iter().find(|it| wanted.is_none_or(|side| it.side == side))
    };
    let first = match inputs.seat {
        PanelSeat::Presiding => ranking.iter().find(|it| it.may_preside),
        // Somebody of the side that is missing; of the other one where nobody of it is left.
        PanelSeat::Member if sides.is_empty() => ranking.first(),
        PanelSeat::Member => of_side(missing(&sides)).or(ranking.first()),
    };
    let Some(first) = first else { return (Vec::new(), None) };
    let mut proposed = vec![Proposed { seat: inputs.seat, mediator_id: first.mediator_id }];
    sides.push(first.side);
    let Some(wanted) = missing(&sides) else { return (proposed, None) };
    let Some(second) = of_side(Some(wanted)) else { return (proposed, Some(wanted)) };
    proposed.push(Proposed { seat: PanelSeat::Member, mediator_id: second.mediator_id });
    (proposed, None)
}

#[cfg(test)]
mod simulation;
#[cfg(test)]
pub(super) mod tests;
