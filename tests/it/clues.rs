//! The clue door (domain §2.15): what goes through, what the register tells, and that it tells
//! nothing of the mediation.

use chrono::Days;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, PASSWORD, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    a_clue_goes_from_the_case_to_the_register,
    the_register_leaks_nothing_of_the_mediation,
    the_register_is_the_addressees,
    what_must_not_go_through_is_refused,
    a_clue_is_reported_after_the_case_is_closed,
    a_step_in_the_register_wants_its_version,
);

/// The market supervision office, made once; tells its id.
pub async fn authority(app: &TestApp) -> Uuid {
    let name = "徐家汇市场监管所";
    let offices = app.admin().get("/api/v1/offices").await.ok();
    let known = offices.body["items"].as_array().unwrap().iter().find(|it| it["name"] == name);
    if let Some(known) = known {
        return known["id"].as_str().unwrap().parse().unwrap();
    }
    let office = json!({ "kind": "market_supervision_office", "name": name });
    app.admin().post("/api/v1/offices").json(&office).await.created().id()
}

/// The same with its officer, `inspector`.
pub async fn staffed_authority(app: &TestApp) -> Uuid {
    let office = authority(app).await;
    let people = app.admin().get("/api/v1/users?limit=200").await.ok();
    let mut known = people.body["items"].as_array().unwrap().iter();
    if !known.any(|it| it["username"] == "inspector") {
        inspector(app, "inspector", office).await;
    }
    office
}

/// Somebody else of the authority.
pub async fn hire_there(app: &TestApp, username: &str, role: &str) {
    let office = authority(app).await;
    let user = json!({
        "username": username, "display_name": username, "role": role, "office_id": office,
        "password": PASSWORD,
    });
    app.admin().post("/api/v1/users").json(&user).await.created();
}

async fn inspector(app: &TestApp, username: &str, office: Uuid) {
    let user = json!({
        "username": username, "display_name": username, "role": "officer", "office_id": office,
        "password": PASSWORD,
    });
    app.admin().post("/api/v1/users").json(&user).await.created();
}

/// A clue about the respondent of the case.
pub fn clue(case: &Case<'_>, office: Uuid) -> Value {
    json!({
        "office_id": office, "respondent_id": case.respondent,
        "description": "未经备案发行单用途预付卡。", "discovered_on": case.today(),
    })
}

/// A step in the register on the version that stands.
async fn step(app: &TestApp, username: &str, clue: Uuid, rest: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/clues/{clue}");
    let version = app.director().get(&path).await.ok().version();
    let path = format!("{path}/{rest}");
    let request = app.person(username).send(Method::POST, &path).if_match(version);
    if body.is_null() { request.await } else { request.json(body).await }
}

fn refused(answer: Answer, code: &str) {
    let answer = answer.problem(409, code);
    assert_eq!(answer.body["law"][0]["code"], "O121-27", "{}", answer.text);
}

async fn a_clue_goes_from_the_case_to_the_register(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let office = staffed_authority(app).await;
    let body = clue(&case, office);
    let reported = case.post(&app.mediator(), "/clues", &body).await.created();
    assert_eq!(reported.body["status"], "reported");
    let id = reported.id();
    let path = format!("/api/v1/clues/{id}");
    let found = app.person("inspector").get(&path).await.ok();
    assert_eq!(found.body["respondent_name"], "上海悦动健身有限公司");
    assert_eq!(found.body["respondent_credit_code"], "91350100M000100Y43");
    assert_eq!(found.body["description"], body["description"]);
    assert_eq!(found.body["discovered_on"], json!(case.today()));

    let reason = json!({ "reason": "需调取登记档案。" });
    let decision = json!({ "decision": "case_filed", "explanation": "属实。" });
    refused(step(app, "inspector", id, "decision", &decision).await, "clue_not_received");
    refused(step(app, "director", id, "extension", &reason).await, "clue_not_received");
    let received = step(app, "inspector", id, "receipt", &Value::Null).await.ok();
    assert_eq!(received.body["received_on"], json!(case.today()));
    refused(step(app, "inspector", id, "receipt", &Value::Null).await, "clue_received");

    // The head extends, and once.
    step(app, "inspector", id, "extension", &reason).await.problem(403, "forbidden");
    assert_eq!(received.body["extended"], false);
    let extended = step(app, "director", id, "extension", &reason).await.ok();
    assert_eq!(extended.body["extended"], true);
    assert_eq!(extended.body["extended_on"], json!(case.today()));
    refused(step(app, "director", id, "extension", &reason).await, "clue_extended");

    app.pass(chrono::TimeDelta::days(1));
    let decided = step(app, "inspector", id, "decision", &decision).await.ok();
    assert_eq!(decided.body["status"], "decided");
    assert_eq!(decided.body["decision"], "case_filed");
    assert_eq!(decided.body["decided_on"], json!(case.today()));
    assert_eq!(decided.body["received_on"], json!(case.today() - Days::new(1)));
    refused(step(app, "inspector", id, "decision", &decision).await, "clue_decided");
    refused(step(app, "director", id, "extension", &reason).await, "clue_decided");

    // The people of the case see how far it is; the mediation went on untouched.
    let listed = app.mediator().get(&case.path("/clues")).await.ok();
    assert_eq!(listed.body[0]["id"], json!(id));
    assert_eq!(listed.body[0]["decision"], "case_filed");
    assert_eq!(case.read().await.body["status"], "mediating");
}

