//! What the operator meets: starting, settings, signs of life, stopping.

use std::fs;

use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::disputes::{dispute, registered};
use crate::harness::{PASSWORD, TestApp, on_both_databases};
use crate::process::{Premises, Served, ended};

on_both_databases!(signs_of_life_need_no_login, not_ready_without_its_tables);

async fn signs_of_life_need_no_login(app: &TestApp) {
    let stranger = app.stranger();
    assert_eq!(stranger.get("/health").await.ok().body, json!({ "status": "alive" }));
    assert_eq!(stranger.get("/ready").await.ok().body, json!({ "status": "ready" }));
    let case = registered(&app.clerk(), "计量").await.id();
    app.clerk().get(&format!("/api/v1/cases/{case}")).await.ok();

    let metrics = stranger.get("/metrics").await.ok();

    assert!(metrics.header("content-type").starts_with("text/plain"));
    let route = "route=\"/api/v1/cases/{case_id}\"";
    assert!(metrics.text.contains("http_request_duration_seconds_bucket"), "{}", metrics.text);
    assert!(metrics.text.contains(route), "{}", metrics.text);
    assert!(!metrics.text.contains(&case.to_string()), "an id is a label");
}

async fn not_ready_without_its_tables(app: &TestApp) {
    let database = app.app.database.writer();
    database.execute_unprepared("ALTER TABLE chain_heads RENAME TO away").await.unwrap();
    app.stranger().get("/ready").await.status(503);
    app.stranger().get("/health").await.ok();
    database.execute_unprepared("ALTER TABLE away RENAME TO chain_heads").await.unwrap();
    app.stranger().get("/ready").await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_run_makes_what_is_missing_and_prints_a_secret_until_it_is_used() {
    let premises = Premises::untouched();
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let server = premises.serve().await;
        let secret = secret_of(&server).expect("nobody has an account");
        assert!(!server.log().contains(&secret), "the secret stands in the log");
        assert!(server.greeting.contains("SQLite"), "{}", server.greeting);
        secrets.push(secret);
        server.kill();
    }
    assert_ne!(secrets[0], secrets[1]);
    for file in ["huijie.sqlite", "keys.json"] {
        assert!(premises.path(file).exists(), "{file}");
    }

    let server = premises.serve().await;
    let station = |secret: &str| {
        json!({
            "setup_secret": secret, "office_name": "司法所", "office_kind": "judicial_office",
            "username": "admin", "display_name": "许管理", "password": PASSWORD,
        })
    };
    let (status, _) = server.post("", "/api/v1/setup", &station(&secrets[1])).await;
    assert_eq!(status, 401, "only the last one printed counts");
    let secret = secret_of(&server).unwrap();
    let (status, body) = server.post("", "/api/v1/setup", &station(&secret)).await;
    assert_eq!(status, 201, "{body}");
    server.log_in("admin").await;
    server.kill();

    let server = premises.serve().await;
    assert_eq!(secret_of(&server), None);
    assert!(server.greeting.contains("Try: curl"), "{}", server.greeting);
    server.log_in("admin").await;
}

