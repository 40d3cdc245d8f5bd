//! The three tracks over HTTP: a case that moves between them, and what each track refuses.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clues::{clue, staffed_authority};
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage, dispute};

on_both_databases!(
    a_case_moves_between_the_tracks,
    the_authority_ends_mediation,
    the_authoritys_paper_and_seal,
    the_committee_gives_a_case_back,
    a_case_begins_where_it_belongs,
    what_cannot_be_entrusted,
    a_representative_settles_with_consent,
);

/// A hotline order as the authority registers it.
pub fn order() -> Value {
    let mut order = dispute();
    order["channel"] = "hotline_12345".into();
    order["order_kind"] = "ordinary".into();
    order["external_number"] = "12345-20260302-0001".into();
    order["track"] = "administrative_mediation".into();
    order
}

/// A case of the authority, registered by its officer `inspector`, who will preside.
pub async fn of_authority(app: &TestApp, stage: Stage) -> Case<'_> {
    staffed_authority(app).await;
    let mut case = Case::registered_as(&order(), &app.person("inspector"), app, "inspector").await;
    case.bring_to(stage).await;
    case
}

/// Both parties agree to a move.
pub async fn consents(case: &Case<'_>, subject: &str) {
    for party_id in [case.applicant, case.respondent] {
        consent(case, party_id, subject, "given").await;
    }
}

async fn consent(case: &Case<'_>, party_id: Uuid, subject: &str, decision: &str) {
    let body = json!({
        "party_id": party_id, "subject": subject, "decision": decision,
        "declared_at": case.now(), "manner": "phone",
    });
    case.post(&case.director(), "/consents", &body).await;
}

