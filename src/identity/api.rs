//! HTTP for logging in, one's own account, and the administration of accounts.

use poem_openapi::param::{Path, Query};
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::views::User;
use super::{service, setup, users};
use crate::access::{Action, Allowed, Guarded, Reach, can};
use crate::app::App;
use crate::http::{Body, Created, Done, Facts, Page, Plain, Problem, Tag, Versioned};
use crate::words::{OfficeKind, Role};

/// User name and password.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct LogIn {
    /// User name, as the administrator gave it.
    #[oai(validator(min_length = 1, max_length = 64))]
    username: String,
    /// Password.
    #[oai(validator(min_length = 1, max_length = 128))]
    password: String,
}

impl poem_openapi::types::Example for LogIn {
    fn example() -> Self {
        Self { username: "clerk".to_owned(), password: "Sunny-Xujiahui-2026".to_owned() }
    }
}

/// A pair of tokens.
#[derive(Debug, Object)]
pub struct TokenPair {
    /// Send it as `Authorization: Bearer …` with every request.
    access_token: String,
    /// Exchange it for a new pair before or after the access token runs out. Works once.
    refresh_token: String,
    /// Always `Bearer`.
    token_type: String,
    /// Life of the access token in seconds.
    expires_in: i64,
}

impl From<service::Session> for TokenPair {
    fn from(it: service::Session) -> Self {
        Self {
            access_token: it.access_token,
            refresh_token: it.refresh_token,
            token_type: "Bearer".to_owned(),
            expires_in: it.expires_in,
        }
    }
}

/// A refresh token to exchange.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RefreshTokens {
    /// The refresh token of the last pair.
    #[oai(validator(min_length = 20, max_length = 128))]
    refresh_token: String,
}

impl poem_openapi::types::Example for RefreshTokens {
    fn example() -> Self {
        Self { refresh_token: "CqT2b0J9m4x1cQ8yTq0yqv0d2R3l7mXo5s6w1Zk9uYI".to_owned() }
    }
}

#[derive(Debug)]
pub struct AuthenticationApi(pub App);

#[OpenApi(prefix_path = "/auth", tag = "Tag::Authentication")]
impl AuthenticationApi {
    /// Log in with user name and password
    ///
    /// Answers an access token for the next minutes and a refresh token. Five failures in a row
    /// lock the account for a while (`429` with `Retry-After`). The answer to a wrong name and
    /// to a wrong password is the same.
    #[oai(path = "/login", method = "post", operation_id = "log_in")]
    async fn log_in(&self, facts: Facts, body: Body<LogIn>) -> Result<Plain<TokenPair>, Problem> {
        let session =
            service::log_in(&self.0, &facts.0, &body.0.username, &body.0.password).await?;
        Ok(Plain(session.into()))
    }

    /// Exchange a refresh token for a new pair
    ///
    /// Each refresh token works once. If one comes a second time it was stolen: the whole
    /// session ends and everybody in it has to log in again.
    #[oai(path = "/refresh", method = "post", operation_id = "refresh_tokens")]
    async fn refresh_tokens(
        &self,
        facts: Facts,
        body: Body<RefreshTokens>,
    ) -> Result<Plain<TokenPair>, Problem> {
        let session = service::refresh(&self.0, &facts.0, &body.0.refresh_token).await?;
        Ok(Plain(session.into()))
    }

    /// Log out
    ///
    /// Ends the session at once: its access token and its refresh token are worth nothing.
    #[oai(path = "/logout", method = "post", operation_id = "log_out")]
    async fn log_out(&self, call: Allowed<can::LogOut>) -> Result<Done, Problem> {
        service::log_out(&self.0, &call).await?;
        Ok(Done)
    }
}

/// What the first run asks for.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct SetUpStation {
    /// The secret that the first run printed.
    #[oai(validator(min_length = 20, max_length = 128))]
    setup_secret: String,
    /// Name of the first office.
    #[oai(validator(min_length = 1, max_length = 100))]
    office_name: String,
    /// Kind of the first office.
    office_kind: OfficeKind,
    /// User name of the first administrator: letters, digits, `.`, `_`, `-`.
    #[oai(validator(min_length = 2, max_length = 64, pattern = "^[A-Za-z0-9._-]+$"))]
    username: String,
    /// Name of the first administrator as it is shown.
    #[oai(validator(min_length = 1, max_length = 100))]
    display_name: String,
    /// Password of the first administrator: 10 characters or more of three kinds.
    #[oai(validator(min_length = 10, max_length = 128))]
    password: String,
}

