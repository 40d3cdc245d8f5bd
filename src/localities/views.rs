//! What is answered about where a case belongs.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::district::{self, Building, Liaison};
use crate::entity::service_point;
use crate::words::{LocalitySource, ServicePointKind};

/// Where a case belongs in the district (属地).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Locality {
    /// How it was found.
    pub source: LocalitySource,
    /// The respondent's entry in the register of enterprises.
    pub enterprise_id: Option<Uuid>,
    pub building: Option<Building>,
    /// The service point that was named, or the one nearest to the building, with its distance
    /// and whether the building lies within the circle it serves.
    pub service_point: Option<LocalServicePoint>,
    /// Who the building is spoken to through.
    pub liaisons: Vec<Liaison>,
    /// Why it was corrected.
    pub explanation: Option<String>,
    pub corrected_by: Option<Uuid>,
    pub corrected_at: Option<DateTime<Utc>>,
}

/// The service point that a case belongs to.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LocalServicePoint {
    pub id: Uuid,
    pub kind: ServicePointKind,
    pub name: String,
    /// From the building, as the crow flies.
    pub distance_m: Option<u32>,
    /// Whether the building lies in the circle it serves.
    pub within_circle: Option<bool>,
}

impl LocalServicePoint {
    /// The point that was named.
    pub(super) fn named(point: service_point::Model, building: Option<&Building>) -> Self {
        let near = building.map(|it| district::metres_to_point(it, &point));
        Self {
            id: point.id,
            kind: point.kind,
            name: point.name,
            distance_m: near.map(|it| it.0),
            within_circle: near.map(|it| it.1),
        }
    }

    /// The point nearest to the building.
    pub(super) fn nearest(building: &Building) -> Option<Self> {
        let it = building.service_point.as_ref()?;
        Some(Self {
            id: it.id,
            kind: it.kind,
            name: it.name.clone(),
            distance_m: Some(it.distance_m),
            within_circle: Some(it.within_circle),
        })
    }
}
