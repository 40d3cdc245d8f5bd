//! Asking for judicial confirmation (PML 33; CPL 205): together, in time, once.

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    the_parties_ask_a_court_together,
    what_stands_in_the_way_is_named,
    an_application_is_in_time_by_its_own_day,
    another_track_does_not_offer_it,
    the_court_answers_and_each_answer_allows_its_own,
    what_a_court_cannot_have_said_is_refused,
);

/// Both parties apply today.
pub fn application(case: &Case<'_>) -> Value {
    json!({
        "court": "上海市徐汇区人民法院", "applied_on": case.today(),
        "party_ids": [case.applicant, case.respondent],
    })
}

fn refused(answer: Answer, code: &str) {
    let answer = answer.problem(409, code);
    for (place, article) in ["PML-33", "CPL-205"].iter().enumerate() {
        assert_eq!(answer.body["law"][place]["code"], *article, "{}", answer.text);
    }
}

async fn the_parties_ask_a_court_together(app: &TestApp) {
    for stage in [Stage::Performing, Stage::Closed] {
        let mut case = Case::at(app, stage).await;
        let path = case.path("/judicial-confirmation");
        let before = app.clerk().get(&path).await.ok();
        let day = case.today();
        let expected = json!({
            "offered": true, "effective_on": day, "last_day": day + Days::new(30),
        });
        assert_eq!(before.body, expected);
        let asked = case.post(&app.clerk(), "/judicial-confirmation", &application(&case)).await;
        let asked = asked.created();
        assert_eq!(asked.header("location"), path);
        assert_eq!(
            asked.body["application"]["party_ids"],
            json!([case.applicant, case.respondent])
        );
        let read = app.mediator().get(&path).await.ok();
        assert_eq!(read.body, asked.body);
        refused(
            case.try_write(&app.clerk(), &path, &application(&case)).await,
            "confirmation_asked",
        );
        // It is part of the file, and under its seal.
        case.bring_to(Stage::Archived).await;
        let file = app.director().get(&case.path("/completeness")).await.ok();
        assert_eq!(file.body["intact"], true, "{}", file.text);
    }
}

async fn what_stands_in_the_way_is_named(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let path = case.path("/judicial-confirmation");
    let early = case.try_write(&app.clerk(), &path, &application(&case)).await;
    early.problem(409, "wrong_status");

    // Closed without an agreement.
    let failed = Case::at(app, Stage::Accepted).await;
    failed.post(&app.clerk(), "/withdrawal", &json!({ "explanation": "自行解决。" })).await;
    let path = failed.path("/judicial-confirmation");
    let none = failed.try_write(&app.clerk(), &path, &application(&failed)).await;
    refused(none, "no_agreement_in_force");

    let case = Case::at(app, Stage::Performing).await;
    let path = case.path("/judicial-confirmation");
    let with = |member: &str, value: Value| {
        let mut body = application(&case);
        body[member] = value;
        body
    };
    let alone = with("party_ids", json!([case.applicant]));
    refused(case.try_write(&app.clerk(), &path, &alone).await, "not_joint");
    let tomorrow = case.today() + Days::new(1);
    for (body, pointer, code) in [
        (
            with("party_ids", json!([case.applicant, Uuid::nil()])),
            "/party_ids/1",
            "unknown_reference",
        ),
        (with("party_ids", json!([case.applicant, case.applicant])), "/party_ids/1", "repeated"),
        (with("applied_on", json!(tomorrow)), "/applied_on", "in_future"),
        (with("applied_on", json!(case.today() - Days::new(1))), "/applied_on", "before_effect"),
    ] {
        let answer = case.try_write(&app.clerk(), &path, &body).await;
        assert_eq!(answer.problem(422, "invalid").faults(), [(pointer, code)]);
    }
    let read = app.director().get(&path).await.ok();
    assert_eq!(read.body["application"], Value::Null, "nothing was kept");
}

/// In force on 2 March: the last day is 1 April, also when it is written down later.
async fn an_application_is_in_time_by_its_own_day(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let path = case.path("/judicial-confirmation");
    assert_eq!(case.today().to_string(), "2026-03-02");
    app.pass(TimeDelta::days(40));
    let mut body = application(&case);
    body["applied_on"] = json!("2026-04-02");
    refused(case.try_write(&app.clerk(), &path, &body).await, "confirmation_time_over");
    body["applied_on"] = json!("2026-04-01");
    case.try_write(&app.clerk(), &path, &body).await.created();
}

