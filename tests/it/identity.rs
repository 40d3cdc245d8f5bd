//! Who is let in, for how long, and who is out at once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use huijie::identity::{announce_setup, rotate_signing_key};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::disputes::{account, hire, whole_chain};
use crate::harness::{Answer, PASSWORD, Person, TestApp, on_both_databases};
use crate::process::Premises;

on_both_databases!(
    a_login_gives_tokens_that_work,
    a_refresh_token_works_once_and_its_reuse_ends_the_session,
    of_two_refreshes_at_once_the_session_does_not_survive_both,
    a_logout_ends_this_session_and_no_other,
    five_failures_lock_the_account_until_time_has_passed,
    an_administrator_unlocks_before_time,
    a_wrong_name_and_a_wrong_password_are_answered_alike,
    a_disabled_person_is_out_at_once,
    a_changed_role_or_office_ends_the_sessions,
    a_new_password_ends_the_sessions,
    a_wrong_current_password_is_told_each_time,
    old_tokens_outlive_the_rotation_of_the_signing_key,
    forged_tokens_are_refused,
    a_token_runs_out,
    weak_passwords_are_refused_with_every_reason,
    accounts_change_under_their_version,
    offices_change_under_their_version,
);

const LOGIN: &str = "/api/v1/auth/login";
const REFRESH: &str = "/api/v1/auth/refresh";

async fn log_in(app: &TestApp, username: &str, password: &str) -> Answer {
    let credentials = json!({ "username": username, "password": password });
    app.stranger().post(LOGIN).json(&credentials).await
}

/// A fresh pair of tokens.
async fn pair(app: &TestApp, username: &str) -> (String, String) {
    let session = log_in(app, username, PASSWORD).await.ok();
    (session.string("/access_token"), session.string("/refresh_token"))
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.stranger().post(REFRESH).json(&json!({ "refresh_token": token })).await
}

/// An answer without what differs in every answer.
fn apart_from_trace(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    body["trace_id"].take();
    (answer.status.as_u16(), body)
}

async fn user(app: &TestApp, username: &str) -> (String, String) {
    let id = account(app, username).await;
    let path = format!("/api/v1/users/{id}");
    let version = app.admin().get(&path).await.ok().version();
    (path, version)
}

async fn a_login_gives_tokens_that_work(app: &TestApp) {
    let session = log_in(app, "clerk", PASSWORD).await.ok();
    assert_eq!(session.body["token_type"], "Bearer");
    assert_eq!(session.body["expires_in"], 900);
    let me = app.bearer(&session.string("/access_token")).get("/api/v1/me").await.ok();
    assert_eq!(me.string("/username"), "clerk");
    assert!(!me.text.contains("password"), "{}", me.text);
}

async fn a_refresh_token_works_once_and_its_reuse_ends_the_session(app: &TestApp) {
    let (first_access, first) = pair(app, "clerk").await;
    let (bystander, _) = pair(app, "clerk").await;
    let renewed = refresh(app, &first).await.ok();
    let (second_access, second) =
        (renewed.string("/access_token"), renewed.string("/refresh_token"));
    assert_ne!(first, second);
    app.bearer(&first_access).get("/api/v1/me").await.ok();
    app.bearer(&second_access).get("/api/v1/me").await.ok();

    refresh(app, &first).await.problem(401, "invalid_refresh_token");

    for token in [&first_access, &second_access] {
        app.bearer(token).get("/api/v1/me").await.problem(401, "session_ended");
    }
    refresh(app, &second).await.problem(401, "invalid_refresh_token");
    app.bearer(&bystander).get("/api/v1/me").await.ok();
}

async fn of_two_refreshes_at_once_the_session_does_not_survive_both(app: &TestApp) {
    let (_, token) = pair(app, "clerk").await;
    let (one, other) = tokio::join!(refresh(app, &token), refresh(app, &token));
    let (won, lost) = if one.status.is_success() { (one, other) } else { (other, one) };
    lost.problem(401, "invalid_refresh_token");
    let access = won.ok().string("/access_token");
    app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
}

