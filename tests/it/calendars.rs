//! Calendars and rule sets through HTTP and the command line: what is built in, loading and
//! correcting, what is refused, and that no process counts by an old copy.

use huijie::app::App;
use huijie::entity::{audit_entry, event};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::process::Premises;

on_both_databases!(
    what_is_built_in_is_there_once,
    a_loaded_year_counts_at_once_in_every_process,
    a_correction_is_a_new_revision,
    a_wrong_calendar_is_refused,
    a_rule_is_changed_for_what_starts_from_then_on,
    a_change_that_leaves_a_gap_is_refused,
);

/// The year 2027 as its notice may one day have it.
pub fn notice() -> Value {
    let day = |date: &str, off: bool| json!({ "name": "元旦", "date": date, "isOffDay": off });
    json!({
        "$schema": "https://example.org/schema.json",
        "year": 2027,
        "papers": ["https://www.gov.cn/zhengce/"],
        "days": [
            day("2026-12-27", false), day("2027-01-01", true), day("2027-01-02", true),
            day("2027-01-03", true), day("2027-01-04", true),
        ],
    })
}

pub async fn load(app: &TestApp, year: i32, version: i64, file: &Value) -> Answer {
    app.admin().put(&format!("/api/v1/calendars/{year}")).if_match(version).json(file).await
}

async fn due(app: &TestApp, rule: &str, start: &str) -> Answer {
    let asked = json!({ "rule": rule, "start_date": start });
    app.clerk().post("/api/v1/calculators/deadline").json(&asked).await.ok()
}

async fn last_event(app: &TestApp, kind: &str) -> Value {
    let query = event::Entity::find()
        .filter(event::Column::Kind.eq(kind))
        .order_by_desc(event::Column::Seq);
    let found = query.one(app.app.database.reader()).await.unwrap().expect(kind);
    serde_json::from_str(&found.data).unwrap()
}

/// A second process on the same database.
pub async fn second_process(app: &TestApp) -> App {
    App::open(app.app.settings.clone(), app.app.clock.clone()).await.unwrap()
}

async fn what_is_built_in_is_there_once(app: &TestApp) {
    let list = app.mediator().get("/api/v1/calendars").await.ok();
    let found: Vec<_> = list
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["year"].as_i64().unwrap(),
                it["revision"].as_i64().unwrap(),
                it["make_up_days"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, [(2024, 1, 8), (2025, 1, 5), (2026, 1, 6)]);
    let year = app.auditor().get("/api/v1/calendars/2026").await.ok();
    assert_eq!(year.version(), "1");
    assert_eq!(
        year.body["days"][3],
        json!({ "name": "元旦", "date": "2026-01-04", "is_off_day": false })
    );
    assert!(year.string("/papers/0").starts_with("https://www.gov.cn/"));
    app.clerk().get("/api/v1/calendars/2027").await.problem(404, "not_found");
    app.clerk().get("/api/v1/calendars/2026?revision=2").await.problem(404, "not_found");
    // Starting again adds nothing.
    let before = app.app.almanac(app.app.database.reader()).await.unwrap();
    let again = second_process(app).await;
    let after = again.almanac(again.database.reader()).await.unwrap();
    assert_eq!(after, before);
    again.database.clone().close().await.unwrap();
}

async fn a_loaded_year_counts_at_once_in_every_process(app: &TestApp) {
    let other = second_process(app).await;
    let old = other.almanac(other.database.reader()).await.unwrap();
    assert!(!old.calendar.has(2027));
    assert_eq!(due(app, "samr.accept", "2026-12-21").await.body["provisional"], true);
    let loaded = load(app, 2027, 0, &notice()).await.ok();
    assert_eq!((loaded.version(), loaded.body["year"].clone()), ("1".to_owned(), json!(2027)));
    assert_eq!(loaded.string("/loaded_by"), app.admin().user_id().await.to_string());
    // Sunday 12-27 is worked now: 22, 23, 24, 25, 27, 28, 29.
    let answer = due(app, "samr.accept", "2026-12-21").await;
    assert_eq!(
        (answer.string("/due_on"), &answer.body["provisional"]),
        ("2026-12-29".to_owned(), &json!(false))
    );
    assert_eq!(answer.body["calendar_version"], old.calendar_version + 1);
    let new = other.almanac(other.database.reader()).await.unwrap();
    assert!(new.calendar.has(2027), "the other process has noticed");
    other.database.clone().close().await.unwrap();
    let event = last_event(app, "calendar.imported").await;
    assert_eq!((&event["year"], &event["revision"]), (&json!(2027), &json!(1)));
}

