//! Making suggestions, listing them, and computing their proofs again.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::input::SuggestMediators;
use super::store;
use super::views::MediatorSuggestion;
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::assignment::proof::{self, Difference, Proof};
use crate::assignment::suggestion::{Candidate, Inputs, side};
use crate::assignment::{rules, wishes};
use crate::audit;
use crate::cases::file::CaseFile;
use crate::cases::{self, Step};
use crate::database::{Reply, Work};
use crate::entity::{suggestion, user};
use crate::error::{Error, Result};
use crate::identity;
use crate::interests;
use crate::language::Language;
use crate::mediators;

/// How many proofs are read at once while checking.
const BATCH: u64 = 500;

/// Ranks everybody who sits on panels, and keeps why. Where nobody is left the answer says why
/// of each, and nothing is kept.
pub(super) async fn suggest(
    app: &App,
    call: &Allowed<can::SuggestMediators>,
    case_id: Uuid,
    input: SuggestMediators,
) -> Result<Reply<MediatorSuggestion>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    rules::check_seat_free(&file.assignments, input.seat)?;
    let people = identity::all_mediators(work.db()).await?;
    let inputs = gather(&work, &file, &people, &input).await?;
    let proof = Proof::of(inputs);
    let names = people.into_iter().map(|it| (it.id, it.display_name)).collect();
    if proof.outcome.proposed.is_empty() {
        return Err(rules::nobody_available(&proof, &names));
    }
    let text = proof.text();
    let row = suggestion::Model {
        id: Uuid::now_v7(),
        case_id,
        suggested_by: permit.actor_id(),
        suggested_at: work.now(),
        proof_hash: proof::hash(&text),
        proof: text,
    };
    store::insert_suggestion(work.db(), row.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    // The log holds the hash of the proof: neither can be changed without the other.
    let record = cases::record("mediators.suggested", &file.case, &case)
        .change(None::<&()>, Some(&row.proof_hash));
    let permit = permit.about(Subject::suggestion(row.id, case_id));
    let location = format!("{}/mediator-suggestions", cases::location(case_id));
    let view = MediatorSuggestion::new(row, &proof, &names, call.facts().language);
    work.commit(permit, record, Reply::created(location, case.version, view)).await
}

/// Everything the suggestion is made of, as this transaction sees it.
async fn gather(
    work: &Work,
    file: &CaseFile,
    people: &[user::Model],
    input: &SuggestMediators,
) -> Result<Inputs> {
    let settings = &work.app().settings;
    let (seed_entry, seed) = seed(work.db(), file.case.id).await?;
    let ids: Vec<Uuid> = people.iter().map(|it| it.id).collect();
    let mut known = mediators::candidates(work.db(), settings, people, work.now()).await?;
    let declared = interests::of_mediators(work.db(), &ids).await?;
    let wishes = wishes::of_case(work.db(), file.case.id).await?;
    let choosing_parties = rules::choosing_parties(file);
    let mut candidates = Vec::new();
    for person in people {
        let Some(it) = known.remove(&person.id) else { continue };
        candidates.push(Candidate {
            mediator_id: person.id,
            role: person.role,
            availability: it.availability,
            specialist: it.specialities.contains(&file.case.category),
            languages: it.languages,
            chosen_by: wishes::chosen_by(&wishes, &choosing_parties, person.id),
            conflicts: rules::conflicts(file, &wishes, &declared, person.id),
        });
    }
    candidates.sort_by_key(|it| it.mediator_id);
    let mut sides_present: Vec<_> = file.panel().map(|it| side(it.mediator_role)).collect();
    sides_present.sort_unstable();
    sides_present.dedup();
    Ok(Inputs {
        case_id: file.case.id,
        case_version: file.case.version,
        track: file.case.track,
        category: file.case.category,
        weight: mediators::case_weight(file.case.complex, file.case.sensitive),
        seat: input.seat,
        language: input.language,
        specialists_only: input.specialists_only,
        joint: rules::joint_grounds(file, &settings.joint_panel),
        sides_present,
        choosing_parties,
        on: file.today(),
        window_days: settings.fair_share_days,
        seed_entry,
        seed,
        candidates,
    })
}

/// What the audit chain had come to just before the case came in, and the entry by which it
/// came. A case that was put in without an entry has the beginning of the chain.
async fn seed(db: &impl ConnectionTrait, case_id: Uuid) -> Result<(i64, String)> {
    let entry = audit::first_of_case(db, case_id).await?;
    Ok(entry.map_or_else(|| (0, audit::GENESIS.to_owned()), |it| (it.seq, it.previous_hash)))
}