async fn a_logout_ends_this_session_and_no_other(app: &TestApp) {
    let (access, token) = pair(app, "clerk").await;
    let (elsewhere, _) = pair(app, "clerk").await;

    app.bearer(&access).post("/api/v1/auth/logout").await.no_content();

    app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
    refresh(app, &token).await.problem(401, "invalid_refresh_token");
    app.bearer(&elsewhere).get("/api/v1/me").await.ok();
}

async fn fail_to_log_in(app: &TestApp, username: &str, times: usize) {
    for _ in 0..times {
        log_in(app, username, "Wrong-password-1").await.problem(401, "wrong_credentials");
    }
}

#[track_caller]
fn locked(answer: Answer) {
    let answer = answer.problem(429, "locked");
    let seconds: i64 = answer.header("retry-after").parse().expect("Retry-After in seconds");
    assert!((1..=900).contains(&seconds), "{seconds}");
}

async fn five_failures_lock_the_account_until_time_has_passed(app: &TestApp) {
    let (access, _) = pair(app, "clerk").await;
    fail_to_log_in(app, "clerk", 4).await;
    log_in(app, "clerk", PASSWORD).await.ok();
    // The success has set the count back.
    fail_to_log_in(app, "clerk", 5).await;

    locked(log_in(app, "clerk", PASSWORD).await);
    locked(log_in(app, "clerk", "Wrong-password-1").await);
    // Whoever is inside stays inside: else anybody could throw anybody out.
    app.bearer(&access).get("/api/v1/me").await.ok();

    app.pass(TimeDelta::minutes(15) - TimeDelta::seconds(1));
    locked(log_in(app, "clerk", PASSWORD).await);
    app.pass(TimeDelta::seconds(1));
    log_in(app, "clerk", PASSWORD).await.ok();
}

async fn an_administrator_unlocks_before_time(app: &TestApp) {
    let (path, version) = user(app, "clerk").await;
    fail_to_log_in(app, "clerk", 5).await;
    locked(log_in(app, "clerk", PASSWORD).await);
    let shown = app.admin().get(&path).await.ok();
    assert!(shown.body["locked_until"].is_string(), "{}", shown.text);

    let unlocked = app.admin().post(&format!("{path}/unlocking")).if_match(version).await.ok();

    assert!(unlocked.body.get("locked_until").is_none(), "{}", unlocked.text);
    log_in(app, "clerk", PASSWORD).await.ok();
}

async fn a_wrong_name_and_a_wrong_password_are_answered_alike(app: &TestApp) {
    let (path, version) = user(app, "officer").await;
    app.admin().post(&format!("{path}/disabling")).if_match(version).await.ok();

    let wrong_password = log_in(app, "clerk", "Wrong-password-1").await;
    let wrong_name = log_in(app, "nobody", PASSWORD).await;
    let disabled = log_in(app, "officer", PASSWORD).await;

    assert_eq!(apart_from_trace(&wrong_password), apart_from_trace(&wrong_name));
    assert_eq!(apart_from_trace(&wrong_password), apart_from_trace(&disabled));
    assert_eq!(wrong_password.header("www-authenticate"), wrong_name.header("www-authenticate"));
}

async fn a_disabled_person_is_out_at_once(app: &TestApp) {
    let (access, token) = pair(app, "clerk").await;
    let (path, version) = user(app, "clerk").await;

    let disabled = app.admin().post(&format!("{path}/disabling")).if_match(version).await.ok();

    app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
    app.bearer(&access).get("/api/v1/cases").await.problem(401, "session_ended");
    refresh(app, &token).await.problem(401, "invalid_refresh_token");
    log_in(app, "clerk", PASSWORD).await.problem(401, "wrong_credentials");

    let version = disabled.version();
    app.admin().post(&format!("{path}/enabling")).if_match(version).await.ok();
    // The old session does not come back with the account.
    app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
    log_in(app, "clerk", PASSWORD).await.ok();

    let (own, version) = user(app, "admin").await;
    let myself = app.admin().post(&format!("{own}/disabling")).if_match(version).await;
    myself.problem(409, "own_account");
}

