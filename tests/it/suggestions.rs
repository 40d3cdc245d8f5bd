//! Who mediates (design §7): profiles, absences, what parties say, suggestions with their proof,
//! and who is not assigned.

use std::future::IntoFuture as _;

use chrono::{Days, TimeDelta};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::process::Premises;
use crate::stages::{Case, Stage, dispute};

on_both_databases!(
    a_suggestion_is_explained_and_followed,
    somebody_else_is_assigned_with_a_reason,
    an_empty_pool_says_why_of_each,
    whoever_left_a_case_does_not_come_back,
    the_parties_choice_comes_first,
    a_partys_objection_is_a_recusal_or_a_refusal,
    food_safety_brings_both_offices_together,
    load_decides_and_then_the_seed,
    who_cannot_be_assigned_is_told_why,
    a_profile_is_written_over_what_was_read,
    absences_are_ones_own,
    whose_cases_need_somebody_else,
    nobody_is_overloaded_by_many_at_once,
    every_proof_is_computed_again,
);

fn of_mediator(id: Uuid, rest: &str) -> String {
    format!("/api/v1/mediators/{id}/{rest}")
}

async fn id_of(app: &TestApp, username: &str) -> Uuid {
    app.person(username).user_id().await
}

/// A profile with room for so many cases.
fn profile(kind: &str, capacity: u32) -> Value {
    json!({
        "kind": kind, "engaged_from": "2025-01-01", "roster_state": "listed",
        "specialities": [], "languages": ["mandarin"], "capacity": capacity,
    })
}

/// Writes the first profile of somebody.
async fn describe(app: &TestApp, username: &str, profile: &Value) -> Answer {
    let path = of_mediator(id_of(app, username).await, "profile");
    app.director().put(&path).if_match(0).json(profile).await
}

async fn suggest(app: &TestApp, case: &Case<'_>, body: &Value) -> Answer {
    case.try_write(&app.director(), &case.path("/mediator-suggestions"), body).await
}

async fn assign(app: &TestApp, case: &Case<'_>, mediator: Uuid, more: Value) -> Answer {
    let mut body = json!({ "mediator_id": mediator, "seat": "presiding", "origin": "designated" });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    case.try_write(&app.director(), &case.path("/assignments"), &body).await
}

async fn wish(case: &Case<'_>, party: Uuid, mediator: Uuid, stance: &str) -> Answer {
    let body = json!({
        "party_id": party, "mediator_id": mediator, "stance": stance,
        "declared_at": case.now(), "manner": "phone",
    });
    case.try_write(&case.director(), &case.path("/mediator-wishes"), &body).await
}

/// A row in each of this room's tables.
pub async fn of_everything(app: &TestApp, case: &Case<'_>) {
    describe(app, "second_mediator", &profile("part_time", 40)).await.ok();
    let second = id_of(app, "second_mediator").await;
    let absence = json!({ "since": "2027-01-04", "until": "2027-01-08", "reason": "leave" });
    let path = of_mediator(second, "absences");
    app.director().post(&path).json(&absence).await.created();
    wish(case, case.applicant, second, "chosen").await.created();
    suggest(app, case, &json!({ "seat": "presiding" })).await.created();
}

fn ids(list: &Value) -> Vec<Uuid> {
    let all = list.as_array().expect("a list").iter();
    all.map(|it| it["mediator_id"].as_str().unwrap().parse().unwrap()).collect()
}

/// The grounds on which somebody is excluded.
fn grounds(suggestion: &Answer, mediator: Uuid) -> Vec<String> {
    let all = suggestion.body["excluded"].as_array().unwrap().iter();
    let of = all.filter(|it| it["mediator_id"] == json!(mediator));
    of.flat_map(|it| it["reasons"].as_array().unwrap())
        .map(|it| it["ground"].as_str().unwrap().to_owned())
        .collect()
}

