//! Recording investigations and listing them.

use uuid::Uuid;

use super::api::RecordInvestigation;
use super::store;
use super::views::Investigation;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Step};
use crate::clock::shanghai_day;
use crate::database::Reply;
use crate::entity::investigation;
use crate::error::{Error, Result};
use crate::language::Text;

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListInvestigations>,
    case_id: Uuid,
) -> Result<(i64, Vec<Investigation>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let mut found = file.investigations;
    found.sort_by_key(|it| (it.starts_at, it.id));
    Ok((file.case.version, found.into_iter().map(Investigation::from).collect()))
}

pub(crate) async fn record(
    app: &App,
    call: &Allowed<can::RecordInvestigation>,
    case_id: Uuid,
    input: RecordInvestigation,
) -> Result<Reply<Investigation>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let RecordInvestigation { starts_at, ends_at, place, respondent, participants, content } =
        input;
    if ends_at <= starts_at {
        let detail = Text::new("结束时间应晚于开始时间。", "It must end after it begins.");
        return Err(Error::invalid("/ends_at", "ends_before_start", detail));
    }
    if shanghai_day(starts_at) != shanghai_day(ends_at) {
        let detail = Text::new(
            "一份调查记录不跨日，请按日分别记录。",
            "One record is of one day; record each day by itself.",
        );
        return Err(Error::invalid("/ends_at", "not_one_day", detail));
    }
    cases::not_in_future("/ends_at", ends_at, work.now())?;
    let row = investigation::Model {
        id: Uuid::now_v7(),
        case_id,
        starts_at,
        ends_at,
        place,
        respondent,
        participants,
        content,
        investigated_by: permit.actor_id(),
        recorded_by: permit.actor_id(),
        recorded_at: work.now(),
    };
    store::insert_investigation(work.db(), row.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("investigation.recorded", &file.case, &case);
    let location = format!("{}/investigations", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, row.into())).await
}
