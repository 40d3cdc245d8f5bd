//! Rooms of hearings, what is booked and held, the parties' times, secret calendar links.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let room = optional(uuid("room_id"));
        let change = Table::alter().table("hearings").add_column(room).to_owned();
        manager.alter_table(change).await?;
        create(
            manager,
            vec![
                // A room kept for a short while, before a hearing is scheduled in it.
                table(
                    "room_holds",
                    vec![
                        key("id"),
                        uuid("room_id"),
                        uuid("held_by"),
                        instant("starts_at"),
                        instant("ends_at"),
                        instant("held_at"),
                        instant("expires_at"),
                        // Booked or given back.
                        optional(instant("ended_at")),
                    ],
                    &[("room_id", "rooms"), ("held_by", "users")],
                ),
                // One row for five minutes of one room, mediator or party: of a case or of a hold.
                table(
                    "bookings",
                    vec![
                        key("id"),
                        text("resource"),
                        text("resource_key"),
                        number("slot"),
                        optional(uuid("case_id")),
                        optional(uuid("hold_id")),
                        optional(instant("expires_at")),
                    ],
                    &[("case_id", "cases"), ("hold_id", "room_holds")],
                ),
                // When a party could come, and when not.
                table(
                    "party_times",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        text("stance"),
                        instant("starts_at"),
                        instant("ends_at"),
                        optional(text("note")),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties"), ("recorded_by", "users")],
                ),
                // The calendar of a mediator or of a room for whoever has the link. Of the secret
                // only a hash is kept.
                table(
                    "calendar_feeds",
                    vec![
                        key("id"),
                        optional(uuid("mediator_id")),
                        optional(uuid("room_id")),
                        text("token_hash"),
                        uuid("created_by"),
                        instant("created_at"),
                        optional(instant("revoked_at")),
                    ],
                    &[("mediator_id", "users"), ("room_id", "rooms"), ("created_by", "users")],
                ),
            ],
        )
        .await?;
        // What holds that nothing is booked twice.
        index(manager, "bookings", &["resource", "resource_key", "slot"], true).await?;
        index(manager, "bookings", &["case_id"], false).await?;
        index(manager, "bookings", &["hold_id"], false).await?;
        index(manager, "room_holds", &["room_id", "expires_at"], false).await?;
        index(manager, "party_times", &["case_id"], false).await?;
        index(manager, "calendar_feeds", &["token_hash"], true).await?;
        index(manager, "calendar_feeds", &["mediator_id"], false).await?;
        index(manager, "calendar_feeds", &["room_id"], false).await?;
        // A room's calendar.
        index(manager, "hearings", &["room_id", "starts_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["calendar_feeds", "party_times", "bookings", "room_holds"]).await?;
        let by_room =
            Index::drop().name("ix_hearings_room_id_starts_at").table("hearings").to_owned();
        manager.drop_index(by_room).await?;
        let change = Table::alter().table("hearings").drop_column("room_id").to_owned();
        manager.alter_table(change).await
    }
}
