//! The district around the station: service points, buildings, enterprises, liaisons, rooms, visits.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            vec![
                // Coordinates are millionths of a degree, here and below.
                table(
                    "service_points",
                    vec![
                        key("id"),
                        text("kind"),
                        text("name"),
                        text("address"),
                        small_number("latitude_e6"),
                        small_number("longitude_e6"),
                        small_number("radius_m"),
                        text("opening_hours"),
                        optional(text("phone")),
                        // The office that works there, where it is one of the network.
                        optional(uuid("office_id")),
                        truth("active"),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[("office_id", "offices")],
                ),
                table(
                    "buildings",
                    vec![
                        key("id"),
                        text("name"),
                        text("address"),
                        small_number("latitude_e6"),
                        small_number("longitude_e6"),
                        optional(text("managing_company")),
                        truth("active"),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[],
                ),
                table(
                    "enterprises",
                    vec![
                        key("id"),
                        text("credit_code"),
                        text("name"),
                        text("kind"),
                        text("trade"),
                        optional(uuid("building_id")),
                        optional(text("floor")),
                        optional(text("unit")),
                        truth("is_key"),
                        text("status"),
                        // A public one; a person's phone is never kept here.
                        optional(text("phone")),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[("building_id", "buildings")],
                ),
                // A duty at a building, no personal data.
                table(
                    "liaisons",
                    vec![
                        key("id"),
                        uuid("building_id"),
                        text("organization"),
                        text("duty"),
                        optional(text("phone")),
                        optional(uuid("user_id")),
                        truth("active"),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[("building_id", "buildings"), ("user_id", "users")],
                ),
                // Of a service point or lent by an enterprise.
                table(
                    "rooms",
                    vec![
                        key("id"),
                        text("name"),
                        optional(uuid("service_point_id")),
                        optional(uuid("enterprise_id")),
                        optional(text("place")),
                        small_number("capacity"),
                        text("opening_hours"),
                        text("equipment"),
                        truth("active"),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[("service_point_id", "service_points"), ("enterprise_id", "enterprises")],
                ),
                table(
                    "visits",
                    vec![
                        key("id"),
                        uuid("enterprise_id"),
                        day("visited_on"),
                        uuid("visited_by"),
                        text("purpose"),
                        text("findings"),
                        optional(day("follow_up_on")),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[
                        ("enterprise_id", "enterprises"),
                        ("visited_by", "users"),
                        ("recorded_by", "users"),
                    ],
                ),
            ],
        )
        .await?;
        index(manager, "service_points", &["name"], true).await?;
        index(manager, "buildings", &["name"], true).await?;
        index(manager, "enterprises", &["credit_code"], true).await?;
        index(manager, "enterprises", &["building_id", "id"], false).await?;
        index(manager, "liaisons", &["building_id"], false).await?;
        // Where the owner is empty, no two rows are alike.
        index(manager, "rooms", &["service_point_id", "name"], true).await?;
        index(manager, "rooms", &["enterprise_id", "name"], true).await?;
        index(manager, "visits", &["enterprise_id", "visited_on"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["visits", "rooms", "liaisons", "enterprises", "buildings", "service_points"],
        )
        .await
    }
}