async fn a_suggestion_is_explained_and_followed(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    let ranking = made.body["ranking"].as_array().unwrap();
    assert_eq!(ranking.len(), 3, "{}", made.text);
    for (place, it) in (1..).zip(ranking) {
        assert_eq!(it["rank"], place);
        assert_eq!(it["capacity"], 40);
        assert!(it["tie_break"].as_str().is_some_and(|it| it.len() == 64), "{it}");
        assert!(it["display_name"].as_str().is_some_and(|it| !it.is_empty()), "{it}");
    }
    assert_eq!(made.body["intact"], true);
    assert_eq!(made.body["proposed"][0]["mediator_id"], ranking[0]["mediator_id"]);
    // The seed is what the chain had come to before the case was registered.
    let trail = app.director().get(&case.path("/audit?limit=200")).await.ok();
    let first = trail.body["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(first["action"], "register_case");
    assert_eq!(made.body["seed_entry"], first["sequence"]);
    assert_eq!(made.body["seed"], first["previous_hash"]);
    // No personal data of the parties in the proof.
    let proof = made.string("/proof");
    assert!(!proof.contains("陈晓雯") && !proof.contains("悦动"), "{proof}");

    let chosen: Uuid = ranking[0]["mediator_id"].as_str().unwrap().parse().unwrap();
    let seat = assign(app, &case, chosen, json!({ "suggestion_id": made.id() })).await.created();
    assert_eq!(seat.body["suggestion_id"], made.body["id"]);
    let listed = app.supervisor().get(&case.path("/mediator-suggestions")).await.ok();
    assert_eq!(listed.body[0]["proof_hash"], made.body["proof_hash"]);
    app.mediator().get(&case.path("/mediator-suggestions")).await.problem(403, "forbidden");
    let timeline = app.director().get(&case.path("/timeline")).await.ok();
    assert!(timeline.text.contains("mediators.suggested"), "{}", timeline.text);
    // The seat is taken.
    let again = suggest(app, &case, &json!({ "seat": "presiding" })).await;
    again.problem(409, "presiding_seat_taken");
    let member = suggest(app, &case, &json!({ "seat": "member" })).await.created();
    assert_eq!(grounds(&member, chosen), ["on_panel"]);
}

async fn somebody_else_is_assigned_with_a_reason(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let other_case = Case::at(app, Stage::Accepted).await;
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    let ranked = ids(&made.body["ranking"]);
    for more in [json!({}), json!({ "suggestion_id": made.id() })] {
        let refused = assign(app, &case, ranked[1], more).await.problem(422, "invalid");
        assert_eq!(refused.faults(), [("/explanation", "missing")]);
    }
    // Not even the first one without saying by which suggestion.
    let refused = assign(app, &case, ranked[0], json!({})).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/explanation", "missing")]);
    let foreign = json!({ "suggestion_id": made.id() });
    let refused = assign(app, &other_case, ranked[0], foreign).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/suggestion_id", "unknown_reference")]);
    // Without any suggestion the director assigns as before.
    assign(app, &other_case, ranked[0], json!({})).await.created();
    let more = json!({ "suggestion_id": made.id(), "explanation": "熟悉该商场情况。" });
    let seat = assign(app, &case, ranked[1], more).await.created();
    assert_eq!(seat.body["explanation"], "熟悉该商场情况。");
}

async fn an_empty_pool_says_why_of_each(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    crate::recusals::declare(app, "mediator", "上海悦动健身有限公司").await;
    let away = json!({ "since": case.today(), "until": case.today(), "reason": "leave" });
    let path = of_mediator(id_of(app, "second_mediator").await, "absences");
    app.second_mediator().post(&path).json(&away).await.created();
    let mut gone = profile("officer", 40);
    gone["engaged_until"] = json!(case.today() - Days::new(1));
    describe(app, "officer", &gone).await.ok();
    let version = case.version().await;

    let refused = suggest(app, &case, &json!({ "seat": "presiding" })).await;

    let refused = refused.problem(409, "no_mediator_available");
    let mut codes: Vec<&str> = refused.faults().into_iter().map(|(_, code)| code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["absent", "interest_found", "not_engaged"]);
    for name in ["王建国", "李梅", "周海波"] {
        assert!(refused.text.contains(name), "{name}: {}", refused.text);
    }
    assert_eq!(case.version().await, version, "nothing was written");
    let none = app.director().get(&case.path("/mediator-suggestions")).await.ok();
    assert_eq!(none.body, json!([]));
    // The next day one is back, and only that one.
    app.pass(TimeDelta::days(1));
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(ids(&made.body["ranking"]), [id_of(app, "second_mediator").await]);
}

async fn whoever_left_a_case_does_not_come_back(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let (first, second) = (id_of(app, "mediator").await, id_of(app, "second_mediator").await);
    let seat = case.assign("mediator", "presiding").await;
    let path = format!("/api/v1/assignments/{seat}/response");
    let declined = json!({ "answer": "decline", "reason": "与申请人相识。" });
    case.write(&app.mediator(), &path, &declined).await;
    let seat = case.assign("second_mediator", "presiding").await;
    let path = format!("/api/v1/assignments/{seat}/release");
    case.write(&app.director(), &path, &json!({ "reason": "住院。" })).await;
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(ids(&made.body["ranking"]), [id_of(app, "officer").await]);
    assert_eq!(grounds(&made, first), ["left_panel"]);
    assert_eq!(grounds(&made, second), ["left_panel"]);
    // The last one is recused: nobody is left, and nobody is brought back.
    let seat = case.assign_from(&made).await;
    let unwanted = json!({
        "assignment_id": seat, "requested_by": case.respondent, "ground": "none_given",
        "requested_at": case.now(),
    });
    case.post(&app.clerk(), "/recusals", &unwanted).await.created();
    let refused = suggest(app, &case, &json!({ "seat": "presiding" })).await;
    let refused = refused.problem(409, "no_mediator_available");
    let codes: Vec<&str> = refused.faults().into_iter().map(|(_, code)| code).collect();
    assert!(codes.contains(&"recused"), "{}", refused.text);
    assert_eq!(codes.iter().filter(|it| **it == "left_panel").count(), 3, "{}", refused.text);
}

impl Case<'_> {
    /// Assigns who is proposed first.
    async fn assign_from(&self, suggestion: &Answer) -> Uuid {
        let body = json!({
            "mediator_id": suggestion.body["proposed"][0]["mediator_id"], "seat": "presiding",
            "origin": "designated", "suggestion_id": suggestion.id(),
        });
        self.post(&self.director(), "/assignments", &body).await.created().id()
    }
}

