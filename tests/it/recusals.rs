//! Recusal by track and declared interests (domain §3.6, §2.10): who leaves the panel and how,
//! and what stands in the way of whom.

use chrono::{Days, TimeDelta};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    a_party_of_the_peoples_track_needs_no_reason,
    a_mediator_withdraws_by_himself,
    what_cannot_be_meant_is_refused,
    the_authority_suspends_and_decides,
    nobody_with_an_interest_is_assigned,
    a_party_that_comes_later_shuts_the_hearing,
    the_check_says_what_the_data_shows,
    declarations_are_ones_own,
    a_declaration_is_checked_at_its_place,
);

const SHOP: &str = "上海悦动健身有限公司";

/// Declares that somebody works for an organization, and tells the id.
pub async fn declare(app: &TestApp, username: &str, name: &str) -> Uuid {
    let person = app.person(username);
    let path = format!("/api/v1/mediators/{}/interests", person.user_id().await);
    let body = json!({ "kind": "employment", "counterpart_name": name, "since": "2024-01-01" });
    person.post(&path).json(&body).await.created().id()
}

/// A request of the applicant about a seat.
pub fn request(case: &Case<'_>, seat: Uuid) -> Value {
    json!({
        "assignment_id": seat, "requested_by": case.applicant, "ground": "interest",
        "explanation": "与被申请人有合作关系。", "requested_at": case.now(),
    })
}

/// Puts the case on the authority's track, for what only that track knows; a mediator presides.
pub async fn on_the_authoritys_track(app: &TestApp, case: &Case<'_>) {
    on_track(app, case, "entrusted_mediation").await;
}

/// Puts the case on a track without the moves that lead there.
pub async fn on_track(app: &TestApp, case: &Case<'_>, track: &str) {
    let statement = format!("UPDATE cases SET track = '{track}' WHERE title = '{}'", case.id);
    let db = app.app.database.writer();
    // The title is plain text on both databases; the id is stored in two ways.
    let title = json!({ "title": case.id.to_string() });
    let patched = app.director().patch(&case.path("")).if_match(case.version().await);
    patched.json(&title).await.ok();
    assert_eq!(db.execute_unprepared(&statement).await.unwrap().rows_affected(), 1);
    assert_eq!(case.read().await.body["track"], track);
}

/// The codes and articles of everything that is missing.
fn missing(answer: &Answer) -> Vec<(String, Vec<String>)> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let all = answer.body["errors"].as_array().expect("errors").iter();
    let law: Vec<String> =
        answer.body["law"].as_array().into_iter().flatten().map(|it| text(&it["code"])).collect();
    all.map(|it| (text(&it["code"]), law.clone())).collect()
}

fn is_missing(answer: &Answer, code: &str, article: &str) {
    let found = missing(answer);
    let fits = found.iter().any(|(known, law)| known == code && law.iter().any(|it| it == article));
    assert!(fits, "{code} under {article}: {}", answer.text);
}

async fn seat_of(app: &TestApp, case: &Case<'_>) -> Uuid {
    app.director().get(&case.path("/assignments")).await.ok().uuid("/0/id")
}

