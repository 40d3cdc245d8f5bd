//! Accounts and offices: the first of them by the set-up secret, the others by the administrator
//! over the API or from the shell.

use huijie::identity::announce_setup;
use serde_json::json;

use crate::disputes::hire;
use crate::harness::{PASSWORD, Person, Request, TestApp, on_both_databases};
use crate::process::Premises;

on_both_databases!(
    weak_passwords_are_refused_with_every_reason,
    accounts_change_under_their_version,
    offices_change_under_their_version,
);

async fn weak_passwords_are_refused_with_every_reason(app: &TestApp) {
    let office = app.admin().get("/api/v1/me").await.ok().string("/office_id");
    let create = |password: &str| {
        let user = json!({
            "username": "wang.min", "display_name": "王敏", "role": "mediator",
            "office_id": office, "password": password,
        });
        app.admin().post("/api/v1/users").json(&user)
    };
    for (password, code) in [
        ("alllowercase", "password_too_simple"),
        ("0123456789", "password_too_simple"),
        ("Wang.Min-2026", "password_contains_user_name"),
    ] {
        let answer = create(password).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [("/password", code)], "{password}");
    }
    create("Short-1").await.status(422);
    let long = format!("Long-1{}", "x".repeat(123));
    create(&long).await.status(422);
    let both = create("wang.min.wang").await.problem(422, "invalid");
    assert!(both.faults().len() >= 2, "every reason at once: {}", both.text);
    let clerk = json!({ "current_password": PASSWORD, "new_password": "alllowercase" });
    let own = app.clerk().post("/api/v1/me/password").json(&clerk).await.problem(422, "invalid");
    assert_eq!(own.faults(), [("/new_password", "password_too_simple")]);
}

async fn refused_to_others(app: &TestApp, ask: impl for<'a> Fn(&Person<'a>) -> Request<'a>) {
    for person in [app.clerk(), app.director(), app.supervisor(), app.auditor()] {
        ask(&person).await.problem(403, "forbidden");
    }
}

async fn accounts_change_under_their_version(app: &TestApp) {
    let id = hire(app, "wang.min", "mediator").await;
    let path = format!("/api/v1/users/{id}");
    let rename = json!({ "display_name": "王敏" });
    refused_to_others(app, |it| it.patch(&path).if_match(1).json(&rename)).await;
    let admin = app.admin();
    admin.patch(&path).json(&rename).await.problem(428, "version_required");
    let renamed = admin.patch(&path).if_match(1).json(&rename).await.ok();
    assert_eq!((renamed.version(), renamed.string("/display_name")), ("2".into(), "王敏".into()));
    admin.patch(&path).if_match(1).json(&rename).await.problem(412, "stale");
    for action in ["disabling", "enabling", "unlocking"] {
        let path = format!("{path}/{action}");
        admin.post(&path).await.problem(428, "version_required");
        admin.post(&path).if_match(1).await.problem(412, "stale");
    }
    let nowhere = json!({ "office_id": id });
    let nowhere = admin.patch(&path).if_match(2).json(&nowhere).await.problem(422, "invalid");
    assert_eq!(nowhere.faults(), [("/office_id", "unknown_reference")]);
    assert_eq!(admin.get(&path).await.ok().version(), "2", "nothing was written");
    let twin = json!({
        "username": "wang.min", "display_name": "王敏", "role": "clerk",
        "office_id": renamed.string("/office_id"), "password": PASSWORD,
    });
    admin.post("/api/v1/users").json(&twin).await.problem(409, "duplicate");
    let nobody = uuid::Uuid::nil();
    let missing = admin.patch(&format!("/api/v1/users/{nobody}")).if_match(1).json(&rename).await;
    missing.problem(404, "not_found");
}