/// Refused with exactly these codes, under exactly these articles.
#[track_caller]
pub fn refused(answer: &Answer, codes: &[&str], law: &[&str]) {
    assert_eq!(answer.status, 409, "{}", answer.text);
    let texts = |member: &str| -> Vec<String> {
        let all = answer.body[member].as_array().into_iter().flatten();
        all.map(|it| it["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(texts("errors"), codes, "{}", answer.text);
    assert_eq!(texts("law"), law, "{}", answer.text);
}

/// From the hotline to the authority, entrusted, recalled for a clue, handed over, agreed, and
/// sealed by the committee.
async fn a_case_moves_between_the_tracks(app: &TestApp) {
    let authority = staffed_authority(app).await;
    let inspector = app.person("inspector");
    let committee = app.clerk().get("/api/v1/me").await.ok().uuid("/office_id");
    let mut case = Case::registered_as(&order(), &inspector, app, "mediator").await;
    app.clerk().get(&case.path("")).await.problem(404, "not_found");
    case.bring_to(Stage::Accepted).await;
    let accepted = case.read().await;
    assert_eq!(accepted.body["case_number"], "（2026）徐市监消调字第00001号");

    let reason = json!({ "explanation": "双方同意由调解委员会调解。" });
    let shut = case.try_write(&inspector, &case.path("/entrustment"), &reason).await;
    refused(&shut, &["consent_to_move_missing"; 2], &["O121-19"]);
    consents(&case, "entrustment").await;
    let moved = case.post(&inspector, "/entrustment", &reason).await.created();
    assert_eq!(moved.body["to_track"], "entrusted_mediation");
    assert_eq!(moved.body["to_office_id"], json!(authority), "in the authority's name");
    let again = case.try_write(&inspector, &case.path("/entrustment"), &reason).await;
    refused(&again, &["wrong_track", "entrusted_before"], &["O121-19"]);

    // The committee's mediator finds a clue; the authority takes the case back.
    case.bring_to(Stage::Mediating).await;
    case.post(&app.mediator(), "/clues", &clue(&case, authority)).await.created();
    let reason = json!({ "explanation": "发现违法线索，收回。" });
    case.post(&inspector, "/recall", &reason).await.created();
    let recalled = case.read().await;
    assert_eq!(recalled.body["track"], "administrative_mediation");
    assert_eq!(recalled.body["status"], "accepted");
    let again = case.try_write(&inspector, &case.path("/entrustment"), &reason).await;
    refused(&again, &["clue_open", "entrusted_before"], &["O121-19", "O121-27"]);
    let start = case.try_write(&app.mediator(), &case.path("/mediation-start"), &Value::Null).await;
    refused(&start, &["presiding_not_of_this_track"], &["O121-20"]);

    // Handed over, it is the committee's own.
    let to = |office: Uuid| json!({ "office_id": office, "explanation": "双方同意移交。" });
    let shut = case.try_write(&inspector, &case.path("/hand-over"), &to(committee)).await;
    refused(&shut, &["consent_to_move_missing"; 2], &["SH-DRR-47", "SH-CPR-65"]);
    consents(&case, "hand_over").await;
    let shut = case.try_write(&inspector, &case.path("/hand-over"), &to(authority)).await;
    refused(&shut, &["not_a_committee"], &["SH-DRR-47", "SH-CPR-65"]);
    let moved = case.post(&inspector, "/hand-over", &to(committee)).await.created();
    assert_eq!(moved.body["former_number"], "（2026）徐市监消调字第00001号");
    let handed = case.read().await;
    assert_eq!(handed.body["case_number"], "（2026）徐消人调字第00001号");
    assert_eq!(handed.body["office_id"], json!(committee));
    app.clerk().get(&case.path("")).await.ok();

    // The panel stands; mediation starts anew and goes to its agreement.
    case.post(&app.mediator(), "/mediation-start", &Value::Null).await;
    case.continue_from(Stage::Mediating).bring_to(Stage::Locked).await;
    let path = case.path("/agreement/seal");
    let wrong = json!({ "office_id": authority });
    refused(&case.try_write(&app.director(), &path, &wrong).await, &["wrong_seal"], &["PML-29"]);
    case.bring_to(Stage::Performing).await;
    let agreement = app.director().get(&case.path("/agreement")).await.ok();
    assert_eq!(agreement.body["paper"], "mediation_agreement");
    assert_eq!(agreement.body["seal_office_id"], json!(committee));
    let history = app.director().get(&case.path("/track-moves")).await.ok();
    let kinds: Vec<&Value> =
        history.body.as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["entrust", "recall", "hand_over"]);
}

/// O121 23: decided, told, closed, in this order.
async fn the_authority_ends_mediation(app: &TestApp) {
    let case = of_authority(app, Stage::Mediating).await;
    let inspector = app.person("inspector");
    let decision = json!({ "reason": "no_agreement", "explanation": "分歧较大。" });
    let ending = json!({
        "outcome": "terminated", "reason": "no_agreement", "explanation": "分歧较大。",
    });
    let conclude =
        async |body: &Value| case.try_write(&inspector, &case.path("/conclusion"), body).await;
    let tell = async || {
        for party_id in [case.applicant, case.respondent] {
            let told = json!({ "party_id": party_id, "told_at": case.now(), "manner": "phone" });
            case.post(&inspector, "/route-notices", &told).await;
        }
    };
    let untold = ["routes_not_told"; 2];
    let all = ["termination_not_decided", untold[0], untold[1]];
    refused(&conclude(&ending).await, &all, &["O121-23", "O121-25"]);
    tell().await;
    refused(&conclude(&ending).await, &all[..1], &["O121-23"]);

    let path = case.path("/termination-decision");
    let foreign = json!({ "reason": "party_ends", "explanation": "要求终止。" });
    let answer = case.try_write(&inspector, &path, &foreign).await;
    refused(&answer, &["reason_not_of_this_track"], &["O121-23"]);
    app.pass(TimeDelta::minutes(1));
    case.post(&inspector, "/termination-decision", &decision).await.created();
    refused(
        &case.try_write(&inspector, &path, &decision).await,
        &["termination_decided"],
        &["O121-23"],
    );
    let hearing = json!({
        "mode": "phone", "starts_at": case.now() + TimeDelta::hours(1),
        "ends_at": case.now() + TimeDelta::hours(2),
    });
    let shut = case.try_write(&inspector, &case.path("/hearings"), &hearing).await;
    refused(&shut, &["termination_decided"], &["O121-23"]);

    // What was told before the decision was not told of it.
    refused(&conclude(&ending).await, &untold, &["O121-25"]);
    tell().await;
    let other = json!({
        "outcome": "terminated", "reason": "time_expired", "explanation": "超过期限。",
    });
    refused(&conclude(&other).await, &["not_as_decided"], &["O121-23"]);
    let closed = conclude(&ending).await.created();
    assert_eq!(closed.body["status"], "closed");
    assert_eq!(closed.body["termination_reason"], "no_agreement");
}

/// O121 24: the authority's document, signed by the parties, with its own seal; PML 33: no
/// judicial confirmation is offered.
async fn the_authoritys_paper_and_seal(app: &TestApp) {
    let mut case = of_authority(app, Stage::Minuted).await;
    let inspector = app.person("inspector");
    let mut oral = case.agreement();
    oral["reached_at"] = json!(case.now());
    let path = case.path("/oral-agreement");
    let answer = case.try_write(&inspector, &path, &oral).await;
    refused(&answer, &["mediation_document_required"], &["O121-24"]);
    case.bring_to(Stage::Locked).await;
    let committee = app.clerk().get("/api/v1/me").await.ok().uuid("/office_id");
    let wrong = json!({ "office_id": committee });
    let answer = case.try_write(&app.director(), &case.path("/agreement/seal"), &wrong).await;
    refused(&answer, &["wrong_seal"], &["O121-24"]);
    case.post(&app.director(), "/agreement/seal", &case.seal().await).await;
    let locked = app.director().get(&case.path("/agreement")).await.ok();
    let missing = locked.body["missing"].as_array().unwrap();
    assert!(missing.iter().all(|it| it["act"] == "party_signature"), "{missing:?}");
    assert_eq!(locked.body["paper"], "mediation_document");
    assert!(locked.string("/text").starts_with("调解书"));
    for party_id in [case.applicant, case.respondent] {
        let hand = json!({
            "signer": "party", "party_id": party_id, "method": "pen", "place": "市场监管所",
            "text_hash": locked.body["text_hash"],
        });
        case.post(&inspector, "/agreement/signatures", &hand).await;
    }
    assert_eq!(case.read().await.body["status"], "performing");
    let wish = json!({
        "court": "上海市徐汇区人民法院", "applied_on": case.today(),
        "party_ids": [case.applicant, case.respondent],
    });
    let path = case.path("/judicial-confirmation");
    let answer = case.try_write(&inspector, &path, &wish).await;
    refused(&answer, &["confirmation_not_offered"], &["PML-33", "CPL-205"]);
}

async fn the_committee_gives_a_case_back(app: &TestApp) {
    let mut case = of_authority(app, Stage::Accepted).await;
    let inspector = app.person("inspector");
    let authority = case.read().await.uuid("/office_id");
    let reason = json!({ "reason": "no_consent", "explanation": "被申请人不愿意。" });
    let path = case.path("/return");
    let answer = case.try_write(&app.director(), &path, &reason).await;
    refused(&answer, &["wrong_track"], &["O121-19"]);
    consents(&case, "hand_over").await;
    let committee = app.clerk().get("/api/v1/me").await.ok().uuid("/office_id");
    let to = json!({ "office_id": committee, "explanation": "双方同意移交。" });
    case.post(&inspector, "/hand-over", &to).await;
    let back = case.post(&app.director(), "/return", &reason).await.created();
    assert_eq!(back.body["return_reason"], "no_consent");
    let case_now = case.read().await;
    assert_eq!(case_now.uuid("/office_id"), authority);
    assert_eq!(case_now.body["case_number"], "（2026）徐市监消调字第00001号");
    assert_eq!(case_now.body["track"], "administrative_mediation");
    case.bring_to(Stage::Mediating).await;
}

async fn a_case_begins_where_it_belongs(app: &TestApp) {
    let clerk = app.clerk();
    let faults = async |change: &dyn Fn(&mut Value)| {
        let mut content = order();
        change(&mut content);
        let answer = clerk.post("/api/v1/cases").json(&content).await.problem(422, "invalid");
        answer.faults().into_iter().map(|(_, code)| code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(faults(&|_| {}).await, ["wrong_office"]);
    let entrusted = |it: &mut Value| it["track"] = "entrusted_mediation".into();
    assert_eq!(faults(&entrusted).await, ["not_a_beginning"]);
    let walked_in = |it: &mut Value| {
        it["track"] = "people_mediation".into();
        it["channel"] = "walk_in".into();
    };
    assert_eq!(faults(&walked_in).await, ["not_applicable"]);
    let tomorrow = |it: &mut Value| {
        it["track"] = "people_mediation".into();
        it["received_at"] = "2099-01-01T00:00:00Z".into();
    };
    assert_eq!(faults(&tomorrow).await, ["in_future"]);

    // A clerk takes the authority's cases in, and an officer decides on them (O121 15).
    let authority = staffed_authority(app).await;
    let user = json!({
        "username": "authority_clerk", "display_name": "authority_clerk", "role": "clerk",
        "office_id": authority, "password": crate::harness::PASSWORD,
    });
    app.admin().post("/api/v1/users").json(&user).await.created();
    let person = app.person("authority_clerk");
    let case = Case::registered_as(&order(), &person, app, "inspector").await;
    let answer = case.try_write(&person, &case.path("/acceptance"), &Value::Null).await;
    refused(&answer, &["not_the_decider"], &["O121-15"]);
    let declined = |reason: &str| {
        json!({
            "reason": reason, "explanation": "不属于生活消费。", "told_at": case.now(),
            "manner": "phone",
        })
    };
    let inspector = app.person("inspector");
    let path = case.path("/declination");
    let answer = case.try_write(&inspector, &path, &declined("no_dispute")).await;
    refused(&answer, &["reason_not_of_this_track"], &["O121-16"]);
    let closed = case.post(&inspector, "/declination", &declined("not_living_consumption")).await;
    assert_eq!(closed.body["outcome_reason"], "not_living_consumption");
}

/// O121 19; domain §10.4.
async fn what_cannot_be_entrusted(app: &TestApp) {
    let case = of_authority(app, Stage::Accepted).await;
    let inspector = app.person("inspector");
    consent(&case, case.applicant, "entrustment", "given").await;
    consent(&case, case.respondent, "entrustment", "refused").await;
    for (marks, codes) in [
        (json!({ "complex": true, "sensitive": true }), &["complex_case", "sensitive_case"][..]),
        (json!({ "complex": false }), &["sensitive_case"]),
        (json!({ "sensitive": false }), &[]),
    ] {
        let marked = inspector.patch(&case.path("")).if_match(case.version().await);
        marked.json(&marks).await.ok();
        let body = json!({ "explanation": "委托。" });
        let answer = case.try_write(&inspector, &case.path("/entrustment"), &body).await;
        refused(&answer, &[&["move_refused"], codes].concat(), &["O121-19"]);
    }
    consent(&case, case.respondent, "entrustment", "given").await;
    let past = json!({ "explanation": "委托。", "return_by": "2020-01-01" });
    let answer = case.try_write(&inspector, &case.path("/entrustment"), &past).await;
    assert_eq!(answer.problem(422, "invalid").faults(), [("/return_by", "in_past")]);
}

/// O121 12: chosen in writing from among the applicants, two at most; each who is represented
/// agrees before the representative settles or gives up.
async fn a_representative_settles_with_consent(app: &TestApp) {
    let case = of_authority(app, Stage::Registered).await;
    let director = app.director();
    let mut others = Vec::new();
    for name in ["王小兰", "赵大勇", "孙丽"] {
        let party = crate::disputes::person(name);
        others.push(case.post(&director, "/parties", &party).await.created().id());
    }
    let choose = async |who: Uuid, by: Value| {
        let body = json!({
            "kind": "representative", "power": "settlement", "name": "代表人",
            "representative_id": by, "mandate_scope": "代为参加调解。", "mandate_seen": true,
        });
        case.try_write(&director, &case.path(&format!("/parties/{who}/agents")), &body).await
    };
    let law = &["O121-12"];
    let (first, second, third) = (others[0], others[1], others[2]);
    choose(first, Value::Null).await.problem(422, "invalid");
    choose(first, json!(Uuid::nil())).await.problem(422, "invalid");
    refused(&choose(first, json!(first)).await, &["not_a_fellow_applicant"], law);
    refused(&choose(first, json!(case.respondent)).await, &["not_a_fellow_applicant"], law);
    let chosen = choose(first, json!(case.applicant)).await.created();
    refused(&choose(first, json!(second)).await, &["represented_already"], law);
    refused(&choose(second, json!(first)).await, &["represented_representative"], law);
    refused(&choose(case.applicant, json!(second)).await, &["represented_representative"], law);
    choose(second, json!(third)).await.created();

    // Giving up needs the word of each who is represented.
    let withdraw = json!({ "explanation": "代表人要求撤回。" });
    let path = case.path("/withdrawal");
    let shut = case.try_write(&director, &path, &withdraw).await;
    refused(&shut, &["represented_consent_missing"; 2], law);
    consent(&case, first, "settlement", "given").await;
    consent(&case, second, "settlement", "refused").await;
    let shut = case.try_write(&director, &path, &withdraw).await;
    refused(&shut, &["represented_consent_missing"], law);

    // And so does a signature, to the text as it was locked.
    let mut case = case;
    case.post(&director, "/acceptance", &Value::Null).await;
    for party_id in [second, third, first] {
        consent(&case, party_id, "mediation", "given").await;
        let notice = json!({
            "party_id": party_id, "told_at": case.now(), "manner": "phone", "acknowledged": true,
        });
        case.post(&director, "/rights-notices", &notice).await;
    }
    case.continue_from(Stage::Accepted).bring_to(Stage::Locked).await;
    app.pass(TimeDelta::minutes(1));
    let sign = json!({
        "signer": "party", "party_id": first, "agent_id": chosen.id(), "method": "pen",
        "place": "工作站", "text_hash": case.text_hash().await,
    });
    let path = case.path("/agreement/signatures");
    let shut = case.try_write(&app.person("inspector"), &path, &sign).await;
    refused(&shut, &["represented_consent_missing"], law);
    consent(&case, first, "settlement", "given").await;
    case.write(&app.person("inspector"), &path, &sign).await.created();
}