async fn a_party_of_the_peoples_track_needs_no_reason(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let seat = seat_of(app, &case).await;
    let body = json!({
        "assignment_id": seat, "requested_by": case.respondent, "ground": "none_given",
        "requested_at": case.now(),
    });
    let recusal = case.post(&app.clerk(), "/recusals", &body).await.created();
    assert_eq!(recusal.body["status"], "replaced");
    assert_eq!(recusal.body["mediator_id"], json!(app.mediator().user_id().await));
    let listed = app.clerk().get(&case.path("/recusals")).await.ok();
    assert_eq!(listed.body[0], recusal.body);

    // The seat is empty and says why; the mediator does not see the case any more.
    let panel = app.director().get(&case.path("/assignments")).await.ok();
    assert_eq!(panel.body[0]["status"], "released");
    assert!(panel.string("/0/reason").contains("回避"));
    app.mediator().get(&case.path("")).await.problem(404, "not_found");
    let hearing = json!({
        "mode": "phone", "starts_at": case.now() + TimeDelta::hours(1),
        "ends_at": case.now() + TimeDelta::hours(2),
    });
    let shut = case.try_write(&app.clerk(), &case.path("/hearings"), &hearing).await;
    is_missing(&shut.problem(409, "no_presiding_mediator"), "no_presiding_mediator", "PML-19");

    // Once is enough, nobody decides it, and the person does not come back.
    let again = case.try_write(&app.clerk(), &case.path("/recusals"), &body).await;
    is_missing(&again.problem(409, "assignment_ended"), "assignment_ended", "PML-19");
    let path = format!("/api/v1/recusals/{}/decision", recusal.id());
    let decision = json!({ "decision": "rejected", "reason": "不成立。" });
    let decided = case.try_write(&app.director(), &path, &decision).await;
    is_missing(&decided.problem(409, "no_open_recusal"), "no_open_recusal", "O121-21");
    let back = json!({
        "mediator_id": app.mediator().user_id().await, "seat": "presiding", "origin": "designated",
    });
    let back = case.try_write(&app.director(), &case.path("/assignments"), &back).await;
    is_missing(&back.problem(409, "recused"), "recused", "RULES2002-25");

    // Somebody else goes on.
    let seat = case.assign("second_mediator", "presiding").await;
    case.accept_assignment("second_mediator", seat).await;
    case.post(&app.clerk(), "/hearings", &hearing).await.created();
    let timeline = app.director().get(&case.path("/timeline")).await.ok();
    for kind in ["recusal.requested", "assignment.released"] {
        assert!(timeline.text.contains(kind), "{kind}: {}", timeline.text);
    }
}

async fn a_mediator_withdraws_by_himself(app: &TestApp) {
    for authority in [false, true] {
        let case = Case::at(app, Stage::Prepared).await;
        if authority {
            on_the_authoritys_track(app, &case).await;
        }
        let mut body = request(&case, seat_of(app, &case).await);
        body.as_object_mut().unwrap().remove("requested_by");
        // Nobody withdraws for another.
        let other = case.try_write(&app.director(), &case.path("/recusals"), &body).await;
        assert_eq!(other.problem(422, "invalid").faults(), [("/requested_by", "missing")]);
        let left = case.post(&app.mediator(), "/recusals", &body).await.created();
        assert_eq!(left.body["status"], "replaced", "authority: {authority}");
        app.mediator().get(&case.path("")).await.problem(404, "not_found");
    }
}

async fn what_cannot_be_meant_is_refused(app: &TestApp) {
    let case = Case::at(app, Stage::Prepared).await;
    let other = Case::at(app, Stage::Prepared).await;
    let body = request(&case, seat_of(app, &case).await);
    let changed = |member: &str, value: Value| {
        let mut body = body.clone();
        body[member] = value;
        body
    };
    for (body, pointer, code) in [
        (
            changed("assignment_id", json!(seat_of(app, &other).await)),
            "/assignment_id",
            "unknown_reference",
        ),
        (changed("requested_by", json!(other.applicant)), "/requested_by", "unknown_reference"),
        (
            changed("requested_at", json!(case.now() + TimeDelta::hours(1))),
            "/requested_at",
            "in_future",
        ),
    ] {
        let answer = case.try_write(&app.clerk(), &case.path("/recusals"), &body).await;
        assert_eq!(answer.problem(422, "invalid").faults(), [(pointer, code)]);
    }
    let answer = case
        .try_write(&app.clerk(), &case.path("/recusals"), &changed("ground", json!("dislike")))
        .await;
    assert!(answer.status.is_client_error());
    // Before there is a panel nobody is objected to.
    let early = Case::at(app, Stage::Accepted).await;
    let body = json!({
        "assignment_id": Uuid::nil(), "requested_by": early.applicant, "ground": "none_given",
        "requested_at": early.now(),
    });
    let answer = early.try_write(&app.clerk(), &early.path("/recusals"), &body).await;
    is_missing(&answer.problem(409, "assignment_ended"), "assignment_ended", "PML-19");
    let nowhere = format!("/api/v1/recusals/{}/decision", Uuid::now_v7());
    let decision = json!({ "decision": "upheld", "reason": "属实。" });
    let answer = case.try_write(&app.director(), &nowhere, &decision).await;
    answer.problem(404, "not_found");
}

