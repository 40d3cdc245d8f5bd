//! The bench itself: what every other test takes for granted.

use chrono::TimeDelta;
use serde_json::json;

use super::{TestApp, on_both_databases};

on_both_databases!(
    everybody_is_at_their_desk,
    a_token_is_renewed_when_time_has_passed,
    tests_do_not_meet,
    a_stranger_is_turned_away,
);

async fn everybody_is_at_their_desk(app: &TestApp) {
    for (person, username, role) in [
        (app.clerk(), "clerk", "clerk"),
        (app.mediator(), "mediator", "mediator"),
        (app.second_mediator(), "second_mediator", "mediator"),
        (app.officer(), "officer", "officer"),
        (app.director(), "director", "director"),
        (app.supervisor(), "supervisor", "supervisor"),
        (app.admin(), "admin", "admin"),
        (app.auditor(), "auditor", "auditor"),
        (app.other_clerk(), "other_clerk", "clerk"),
    ] {
        let me = person.get("/api/v1/me").await.ok();
        assert_eq!(me.string("/username"), username);
        assert_eq!(me.string("/role"), role);
    }
}

async fn a_token_is_renewed_when_time_has_passed(app: &TestApp) {
    let old = app.clerk().token().await.unwrap();
    app.pass(TimeDelta::days(30));

    app.bearer(&old).get("/api/v1/me").await.problem(401, "expired_token");
    app.clerk().get("/api/v1/me").await.ok();
}

async fn tests_do_not_meet(app: &TestApp) {
    // Every copy of this test makes the same name, on the same prepared station.
    let other = TestApp::on_sqlite().await;
    for app in [app, &other] {
        let office = json!({ "name": "光启楼宇服务中心", "kind": "building_service_center" });
        app.admin().post("/api/v1/offices").json(&office).await.created();
    }
    other.stop().await;
}

async fn a_stranger_is_turned_away(app: &TestApp) {
    app.stranger().get("/api/v1/me").await.status(401);
    app.bearer("nonsense").get("/api/v1/me").await.status(401);
}

#[tokio::test]
async fn a_new_program_knows_nobody() {
    let app = TestApp::not_set_up().await;
    let credentials = json!({ "username": "admin", "password": super::PASSWORD });
    app.stranger()
        .post("/api/v1/auth/login")
        .json(&credentials)
        .await
        .problem(401, "wrong_credentials");
}
