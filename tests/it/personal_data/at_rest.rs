//! Personal data in files, dumps and logs of the running program, and the keys that seal it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use reqwest::Method;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};

use super::{PHONE, case_with_canaries, free_of_canaries, lawyer};
use crate::process::{Premises, Served};

/// Registers the case with canaries on a served process and reads the person in clear once.
async fn fill(server: &Served) -> (String, String) {
    let clerk = server.log_in("clerk").await;
    let send = async |key: &str, path: &str, version: Option<&str>, body: Value| -> Value {
        let request = server.request(Method::POST, path).bearer_auth(&clerk);
        let request = request.header("idempotency-key", key).json(&body);
        let request = match version {
            Some(version) => request.header("if-match", version),
            None => request,
        };
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    };
    let case = send("1", "/api/v1/cases", None, case_with_canaries()).await;
    let case_id = case["id"].as_str().unwrap().to_owned();
    let person = case["parties"][0]["id"].as_str().unwrap().to_owned();
    let party = format!("/api/v1/cases/{case_id}/parties/{person}");
    send("2", &format!("{party}/agents"), Some("\"1\""), lawyer()).await;
    let shown = send("3", &format!("{party}/unmasking"), None, json!({ "purpose": "核对" })).await;
    assert_eq!(shown["phone"], PHONE);
    // What is refused is not logged with its content either.
    let (status, _) = server.post(&clerk, "/api/v1/cases", &json!({ "phone": PHONE })).await;
    assert_eq!(status, 422);
    let address = format!("/api/v1/cases?external_number={PHONE}");
    server.get(&clerk, &address).await;
    (case_id, person)
}

async fn unmasked(server: &Served, (case, person): &(String, String)) -> Value {
    let clerk = server.log_in("clerk").await;
    let path = format!("/api/v1/cases/{case}/parties/{person}/unmasking");
    let (status, body) = server.post(&clerk, &path, &json!({ "purpose": "核对" })).await;
    assert_eq!(status, 200, "{body}");
    body
}