async fn a_changed_role_or_office_ends_the_sessions(app: &TestApp) {
    let office = json!({ "kind": "mall", "name": "港汇恒隆广场" });
    let office = app.admin().post("/api/v1/offices").json(&office).await.created().id();
    for change in [json!({ "role": "mediator" }), json!({ "office_id": office })] {
        let (access, token) = pair(app, "clerk").await;
        let (path, version) = user(app, "clerk").await;
        app.admin().patch(&path).if_match(version).json(&change).await.ok();
        app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
        refresh(app, &token).await.problem(401, "invalid_refresh_token");
        let (access, _) = pair(app, "clerk").await;
        let me = app.bearer(&access).get("/api/v1/me").await.ok();
        for (member, value) in change.as_object().unwrap() {
            assert_eq!(&me.body[member], value);
        }
    }
    // A new name alone ends nothing.
    let (access, _) = pair(app, "clerk").await;
    let id = app.bearer(&access).get("/api/v1/me").await.ok().id();
    let path = format!("/api/v1/users/{id}");
    let version = app.admin().get(&path).await.ok().version();
    let rename = json!({ "display_name": "陈静（二组）" });
    app.admin().patch(&path).if_match(version).json(&rename).await.ok();
    app.bearer(&access).get("/api/v1/me").await.ok();
}

async fn a_new_password_ends_the_sessions(app: &TestApp) {
    let (access, token) = pair(app, "clerk").await;
    let (elsewhere, _) = pair(app, "clerk").await;
    let own = json!({ "current_password": PASSWORD, "new_password": "Rainy-Xujiahui-2027" });
    app.bearer(&access).post("/api/v1/me/password").json(&own).await.no_content();
    for token in [&access, &elsewhere] {
        app.bearer(token).get("/api/v1/me").await.problem(401, "session_ended");
    }
    refresh(app, &token).await.problem(401, "invalid_refresh_token");
    log_in(app, "clerk", PASSWORD).await.problem(401, "wrong_credentials");
    let access = log_in(app, "clerk", "Rainy-Xujiahui-2027").await.ok().string("/access_token");

    let id = app.bearer(&access).get("/api/v1/me").await.ok().id();
    let path = format!("/api/v1/users/{id}");
    let version = app.admin().get(&path).await.ok().version();
    let given = json!({ "password": "Windy-Xujiahui-2026" });
    let given = app.admin().post(&format!("{path}/password")).if_match(version).json(&given);
    given.await.ok();
    app.bearer(&access).get("/api/v1/me").await.problem(401, "session_ended");
    log_in(app, "clerk", "Windy-Xujiahui-2026").await.ok();
}

/// Also when the request is repeated with its key, and it counts towards the lock.
async fn a_wrong_current_password_is_told_each_time(app: &TestApp) {
    let (access, _) = pair(app, "clerk").await;
    let body = json!({ "current_password": "Wrong-password-1", "new_password": "Rainy-2027-sky" });
    let ask = |key: u8| {
        let clerk = app.bearer(&access);
        clerk.post("/api/v1/me/password").idempotency_key(key).json(&body)
    };
    ask(1).await.problem(401, "wrong_credentials");
    ask(1).await.problem(401, "wrong_credentials");
    for key in 2..5 {
        ask(key).await.problem(401, "wrong_credentials");
    }
    locked(ask(6).await);
    app.bearer(&access).get("/api/v1/me").await.ok();
    whole_chain(app).await;
}

