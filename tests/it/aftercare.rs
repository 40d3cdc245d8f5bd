//! After the agreement: who wants a court asked, proof and confirmation of what was performed,
//! reminders, what is left after a default, and when somebody asks how things went.

use chrono::{Days, NaiveDate, TimeDelta};
use huijie::deadlines::sweep;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::evidence::picture_in;
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    what_all_want_at_signing_needs_nobody_again,
    a_wish_is_about_one_text,
    performance_has_its_proof_and_its_confirmation,
    a_duty_is_reminded_of_and_then_overdue,
    after_a_default_the_choices_are_told,
    a_revisit_counts_from_the_last_instalment,
);

/// Both parties sign, each saying whether a court shall be asked.
async fn parties_sign(case: &Case<'_>, wishes: [Option<bool>; 2]) -> Answer {
    let hash = case.text_hash().await;
    let mut last = None;
    for (party, wishes) in [case.applicant, case.respondent].into_iter().zip(wishes) {
        let mut body = json!({
            "signer": "party", "party_id": party, "method": "pen", "place": "工作站",
            "text_hash": &hash,
        });
        if let Some(wishes) = wishes {
            body["wishes_confirmation"] = wishes.into();
        }
        let signed = case.post(&case.presiding(), "/agreement/signatures", &body).await;
        last = Some(signed.created());
    }
    last.unwrap()
}

/// The mediator signs and the seal comes.
async fn finish(case: &mut Case<'_>) {
    let mediator = json!({
        "signer": "mediator", "method": "pen", "place": "工作站",
        "text_hash": case.text_hash().await,
    });
    case.post(&case.presiding(), "/agreement/signatures", &mediator).await.created();
    case.post(&case.director(), "/agreement/seal", &case.seal().await).await.ok();
    case.continue_from(Stage::Performing);
}

/// A way that is left, as it is told.
async fn route(case: &Case<'_>, name: &str) -> Value {
    let all = case.director().get(&case.path("/enforcement-routes")).await.ok();
    let mut all = all.body.as_array().unwrap().clone().into_iter();
    all.find(|it| it["route"] == name).unwrap_or_else(|| panic!("no {name}"))
}

async fn applying(case: &Case<'_>) -> Value {
    let told = case.director().get(&case.path("/next-actions")).await.ok();
    let mut actions = told.body["actions"].as_array().unwrap().clone().into_iter();
    actions.find(|it| it["action"] == "apply_for_confirmation").expect("it is listed")
}

async fn what_all_want_at_signing_needs_nobody_again(app: &TestApp) {
    let mut case = Case::at(app, Stage::Locked).await;
    let signed = parties_sign(&case, [Some(true), Some(true)]).await;
    let wishes = &signed.body["confirmation_wishes"];
    assert_eq!(wishes[0], json!({ "party_id": case.applicant, "wishes": true }));
    assert_eq!(wishes[1], json!({ "party_id": case.respondent, "wishes": true }));
    let consents = app.clerk().get(&case.path("/consents")).await.ok();
    let said: Vec<&Value> = consents.body.as_array().unwrap().iter().collect();
    let said: Vec<_> = said.iter().filter(|it| it["subject"] == "confirmation").collect();
    assert_eq!(said.len(), 2, "{}", consents.text);
    assert!(said.iter().all(|it| it["decision"] == "given" && it["manner"] == "written"));
    finish(&mut case).await;

    assert_eq!(applying(&case).await["agreed"], true);
    let confirmation = route(&case, "joint_confirmation").await;
    assert_eq!((&confirmation["open"], &confirmation["agreed"]), (&json!(true), &json!(true)));
    let today = case.today();
    let body = json!({ "court": "上海市徐汇区人民法院", "applied_on": today });
    let asked = case.post(&app.clerk(), "/judicial-confirmation", &body).await.created();
    let both = json!([case.applicant, case.respondent]);
    assert_eq!(asked.body["application"]["party_ids"], both);

    // One does not want it, the other has said nothing.
    let mut case = Case::at(app, Stage::Locked).await;
    parties_sign(&case, [Some(false), None]).await;
    finish(&mut case).await;
    let agreement = app.clerk().get(&case.path("/agreement")).await.ok();
    let wishes = &agreement.body["confirmation_wishes"];
    assert_eq!(wishes[0], json!({ "party_id": case.applicant, "wishes": false }));
    assert_eq!(wishes[1], json!({ "party_id": case.respondent }));
    assert_eq!(applying(&case).await["agreed"], false);
    assert_eq!(route(&case, "joint_confirmation").await["agreed"], false);
    let path = case.path("/judicial-confirmation");
    let alone = case.try_write(&app.clerk(), &path, &body).await.problem(409, "step_refused");
    assert_eq!(alone.string("/errors/0/code"), "not_joint");
    assert_eq!(alone.body["errors"].as_array().unwrap().len(), 2, "{}", alone.text);
    // Asked again, they come together after all.
    let mut together = body;
    together["party_ids"] = json!([case.applicant, case.respondent]);
    case.try_write(&app.clerk(), &path, &together).await.created();
}

