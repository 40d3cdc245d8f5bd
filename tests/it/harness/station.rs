//! The station every test finds: set up once on each database through the API, as a person
//! would, then kept as files (and a template database) to be copied.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeZone, Utc};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{TestApp, Token, seam};
use crate::postgres;

/// The password of everybody.
pub const PASSWORD: &str = "correct-horse-battery-staple-9";

/// When every test begins: a Monday morning at nine in Shanghai, a working day.
pub static FIRST_DAY: std::sync::LazyLock<DateTime<Utc>> = std::sync::LazyLock::new(|| {
    Utc.with_ymd_and_hms(2026, 3, 2, 1, 0, 0).single().expect("it is in the calendar")
});

/// Somebody who works at the station, besides the administrator who sets it up.
pub struct Colleague {
    pub username: &'static str,
    pub role: &'static str,
    pub display_name: &'static str,
    /// In a building service center and not in the station's own office.
    pub elsewhere: bool,
}

const fn here(username: &'static str, role: &'static str, display_name: &'static str) -> Colleague {
    Colleague { username, role, display_name, elsewhere: false }
}

const PEOPLE: &[Colleague] = &[
    here("clerk", "clerk", "陈静"),
    here("mediator", "mediator", "王建国"),
    here("second_mediator", "mediator", "李梅"),
    here("officer", "officer", "周海波"),
    here("director", "director", "顾明"),
    here("supervisor", "supervisor", "沈芳"),
    here("auditor", "auditor", "徐亮"),
    Colleague { username: "other_clerk", role: "clerk", display_name: "郑洁", elsewhere: true },
];

/// A station at rest.
pub struct Station {
    files: Vec<(PathBuf, Vec<u8>)>,
    database: Option<postgres::Database>,
    pub(super) tokens: HashMap<String, Token>,
}

/// A directory for one server's files, inside the build directory; deleted when dropped.
pub fn data_directory() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the build directory is writable")
}

pub async fn on_sqlite() -> &'static Station {
    static STATION: OnceCell<Station> = OnceCell::const_new();
    STATION.get_or_init(|| prepare(None)).await
}

pub async fn on_postgres() -> &'static Option<Station> {
    static STATION: OnceCell<Option<Station>> = OnceCell::const_new();
    STATION
        .get_or_init(async || match postgres::database().await {
            Some(database) => Some(prepare(Some(database)).await),
            None => None,
        })
        .await
}

async fn prepare(database: Option<postgres::Database>) -> Station {
    let app = TestApp::start(data_directory(), database, HashMap::new()).await;
    seam::set_up(&app, PEOPLE).await;
    for username in PEOPLE.iter().map(|it| it.username).chain(["admin"]) {
        app.person(username).token().await;
    }
    let tokens = app.tokens.lock().unwrap().clone();
    let (data, database) = app.stop().await;
    let mut files = Vec::new();
    read_files(data.path(), Path::new(""), &mut files);
    Station { files, database, tokens }
}

fn read_files(root: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            read_files(root, &path, files);
        } else {
            files.push((path, fs::read(entry.path()).unwrap()));
        }
    }
}

impl Station {
    /// A data directory with this station's files.
    pub fn unpack(&self) -> TempDir {
        let directory = data_directory();
        for (path, content) in &self.files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().expect("it is below the directory")).unwrap();
            fs::write(&path, content).unwrap();
            // The key file is refused when others may read it.
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        directory
    }

    pub async fn copy_database(&self) -> Option<postgres::Database> {
        match &self.database {
            Some(database) => Some(database.copy().await),
            None => None,
        }
    }
}