/// Every file of a data directory.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(directory).unwrap().map(|it| it.unwrap());
    let files = entries.filter(|it| it.file_type().unwrap().is_file());
    files.map(|it| (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sqlite_files_and_the_log_hold_nothing_in_clear() {
    let premises = Premises::on_sqlite().await;
    let mut command = premises.command(&["serve"]);
    command.env("HUIJIE_LOG", "debug");
    let server = Served::start(command, &premises.path("")).await;
    fill(&server).await;

    let found = files(&premises.path(""));
    for name in ["huijie.sqlite", "huijie.sqlite-wal", "server.log"] {
        assert!(found.get(name).is_some_and(|it| it.len() > 1000), "{name} is not there");
    }
    for (name, content) in &found {
        free_of_canaries(name, content);
    }
    // The search finds what is there: the title, which is not personal data.
    let wal = &found["huijie.sqlite-wal"];
    let title = "个人信息".as_bytes();
    assert!(wal.windows(title.len()).any(|it| it == title));

    server.terminate();
    assert!(server.end().await);
    for (name, content) in files(&premises.path("")) {
        free_of_canaries(&name, &content);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_of_postgres_holds_nothing_in_clear() {
    let Some(premises) = Premises::on_postgres().await else { return };
    let mut command = premises.command(&["serve"]);
    command.env("HUIJIE_LOG_FORMAT", "json");
    let server = Served::start(command, &premises.path("")).await;
    fill(&server).await;

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres.sh");
    let programs = Command::new("sh").args([script, "find"]).output().unwrap().stdout;
    let program = Path::new(String::from_utf8(programs).unwrap().trim()).join("pg_dump");
    let dump = Command::new(program).arg(premises.database_url()).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let title = "个人信息".as_bytes();
    assert!(dump.stdout.windows(title.len()).any(|it| it == title), "the dump holds the case");

    free_of_canaries("the dump", &dump.stdout);
    free_of_canaries("the log", server.log().as_bytes());
}

/// The number of the key that each sealed value of the database was sealed with.
async fn sealing_keys(premises: &Premises) -> BTreeMap<&'static str, Vec<u16>> {
    let database = sea_orm::Database::connect(premises.database_url()).await.unwrap();
    let mut found = BTreeMap::new();
    for (table, column) in [
        ("sealed_values", "sealed"),
        ("signing_keys", "private_key"),
        ("idempotency_keys", "answer"),
    ] {
        let query = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        let query = Statement::from_string(database.get_database_backend(), query);
        let rows = database.query_all_raw(query).await.unwrap();
        let values = rows.iter().map(|it| it.try_get_by_index::<Vec<u8>>(0).unwrap());
        found.insert(table, values.map(|it| u16::from_be_bytes([it[1], it[2]])).collect());
    }
    database.close().await.unwrap();
    found
}

async fn rotate(premises: Premises) {
    let server = premises.serve().await;
    let filled = fill(&server).await;
    let before = unmasked(&server, &filled).await;
    server.terminate();
    assert!(server.end().await);
    let old = sealing_keys(&premises).await;
    assert!(old.values().all(|it| !it.is_empty() && it.iter().all(|it| *it == 1)), "{old:?}");

    let told = premises.run(&["key", "rotate-data"]).await.success();

    let count: usize = old.values().map(Vec::len).sum();
    assert!(told.output.contains(&format!("{count} values were sealed again")), "{told:?}");
    let new = sealing_keys(&premises).await;
    assert!(new.values().all(|it| !it.is_empty() && it.iter().all(|it| *it == 2)), "{new:?}");
    // Nothing needs the old key any more: it can be thrown away.
    let path = premises.path("keys.json");
    let mut keys: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    keys["keys"].as_object_mut().unwrap().remove("1").unwrap();
    fs::write(&path, keys.to_string()).unwrap();
    let server = premises.serve().await;
    assert_eq!(unmasked(&server, &filled).await, before);
    let clerk = server.log_in("clerk").await;
    let body = case_with_canaries();
    let again = server.request(Method::POST, "/api/v1/cases").bearer_auth(&clerk);
    let again = again.header("idempotency-key", "1").json(&body).send().await.unwrap();
    assert_eq!(again.status(), 201);
    assert_eq!(again.json::<Value>().await.unwrap()["id"], filled.0.as_str());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotated_data_key_seals_everything_again_on_sqlite() {
    rotate(Premises::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotated_data_key_seals_everything_again_on_postgres() {
    if let Some(premises) = Premises::on_postgres().await {
        rotate(premises).await;
    }
}

async fn refuse_without_keys(premises: Premises) {
    let path = premises.path("keys.json");
    let keys = fs::read(&path).unwrap();

    fs::remove_file(&path).unwrap();
    let told = premises.run(&["serve"]).await.failure();
    assert!(told.errors.contains("key file") && told.errors.contains("is missing"), "{told:?}");
    assert!(!path.exists(), "a new key file would hide the loss");

    fs::write(&path, &keys).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let told = premises.run(&["serve"]).await.failure();
    assert!(told.errors.contains("chmod 600"), "{told:?}");

    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&path, "{").unwrap();
    let told = premises.run(&["serve"]).await.failure();
    assert!(told.errors.contains("damaged"), "{told:?}");

    // The keys of another station open nothing here.
    fs::remove_file(&path).unwrap();
    let other = Premises::untouched();
    other.run(&["migrate"]).await.success();
    other.run(&["user", "list"]).await.success();
    fs::copy(other.path("keys.json"), &path).unwrap();
    let told = premises.run(&["serve"]).await.failure();
    assert!(told.errors.contains("does not open"), "{told:?}");

    fs::write(&path, &keys).unwrap();
    premises.serve().await.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_key_file_is_refused_with_a_sentence_on_sqlite() {
    refuse_without_keys(Premises::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_key_file_is_refused_with_a_sentence_on_postgres() {
    if let Some(premises) = Premises::on_postgres().await {
        refuse_without_keys(premises).await;
    }
}
