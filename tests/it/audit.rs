//! The log that nobody can rewrite: whole as it is written, and named to the entry when it is
//! not. Lists of it stay right while others write.

use std::fs;

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::disputes::{account, registered, whole_chain};
use crate::harness::{Person, TestApp, on_both_databases};
use crate::process::Premises;

on_both_databases!(
    the_database_refuses_to_change_the_log,
    every_write_is_in_the_log_with_who_and_what,
    what_was_refused_is_not_in_the_log,
    pages_stay_right_while_others_write,
);

async fn the_database_refuses_to_change_the_log(app: &TestApp) {
    registered(&app.clerk(), "篡改").await;
    let database = app.app.database.writer();
    for statement in [
        "UPDATE audit_entries SET action = 'nothing' WHERE seq = 1",
        "DELETE FROM audit_entries WHERE seq = 1",
        "UPDATE events SET kind = 'nothing' WHERE seq = 1",
        "DELETE FROM events",
        // The request interrupts limitation; nobody backdates it.
        "UPDATE cases SET requested_at = '2020-01-01 00:00:00+00:00'",
    ] {
        let refused = database.execute_unprepared(statement).await.unwrap_err().to_string();
        assert!(refused.contains("may not be changed"), "{statement}: {refused}");
    }
    whole_chain(app).await;
}

async fn every_write_is_in_the_log_with_who_and_what(app: &TestApp) {
    let clerk = app.clerk();
    let case = registered(&clerk, "留痕").await;
    let trace_id = "audit-test.1";
    let path = format!("/api/v1/cases/{}", case.id());
    let accepted = clerk.post(&format!("{path}/acceptance")).if_match(1);
    accepted.header("x-request-id", trace_id).await.created();

    let log = format!("/api/v1/audit?case_id={}", case.id());
    let log = app.auditor().get(&log).await.ok();

    let entries = log.body["items"].as_array().unwrap();
    let actions: Vec<&Value> = entries.iter().map(|it| &it["action"]).collect();
    assert_eq!(actions, ["accept_case", "register_case"]);
    let (last, first) = (&entries[0], &entries[1]);
    assert_eq!(last["trace_id"], trace_id);
    assert_eq!(last["actor_role"], "clerk");
    assert_eq!(last["actor_id"], account(app, "clerk").await.to_string());
    assert_eq!(last["client_address"], "127.0.0.1");
    assert_eq!(last["previous_hash"], first["hash"]);
    assert_eq!(last["before_hash"], first["after_hash"], "the state that was left was found");
    assert_ne!(last["before_hash"], last["after_hash"]);
    // Who looks for one person or one action finds the same.
    for filter in [format!("actor_id={}", account(app, "clerk").await), "action=accept_case".into()]
    {
        let found = app.auditor().get(&format!("/api/v1/audit?limit=1&{filter}")).await.ok();
        assert_eq!(found.body["items"][0]["sequence"], last["sequence"], "{filter}");
    }
    for someone in [app.clerk(), app.director(), app.supervisor(), app.admin()] {
        someone.get("/api/v1/audit").await.problem(403, "forbidden");
        someone.get("/api/v1/audit/verification").await.problem(403, "forbidden");
    }
}

async fn what_was_refused_is_not_in_the_log(app: &TestApp) {
    let clerk = app.clerk();
    let case = registered(&clerk, "未办成").await;
    let path = format!("/api/v1/cases/{}", case.id());
    let before = whole_chain(app).await;
    clerk.post(&format!("{path}/closure")).if_match(1).await.status(403);
    clerk.post(&format!("{path}/archive")).if_match(1).json(&json!({})).await.status(422);
    clerk.post(&format!("{path}/acceptance")).if_match(9).await.status(412);
    clerk.post(&format!("{path}/claims")).if_match(1).json(&json!({})).await.status(422);
    app.other_clerk().post(&format!("{path}/acceptance")).if_match(1).await.status(404);
    assert_eq!(whole_chain(app).await, before);
    // A failed login is no write of anybody and still has to be seen.
    let wrong = json!({ "username": "clerk", "password": "Wrong-password-1" });
    app.stranger().post("/api/v1/auth/login").json(&wrong).await.status(401);
    assert_eq!(whole_chain(app).await, before + 1);
    let log = app.auditor().get("/api/v1/audit?limit=1").await.ok();
    assert_eq!(log.body["items"][0]["action"], "log_in_failed");
}