async fn the_parties_choice_comes_first(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let second = id_of(app, "second_mediator").await;
    // More in hand than the others.
    for _ in 0..2 {
        Case::at(app, Stage::Accepted).await.assign("second_mediator", "presiding").await;
    }
    wish(&case, case.applicant, second, "chosen").await.created();
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(ids(&made.body["ranking"])[2], second, "one side alone chooses nobody");
    wish(&case, case.respondent, second, "chosen").await.created();
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(ids(&made.body["ranking"])[0], second);
    assert_eq!(made.body["ranking"][0]["chosen_by_parties"], true);
    assert_eq!(made.body["ranking"][1]["chosen_by_parties"], false);
    let listed = app.clerk().get(&case.path("/mediator-wishes")).await.ok();
    assert_eq!(listed.body.as_array().map(Vec::len), Some(2));
    // A party may think again.
    wish(&case, case.respondent, second, "refused").await.created();
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(grounds(&made, second), ["refused_by_party"]);
    let refused = assign(app, &case, second, json!({ "explanation": "x" })).await;
    refused.problem(409, "refused_by_party");
}

async fn a_partys_objection_is_a_recusal_or_a_refusal(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let first = id_of(app, "mediator").await;
    wish(&case, case.applicant, first, "accepted").await.problem(409, "not_on_panel");
    case.assign("mediator", "presiding").await;
    wish(&case, case.applicant, first, "accepted").await.created();
    let refused = wish(&case, case.respondent, first, "refused").await;
    refused.problem(409, "recusal_needed");
    // On the authority's tracks nobody is refused without a decision.
    let case = Case::at(app, Stage::Accepted).await;
    crate::recusals::on_the_authoritys_track(app, &case).await;
    wish(&case, case.respondent, first, "refused").await.problem(409, "recusal_needed");
    wish(&case, case.respondent, first, "chosen").await.created();

    let clerk = id_of(app, "clerk").await;
    let refused = wish(&case, case.respondent, clerk, "chosen").await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/mediator_id", "not_a_mediator")]);
    let refused = wish(&case, Uuid::nil(), first, "chosen").await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/party_id", "unknown_reference")]);
}