async fn the_register_leaks_nothing_of_the_mediation(app: &TestApp) {
    let mut case = Case::registered_by(&app.clerk(), app, "mediator").await;
    let office = staffed_authority(app).await;
    case.bring_to(Stage::Performing).await;
    let id = case.post(&app.clerk(), "/clues", &clue(&case, office)).await.id();
    let number = case.read().await.string("/case_number");
    let path = format!("/api/v1/clues/{id}");
    let decision = json!({ "decision": "no_violation", "explanation": "已备案。" });
    let mut texts = Vec::new();
    for answer in [
        app.person("inspector").get("/api/v1/clues").await.ok(),
        app.person("inspector").get(&path).await.ok(),
        step(app, "inspector", id, "receipt", &Value::Null).await.ok(),
        step(app, "director", id, "extension", &json!({ "reason": "需核查。" })).await.ok(),
        step(app, "inspector", id, "decision", &decision).await.ok(),
        app.director().get("/api/v1/clues?status=decided").await.ok(),
    ] {
        assert!(answer.text.contains(&id.to_string()), "{}", answer.text);
        texts.push(format!("{:?} {}", answer.headers, answer.text));
    }
    let secrets = [
        case.id.to_string(),
        case.applicant.to_string(),
        case.respondent.to_string(),
        app.mediator().user_id().await.to_string(),
        app.clerk().user_id().await.to_string(),
        number,
        "陈晓雯".to_owned(),
        "13816168000".to_owned(),
        "358000".to_owned(),
        "429600".to_owned(),
        "健身年卡".to_owned(),
        "case_id".to_owned(),
        "party_id".to_owned(),
        "reported_by".to_owned(),
    ];
    for text in &texts {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} leaks: {text}");
        }
    }
    // Whoever verifies sees nothing of the case, neither by its own door nor by this one.
    let inspector = app.person("inspector");
    for rest in ["", "/clues", "/timeline", "/parties"] {
        inspector.get(&case.path(rest)).await.problem(404, "not_found");
    }
    // What happens in the register is no event of the case.
    let timeline = app.director().get(&case.path("/timeline?limit=200")).await.ok();
    assert!(timeline.text.contains("clue.reported"));
    for kind in ["clue.arrived", "clue.received", "clue.extended", "clue.decided"] {
        assert!(!timeline.text.contains(kind), "{kind}");
    }
}

