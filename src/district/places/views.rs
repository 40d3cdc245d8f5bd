//! What is answered about service points, buildings, and what is near.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::district::geo::{self, Place, by_distance};
use crate::district::hours::{self, OpeningHours};
use crate::entity::{building, service_point};
use crate::words::ServicePointKind;

/// How many buildings are told to be near.
const NEAR: usize = 5;

/// Where the district finds the station (服务点).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ServicePoint {
    pub id: Uuid,
    pub kind: ServicePointKind,
    pub name: String,
    pub address: String,
    /// Degrees north, WGS-84.
    pub latitude: f64,
    /// Degrees east, WGS-84.
    pub longitude: f64,
    /// The circle it serves, in metres.
    pub radius_m: i32,
    /// In the order of the week.
    pub opening_hours: Vec<OpeningHours>,
    pub phone: Option<String>,
    /// The office of the network that works there.
    pub office_id: Option<Uuid>,
    /// Whether people are sent there.
    pub active: bool,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl From<service_point::Model> for ServicePoint {
    fn from(it: service_point::Model) -> Self {
        let place = place_of_point(&it);
        Self {
            id: it.id,
            kind: it.kind,
            name: it.name,
            address: it.address,
            latitude: place.latitude(),
            longitude: place.longitude(),
            radius_m: it.radius_m,
            opening_hours: hours::of_column(&it.opening_hours),
            phone: it.phone,
            office_id: it.office_id,
            active: it.active,
            version: it.version,
            created_at: it.created_at,
        }
    }
}

/// The nearest active service point.
#[derive(Debug, Object)]
pub struct NearestServicePoint {
    pub id: Uuid,
    pub kind: ServicePointKind,
    pub name: String,
    /// As the crow flies.
    pub distance_m: u32,
    /// Whether the place lies in the circle it serves.
    pub within_circle: bool,
    /// Whether it is open now.
    pub open_now: bool,
}

/// A building of the district (楼宇).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Building {
    pub id: Uuid,
    pub name: String,
    pub address: String,
    /// Degrees north, WGS-84.
    pub latitude: f64,
    /// Degrees east, WGS-84.
    pub longitude: f64,
    /// The company that manages it (物业).
    pub managing_company: Option<String>,
    /// Whether it is still there.
    pub active: bool,
    /// Found by distance; absent while no service point is active.
    pub service_point: Option<NearestServicePoint>,
    /// The version for `If-Match`.
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A building that is near.
#[derive(Debug, Object)]
pub struct NearBuilding {
    pub id: Uuid,
    pub name: String,
    pub address: String,
    /// As the crow flies.
    pub distance_m: u32,
}

/// What is near a place in the district.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Surroundings {
    /// Degrees north, WGS-84.
    pub latitude: f64,
    /// Degrees east, WGS-84.
    pub longitude: f64,
    /// Absent while no service point is active.
    pub service_point: Option<NearestServicePoint>,
    /// The nearest active buildings, at most five.
    pub buildings: Vec<NearBuilding>,
}

pub(super) fn place_of_point(it: &service_point::Model) -> Place {
    Place { latitude_e6: it.latitude_e6, longitude_e6: it.longitude_e6 }
}

pub(super) fn place_of_building(it: &building::Model) -> Place {
    Place { latitude_e6: it.latitude_e6, longitude_e6: it.longitude_e6 }
}

/// The nearest of `points`, which are the active ones.
fn nearest(
    from: Place,
    points: &[service_point::Model],
    now: DateTime<Utc>,
) -> Option<NearestServicePoint> {
    let (point, distance_m) = by_distance(from, points, place_of_point).into_iter().next()?;
    Some(NearestServicePoint {
        id: point.id,
        kind: point.kind,
        name: point.name.clone(),
        distance_m,
        within_circle: i64::from(distance_m) <= i64::from(point.radius_m),
        open_now: hours::is_open(&hours::of_column(&point.opening_hours), now),
    })
}

impl Building {
    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        Place {
            latitude_e6: geo::millionths(self.latitude),
            longitude_e6: geo::millionths(self.longitude),
        }
    }

    /// With the nearest of the active service `points`.
    pub fn of(it: building::Model, points: &[service_point::Model], now: DateTime<Utc>) -> Self {
        let place = place_of_building(&it);
        Self {
            id: it.id,
            name: it.name,
            address: it.address,
            latitude: place.latitude(),
            longitude: place.longitude(),
            managing_company: it.managing_company,
            active: it.active,
            service_point: nearest(place, points, now),
            version: it.version,
            created_at: it.created_at,
        }
    }
}

impl Surroundings {
    /// What of the active `points` and `buildings` is near.
    pub fn of(
        place: Place,
        points: &[service_point::Model],
        buildings: &[building::Model],
        now: DateTime<Utc>,
    ) -> Self {
        let near = |(it, distance_m): (&building::Model, u32)| NearBuilding {
            id: it.id,
            name: it.name.clone(),
            address: it.address.clone(),
            distance_m,
        };
        let buildings = by_distance(place, buildings, place_of_building);
        Self {
            latitude: place.latitude(),
            longitude: place.longitude(),
            service_point: nearest(place, points, now),
            buildings: buildings.into_iter().take(NEAR).map(near).collect(),
        }
    }
}