/// Reads a list page by page; something new is written after every page.
async fn pages(app: &TestApp, reader: &Person<'_>, path: &str, case: &str) -> Vec<i64> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = reader.get(&format!("{path}?limit=3{cursor}")).await.ok();
        let items = page.body["items"].as_array().unwrap();
        assert!(items.len() <= 3);
        found.extend(items.iter().map(|it| it["sequence"].as_i64().unwrap()));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
        write_something(app, case).await;
    }
}

async fn write_something(app: &TestApp, case: &str) {
    let clerk = app.clerk();
    let version = clerk.get(case).await.ok().version();
    let claim = json!({ "kind": "apology", "description": "赔礼道歉。" });
    clerk.post(&format!("{case}/claims")).if_match(version).json(&claim).await.created();
}

async fn pages_stay_right_while_others_write(app: &TestApp) {
    let id = registered(&app.clerk(), "翻页").await.id();
    let case = format!("/api/v1/cases/{id}");
    for _ in 0..9 {
        write_something(app, &case).await;
    }
    for (reader, room) in [(app.director(), "timeline"), (app.supervisor(), "audit")] {
        let path = format!("{case}/{room}");
        let all = reader.get(&format!("{path}?limit=200")).await.ok();
        let all = all.body["items"].as_array().unwrap().clone();
        let expected: Vec<i64> = all.iter().map(|it| it["sequence"].as_i64().unwrap()).collect();
        assert!(expected.windows(2).all(|it| it[0] > it[1]), "newest first: {expected:?}");

        let found = pages(app, &reader, &path, &case).await;

        assert_eq!(found, expected, "{room}");
        reader.get(&format!("{path}?cursor=nonsense")).await.problem(422, "invalid");
        reader.get(&format!("{path}?limit=0")).await.status(422);
        reader.get(&format!("{path}?limit=201")).await.status(422);
    }
    app.clerk().get(&format!("{case}/audit")).await.problem(403, "forbidden");
    app.other_clerk().get(&format!("{case}/timeline")).await.problem(404, "not_found");
}

/// Something done to the database behind the program's back, and the entry it is found at.
struct Tampering {
    statements: &'static [&'static str],
    found_at: i64,
}

const TAMPERINGS: &[Tampering] = &[
    Tampering {
        statements: &["UPDATE audit_entries SET action = 'read_case' WHERE seq = 7"],
        found_at: 7,
    },
    Tampering {
        statements: &["UPDATE audit_entries SET actor_id = NULL WHERE seq = 9"],
        found_at: 9,
    },
    Tampering { statements: &["DELETE FROM audit_entries WHERE seq = 5"], found_at: 5 },
    Tampering { statements: &["DELETE FROM audit_entries WHERE seq = 1"], found_at: 1 },
    // Swapped, each with the hash of the other place.
    Tampering {
        statements: &[
            "UPDATE audit_entries SET seq = -1 WHERE seq = 6",
            "UPDATE audit_entries SET seq = 6 WHERE seq = 8",
            "UPDATE audit_entries SET seq = 8 WHERE seq = -1",
        ],
        found_at: 6,
    },
];

