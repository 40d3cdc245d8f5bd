//! The agreement tried out and checked through HTTP: what is compiled and found is the same
//! before and after drafting, and nothing is kept of a preview.

use huijie::entity::{agreement, audit_entry, event, term};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    a_preview_is_the_text_that_locking_makes,
    a_preview_keeps_nothing,
    a_bad_draft_is_told_as_findings,
    findings_are_of_the_text_that_is_not_in_force,
    findings_name_their_article,
);

async fn preview(case: &Case<'_>, content: &Value) -> Answer {
    let path = case.path("/agreement/preview");
    case.director().post(&path).json(content).await
}

fn codes(answer: &Answer) -> Vec<String> {
    let all = answer.body["findings"].as_array().unwrap().iter();
    all.map(|it| format!("{} {}", it["pointer"].as_str().unwrap(), it["code"].as_str().unwrap()))
        .collect()
}

/// The draft of the stages with days on which people work.
fn on_working_days(case: &Case<'_>) -> Value {
    let mut content = case.agreement();
    for (pointer, day) in [
        ("/terms/0/due_on", "2098-06-04"),
        ("/terms/0/instalments/0/due_on", "2098-06-03"),
        ("/terms/0/instalments/1/due_on", "2098-06-04"),
        ("/terms/1/due_on", "2098-06-05"),
    ] {
        *content.pointer_mut(pointer).unwrap() = json!(day);
    }
    content
}

async fn a_preview_is_the_text_that_locking_makes(app: &TestApp) {
    let mut case = Case::at(app, Stage::Minuted).await;
    let content = case.agreement();
    let shown = preview(&case, &content).await.ok();
    case.bring_to(Stage::Drafted).await;
    let again = preview(&case, &content).await.ok();
    case.bring_to(Stage::Locked).await;
    let locked = case.director().get(&case.path("/agreement")).await.ok();
    assert_eq!(shown.body["text"], locked.body["text"]);
    assert_eq!(again.body["text"], locked.body["text"]);
    // Beside a locked text a draft would be the next revision.
    let next = preview(&case, &content).await.ok();
    assert!(next.string("/text").contains("文本：第2版"), "{}", next.text);
}

async fn a_preview_keeps_nothing(app: &TestApp) {
    let case = Case::at(app, Stage::Drafted).await;
    let db = app.app.database.reader();
    let rows = async || {
        [
            audit_entry::Entity::find().count(db).await.unwrap(),
            event::Entity::find().count(db).await.unwrap(),
            agreement::Entity::find().count(db).await.unwrap(),
            term::Entity::find().count(db).await.unwrap(),
        ]
    };
    case.director().token().await;
    let (before, version) = (rows().await, case.version().await);
    preview(&case, &case.agreement()).await.ok();
    assert_eq!(rows().await, before);
    assert_eq!(case.version().await, version);
    // Who only reads does not negotiate.
    let path = case.path("/agreement/preview");
    app.supervisor().post(&path).json(&case.agreement()).await.problem(403, "forbidden");
    app.clerk().post(&path).json(&case.agreement()).await.problem(403, "forbidden");
    app.second_mediator().post(&path).json(&case.agreement()).await.problem(404, "not_found");
    app.mediator().post(&path).json(&case.agreement()).await.ok();
}

async fn a_bad_draft_is_told_as_findings(app: &TestApp) {
    let case = Case::at(app, Stage::Minuted).await;
    let mut content = on_working_days(&case);
    let fine = preview(&case, &content).await.ok();
    assert_eq!(codes(&fine), Vec::<String>::new(), "{}", fine.text);
    assert_eq!(fine.body["ready_for_confirmation"], true);
    content["terms"][0]["description"] = json!("尽快退还叁仟伍佰元整。");
    content["terms"][0]["instalments"][1]["due_on"] = json!("2098-06-07");
    content["terms"][1]["obligee_id"] = json!(case.respondent);
    let bad = preview(&case, &content).await.ok();
    assert_eq!(
        codes(&bad),
        [
            "/terms/0/instalments/1/due_on not_the_last_day",
            "/terms/1/obligee_id same_party",
            "/terms/0/description unclear_wording",
            "/terms/0/description amount_words_differ",
            "/terms/0/instalments/1/due_on due_on_day_off",
        ]
    );
    assert_eq!(bad.body["ready_for_confirmation"], false);
    // Drafting it stays refused for what it was refused for.
    let put = case.director().put(&case.path("/agreement")).if_match(case.version().await);
    let refused = put.json(&content).await.problem(422, "invalid");
    assert_eq!(refused.faults().len(), 2, "{}", refused.text);
    // What is no draft at all is none here either.
    for (pointer, value) in [
        ("/terms/0/amount_fen", json!(0)),
        ("/terms/0/amount_fen", json!(-1)),
        ("/terms/0/amount_fen", json!(100_000_000_001_i64)),
        ("/terms", json!([])),
    ] {
        let mut content = on_working_days(&case);
        *content.pointer_mut(pointer).unwrap() = value;
        preview(&case, &content).await.problem(422, "invalid");
    }
}

async fn findings_are_of_the_text_that_is_not_in_force(app: &TestApp) {
    let mut case = Case::at(app, Stage::Minuted).await;
    let path = case.path("/agreement/findings");
    case.director().get(&path).await.problem(404, "not_found");
    for stage in [Stage::Drafted, Stage::Locked] {
        case.bring_to(stage).await;
        for person in [app.clerk(), app.mediator(), app.supervisor(), app.director()] {
            let found = person.get(&path).await.ok();
            assert!(found.body["ready_for_confirmation"].is_boolean(), "{stage:?}");
        }
    }
    case.bring_to(Stage::Performing).await;
    case.director().get(&path).await.problem(404, "not_found");
}

async fn findings_name_their_article(app: &TestApp) {
    let case = Case::at(app, Stage::Minuted).await;
    let mut content = on_working_days(&case);
    content["terms"][1]["description"] = json!("申请人撤回举报。");
    let put = case.director().put(&case.path("/agreement")).if_match(case.version().await);
    put.json(&content).await.ok();
    let path = case.path("/agreement/findings");
    let found = app.mediator().get(&path).language("en").await.ok();
    assert_eq!(codes(&found), ["/terms/1/description against_public_interest"]);
    assert_eq!(found.body["findings"][0]["severity"], "blocking");
    assert_eq!(found.string("/findings/0/law/0/code"), "CPL-I-358");
    assert!(found.string("/findings/0/law/0/citation").contains("art. 358"), "{}", found.text);
    assert!(found.string("/findings/0/detail/zh").contains("撤回举报"));
    assert_eq!(found.body["ready_for_confirmation"], false);
}
