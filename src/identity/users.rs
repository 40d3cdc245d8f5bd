//! Accounts: made, changed, disabled by an administrator over the API or from the shell. A
//! disabled account is out at once: all its sessions end in the same transaction.

use serde_json::json;
use uuid::Uuid;

use super::views::User;
use super::{password, store};
use crate::access::{Action, Allowed, Call, Can, Subject, can};
use crate::app::App;
use crate::database::{Cursor, Limit, Page, Record, Reply, Work};
use crate::entity::user;
use crate::error::{Error, Result};
use crate::language::Text;
use crate::offices;
use crate::request::RequestFacts;
use crate::words::{Role, UserStatus};

/// A new account.
#[derive(Debug)]
pub struct CreateUser {
    pub username: String,
    pub display_name: String,
    pub role: Role,
    pub office_id: Uuid,
    pub password: String,
}

/// What is changed of an account; None leaves it.
#[derive(Debug, Default)]
pub(super) struct UpdateUser {
    pub display_name: Option<String>,
    pub role: Option<Role>,
    pub office_id: Option<Uuid>,
}

/// Checks and inserts; shared by the API, the shell and the demo.
async fn insert_new(work: &Work, input: CreateUser, hash: String) -> Result<user::Model> {
    if offices::find(work.db(), input.office_id).await?.is_none() {
        return Err(Error::unknown_reference("/office_id", input.office_id));
    }
    let taken = store::find_by_username(work.db(), &input.username).await?;
    if taken.is_some() {
        return Err(Error::Duplicate(Text::new(
            "用户名已被使用，请换一个。",
            "The user name is taken; choose another.",
        )));
    }
    let user = user::Model {
        id: Uuid::now_v7(),
        username: input.username,
        display_name: input.display_name,
        role: input.role,
        office_id: input.office_id,
        status: UserStatus::Active,
        password_hash: hash,
        failed_attempts: 0,
        locked_until: None,
        version: 1,
        created_at: work.now(),
    };
    store::insert_user(work.db(), user.clone()).await?;
    Ok(user)
}

pub async fn create_user(
    app: &App,
    call: &Allowed<can::CreateUser>,
    input: CreateUser,
) -> Result<Reply<User>> {
    password::check("/password", &input.password, &input.username)?;
    let hash = app.passwords.hash(&input.password).await?;
    let work = app.begin(call).await?;
    let user = insert_new(&work, input, hash).await?;
    let permit = call.permit_here(Subject::user(user.id));
    let reply =
        Reply::created(format!("/api/v1/users/{}", user.id), user.version, user.clone().into());
    work.commit(permit, changed("user.created", &user), reply).await
}

fn changed(kind: &'static str, user: &user::Model) -> Record {
    let data = json!({ "role": user.role, "status": user.status, "office_id": user.office_id });
    Record::event(kind, Subject::user(user.id), data)
}