async fn offices_change_under_their_version(app: &TestApp) {
    let admin = app.admin();
    let mall = json!({ "kind": "mall", "name": "美罗城" });
    refused_to_others(app, |it| it.post("/api/v1/offices").json(&mall)).await;
    let office = admin.post("/api/v1/offices").json(&mall).await.created();
    let path = office.header("location").to_owned();
    let court = json!({ "kind": "court", "name": "徐汇区人民法院" });
    admin.post("/api/v1/offices").json(&court).await.created();
    admin.post("/api/v1/offices").json(&court).await.problem(409, "duplicate");
    let rename = json!({ "name": "美罗城（肇嘉浜路）" });
    admin.patch(&path).json(&rename).await.problem(428, "version_required");
    admin.patch(&path).if_match(7).json(&rename).await.problem(412, "stale");
    let renamed = admin.patch(&path).if_match(1).json(&rename).await.ok();
    assert_eq!(renamed.version(), "2");
    let taken = json!({ "name": "徐汇区人民法院" });
    admin.patch(&path).if_match(2).json(&taken).await.problem(409, "duplicate");
    // One's own name is not taken.
    admin.patch(&path).if_match(2).json(&rename).await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_setup_secret_works_once() {
    let app = TestApp::not_set_up().await;
    let outdated = announce_setup(&app.app).await.unwrap().expect("nobody has an account yet");
    let secret = announce_setup(&app.app).await.unwrap().expect("nobody has an account yet");
    let setup = |secret: &str, password: &str| {
        let station = json!({
            "setup_secret": secret, "office_name": "司法所", "office_kind": "judicial_office",
            "username": "admin", "display_name": "许管理", "password": password,
        });
        app.stranger().post("/api/v1/setup").json(&station)
    };
    setup(&outdated, PASSWORD).await.problem(401, "invalid_setup_secret");
    setup(&"x".repeat(43), PASSWORD).await.problem(401, "invalid_setup_secret");
    let weak = setup(&secret, "admin-admin-1").await.problem(422, "invalid");
    assert_eq!(weak.faults(), [("/password", "password_contains_user_name")]);

    let (one, other) = tokio::join!(setup(&secret, PASSWORD), setup(&secret, PASSWORD));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 401]);

    setup(&secret, PASSWORD).await.problem(401, "invalid_setup_secret");
    assert_eq!(announce_setup(&app.app).await.unwrap(), None);
    app.admin().get("/api/v1/me").await.ok();
    app.stop().await;
}

async fn the_shell_throws_out(premises: Premises) {
    let server = premises.serve().await;
    let token = server.log_in("clerk").await;
    server.get(&token, "/api/v1/me").await;

    premises.run(&["user", "disable", "clerk"]).await.success();

    let me = server.request(reqwest::Method::GET, "/api/v1/me").bearer_auth(&token).send();
    assert_eq!(me.await.unwrap().status(), 401);
    let listed = premises.run(&["user", "list"]).await.success().output;
    let line = listed.lines().find(|it| it.starts_with("clerk ")).unwrap();
    assert!(line.contains("disabled"), "{line}");

    premises.run(&["user", "enable", "clerk"]).await.success();
    let weak = premises.run_with(&["user", "set-password", "clerk"], "weak\n").await.failure();
    assert!(weak.errors.contains("at least 10 characters"), "{weak:?}");
    let set = &["user", "set-password", "clerk"];
    premises.run_with(set, &format!("{PASSWORD}\n")).await.success();
    server.log_in("clerk").await;
    let nobody = premises.run(&["user", "disable", "nobody"]).await.failure();
    assert!(nobody.errors.contains("There is no account nobody"), "{nobody:?}");

    // What the shell does stands in the log under the names of the API.
    let auditor = server.log_in("auditor").await;
    for action in ["disable_user", "enable_user", "reset_user_password"] {
        let path = format!("/api/v1/audit?action={action}");
        let entries = server.get(&auditor, &path).await;
        assert_eq!(entries["items"][0]["actor_role"], "system", "{action}: {entries}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shell_throws_out_at_once_on_sqlite() {
    the_shell_throws_out(Premises::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shell_throws_out_at_once_on_postgres() {
    if let Some(premises) = Premises::on_postgres().await {
        the_shell_throws_out(premises).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shell_makes_accounts() {
    let premises = Premises::on_sqlite().await;
    let offices = premises.run(&["user", "offices"]).await.success().output;
    let office = offices.split_whitespace().next().unwrap().to_owned();
    let add = |role: &'static str, office: String| {
        let arguments = ["user", "add", "wang.min", "--display-name", "王敏", "--role", role];
        [&arguments[..], &["--office"]].concat().into_iter().map(str::to_owned).chain([office])
    };
    let run = async |role, office: &str, password: &str| {
        let arguments: Vec<String> = add(role, office.to_owned()).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        premises.run_with(&arguments, password).await
    };
    let wrong = run("mediatrix", &office, "").await.failure();
    assert!(wrong.errors.contains("There is no role mediatrix"), "{wrong:?}");
    let silent = run("mediator", &office, "").await.failure();
    assert!(silent.errors.contains("No password"), "{silent:?}");
    let nowhere = run("mediator", &uuid::Uuid::nil().to_string(), PASSWORD).await.failure();
    assert!(nowhere.errors.contains("00000000-0000"), "{nowhere:?}");
    run("mediator", &office, &format!("{PASSWORD}\n")).await.success();
    let again = run("mediator", &office, &format!("{PASSWORD}\n")).await.failure();
    assert!(again.errors.contains("taken"), "{again:?}");
    let server = premises.serve().await;
    server.log_in("wang.min").await;
}
