//! Offices, people, sessions and keys.

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
                // The bodies that make up the station and its network.
                table(
                    "offices",
                    vec![
                        key("id"),
                        text("kind"),
                        text("name"),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[],
                ),
                // People who log in. One person, one role.
                table(
                    "users",
                    vec![
                        key("id"),
                        text("username"),
                        text("display_name"),
                        text("role"),
                        uuid("office_id"),
                        text("status"),
                        text("password_hash"),
                        small_number("failed_attempts"),
                        optional(instant("locked_until")),
                        number("version"),
                        instant("created_at"),
                    ],
                    &[("office_id", "offices")],
                ),
                // A session is a family of refresh tokens: it ends as a whole.
                table(
                    "sessions",
                    vec![
                        key("id"),
                        uuid("user_id"),
                        instant("created_at"),
                        optional(instant("revoked_at")),
                        optional(text("revoked_because")),
                    ],
                    &[("user_id", "users")],
                ),
                // Only the hash is kept. A used token that comes again ends the session.
                table(
                    "refresh_tokens",
                    vec![
                        text_key("token_hash"),
                        uuid("session_id"),
                        instant("issued_at"),
                        instant("expires_at"),
                        optional(instant("used_at")),
                    ],
                    &[("session_id", "sessions")],
                ),
                // Keys of the access tokens; the private part is sealed by the vault.
                table(
                    "signing_keys",
                    vec![
                        text_key("kid"),
                        bytes("private_key"),
                        text("public_x"),
                        text("public_y"),
                        instant("created_at"),
                        optional(instant("retired_at")),
                    ],
                    &[],
                ),
                // The one-time secret of the first run; gone once used.
                table("setup_secrets", vec![text_key("secret_hash"), instant("created_at")], &[]),
            ],
        )
        .await?;
        index(manager, "offices", &["name"], true).await?;
        index(manager, "users", &["username"], true).await?;
        index(manager, "users", &["office_id"], false).await?;
        index(manager, "sessions", &["user_id"], false).await?;
        index(manager, "refresh_tokens", &["session_id"], false).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["setup_secrets", "signing_keys", "refresh_tokens", "sessions", "users", "offices"],
        )
        .await
    }
}
