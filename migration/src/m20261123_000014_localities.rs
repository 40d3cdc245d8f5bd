//! Where a case belongs in the district when somebody knows better, and what became of a case
//! that was sent to another desk.

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
                // The last one counts; without one the case is found by its respondent.
                table(
                    "locality_corrections",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        optional(uuid("building_id")),
                        optional(uuid("service_point_id")),
                        text("explanation"),
                        uuid("corrected_by"),
                        instant("corrected_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("building_id", "buildings"),
                        ("service_point_id", "service_points"),
                        ("corrected_by", "users"),
                    ],
                ),
                table(
                    "referral_answers",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("answer"),
                        instant("answered_at"),
                        uuid("recorded_by"),
                        instant("recorded_at"),
                    ],
                    &[("case_id", "cases"), ("recorded_by", "users")],
                ),
            ],
        )
        .await?;
        index(manager, "locality_corrections", &["case_id"], false).await?;
        index(manager, "referral_answers", &["case_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["referral_answers", "locality_corrections"]).await
    }
}
