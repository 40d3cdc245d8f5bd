//! Drafting, locking, signing and sealing an agreement; recording an oral one.

use chrono::{DateTime, Utc};
use serde_json::json;
use tracing::Instrument as _;
use uuid::Uuid;

use super::codes::{self, Redeemed};
use super::drawings::{self, Stored};
use super::input::{DraftAgreement, DraftTerm, SignAgreement};
use super::signing::{self, Occasion};
use super::views::{Agreement, AgreementFindings, AgreementPreview};
use super::{checks, findings, rules, store, text};
use crate::access::{Allowed, Call, Permit, Subject, can};
use crate::app::App;
use crate::cases::file::CaseFile;
use crate::cases::gates::Question;
use crate::cases::{self, Step, state};
use crate::clock::shanghai_day;
use crate::consents;
use crate::database::{Record, Reply, Work};
use crate::entity::{agreement, case, consent, instalment, signature, term};
use crate::error::{Error, Result};
use crate::http::PngPicture;
use crate::offices;
use crate::tracks;
use crate::words::{
    AgreementForm, AgreementStatus, ConsentDecision, ConsentSubject, DocumentWaiver, Manner,
    Outcome, SignatureMethod, SignerKind,
};

/// The latest revision with everything about it, and the version of the case.
pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadAgreement>,
    case_id: Uuid,
) -> Result<(i64, Agreement)> {
    let file = cases::sighted(app, call, case_id).await?;
    let latest = file.agreements.last().cloned().ok_or(Error::NotFound)?;
    Ok((file.case.version, Agreement::new(&app.settings, &file, latest)))
}

/// What stands against confirming the text that is not yet in force.
pub(super) async fn findings(
    app: &App,
    call: &Allowed<can::ReadAgreementFindings>,
    case_id: Uuid,
) -> Result<AgreementFindings> {
    let file = cases::sighted(app, call, case_id).await?;
    let almanac = app.almanac(app.database.reader()).await?;
    let agreement = rules::unfinished(&file).ok_or(Error::NotFound)?;
    let draft = DraftAgreement::of(&file, agreement);
    let found = findings::find(&draft, question(call, &file), &almanac.calendar);
    Ok(AgreementFindings::new(found, call.facts().language))
}

/// Compiles and checks what was sent. Nothing is kept.
pub(super) async fn preview(
    app: &App,
    call: &Allowed<can::PreviewAgreement>,
    case_id: Uuid,
    input: DraftAgreement,
) -> Result<AgreementPreview> {
    let mut file = cases::sighted(app, call, case_id).await?;
    let almanac = app.almanac(app.database.reader()).await?;
    let found = findings::find(&input, question(call, &file), &almanac.calendar);
    let present = rules::unfinished(&file).filter(|it| it.status == AgreementStatus::Draft);
    let revision = present.map_or_else(|| rules::next_revision(&file), |it| it.revision);
    let DraftAgreement { facts, disputed_matters, responsibilities, terms } = input;
    let texts = [facts, disputed_matters, responsibilities];
    let agreement = new_revision(&file, revision, texts, file.now);
    add_rows(&mut file, agreement.id, terms);
    let text = text::compile(&file, &agreement);
    Ok(AgreementPreview::new(text, found, call.facts().language))
}

fn question<'a>(call: &Call, file: &'a CaseFile) -> Question<'a> {
    let actor = call.actor();
    Question { file, action: call.action(), target: None, asker: actor.id, role: actor.role }
}

/// Writes the draft: the first revision, over the present draft, or in place of a locked text.
pub(crate) async fn draft(
    app: &App,
    call: &Allowed<can::DraftAgreement>,
    case_id: Uuid,
    input: DraftAgreement,
) -> Result<Reply<Agreement>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    rules::check_draft(&input, &file)?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let present = rules::unfinished(&file).filter(|it| it.status == AgreementStatus::Draft);
    let agreement = match present.cloned() {
        Some(draft) => overwrite(&work, &mut file, draft, input).await?,
        None => revise(&work, &mut file, input, |_| {}).await?,
    };
    let record = cases::record("agreement.drafted", &file.case, &case);
    let reply = Reply::changed(case.version, Agreement::new(&app.settings, &file, agreement));
    work.commit(permit, record, reply).await
}

/// Replaces a draft in place: nobody has signed it.
async fn overwrite(
    work: &Work,
    file: &mut CaseFile,
    draft: agreement::Model,
    input: DraftAgreement,
) -> Result<agreement::Model> {
    let DraftAgreement { facts, disputed_matters, responsibilities, terms } = input;
    let agreement = agreement::Model { facts, disputed_matters, responsibilities, ..draft };
    store::save(work.db(), agreement.clone()).await?;
    store::delete_terms(work.db(), agreement.id).await?;
    file.terms.retain(|it| it.agreement_id != agreement.id);
    write_terms(work, file, agreement.id, terms).await?;
    Ok(agreement)
}

