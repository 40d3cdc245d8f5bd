//! The deadlines that run on cases and clues, and what moves them.

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
                table(
                    "deadlines",
                    vec![
                        key("id"),
                        // Of a case or of a clue, never of both: the register of clues knows no case.
                        optional(uuid("case_id")),
                        optional(uuid("clue_id")),
                        // Names the clock among those of its case: a family of rules, and what it is about.
                        text("clock"),
                        text("kind"),
                        // The term, assignment or move it is about.
                        optional(uuid("subject_id")),
                        uuid("office_id"),
                        optional(uuid("owner_id")),
                        // Without a rule the day itself was set, by the parties or by a decision.
                        optional(text("rule_id")),
                        optional(text("extensible_by")),
                        day("start_on"),
                        // JSON: the pauses that stop it, earliest first.
                        text("pauses"),
                        small_number("extension_days"),
                        // Without a day while a pause has no end.
                        optional(day("due_on")),
                        optional(day("due_on_strict")),
                        optional(day("warn_on")),
                        optional(day("earliest_on")),
                        optional(day("latest_on")),
                        // The earlier reading of the end, or the end of time: lists go by it.
                        day("act_by"),
                        text("state"),
                        optional(day("ended_on")),
                        optional(instant("warned_at")),
                        // By what it was counted.
                        number("rule_set_version"),
                        number("calendar_version"),
                        instant("created_at"),
                        instant("updated_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("clue_id", "clues"),
                        ("office_id", "offices"),
                        ("owner_id", "users"),
                    ],
                ),
                // When mediation stood still, and why.
                table(
                    "suspensions",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("reason"),
                        day("from_on"),
                        // Its last day; absent while it lasts.
                        optional(day("to_on")),
                        text("explanation"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                        optional(uuid("resumed_by")),
                    ],
                    &[("case_id", "cases"), ("recorded_by", "users"), ("resumed_by", "users")],
                ),
                // That the parties gave mediation more time.
                table(
                    "extensions",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("deadline_id"),
                        small_number("days"),
                        text("explanation"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("deadline_id", "deadlines"), ("recorded_by", "users")],
                ),
                // Each time somebody tried to reach a party, also in vain.
                table(
                    "contacts",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        instant("tried_at"),
                        text("manner"),
                        truth("reached"),
                        optional(text("note")),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties"), ("recorded_by", "users")],
                ),
                // What was told to the hotline.
                table(
                    "feedbacks",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("kind"),
                        text("content"),
                        instant("given_at"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("recorded_by", "users")],
                ),
                // Work that one process does for all: who has it, and until when.
                table("leases", vec![text_key("name"), text("holder"), instant("until")], &[]),
            ],
        )
        .await?;
        index(manager, "deadlines", &["case_id", "clock"], true).await?;
        index(manager, "deadlines", &["clue_id"], false).await?;
        index(manager, "deadlines", &["state", "act_by"], false).await?;
        index(manager, "deadlines", &["act_by", "id"], false).await?;
        index(manager, "deadlines", &["owner_id", "act_by"], false).await?;
        index(manager, "deadlines", &["office_id", "act_by"], false).await?;
        for table in ["suspensions", "extensions", "contacts", "feedbacks"] {
            index(manager, table, &["case_id"], false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["leases", "feedbacks", "contacts", "extensions", "suspensions", "deadlines"],
        )
        .await
    }
}