/// The secret stands alone on an indented line.
fn secret_of(server: &Served) -> Option<String> {
    let alone = |it: &&str| it.len() == 43 && it.bytes().all(|it| it.is_ascii_graphic());
    server.greeting.lines().filter_map(|it| it.strip_prefix("  ")).find(alone).map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_server_finishes_what_has_begun() {
    let premises = Premises::on_sqlite().await;
    let server = premises.serve().await;
    let clerk = server.log_in("clerk").await;
    let body = dispute("停机途中").to_string();
    let (first, rest) = body.as_bytes().split_at(body.len() / 2);
    let host = server.address().strip_prefix("http://").unwrap().to_owned();
    let head = format!(
        "POST /api/v1/cases HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {clerk}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut begun = TcpStream::connect(&host).await.unwrap();
    begun.write_all(head.as_bytes()).await.unwrap();
    begun.write_all(first).await.unwrap();
    begun.flush().await.unwrap();
    // Another request on a connection of its own shows that the first one was taken up.
    server.get(&clerk, "/api/v1/me").await;

    server.terminate();
    while TcpStream::connect(&host).await.is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    begun.write_all(rest).await.unwrap();
    let mut answer = Vec::new();
    begun.read_to_end(&mut answer).await.unwrap();

    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(server.log().contains("finishing what has begun"), "{}", server.log());
    assert!(server.end().await, "it ends in peace");
    let server = premises.serve().await;
    let cases = server.get(&clerk, "/api/v1/cases").await;
    assert_eq!(cases["items"][0]["title"], "停机途中");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_setting_is_refused_with_a_sentence() {
    let premises = Premises::untouched();
    for (variable, value, words) in [
        ("HUIJIE_LISTEN", "8080", "127.0.0.1:8080"),
        ("HUIJIE_DATABASE_URL", "mysql://root@localhost/x", "sqlite: or postgres:"),
        ("HUIJIE_DATABASE_CONNECTIONS", "0", "between 1 and 500"),
        ("HUIJIE_DATABASE_CONNECTIONS", "many", "--database-connections"),
        ("HUIJIE_BODY_LIMIT", "12", "between 1024 and 104857600"),
        ("HUIJIE_CASE_NUMBER_PATTERN", "第{sequence}号", "{year} once"),
        ("HUIJIE_ACCESS_TOKEN_MINUTES", "0", "between 1 and 60"),
        ("HUIJIE_REFRESH_TOKEN_DAYS", "400", "between 1 and 90"),
        ("HUIJIE_LOCKOUT_ATTEMPTS", "1", "between 3 and 20"),
        ("HUIJIE_LOCKOUT_MINUTES", "0", "between 1 and 1440"),
        ("HUIJIE_LOG_FORMAT", "xml", "[possible values: text, json]"),
        ("HUIJIE_LOG", "huijie=[", "log"),
        ("HUIJIE_SETTINGS", "/nowhere/huijie.toml", "Cannot read /nowhere/huijie.toml"),
        ("HUIJIE_LISTNE", "127.0.0.1:0", "HUIJIE_LISTNE is not a setting"),
    ] {
        let mut command = premises.command(&["serve"]);
        command.env(variable, value);
        let told = ended(command, "").await.failure();
        assert!(told.errors.contains(words), "{variable}={value}: {told:?}");
        assert!(!told.errors.contains("panicked"), "{told:?}");
        assert_eq!(told.output, "");
    }
    let mut command = premises.command(&["user", "list"]);
    command.env("HUIJIE_TEST_REQUIRE_POSTGRES", "1");
    ended(command, "").await.success();
    premises.run(&["serve", "--listne", "127.0.0.1:0"]).await.failure();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_port_is_told_with_what_to_do() {
    let premises = Premises::untouched();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = premises.run(&["serve", "--listen", &address]).await.failure();
    assert!(told.errors.contains(&address) && told.errors.contains("--listen"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let premises = Premises::untouched();
    let url = |name: &str| format!("sqlite://{}", premises.path(name).display());
    let file = premises.path("huijie.toml");
    let text = format!("database_url = \"{}\"\nlockout_minutes = 30\n", url("by-file.sqlite"));
    fs::write(&file, text).unwrap();
    let command = |flag: bool, environment: bool| {
        let mut command = premises.command(&["serve", "--settings", file.to_str().unwrap()]);
        command.env_remove("HUIJIE_DATABASE_URL");
        if flag {
            command.args(["--database-url", &url("by-flag.sqlite")]);
        }
        if environment {
            command.env("HUIJIE_DATABASE_URL", url("by-environment.sqlite"));
        }
        command
    };
    for (flag, environment, expected) in [
        (false, false, "by-file.sqlite"),
        (false, true, "by-environment.sqlite"),
        (true, true, "by-flag.sqlite"),
        (true, false, "by-flag.sqlite"),
    ] {
        // Each database is another station, so each has keys of its own.
        let mut command = command(flag, environment);
        command.env("HUIJIE_KEY_FILE", premises.path(&format!("{expected}.keys")));
        let server = Served::start(command, &premises.path("")).await;
        assert!(server.greeting.contains(expected), "{expected}: {}", server.greeting);
        assert!(premises.path(expected).exists());
        server.kill();
    }
    fs::write(&file, "listne = \"127.0.0.1:0\"\n").unwrap();
    let told = ended(command(false, false), "").await.failure();
    assert!(told.errors.contains("huijie.toml") && told.errors.contains("listne"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_take_effect() {
    let premises = Premises::on_sqlite().await;
    let mut command = premises.command(&["serve"]);
    command
        .env("HUIJIE_CASE_NUMBER_PATTERN", "徐{year}-{sequence:3}")
        .env("HUIJIE_ACCESS_TOKEN_MINUTES", "5")
        .env("HUIJIE_LOCKOUT_ATTEMPTS", "3")
        .env("HUIJIE_BODY_LIMIT", "2048")
        .env("HUIJIE_LOG_FORMAT", "json");
    let server = Served::start(command, &premises.path("")).await;
    let credentials = json!({ "username": "clerk", "password": PASSWORD });
    let (_, session) = server.post("", "/api/v1/auth/login", &credentials).await;
    assert_eq!(session["expires_in"], 300);
    let token = session["access_token"].as_str().unwrap();
    let (_, case) = server.post(token, "/api/v1/cases", &dispute("设置")).await;
    let path = format!("/api/v1/cases/{}/acceptance", case["id"].as_str().unwrap());
    let accepted = server.request(Method::POST, &path).bearer_auth(token);
    let accepted = accepted.header("if-match", "\"1\"").send().await.unwrap();
    let accepted: serde_json::Value = accepted.json().await.unwrap();
    let number = accepted["case_number"].as_str().unwrap();
    assert!(number.starts_with("徐20") && number.ends_with("-001"), "{number}");
    let mut large = dispute("设置");
    large["facts"] = "长".repeat(1000).into();
    let (status, problem) = server.post(token, "/api/v1/cases", &large).await;
    assert_eq!((status, problem["code"].as_str()), (413, Some("too_large")));
    let wrong = json!({ "username": "officer", "password": "Wrong-password-1" });
    for expected in [401, 401, 401, 429] {
        let (status, body) = server.post("", "/api/v1/auth/login", &wrong).await;
        assert_eq!(status, expected, "{body}");
    }
    // One JSON object a line, with the request's id.
    let log = server.log();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|it| serde_json::from_str(it).expect(it)).collect();
    let answered =
        lines.iter().find(|it| it["message"] == "answered").expect("requests are logged");
    assert!(answered["trace_id"].is_string() && answered["route"].is_string(), "{answered}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_schema_is_brought_up_twice_without_harm() {
    let premises = Premises::untouched();
    premises.run(&["migrate"]).await.success();
    premises.run(&["migrate"]).await.success();
    let told = premises.run(&["audit", "verify"]).await.success();
    assert!(told.output.contains("The chain is whole"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_is_printed_without_a_station() {
    let premises = Premises::untouched();
    let told = premises.run(&["openapi"]).await.success();
    let document: serde_json::Value = serde_json::from_str(&told.output).unwrap();
    assert_eq!(document["openapi"], "3.0.3");
    let told = premises.run(&["openapi", "--version", "3.1"]).await.success();
    let document: serde_json::Value = serde_json::from_str(&told.output).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(!premises.path("huijie.sqlite").exists());
}
