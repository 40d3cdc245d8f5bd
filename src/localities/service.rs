//! Finding where a case belongs, and correcting it.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::api::CorrectLocality;
use super::store;
use super::views::{LocalServicePoint, Locality};
use crate::access::{Allowed, Subject, can};
use crate::app::App;
use crate::cases::{self, CaseFile, Step};
use crate::database::{Reply, Work};
use crate::district;
use crate::entity::locality_correction;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::words::{LocalitySource, PartyRole};

pub(super) async fn read(
    app: &App,
    call: &Allowed<can::ReadLocality>,
    case_id: Uuid,
) -> Result<(i64, Locality)> {
    let file = cases::sighted(app, call, case_id).await?;
    let db = app.database.reader();
    let corrected = store::last(db, case_id).await?;
    Ok((file.case.version, locality(db, &file, corrected).await?))
}

/// What was corrected counts; else the first respondent that the register knows by its code.
async fn locality(
    db: &impl ConnectionTrait,
    file: &CaseFile,
    corrected: Option<locality_correction::Model>,
) -> Result<Locality> {
    let mut enterprise = None;
    let respondents = file.parties.iter().filter(|it| it.role == PartyRole::Respondent);
    for code in respondents.filter_map(|it| it.credit_code.as_deref()) {
        enterprise = district::enterprise_by_credit_code(db, code).await?;
        if enterprise.is_some() {
            break;
        }
    }
    let by_register = enterprise.as_ref().and_then(|it| it.building_id);
    let building_id = corrected.as_ref().map_or(by_register, |it| it.building_id);
    let building = match building_id {
        Some(id) => district::located_building(db, id, file.now).await?,
        None => None,
    };
    let named = corrected.as_ref().and_then(|it| it.service_point_id);
    let service_point = match (named, &building) {
        (Some(id), building) => {
            let point = district::located_point(db, id).await?;
            point.map(|it| LocalServicePoint::named(it, building.as_ref()))
        }
        (None, Some(building)) => LocalServicePoint::nearest(building),
        (None, None) => None,
    };
    let liaisons = match building_id {
        Some(id) => district::liaisons_of(db, id).await?,
        None => Vec::new(),
    };
    let source = match (&corrected, &building) {
        (Some(_), _) => LocalitySource::Corrected,
        (None, Some(_)) => LocalitySource::CreditCode,
        (None, None) => LocalitySource::Unknown,
    };
    Ok(Locality {
        source,
        enterprise_id: enterprise.map(|it| it.id),
        building,
        service_point,
        liaisons,
        corrected_by: corrected.as_ref().map(|it| it.corrected_by),
        corrected_at: corrected.as_ref().map(|it| it.corrected_at),
        explanation: corrected.map(|it| it.explanation),
    })
}

/// Where an accepted case belongs, as it is told to whoever keeps the liaisons of a building
/// informed: ids, no person. None where the building is not known.
pub(crate) async fn announced(work: &Work, file: &CaseFile) -> Result<Option<serde_json::Value>> {
    let corrected = store::last(work.db(), file.case.id).await?;
    let found = locality(work.db(), file, corrected).await?;
    Ok(told(&found))
}

fn told(found: &Locality) -> Option<serde_json::Value> {
    let building = found.building.as_ref()?;
    let liaisons: Vec<Uuid> = found.liaisons.iter().map(|it| it.id).collect();
    Some(json!({
        "building_id": building.id,
        "service_point_id": found.service_point.as_ref().map(|it| it.id),
        "liaison_ids": liaisons,
    }))
}

pub(super) async fn correct(
    app: &App,
    call: &Allowed<can::CorrectLocality>,
    case_id: Uuid,
    input: CorrectLocality,
) -> Result<Reply<Locality>> {
    let work = app.begin(call).await?;
    let Step { file, permit } = cases::step(&work, call, case_id, None).await?;
    let CorrectLocality { building_id, service_point_id, explanation } = input;
    if let Some(id) = building_id
        && district::located_building(work.db(), id, work.now()).await?.is_none()
    {
        return Err(unknown("/building_id", id));
    }
    if let Some(id) = service_point_id
        && district::located_point(work.db(), id).await?.is_none()
    {
        return Err(unknown("/service_point_id", id));
    }
    let correction = locality_correction::Model {
        id: Uuid::now_v7(),
        case_id,
        building_id,
        service_point_id,
        explanation,
        corrected_by: permit.actor_id(),
        corrected_at: work.now(),
    };
    store::insert_correction(work.db(), correction.clone()).await?;
    let view = locality(work.db(), &file, Some(correction)).await?;
    let case = cases::advance(&work, &permit, &file.case, |_| {}).await?;
    let mut record = cases::record("locality.corrected", &file.case, &case);
    if let Some(found) = told(&view) {
        record = record.and("case.located", Subject::case(case_id), found);
    }
    work.commit(permit, record, Reply::changed(case.version, view)).await
}

fn unknown(pointer: &str, id: Uuid) -> Error {
    let detail = Text::new(
        format!("辖区数据中没有编号为 {id} 的楼宇或者服务点。"),
        format!("The district has no building or service point {id}."),
    );
    Error::invalid(pointer, "unknown_reference", detail)
}
