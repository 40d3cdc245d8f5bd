//! What people send about disputes, for tests in which the dispute itself is not the point.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp};

/// A dispute between a person and a shop, complete enough to be accepted.
pub fn dispute(title: &str) -> Value {
    json!({
        "channel": "walk_in",
        "legal_basis": "applied",
        "title": title,
        "facts": "门店停业，预付卡余额未退。",
        "category": "prepaid_card",
        "subject_kind": "service",
        "subject_name": "健身年卡",
        "prepaid_card": true,
        "parties": [person("陈晓雯"), shop("上海悦动健身有限公司")],
        "claims": [{ "kind": "refund", "amount_fen": 358_000, "description": "退还余额。" }],
    })
}

pub fn person(name: &str) -> Value {
    json!({ "role": "applicant", "kind": "natural_person", "name": name, "identity_verified": true })
}

pub fn shop(name: &str) -> Value {
    json!({ "role": "respondent", "kind": "organization", "name": name, "identity_verified": true })
}

/// Registers a dispute.
pub async fn registered(by: &Person<'_>, title: &str) -> Answer {
    by.post("/api/v1/cases").json(&dispute(title)).await.created()
}

/// The id of somebody's account.
pub async fn account(app: &TestApp, username: &str) -> Uuid {
    app.person(username).get("/api/v1/me").await.ok().id()
}

/// Makes another account of the station and tells its id.
pub async fn hire(app: &TestApp, username: &str, role: &str) -> Uuid {
    let office = app.admin().get("/api/v1/me").await.ok().string("/office_id");
    let user = json!({
        "username": username,
        "display_name": username,
        "role": role,
        "office_id": office,
        "password": crate::harness::PASSWORD,
    });
    app.admin().post("/api/v1/users").json(&user).await.created().id()
}

/// Asks the auditor to check the chain, and tells how many entries it has.
pub async fn whole_chain(app: &TestApp) -> i64 {
    let found = app.auditor().get("/api/v1/audit/verification").await.ok();
    assert_eq!(found.body["whole"], true, "{}", found.text);
    found.body["entries"].as_i64().unwrap()
}
