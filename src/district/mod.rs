//! The district around the station: where people find it, the buildings and enterprises it
//! serves, who a building is spoken to through, the rooms it may use, and who was visited when.
//! Master data: nothing here knows a case, and no personal data is kept here.

mod enterprises;
mod geo;
mod hours;
mod liaisons;
mod places;
mod rooms;
mod rules;
mod visits;

pub use enterprises::Enterprise;
pub(crate) use enterprises::{
    enterprise_by_credit_code, import as import_enterprises, list as list_enterprises,
};
pub(crate) use hours::working_days;
pub(crate) use liaisons::{Liaison, WriteLiaison, create as create_liaison, liaisons_of};
pub(crate) use places::{
    Building, WriteBuilding, WriteServicePoint, create_building, create_point, located_building,
    located_point, metres_to_point, point_of_office,
};
pub(crate) use rooms::{Venue, WriteRoom, create as create_room, venue};
pub(crate) use visits::{RecordVisit, record as record_visit};

use crate::app::App;

/// The doors of the district.
pub type DistrictApi = (
    places::PlacesApi,
    liaisons::LiaisonsApi,
    rooms::RoomsApi,
    enterprises::EnterprisesApi,
    visits::VisitsApi,
);

/// Every door on this station.
pub fn api(app: &App) -> DistrictApi {
    (
        places::PlacesApi(app.clone()),
        liaisons::LiaisonsApi(app.clone()),
        rooms::RoomsApi(app.clone()),
        enterprises::EnterprisesApi(app.clone()),
        visits::VisitsApi(app.clone()),
    )
}