/// The suggestion of this case that an assignment names, computed again; without one, whether
/// there is any that it passes over.
pub(in crate::assignment) async fn followed(
    work: &Work,
    case_id: Uuid,
    suggestion_id: Option<Uuid>,
) -> Result<rules::Followed> {
    let Some(id) = suggestion_id else {
        let known = store::count_of_case(work.db(), case_id).await?;
        return Ok(if known == 0 {
            rules::Followed::NoneMade
        } else {
            rules::Followed::PassedOver
        });
    };
    let found = store::find(work.db(), id).await?.filter(|it| it.case_id == case_id);
    let row = found.ok_or_else(|| Error::unknown_reference("/suggestion_id", id))?;
    match proof::verify(&row.proof, &row.proof_hash) {
        Ok(proof) => Ok(rules::Followed::Proof(Box::new(proof))),
        Err(difference) => Err(rules::broken_proof(&difference)),
    }
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListMediatorSuggestions>,
    case_id: Uuid,
) -> Result<(i64, Vec<MediatorSuggestion>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let db = app.database.reader();
    let rows = store::of_case(db, case_id).await?;
    let mut views = Vec::new();
    for row in rows {
        views.push(view(db, row, call.facts().language).await?);
    }
    Ok((file.case.version, views))
}

async fn view(
    db: &impl ConnectionTrait,
    row: suggestion::Model,
    language: Language,
) -> Result<MediatorSuggestion> {
    let proof: Proof = serde_json::from_str(&row.proof).map_err(Error::internal)?;
    let ids: Vec<Uuid> = proof.inputs.candidates.iter().map(|it| it.mediator_id).collect();
    let people = identity::find_users(db, &ids).await?;
    let names: HashMap<Uuid, String> =
        people.into_iter().map(|it| (it.id, it.display_name)).collect();
    Ok(MediatorSuggestion::new(row, &proof, &names, language))
}

/// A stored proof that is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub case_id: Uuid,
    pub suggestion_id: Uuid,
    /// The first thing that differs.
    pub difference: Difference,
}

/// What a check of the proofs found.
#[derive(Debug, Default)]
pub struct Checked {
    pub proofs: u64,
    pub faults: Vec<Fault>,
}

/// Computes every stored proof again, or those of one case, and holds it against the audit log:
/// the seed must be what the chain had come to before the case came in, and the log must hold
/// the proof's hash.
pub async fn verify_stored(app: &App, case_id: Option<Uuid>) -> Result<Checked> {
    let db = app.database.reader();
    let (mut checked, mut last) = (Checked::default(), None);
    loop {
        let rows = store::after(db, case_id, last, BATCH).await?;
        if rows.is_empty() {
            return Ok(checked);
        }
        for row in rows {
            last = Some(row.id);
            checked.proofs += 1;
            if let Some(difference) = fault_of(db, &row).await? {
                let (case_id, suggestion_id) = (row.case_id, row.id);
                checked.faults.push(Fault { case_id, suggestion_id, difference });
            }
        }
    }
}

async fn fault_of(
    db: &impl ConnectionTrait,
    row: &suggestion::Model,
) -> Result<Option<Difference>> {
    let inputs = match proof::verify(&row.proof, &row.proof_hash) {
        Ok(proof) => proof.inputs,
        Err(difference) => return Ok(Some(difference)),
    };
    let different = |place: &str, stored: String, expected: String| {
        (stored != expected).then(|| Difference::new(place, stored, expected))
    };
    let (seed_entry, seed) = seed(db, row.case_id).await?;
    let logged = audit::of_part(db, row.case_id, row.id).await?;
    let logged = logged.and_then(|it| it.after_hash).unwrap_or_else(|| "absent".to_owned());
    let computed = proof::hash(&format!("\"{}\"", row.proof_hash));
    Ok(different("/inputs/case_id", inputs.case_id.to_string(), row.case_id.to_string())
        .or_else(|| {
            let stored = inputs.seed_entry.to_string();
            different("/inputs/seed_entry", stored, seed_entry.to_string())
        })
        .or_else(|| different("/inputs/seed", inputs.seed, seed))
        .or_else(|| different("the hash in the audit log", logged, computed)))
}