impl poem_openapi::types::Example for SetUpStation {
    fn example() -> Self {
        Self {
            setup_secret: "CqT2b0J9m4x1cQ8yTq0yqv0d2R3l7mXo5s6w1Zk9uYI".to_owned(),
            office_name: "徐家汇街道司法所".to_owned(),
            office_kind: OfficeKind::JudicialOffice,
            username: "admin".to_owned(),
            display_name: "系统管理员".to_owned(),
            password: "Sunny-Xujiahui-2026".to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct SetupApi(pub App);

#[OpenApi(tag = "Tag::Authentication")]
impl SetupApi {
    /// Set the station up with the secret of the first run
    ///
    /// Makes the first office and its administrator. The secret is printed by `huijie serve`
    /// while there is no account, and works once; there is no default password.
    #[oai(path = "/setup", method = "post", operation_id = "set_up_station")]
    async fn set_up_station(
        &self,
        facts: Facts,
        body: Body<SetUpStation>,
    ) -> Result<Created<User>, Problem> {
        let it = body.0;
        let input = setup::SetUpStation {
            setup_secret: it.setup_secret,
            office_name: it.office_name,
            office_kind: it.office_kind,
            username: it.username,
            display_name: it.display_name,
            password: it.password,
        };
        let user = setup::set_up(&self.0, &facts.0, input).await?;
        let location = format!("/api/v1/users/{}", user.id);
        Ok(Created { location: Some(location), version: Some(user.version), body: user.into() })
    }
}

/// What one's role may do.
#[derive(Debug, Object)]
pub struct Permission {
    /// The action, which is also the id of its operation.
    action: String,
    /// How far: everything, what one's office handles, or what is one's own.
    reach: Reach,
    /// Whether the operation wants `If-Match`.
    needs_version: bool,
}

/// A new password for oneself.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ChangePassword {
    /// The password until now.
    #[oai(validator(min_length = 1, max_length = 128))]
    current_password: String,
    /// 10 characters or more of three kinds: capital letters, small letters, digits, others.
    #[oai(validator(min_length = 10, max_length = 128))]
    new_password: String,
}

impl poem_openapi::types::Example for ChangePassword {
    fn example() -> Self {
        Self {
            current_password: "Sunny-Xujiahui-2026".to_owned(),
            new_password: "Rainy-Xujiahui-2027".to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct MeApi(pub App);

#[OpenApi(prefix_path = "/me", tag = "Tag::Authentication")]
impl MeApi {
    /// Read one's own account
    ///
    /// Name, role and office, as the caller's token stands for them now.
    #[oai(path = "/", method = "get", operation_id = "read_me")]
    async fn read_me(&self, call: Allowed<can::ReadMe>) -> Result<Plain<User>, Problem> {
        Ok(Plain(service::me(&self.0, &call).await?.into()))
    }

    /// List what one's own role may do
    ///
    /// The rows of the permission table for the caller's role, without those it may not do at
    /// all. A front end can hide what is not here; what a *case* allows now is told by its
    /// `next-actions`.
    #[oai(path = "/permissions", method = "get", operation_id = "read_my_permissions")]
    #[expect(clippy::unused_async, reason = "a handler is asynchronous")]
    async fn read_my_permissions(
        &self,
        call: Allowed<can::ReadMyPermissions>,
    ) -> Result<Plain<Vec<Permission>>, Problem> {
        let role = call.actor().role;
        let rows = Action::ALL.iter().filter(|it| it.reach(role) != Reach::None);
        Ok(Plain(
            rows.map(|it| Permission {
                action: it.to_string(),
                reach: it.reach(role),
                needs_version: it.guarded() == Guarded::Versioned,
            })
            .collect(),
        ))
    }

    /// Change one's own password
    ///
    /// All sessions end, this one too: log in with the new password.
    #[oai(path = "/password", method = "post", operation_id = "change_my_password")]
    async fn change_my_password(
        &self,
        call: Allowed<can::ChangeMyPassword>,
        body: Body<ChangePassword>,
    ) -> Result<Done, Problem> {
        let it = body.0;
        service::change_my_password(&self.0, &call, &it.current_password, &it.new_password).await?;
        Ok(Done)
    }
}

/// A new account.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CreateUser {
    /// Letters, digits, `.`, `_`, `-`. Nobody else has it.
    #[oai(validator(min_length = 2, max_length = 64, pattern = "^[A-Za-z0-9._-]+$"))]
    username: String,
    /// The name that others see.
    #[oai(validator(min_length = 1, max_length = 100))]
    display_name: String,
    role: Role,
    /// The office the person works for.
    office_id: Uuid,
    /// First password: 10 characters or more of three kinds. The person changes it under `/me`.
    #[oai(validator(min_length = 10, max_length = 128))]
    password: String,
}

impl poem_openapi::types::Example for CreateUser {
    fn example() -> Self {
        Self {
            username: "wang.min".to_owned(),
            display_name: "王敏".to_owned(),
            role: Role::Mediator,
            office_id: crate::http::EXAMPLE_ID,
            password: "Sunny-Xujiahui-2026".to_owned(),
        }
    }
}

/// What is changed of an account; what is absent stays.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct UpdateUser {
    #[oai(validator(min_length = 1, max_length = 100))]
    display_name: Option<String>,
    role: Option<Role>,
    office_id: Option<Uuid>,
}

impl poem_openapi::types::Example for UpdateUser {
    fn example() -> Self {
        Self { display_name: Some("王敏（二组）".to_owned()), role: None, office_id: None }
    }
}

/// A new password for somebody.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ResetPassword {
    /// 10 characters or more of three kinds.
    #[oai(validator(min_length = 10, max_length = 128))]
    password: String,
}

impl poem_openapi::types::Example for ResetPassword {
    fn example() -> Self {
        Self { password: "Windy-Xujiahui-2026".to_owned() }
    }
}

#[derive(Debug)]
pub struct UsersApi(pub App);

#[OpenApi(tag = "Tag::Administration")]
impl UsersApi {
    /// List accounts
    ///
    /// Oldest first, also those that are disabled. Never a password, not even its hash.
    #[oai(path = "/users", method = "get", operation_id = "list_users")]
    async fn list_users(
        &self,
        call: Allowed<can::ListUsers>,
        /// How many, 1 to 200; 50 unless asked.
        limit: Query<Option<u64>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Plain<Page<User>>, Problem> {
        let page = users::list(&self.0, &call, cursor.0.as_deref(), limit.0).await?;
        Ok(Plain(page.into()))
    }

    /// Make an account
    ///
    /// One person has one account and one role; administrators and auditors never see cases.
    #[oai(path = "/users", method = "post", operation_id = "create_user")]
    async fn create_user(
        &self,
        call: Allowed<can::CreateUser>,
        body: Body<CreateUser>,
    ) -> Result<Created<User>, Problem> {
        let it = body.0;
        let input = users::CreateUser {
            username: it.username,
            display_name: it.display_name,
            role: it.role,
            office_id: it.office_id,
            password: it.password,
        };
        Ok(users::create_user(&self.0, &call, input).await?.into())
    }

    /// Read an account
    ///
    /// With its status and until when it is locked. The `ETag` is its version for changes.
    #[oai(path = "/users/:user_id", method = "get", operation_id = "read_user")]
    async fn read_user(
        &self,
        call: Allowed<can::ReadUser>,
        /// The account.
        user_id: Path<Uuid>,
    ) -> Result<Versioned<User>, Problem> {
        let user = users::read(&self.0, &call, user_id.0).await?;
        Ok(Versioned::new(user.version, user.into()))
    }

    /// Change name, role or office of an account
    ///
    /// A changed role or office ends the person's sessions.
    #[oai(path = "/users/:user_id", method = "patch", operation_id = "update_user")]
    async fn update_user(
        &self,
        call: Allowed<can::UpdateUser>,
        /// The account.
        user_id: Path<Uuid>,
        body: Body<UpdateUser>,
    ) -> Result<Versioned<User>, Problem> {
        let UpdateUser { display_name, role, office_id } = body.0;
        let input = users::UpdateUser { display_name, role, office_id };
        Ok(users::update(&self.0, &call, user_id.0, input).await?.into())
    }

    /// Disable an account
    ///
    /// The person is out at once: all their sessions end with this answer.
    #[oai(path = "/users/:user_id/disabling", method = "post", operation_id = "disable_user")]
    async fn disable_user(
        &self,
        call: Allowed<can::DisableUser>,
        /// The account.
        user_id: Path<Uuid>,
    ) -> Result<Versioned<User>, Problem> {
        Ok(users::disable(&self.0, &call, user_id.0).await?.into())
    }

    /// Enable an account again
    ///
    /// The person can log in with the password from before; sessions that were ended stay ended.
    #[oai(path = "/users/:user_id/enabling", method = "post", operation_id = "enable_user")]
    async fn enable_user(
        &self,
        call: Allowed<can::EnableUser>,
        /// The account.
        user_id: Path<Uuid>,
    ) -> Result<Versioned<User>, Problem> {
        Ok(users::enable(&self.0, &call, user_id.0).await?.into())
    }

    /// Unlock an account before its time
    ///
    /// After too many failed logins. Sets the count of failures back.
    #[oai(path = "/users/:user_id/unlocking", method = "post", operation_id = "unlock_user")]
    async fn unlock_user(
        &self,
        call: Allowed<can::UnlockUser>,
        /// The account.
        user_id: Path<Uuid>,
    ) -> Result<Versioned<User>, Problem> {
        Ok(users::unlock(&self.0, &call, user_id.0).await?.into())
    }

    /// Give somebody a new password
    ///
    /// Ends all their sessions and unlocks the account.
    #[oai(path = "/users/:user_id/password", method = "post", operation_id = "reset_user_password")]
    async fn reset_user_password(
        &self,
        call: Allowed<can::ResetUserPassword>,
        /// The account.
        user_id: Path<Uuid>,
        body: Body<ResetPassword>,
    ) -> Result<Versioned<User>, Problem> {
        Ok(users::reset_password(&self.0, &call, user_id.0, body.0.password).await?.into())
    }
}
