//! The signing keys of the access tokens: made at first run, kept sealed in the database so
//! that every process has the same, rotated by command.

use super::store;
use super::tokens::{PublicKey, SigningKey};
use crate::access::Subject;
use crate::app::App;
use crate::database::{Database, Record};
use crate::entity::signing_key;
use crate::error::{Error, Result};
use crate::request::RequestFacts;

fn place(kid: &str) -> String {
    format!("signing_keys.private_key:{kid}")
}

/// Whether a station has run on this database before.
pub async fn has_signing_keys(database: &Database) -> Result<bool> {
    Ok(!store::signing_keys(database.reader()).await?.is_empty())
}

/// Reads the keys from the database, making the first one if there is none.
pub async fn load_signing_keys(app: &App) -> Result<()> {
    if store::signing_keys(app.database.reader()).await?.is_empty() {
        rotate_signing_key(app).await?;
    }
    reload(app).await
}

async fn reload(app: &App) -> Result<()> {
    // A retired key still checks the tokens it signed; they run out within their life.
    let oldest = app.clock.now() - app.settings.access_token_life;
    let mut active = None;
    let mut others = Vec::new();
    for row in store::signing_keys(app.database.reader()).await? {
        match row.retired_at {
            None if active.is_none() => {
                let private = app.vault.open_bytes(&place(&row.kid), &row.private_key)?;
                active = Some(SigningKey::from_pkcs8(&private)?);
            }
            Some(retired_at) if retired_at < oldest => {}
            _ => others.push(PublicKey { kid: row.kid, x: row.public_x, y: row.public_y }),
        }
    }
    let active = active.ok_or_else(|| Error::internal("no signing key is active"))?;
    app.tokens.replace(&active, &others)
}

/// Makes a new signing key; the old ones only check from now on.
pub async fn rotate_signing_key(app: &App) -> Result<String> {
    let key = SigningKey::generate()?;
    let kid = key.public.kid.clone();
    let facts = RequestFacts::internal();
    let work = app.begin_unattended(&facts).await?;
    store::retire_signing_keys(work.db(), work.now()).await?;
    let row = signing_key::Model {
        private_key: app.vault.seal_bytes(&place(&kid), &key.private_pkcs8),
        public_x: key.public.x,
        public_y: key.public.y,
        kid: kid.clone(),
        created_at: work.now(),
        retired_at: None,
    };
    store::insert_signing_key(work.db(), row).await?;
    let subject = Subject { kind: "signing_key", id: uuid::Uuid::nil(), case_id: None };
    work.commit_unattended("rotate_signing_key", subject, Record::silent()).await?;
    reload(app).await?;
    Ok(kid)
}
