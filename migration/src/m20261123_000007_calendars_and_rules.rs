//! Calendars of the State Council, sets of deadline rules, and the head of both.

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
                // Each import of a year is a new revision; the last one counts.
                table(
                    "calendar_years",
                    vec![
                        key("id"),
                        small_number("year"),
                        number("revision"),
                        // The version of all calendars that it made.
                        number("calendar_version"),
                        text("papers"),
                        text("days"),
                        optional(uuid("loaded_by")),
                        instant("loaded_at"),
                    ],
                    &[("loaded_by", "users")],
                ),
                // Each change of a rule is a new set; the last one counts.
                table(
                    "rule_sets",
                    vec![
                        key("id"),
                        number("version"),
                        text("note"),
                        text("source"),
                        text("document"),
                        optional(uuid("created_by")),
                        instant("created_at"),
                    ],
                    &[("created_by", "users")],
                ),
                // One row: what counts now. Each process asks it whether its copy is old.
                table(
                    "almanac_heads",
                    vec![
                        small_number("id"),
                        number("calendar_version"),
                        number("rule_set_version"),
                        text("mark"),
                    ],
                    &[],
                ),
            ],
        )
        .await?;
        index(manager, "calendar_years", &["year", "revision"], true).await?;
        index(manager, "rule_sets", &["version"], true).await?;
        index(manager, "almanac_heads", &["id"], true).await?;
        forbid_change(manager, "calendar_years", None).await?;
        forbid_change(manager, "rule_sets", None).await?;
        let start = Query::insert()
            .into_table("almanac_heads")
            .columns(["id", "calendar_version", "rule_set_version", "mark"])
            .values_panic([1.into(), 0_i64.into(), 0_i64.into(), "start".into()])
            .to_owned();
        manager.execute(start).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        allow_change(manager, "calendar_years", None).await?;
        allow_change(manager, "rule_sets", None).await?;
        drop(manager, &["almanac_heads", "rule_sets", "calendar_years"]).await
    }
}
