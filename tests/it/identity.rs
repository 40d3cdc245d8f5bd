//! Who is let in, for how long, and who is out at once.

mod administration;
mod tokens;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::disputes::{account, whole_chain};
use crate::harness::{Answer, PASSWORD, TestApp, on_both_databases};

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
    a_token_runs_out,
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
    let (path, _) = user(app, "clerk").await;
    for change in [json!({ "role": "mediator" }), json!({ "office_id": office })] {
        let (access, token) = pair(app, "clerk").await;
        let version = app.admin().get(&path).await.ok().version();
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
