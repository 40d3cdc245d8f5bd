//! What is answered about mediators.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use super::rules::{self, Availability};
use super::store::StrandedSeat;
use crate::entity::{absence, mediator_profile, user};
use crate::words::{
    AbsenceReason, CaseStatus, Category, ExclusionGround, MediatorKind, PanelSeat, Role,
    RosterState, SpokenLanguage,
};

/// Somebody who can sit on a panel.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Mediator {
    pub id: Uuid,
    pub display_name: String,
    pub role: Role,
    pub office_id: Uuid,
    pub kind: MediatorKind,
    pub specialities: Vec<Category>,
    pub languages: Vec<SpokenLanguage>,
    /// How many ordinary cases may be open at once.
    pub capacity: u32,
    /// Weight of the open cases, in tenths of an ordinary case.
    pub open_load: u32,
    /// The last day of an absence that lasts today.
    pub absent_until: Option<NaiveDate>,
    /// Whether an ordinary case can be given today.
    pub available: bool,
    /// Why not.
    pub unavailable_because: Vec<ExclusionGround>,
}

/// The profile of a mediator or an officer (调解员名册).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MediatorProfile {
    pub mediator_id: Uuid,
    pub display_name: String,
    pub role: Role,
    pub office_id: Uuid,
    pub kind: MediatorKind,
    /// First day of the engagement; absent while there is no profile.
    pub engaged_from: Option<NaiveDate>,
    /// Last day of the engagement.
    pub engaged_until: Option<NaiveDate>,
    pub roster_state: RosterState,
    pub specialities: Vec<Category>,
    pub languages: Vec<SpokenLanguage>,
    /// How many ordinary cases may be open at once.
    pub capacity: u32,
    /// Weight of the open cases, in tenths of an ordinary case.
    pub open_load: u32,
    /// Weight of the cases given within the window of the fair share, in tenths.
    pub recent_load: u32,
    /// Days of that window on which the person was engaged and there.
    pub available_days: u32,
    /// The last day of an absence that lasts today.
    pub absent_until: Option<NaiveDate>,
    /// Whether an ordinary case can be given today.
    pub available: bool,
    /// Why not.
    pub unavailable_because: Vec<ExclusionGround>,
    /// The version for `If-Match`; 0 while there is no profile.
    pub version: i64,
}

/// What a profile says, or what counts without one.
struct Said {
    kind: MediatorKind,
    specialities: Vec<Category>,
    languages: Vec<SpokenLanguage>,
}

fn said(person: &user::Model, profile: Option<&mediator_profile::Model>) -> Said {
    match profile {
        Some(it) => Said {
            kind: it.kind,
            specialities: rules::categories(&it.specialities),
            languages: rules::languages(&it.languages),
        },
        None => Said {
            kind: rules::usual_kind(person.role),
            specialities: Vec::new(),
            languages: vec![SpokenLanguage::Mandarin],
        },
    }
}

impl Mediator {
    pub(super) fn new(
        person: user::Model,
        profile: Option<&mediator_profile::Model>,
        availability: &Availability,
        today: NaiveDate,
    ) -> Self {
        let Said { kind, specialities, languages } = said(&person, profile);
        let unavailable_because = availability.hindrances(today, rules::ORDINARY);
        Self {
            id: person.id,
            display_name: person.display_name,
            role: person.role,
            office_id: person.office_id,
            kind,
            specialities,
            languages,
            capacity: availability.capacity,
            open_load: availability.open_load,
            absent_until: availability.absent_until,
            available: unavailable_because.is_empty(),
            unavailable_because,
        }
    }
}

impl MediatorProfile {
    pub(super) fn new(
        person: user::Model,
        profile: Option<&mediator_profile::Model>,
        availability: &Availability,
        today: NaiveDate,
    ) -> Self {
        let Said { kind, specialities, languages } = said(&person, profile);
        let unavailable_because = availability.hindrances(today, rules::ORDINARY);
        Self {
            mediator_id: person.id,
            display_name: person.display_name,
            role: person.role,
            office_id: person.office_id,
            kind,
            engaged_from: availability.engaged_from,
            engaged_until: availability.engaged_until,
            roster_state: availability.roster_state,
            specialities,
            languages,
            capacity: availability.capacity,
            open_load: availability.open_load,
            recent_load: availability.recent_load,
            available_days: availability.available_days,
            absent_until: availability.absent_until,
            available: unavailable_because.is_empty(),
            unavailable_because,
            version: profile.map_or(0, |it| it.version),
        }
    }
}

/// Days on which somebody is away (离岗).
#[derive(Debug, Object)]
pub struct Absence {
    pub id: Uuid,
    pub mediator_id: Uuid,
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    pub reason: AbsenceReason,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

impl From<absence::Model> for Absence {
    fn from(it: absence::Model) -> Self {
        let absence::Model { id, mediator_id, since, until, reason, recorded_by, recorded_at } = it;
        Self { id, mediator_id, since, until, reason, recorded_by, recorded_at }
    }
}

/// A seat on an open case whose holder cannot go on (待交接).
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct StrandedAssignment {
    pub assignment_id: Uuid,
    pub case_id: Uuid,
    pub case_number: Option<String>,
    pub case_status: CaseStatus,
    pub seat: PanelSeat,
    pub mediator_id: Uuid,
    pub display_name: String,
    /// Why the person cannot go on.
    pub grounds: Vec<ExclusionGround>,
}

impl StrandedAssignment {
    pub(super) fn new(it: StrandedSeat, grounds: Vec<ExclusionGround>) -> Self {
        Self {
            grounds,
            assignment_id: it.assignment_id,
            case_id: it.case_id,
            case_number: it.case_number,
            case_status: it.case_status,
            seat: it.seat,
            mediator_id: it.mediator_id,
            display_name: it.display_name,
        }
    }
}
