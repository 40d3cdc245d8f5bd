//! A PostgreSQL server for the life of this test process: found, started, and gone afterwards
//! however the process ends (`scripts/postgres.sh` watches over that). Tests get databases of
//! their own from it and never meet another test's rows.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::ConnectionTrait;

/// Set by `make test`: without PostgreSQL the tests fail instead of being skipped.
const REQUIRED: &str = "HUIJIE_TEST_REQUIRE_POSTGRES";

/// The running server. Holding the script's standard input keeps the server alive; the kernel
/// closes it when this process ends, by whatever cause.
struct Cluster {
    address: String,
    _script: Child,
}

static CLUSTER: LazyLock<Option<Cluster>> = LazyLock::new(|| match start() {
    Ok(cluster) => Some(cluster),
    Err(reason) => {
        assert!(!required(), "{REQUIRED} is set, but there is no PostgreSQL: {reason}");
        // Not `eprintln!`: the test runner swallows that when the test passes.
        let _ = writeln!(std::io::stderr(), "PostgreSQL tests skipped: {reason}");
        None
    }
});

/// A database of one test. It stays, some megabytes, until the whole cluster goes: dropping one
/// takes longer than making one.
pub struct Database {
    pub url: String,
    name: String,
}

/// An empty database; `None` when PostgreSQL is not installed and may be missing.
pub async fn database() -> Option<Database> {
    let cluster = CLUSTER.as_ref()?;
    Some(cluster.create("template0").await)
}

impl Database {
    /// Another database with the same contents. Nobody may be connected to this one.
    pub async fn copy(&self) -> Self {
        let cluster = CLUSTER.as_ref().expect("a database comes from a running cluster");
        cluster.create(&self.name).await
    }
}

impl Cluster {
    async fn create(&self, template: &str) -> Database {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("huijie_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let server = sea_orm::Database::connect(&self.address).await.expect("the cluster answers");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        server.execute_unprepared(&create).await.expect("the template has no visitors");
        server.close().await.expect("the connection ends in peace");
        let server = self.address.strip_suffix("/postgres").expect("the script prints this end");
        Database { url: format!("{server}/{name}"), name }
    }
}

fn start() -> Result<Cluster, String> {
    let mut script = Command::new("sh")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres.sh"))
        .arg("run")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0) // Ctrl-C is for the tests; the script then ends by itself.
        .spawn()
        .map_err(|error| format!("sh cannot be started: {error}"))?;
    let mut answer = String::new();
    let output = script.stdout.take().expect("it is piped");
    BufReader::new(output).read_line(&mut answer).map_err(|error| error.to_string())?;
    match answer.trim_end().split_once(' ') {
        Some(("ready", address)) => Ok(Cluster { address: address.to_owned(), _script: script }),
        Some((_, reason)) => Err(reason.to_owned()),
        None => Err("scripts/postgres.sh ended without a word".to_owned()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not a setting of the program"
)]
fn required() -> bool {
    std::env::var_os(REQUIRED).is_some_and(|value| value == "1")
}

#[tokio::test]
async fn a_copied_database_is_equal_and_apart() {
    let Some(original) = database().await else { return };
    let rows = "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('one')";
    run(&original, rows).await;

    let copy = original.copy().await;
    run(&copy, "INSERT INTO notes VALUES ('two')").await;

    assert_eq!(count(&original).await, 1);
    assert_eq!(count(&copy).await, 2);
}

async fn run(database: &Database, statements: &str) {
    let connection = sea_orm::Database::connect(&database.url).await.unwrap();
    connection.execute_unprepared(statements).await.unwrap();
    connection.close().await.unwrap();
}

async fn count(database: &Database) -> i64 {
    let connection = sea_orm::Database::connect(&database.url).await.unwrap();
    let row = connection.query_one_raw(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Postgres,
        "SELECT count(*) FROM notes",
    ));
    let count = row.await.unwrap().unwrap().try_get_by_index(0).unwrap();
    connection.close().await.unwrap();
    count
}