async fn the_authority_suspends_and_decides(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    on_the_authoritys_track(app, &case).await;
    let seat = seat_of(app, &case).await;
    let hearing = json!({
        "mode": "phone", "starts_at": case.now() + TimeDelta::hours(1),
        "ends_at": case.now() + TimeDelta::hours(2),
    });
    let decide = async |recusal: Uuid, decision: &str| {
        let path = format!("/api/v1/recusals/{recusal}/decision");
        let body = json!({ "decision": decision, "reason": "经核实。" });
        case.try_write(&app.director(), &path, &body).await
    };

    // Suspended, and said so beforehand.
    let open = case.post(&app.clerk(), "/recusals", &request(&case, seat)).await.created();
    assert_eq!(open.body["status"], "open");
    let again = case.try_write(&app.clerk(), &case.path("/recusals"), &request(&case, seat)).await;
    is_missing(&again.problem(409, "recusal_open"), "recusal_open", "O121-21");
    let shut = case.try_write(&app.clerk(), &case.path("/hearings"), &hearing).await;
    assert_eq!(shut.status, 409);
    is_missing(&shut, "recusal_open", "O121-21");
    let told = app.director().get(&case.path("/next-actions")).await.ok();
    let actions = told.body["actions"].as_array().unwrap();
    let decision = actions.iter().find(|it| it["action"] == "decide_recusal").expect("listed");
    assert_eq!(decision["possible"], true);
    assert_eq!(decision["target_id"], json!(open.id()));
    let schedule = actions.iter().find(|it| it["action"] == "schedule_hearing").expect("listed");
    let missing = schedule["missing"].as_array().unwrap();
    let suspended = missing.iter().find(|it| it["code"] == "recusal_open").expect("it is named");
    assert_eq!(suspended["mended_by"], json!(["decide_recusal"]));
    assert_eq!(suspended["mended_by_roles"], json!(["director"]));

    // Rejected: mediation goes on with whom it had.
    let path = format!("/api/v1/recusals/{}/decision", open.id());
    let body = json!({ "decision": "rejected", "reason": "无证据。" });
    app.clerk().send(Method::POST, &path).if_match(1).json(&body).await.problem(403, "forbidden");
    let decided = decide(open.id(), "rejected").await.ok();
    assert_eq!(decided.body["status"], "rejected");
    assert_eq!(decided.body["decided_by"], json!(app.director().user_id().await));
    is_missing(
        &decide(open.id(), "upheld").await.problem(409, "no_open_recusal"),
        "no_open_recusal",
        "O121-21",
    );
    app.mediator().get(&case.path("")).await.ok();
    case.post(&app.clerk(), "/hearings", &hearing).await.created();

    // Upheld: the mediator leaves and does not come back.
    let open = case.post(&app.clerk(), "/recusals", &request(&case, seat)).await.created();
    assert_eq!(decide(open.id(), "upheld").await.ok().body["status"], "upheld");
    app.mediator().get(&case.path("")).await.problem(404, "not_found");
    let back = json!({
        "mediator_id": app.mediator().user_id().await, "seat": "presiding", "origin": "designated",
    });
    let back = case.try_write(&app.director(), &case.path("/assignments"), &back).await;
    is_missing(&back.problem(409, "recused"), "recused", "O121-21");
}

async fn nobody_with_an_interest_is_assigned(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let interest = declare(app, "mediator", &format!(" {SHOP} ")).await;
    let seat = json!({
        "mediator_id": app.mediator().user_id().await, "seat": "presiding", "origin": "designated",
    });
    let path = case.path("/assignments");
    let refused =
        case.try_write(&app.director(), &path, &seat).await.problem(409, "interest_found");
    is_missing(&refused, "interest_found", "RULES2002-25");
    is_missing(&refused, "interest_found", "PML-15");
    assert!(refused.text.contains("被申请人") && !refused.text.contains(SHOP), "{}", refused.text);
    app.mediator().get(&case.path("")).await.problem(404, "not_found");

    on_the_authoritys_track(app, &case).await;
    let refused =
        case.try_write(&app.director(), &path, &seat).await.problem(409, "interest_found");
    is_missing(&refused, "interest_found", "O121-21");

    // It ended yesterday.
    let body = json!({ "until": case.today() - Days::new(1) });
    let end = format!("/api/v1/interests/{interest}/end");
    app.mediator().post(&end).json(&body).await.ok();
    case.try_write(&app.director(), &path, &seat).await.created();
    app.mediator().post(&end).json(&body).await.problem(409, "interest_ended");
}

