//! Queries of users, sessions and keys.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::database::{Limit, insert};
use crate::entity::{refresh_token, session, setup_secret, signing_key, user};
use crate::error::{Error, Result};
use crate::words::{Role, UserStatus};

/// Role and office of a user whose account is active and whose session has not ended.
pub(super) async fn find_live(
    db: &impl ConnectionTrait,
    user_id: Uuid,
    session_id: Uuid,
) -> Result<Option<(Role, Uuid)>> {
    Ok(user::Entity::find_by_id(user_id)
        .select_only()
        .columns([user::Column::Role, user::Column::OfficeId])
        .join_rev(
            JoinType::InnerJoin,
            session::Entity::belongs_to(user::Entity)
                .from(session::Column::UserId)
                .to(user::Column::Id)
                .into(),
        )
        .filter(session::Column::Id.eq(session_id))
        .filter(session::Column::RevokedAt.is_null())
        .filter(user::Column::Status.eq(UserStatus::Active))
        .into_tuple()
        .one(db)
        .await?)
}

pub(crate) async fn find_user(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<user::Model>> {
    Ok(user::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn find_by_username(
    db: &impl ConnectionTrait,
    username: &str,
) -> Result<Option<user::Model>> {
    Ok(user::Entity::find().filter(user::Column::Username.eq(username)).one(db).await?)
}

pub(super) async fn count_users(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(user::Entity::find().count(db).await?)
}

pub(super) async fn insert_user(db: &impl ConnectionTrait, user: user::Model) -> Result<()> {
    insert(db, user).await
}

/// Writes the user over the version it was read at.
pub(super) async fn save_user(
    db: &impl ConnectionTrait,
    user: user::Model,
    read_version: i64,
) -> Result<()> {
    let id = user.id;
    let mut row = user.into_active_model().reset_all();
    row.not_set(user::Column::Id);
    let saved = user::Entity::update_many()
        .set(row)
        .filter(user::Column::Id.eq(id))
        .filter(user::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Counts one failed attempt and tells how many there are now.
pub(super) async fn count_failure(db: &impl ConnectionTrait, user_id: Uuid) -> Result<i32> {
    let user = user::Entity::update_many()
        .col_expr(user::Column::FailedAttempts, Expr::col(user::Column::FailedAttempts).add(1))
        .filter(user::Column::Id.eq(user_id))
        .exec_with_returning(db)
        .await?
        .pop();
    Ok(user.map_or(0, |it| it.failed_attempts))
}

/// Sets the attempts back and locks or unlocks.
pub(super) async fn set_lock(
    db: &impl ConnectionTrait,
    user_id: Uuid,
    locked_until: Option<DateTime<Utc>>,
) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::FailedAttempts, Expr::value(0))
        .col_expr(user::Column::LockedUntil, Expr::value(locked_until))
        .filter(user::Column::Id.eq(user_id))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) async fn list_users(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<user::Model>> {
    let mut query = user::Entity::find().order_by_asc(user::Column::Id);
    if let Some(after) = after {
        query = query.filter(user::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// Active people who can sit on a panel: mediators and officers.
pub(crate) async fn list_mediators(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<user::Model>> {
    let mut query = panel_people();
    if let Some(after) = after {
        query = query.filter(user::Column::Id.gt(after));
    }
    Ok(query.limit(limit.fetch()).all(db).await?)
}

/// The same, all of them.
pub(crate) async fn all_mediators(db: &impl ConnectionTrait) -> Result<Vec<user::Model>> {
    Ok(panel_people().all(db).await?)
}

fn panel_people() -> Select<user::Entity> {
    user::Entity::find()
        .filter(user::Column::Status.eq(UserStatus::Active))
        .filter(user::Column::Role.is_in([Role::Mediator, Role::Officer]))
        .order_by_asc(user::Column::Id)
}

/// These people, of whatever status; no query where there is nobody.
pub(crate) async fn find_users(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<user::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = user::Entity::find().filter(user::Column::Id.is_in(ids.iter().copied()));
    Ok(these.all(db).await?)
}

/// Holds a person for this transaction: of two who give the same person something to do, the
/// second sees what the first has given. SQLite has one writer and needs no lock.
pub(crate) async fn hold_user(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<user::Model>> {
    Ok(user::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(db).await?)
}

pub(super) async fn insert_session(
    db: &impl ConnectionTrait,
    session: session::Model,
) -> Result<()> {
    insert(db, session).await
}

pub(super) async fn insert_refresh_token(
    db: &impl ConnectionTrait,
    token: refresh_token::Model,
) -> Result<()> {
    insert(db, token).await
}

pub(super) async fn find_refresh_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(refresh_token::Model, session::Model)>> {
    let Some(token) = refresh_token::Entity::find_by_id(token_hash.to_owned()).one(db).await?
    else {
        return Ok(None);
    };
    let session = session::Entity::find_by_id(token.session_id).one(db).await?;
    Ok(session.map(|it| (token, it)))
}

/// Marks a refresh token used; false when it was used already, also by a simultaneous request.
pub(super) async fn use_refresh_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let used = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(at))
        .filter(refresh_token::Column::TokenHash.eq(token_hash))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Ends one session, or all sessions of a user.
pub(super) async fn end_sessions(
    db: &impl ConnectionTrait,
    user_id: Uuid,
    session_id: Option<Uuid>,
    because: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at))
        .col_expr(session::Column::RevokedBecause, Expr::value(because))
        .filter(session::Column::UserId.eq(user_id))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(session_id) = session_id {
        update = update.filter(session::Column::Id.eq(session_id));
    }
    update.exec(db).await?;
    Ok(())
}

pub(super) async fn signing_keys(db: &impl ConnectionTrait) -> Result<Vec<signing_key::Model>> {
    Ok(signing_key::Entity::find().order_by_desc(signing_key::Column::CreatedAt).all(db).await?)
}

pub(super) async fn insert_signing_key(
    db: &impl ConnectionTrait,
    key: signing_key::Model,
) -> Result<()> {
    insert(db, key).await
}

/// No more tokens are signed with the keys in use; those already signed run out by themselves.
pub(super) async fn retire_signing_keys(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<()> {
    signing_key::Entity::update_many()
        .col_expr(signing_key::Column::RetiredAt, Expr::value(at))
        .filter(signing_key::Column::RetiredAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Replaces the set-up secret.
pub(super) async fn replace_setup_secret(
    db: &impl ConnectionTrait,
    secret: setup_secret::Model,
) -> Result<()> {
    setup_secret::Entity::delete_many().exec(db).await?;
    insert(db, secret).await
}

/// Removes the secret for good; false when somebody else has spent it.
pub(super) async fn spend_setup_secret(
    db: &impl ConnectionTrait,
    secret_hash: &str,
) -> Result<bool> {
    let spent = setup_secret::Entity::delete_by_id(secret_hash.to_owned()).exec(db).await?;
    Ok(spent.rows_affected == 1)
}

pub(super) async fn setup_secret_hash(db: &impl ConnectionTrait) -> Result<Option<String>> {
    Ok(setup_secret::Entity::find().one(db).await?.map(|it| it.secret_hash))
}
