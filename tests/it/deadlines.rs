//! Deadlines over HTTP: a case with several clocks at once, each date checked by hand; what moves
//! them and what must not; the sweep; a calendar or a rule that comes later.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta};
use huijie::deadlines::{Swept, sweep};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::calendars::{load, notice, second_process};
use crate::clues::{clue, staffed_authority};
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage, dispute};
use crate::tracks::{consents, of_authority, order, refused};

on_both_databases!(
    a_mixed_journey_keeps_every_date,
    a_court_sends_a_case,
    what_may_not_move_a_clock,
    an_explanation_leads_to_its_date,
    a_calendar_that_comes_later_moves_what_was_provisional,
    a_changed_rule_is_tried_before_it_counts,
    the_sweep_announces_once_and_runs_in_one_process,
    work_lists_show_what_is_in_sight,
    the_register_of_clues_has_its_own_clock,
);

/// Ten in the morning in Shanghai.
fn set(app: &TestApp, day: &str) {
    let instant: DateTime<chrono::Utc> = format!("{day}T02:00:00Z").parse().unwrap();
    app.app.clock.set(instant);
}

/// Makes a case one of the hotline, which has a clock of its own.
pub async fn as_order(app: &TestApp, case: &Case<'_>) {
    let title = json!({ "title": case.id.to_string() });
    let patched = app.director().patch(&case.path("")).if_match(case.version().await);
    patched.json(&title).await.ok();
    let statement = format!(
        "UPDATE cases SET channel = 'hotline_12345', order_kind = 'ordinary' WHERE title = '{}'",
        case.id
    );
    let db = app.app.database.writer();
    assert_eq!(db.execute_unprepared(&statement).await.unwrap().rows_affected(), 1);
}

/// One row of everything that moves a clock, and a sweep.
pub async fn what_moves_the_clocks(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let director = app.director();
    as_order(app, &case).await;
    consents(&case, "extension").await;
    let more = json!({ "days": 15, "explanation": "双方同意。" });
    case.post(&director, "/extensions", &more).await.created();
    case.post(&director, "/suspensions", &appraisal(&case)).await.created();
    case.post(&director, "/contacts", &reached(&case)).await.created();
    case.post(&director, "/feedbacks", &feedback(&case, "interim")).await.created();
    sweep(&app.app, |_| {}).await.unwrap();
}

fn appraisal(case: &Case<'_>) -> Value {
    json!({ "reason": "appraisal", "from": case.today(), "explanation": "送检。" })
}

fn reached(case: &Case<'_>) -> Value {
    json!({
        "party_id": case.applicant, "tried_at": case.now(), "manner": "phone", "reached": true,
    })
}

/// An answer to the hotline.
pub fn feedback(case: &Case<'_>, kind: &str) -> Value {
    json!({ "kind": kind, "content": "正在调解。", "given_at": case.now() })
}

/// Every clock of a case by its rule, or by its kind where the day was set: state, last day by
/// the earlier and by the later reading.
async fn clocks(case: &Case<'_>) -> BTreeMap<String, (String, String)> {
    let found = case.director().get(&case.path("/deadlines")).await.ok();
    let text = |it: &Value| it.as_str().unwrap_or("-").to_owned();
    let rows = found.body.as_array().unwrap().iter();
    rows.map(|it| {
        let name = it["rule"].as_str().or(it["kind"].as_str()).unwrap().to_owned();
        let (strict, late) = (text(&it["due_on_strict"]), text(&it["due_on"]));
        let due = if strict == late { late } else { format!("{strict} or {late}") };
        (name, (text(&it["state"]), due))
    })
    .collect()
}

#[track_caller]
fn stands(clocks: &BTreeMap<String, (String, String)>, name: &str, state: &str, due: &str) {
    let found = clocks.get(name).map(|(state, due)| (state.as_str(), due.as_str()));
    assert_eq!(found, Some((state, due)), "{name}: {clocks:#?}");
}

/// What happened to the deadlines of a case, oldest first: kind of event, kind of deadline, why.
async fn events(case: &Case<'_>) -> Vec<(String, Value)> {
    let path = case.path("/timeline?limit=200");
    let found = case.director().get(&path).await.ok();
    let mut all: Vec<(String, Value)> = found.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"].as_str().unwrap().starts_with("deadline."))
        .map(|it| (it["kind"].as_str().unwrap().to_owned(), it["data"].clone()))
        .collect();
    all.reverse();
    all
}

