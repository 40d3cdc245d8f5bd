//! Recording and listing.

use chrono::SubsecRound as _;
use uuid::Uuid;

use super::input::RecordPartyTime;
use super::store;
use super::views::PartyTime;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::database::Reply;
use crate::entity::party_time;
use crate::error::Result;
use crate::hearings::rules;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListPartyTimes>,
    case_id: Uuid,
) -> Result<(i64, Vec<PartyTime>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let times = store::of_case(app.database.reader(), case_id).await?;
    Ok((file.case.version, times.into_iter().map(PartyTime::from).collect()))
}

pub(super) async fn record(
    app: &App,
    call: &Allowed<can::RecordPartyTime>,
    case_id: Uuid,
    input: RecordPartyTime,
) -> Result<Reply<PartyTime>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    cases::named_party(&file, "/party_id", input.party_id)?;
    rules::check_party_time(input.starts_at, input.ends_at, work.now())?;
    let time = party_time::Model {
        id: Uuid::now_v7(),
        case_id,
        party_id: input.party_id,
        stance: input.stance,
        starts_at: input.starts_at.trunc_subsecs(6),
        ends_at: input.ends_at.trunc_subsecs(6),
        note: input.note,
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_time(work.db(), time.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("party_time.recorded", &file.case, &case);
    let location = format!("{}/party-times", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, time.into())).await
}
