//! Offices, people, sessions and keys.

super::entity! {
    office = "offices" {
        id: Uuid,
        kind: OfficeKind,
        name: String,
        version: i64,
        created_at: DateTime<Utc>,
    }

    user = "users" {
        id: Uuid,
        username: String,
        display_name: String,
        role: Role,
        office_id: Uuid,
        status: UserStatus,
        password_hash: String,
        failed_attempts: i32,
        locked_until: Option<DateTime<Utc>>,
        version: i64,
        created_at: DateTime<Utc>,
    }

    session = "sessions" {
        id: Uuid,
        user_id: Uuid,
        created_at: DateTime<Utc>,
        revoked_at: Option<DateTime<Utc>>,
        revoked_because: Option<String>,
    }

    refresh_token = "refresh_tokens" {
        token_hash: String,
        session_id: Uuid,
        issued_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        used_at: Option<DateTime<Utc>>,
    }

    signing_key = "signing_keys" {
        kid: String,
        private_key: Vec<u8>,
        public_x: String,
        public_y: String,
        created_at: DateTime<Utc>,
        retired_at: Option<DateTime<Utc>>,
    }

    setup_secret = "setup_secrets" {
        secret_hash: String,
        created_at: DateTime<Utc>,
    }
}