async fn name_the_tampering(new: impl AsyncFn() -> Option<Premises>, free: &str) {
    for Tampering { statements, found_at } in TAMPERINGS {
        let Some(premises) = new().await else { return };
        let whole = premises.run(&["audit", "verify"]).await.success();
        assert!(whole.output.contains("The chain is whole"), "{whole:?}");
        let export = premises.path("export.jsonl");
        let exported = premises.run(&["audit", "export"]).await.success().output;
        fs::write(&export, &exported).unwrap();
        let export = export.to_str().unwrap();
        premises.run(&["audit", "verify", "--file", export]).await.success();

        let database = sea_orm::Database::connect(premises.database_url()).await.unwrap();
        for statement in [free].iter().chain(*statements) {
            database.execute_unprepared(statement).await.unwrap();
        }
        database.close().await.unwrap();

        let sentence = format!("The chain is broken at entry {found_at}.");
        let told = premises.run(&["audit", "verify"]).await.failure();
        assert!(told.errors.contains(&sentence), "{statements:?}: {told:?}");
        let tampered = premises.run(&["audit", "export"]).await.success().output;
        fs::write(export, tampered).unwrap();
        let told = premises.run(&["audit", "verify", "--file", export]).await.failure();
        assert!(told.errors.contains(&sentence), "{statements:?}: {told:?}");
        let server = premises.serve().await;
        let auditor = server.log_in("auditor").await;
        let verdict = server.get(&auditor, "/api/v1/audit/verification").await;
        assert_eq!(verdict["whole"], false, "{statements:?}");
        assert_eq!(verdict["broken_at"], *found_at, "{statements:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_is_named_with_its_entry_on_sqlite() {
    let new = async || Some(Premises::on_sqlite().await);
    name_the_tampering(
        new,
        "DROP TRIGGER audit_entries_no_UPDATE; DROP TRIGGER audit_entries_no_DELETE",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_is_named_with_its_entry_on_postgres() {
    name_the_tampering(Premises::on_postgres, "DROP TRIGGER audit_entries_fixed ON audit_entries")
        .await;
}

/// Cut at the end, an export is shorter and still a chain: the head in the database tells.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_end_is_noticed() {
    let premises = Premises::on_sqlite().await;
    let database = sea_orm::Database::connect(premises.database_url()).await.unwrap();
    for statement in [
        "DROP TRIGGER audit_entries_no_DELETE",
        "DELETE FROM audit_entries WHERE seq = (SELECT max(seq) FROM audit_entries)",
    ] {
        database.execute_unprepared(statement).await.unwrap();
    }
    database.close().await.unwrap();
    let told = premises.run(&["audit", "verify"]).await.failure();
    assert!(told.errors.contains("The chain is broken at entry "), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_checked_without_any_station() {
    let premises = Premises::on_sqlite().await;
    let exported = premises.run(&["audit", "export"]).await.success().output;
    let lines: Vec<&str> = exported.lines().collect();
    assert!(lines.len() > 15, "{exported}");
    let elsewhere = Premises::untouched();
    let path = elsewhere.path("export.jsonl");
    let verify = async |text: String| {
        fs::write(&path, text).unwrap();
        elsewhere.run(&["audit", "verify", "--file", path.to_str().unwrap()]).await
    };

    verify(exported.clone()).await.success();
    let whole: Value = serde_json::from_str(lines[10]).unwrap();
    for (change, found_at) in [
        (exported.replace(lines[10], &lines[10].replace("create_user", "log_in")), 11),
        (exported.replace(&format!("{}\n", lines[10]), ""), 11),
        (exported.replace(lines[10], "nonsense"), 11),
        (exported.replace(lines[0], lines[1]), 1),
        (format!("{exported}{}\n", lines[10]), i64::try_from(lines.len()).unwrap() + 1),
    ] {
        assert_ne!(change, exported, "{whole}");
        let told = verify(change).await.failure();
        let sentence = format!("The chain is broken at entry {found_at}.");
        assert!(told.errors.contains(&sentence), "{sentence} {told:?}");
    }
    assert!(!elsewhere.path("huijie.sqlite").exists(), "no database is made for it");
    let missing = elsewhere.run(&["audit", "verify", "--file", "missing.jsonl"]).await.failure();
    assert!(missing.errors.contains("missing.jsonl"), "{missing:?}");
}