async fn food_safety_brings_both_offices_together(app: &TestApp) {
    let mut content = dispute();
    content["category"] = json!("food_safety");
    let mut case = Case::registered_as(&content, &app.clerk(), app, "mediator").await;
    case.bring_to(Stage::Accepted).await;
    let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(made.body["joint_panel"], json!(["category"]));
    assert_eq!(made.body["lacking"], Value::Null);
    let officer = id_of(app, "officer").await;
    let proposed = ids(&made.body["proposed"]);
    assert_eq!(proposed.len(), 2);
    assert_eq!(proposed.iter().filter(|it| **it == officer).count(), 1, "{}", made.text);
    // Each of the two is assigned by the same suggestion.
    for it in made.body["proposed"].as_array().unwrap() {
        let more = json!({ "seat": it["seat"], "suggestion_id": made.id() });
        let mediator = it["mediator_id"].as_str().unwrap().parse().unwrap();
        assign(app, &case, mediator, more).await.created();
    }
    // An office without anybody left is told.
    let mut second = Case::registered_as(&content, &app.clerk(), app, "mediator").await;
    second.bring_to(Stage::Accepted).await;
    let away = json!({ "since": case.today(), "until": case.today(), "reason": "other_duty" });
    app.officer().post(&of_mediator(officer, "absences")).json(&away).await.created();
    let made = suggest(app, &second, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(made.body["lacking"], "authority");
    assert_eq!(ids(&made.body["proposed"]).len(), 1);
}

async fn load_decides_and_then_the_seed(app: &TestApp) {
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..6 {
        let case = Case::at(app, Stage::Accepted).await;
        let made = suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
        case.assign_from(&made).await;
        *counts.entry(ids(&made.body["proposed"])[0]).or_insert(0) += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [2, 2, 2]);
    let mediators = app.clerk().get("/api/v1/mediators").await.ok();
    for it in mediators.body["items"].as_array().unwrap() {
        assert_eq!((&it["open_load"], &it["available"]), (&json!(20), &json!(true)), "{it}");
    }
    // What is asked for narrows the ranking.
    let case = Case::at(app, Stage::Accepted).await;
    let mut specialist = profile("full_time", 40);
    specialist["specialities"] = json!(["prepaid_card"]);
    specialist["languages"] = json!(["mandarin", "english"]);
    describe(app, "mediator", &specialist).await.ok();
    let asked = json!({ "seat": "presiding", "language": "english", "specialists_only": true });
    let made = suggest(app, &case, &asked).await.created();
    assert_eq!(ids(&made.body["ranking"]), [id_of(app, "mediator").await]);
    assert_eq!(grounds(&made, id_of(app, "officer").await), ["language_missing", "not_specialist"]);
}

async fn who_cannot_be_assigned_is_told_why(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let first = id_of(app, "mediator").await;
    let path = of_mediator(first, "profile");
    let mut version = "0".to_owned();
    let yesterday = case.today() - Days::new(1);
    let tomorrow = case.today() + Days::new(1);
    for (member, value, code) in [
        ("engaged_until", json!(yesterday), "not_engaged"),
        ("engaged_from", json!(tomorrow), "not_engaged"),
        ("roster_state", json!("suspended"), "off_roster"),
        ("roster_state", json!("removed"), "off_roster"),
    ] {
        let mut body = profile("full_time", 40);
        body[member] = value;
        version = app.director().put(&path).if_match(&version).json(&body).await.ok().version();
        let refused = assign(app, &case, first, json!({})).await.problem(409, code);
        assert!(refused.text.contains("PML-13"), "{}", refused.text);
        let refused = case.try_write_in("en", first).await.problem(409, code);
        assert!(!refused.string("/detail").is_empty());
    }
    let body = profile("full_time", 1);
    app.director().put(&path).if_match(&version).json(&body).await.ok();
    // A complex case weighs two: it does not fit in.
    let complex = json!({ "complex": true });
    let marked = app.director().patch(&case.path("")).if_match(case.version().await);
    marked.json(&complex).await.ok();
    let refused = assign(app, &case, first, json!({})).await.problem(409, "over_capacity");
    assert!(refused.text.contains("10"), "{}", refused.text);
    // One ordinary case does; the next one does not.
    let ordinary = Case::at(app, Stage::Accepted).await;
    assign(app, &ordinary, first, json!({})).await.created();
    let next = Case::at(app, Stage::Accepted).await;
    assign(app, &next, first, json!({})).await.problem(409, "over_capacity");
    let made = suggest(app, &next, &json!({ "seat": "presiding" })).await.created();
    assert_eq!(grounds(&made, first), ["over_capacity"]);
}

impl Case<'_> {
    /// Tries to assign somebody, and is answered in this language.
    async fn try_write_in(&self, language: &str, mediator: Uuid) -> Answer {
        let body = json!({ "mediator_id": mediator, "seat": "presiding", "origin": "designated" });
        let path = self.path("/assignments");
        let request = self.director().post(&path).if_match(self.version().await);
        request.language(language).json(&body).await
    }
}

