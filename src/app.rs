//! What every request shares. Time, identity, settings and keys come in through here and
//! nowhere else.

use std::ops::Deref;
use std::sync::Arc;

use sea_orm::ConnectionTrait;

use crate::access::Call;
use crate::clock::Clock;
use crate::database::{Database, Work};
use crate::deadlines::{Almanac, AlmanacCache};
use crate::error::Result;
use crate::evidence::Storage;
use crate::identity::{Passwords, Tokens};
use crate::messages::Gateway;
use crate::papers::Press;
use crate::personal_data::Vault;
use crate::request::RequestFacts;
use crate::settings::Settings;

/// A handle on the running station; cloning is cheap.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub settings: Settings,
    pub clock: Clock,
    pub database: Database,
    pub vault: Vault,
    pub tokens: Tokens,
    pub passwords: Passwords,
    /// Where files of evidence are kept.
    pub storage: Storage,
    /// What papers are made with.
    pub(crate) press: Press,
    /// Names this process among those that serve one database.
    pub(crate) instance: uuid::Uuid,
    /// Through which messages leave; None: they do not.
    pub(crate) gateway: Option<Gateway>,
    /// A message waits to be carried.
    pub(crate) message_waiting: tokio::sync::Notify,
    /// Calendar or rules have changed: what was counted by them waits.
    pub(crate) almanac_changed: tokio::sync::Notify,
    almanac: AlmanacCache,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// Makes what is missing (directory, key file, database, schema, signing key) and connects.
    pub async fn open(settings: Settings, clock: Clock) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&settings.data_dir)?;
        let (vault, new_key_file) = Vault::open_or_create(&settings.key_file)?;
        let database =
            Database::connect(&settings.database_url, settings.database_connections).await?;
        database.migrate().await?;
        if new_key_file && crate::identity::has_signing_keys(&database).await? {
            // A lost key file must not be replaced in silence: nothing sealed could be opened.
            std::fs::remove_file(&settings.key_file)?;
            anyhow::bail!(
                "The database holds sealed data, but its key file {} is missing. Put it back, or \
                 name it with --key-file.",
                settings.key_file.display()
            );
        }
        let storage = Storage::open(&settings)?;
        let gateway = settings.message_gateway.clone().map(Gateway::new).transpose()?;
        let app = Self(Arc::new(Shared {
            settings,
            clock,
            database,
            vault,
            tokens: Tokens::default(),
            passwords: Passwords::default(),
            storage,
            press: Press::default(),
            instance: uuid::Uuid::now_v7(),
            gateway,
            message_waiting: tokio::sync::Notify::new(),
            almanac_changed: tokio::sync::Notify::new(),
            almanac: AlmanacCache::default(),
        }));
        crate::identity::load_signing_keys(&app).await?;
        crate::calendars::install(&app).await?;
        crate::deadlines::install(&app).await?;
        Ok(app)
    }

    /// Begins the one transaction of a call.
    pub async fn begin(&self, call: &Call) -> Result<Work> {
        Work::begin(self, call).await
    }

    /// The calendar and the rules that count now, as `db` sees them: read again as soon as any
    /// process has changed them.
    pub async fn almanac(&self, db: &impl ConnectionTrait) -> Result<Arc<Almanac>> {
        self.almanac.get(db).await
    }

    /// Begins a transaction without a logged-in actor.
    pub(crate) async fn begin_unattended(&self, facts: &RequestFacts) -> Result<Work> {
        Work::begin_unattended(self, facts).await
    }
}