async fn a_wish_is_about_one_text(app: &TestApp) {
    let mut case = Case::at(app, Stage::Locked).await;
    parties_sign(&case, [Some(true), Some(true)]).await;
    app.pass(TimeDelta::minutes(1));
    let put = app.mediator().put(&case.path("/agreement")).if_match(case.version().await);
    let drafted = put.json(&case.agreement()).await.ok();
    assert_eq!(drafted.body["confirmation_wishes"], json!([]));
    case.continue_from(Stage::Drafted).bring_to(Stage::Locked).await;
    let agreement = app.clerk().get(&case.path("/agreement")).await.ok();
    let none = json!([{ "party_id": case.applicant }, { "party_id": case.respondent }]);
    assert_eq!(agreement.body["confirmation_wishes"], none);
    assert_eq!(agreement.body["signatures"], json!([]), "every signature is asked for again");
    case.bring_to(Stage::Performing).await;
    assert_eq!(applying(&case).await["agreed"], false);
}

/// Where a duty of this term or instalment is recorded.
fn deed(duty: &Value, kind: &str, on: NaiveDate) -> Value {
    let mut body = json!({ "term_id": duty["term_id"], "kind": kind, "happened_on": on });
    if duty["instalment_id"].is_string() {
        body["instalment_id"] = duty["instalment_id"].clone();
    }
    if kind == "defaulted" {
        body["advice"] = "已督促，并告知可以申请司法确认、支付令或者起诉。".into();
    }
    body
}

async fn performance_has_its_proof_and_its_confirmation(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let other = Case::at(app, Stage::Registered).await;
    let (proof, theirs) = (picture_in(&case).await, picture_in(&other).await);
    let duties = case.duties().await;
    let path = case.path("/performances");
    let with = |proof: Uuid, party: Uuid| {
        let mut body = deed(&duties[0], "performed", case.today());
        body["proof_evidence_id"] = json!(proof);
        body["confirmed_by_party_id"] = json!(party);
        body
    };
    for (body, fault) in [
        (with(theirs, case.applicant), ("/proof_evidence_id", "unknown_reference")),
        (with(proof, case.respondent), ("/confirmed_by_party_id", "not_the_obligee")),
        (with(proof, Uuid::nil()), ("/confirmed_by_party_id", "not_the_obligee")),
    ] {
        let refused = case.try_write(&app.mediator(), &path, &body).await.problem(422, "invalid");
        assert_eq!(refused.faults(), [fault]);
    }
    let body = with(proof, case.applicant);
    let done = case.post(&app.mediator(), "/performances", &body).await.created();
    assert_eq!(done.body["proof_evidence_id"], json!(proof));
    assert_eq!(done.body["confirmed_by_party_id"], json!(case.applicant));
    let read = app.clerk().get(&path).await.ok();
    assert_eq!(read.body["performances"][0], done.body);
}