async fn a_profile_is_written_over_what_was_read(app: &TestApp) {
    let first = id_of(app, "mediator").await;
    let path = of_mediator(first, "profile");
    let usual = app.clerk().get(&path).await.ok();
    assert_eq!(usual.version(), "0");
    assert_eq!(usual.body["capacity"], 40);
    assert_eq!(usual.body["roster_state"], "listed");
    let body = profile("committee_member", 12);
    app.mediator().put(&path).if_match(0).json(&body).await.problem(403, "forbidden");
    app.admin().put(&path).json(&body).await.problem(428, "version_required");
    app.admin().put(&path).if_match(1).json(&body).await.problem(412, "stale");
    let kept = app.admin().put(&path).if_match(0).json(&body).await.ok();
    assert_eq!((kept.version().as_str(), &kept.body["capacity"]), ("1", &json!(12)));
    app.director().put(&path).if_match(0).json(&body).await.problem(412, "stale");

    let mut wrong = profile("officer", 12);
    wrong["engaged_until"] = json!("2024-12-31");
    wrong["specialities"] = json!(["quality", "quality"]);
    let refused = app.director().put(&path).if_match(1).json(&wrong).await.problem(422, "invalid");
    let expected = [
        ("/kind", "not_of_this_role"),
        ("/engaged_until", "before_start"),
        ("/specialities/1", "repeated"),
    ];
    assert_eq!(refused.faults(), expected);
    for capacity in [0, 1001] {
        let body = profile("full_time", capacity);
        app.director().put(&path).if_match(1).json(&body).await.problem(422, "invalid");
    }
    // Who never sits on a panel has no profile.
    for username in ["clerk", "director"] {
        let path = of_mediator(id_of(app, username).await, "profile");
        app.director().get(&path).await.problem(404, "not_found");
        app.director().put(&path).if_match(0).json(&body).await.problem(404, "not_found");
    }
    app.auditor().get(&path).await.problem(403, "forbidden");
}

async fn absences_are_ones_own(app: &TestApp) {
    let (mediator, director) = (app.mediator(), app.director());
    let path = of_mediator(mediator.user_id().await, "absences");
    let absence =
        |since: &str, until: &str| json!({ "since": since, "until": until, "reason": "sickness" });
    let made = mediator.post(&path).json(&absence("2026-03-02", "2026-03-06")).await.created();
    app.second_mediator().get(&path).await.problem(404, "not_found");
    let other = app.second_mediator().post(&path);
    other.json(&absence("2026-04-01", "2026-04-02")).await.problem(404, "not_found");
    app.clerk().get(&path).await.problem(403, "forbidden");
    let twice = director.post(&path).json(&absence("2026-03-06", "2026-03-09")).await;
    twice.problem(409, "absence_overlaps");
    let turned = director.post(&path).json(&absence("2026-03-10", "2026-03-09")).await;
    assert_eq!(turned.problem(422, "invalid").faults(), [("/until", "before_start")]);
    let long = director.post(&path).json(&absence("2027-01-01", "2028-12-31")).await;
    assert_eq!(long.problem(422, "invalid").faults(), [("/until", "too_long")]);

    // What others see of it: until when, and not why.
    let seen = app.clerk().get("/api/v1/mediators").await.ok();
    assert!(seen.text.contains("2026-03-06") && !seen.text.contains("sickness"), "{}", seen.text);
    let case = Case::at(app, Stage::Accepted).await;
    let first = id_of(app, "mediator").await;
    assign(app, &case, first, json!({})).await.problem(409, "absent");
    // Back at noon: from the next day on.
    let end = format!("/api/v1/absences/{}/end", made.id());
    let outside = mediator.post(&end).json(&json!({ "until": "2026-03-07" })).await;
    assert_eq!(outside.problem(422, "invalid").faults(), [("/until", "out_of_range")]);
    app.second_mediator().post(&end).json(&json!({ "until": "2026-03-02" })).await.status(404);
    mediator.post(&end).json(&json!({ "until": "2026-03-02" })).await.ok();
    let made_path = format!("/api/v1/absences/{}", made.id());
    mediator.delete(&made_path).await.problem(409, "absence_begun");
    app.pass(TimeDelta::days(1));
    mediator.post(&end).json(&json!({ "until": "2026-03-02" })).await.problem(409, "absence_over");
    assign(app, &case, first, json!({})).await.created();

    let later = director.post(&path).json(&absence("2026-05-06", "2026-05-08")).await.created();
    let later = format!("/api/v1/absences/{}", later.id());
    app.second_mediator().delete(&later).await.problem(404, "not_found");
    mediator.delete(&later).await.no_content();
    mediator.delete(&later).await.problem(404, "not_found");
    let left = mediator.get(&path).await.ok();
    assert_eq!(left.body.as_array().map(Vec::len), Some(1));
}