async fn a_party_that_comes_later_shuts_the_hearing(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    declare(app, "mediator", "上海商场管理有限公司").await;
    let hearing = json!({
        "mode": "phone", "starts_at": case.now() + TimeDelta::hours(1),
        "ends_at": case.now() + TimeDelta::hours(2),
    });
    case.post(&app.clerk(), "/hearings", &hearing).await.created();
    let found = async || {
        let timeline = app.director().get(&case.path("/timeline?limit=200")).await.ok();
        let items = timeline.body["items"].as_array().unwrap().clone();
        items.into_iter().filter(|it| it["kind"] == "interest.found").collect::<Vec<_>>()
    };
    assert!(found().await.is_empty());

    let mut mall = json!({
        "role": "third_party", "kind": "organization", "name": "上海商场管理 有限公司",
        "identity_verified": true,
    });
    let party = case.post(&app.clerk(), "/parties", &mall).await.created();
    let events = found().await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["data"]["party_id"], json!(party.id()));
    assert_eq!(events[0]["data"]["ground"], "same_name");
    assert!(!events[0].to_string().contains("商场"), "ids only: {events:?}");
    let shut = case.try_write(&app.clerk(), &case.path("/hearings"), &hearing).await;
    assert_eq!(shut.status, 409);
    is_missing(&shut, "interest_found", "RULES2002-25");

    // Said again by a correction that brings nothing new, no; by one that brings another, yes.
    let path = format!("{}/{}", case.path("/parties"), party.id());
    let put = async |body: &Value| {
        let request = app.clerk().put(&path).if_match(case.version().await);
        request.json(body).await.ok()
    };
    mall["phone"] = json!("021-64381234");
    put(&mall).await;
    assert_eq!(found().await.len(), 1);
    mall["name"] = json!("另一家商场");
    put(&mall).await;
    case.call_off().await;
    case.post(&app.clerk(), "/hearings", &hearing).await.created();
    mall["name"] = json!("上海商场管理有限公司");
    put(&mall).await;
    assert_eq!(found().await.len(), 2);

    // Releasing the mediator mends it.
    let path = format!("/api/v1/assignments/{}/release", seat_of(app, &case).await);
    case.write(&app.director(), &path, &json!({ "reason": "与第三人有利害关系。" })).await;
    let seat = case.assign("second_mediator", "presiding").await;
    case.accept_assignment("second_mediator", seat).await;
    case.call_off().await;
    case.post(&app.clerk(), "/hearings", &hearing).await.created();
}

async fn the_check_says_what_the_data_shows(app: &TestApp) {
    let case = Case::at(app, Stage::Prepared).await;
    let path = case.path("/interest-check");
    let check = app.clerk().get(&path).await.ok();
    let member = &check.body["members"][0];
    assert_eq!(member["facts"], json!([]));
    assert_eq!(member["declarations"], 0);
    let statement = check.string("/members/0/statement");
    assert!(statement.starts_with("在已登记的数据中未发现利害关系。"), "{statement}");
    let english = app.clerk().get(&path).language("en").await.ok();
    assert!(english.string("/members/0/statement").starts_with("No hits in the recorded data."));
    assert!(!english.text.to_lowercase().contains("no conflict"));

    let interest = declare(app, "mediator", "陈晓雯").await;
    // A lawyer of the mediator's own name: shown, and no bar.
    let agent = json!({
        "kind": "lawyer", "power": "general", "name": "王建国", "mandate_scope": "参加调解",
        "mandate_seen": true,
    });
    case.post(&app.clerk(), &format!("/parties/{}/agents", case.respondent), &agent).await;
    let check = app.clerk().get(&path).await.ok();
    let facts = check.body["members"][0]["facts"].as_array().unwrap();
    let told: Vec<_> =
        facts.iter().map(|it| (it["ground"].as_str(), it["bars"].as_bool())).collect();
    assert_eq!(
        told,
        [(Some("same_name"), Some(true)), (Some("mediator_named_like_agent"), Some(false))]
    );
    assert_eq!(facts[0]["interest_id"], json!(interest));
    assert_eq!(facts[0]["party_id"], json!(case.applicant));
    for name in ["陈晓雯", "王建国"] {
        assert!(!check.text.contains(name), "{}", check.text);
    }
    let shut = case.try_write(&app.mediator(), &case.path("/mediation-start"), &Value::Null).await;
    is_missing(&shut.problem(409, "interest_found"), "interest_found", "RULES2002-25");
}

