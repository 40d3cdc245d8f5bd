//! Registering and correcting a case, asking for supplements.

use chrono::NaiveDate;
use uuid::Uuid;

use super::api::{RegisterCase, UpdateCase};
use super::facts::{self, ComplaintFacts};
use super::store;
use super::views::Supplement;
use crate::access::{Allowed, Reach, Subject, can};
use crate::app::App;
use crate::cases::{self, Case, Step};
use crate::clock::shanghai_day;
use crate::database::{Reply, Work};
use crate::duplicates;
use crate::entity::{case, party, supplement};
use crate::error::{Error, Fault, Result};
use crate::language::Text;
use crate::offices;
use crate::parties;
use crate::search;
use crate::tracks;
use crate::words::{CaseStatus, Channel, Manner, PartyRole, SupplementStatus, Track};

/// Registers a dispute with its parties and claims: all of it or nothing.
pub(crate) async fn register(
    app: &App,
    call: &Allowed<can::RegisterCase>,
    input: RegisterCase,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let now = work.now();
    let requested_at = input.requested_at.unwrap_or(now);
    let mut faults = Vec::new();
    if let Err(Error::Invalid(found)) = cases::not_in_future("/requested_at", requested_at, now) {
        faults.extend(found);
    }
    faults.extend(purchase_fault(input.purchased_on, shanghai_day(now)));
    for (place, claim) in input.claims.iter().enumerate() {
        let found = parties::check_claim(claim, &format!("/claims/{place}"));
        faults.extend(found.err().into_iter().flatten());
    }
    if let Some(received_at) = input.received_at
        && let Err(Error::Invalid(found)) = cases::not_in_future("/received_at", received_at, now)
    {
        faults.extend(found);
    }
    if input.order_kind.is_some() && input.channel != Channel::Hotline12345 {
        faults.push(Fault::new(
            "/order_kind",
            "not_applicable",
            Text::new(
                "只有 12345 热线工单才填写工单类型。",
                "Only an order of the 12345 hotline has a kind.",
            ),
        ));
    }
    let actor = call.actor();
    let office_id = input.office_id.unwrap_or(actor.office_id);
    let elsewhere = office_id != actor.office_id;
    if elsewhere && call.action().reach(actor.role) != Reach::Any {
        faults.push(Fault::new(
            "/office_id",
            "not_your_office",
            Text::new(
                "只能登记由本机构办理的案件。",
                "You can register cases of your own office only.",
            ),
        ));
    } else if elsewhere && offices::find(work.db(), office_id).await?.is_none() {
        return Err(Error::unknown_reference("/office_id", office_id));
    }
    faults.extend(track_fault(&work, input.track, office_id).await?);
    let case = case::Model {
        id: Uuid::now_v7(),
        case_number: None,
        office_id,
        registered_by: actor.id,
        channel: input.channel,
        legal_basis: input.legal_basis,
        external_number: input.external_number,
        track: input.track,
        status: CaseStatus::Registered,
        outcome: None,
        outcome_reason: None,
        outcome_explanation: None,
        title: input.title,
        facts: input.facts,
        category: input.category,
        subject_kind: input.subject_kind,
        subject_name: input.subject_name,
        purchased_on: input.purchased_on,
        price_fen: input.price_fen,
        bought_online: input.bought_online,
        prepaid_card: input.prepaid_card,
        complex: input.complex,
        sensitive: input.sensitive,
        order_kind: input.order_kind,
        requested_at,
        received_at: input.received_at.unwrap_or(now),
        accepted_at: None,
        mediation_started_at: None,
        termination_decided_at: None,
        termination_reason: None,
        termination_explanation: None,
        ended_at: None,
        closed_at: None,
        archived_at: None,
        retention: None,
        page_count: None,
        file_hash: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    cases::insert_case(work.db(), case.clone()).await?;
    cases::add_member(work.db(), case.id, actor.id).await?;
    let mut party_rows = Vec::new();
    for (ordinal, (place, party)) in (1..).zip(input.parties.iter().enumerate()) {
        let place = format!("/parties/{place}");
        match parties::insert_party(&work, case.id, ordinal, party, &place).await {
            Ok(party) => party_rows.push(party),
            Err(Error::Invalid(found)) => faults.extend(found),
            Err(other) => return Err(other),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    for (ordinal, claim) in (1..).zip(input.claims) {
        parties::insert_claim(&work, case.id, ordinal, claim).await?;
    }
    let permit = call.permit_here(Subject::case(case.id));
    let found = duplicates::enter(&work, &case, &party_rows).await?;
    search::enter_case(work.db(), &case, &party_rows).await?;
    let record = cases::record("case.registered", &case, &case).with(found);
    let reply = Reply::created(cases::location(case.id), 1, Case::new(case, party_rows));
    work.commit(permit, record, reply).await
}

/// A case begins on the committee's track or on the authority's own, in an office of that name.
async fn track_fault(work: &Work, track: Track, office_id: Uuid) -> Result<Option<Fault>> {
    if track == Track::EntrustedMediation {
        return Ok(Some(Fault::new(
            "/track",
            "not_a_beginning",
            Text::new(
                "委托调解由行政调解案件委托而来，不能直接登记。",
                "A case is entrusted by the authority; it begins as administrative mediation.",
            ),
        )));
    }
    let office = offices::find(work.db(), office_id).await?;
    let fits = office.is_none_or(|it| tracks::rules(track).handled_by.contains(&it.kind));
    Ok((!fits).then(|| {
        Fault::new(
            "/track",
            "wrong_office",
            Text::new(
                "行政调解案件由市场监督管理部门办理，请填写市场监管所。",
                "Administrative mediation is the authority's own: name an office of market \
                 supervision.",
            ),
        )
    }))
}

fn purchase_fault(purchased_on: Option<NaiveDate>, today: NaiveDate) -> Option<Fault> {
    purchased_on.filter(|it| *it > today).map(|_| {
        Fault::new(
            "/purchased_on",
            "in_future",
            Text::new("购买日期晚于今天。", "The day of purchase is in the future."),
        )
    })
}

/// Corrects what was registered; what is absent stays.
pub(super) async fn update(
    app: &App,
    call: &Allowed<can::UpdateCase>,
    case_id: Uuid,
    input: UpdateCase,
) -> Result<Reply<Case>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    if let Some(fault) = purchase_fault(input.purchased_on, file.today()) {
        return Err(Error::Invalid(vec![fault]));
    }
    let case = cases::advance(&work, &permit, &file.case, |case| {
        let UpdateCase {
            title,
            facts,
            category,
            subject_kind,
            subject_name,
            purchased_on,
            price_fen,
            bought_online,
            prepaid_card,
            complex,
            sensitive,
            external_number,
        } = input;
        set(&mut case.title, title);
        set(&mut case.facts, facts);
        set(&mut case.category, category);
        set(&mut case.subject_kind, subject_kind);
        set(&mut case.subject_name, subject_name);
        set(&mut case.bought_online, bought_online);
        set(&mut case.prepaid_card, prepaid_card);
        set(&mut case.complex, complex);
        set(&mut case.sensitive, sensitive);
        set(&mut case.purchased_on, purchased_on.map(Some));
        set(&mut case.price_fen, price_fen.map(Some));
        set(&mut case.external_number, external_number.map(Some));
    })
    .await?;
    let record = cases::record("case.updated", &file.case, &case);
    let reply = Reply::changed(case.version, Case::new(case, file.parties));
    work.commit(permit, record, reply).await
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Counts over the other cases of the last twelve months, whoever handles them: numbers, never
/// which. For the eyes of who decides; nothing else may call it.
pub(super) async fn read_complaint_facts(
    app: &App,
    call: &Allowed<can::ReadComplaintFacts>,
    case_id: Uuid,
) -> Result<ComplaintFacts> {
    let file = cases::sighted(app, call, case_id).await?;
    let db = app.database.reader();
    let is_applicant = |it: &&party::Model| it.role == PartyRole::Applicant;
    let applicants: Vec<Uuid> = file.parties.iter().filter(is_applicant).map(|it| it.id).collect();
    let since = facts::since(file.now);
    let shared = parties::shared_by_applicants(db, case_id, &applicants, since).await?;
    let same = facts::of_same_applicant(&file.parties, &shared);
    let respondents = parties::respondents_of(db, &same).await?;
    let counts = facts::count(&file.parties, file.case.category, &shared, &respondents);
    Ok(ComplaintFacts::new(since, &counts, call.facts().language))
}

pub(super) async fn list_supplements(
    app: &App,
    call: &Allowed<can::ListSupplements>,
    case_id: Uuid,
) -> Result<(i64, Vec<Supplement>)> {
    let file = cases::sighted(app, call, case_id).await?;
    Ok((file.case.version, file.supplements.into_iter().map(Supplement::from).collect()))
}

/// Asks the applicant to add what is missing (O121 10-11).
pub(crate) async fn request_supplement(
    app: &App,
    call: &Allowed<can::RequestSupplement>,
    case_id: Uuid,
    items: String,
    due_on: NaiveDate,
    manner: Manner,
) -> Result<Reply<Supplement>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    if due_on < file.today() {
        return Err(Error::invalid(
            "/due_on",
            "in_past",
            Text::new("补正期限早于今天。", "The day to supplement by has passed."),
        ));
    }
    let supplement = supplement::Model {
        id: Uuid::now_v7(),
        case_id,
        items,
        due_on,
        manner,
        status: SupplementStatus::Open,
        requested_by: permit.actor_id(),
        requested_at: work.now(),
        answer: None,
        answered_at: None,
    };
    store::insert_supplement(work.db(), supplement.clone()).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("supplement.requested", &file.case, &case);
    let location = format!("{}/supplements", cases::location(case_id));
    work.commit(permit, record, Reply::created(location, case.version, supplement.into())).await
}

/// Records that the supplement came.
pub(crate) async fn answer_supplement(
    app: &App,
    call: &Allowed<can::AnswerSupplement>,
    case_id: Uuid,
    supplement_id: Uuid,
    answer: String,
) -> Result<Reply<Supplement>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, Some(supplement_id)).await?;
    let found = file.supplements.iter().find(|it| it.id == supplement_id);
    let mut supplement = found.cloned().ok_or(Error::NotFound)?;
    store::answer_supplement(work.db(), supplement_id, &answer, work.now()).await?;
    supplement.status = SupplementStatus::Answered;
    supplement.answer = Some(answer);
    supplement.answered_at = Some(work.now());
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let record = cases::record("supplement.answered", &file.case, &case);
    work.commit(permit, record, Reply::changed(case.version, supplement.into())).await
}
