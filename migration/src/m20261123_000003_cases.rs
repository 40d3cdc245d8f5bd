//! The case, who is in dispute, and what is asked for.

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
                // The case itself. `version` covers everything that belongs to the case.
                table(
                    "cases",
                    vec![
                        key("id"),
                        optional(text("case_number")),
                        uuid("office_id"),
                        uuid("registered_by"),
                        text("channel"),
                        text("legal_basis"),
                        optional(text("external_number")),
                        text("track"),
                        text("status"),
                        optional(text("outcome")),
                        optional(text("outcome_reason")),
                        optional(text("outcome_explanation")),
                        text("title"),
                        text("facts"),
                        text("category"),
                        text("subject_kind"),
                        text("subject_name"),
                        optional(day("purchased_on")),
                        optional(number("price_fen")),
                        truth("bought_online"),
                        truth("prepaid_card"),
                        // Why it may not be entrusted.
                        truth("complex"),
                        truth("sensitive"),
                        optional(text("order_kind")),
                        instant("requested_at"),
                        instant("received_at"),
                        optional(instant("accepted_at")),
                        optional(instant("mediation_started_at")),
                        // The authority's decision to end mediation; both are told after it.
                        optional(instant("termination_decided_at")),
                        optional(text("termination_reason")),
                        optional(text("termination_explanation")),
                        optional(instant("ended_at")),
                        optional(instant("closed_at")),
                        optional(instant("archived_at")),
                        optional(text("retention")),
                        optional(small_number("page_count")),
                        optional(text("file_hash")),
                        number("version"),
                        instant("created_at"),
                        instant("updated_at"),
                    ],
                    &[("office_id", "offices"), ("registered_by", "users")],
                ),
                // For whom the case is their own: the registering person and the panel.
                table(
                    "case_members",
                    vec![text_key("id"), uuid("case_id"), uuid("user_id")],
                    &[("case_id", "cases"), ("user_id", "users")],
                ),
                // Personal values are here only masked; in clear they are in `sealed_values`.
                table(
                    "parties",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        small_number("ordinal"),
                        text("role"),
                        text("kind"),
                        text("name"),
                        text("gender"),
                        optional(day("born_on")),
                        optional(text("identity_document")),
                        truth("identity_verified"),
                        optional(text("credit_code")),
                        optional(text("legal_representative")),
                        optional(text("id_number_masked")),
                        optional(text("phone_masked")),
                        optional(text("address_masked")),
                        optional(text("bank_account_masked")),
                        instant("created_at"),
                    ],
                    &[("case_id", "cases")],
                ),
                // Who acts for a party: agents by mandate, guardians by law.
                table(
                    "agents",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        text("kind"),
                        text("power"),
                        text("name"),
                        optional(text("organization")),
                        // The applicant who represents the others.
                        optional(uuid("representative_id")),
                        optional(text("mandate_scope")),
                        optional(day("mandate_from")),
                        optional(day("mandate_until")),
                        truth("mandate_seen"),
                        optional(text("id_number_masked")),
                        optional(text("phone_masked")),
                        instant("created_at"),
                    ],
                    &[("case_id", "cases"), ("party_id", "parties")],
                ),
                // What is asked for.
                table(
                    "claims",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        small_number("ordinal"),
                        text("kind"),
                        optional(number("amount_fen")),
                        text("description"),
                    ],
                    &[("case_id", "cases")],
                ),
                // What the applicant was asked to add.
                table(
                    "supplements",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        text("items"),
                        day("due_on"),
                        text("manner"),
                        text("status"),
                        uuid("requested_by"),
                        instant("requested_at"),
                        optional(text("answer")),
                        optional(instant("answered_at")),
                    ],
                    &[("case_id", "cases"), ("requested_by", "users")],
                ),
                // Personal values, encrypted, found by their blind index.
                table(
                    "sealed_values",
                    vec![
                        key("id"),
                        uuid("owner_id"),
                        uuid("case_id"),
                        text("field"),
                        bytes("sealed"),
                        text("blind_index"),
                    ],
                    &[("case_id", "cases")],
                ),
                // A director allows one person to read one minor's data for a time.
                table(
                    "unmasking_approvals",
                    vec![
                        key("id"),
                        uuid("case_id"),
                        uuid("party_id"),
                        uuid("user_id"),
                        text("purpose"),
                        uuid("approved_by"),
                        instant("approved_at"),
                        instant("expires_at"),
                    ],
                    &[
                        ("case_id", "cases"),
                        ("party_id", "parties"),
                        ("user_id", "users"),
                        ("approved_by", "users"),
                    ],
                ),
            ],
        )
        .await?;
        index(manager, "cases", &["case_number"], true).await?;
        index(manager, "cases", &["office_id", "id"], false).await?;
        index(manager, "cases", &["status", "id"], false).await?;
        index(manager, "cases", &["channel", "external_number"], false).await?;
        index(manager, "case_members", &["user_id", "case_id"], true).await?;
        index(manager, "case_members", &["case_id"], false).await?;
        index(manager, "parties", &["case_id", "ordinal"], true).await?;
        index(manager, "agents", &["case_id"], false).await?;
        index(manager, "claims", &["case_id", "ordinal"], true).await?;
        index(manager, "supplements", &["case_id"], false).await?;
        index(manager, "sealed_values", &["owner_id", "field"], true).await?;
        index(manager, "sealed_values", &["field", "blind_index"], false).await?;
        index(manager, "unmasking_approvals", &["party_id"], false).await?;
        forbid_change(manager, "cases", Some("requested_at")).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        allow_change(manager, "cases", Some("requested_at")).await?;
        drop(
            manager,
            &[
                "unmasking_approvals",
                "sealed_values",
                "supplements",
                "claims",
                "agents",
                "parties",
                "case_members",
                "cases",
            ],
        )
        .await
    }
}