async fn a_correction_is_a_new_revision(app: &TestApp) {
    let mut file: Value =
        serde_json::from_str(include_str!("../../src/calendars/data/2026.json")).unwrap();
    file["days"].as_array_mut().unwrap().retain(|it| it["date"] != "2026-05-09");
    load(app, 2026, 0, &file).await.problem(412, "stale");
    load(app, 2026, 2, &file).await.problem(412, "stale");
    app.admin().put("/api/v1/calendars/2026").json(&file).await.problem(428, "version_required");
    app.director()
        .put("/api/v1/calendars/2026")
        .if_match(1)
        .json(&file)
        .await
        .problem(403, "forbidden");
    assert_eq!(due(app, "samr.accept", "2026-04-27").await.string("/due_on"), "2026-05-09");
    assert_eq!(load(app, 2026, 1, &file).await.ok().version(), "2");
    let answer = due(app, "samr.accept", "2026-04-27").await;
    assert_eq!(answer.string("/due_on"), "2026-05-11");
    assert_eq!(answer.body["calendars"], json!([{ "year": 2026, "revision": 2 }]));
    // What was replaced is kept, and a new start does not bring it back.
    let first = app.clerk().get("/api/v1/calendars/2026?revision=1").await.ok();
    let second = app.clerk().get("/api/v1/calendars/2026").await.ok();
    let days = |it: &Answer| it.body["days"].as_array().unwrap().len();
    assert_eq!(days(&first), days(&second) + 1);
    let again = second_process(app).await;
    again.database.clone().close().await.unwrap();
    assert_eq!(app.clerk().get("/api/v1/calendars/2026").await.ok().version(), "2");
}

async fn a_wrong_calendar_is_refused(app: &TestApp) {
    let with = |pointer: &str, value: Value| {
        let mut file = notice();
        *file.pointer_mut(pointer).unwrap() = value;
        file
    };
    for (file, pointer, code) in [
        (with("/year", json!(2028)), "/year", "wrong_year"),
        (with("/papers", json!([])), "/papers", "no_papers"),
        (with("/days", json!([])), "/days", "no_days"),
        (with("/days/2/date", json!("2027-01-01")), "/days/2/date", "duplicate_day"),
        (with("/days/0/date", json!("2026-12-25")), "/days/0/date", "outside_year"),
        (with("/days/0/date", json!("2026-12-28")), "/days/0/isOffDay", "make_up_day_on_weekday"),
        (with("/days/1/name", json!(" ")), "/days/1/name", "blank"),
        (with("/days/1/date", json!("2027-02-29")), "/days/1/date", "wrong_format"),
        (with("/days/1/isOffDay", json!("yes")), "/days/1/isOffDay", "wrong_type"),
    ] {
        let answer = load(app, 2027, 0, &file).await.problem(422, "invalid");
        assert!(answer.faults().contains(&(pointer, code)), "{pointer}: {}", answer.text);
    }
    let mut unknown = notice();
    unknown["comment"] = json!("x");
    let answer = load(app, 2027, 0, &unknown).await.problem(422, "invalid");
    assert_eq!(answer.faults(), [("/comment", "unknown_member")]);
    app.clerk().get("/api/v1/calendars/2027").await.problem(404, "not_found");
    assert_eq!(app.clerk().get("/api/v1/calendars").await.ok().body.as_array().unwrap().len(), 3);
}

/// A rule of the set that counts, as it is answered and can be sent again.
async fn rule(app: &TestApp, id: &str) -> Value {
    let list = app.clerk().get("/api/v1/rule-sets?limit=1").await.ok();
    let version = list.body["items"][0]["version"].as_i64().unwrap();
    let set = app.clerk().get(&format!("/api/v1/rule-sets/{version}")).await.ok();
    let rules = set.body["rules"].as_array().unwrap();
    rules.iter().find(|it| it["id"] == id).expect(id).clone()
}

fn change(rules: &Value) -> Value {
    json!({ "note": "测试", "source": "测试", "rules": rules })
}

