//! The first run: no default password, but a secret that is printed once and makes the first
//! administrator.

use uuid::Uuid;

use super::{password, store, tokens};
use crate::access::Subject;
use crate::app::App;
use crate::database::{Record, insert};
use crate::entity::{office, setup_secret, user};
use crate::error::{Error, Result, Stranger};
use crate::request::RequestFacts;
use crate::words::{OfficeKind, Role, UserStatus};

/// Makes a fresh set-up secret while there is no account, and returns it for printing. Only
/// its hash is kept, so every start prints another.
pub async fn announce_setup(app: &App) -> Result<Option<String>> {
    if store::count_users(app.database.reader()).await? > 0 {
        return Ok(None);
    }
    let secret = tokens::new_secret();
    let work = app.begin_unattended(&RequestFacts::internal()).await?;
    let row = setup_secret::Model { secret_hash: secret.hash, created_at: work.now() };
    store::replace_setup_secret(work.db(), row).await?;
    let subject = Subject { kind: "station", id: Uuid::nil(), case_id: None };
    work.commit_unattended("make_setup_secret", subject, Record::silent()).await?;
    Ok(Some(secret.plain.reveal().to_owned()))
}

/// What the first run asks for.
#[derive(Debug)]
pub struct SetUpStation {
    pub setup_secret: String,
    pub office_name: String,
    pub office_kind: OfficeKind,
    pub username: String,
    pub display_name: String,
    pub password: String,
}

/// Spends the secret: the first office and its administrator.
pub async fn set_up(app: &App, facts: &RequestFacts, input: SetUpStation) -> Result<user::Model> {
    const BAD: Error = Error::Unauthenticated(Stranger::BadSetupSecret);
    let stored = store::setup_secret_hash(app.database.reader()).await?.ok_or(BAD)?;
    if !tokens::secret_matches(&input.setup_secret, &stored) {
        return Err(BAD);
    }
    password::check("/password", &input.password, &input.username)?;
    let hash = app.passwords.hash(&input.password).await?;
    let work = app.begin_unattended(facts).await?;
    // Two at once: the second finds the secret spent.
    if !store::spend_setup_secret(work.db(), &stored).await? {
        return Err(BAD);
    }
    let office = office::Model {
        id: Uuid::now_v7(),
        kind: input.office_kind,
        name: input.office_name,
        version: 1,
        created_at: work.now(),
    };
    let user = user::Model {
        id: Uuid::now_v7(),
        username: input.username,
        display_name: input.display_name,
        role: Role::Admin,
        office_id: office.id,
        status: UserStatus::Active,
        password_hash: hash,
        failed_attempts: 0,
        locked_until: None,
        version: 1,
        created_at: work.now(),
    };
    insert(work.db(), office).await?;
    store::insert_user(work.db(), user.clone()).await?;
    work.commit_unattended("set_up_station", Subject::user(user.id), Record::silent()).await?;
    Ok(user)
}
