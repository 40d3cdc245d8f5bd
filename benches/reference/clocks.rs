//! Open deadlines for every case, as registration and acceptance would have left them: what is
//! counted again when a calendar comes.

use chrono::{DateTime, Days, NaiveDate, Utc};
use huijie::app::App;
use huijie::entity::{case, deadline};
use huijie::words::{DeadlineKind, DeadlineState, ExtensionBasis};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel, QueryFilter as _};
use sea_orm::{QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

/// Three for each case; answers how many.
pub async fn add(app: &App) -> anyhow::Result<usize> {
    let db = app.database.writer();
    let (mut after, mut count) = (Uuid::nil(), 0);
    let now: DateTime<Utc> = app.clock.now();
    loop {
        let cases: Vec<(Uuid, Uuid)> = case::Entity::find()
            .select_only()
            .columns([case::Column::Id, case::Column::OfficeId])
            .filter(case::Column::Id.gt(after))
            .order_by_asc(case::Column::Id)
            .limit(300)
            .into_tuple()
            .all(db)
            .await?;
        let Some((last, _)) = cases.last() else { return Ok(count) };
        after = *last;
        let rows = cases.iter().enumerate().flat_map(|(place, (case, office))| {
            let start = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
            let start = start + Days::new((count as u64 / 3 + place as u64) % 40);
            [
                ("samr.accept", "samr.accept", DeadlineKind::AcceptanceDecision),
                ("samr.mediate", "samr.mediate.new", DeadlineKind::MediationEnd),
                ("hotline.12345.complex", "hotline.12345.complex", DeadlineKind::HotlineFinal),
            ]
            .map(|(clock, rule, kind)| row(*case, *office, (clock, rule, kind), start, now))
        });
        let rows: Vec<_> = rows.map(IntoActiveModel::into_active_model).collect();
        count += rows.len();
        deadline::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
}

fn row(
    case_id: Uuid,
    office_id: Uuid,
    (clock, rule, kind): (&str, &str, DeadlineKind),
    start_on: NaiveDate,
    now: DateTime<Utc>,
) -> deadline::Model {
    let due_on = start_on + Days::new(14);
    deadline::Model {
        id: Uuid::now_v7(),
        case_id: Some(case_id),
        clue_id: None,
        clock: clock.to_owned(),
        kind,
        subject_id: None,
        office_id,
        owner_id: None,
        rule_id: Some(rule.to_owned()),
        extensible_by: Some(ExtensionBasis::None),
        start_on,
        pauses: "[]".to_owned(),
        extension_days: 0,
        due_on: Some(due_on),
        due_on_strict: Some(due_on),
        warn_on: Some(due_on),
        earliest_on: None,
        latest_on: None,
        act_by: due_on,
        state: DeadlineState::Running,
        ended_on: None,
        // Announced already: only the counting is measured.
        warned_at: Some(now),
        rule_set_version: 1,
        calendar_version: 3,
        created_at: now,
        updated_at: now,
    }
}