async fn a_rule_is_changed_for_what_starts_from_then_on(app: &TestApp) {
    assert_eq!(due(app, "station.revisit", "2026-06-01").await.string("/due_on"), "2026-06-16");
    let mut old = rule(app, "station.revisit").await;
    let mut new = old.clone();
    old["valid_to"] = json!("2026-05-31");
    new["id"] = json!("station.revisit.2");
    new["valid_from"] = json!("2026-06-01");
    new["length"] = json!(20);
    let body = change(&json!([old, new]));
    app.director().post("/api/v1/rule-sets").json(&body).await.problem(403, "forbidden");
    let made = app.admin().post("/api/v1/rule-sets").json(&body).await.created();
    assert_eq!(made.header("location"), "/api/v1/rule-sets/2");
    assert_eq!(made.body["version"], 2);
    assert_eq!(last_event(app, "rule_set.activated").await, json!({ "version": 2 }));
    let answer = due(app, "station.revisit", "2026-06-01").await;
    // 06-21 is a holiday, a Sunday.
    assert_eq!(
        (answer.string("/due_on"), answer.string("/rule")),
        ("2026-06-22".to_owned(), "station.revisit.2".to_owned())
    );
    assert_eq!(answer.body["rule_set_version"], 2);
    let before = due(app, "station.revisit", "2026-05-31").await;
    assert_eq!(
        (before.string("/due_on"), before.string("/rule")),
        ("2026-06-15".to_owned(), "station.revisit".to_owned())
    );
    // The first version is still to be read, and the second says who made it.
    let first = app.auditor().get("/api/v1/rule-sets/1").await.ok();
    assert_eq!(
        first.body["rules"].as_array().unwrap().len() + 1,
        made.body["rules"].as_array().unwrap().len()
    );
    let list = app.clerk().get("/api/v1/rule-sets").await.ok();
    assert_eq!(list.string("/items/0/created_by"), app.admin().user_id().await.to_string());
    assert!(list.body["items"][1].get("created_by").is_none(), "{}", list.text);
    app.clerk().get("/api/v1/rule-sets/3").await.problem(404, "not_found");
    // One entry in the log for each of both sets.
    let query = audit_entry::Entity::find().filter(audit_entry::Column::SubjectKind.eq("rule_set"));
    let entries = query.all(app.app.database.reader()).await.unwrap();
    let actions: Vec<&str> = entries.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["install_rule_set", "create_rule_set"]);
}

async fn a_change_that_leaves_a_gap_is_refused(app: &TestApp) {
    let with = async |id: &str, member: &str, value: Value| {
        let mut rule = rule(app, id).await;
        rule[member] = value;
        change(&json!([rule]))
    };
    for (body, pointer, code) in [
        (
            with("samr.mediate.old", "valid_to", json!("2026-03-31")).await,
            "/rules/0/valid_to",
            "gap_in_time",
        ),
        (
            with("samr.mediate.new", "valid_from", json!("2026-04-10")).await,
            "/rules/0/valid_from",
            "overlap_in_time",
        ),
        (
            with("station.revisit", "valid_to", json!("2026-12-31")).await,
            "/rules/0/valid_to",
            "gap_in_time",
        ),
        (with("station.revisit", "length", json!(0)).await, "/rules/0/length", "out_of_range"),
        (with("station.revisit", "unit", json!("months")).await, "/rules/0/unit", "not_in_list"),
        (with("station.revisit", "id", json!("Station")).await, "/rules/0/id", "pattern"),
        (with("samr.accept", "law", json!([])).await, "/rules/0/law", "missing"),
        (change(&json!([])), "/rules", "too_short"),
    ] {
        let answer =
            app.admin().post("/api/v1/rule-sets").json(&body).await.problem(422, "invalid");
        assert!(answer.faults().contains(&(pointer, code)), "{pointer} {code}: {}", answer.text);
    }
    let body = with("samr.mediate.old", "valid_to", json!("2026-03-31")).await;
    let answer = app.admin().post("/api/v1/rule-sets").language("en").json(&body).await;
    let said = answer.string("/errors/0/detail");
    assert_eq!(said, "The family samr.mediate has no rule from 2026-04-01 to 2026-04-14.");
    assert_eq!(
        app.clerk().get("/api/v1/rule-sets").await.ok().body["items"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn a_calendar_is_loaded_from_the_shell() {
    let premises = Premises::on_sqlite().await;
    let file = premises.path("2027.json");
    let load = async |content: &str| {
        std::fs::write(&file, content).unwrap();
        premises.run(&["calendar", "import", file.to_str().unwrap()]).await
    };
    let told = load(&notice().to_string()).await;
    assert!(
        told.success && told.output.contains("Loaded the calendar of 2027, revision 1."),
        "{told:?}"
    );
    let told = premises.run(&["calendar", "list"]).await;
    assert!(told.success && told.output.contains("2027 revision 1"), "{told:?}");
    assert_eq!(told.output.matches("revision").count(), 4, "{told:?}");
    let told = load(r#"{"year":2028,"papers":[],"days":[]}"#).await;
    assert!(!told.success && told.errors.contains("a year without holidays"), "{told:?}");
    let told = load("{").await;
    assert!(!told.success && told.errors.contains("cannot be read"), "{told:?}");
    let told = premises.run(&["calendar", "import", "nowhere.json"]).await;
    assert!(!told.success && told.errors.contains("nowhere.json"), "{told:?}");
}