pub(super) async fn list(
    app: &App,
    _call: &Allowed<can::ListUsers>,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<Page<user::Model>> {
    let limit = Limit::new(limit)?;
    let after = Cursor::decode(cursor)?;
    let rows = store::list_users(app.database.reader(), after, limit).await?;
    Ok(Page::cut(rows, limit, |it| it.id))
}

pub(super) async fn read(
    app: &App,
    _call: &Allowed<can::ReadUser>,
    user_id: Uuid,
) -> Result<user::Model> {
    store::find_user(app.database.reader(), user_id).await?.ok_or(Error::NotFound)
}

/// One change of an account under its version.
async fn change<A: Can>(
    app: &App,
    call: &Allowed<A>,
    user_id: Uuid,
    kind: &'static str,
    ends_sessions: bool,
    apply: impl FnOnce(&mut user::Model),
) -> Result<Reply<User>> {
    let call: &Call = call;
    let work = app.begin(call).await?;
    let mut user = store::find_user(work.db(), user_id).await?.ok_or(Error::NotFound)?;
    let read_version = user.version;
    if call.facts().if_match.as_ref().map(|it| it.version) != Some(read_version) {
        return Err(Error::Stale);
    }
    apply(&mut user);
    if offices::find(work.db(), user.office_id).await?.is_none() {
        return Err(Error::unknown_reference("/office_id", user.office_id));
    }
    user.version += 1;
    store::save_user(work.db(), user.clone(), read_version).await?;
    if ends_sessions {
        store::end_sessions(work.db(), user_id, None, kind, work.now()).await?;
    }
    let permit = call.permit_here(Subject::user(user.id));
    let reply = Reply::changed(user.version, user.clone().into());
    work.commit(permit, changed(kind, &user), reply).await
}

pub(super) async fn update(
    app: &App,
    call: &Allowed<can::UpdateUser>,
    user_id: Uuid,
    input: UpdateUser,
) -> Result<Reply<User>> {
    // A changed role or office ends the sessions: a token never outlives what it stood for.
    let ends_sessions = input.role.is_some() || input.office_id.is_some();
    change(app, call, user_id, "user.updated", ends_sessions, |user| {
        if let Some(name) = input.display_name {
            user.display_name = name;
        }
        user.role = input.role.unwrap_or(user.role);
        user.office_id = input.office_id.unwrap_or(user.office_id);
    })
    .await
}

pub(super) async fn disable(
    app: &App,
    call: &Allowed<can::DisableUser>,
    user_id: Uuid,
) -> Result<Reply<User>> {
    if user_id == call.actor().id {
        return Err(Error::refused(
            "own_account",
            Text::new("不能停用自己的账户。", "You cannot disable your own account."),
            &[],
        ));
    }
    change(app, call, user_id, "user.disabled", true, |it| it.status = UserStatus::Disabled).await
}

pub(super) async fn enable(
    app: &App,
    call: &Allowed<can::EnableUser>,
    user_id: Uuid,
) -> Result<Reply<User>> {
    change(app, call, user_id, "user.enabled", false, |it| it.status = UserStatus::Active).await
}

pub(super) async fn unlock(
    app: &App,
    call: &Allowed<can::UnlockUser>,
    user_id: Uuid,
) -> Result<Reply<User>> {
    change(app, call, user_id, "user.unlocked", false, |it| {
        it.locked_until = None;
        it.failed_attempts = 0;
    })
    .await
}

pub(super) async fn reset_password(
    app: &App,
    call: &Allowed<can::ResetUserPassword>,
    user_id: Uuid,
    new: String,
) -> Result<Reply<User>> {
    let user = store::find_user(app.database.reader(), user_id).await?.ok_or(Error::NotFound)?;
    password::check("/password", &new, &user.username)?;
    let hash = app.passwords.hash(&new).await?;
    change(app, call, user_id, "user.password_reset", true, |it| {
        it.password_hash = hash;
        it.locked_until = None;
        it.failed_attempts = 0;
    })
    .await
}

/// A change made from the shell by whoever may run the program on the station's machine.
#[derive(Debug)]
pub enum ShellChange {
    Disable,
    Enable,
    Unlock,
    SetPassword(String),
}

pub async fn create_user_from_shell(app: &App, input: CreateUser) -> Result<user::Model> {
    password::check("/password", &input.password, &input.username)?;
    let hash = app.passwords.hash(&input.password).await?;
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let user = insert_new(&work, input, hash).await?;
    work.commit_unattended("create_user", Subject::user(user.id), changed("user.created", &user))
        .await?;
    Ok(user)
}

pub async fn change_user_from_shell(app: &App, username: &str, what: ShellChange) -> Result<()> {
    let hash = match &what {
        ShellChange::SetPassword(new) => {
            password::check("/password", new, username)?;
            Some(app.passwords.hash(new).await?)
        }
        _ => None,
    };
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let mut user = store::find_by_username(work.db(), username).await?.ok_or(Error::NotFound)?;
    let read_version = user.version;
    let (action, kind) = match what {
        ShellChange::Disable => {
            user.status = UserStatus::Disabled;
            (Action::DisableUser, "user.disabled")
        }
        ShellChange::Enable => {
            user.status = UserStatus::Active;
            (Action::EnableUser, "user.enabled")
        }
        ShellChange::Unlock => (Action::UnlockUser, "user.unlocked"),
        ShellChange::SetPassword(_) => (Action::ResetUserPassword, "user.password_reset"),
    };
    if let Some(hash) = hash {
        user.password_hash = hash;
    }
    if kind != "user.disabled" {
        user.locked_until = None;
        user.failed_attempts = 0;
    }
    user.version += 1;
    store::save_user(work.db(), user.clone(), read_version).await?;
    if matches!(kind, "user.disabled" | "user.password_reset") {
        store::end_sessions(work.db(), user.id, None, kind, work.now()).await?;
    }
    let subject = Subject::user(user.id);
    work.commit_unattended(&action.to_string(), subject, changed(kind, &user)).await
}

pub async fn list_users_from_shell(app: &App) -> Result<Vec<user::Model>> {
    let limit = Limit::new(Some(200))?;
    store::list_users(app.database.reader(), None, limit).await
}