/// Makes the next revision. One that never took effect makes room for it: its signatures and
/// its seal stand under another text and count no more (domain §6.10).
async fn revise(
    work: &Work,
    file: &mut CaseFile,
    input: DraftAgreement,
    change: impl FnOnce(&mut agreement::Model),
) -> Result<agreement::Model> {
    supersede_unfinished(work, file).await?;
    let DraftAgreement { facts, disputed_matters, responsibilities, terms } = input;
    let texts = [facts, disputed_matters, responsibilities];
    let mut agreement = new_revision(file, rules::next_revision(file), texts, work.now());
    change(&mut agreement);
    store::insert_agreement(work.db(), agreement.clone()).await?;
    write_terms(work, file, agreement.id, terms).await?;
    Ok(agreement)
}

/// A draft on the paper of the case's track, with facts, disputed matters and responsibilities.
fn new_revision(
    file: &CaseFile,
    revision: i32,
    [facts, disputed_matters, responsibilities]: [String; 3],
    created_at: DateTime<Utc>,
) -> agreement::Model {
    agreement::Model {
        id: Uuid::now_v7(),
        case_id: file.case.id,
        revision,
        form: AgreementForm::Written,
        paper: tracks::rules(file.case.track).paper,
        document_waiver: None,
        status: AgreementStatus::Draft,
        facts,
        disputed_matters,
        responsibilities,
        text: None,
        text_hash: None,
        locked_at: None,
        check_number: None,
        sealed_at: None,
        sealed_by: None,
        seal_office_id: None,
        effective_on: None,
        created_at,
    }
}

/// An agreement that never took effect has no place beside a new revision or in a case that
/// ends without one.
pub(crate) async fn supersede_unfinished(work: &Work, file: &CaseFile) -> Result<()> {
    let Some(agreement) = rules::unfinished(file).cloned() else { return Ok(()) };
    let superseded = agreement::Model { status: AgreementStatus::Superseded, ..agreement };
    store::save(work.db(), superseded).await
}

/// Writes the terms of an agreement, to the database and into the file.
async fn write_terms(
    work: &Work,
    file: &mut CaseFile,
    agreement_id: Uuid,
    input: Vec<DraftTerm>,
) -> Result<()> {
    let (terms, instalments) = add_rows(file, agreement_id, input);
    store::insert_terms(work.db(), terms, instalments).await
}

/// Puts the terms of an agreement into the file; the same rows are given back.
fn add_rows(
    file: &mut CaseFile,
    agreement_id: Uuid,
    input: Vec<DraftTerm>,
) -> (Vec<term::Model>, Vec<instalment::Model>) {
    let case_id = file.case.id;
    let mut terms = Vec::new();
    let mut instalments = Vec::new();
    for (ordinal, it) in (1..).zip(input) {
        let id = Uuid::now_v7();
        instalments.extend((1..).zip(it.instalments).map(|(ordinal, part)| instalment::Model {
            id: Uuid::now_v7(),
            case_id,
            term_id: id,
            ordinal,
            amount_fen: part.amount_fen,
            due_on: part.due_on,
        }));
        terms.push(term::Model {
            id,
            case_id,
            agreement_id,
            ordinal,
            kind: it.kind,
            obligor_id: it.obligor_id,
            obligee_id: it.obligee_id,
            amount_fen: it.amount_fen,
            due_on: it.due_on,
            manner: it.manner,
            description: it.description,
        });
    }
    file.terms.extend(terms.clone());
    file.instalments.extend(instalments.clone());
    (terms, instalments)
}

/// The agreement that the gates have found to be there.
pub(super) fn present(file: &CaseFile) -> Result<agreement::Model> {
    let agreement = file.agreement().cloned();
    agreement.ok_or_else(|| Error::internal("a gate let an agreement through that is not there"))
}

/// Fixes the text by its hash (PML 28, 29).
pub(crate) async fn lock(
    app: &App,
    call: &Allowed<can::LockAgreement>,
    case_id: Uuid,
) -> Result<Reply<Agreement>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let draft = present(&file)?;
    let text = text::compile(&file, &draft);
    let agreement = agreement::Model {
        status: AgreementStatus::Locked,
        text_hash: Some(text::hash(&text)),
        text: Some(text),
        locked_at: Some(work.now()),
        check_number: Some(checks::new_number()?),
        ..draft
    };
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    store::save(work.db(), agreement.clone()).await?;
    let record = cases::record("agreement.locked", &file.case, &case);
    let reply = Reply::changed(case.version, Agreement::new(&app.settings, &file, agreement));
    work.commit(permit, record, reply).await
}

