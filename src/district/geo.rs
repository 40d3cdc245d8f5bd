//! Places on the ground and how far they are from each other. Pure.

use crate::error::Fault;
use crate::language::Text;

/// Mean radius of the earth in metres (IUGG). On the few kilometres of a district the sphere is
/// off by less than half a percent.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// What a coordinate may be, in degrees: the district is centred on 31.183° N, 121.433° E and
/// measures 13 km from north to south and 7 km from east to west (its published figures); about
/// two kilometres are added on every side, so that a shop just across the border is still found.
const SOUTH: f64 = 31.08;
const NORTH: f64 = 31.24;
const WEST: f64 = 121.37;
const EAST: f64 = 121.49;

/// The circle that a service point serves unless it says otherwise (500米服务圈).
pub(super) const CIRCLE_M: i32 = 500;

/// A place in the district: WGS-84, in millionths of a degree, which is a tenth of a metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub latitude_e6: i32,
    pub longitude_e6: i32,
}

impl Place {
    /// A place given in degrees, if it lies in the district. The faults point at `latitude` and
    /// `longitude` behind `pointer`.
    pub fn in_district(latitude: f64, longitude: f64, pointer: &str) -> Result<Self, Vec<Fault>> {
        // NaN lies in no range.
        let fault = |name: &str, (zh, en): (&str, &str), least: f64, most: f64| {
            let detail = Text::new(
                format!("{zh}应在{least}至{most}度之间（本区范围，WGS-84），请核对坐标。"),
                format!(
                    "The {en} must be between {least} and {most} degrees (the district, WGS-84); \
                     check the coordinates."
                ),
            );
            Fault::new(format!("{pointer}{name}"), "outside_district", detail)
        };
        let mut faults = Vec::new();
        if !(SOUTH..=NORTH).contains(&latitude) {
            faults.push(fault("latitude", ("纬度", "latitude"), SOUTH, NORTH));
        }
        if !(WEST..=EAST).contains(&longitude) {
            faults.push(fault("longitude", ("经度", "longitude"), WEST, EAST));
        }
        if faults.is_empty() {
            Ok(Self { latitude_e6: millionths(latitude), longitude_e6: millionths(longitude) })
        } else {
            Err(faults)
        }
    }

    pub fn latitude(self) -> f64 {
        f64::from(self.latitude_e6) / 1e6
    }

    pub fn longitude(self) -> f64 {
        f64::from(self.longitude_e6) / 1e6
    }

    /// The distance along the great circle in whole metres (haversine, which stays exact for
    /// places that are close).
    pub fn metres_to(self, other: Self) -> u32 {
        let [latitude, other_latitude] = [self, other].map(|it| it.latitude().to_radians());
        let half = |difference: f64| (difference / 2.0).sin().powi(2);
        let chord = half(latitude - other_latitude)
            + latitude.cos()
                * other_latitude.cos()
                * half((self.longitude() - other.longitude()).to_radians());
        whole_metres(2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "360 million fit; it was checked before")]
pub(super) fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a distance on the earth, 0 to 20,015,115"
)]
fn whole_metres(metres: f64) -> u32 {
    metres.round() as u32
}

/// Everything by its distance from `from`, the nearest first; of equally near ones the earlier
/// first.
pub(super) fn by_distance<T>(
    from: Place,
    all: &[T],
    place: impl Fn(&T) -> Place,
) -> Vec<(&T, u32)> {
    let mut found: Vec<(&T, u32)> = all.iter().map(|it| (it, from.metres_to(place(it)))).collect();
    found.sort_by_key(|(_, metres)| *metres);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place::in_district(latitude, longitude, "/").unwrap()
    }

    /// Reference values: the lengths of a degree on the ellipsoid of WGS-84 at this latitude, which
    /// the sphere meets within 0.4 %.
    #[test]
    fn distances_are_those_of_the_map() {
        let here = place(31.1953, 121.4365);
        for (latitude, longitude, metres) in [
            (31.1953, 121.4365, 0.0),
            // A thousandth of a degree to the north, to the east, and both.
            (31.1963, 121.4365, 110.9),
            (31.1953, 121.4375, 95.3),
            (31.1963, 121.4375, 146.2),
            (31.1000, 121.4365, 10_566.0),
        ] {
            let found = f64::from(here.metres_to(place(latitude, longitude)));
            let off = (found - metres).abs();
            assert!(off <= 0.5 + metres * 0.004, "{latitude} {longitude}: {found}, not {metres}");
        }
    }

    #[test]
    fn a_distance_is_the_same_both_ways_and_what_is_nearest_comes_first() {
        let (one, other) = (place(31.19, 121.43), place(31.2, 121.45));
        assert_eq!(one.metres_to(other), other.metres_to(one));
        let all = [other, one, other];
        let found = by_distance(one, &all, |it| *it);
        assert_eq!(found[0].1, 0);
        assert!(std::ptr::eq(found[1].0, &raw const all[0]), "the earlier of two first");
    }

    #[test]
    fn what_lies_outside_of_the_district_is_named() {
        for (latitude, longitude, expected) in [
            (31.08, 121.37, &[][..]),
            (31.24, 121.49, &[]),
            (31.079_999, 121.43, &["?latitude"]),
            (31.2, 121.490_001, &["?longitude"]),
            // Latitude and longitude exchanged, another city, no place at all.
            (121.43, 31.2, &["?latitude", "?longitude"]),
            (39.9, 116.4, &["?latitude", "?longitude"]),
            (0.0, 0.0, &["?latitude", "?longitude"]),
            (f64::NAN, 121.43, &["?latitude"]),
            (31.2, f64::INFINITY, &["?longitude"]),
        ] {
            let faults = Place::in_district(latitude, longitude, "?").err().unwrap_or_default();
            let pointers: Vec<&str> = faults.iter().map(|it| it.pointer.as_str()).collect();
            assert_eq!(pointers, expected, "{latitude} {longitude}");
            assert!(faults.iter().all(|it| it.code == "outside_district"));
        }
    }

    #[test]
    fn what_was_given_is_what_is_shown() {
        let found = place(31.195_312, 121.436_587);
        assert_eq!((found.latitude_e6, found.longitude_e6), (31_195_312, 121_436_587));
        assert!((found.latitude() - 31.195_312).abs() < 1e-9);
        assert!((found.longitude() - 121.436_587).abs() < 1e-9);
    }
}