async fn whose_cases_need_somebody_else(app: &TestApp) {
    let path = "/api/v1/stranded-assignments";
    let case = Case::at(app, Stage::Mediating).await;
    let closed = Case::at(app, Stage::Closed).await;
    let none = app.director().get(path).await.ok();
    assert_eq!(none.body["items"], json!([]));
    let mut gone = profile("full_time", 40);
    gone["engaged_until"] = json!(case.today() - Days::new(1));
    describe(app, "mediator", &gone).await.ok();
    let found = app.director().get(path).await.ok();
    assert_eq!(found.body["items"].as_array().map(Vec::len), Some(1), "{}", found.text);
    assert_eq!(found.uuid("/items/0/case_id"), case.id);
    assert_ne!(case.id, closed.id);
    assert_eq!(found.body["items"][0]["grounds"], json!(["not_engaged"]));
    assert_eq!(found.body["items"][0]["case_status"], "mediating");
    // An account that is disabled leaves its cases behind too.
    let other = Case::at(app, Stage::Accepted).await;
    other.assign("second_mediator", "presiding").await;
    let user = format!("/api/v1/users/{}", id_of(app, "second_mediator").await);
    let version = app.admin().get(&user).await.ok().version();
    app.admin().post(&format!("{user}/disabling")).if_match(version).await.ok();
    let first = app.director().get(&format!("{path}?limit=1")).await.ok();
    let cursor = first.string("/next_cursor");
    let next = app.director().get(&format!("{path}?limit=1&cursor={cursor}")).await.ok();
    assert_eq!(next.uuid("/items/0/case_id"), other.id);
    assert_eq!(next.body["items"][0]["grounds"], json!(["account_disabled"]));
    app.mediator().get(path).await.problem(403, "forbidden");
    // Released, the seat is nobody's any more.
    let seat = first.string("/items/0/assignment_id");
    let release = format!("/api/v1/assignments/{seat}/release");
    case.write(&app.director(), &release, &json!({ "reason": "聘期届满。" })).await;
    let left = app.director().get(path).await.ok();
    assert_eq!(left.body["items"].as_array().map(Vec::len), Some(1), "{}", left.text);
}

/// Two directors who assign at once cannot overload anybody, also over different cases.
async fn nobody_is_overloaded_by_many_at_once(app: &TestApp) {
    const CASES: usize = 8;
    const FIT: u32 = 3;
    describe(app, "mediator", &profile("full_time", FIT)).await.ok();
    let mediator = id_of(app, "mediator").await;
    let token = app.director().token().await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut all = JoinSet::new();
    for _ in 0..CASES {
        let case = Case::at(app, Stage::Accepted).await;
        let body = json!({ "mediator_id": mediator, "seat": "presiding", "origin": "designated" });
        let request = http
            .post(format!("{}{}", app.address(), case.path("/assignments")))
            .bearer_auth(&token)
            .header("if-match", format!("\"{}\"", case.version().await))
            .header("idempotency-key", Uuid::now_v7().to_string())
            .header("content-type", "application/json")
            .body(body.to_string());
        all.spawn(request.send().into_future());
    }
    let mut given = 0;
    while let Some(answer) = all.join_next().await {
        let answer = answer.unwrap().unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        match status {
            201 => given += 1,
            409 => assert!(text.contains("over_capacity"), "{text}"),
            other => panic!("{other}: {text}"),
        }
    }
    assert_eq!(given, FIT);
}