/// A 12345 order comes in, the authority accepts, entrusts with consent, an appraisal pauses, a
/// clue recalls the case, it is handed over, agreed and sealed by the committee.
async fn a_mixed_journey_keeps_every_date(app: &TestApp) {
    let authority = staffed_authority(app).await;
    let inspector = app.person("inspector");
    let committee = app.clerk().get("/api/v1/me").await.ok().uuid("/office_id");

    // Monday. 28, 29, 30 April; Labour Day 1-5 May; 6, 7, 8; Saturday 9 May is worked.
    set(app, "2026-04-27");
    let mut order = order();
    order["requested_at"] = "2026-04-26T08:00:00Z".into();
    order["received_at"] = "2026-04-27T01:00:00Z".into();
    let mut case = Case::registered_as(&order, &inspector, app, "mediator").await;
    let now = clocks(&case).await;
    stands(&now, "samr.accept", "running", "2026-05-09");
    stands(&now, "hotline.12345.contact", "running", "2026-04-28");
    stands(&now, "station.hotline_interim", "running", "2026-04-30");
    stands(&now, "hotline.12345", "running", "2026-05-07");
    assert_eq!(now.len(), 4);

    set(app, "2026-04-28");
    case.post(&inspector, "/contacts", &reached(&case)).await.created();
    set(app, "2026-05-06");
    case.bring_to(Stage::Accepted).await;
    // 60 natural days end on Sunday 5 July: a plain weekend may be no statutory holiday.
    let now = clocks(&case).await;
    stands(&now, "hotline.12345.contact", "met", "2026-04-28");
    stands(&now, "samr.accept", "met", "2026-05-09");
    stands(&now, "samr.mediate.new", "running", "2026-07-05 or 2026-07-06");
    // The interim answer was forgotten on 30 April and comes now.
    case.post(&inspector, "/feedbacks", &feedback(&case, "interim")).await.created();
    stands(&clocks(&case).await, "station.hotline_interim", "missed", "2026-04-30");

    // The hotline's own time ends on 7 May, whatever becomes of the mediation.
    set(app, "2026-05-08");
    sweep(&app.app, |_| {}).await.unwrap();
    stands(&clocks(&case).await, "hotline.12345", "missed", "2026-05-07");
    case.post(&inspector, "/feedbacks", &feedback(&case, "final")).await.created();

    // Entrusted until a day that is set; the mediator has two working days: Saturday, Monday.
    consents(&case, "entrustment").await;
    let entrusted = json!({ "return_by": "2026-06-30", "explanation": "双方同意。" });
    case.post(&inspector, "/entrustment", &entrusted).await.created();
    case.bring_to(Stage::Prepared).await;
    let now = clocks(&case).await;
    stands(&now, "delegation_return", "running", "2026-06-30");
    stands(&now, "station.assignment_response", "met", "2026-05-11");
    stands(&now, "samr.mediate.new", "running", "2026-07-05 or 2026-07-06");

    // An appraisal: ten days from 11 to 20 May are not counted, and while it lasts there is no end.
    set(app, "2026-05-11");
    case.post(&app.mediator(), "/suspensions", &appraisal(&case)).await.created();
    stands(&clocks(&case).await, "samr.mediate.new", "paused", "-");
    set(app, "2026-05-21");
    let open = app.director().get(&case.path("/suspensions")).await.uuid("/0/id");
    let path = format!("/api/v1/suspensions/{open}/resumption");
    case.write(&app.mediator(), &path, &json!({ "to": "2026-05-20" })).await;
    stands(&clocks(&case).await, "samr.mediate.new", "running", "2026-07-15");

    // A clue on 1 June: 15 working days without the Dragon Boat Festival of 19 June.
    set(app, "2026-06-01");
    case.post(&app.mediator(), "/clues", &clue(&case, authority)).await.created();
    let of_clues = inspector.get("/api/v1/deadlines?kind=clue_verification").await.ok();
    assert_eq!(of_clues.body["items"][0]["due_on"], "2026-06-23", "{}", of_clues.text);
    let back = json!({ "explanation": "发现违法线索，收回。" });
    case.post(&inspector, "/recall", &back).await.created();
    let now = clocks(&case).await;
    stands(&now, "delegation_return", "cancelled", "2026-06-30");
    stands(&now, "samr.mediate.new", "running", "2026-07-15");

    // Handed over, the committee's own month runs; what paused the authority's came before it.
    set(app, "2026-06-03");
    consents(&case, "hand_over").await;
    let over = json!({ "office_id": committee, "explanation": "双方同意移交。" });
    case.post(&inspector, "/hand-over", &over).await.created();
    let now = clocks(&case).await;
    stands(&now, "samr.mediate.new", "cancelled", "2026-07-15");
    stands(&now, "pml.general", "running", "2026-07-03");

    // Agreed and sealed by the committee on 10 June: 30 days to ask a court, parts by their days.
    set(app, "2026-06-10");
    case.post(&app.mediator(), "/mediation-start", &Value::Null).await;
    case.continue_from(Stage::Mediating).bring_to(Stage::Performing).await;
    let agreement = app.director().get(&case.path("/agreement")).await.ok();
    assert_eq!(agreement.body["seal_office_id"], json!(committee));
    let now = clocks(&case).await;
    stands(&now, "pml.general", "met", "2026-07-03");
    stands(&now, "pml.confirm", "running", "2026-07-10");
    let duties = app.director().get("/api/v1/deadlines?kind=performance").await.ok();
    let due: Vec<&Value> =
        duties.body["items"].as_array().unwrap().iter().map(|it| &it["due_on"]).collect();
    assert_eq!(due, ["2026-06-24", "2026-07-08", "2026-08-05"]);

    // Kept by 24 June, asked about within 15 days: 9 July.
    set(app, "2026-06-24");
    case.bring_to(Stage::Performed).await;
    stands(&clocks(&case).await, "station.revisit", "running", "2026-07-09");
    case.bring_to(Stage::Archived).await;
    stands(&clocks(&case).await, "station.revisit", "met", "2026-07-09");

    // The window of confirmation closes by itself, also over an archived case.
    set(app, "2026-07-11");
    sweep(&app.app, |_| {}).await.unwrap();
    let now = clocks(&case).await;
    stands(&now, "pml.confirm", "missed", "2026-07-10");
    let all = events(&case).await;
    let of_mediation: Vec<(&str, &str)> = all
        .iter()
        .filter(|(_, data)| data["rule"] == "samr.mediate.new")
        .map(|(kind, data)| (kind.as_str(), data["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        of_mediation,
        [
            ("deadline.started", "accept_case"),
            ("deadline.paused", "suspend_mediation"),
            ("deadline.resumed", "resume_mediation"),
            ("deadline.cancelled", "hand_over_case"),
        ]
    );
    let resumed = all.iter().find(|(kind, _)| kind == "deadline.resumed").unwrap();
    assert_eq!(resumed.1["before"]["due_on"], Value::Null);
    assert_eq!(resumed.1["after"]["due_on"], "2026-07-15");
}

/// Three working days to take it, three to speak to the other side, thirty days to mediate.
async fn a_court_sends_a_case(app: &TestApp) {
    set(app, "2026-09-24");
    let mut sent = dispute();
    sent["channel"] = "court".into();
    sent["legal_basis"] = "court_referred".into();
    sent["external_number"] = "（2026）沪0104诉前调1号".into();
    let mut case = Case::registered_as(&sent, &app.clerk(), app, "mediator").await;
    // Mid-Autumn 25-27 September; 28, 29, 30.
    stands(&clocks(&case).await, "court.ref.mediator_accept", "running", "2026-09-30");
    set(app, "2026-09-30");
    case.bring_to(Stage::Accepted).await;
    let now = clocks(&case).await;
    stands(&now, "court.ref.mediator_accept", "met", "2026-09-30");
    // National Day 1-7 October; 8, 9, and Saturday 10 is worked.
    stands(&now, "court.ref.contact", "running", "2026-10-10");
    stands(&now, "court.ref.mediate", "running", "2026-10-30");
    assert!(!now.contains_key("pml.general"), "{now:?}");

    let mut vain = reached(&case);
    (vain["party_id"], vain["reached"]) = (json!(case.respondent), json!(false));
    case.post(&app.clerk(), "/contacts", &vain).await.created();
    stands(&clocks(&case).await, "court.ref.contact", "running", "2026-10-10");
    vain["reached"] = json!(true);
    case.post(&app.clerk(), "/contacts", &vain).await.created();
    stands(&clocks(&case).await, "court.ref.contact", "met", "2026-10-10");
    let ledger = app.clerk().get(&case.path("/contacts")).await.ok();
    assert_eq!(ledger.body.as_array().unwrap().len(), 2);

    let more = json!({ "days": 15, "explanation": "等待总部答复。" });
    let extend = async || case.try_write(&app.director(), &case.path("/extensions"), &more).await;
    let missing = ["consent_to_extension_missing"; 2];
    refused(&extend().await, &missing, &["RULES2002-33", "SPC-INVITED-27"]);
    consents(&case, "extension").await;
    extend().await.created();
    // 14 November is a Saturday.
    stands(&clocks(&case).await, "court.ref.mediate", "running", "2026-11-16");
    refused(&extend().await, &missing, &["RULES2002-33", "SPC-INVITED-27"]);
    let listed = app.director().get(&case.path("/extensions")).await.ok();
    assert_eq!(listed.body[0]["days"], 15);
}

async fn what_may_not_move_a_clock(app: &TestApp) {
    let case = of_authority(app, Stage::Accepted).await;
    let director = app.director();
    let suspend = async |from: NaiveDate, to: Option<NaiveDate>| {
        let mut body = json!({ "reason": "appraisal", "from": from, "explanation": "送检。" });
        if let Some(to) = to {
            body["to"] = json!(to);
        }
        case.try_write(&director, &case.path("/suspensions"), &body).await
    };
    let day = |days: i64| case.today() + TimeDelta::days(days);
    app.pass(TimeDelta::days(10));
    let law = &["O121-22"];
    refused(&suspend(day(1), None).await, &["suspension_in_future"], law);
    refused(&suspend(day(-1), Some(day(1))).await, &["suspension_in_future"], law);
    refused(&suspend(day(-1), Some(day(-2))).await, &["suspension_ends_before_it_begins"], law);
    refused(&suspend(day(-11), None).await, &["suspension_before_acceptance"], law);
    suspend(day(-6), Some(day(-4))).await.created();
    refused(&suspend(day(-4), None).await, &["overlapping_suspension"], law);
    suspend(day(-2), None).await.created();
    refused(&suspend(day(0), None).await, &["suspended"], law);

    let all = director.get(&case.path("/suspensions")).await.ok();
    let (closed, open) = (all.uuid("/0/id"), all.uuid("/1/id"));
    let resume = async |id: uuid::Uuid, to: NaiveDate| {
        let path = format!("/api/v1/suspensions/{id}/resumption");
        case.try_write(&director, &path, &json!({ "to": to })).await
    };
    refused(&resume(closed, day(0)).await, &["not_suspended"], law);
    refused(&resume(open, day(1)).await, &["suspension_in_future"], law);
    refused(&resume(open, day(-3)).await, &["suspension_ends_before_it_begins"], law);
    resume(open, day(0)).await.ok();
    let unknown = resume(uuid::Uuid::nil(), day(0)).await;
    unknown.problem(404, "not_found");

    // The authority's sixty days are not for the parties to extend, whatever they say.
    consents(&case, "extension").await;
    let more = json!({ "days": 15, "explanation": "双方同意。" });
    let answer = case.try_write(&director, &case.path("/extensions"), &more).await;
    refused(&answer, &["not_extensible"], &["O121-23"]);
    let none = json!({ "days": 0, "explanation": "双方同意。" });
    case.try_write(&director, &case.path("/extensions"), &none).await.problem(422, "invalid");

    // A case nobody of the hotline waits for; a second final answer.
    let walk_in = Case::at(app, Stage::Registered).await;
    let path = walk_in.path("/feedbacks");
    let answer = walk_in.try_write(&director, &path, &feedback(&walk_in, "final")).await;
    refused(&answer, &["not_from_hotline"], &[]);
    case.post(&director, "/feedbacks", &feedback(&case, "final")).await.created();
    let path = case.path("/feedbacks");
    let answer = case.try_write(&director, &path, &feedback(&case, "interim")).await;
    refused(&answer, &["answered_finally"], &[]);
    let mut early = feedback(&case, "interim");
    early["given_at"] = json!(case.now() + TimeDelta::days(1));
    assert_ne!(case.try_write(&director, &path, &early).await.status, 201);
}

/// Counted by the calendar of its time, day by day, to the date that stands in the row.
async fn an_explanation_leads_to_its_date(app: &TestApp) {
    staffed_authority(app).await;
    set(app, "2026-04-27");
    let mut order = order();
    order["requested_at"] = "2026-04-26T08:00:00Z".into();
    let case = Case::registered_as(&order, &app.person("inspector"), app, "inspector").await;
    let rows = app.director().get(&case.path("/deadlines")).await.ok();
    for row in rows.body.as_array().unwrap() {
        let path = format!("/api/v1/deadlines/{}", row["id"].as_str().unwrap());
        let read = app.director().get(&path).await.ok();
        assert_eq!(read.body, *row);
        let told = app.director().get(&format!("{path}/explanation")).await.ok();
        assert_eq!(told.body["deadline"], *row);
        let counted = told.body["calculation"]["counted"].as_array().unwrap();
        assert_eq!(told.body["calculation"]["due_on"], row["due_on"]);
        assert_eq!(counted.last().unwrap()["date"], row["due_on"], "{}", told.text);
    }
    let acceptance = rows.body.as_array().unwrap().iter();
    let acceptance = acceptance.clone().find(|it| it["rule"] == "samr.accept").unwrap();
    let path = format!("/api/v1/deadlines/{}/explanation", acceptance["id"].as_str().unwrap());
    let told = app.director().get(&path).await.ok();
    assert!(told.string("/text/zh").contains("调休上班，为第7个工作日"), "{}", told.text);
    assert!(told.string("/text/en").contains("Sat 2026-05-09"), "{}", told.text);
    assert_eq!(told.body["calculation"]["law"][0]["code"], "O121-15");

    // A day that was set needs no counting, and says so.
    let agreed = Case::at(app, Stage::Performing).await;
    let rows = app.director().get(&agreed.path("/deadlines")).await.ok();
    let duty = rows.body.as_array().unwrap().iter().find(|it| it["kind"] == "performance");
    let path = format!("/api/v1/deadlines/{}", duty.unwrap()["id"].as_str().unwrap());
    let told = app.director().get(&format!("{path}/explanation")).await.ok();
    assert_eq!(told.body["calculation"], Value::Null);
    assert!(told.string("/text/zh").contains("当事人约定"), "{}", told.text);
}

async fn a_calendar_that_comes_later_moves_what_was_provisional(app: &TestApp) {
    set(app, "2026-12-21");
    staffed_authority(app).await;
    let mut order = order();
    order["requested_at"] = "2026-12-20T08:00:00Z".into();
    let case = Case::registered_as(&order, &app.person("inspector"), app, "inspector").await;
    let path = "/api/v1/deadlines?kind=acceptance_decision&provisional=true";
    let listed = app.director().get(path).await.ok();
    let before = listed.body["items"][0].clone();
    assert_eq!(before["provisional"], true, "{}", listed.text);
    assert!(before["earliest_on"].as_str() < before["latest_on"].as_str(), "{before}");

    // Sunday 27 December is worked, by the notice of 2027: 22, 23, 24, 25, 27, 28, 29.
    load(app, 2027, 0, &notice()).await.ok();
    let waiting = app.clerk().get("/api/v1/deadlines/recount").await.ok();
    let open = waiting.body["waiting"].as_u64().unwrap();
    assert!(open >= 4, "{}", waiting.text);
    let mut told = Vec::new();
    let swept = sweep(&app.app, |it| told.push(it)).await.unwrap().unwrap();
    assert_eq!((swept.recounted, told.last().unwrap().waiting), (open, 0));
    let waiting = app.clerk().get("/api/v1/deadlines/recount").await.ok();
    assert_eq!(waiting.body["waiting"], 0);
    let path = format!("/api/v1/deadlines/{}", before["id"].as_str().unwrap());
    let after = app.director().get(&path).await.ok();
    assert_eq!(
        (after.string("/due_on"), &after.body["provisional"]),
        ("2026-12-29".into(), &json!(false))
    );
    let moved =
        events(&case).await.into_iter().rfind(|(_, it)| it["kind"] == "acceptance_decision");
    let (kind, data) = moved.unwrap();
    assert_eq!((kind.as_str(), &data["why"]), ("deadline.moved", &json!("recounted")));
    assert_eq!(data["before"]["due_on"], before["due_on"]);
    assert_eq!(data["after"]["due_on"], "2026-12-29");
    // Nothing is left to be done.
    assert_eq!(sweep(&app.app, |_| {}).await.unwrap(), Some(Swept::default()));
}

async fn a_changed_rule_is_tried_before_it_counts(app: &TestApp) {
    set(app, "2026-05-06");
    let case = of_authority(app, Stage::Accepted).await;
    set(app, "2026-06-30");
    let set_of_rules = app.admin().get("/api/v1/rule-sets/1").await.ok();
    let rules = set_of_rules.body["rules"].as_array().unwrap();
    let mut rule = rules.iter().find(|it| it["id"] == "samr.mediate.new").unwrap().clone();
    rule["length"] = json!(50);
    let change = json!({ "note": "试算", "source": "测试", "rules": [rule] });
    let thought = app.admin().post("/api/v1/rule-sets/impact").json(&change).await.ok();
    assert_eq!(
        (&thought.body["moved"], &thought.body["overdue"], &thought.body["rule_set_version"]),
        (&json!(1), &json!(1), &json!(1)),
        "{}",
        thought.text
    );
    let item = &thought.body["items"][0];
    assert_eq!(item["case_id"], json!(case.id));
    assert_eq!(
        (&item["due_on"], &item["new_due_on"]),
        (&json!("2026-07-06"), &json!("2026-06-25"))
    );
    let mut gap = change.clone();
    gap["rules"][0]["valid_from"] = json!("2026-04-20");
    app.admin().post("/api/v1/rule-sets/impact").json(&gap).await.problem(422, "invalid");
    app.director().post("/api/v1/rule-sets/impact").json(&change).await.problem(403, "forbidden");
    // A thought writes nothing.
    stands(&clocks(&case).await, "samr.mediate.new", "running", "2026-07-05 or 2026-07-06");
    app.admin().post("/api/v1/rule-sets").json(&change).await.created();
    sweep(&app.app, |_| {}).await.unwrap();
    stands(&clocks(&case).await, "samr.mediate.new", "missed", "2026-06-25");
    let status = case.read().await.body["status"].clone();
    assert_eq!(status, "accepted", "a sweep changes no case");
}

async fn the_sweep_announces_once_and_runs_in_one_process(app: &TestApp) {
    set(app, "2026-05-06");
    let case = of_authority(app, Stage::Accepted).await;
    let other = second_process(app).await;
    // Nobody ran for weeks: what came due and what ran out is told when somebody does.
    set(app, "2026-07-03");
    let first = sweep(&app.app, |_| {}).await.unwrap();
    assert!(first.unwrap().announced >= 3, "{first:?}");
    // Done is done: the other process need not wait, and has nothing to tell.
    assert_eq!(sweep(&other, |_| {}).await.unwrap(), Some(Swept::default()));
    let count = |all: &[(String, Value)], kind: &str| {
        all.iter().filter(|(it, data)| it == kind && data["rule"] == "samr.mediate.new").count()
    };
    assert_eq!(count(&events(&case).await, "deadline.due_soon"), 1);
    // A third one is at it, and has the lease until then.
    set(app, "2026-07-07");
    let third = "UPDATE leases SET holder = 'third'";
    sweep(&other, |_| {}).await.unwrap().unwrap();
    app.app.database.writer().execute_unprepared(third).await.unwrap();
    set(app, "2026-07-06");
    for process in [&app.app, &other] {
        assert_eq!(sweep(process, |_| {}).await.unwrap(), None, "it waits for the third");
    }
    set(app, "2026-07-07");
    sweep(&app.app, |_| {}).await.unwrap().unwrap();
    let all = events(&case).await;
    assert_eq!((count(&all, "deadline.due_soon"), count(&all, "deadline.missed")), (1, 1));
    stands(&clocks(&case).await, "samr.mediate.new", "missed", "2026-07-05 or 2026-07-06");
    other.database.clone().close().await.unwrap();
}

async fn work_lists_show_what_is_in_sight(app: &TestApp) {
    set(app, "2026-05-06");
    let theirs = of_authority(app, Stage::Accepted).await;
    let ours = Case::at(app, Stage::Mediating).await;
    let cases = async |username: &str, query: &str| -> Vec<String> {
        let path = format!("/api/v1/deadlines?{query}");
        let found = app.person(username).get(&path).await.ok();
        let items = found.body["items"].as_array().unwrap().iter();
        let mut ids: Vec<String> =
            items.map(|it| it["case_id"].as_str().unwrap().to_owned()).collect();
        ids.dedup();
        ids
    };
    let (ours_id, theirs_id) = (ours.id.to_string(), theirs.id.to_string());
    assert_eq!(cases("clerk", "").await, *std::slice::from_ref(&ours_id));
    assert_eq!(cases("inspector", "").await, *std::slice::from_ref(&theirs_id));
    let all = cases("director", "kind=mediation_end").await;
    assert_eq!(all, [ours_id.clone(), theirs_id.clone()], "30 days end before 60");
    assert_eq!(cases("director", "due_before=2026-06-30&kind=mediation_end").await, [ours_id]);
    let mediator = app.mediator().user_id().await;
    assert!(!cases("director", &format!("owner_id={mediator}")).await.contains(&theirs_id));
    assert!(cases("director", "state=met").await.contains(&theirs_id));
    app.admin().get("/api/v1/deadlines").await.problem(403, "forbidden");
    let late = app.director().get("/api/v1/deadlines?state=late").await;
    late.problem(400, "invalid_parameter");
    let hidden = app.clerk().get(&theirs.path("/deadlines")).await;
    hidden.problem(404, "not_found");

    // Page by page it is the same list.
    let whole = app.director().get("/api/v1/deadlines?limit=200").await.ok();
    let mut paged = Vec::new();
    let mut next = Some(String::new());
    while let Some(cursor) = next {
        let cursor = if cursor.is_empty() { cursor } else { format!("&cursor={cursor}") };
        let page = app.director().get(&format!("/api/v1/deadlines?limit=2{cursor}")).await.ok();
        paged.extend(page.body["items"].as_array().unwrap().clone());
        next = page.body["next_cursor"].as_str().map(str::to_owned);
    }
    assert_eq!(json!(paged), whole.body["items"]);
}

/// The register knows no case, and neither does its clock.
async fn the_register_of_clues_has_its_own_clock(app: &TestApp) {
    let authority = staffed_authority(app).await;
    set(app, "2026-06-01");
    let case = Case::at(app, Stage::Mediating).await;
    case.post(&app.mediator(), "/clues", &clue(&case, authority)).await.created();
    let list = async |username: &str| -> Answer {
        let path = "/api/v1/deadlines?kind=clue_verification";
        app.person(username).get(path).await.ok()
    };
    for username in ["clerk", "mediator"] {
        assert_eq!(list(username).await.body["items"], json!([]), "{username}");
    }
    let found = list("inspector").await;
    let row = &found.body["items"][0];
    assert_eq!((&row["due_on"], &row["case_id"]), (&json!("2026-06-23"), &Value::Null));
    let clue = row["clue_id"].as_str().unwrap();
    let step = async |username: &str, rest: &str, body: Value| {
        let path = format!("/api/v1/clues/{clue}");
        let version = app.director().get(&path).await.ok().version();
        let request = app.person(username).post(&format!("{path}/{rest}")).if_match(version);
        if body.is_null() { request.await } else { request.json(&body).await }
    };
    step("inspector", "receipt", Value::Null).await.ok();
    // Fifteen more: 24, 25, 26, 29, 30 June, 1-3, 6-10, 13, 14 July.
    step("director", "extension", json!({ "reason": "需要检测。" })).await.ok();
    let row = list("inspector").await.body["items"][0].clone();
    assert_eq!((&row["due_on"], &row["extension_days"]), (&json!("2026-07-14"), &json!(15)));
    let decided = json!({ "decision": "case_filed", "explanation": "立案。" });
    step("inspector", "decision", decided).await.ok();
    assert_eq!(list("inspector").await.body["items"], json!([]));
}
