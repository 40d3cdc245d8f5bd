//! Probable duplicates, clusters of one respondent, and groups of cases.

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
                // The names under which a case is found by another one; written with the parties.
                table(
                    "match_keys",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("kind"),
                        text("value"),
                        // Of the request.
                        day("day"),
                    ],
                    &[("case_id", "cases")],
                ),
                // What a person said of two cases, once and for good.
                table(
                    "duplicate_decisions",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("other_case_id"),
                        // Both ids, the smaller one first.
                        text("pair"),
                        text("decision"),
                        text("explanation"),
                        uuid("decided_by"),
                        instant("decided_at"),
                    ],
                    &[("case_id", "cases"), ("other_case_id", "cases"), ("decided_by", "users")],
                ),
                // Many applicants against one respondent in a short time, as it was found.
                table(
                    "clusters",
                    vec![
                        key("id"),
                        text("kind"),
                        text("value"),
                        // As it may be shown: masked for a person.
                        text("respondent_name"),
                        day("first_day"),
                        day("last_day"),
                        instant("found_at"),
                    ],
                    &[],
                ),
                // The key is the case, so that a case is in one group; the leading one leads itself.
                table(
                    "case_group_members",
                    vec![key("id"), uuid("leading_case_id"), uuid("added_by"), instant("added_at")],
                    &[("id", "cases"), ("leading_case_id", "cases"), ("added_by", "users")],
                ),
            ],
        )
        .await?;
        index(manager, "match_keys", &["kind", "value", "day"], false).await?;
        index(manager, "match_keys", &["case_id"], false).await?;
        index(manager, "duplicate_decisions", &["pair"], true).await?;
        index(manager, "duplicate_decisions", &["case_id"], false).await?;
        index(manager, "duplicate_decisions", &["other_case_id"], false).await?;
        forbid_change(manager, "duplicate_decisions", None).await?;
        // Two registrations at once find the same cluster once.
        index(manager, "clusters", &["kind", "value", "first_day"], true).await?;
        index(manager, "case_group_members", &["leading_case_id"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["case_group_members", "clusters", "duplicate_decisions", "match_keys"])
            .await?;
        allow_change(manager, "duplicate_decisions", None).await
    }
}