async fn every_proof_is_computed_again(app: &TestApp) {
    let mut cases = Vec::new();
    for _ in 0..3 {
        let case = Case::at(app, Stage::Accepted).await;
        suggest(app, &case, &json!({ "seat": "presiding" })).await.created();
        cases.push(case);
    }
    let checked = huijie::assignment::verify_stored(&app.app, None).await.unwrap();
    assert_eq!((checked.proofs, checked.faults.len()), (3, 0), "{checked:?}");
    let one = huijie::assignment::verify_stored(&app.app, Some(cases[1].id)).await.unwrap();
    assert_eq!(one.proofs, 1);

    // Behind the program's back.
    let db = app.app.database.writer();
    let free = match app.app.database.backend() {
        sea_orm::DbBackend::Sqlite => "DROP TRIGGER suggestions_no_UPDATE",
        _ => "DROP TRIGGER suggestions_fixed ON suggestions",
    };
    db.execute_unprepared(free).await.unwrap();
    let suggestion = app.director().get(&cases[1].path("/mediator-suggestions")).await.ok();
    let (hash, text) = (suggestion.string("/0/proof_hash"), suggestion.string("/0/proof"));
    for (from, to, place) in [
        ("\"weight\":10", "\"weight\":11", "/outcome/ranking/0/load_after"),
        ("\"capacity\":40", "\"capacity\":41", "/outcome/"),
        ("\"case_version\":", "\"case_version\":1", "the hash"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        set_proof(app, &hash, &changed).await;
        let checked = huijie::assignment::verify_stored(&app.app, None).await.unwrap();
        let [fault] = &checked.faults[..] else { panic!("{checked:?}") };
        assert_eq!(fault.case_id, cases[1].id);
        assert!(fault.difference.place.starts_with(place), "{}", fault.difference);
        let listed = app.director().get(&cases[1].path("/mediator-suggestions")).await.ok();
        assert_eq!(listed.body[0]["intact"], false);
        // Nothing is assigned by it.
        let mediator = ids(&suggestion.body[0]["proposed"])[0];
        let more = json!({ "suggestion_id": suggestion.uuid("/0/id") });
        assign(app, &cases[1], mediator, more).await.problem(409, "proof_broken");
    }
    // A proof that is right in itself, with its hash, is not the one the log knows.
    let other = app.director().get(&cases[0].path("/mediator-suggestions")).await.ok();
    let (of_other, hash_of_other) = (other.string("/0/proof"), other.string("/0/proof_hash"));
    set_proof(app, &hash, &of_other).await;
    let forged = format!(
        "UPDATE suggestions SET proof_hash = '{hash_of_other}' WHERE proof_hash = '{hash}'"
    );
    db.execute_unprepared(&forged).await.unwrap();
    let checked = huijie::assignment::verify_stored(&app.app, None).await.unwrap();
    let [fault] = &checked.faults[..] else { panic!("{checked:?}") };
    assert_eq!(fault.difference.place, "/inputs/case_id");
}

/// The proof is plain JSON without quotation marks of SQL in it.
async fn set_proof(app: &TestApp, hash: &str, proof: &str) {
    assert!(!proof.contains('\''));
    let statement = format!("UPDATE suggestions SET proof = '{proof}' WHERE proof_hash = '{hash}'");
    app.app.database.writer().execute_unprepared(&statement).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_names_the_case_of_a_changed_proof() {
    let app = TestApp::on_sqlite().await;
    let case = Case::at(&app, Stage::Accepted).await;
    let (id, path) = (case.id.to_string(), case.path("/mediator-suggestions"));
    let made = suggest(&app, &case, &json!({ "seat": "presiding" })).await.created();
    let hash = made.string("/proof_hash");
    let changed = made.string("/proof").replacen("\"weight\":10", "\"weight\":20", 1);
    app.director().get(&path).await.ok();
    let premises = Premises::of(app).await;
    let told = premises.run(&["assignment", "verify"]).await.success();
    assert!(told.output.contains("1 proofs"), "{told:?}");

    let database = sea_orm::Database::connect(premises.database_url()).await.unwrap();
    for statement in [
        "DROP TRIGGER suggestions_no_UPDATE".to_owned(),
        format!("UPDATE suggestions SET proof = '{changed}' WHERE proof_hash = '{hash}'"),
    ] {
        database.execute_unprepared(&statement).await.unwrap();
    }
    database.close().await.unwrap();
    let told = premises.run(&["assignment", "verify", "--case", &id]).await.failure();
    assert!(told.output.contains(&format!("Case {id}")), "{told:?}");
    assert!(told.output.contains("/outcome/ranking/0/"), "{told:?}");
    let nobody = Uuid::now_v7().to_string();
    premises.run(&["assignment", "verify", "--case", &nobody]).await.success();
}
