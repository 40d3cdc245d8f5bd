//! Reading what the case file lacks, and sealing it.

use uuid::Uuid;

use super::rules;
use super::views::Completeness;
use crate::access::{Allowed, can};
use crate::app::App;
use crate::cases::{self, Case, Step};
use crate::database::Reply;
use crate::error::Result;
use crate::words::Retention;

/// What the file holds and lacks, and the version of the case.
pub(super) async fn completeness(
    app: &App,
    call: &Allowed<can::ReadCompleteness>,
    case_id: Uuid,
) -> Result<(i64, Completeness)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, Completeness::new(&file, call.actor(), call.facts().language)))
}

/// Files the case: its content is sealed by a hash and never changes again (PML 27; domain
/// §3.8, §3.9).
pub(crate) async fn archive(
    app: &App,
    call: &Allowed<can::ArchiveCase>,
    case_id: Uuid,
    retention: Retention,
    page_count: i32,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    let before = file.case.clone();
    file.case.archived_at = Some(work.now());
    file.case.retention = Some(retention);
    file.case.page_count = Some(page_count);
    file.case.file_hash = Some(rules::seal(&file));
    let case = cases::advance(&work, &permit, &before, |case| *case = file.case).await?;
    let record = cases::record("case.archived", &before, &case);
    let reply =
        Reply::created(cases::location(case_id), case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}
