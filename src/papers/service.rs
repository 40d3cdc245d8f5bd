//! Making papers and giving them out again.

use serde_json::json;
use uuid::Uuid;

use super::filling::{Asked, fill};
use super::gathering::gather;
use super::input::MakePaper;
use super::press::Printed;
use super::views::{FormView, Paper};
use super::{forms, store};
use crate::access::{Allowed, Call, Subject, can};
use crate::app::App;
use crate::calculators;
use crate::cases::file::CaseFile;
use crate::cases::{self, Step};
use crate::database::{Record, Reply};
use crate::entity::paper;
use crate::error::{Error, Result};
use crate::evidence::{Held, Portion};
use crate::http::StoredFile;
use crate::parties;
use crate::words::PaperForm;

/// Every form, what it can be made of now, and why it cannot be made yet.
pub(super) async fn forms(
    app: &App,
    call: &Allowed<can::ListPaperForms>,
    case_id: Uuid,
) -> Result<(i64, Vec<FormView>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let language = call.facts().language;
    let view = |form: &PaperForm| FormView::new(&file, *form, language);
    Ok((file.case.version, PaperForm::ALL.iter().map(view).collect()))
}

/// Fills a form and keeps it. Made of the same data by the same template it is the paper that
/// was made before.
pub(crate) async fn make(
    app: &App,
    call: &Allowed<can::MakePaper>,
    case_id: Uuid,
    input: MakePaper,
) -> Result<Reply<Paper>> {
    input.check()?;
    let file = cases::sighted(app, call, case_id).await?;
    call.permit(case_id, file.ownership())?;
    let MakePaper { form, subject_id, text, court, calculation, purpose } = input;
    let subject = forms::subject(&file, form, subject_id)?;
    let calculation = match calculation {
        Some(it) => Some(calculators::printed(app, it).await?),
        None => None,
    };
    let known = gather(app, call, file, purpose.is_some()).await?;
    let asked = Asked {
        form,
        subject,
        text: text.unwrap_or_default(),
        court: court.unwrap_or_default(),
        calculation,
    };
    let printed = app.press.print(fill(&known, &asked)?).await?;
    let mut placed = Vec::new();
    let wanted = Making { file: &known.file, form, subject, purpose: purpose.as_deref() };
    let entered = keep(app, call, wanted, printed, &mut placed).await;
    // Objects that no row speaks of go again: the answer failed, or the same paper was there.
    let spoken_of = store::spoken_of(app.database.reader(), &placed).await;
    match spoken_of {
        Ok(known) => {
            for key in placed.iter().filter(|it| !known.contains(*it)) {
                if let Err(error) = app.storage.remove(key).await {
                    tracing::warn!(%error, "an object without a row is left");
                }
            }
        }
        Err(error) => tracing::warn!(%error, "objects may be left without a row"),
    }
    entered
}

/// Of what a paper is made.
struct Making<'a> {
    file: &'a CaseFile,
    form: PaperForm,
    subject: Uuid,
    purpose: Option<&'a str>,
}

async fn keep(
    app: &App,
    call: &Allowed<can::MakePaper>,
    making: Making<'_>,
    printed: Printed,
    placed: &mut Vec<String>,
) -> Result<Reply<Paper>> {
    let case_id = making.file.case.id;
    let Printed { title, template_version, data_hash, pdf, docx, content } = printed;
    let pdf = app.storage.put(&pdf).await?;
    placed.push(pdf.key.clone());
    let docx = app.storage.put(&docx).await?;
    placed.push(docx.key.clone());

    let work = app.begin(call).await?;
    let Step { file, permit } = cases::open(&work, call, case_id).await?;
    if file.case.version != making.file.case.version {
        return Err(Error::Stale);
    }
    let same = store::same(work.db(), case_id, making.form, &data_hash, &template_version).await?;
    let row = if let Some(row) = same {
        row
    } else {
        let row = paper::Model {
            id: Uuid::now_v7(),
            case_id,
            form: making.form,
            subject_id: making.subject,
            title,
            template_version,
            data_hash,
            content,
            unmasked: making.purpose.is_some(),
            case_version: file.case.version,
            pdf_key: pdf.key,
            pdf_sha256: pdf.sha256,
            pdf_size: i64::try_from(pdf.size).map_err(Error::internal)?,
            docx_key: docx.key,
            docx_sha256: docx.sha256,
            docx_size: i64::try_from(docx.size).map_err(Error::internal)?,
            made_by: permit.actor_id(),
            made_at: work.now(),
        };
        store::insert_paper(work.db(), row.clone()).await?;
        row
    };
    let subject = Subject::paper(row.id, case_id);
    let data = json!({
        "form": row.form,
        "template_version": row.template_version,
        "data_hash": row.data_hash,
        "pdf_sha256": row.pdf_sha256,
        "unmasked": row.unmasked,
    });
    let mut record = Record::event("paper.made", subject, data).change(None::<&()>, Some(&row));
    if let Some(purpose) = making.purpose {
        record = parties::unmasked(record, &file, purpose);
    }
    let location = format!("{}/papers/{}", cases::location(case_id), row.id);
    let reply = Reply { status: 201, location: Some(location), version: None, body: row.into() };
    work.commit(permit.about(subject), record, reply).await
}

pub(super) async fn list(
    app: &App,
    call: &Allowed<can::ListPapers>,
    case_id: Uuid,
) -> Result<(i64, Vec<Paper>)> {
    let file = cases::sighted(app, call, case_id).await?;
    let rows = store::of_case(app.database.reader(), case_id).await?;
    Ok((file.case.version, rows.into_iter().map(Paper::from).collect()))
}

async fn found(app: &App, call: &Call, case_id: Uuid, id: Uuid) -> Result<paper::Model> {
    cases::sighted(app, call, case_id).await?;
    store::find(app.database.reader(), case_id, id).await?.ok_or(Error::NotFound)
}

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadPaper>,
    case_id: Uuid,
    id: Uuid,
) -> Result<Paper> {
    Ok(found(app, call, case_id, id).await?.into())
}

pub(super) async fn pdf(
    app: &App,
    call: &Allowed<can::ReadPaperPdf>,
    case_id: Uuid,
    id: Uuid,
    portion: Portion<'_>,
) -> Result<StoredFile> {
    let it = found(app, call, case_id, id).await?;
    let held = Held {
        media_type: "application/pdf",
        file_name: format!("{}.pdf", it.title),
        key: it.pdf_key,
        sha256: it.pdf_sha256,
        size: it.pdf_size,
    };
    held.give(&app.storage, portion).await
}

pub(super) async fn docx(
    app: &App,
    call: &Allowed<can::ReadPaperDocx>,
    case_id: Uuid,
    id: Uuid,
    portion: Portion<'_>,
) -> Result<StoredFile> {
    let it = found(app, call, case_id, id).await?;
    let held = Held {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        file_name: format!("{}.docx", it.title),
        key: it.docx_key,
        sha256: it.docx_sha256,
        size: it.docx_size,
    };
    held.give(&app.storage, portion).await
}