/// The kinds of events about duties, oldest first, with the day they are about.
async fn reminders(case: &Case<'_>) -> Vec<(String, String)> {
    let told = case.director().get(&case.path("/timeline?limit=200")).await.ok();
    let mut all: Vec<(String, String)> = told.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"].as_str().unwrap().starts_with("performance."))
        .filter(|it| it["data"]["due_on"].is_string())
        .map(|it| (it["kind"].to_string(), it["data"]["due_on"].as_str().unwrap().to_owned()))
        .collect();
    all.reverse();
    for (kind, _) in &mut all {
        *kind = kind.trim_matches('"').to_owned();
    }
    all
}

async fn sweep_on(app: &TestApp, day: NaiveDate) {
    let noon = day.and_hms_opt(4, 0, 0).unwrap().and_utc();
    app.app.clock.set(noon);
    sweep(&app.app, |_| {}).await.unwrap().unwrap();
}

async fn a_duty_is_reminded_of_and_then_overdue(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let first = case.today();
    let due = first + Days::new(14);
    let said = |kind: &str, day: NaiveDate| (format!("performance.{kind}"), day.to_string());
    sweep_on(app, due - Days::new(4)).await;
    assert_eq!(reminders(&case).await, []);
    sweep_on(app, due - Days::new(3)).await;
    assert_eq!(reminders(&case).await, [said("due_soon", due)]);
    sweep_on(app, due).await;
    assert_eq!(reminders(&case).await.len(), 1, "on its last day it is not late");
    sweep_on(app, due + Days::new(1)).await;
    let both = [said("due_soon", due), said("overdue", due)];
    assert_eq!(reminders(&case).await, both);
    // Said once; a default that is recorded afterwards tells nothing new.
    sweep_on(app, due + Days::new(2)).await;
    let duties = case.duties().await;
    let late = duties.iter().find(|it| it["due_on"] == json!(due)).unwrap();
    let body = deed(late, "defaulted", case.today());
    case.post(&app.mediator(), "/performances", &body).await.created();
    sweep_on(app, due + Days::new(3)).await;
    assert_eq!(reminders(&case).await, both);
    // What is performed in time is reminded of no more.
    let next = duties.iter().find(|it| it["due_on"] == json!(first + Days::new(28))).unwrap();
    let body = deed(next, "performed", case.today());
    case.post(&app.mediator(), "/performances", &body).await.created();
    sweep_on(app, first + Days::new(40)).await;
    assert_eq!(reminders(&case).await, both);

    // A station that wants to be told a week before.
    let other = app.another(|it| it.performance_warning_days = 7).await;
    let case = Case::at(&other, Stage::Performing).await;
    let due = case.today() + Days::new(14);
    sweep_on(&other, due - Days::new(8)).await;
    assert_eq!(reminders(&case).await, []);
    sweep_on(&other, due - Days::new(7)).await;
    assert_eq!(reminders(&case).await, [said("due_soon", due)]);
    other.stop().await;
}