async fn another_track_does_not_offer_it(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let path = case.path("/judicial-confirmation");
    let statement = format!(
        "UPDATE cases SET track = 'administrative_mediation' WHERE case_number = '{}'",
        case.read().await.string("/case_number")
    );
    let db = app.app.database.writer();
    sea_orm::ConnectionTrait::execute_unprepared(db, &statement).await.unwrap();
    let read = app.clerk().get(&path).await.ok();
    assert_eq!(read.body["offered"], false);
    assert_eq!(read.body["last_day"], Value::Null);
    let told = app.clerk().get(&case.path("/next-actions")).await.ok();
    let actions = told.body["actions"].as_array().unwrap();
    let listed = actions.iter().find(|it| it["action"] == "apply_for_confirmation");
    let missing = &listed.expect("it is listed with what is missing")["missing"][0];
    assert_eq!(missing["code"], "confirmation_not_offered");
    assert!(missing["detail"].as_str().is_some_and(|it| it.contains("依法设立的调解组织")));
    let answer = case.try_write(&app.clerk(), &path, &application(&case)).await;
    refused(answer, "confirmation_not_offered");
}

/// What the court says today.
async fn court(case: &Case<'_>, answer: &str) -> Answer {
    let body = json!({
        "answer": answer, "answered_on": case.today(), "court_number": "（2026）沪0104诉前调确1号",
    });
    case.try_write(&case.director(), &case.path("/judicial-confirmation/answers"), &body).await
}

/// The ways that are open today.
async fn open_routes(case: &Case<'_>) -> Vec<String> {
    let routes = case.director().get(&case.path("/enforcement-routes")).await.ok();
    let all = routes.body.as_array().unwrap().clone();
    let open = all.into_iter().filter(|it| it["open"] == true);
    open.map(|it| it["route"].as_str().unwrap().to_owned()).collect()
}

async fn the_court_answers_and_each_answer_allows_its_own(app: &TestApp) {
    const WITHOUT_COURT: [&str; 4] = ["notarial_deed", "payment_order", "mediate_again", "lawsuit"];
    let again = ["joint_confirmation"].iter().chain(&WITHOUT_COURT).copied().collect::<Vec<_>>();
    for (answer, taken_first, expected) in [
        ("valid", true, vec!["compulsory_enforcement"]),
        ("rejected", true, WITHOUT_COURT.to_vec()),
        ("not_accepted", false, again.clone()),
        ("withdrawn", true, again.clone()),
        ("treated_as_withdrawn", true, again.clone()),
    ] {
        let case = Case::at(app, Stage::Performing).await;
        assert_eq!(open_routes(&case).await, again, "before");
        court(&case, answer).await.problem(409, "no_application_open");
        case.post(&app.clerk(), "/judicial-confirmation", &application(&case)).await.created();
        assert_eq!(open_routes(&case).await, WITHOUT_COURT, "while the court looks at it");
        let states = async |rule: &str| -> Vec<Value> {
            let all = app.director().get(&case.path("/deadlines")).await.ok();
            let of_rule = |it: &&Value| it["rule"] == rule;
            let found = all.body.as_array().unwrap().iter().filter(of_rule);
            found.map(|it| it["state"].clone()).collect()
        };
        assert_eq!(states("court.confirm.accept").await, ["running"]);
        if taken_first {
            court(&case, "accepted").await.created();
            court(&case, "accepted").await.problem(422, "invalid");
            assert_eq!(states("court.confirm.accept").await, ["met"]);
            assert_eq!(states("court.confirm.decide").await, ["running"]);
        }
        let told = court(&case, answer).await.created();
        let answers = told.body["application"]["answers"].as_array().unwrap();
        assert_eq!(answers.last().unwrap()["answer"], answer, "{}", told.text);
        assert_eq!(open_routes(&case).await, expected, "{answer}");
        court(&case, "rejected").await.problem(409, "no_application_open");
        let (path, body) = (case.path("/judicial-confirmation"), application(&case));
        let asked_again = case.try_write(&app.clerk(), &path, &body).await;
        asked_again.status(if expected.contains(&"joint_confirmation") { 201 } else { 409 });
    }
    // Without an agreement nothing is left to be enforced.
    let case = Case::at(app, Stage::Accepted).await;
    assert!(open_routes(&case).await.is_empty());
}

async fn what_a_court_cannot_have_said_is_refused(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    case.post(&app.clerk(), "/judicial-confirmation", &application(&case)).await.created();
    let path = case.path("/judicial-confirmation/answers");
    for (body, fault) in [
        (
            json!({ "answer": "accepted", "answered_on": case.today() + Days::new(1) }),
            ("/answered_on", "in_future"),
        ),
        (
            json!({ "answer": "accepted", "answered_on": case.today() - Days::new(1) }),
            ("/answered_on", "too_early"),
        ),
        (json!({ "answer": "valid", "answered_on": case.today() }), ("/court_number", "missing")),
    ] {
        let answer = case.try_write(&app.clerk(), &path, &body).await.status(422);
        assert_eq!(answer.faults(), [fault]);
    }
}
