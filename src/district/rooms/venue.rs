//! A room as whoever books it has to know it.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::district::hours::{self, OpeningHours};
use crate::district::{enterprises, places};
use crate::error::Result;

/// Where a room is and when it may be used.
#[derive(Debug, Clone)]
pub(crate) struct Venue {
    pub id: Uuid,
    /// Owner, address, name and way to it, for people.
    pub address: String,
    /// Whether the room, and the service point it belongs to, may be used at all.
    pub active: bool,
    pub hours: Vec<OpeningHours>,
}

impl Venue {
    /// Whether it is open all the time from one instant to another.
    pub fn is_open(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        hours::covers(&self.hours, from, to)
    }
}

pub(crate) async fn venue(db: &impl ConnectionTrait, room_id: Uuid) -> Result<Option<Venue>> {
    let Some(room) = store::find(db, room_id).await? else { return Ok(None) };
    let (owner, active) = if let Some(id) = room.service_point_id {
        let point = places::find_point(db, id).await?;
        let active = point.as_ref().is_some_and(|it| it.active);
        (point.map(|it| format!("{}（{}）", it.name, it.address)), active)
    } else if let Some(id) = room.enterprise_id {
        (enterprises::find(db, id).await?.map(|it| it.name), true)
    } else {
        (None, true)
    };
    let within = room.place.as_ref().map(|it| format!("（{it}）"));
    let address = [owner.unwrap_or_default(), room.name, within.unwrap_or_default()].concat();
    Ok(Some(Venue {
        id: room.id,
        address,
        active: active && room.active,
        hours: hours::of_column(&room.opening_hours),
    }))
}