async fn after_a_default_the_choices_are_told(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let effective = case.today();
    assert_eq!(route(&case, "remind").await["open"], false, "nothing is owed yet");
    // The apology is due in two weeks, the parts of the refund in four and in eight.
    app.pass(TimeDelta::days(15));
    assert_eq!(route(&case, "remind").await["open"], true, "a day has passed");
    let duties = case.duties().await;
    let body = deed(&duties[2], "defaulted", case.today());
    case.post(&app.mediator(), "/performances", &body).await.created();
    let months = |from: NaiveDate, count: u32| {
        json!(from.checked_add_months(chrono::Months::new(count)).unwrap())
    };
    let last_due = effective + Days::new(56);
    for (name, last_day) in [
        ("remind", Value::Null),
        ("mediate_again", Value::Null),
        ("joint_confirmation", json!(effective + Days::new(30))),
        ("payment_order", Value::Null),
        ("notarial_deed", Value::Null),
        ("lawsuit", months(last_due, 36)),
    ] {
        let told = route(&case, name).await;
        assert_eq!((&told["open"], &told["last_day"]), (&json!(true), &last_day), "{told}");
        assert!(!told["law"].as_array().unwrap().is_empty() && told["detail"].is_string());
    }
    assert_eq!(route(&case, "compulsory_enforcement").await["open"], false, "no court has ruled");
    // The window closes; the rest stays.
    app.pass(TimeDelta::days(16));
    assert_eq!(route(&case, "joint_confirmation").await["open"], false);
    assert_eq!(route(&case, "lawsuit").await["open"], true);
    // Made good after all.
    for duty in case.duties().await {
        let body = deed(&duty, "performed", case.today());
        case.post(&app.mediator(), "/performances", &body).await.created();
    }
    assert_eq!(route(&case, "remind").await["open"], false);
}

/// The deadline of the revisit: its state and its last day.
async fn revisit(case: &Case<'_>) -> Option<(String, String)> {
    let all = case.director().get(&case.path("/deadlines")).await.ok();
    let found = all.body.as_array().unwrap().iter().find(|it| it["kind"] == "revisit")?.clone();
    Some((found["state"].as_str()?.to_owned(), found["due_on"].as_str()?.to_owned()))
}

/// PML 31; the station's own rule: fifteen days from the day on which the last duty was performed
/// or known not to be, whenever it was written down; until then from the end of its time.
async fn a_revisit_counts_from_the_last_instalment(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let first = case.today();
    let duties = case.duties().await;
    // Planned at once, from the end of the time for the last part.
    let by_then = Some(("running".to_owned(), (first + Days::new(71)).to_string()));
    assert_eq!(revisit(&case).await, by_then);
    app.pass(TimeDelta::days(20));
    let visit = json!({ "visited_at": case.now(), "manner": "phone", "findings": "首期已收到。" });
    for (duty, day) in [(&duties[2], 10), (&duties[0], 20)] {
        let body = deed(duty, "performed", first + Days::new(day));
        case.post(&app.mediator(), "/performances", &body).await.created();
        assert_eq!(revisit(&case).await, by_then, "one instalment is left");
    }
    case.post(&app.mediator(), "/revisits", &visit).await.created();
    // The last part came on day 50 and is written down on day 52.
    app.pass(TimeDelta::days(32));
    let body = deed(&duties[1], "performed", first + Days::new(50));
    case.post(&app.mediator(), "/performances", &body).await.created();
    let due = (first + Days::new(65)).to_string();
    let running = Some(("running".to_owned(), due.clone()));
    assert_eq!(revisit(&case).await, running, "who was asked before was not asked of it all");
    let again = json!({ "visited_at": case.now(), "manner": "phone", "findings": "均已履行。" });
    case.post(&app.mediator(), "/revisits", &again).await.created();
    assert_eq!(revisit(&case).await, Some(("met".to_owned(), due)));

    // A default settles a duty too; closed on an earlier visit, nobody has to ask again.
    let case = Case::at(app, Stage::Performing).await;
    let first = case.today();
    let visit = json!({ "visited_at": case.now(), "manner": "phone", "findings": "正在筹款。" });
    case.post(&app.mediator(), "/revisits", &visit).await.created();
    app.pass(TimeDelta::days(3));
    for duty in case.duties().await {
        let body = deed(&duty, "defaulted", first + Days::new(3));
        case.post(&app.mediator(), "/performances", &body).await.created();
    }
    let due = (first + Days::new(18)).to_string();
    assert_eq!(revisit(&case).await, Some(("running".to_owned(), due.clone())));
    case.post(&app.mediator(), "/closure", &Value::Null).await.created();
    assert_eq!(revisit(&case).await, Some(("cancelled".to_owned(), due)));
}