/// Records a signature of a party or of the presiding mediator.
pub(crate) async fn sign(
    app: &App,
    call: Allowed<can::SignAgreement>,
    case_id: Uuid,
    input: SignAgreement,
) -> Result<Reply<Agreement>> {
    let drawing = input.drawing.clone().filter(|_| input.method == SignatureMethod::Tablet);
    let Some(drawing) = drawing else {
        return Box::pin(enter(app, &call, case_id, input, None)).await;
    };
    // Nothing is drawn for somebody who would be refused anyway; the gates are the step's own,
    // which knows a repeat.
    let file = cases::sighted(app, &call, case_id).await?;
    call.permit(case_id, file.ownership())?;
    let drawn = drawings::make(app, drawing).await?;
    // From here on it is done to its end, also when the caller has gone: object and row are both
    // there then, or neither.
    let app = app.clone();
    let keeping = async move {
        let stored = drawings::store(&app, drawn).await?;
        let entered = enter(&app, &call, case_id, input, Some(stored.clone())).await;
        if entered.is_err()
            && let Err(error) = drawings::take_away(&app, &stored.key).await
        {
            tracing::warn!(%error, "a drawing without its signature is left");
        }
        entered
    };
    tokio::spawn(keeping.in_current_span()).await.map_err(Error::internal)?
}

async fn enter(
    app: &App,
    call: &Allowed<can::SignAgreement>,
    case_id: Uuid,
    input: SignAgreement,
    drawn: Option<Stored>,
) -> Result<Reply<Agreement>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    let agreement = present(&file)?;
    let signed_at = input.signed_at.unwrap_or(work.now());
    let asker = permit.actor_id();
    signing::check(&file, &agreement, &input, Occasion { asker, signed_at })?;
    let mut signing_code_id = None;
    if input.method == SignatureMethod::PhoneCode {
        match codes::redeem(&work, &agreement, &input).await? {
            Redeemed::Right(id) => signing_code_id = Some(id),
            Redeemed::Wrong(code) => {
                return Err(codes::keep_wrong_try(work, permit, &code).await?);
            }
        }
    }
    let (drawing_key, drawing_sha256) = drawn.map(|it| (it.key, it.sha256)).unzip();
    let signature = signature::Model {
        id: Uuid::now_v7(),
        case_id,
        agreement_id: agreement.id,
        signer: input.signer,
        party_id: input.party_id,
        agent_id: input.agent_id,
        mediator_id: (input.signer == SignerKind::Mediator).then_some(asker),
        method: input.method,
        signed_at,
        place: input.place,
        text_hash: input.text_hash,
        witness: input.witness,
        scan_evidence_id: input.scan_evidence_id,
        drawing_key,
        drawing_sha256,
        signing_code_id,
    };
    file.signatures.push(signature.clone());
    if let Some((wishes, party_id)) = input.wishes_confirmation.zip(input.party_id) {
        let consent = wish(&signature, party_id, wishes, asker);
        consents::insert_consent(work.db(), consent.clone()).await?;
        file.consents.push(consent);
    }
    let done = act(&work, &permit, &file, agreement, "agreement.signed").await?;
    store::insert_signature(work.db(), signature).await?;
    let agreement = Agreement::new(&app.settings, &file, done.agreement);
    let reply = Reply::created(location(case_id), done.case.version, agreement);
    work.commit(permit, done.record, reply).await
}

/// What a party says with its signature about asking a court to confirm (PML 33; CPL 205).
fn wish(signature: &signature::Model, party_id: Uuid, wishes: bool, asker: Uuid) -> consent::Model {
    consent::Model {
        id: Uuid::now_v7(),
        case_id: signature.case_id,
        party_id,
        subject: ConsentSubject::Confirmation,
        invitation_id: None,
        decision: if wishes { ConsentDecision::Given } else { ConsentDecision::Refused },
        declared_at: signature.signed_at,
        manner: match signature.method {
            SignatureMethod::PhoneCode => Manner::Sms,
            _ => Manner::Written,
        },
        note: Some("签署调解协议时一并表示。".to_owned()),
        recorded_by: asker,
    }
}