fn part(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

async fn published(app: &TestApp) -> Vec<String> {
    let keys = app.stranger().get("/.well-known/jwks.json").await.ok();
    let keys = keys.body["keys"].as_array().unwrap().clone();
    assert!(keys.iter().all(|it| it.get("d").is_none()), "a private key is published");
    keys.iter().map(|it| it["kid"].as_str().unwrap().to_owned()).collect()
}

async fn old_tokens_outlive_the_rotation_of_the_signing_key(app: &TestApp) {
    let (old, _) = pair(app, "clerk").await;
    let old_key = part(&old, 0)["kid"].as_str().unwrap().to_owned();
    assert_eq!(published(app).await, [old_key.clone()]);

    let new_key = rotate_signing_key(&app.app).await.unwrap();

    let (new, _) = pair(app, "clerk").await;
    assert_eq!(part(&new, 0)["kid"], new_key.as_str());
    assert_eq!(part(&new, 0)["alg"], "ES256");
    assert_eq!(published(app).await, [new_key.clone(), old_key.clone()]);
    for token in [&old, &new] {
        app.bearer(token).get("/api/v1/me").await.ok();
    }
    // Once no token of it can live any more, the oldest key is not published any more.
    app.pass(TimeDelta::hours(1));
    let newest_key = rotate_signing_key(&app.app).await.unwrap();
    assert_eq!(published(app).await, [newest_key, new_key]);
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn forged_tokens_are_refused(app: &TestApp) {
    let (token, _) = pair(app, "clerk").await;
    let (header, claims) = (part(&token, 0), part(&token, 1));
    let signature = token.split('.').nth(2).unwrap();
    let keys = app.stranger().get("/.well-known/jwks.json").await.ok();
    let admin = account(app, "admin").await;
    let changed = |of: &Value, member: &str, value: Value| {
        let mut changed = of.clone();
        changed[member] = value;
        encoded(&changed)
    };
    let (whole_header, whole_claims) = (encoded(&header), encoded(&claims));
    let mut forgeries = vec![
        ("no signature", format!("{whole_header}.{whole_claims}.")),
        ("alg none", format!("{}.{whole_claims}.", changed(&header, "alg", json!("none")))),
        (
            "alg none with the signature",
            format!("{}.{whole_claims}.{signature}", changed(&header, "alg", json!("none"))),
        ),
        (
            "unknown kid",
            format!("{}.{whole_claims}.{signature}", changed(&header, "kid", json!("x"))),
        ),
        (
            "somebody else",
            format!("{whole_header}.{}.{signature}", changed(&claims, "sub", json!(admin))),
        ),
        (
            "a longer life",
            format!("{whole_header}.{}.{signature}", changed(&claims, "exp", json!(4_000_000_000_i64))),
        ),
        ("two parts", format!("{whole_header}.{whole_claims}")),
        ("too long", "a".repeat(6000)),
        ("nonsense", "a.b.c".to_owned()),
    ];
    // HMAC with what everybody knows as its key: the public key in every spelling.
    let jwk = &keys.body["keys"][0];
    let (x, y) = (jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
    let point = |it: &str| URL_SAFE_NO_PAD.decode(it).unwrap();
    let raw = [vec![4], point(x), point(y)].concat();
    for key in [raw, x.as_bytes().to_vec(), jwk.to_string().into_bytes(), Vec::new()] {
        let head = changed(&header, "alg", json!("HS256"));
        let mut code = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        code.update(format!("{head}.{whole_claims}").as_bytes());
        let code = URL_SAFE_NO_PAD.encode(code.finalize().into_bytes());
        forgeries.push(("HS256 with the public key", format!("{head}.{whole_claims}.{code}")));
    }
    for (what, forgery) in forgeries {
        let answer = app.bearer(&forgery).get("/api/v1/me").await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        let answer = answer.problem(401, "invalid_token");
        assert!(answer.header("www-authenticate").contains("invalid_token"), "{what}");
    }
    app.bearer(&token).get("/api/v1/me").await.ok();
}

async fn a_token_runs_out(app: &TestApp) {
    let (access, token) = pair(app, "clerk").await;
    app.pass(TimeDelta::minutes(15) - TimeDelta::seconds(1));
    app.bearer(&access).get("/api/v1/me").await.ok();
    app.pass(TimeDelta::seconds(1));
    app.bearer(&access).get("/api/v1/me").await.problem(401, "expired_token");
    let renewed = refresh(app, &token).await.ok();
    app.bearer(&renewed.string("/access_token")).get("/api/v1/me").await.ok();
    app.pass(TimeDelta::days(14));
    let late = refresh(app, &renewed.string("/refresh_token")).await;
    late.problem(401, "invalid_refresh_token");
}

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

async fn refused_to_others(app: &TestApp, ask: impl for<'a> Fn(&Person<'a>) -> crate::harness::Request<'a>) {
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
