//! Accepting, declining, referring, withdrawing, settling in private.

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::store;
use crate::access::{Allowed, Subject, can};
use crate::agreements;
use crate::app::App;
use crate::cases::{self, Case, Step};
use crate::clock::shanghai_day;
use crate::database::{Reply, Work};
use crate::entity::route_notice;
use crate::error::{Error, Result};
use crate::localities;
use crate::offices;
use crate::outcomes;
use crate::tracks::{self, Regime};
use crate::words::{DeclineReason, Manner, Outcome, PartyRole, Track};

/// Accepts a case and gives it its number.
pub(crate) async fn accept(
    app: &App,
    call: &Allowed<can::AcceptCase>,
    case_id: Uuid,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let year = shanghai_day(work.now()).year();
    let number = next_number(&work, file.case.track, year).await?;
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.case_number = Some(number);
        case.accepted_at = Some(work.now());
    })
    .await?;
    let mut record = cases::record("case.accepted", &file.case, &case);
    if let Some(found) = localities::announced(&work, &file).await? {
        record = record.and("case.located", Subject::case(case_id), found);
    }
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}

/// The next number of the series of whoever acts on this track, without gap or double.
pub(crate) async fn next_number(work: &Work, track: Track, year: i32) -> Result<String> {
    let settings = &work.app().settings;
    let pattern = match tracks::rules(track).regime {
        Regime::PeopleMediation => &settings.case_number_pattern,
        Regime::MarketSupervision => &settings.administrative_case_number_pattern,
    };
    let sequence = store::next_number(work.db(), &pattern.series(year)).await?;
    Ok(pattern.number(year, sequence))
}

/// How the applicants were told of a refusal.
#[derive(Debug)]
pub(crate) struct Decline {
    pub reason: DeclineReason,
    pub explanation: String,
    pub told_at: DateTime<Utc>,
    pub manner: Manner,
}

/// Declines a case: with its reason, and the applicants told of the routes that remain
/// (O121 15; CRPL 39).
pub(crate) async fn decline(
    app: &App,
    call: &Allowed<can::DeclineCase>,
    case_id: Uuid,
    input: Decline,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::not_in_future("/told_at", input.told_at, work.now())?;
    tracks::check_decline_reason(file.case.track, input.reason)?;
    for applicant in file.parties.iter().filter(|it| it.role == PartyRole::Applicant) {
        let notice = route_notice::Model {
            id: Uuid::now_v7(),
            case_id,
            party_id: applicant.id,
            told_at: input.told_at,
            manner: input.manner,
            recorded_by: permit.actor_id(),
        };
        outcomes::insert_route_notice(work.db(), notice).await?;
    }
    let reason = Some((input.reason.name(), input.explanation));
    end(work, Step { file, permit }, "case.declined", Outcome::Declined, reason).await
}

/// Sends a case that is not for the station to the right desk.
pub(crate) async fn refer(
    app: &App,
    call: &Allowed<can::ReferCase>,
    case_id: Uuid,
    office_id: Uuid,
    explanation: String,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let step = cases::step(&work, call, case_id, None).await?;
    if offices::find(work.db(), office_id).await?.is_none() {
        return Err(Error::unknown_reference("/office_id", office_id));
    }
    let reason = Some((format!("referred_to:{office_id}"), explanation));
    end(work, step, "case.referred", Outcome::Referred, reason).await
}

/// The applicant takes the dispute back; any party may turn to another route at any time (PML 3).
pub(crate) async fn withdraw(
    app: &App,
    call: &Allowed<can::WithdrawCase>,
    case_id: Uuid,
    explanation: String,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let step = cases::step(&work, call, case_id, None).await?;
    let reason = Some(("applicant_withdraws".to_owned(), explanation));
    end(work, step, "case.withdrawn", Outcome::Withdrawn, reason).await
}

/// The parties settled by themselves (和解).
pub(crate) async fn settle(
    app: &App,
    call: &Allowed<can::RecordSettlement>,
    case_id: Uuid,
    explanation: String,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let step = cases::step(&work, call, case_id, None).await?;
    let reason = Some(("parties_settled".to_owned(), explanation));
    end(work, step, "case.settled_privately", Outcome::SettledPrivately, reason).await
}

/// Ends a case without an agreement of the station's making.
async fn end(
    work: Work,
    Step { file, permit }: Step,
    kind: &'static str,
    outcome: Outcome,
    reason: Option<(String, String)>,
) -> Result<Reply<Case>> {
    let now = work.now();
    agreements::supersede_unfinished(&work, &file).await?;
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.outcome = Some(outcome);
        (case.outcome_reason, case.outcome_explanation) = reason.unzip();
        case.ended_at = Some(now);
        case.closed_at = Some(now);
    })
    .await?;
    let record = cases::record(kind, &file.case, &case);
    let reply =
        Reply::created(cases::location(case.id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}