/// What was drawn as a signature under this or an earlier revision.
pub(super) async fn drawing(
    app: &App,
    call: &Allowed<can::ReadSignatureDrawing>,
    case_id: Uuid,
    signature_id: Uuid,
) -> Result<PngPicture> {
    let file = cases::sighted(app, call, case_id).await?;
    let signature = file.signatures.into_iter().find(|it| it.id == signature_id);
    let drawn = signature.and_then(|it| it.drawing_key.zip(it.drawing_sha256));
    let (key, sha256) = drawn.ok_or(Error::NotFound)?;
    let content = app.storage.read(&key, None).await?;
    let missing = || Error::internal(format!("the object {key} is missing"));
    Ok(PngPicture { sha256, content: content.ok_or_else(missing)? })
}

/// Puts the seal on it.
pub(crate) async fn seal(
    app: &App,
    call: &Allowed<can::SealAgreement>,
    case_id: Uuid,
    office_id: Uuid,
) -> Result<Reply<Agreement>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let office = offices::find(work.db(), office_id)
        .await?
        .ok_or_else(|| Error::unknown_reference("/office_id", office_id))?;
    rules::check_seal(&file, &office)?;
    let agreement = agreement::Model {
        seal_office_id: Some(office_id),
        sealed_at: Some(work.now()),
        sealed_by: Some(permit.actor_id()),
        ..present(&file)?
    };
    let done = act(&work, &permit, &file, agreement, "agreement.sealed").await?;
    let agreement = Agreement::new(&app.settings, &file, done.agreement);
    work.commit(permit, done.record, Reply::changed(done.case.version, agreement)).await
}

/// What one of the acts of PML 29 came to.
struct Act {
    case: case::Model,
    agreement: agreement::Model,
    record: Record,
}

/// Writes case and agreement after one of the acts of PML 29. The last of them puts the
/// agreement in force and moves the case on.
async fn act(
    work: &Work,
    permit: &Permit,
    file: &CaseFile,
    agreement: agreement::Model,
    kind: &'static str,
) -> Result<Act> {
    let act = match rules::effective_at(file, &agreement) {
        None => {
            let case = cases::advance(work, permit, &file.case, |_| {}).await?;
            Act { record: cases::record(kind, &file.case, &case), case, agreement }
        }
        Some(at) => {
            let case = cases::advance_to(work, &file.case, state::ONCE_IN_FORCE, |case| {
                case.outcome = Some(Outcome::Agreement);
                case.ended_at = Some(at);
            })
            .await?;
            let agreement = agreement::Model {
                status: AgreementStatus::InForce,
                effective_on: rules::effective_on(file, &agreement),
                ..agreement
            };
            let record = cases::record(kind, &file.case, &case);
            Act { record: took_effect(record, &case, &agreement), case, agreement }
        }
    };
    store::save(work.db(), act.agreement.clone()).await?;
    Ok(act)
}

/// Tells others, beside the act itself, that an agreement is in force.
fn took_effect(record: Record, case: &case::Model, agreement: &agreement::Model) -> Record {
    let data = json!({
        "case_number": case.case_number,
        "status": case.status,
        "outcome": case.outcome,
        "version": case.version,
        "agreement_id": agreement.id,
        "revision": agreement.revision,
        "effective_on": agreement.effective_on,
    });
    record.and("agreement.took_effect", Subject::case(case.id), data)
}

/// Records an agreement by word of mouth: in force on the day it is reached (PML 30).
pub(crate) async fn record_oral(
    app: &App,
    call: &Allowed<can::RecordOralAgreement>,
    case_id: Uuid,
    input: DraftAgreement,
    reached_at: DateTime<Utc>,
    waiver: Option<DocumentWaiver>,
) -> Result<Reply<Agreement>> {
    let work = app.begin(call).await?;
    let Step { mut file, permit } = cases::step(&work, call, case_id, None).await?;
    rules::check_oral(&input, reached_at, &file)?;
    rules::check_waiver(&file, waiver)?;
    let case = cases::advance(&work, &permit, &file.case, |case| {
        case.outcome = Some(Outcome::OralAgreement);
        case.ended_at = Some(reached_at);
    })
    .await?;
    let agreement = revise(&work, &mut file, input, |it| {
        it.form = AgreementForm::Oral;
        it.document_waiver = waiver;
        it.status = AgreementStatus::InForce;
        it.effective_on = Some(shanghai_day(reached_at));
    })
    .await?;
    let record = cases::record("oral_agreement.recorded", &file.case, &case);
    let record = took_effect(record, &case, &agreement);
    let agreement = Agreement::new(&app.settings, &file, agreement);
    work.commit(permit, record, Reply::created(location(case_id), case.version, agreement)).await
}

/// Where an agreement is read.
fn location(case_id: Uuid) -> String {
    format!("{}/agreement", cases::location(case_id))
}
