//! From acceptance to the last hearing.

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
                // Others who are invited to take part.
                table(
                    "invitations",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("name"),
                        optional(text("organization")),
                        text("capacity"),
                        uuid("invited_by"),
                        instant("invited_at"),
                    ],
                    &[("case_id", "cases"), ("invited_by", "users")],
                ),
                // What each party agreed to or refused; the latest counts.
                table(
                    "consents",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        text("subject"),
                        optional(uuid("invitation_id")),
                        text("decision"),
                        instant("declared_at"),
                        text("manner"),
                        optional(text("note")),
                        uuid("recorded_by"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("party_id", "parties"),
                        ("invitation_id", "invitations"),
                        ("recorded_by", "users"),
                    ],
                ),
                // That a party was told its rights and duties.
                table(
                    "rights_notices",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        instant("told_at"),
                        text("manner"),
                        truth("acknowledged"),
                        uuid("recorded_by"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties"), ("recorded_by", "users")],
                ),
                // The panel and its history.
                table(
                    "assignments",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("mediator_id"),
                        // As what the person sits: roles change, panels of the past do not.
                        text("mediator_role"),
                        text("seat"),
                        text("origin"),
                        text("status"),
                        uuid("assigned_by"),
                        instant("assigned_at"),
                        optional(instant("responded_at")),
                        optional(text("reason")),
                    ],
                    &[("case_id", "cases"), ("mediator_id", "users"), ("assigned_by", "users")],
                ),
                // Mediation sessions.
                table(
                    "hearings",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        small_number("ordinal"),
                        text("mode"),
                        optional(text("place")),
                        optional(text("link")),
                        instant("starts_at"),
                        instant("ends_at"),
                        text("status"),
                        optional(text("reason")),
                        optional(text("minutes")),
                        optional(truth("minutes_read_back")),
                        optional(text("result")),
                        optional(uuid("recorder_id")),
                    ],
                    &[("case_id", "cases"), ("recorder_id", "users")],
                ),
                // Who was told of which time of a hearing, and when.
                table(
                    "hearing_notices",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("hearing_id"),
                        uuid("party_id"),
                        instant("told_at"),
                        text("manner"),
                        instant("announced_for"),
                    ],
                    &[("case_id", "cases"), ("hearing_id", "hearings"), ("party_id", "parties")],
                ),
                // Who was there.
                table(
                    "attendances",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("hearing_id"),
                        text("kind"),
                        uuid("person_id"),
                        truth("present"),
                        truth("excused"),
                        optional(text("absence_reason")),
                    ],
                    &[("case_id", "cases"), ("hearing_id", "hearings")],
                ),
            ],
        )
        .await?;
        index(manager, "invitations", &["case_id"], false).await?;
        index(manager, "consents", &["case_id"], false).await?;
        index(manager, "rights_notices", &["case_id"], false).await?;
        index(manager, "assignments", &["case_id"], false).await?;
        index(manager, "assignments", &["mediator_id", "status"], false).await?;
        index(manager, "hearings", &["case_id", "ordinal"], true).await?;
        index(manager, "hearings", &["starts_at", "id"], false).await?;
        index(manager, "hearing_notices", &["case_id"], false).await?;
        index(manager, "attendances", &["case_id"], false).await?;
        index(manager, "attendances", &["hearing_id", "person_id"], true).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "attendances",
                "hearing_notices",
                "hearings",
                "assignments",
                "rights_notices",
                "consents",
                "invitations",
            ],
        )
        .await
    }
}
