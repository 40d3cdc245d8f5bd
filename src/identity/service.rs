//! Logging in, staying logged in, logging out.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use super::tokens::{self, Claims};
use crate::access::{Actor, Allowed, Subject, can};
use crate::app::App;
use crate::database::{Record, Reply, Work};
use crate::entity::{refresh_token, session, user};
use crate::error::{Error, Result, Stranger};
use crate::request::RequestFacts;
use crate::words::UserStatus;

/// What a login answers.
#[derive(Debug)]
pub struct Session {
    pub access_token: String,
    pub refresh_token: String,
    pub expires_in: i64,
}

/// The person behind a token, as the database knows them at this moment: a disabled account or
/// an ended session is out at once, however young the token is.
pub async fn authenticate(app: &App, token: Option<&str>) -> Result<Actor> {
    let token = token.ok_or(Error::Unauthenticated(Stranger::NoToken))?;
    let claims = app.tokens.verify(token, app.clock.now()).map_err(Error::Unauthenticated)?;
    let (role, office_id) = store::find_live(app.database.reader(), claims.sub, claims.sid)
        .await?
        .ok_or(Error::Unauthenticated(Stranger::EndedSession))?;
    Ok(Actor { id: claims.sub, role, office_id, session_id: claims.sid })
}

/// Checks name and password. Five failures in a row lock the account for a while; the answer
/// never tells whether the name exists.
pub async fn log_in(
    app: &App,
    facts: &RequestFacts,
    username: &str,
    password: &str,
) -> Result<Session> {
    let found = store::find_by_username(app.database.reader(), username).await?;
    let Some(user) = found else {
        app.passwords.verify_nothing(password).await?;
        let work = app.begin_unattended(facts).await?;
        work.commit_unattended("log_in_failed", Subject::user(Uuid::nil()), Record::silent())
            .await?;
        return Err(Error::Unauthenticated(Stranger::WrongPassword));
    };
    refuse_if_locked(&user, app.clock.now())?;
    let right = app.passwords.verify(password, &user.password_hash).await?;
    let work = app.begin_unattended(facts).await?;
    // Others may have failed meanwhile: the lock counts as it is now.
    let user = store::find_user(work.db(), user.id).await?.ok_or(Error::NotFound)?;
    refuse_if_locked(&user, work.now())?;
    if !right || user.status != UserStatus::Active {
        return Err(fail(app, work, &user).await?);
    }
    store::set_lock(work.db(), user.id, None).await?;
    let session = session::Model {
        id: Uuid::now_v7(),
        user_id: user.id,
        created_at: work.now(),
        revoked_at: None,
        revoked_because: None,
    };
    let session_id = session.id;
    store::insert_session(work.db(), session).await?;
    let answer = issue(app, &work, user.id, session_id).await?;
    work.commit_unattended("log_in", Subject::user(user.id), Record::silent()).await?;
    Ok(answer)
}

fn refuse_if_locked(user: &user::Model, now: DateTime<Utc>) -> Result<()> {
    match user.locked_until {
        Some(until) if until > now => {
            let seconds = (until - now).num_seconds().max(1);
            Err(Error::Locked { retry_after: seconds.unsigned_abs() })
        }
        _ => Ok(()),
    }
}

/// Keeps the failure and says what to answer.
async fn fail(app: &App, work: Work, user: &user::Model) -> Result<Error> {
    let failures = store::count_failure(work.db(), user.id).await?;
    let settings = &app.settings;
    let mut action = "log_in_failed";
    if failures >= settings.lockout_attempts {
        store::set_lock(work.db(), user.id, Some(work.now() + settings.lockout_time)).await?;
        action = "account_locked";
    }
    work.commit_unattended(action, Subject::user(user.id), Record::silent()).await?;
    Ok(Error::Unauthenticated(Stranger::WrongPassword))
}

