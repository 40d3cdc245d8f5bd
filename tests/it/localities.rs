//! Where a case belongs in the district, and what becomes of one that is sent elsewhere.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::district::credit_code;
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage, dispute};
use crate::tracks::refused;

on_both_databases!(
    a_case_finds_its_building_and_can_be_corrected,
    a_referral_is_followed_up_until_it_is_answered,
);

/// A row of each, for the test that looks at every table.
pub async fn corrected_and_referred(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    correct(&case, &json!({ "explanation": "仅网上经营。" })).await.ok();
    refer(app, &case).await;
    let answered = json!({ "answer": "已受理。", "answered_at": case.now() });
    case.post(&app.director(), "/referral/answer", &answered).await.created();
}

async fn correct(case: &Case<'_>, body: &Value) -> Answer {
    let put = case.director().put(&case.path("/locality")).if_match(case.version().await);
    put.json(body).await
}

async fn refer(app: &TestApp, case: &Case<'_>) -> Uuid {
    let office = app.director().get("/api/v1/offices").await.ok().uuid("/items/0/id");
    let desk = json!({ "office_id": office, "explanation": "劳动争议，不属于受理范围。" });
    case.post(&app.director(), "/referral", &desk).await;
    office
}

async fn a_case_finds_its_building_and_can_be_corrected(app: &TestApp) {
    let director = app.director();
    let network = "/api/v1/network";
    let make = async |rest: &str, body: Value| {
        director.post(&format!("{network}/{rest}")).json(&body).await.created().id()
    };
    let point = |name: &str, latitude: f64| {
        json!({
            "kind": "building_service_center", "name": name, "address": "虹桥路1号",
            "latitude": latitude, "longitude": 121.4343, "opening_hours": [], "active": true,
        })
    };
    let near = make("service-points", point("荟在港汇", 31.1944)).await;
    let far = make("service-points", point("聚在申通", 31.2010)).await;
    let building = json!({
        "name": "港汇恒隆广场", "address": "虹桥路1号", "latitude": 31.1946,
        "longitude": 121.4343, "active": true,
    });
    let building = make("buildings", building).await;
    let liaison = json!({
        "building_id": building, "organization": "物业公司", "duty": "客服主管", "active": true,
    });
    let liaison = make("liaisons", liaison).await;
    let enterprise = json!({
        "credit_code": credit_code(7), "name": "上海悦动健身有限公司", "kind": "company",
        "trade": "fitness", "building_id": building, "is_key": false, "status": "operating",
    });
    let enterprise = make("enterprises", enterprise).await;

    let stranger = Case::at(app, Stage::Registered).await;
    let unknown = app.clerk().get(&stranger.path("/locality")).await.ok();
    assert_eq!(unknown.body, json!({ "source": "unknown", "liaisons": [] }));

    let mut known = dispute();
    known["parties"][1]["credit_code"] = json!(credit_code(7));
    let case = Case::registered_as(&known, &app.clerk(), app, "mediator").await;
    let found = app.clerk().get(&case.path("/locality")).await.ok();
    assert_eq!(found.body["source"], "credit_code", "{}", found.text);
    assert_eq!(found.uuid("/enterprise_id"), enterprise);
    assert_eq!(found.uuid("/building/id"), building);
    assert_eq!(found.uuid("/service_point/id"), near);
    assert_eq!(found.body["service_point"]["within_circle"], true);
    assert_eq!(found.uuid("/liaisons/0/id"), liaison);

    let corrected = json!({
        "building_id": building, "service_point_id": far, "explanation": "申请人住在附近。",
    });
    let answer = correct(&case, &corrected).await.ok();
    assert_eq!(answer.body["source"], "corrected");
    assert_eq!(answer.uuid("/service_point/id"), far);
    assert_eq!(answer.body["service_point"]["within_circle"], false, "{}", answer.text);
    let read = app.clerk().get(&case.path("/locality")).await.ok();
    assert_eq!(read.body, answer.body);
    // Whoever keeps the liaisons informed hears of it then, and when the case is accepted.
    case.post(&director, "/acceptance", &Value::Null).await;
    let timeline = app.clerk().get(&case.path("/timeline")).await.ok();
    assert_eq!(timeline.text.matches("case.located").count(), 2, "{}", timeline.text);
    for member in ["building_id", "service_point_id"] {
        let mut wrong = json!({ "explanation": "。" });
        wrong[member] = json!(Uuid::nil());
        let answer = correct(&case, &wrong).await.problem(422, "invalid");
        assert_eq!(answer.string("/errors/0/pointer"), format!("/{member}"));
    }
}

async fn a_referral_is_followed_up_until_it_is_answered(app: &TestApp) {
    let director = app.director();
    let case = Case::at(app, Stage::Registered).await;
    assert_eq!(director.get(&case.path("/referral")).await.ok().body, json!({ "referred": false }));
    let office = refer(app, &case).await;
    let read = app.clerk().get(&case.path("/referral")).await.ok();
    assert_eq!(read.uuid("/office_id"), office);
    assert_eq!(read.body.get("answer"), None);
    let list = "/api/v1/deadlines?kind=referral_answer";
    let waiting = app.clerk().get(list).await.ok();
    assert_eq!(waiting.string("/items/0/state"), "running", "{}", waiting.text);
    let body = json!({ "answer": "已受理。", "answered_at": case.now() });
    let answered = case.post(&app.clerk(), "/referral/answer", &body).await.created();
    assert_eq!(answered.body["answer"], "已受理。");
    assert_eq!(app.clerk().get(list).await.ok().body["items"], json!([]));
    let again = case.try_write(&director, &case.path("/referral/answer"), &body).await;
    refused(&again, &["no_open_referral"], &[]);
}