async fn the_register_is_the_addressees(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let office = staffed_authority(app).await;
    let second = json!({ "kind": "market_supervision_office", "name": "天平市场监管所" });
    let second = app.admin().post("/api/v1/offices").json(&second).await.created().id();
    inspector(app, "second_inspector", second).await;
    let ours = case.post(&app.clerk(), "/clues", &clue(&case, office)).await.id();
    let theirs = case.post(&app.clerk(), "/clues", &clue(&case, second)).await.id();
    let listed = async |username: &str, query: &str| -> Vec<Uuid> {
        let found = app.person(username).get(&format!("/api/v1/clues{query}")).await.ok();
        let items = found.body["items"].as_array().unwrap().iter();
        items.map(|it| it["id"].as_str().unwrap().parse().unwrap()).collect()
    };
    assert_eq!(listed("inspector", "").await, [ours]);
    assert_eq!(listed("second_inspector", "").await, [theirs]);
    assert_eq!(listed("director", "").await, [theirs, ours], "newest first");
    assert_eq!(listed("director", "?limit=1").await, [theirs]);
    assert!(listed("director", "?status=decided").await.is_empty());
    // An officer of the station that handles the case is not the addressee.
    assert!(listed("officer", "").await.is_empty());
    for username in ["officer", "second_inspector"] {
        app.person(username).get(&format!("/api/v1/clues/{ours}")).await.problem(404, "not_found");
        step(app, username, ours, "receipt", &Value::Null).await.problem(404, "not_found");
    }
    for username in ["clerk", "mediator", "supervisor", "admin", "auditor"] {
        let person = app.person(username);
        person.get("/api/v1/clues").await.problem(403, "forbidden");
        person.get(&format!("/api/v1/clues/{ours}")).await.problem(403, "forbidden");
    }
    let case = Case::registered_by(&app.other_clerk(), app, "second_mediator").await;
    let other = app.clerk().send(Method::POST, &case.path("/clues")).if_match(1);
    other.json(&clue(&case, office)).await.problem(404, "not_found");
}

async fn what_must_not_go_through_is_refused(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let office = staffed_authority(app).await;
    let station = app.clerk().get("/api/v1/me").await.ok().string("/office_id");
    let number = case.read().await.string("/case_number");
    let good = clue(&case, office);
    let changed = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    let tomorrow = case.today() + Days::new(1);
    for (body, pointer, code) in [
        (changed("office_id", json!(station)), "/office_id", "not_market_supervision"),
        (changed("office_id", json!(Uuid::nil())), "/office_id", "unknown_reference"),
        (changed("respondent_id", json!(case.applicant)), "/respondent_id", "not_an_operator"),
        (changed("respondent_id", json!(Uuid::nil())), "/respondent_id", "unknown_reference"),
        (changed("discovered_on", json!(tomorrow)), "/discovered_on", "in_future"),
        (
            changed("description", json!("陈晓雯称未备案发卡。")),
            "/description",
            "leads_to_the_case",
        ),
        (
            changed("description", json!(format!("见{number}。"))),
            "/description",
            "leads_to_the_case",
        ),
    ] {
        let answer = case.try_write(&app.clerk(), &case.path("/clues"), &body).await;
        assert_eq!(answer.problem(422, "invalid").faults(), [(pointer, code)]);
    }
    assert_eq!(app.director().get(&case.path("/clues")).await.ok().body, json!([]));
    // Without a respondent nothing of any party goes along.
    let mut bare = good;
    bare.as_object_mut().unwrap().remove("respondent_id");
    let id = case.post(&app.clerk(), "/clues", &bare).await.id();
    let found = app.director().get(&format!("/api/v1/clues/{id}")).await.ok();
    assert!(!found.text.contains("respondent"), "{}", found.text);
}

async fn a_clue_is_reported_after_the_case_is_closed(app: &TestApp) {
    let mut case = Case::registered_by(&app.clerk(), app, "mediator").await;
    let office = staffed_authority(app).await;
    case.bring_to(Stage::Closed).await;
    case.post(&app.mediator(), "/clues", &clue(&case, office)).await.created();
    // What the register does with it later does not break the seal of the file.
    case.bring_to(Stage::Archived).await;
    let id = app.director().get(&case.path("/clues")).await.ok().uuid("/0/id");
    step(app, "inspector", id, "receipt", &Value::Null).await.ok();
    let completeness = app.director().get(&case.path("/completeness")).await.ok();
    assert_eq!(completeness.body["intact"], true, "{}", completeness.text);
    let late = case.try_write(&app.director(), &case.path("/clues"), &clue(&case, office)).await;
    late.problem(409, "wrong_status");
}

async fn a_step_in_the_register_wants_its_version(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let office = staffed_authority(app).await;
    let id = case.post(&app.clerk(), "/clues", &clue(&case, office)).await.id();
    let path = format!("/api/v1/clues/{id}/receipt");
    let inspector = app.person("inspector");
    inspector.post(&path).await.problem(428, "version_required");
    let received = inspector.post(&path).if_match(1).await.ok();
    assert_eq!(received.version(), "2");
    let decision = json!({ "decision": "transferred", "explanation": "移送公安。" });
    let path = format!("/api/v1/clues/{id}/decision");
    inspector.post(&path).if_match(1).json(&decision).await.problem(412, "stale");
    inspector.post(&path).if_match(2).json(&decision).await.ok();
}
