//! The bench: a real server in this process, on a database of its own, with a clock that only
//! the test moves, and the people of the station as clients.
//!
//! ```ignore
//! on_both_databases!(a_case_is_accepted_once);
//!
//! async fn a_case_is_accepted_once(app: &TestApp) {
//!     let case = …;
//!     let again = app.clerk().post(&format!("/api/v1/cases/{case}/acceptance")).await;
//!     again.problem(409, "wrong_state");
//! }
//! ```
//!
//! Setting up a station costs password hashes and migrations, so each database is prepared
//! once and every test gets a copy of it. Only [`seam`] knows how the program is built.

mod client;
mod seam;
mod station;
mod tests;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use huijie::settings::Settings;
use tempfile::TempDir;

pub use client::{Answer, Person, Request};
pub use station::{FIRST_DAY, PASSWORD};

use crate::postgres;

/// Runs each named `async fn(app: &TestApp)` of this module as two tests: `name::sqlite` and
/// `name::postgres`. A function that is not listed is dead code and does not compile.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::harness::TestApp;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let app = TestApp::on_sqlite().await;
                super::$name(&app).await;
                app.stop().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(app) = TestApp::on_postgres().await {
                    super::$name(&app).await;
                    app.stop().await;
                }
            }
        }
    )+};
}
pub(crate) use on_both_databases;

/// A running station with its people, for one test.
pub struct TestApp {
    /// What the server's requests share; for tests that look at rows or call a service.
    pub app: huijie::app::App,
    address: SocketAddr,
    http: reqwest::Client,
    tokens: Mutex<HashMap<String, Token>>,
    server: seam::Server,
    // Dropped last, when nothing is open in them any more.
    data: TempDir,
    database: Option<postgres::Database>,
}

/// An access token and when a new one is needed.
#[derive(Clone)]
struct Token {
    access: String,
    expires: DateTime<Utc>,
}

impl TestApp {
    /// A station on SQLite.
    pub async fn on_sqlite() -> Self {
        let station = station::on_sqlite().await;
        Self::start(station.unpack(), None, station.tokens.clone()).await
    }

    /// A station on PostgreSQL; `None` when that is not installed and may be missing.
    pub async fn on_postgres() -> Option<Self> {
        let station = station::on_postgres().await.as_ref()?;
        let database = station.copy_database().await;
        Some(Self::start(station.unpack(), database, station.tokens.clone()).await)
    }

    /// A freshly installed program on SQLite that nobody has set up.
    pub async fn not_set_up() -> Self {
        Self::start(station::data_directory(), None, HashMap::new()).await
    }

    /// Another station on a database of the same kind, with other settings.
    pub async fn another(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let on_postgres = match &self.database {
            Some(_) => station::on_postgres().await.as_ref(),
            None => None,
        };
        let (station, database) = match on_postgres {
            Some(station) => (station, station.copy_database().await),
            None => (station::on_sqlite().await, None),
        };
        Self::start_with(station.unpack(), database, station.tokens.clone(), change).await
    }

    async fn start(
        data: TempDir,
        database: Option<postgres::Database>,
        tokens: HashMap<String, Token>,
    ) -> Self {
        Self::start_with(data, database, tokens, |_| ()).await
    }

    async fn start_with(
        data: TempDir,
        database: Option<postgres::Database>,
        tokens: HashMap<String, Token>,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let url = database.as_ref().map(|it| it.url.clone());
        let (app, server) = seam::serve(data.path(), url, change).await;
        Self {
            app,
            address: server.address,
            http: client::http(),
            tokens: Mutex::new(tokens),
            server,
            data,
            database,
        }
    }

    /// Ends the server as a signal would: what it has begun is finished. Leaves what it wrote.
    pub async fn stop(self) -> (TempDir, Option<postgres::Database>) {
        self.server.stop().await;
        seam::close(self.app).await;
        (self.data, self.database)
    }

    /// Lets time pass. Tokens that run out meanwhile are renewed by a new login.
    pub fn pass(&self, time: TimeDelta) {
        self.app.clock.advance(time);
    }

    /// `http://127.0.0.1:…`, for tests that speak to the server in their own way.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn clerk(&self) -> Person<'_> {
        self.person("clerk")
    }

    pub fn mediator(&self) -> Person<'_> {
        self.person("mediator")
    }

    pub fn second_mediator(&self) -> Person<'_> {
        self.person("second_mediator")
    }

    pub fn officer(&self) -> Person<'_> {
        self.person("officer")
    }

    pub fn director(&self) -> Person<'_> {
        self.person("director")
    }

    pub fn supervisor(&self) -> Person<'_> {
        self.person("supervisor")
    }

    pub fn admin(&self) -> Person<'_> {
        self.person("admin")
    }

    pub fn auditor(&self) -> Person<'_> {
        self.person("auditor")
    }

    /// A clerk of another office, who sees none of the station's cases.
    pub fn other_clerk(&self) -> Person<'_> {
        self.person("other_clerk")
    }

    /// Whoever logs in under this name with [`PASSWORD`].
    pub fn person(&self, username: &str) -> Person<'_> {
        Person::named(self, username)
    }

    /// Nobody: no token is sent.
    pub fn stranger(&self) -> Person<'_> {
        Person::stranger(self)
    }

    /// Whoever this token belongs to, if anybody.
    pub fn bearer(&self, token: &str) -> Person<'_> {
        Person::bearer(self, token)
    }
}