async fn issue(app: &App, work: &Work, user_id: Uuid, session_id: Uuid) -> Result<Session> {
    let secret = tokens::new_secret();
    let now = work.now();
    let token = refresh_token::Model {
        token_hash: secret.hash.clone(),
        session_id,
        issued_at: now,
        expires_at: now + app.settings.refresh_token_life,
        used_at: None,
    };
    store::insert_refresh_token(work.db(), token).await?;
    let claims = Claims::new(user_id, session_id, now, app.settings.access_token_life);
    Ok(Session {
        access_token: app.tokens.issue(claims)?,
        refresh_token: secret.plain.reveal().to_owned(),
        expires_in: app.settings.access_token_life.num_seconds(),
    })
}

/// Exchanges a refresh token for new ones. A token that comes a second time was stolen, or its
/// thief came first: the whole session ends.
pub async fn refresh(app: &App, facts: &RequestFacts, plain: &str) -> Result<Session> {
    const BAD: Error = Error::Unauthenticated(Stranger::BadRefreshToken);
    let token_hash = tokens::secret_hash(plain);
    let work = app.begin_unattended(facts).await?;
    let (token, session) = store::find_refresh_token(work.db(), &token_hash).await?.ok_or(BAD)?;
    let user = store::find_user(work.db(), session.user_id).await?.ok_or(BAD)?;
    let live = session.revoked_at.is_none() && user.status == UserStatus::Active;
    if !live || token.expires_at <= work.now() {
        return Err(BAD);
    }
    if !store::use_refresh_token(work.db(), &token_hash, work.now()).await? {
        let because = "refresh_token_reused";
        store::end_sessions(work.db(), user.id, Some(session.id), because, work.now()).await?;
        work.commit_unattended(because, Subject::user(user.id), Record::silent()).await?;
        return Err(BAD);
    }
    let answer = issue(app, &work, user.id, session.id).await?;
    work.commit_unattended("refresh_tokens", Subject::user(user.id), Record::silent()).await?;
    Ok(answer)
}

/// Ends the session: its access token and its refresh tokens are worth nothing at once.
pub async fn log_out(app: &App, call: &Allowed<can::LogOut>) -> Result<()> {
    let actor = call.actor();
    let work = app.begin(call).await?;
    let session = Some(actor.session_id);
    store::end_sessions(work.db(), actor.id, session, "logged_out", work.now()).await?;
    let permit = call.permit_here(Subject::user(actor.id));
    work.commit(permit, Record::silent(), Reply::done()).await?;
    Ok(())
}

/// One's own account.
pub async fn me(app: &App, call: &Allowed<can::ReadMe>) -> Result<user::Model> {
    store::find_user(app.database.reader(), call.actor().id).await?.ok_or(Error::NotFound)
}

/// Changes one's own password; all other sessions end.
pub async fn change_my_password(
    app: &App,
    call: &Allowed<can::ChangeMyPassword>,
    current: &str,
    new: &str,
) -> Result<()> {
    let user =
        store::find_user(app.database.reader(), call.actor().id).await?.ok_or(Error::NotFound)?;
    refuse_if_locked(&user, app.clock.now())?;
    super::password::check("/new_password", new, &user.username)?;
    let right = app.passwords.verify(current, &user.password_hash).await?;
    let hash = app.passwords.hash(new).await?;
    if !right {
        // Outside of the call's own work: its idempotency key is not spent on a failure.
        let work = app.begin_unattended(call.facts()).await?;
        return Err(fail(app, work, &user).await?);
    }
    let work = app.begin(call).await?;
    let read_version = user.version;
    let changed = user::Model { password_hash: hash, version: read_version + 1, ..user };
    store::save_user(work.db(), changed, read_version).await?;
    let actor = call.actor();
    store::end_sessions(work.db(), actor.id, None, "password_changed", work.now()).await?;
    let permit = call.permit_here(Subject::user(actor.id));
    work.commit(permit, Record::silent(), Reply::done()).await?;
    Ok(())
}