async fn declarations_are_ones_own(app: &TestApp) {
    let interest = declare(app, "mediator", SHOP).await;
    let of = async |username: &str| {
        format!("/api/v1/mediators/{}/interests", app.person(username).user_id().await)
    };
    let path = of("mediator").await;
    let end = format!("/api/v1/interests/{interest}/end");
    let body = json!({ "kind": "other", "counterpart_name": "某公司", "since": "2024-01-01" });
    let until = json!({ "until": "2026-03-02" });
    for username in ["second_mediator", "officer"] {
        let person = app.person(username);
        person.get(&path).await.problem(404, "not_found");
        person.post(&path).json(&body).await.problem(404, "not_found");
        person.post(&end).json(&until).await.problem(404, "not_found");
    }
    for username in ["clerk", "supervisor", "admin", "auditor"] {
        app.person(username).get(&path).await.problem(403, "forbidden");
    }
    for username in ["mediator", "director"] {
        let found = app.person(username).get(&path).await.ok();
        assert_eq!(found.body[0]["counterpart_name"], SHOP, "{username}");
    }
    let by_director = app.director().post(&path).json(&body).await.created();
    assert_eq!(by_director.body["declared_by"], json!(app.director().user_id().await));
    app.director().post(&end).json(&until).await.ok();
    // Whoever sits on no panel declares nothing.
    app.director().post(&of("clerk").await).json(&body).await.problem(404, "not_found");
    let nobody = format!("/api/v1/mediators/{}/interests", Uuid::now_v7());
    app.director().get(&nobody).await.problem(404, "not_found");
}

async fn a_declaration_is_checked_at_its_place(app: &TestApp) {
    let mediator = app.mediator();
    let path = format!("/api/v1/mediators/{}/interests", mediator.user_id().await);
    let body = json!({
        "kind": "shareholding", "counterpart_name": " ", "credit_code": "91350100M000100Y44",
        "since": "2024-03-02", "until": "2024-03-01",
    });
    let refused = mediator.post(&path).json(&body).await.problem(422, "invalid");
    let expected = [
        ("/counterpart_name", "blank"),
        ("/credit_code", "wrong_checksum"),
        ("/until", "before_start"),
    ];
    assert_eq!(refused.faults(), expected);
    // By its code, however it is spelled, under whatever name.
    let body = json!({
        "kind": "shareholding", "counterpart_name": "旧名称有限公司",
        "credit_code": "91350100-m000100y43", "since": "2024-03-02",
    });
    let kept = mediator.post(&path).json(&body).await.created();
    assert_eq!(kept.body["credit_code"], "91350100M000100Y43");
    let case = Case::at(app, Stage::Accepted).await;
    let seat = json!({
        "mediator_id": mediator.user_id().await, "seat": "member", "origin": "designated",
    });
    let refused = case.try_write(&app.director(), &case.path("/assignments"), &seat).await;
    refused.problem(409, "interest_found");
    let end = format!("/api/v1/interests/{}/end", kept.id());
    let early = mediator.post(&end).json(&json!({ "until": "2024-03-01" })).await;
    assert_eq!(early.problem(422, "invalid").faults(), [("/until", "before_start")]);
}
