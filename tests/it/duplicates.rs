//! Probable duplicates, clusters and groups: found across channels and offices, decided by
//! people, and without any effect on what can be done with a case.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::disputes::{dispute, person, shop};
use crate::harness::{Answer, Person, TestApp, on_both_databases};

on_both_databases!(
    a_repeat_is_found_across_channels,
    half_a_phone_is_found_by_other_signs,
    corrections_of_parties_are_followed,
    what_is_out_of_sight_is_counted,
    a_pair_is_decided_once_and_for_both,
    two_people_decide_a_pair_at_once,
    a_score_changes_nothing,
    many_applicants_are_a_cluster_once,
    clusters_are_seen_as_far_as_their_cases,
    a_case_leads_a_group,
    a_group_has_one_respondent,
);

/// A dispute by telephone, about the shop that closed.
fn call_of(name: &str, phone: Option<&str>) -> Value {
    let mut body = dispute("健身房关门，年卡不退");
    body["facts"] = json!("来电人称健身店停业关门，预付卡余额不退，要求退款。");
    body["channel"] = json!("hotline_12345");
    body["parties"] = json!([person(name), shop("悦动健身（徐家汇店）")]);
    if let Some(phone) = phone {
        body["parties"][0]["phone"] = json!(phone);
    }
    body
}

fn visit_of(name: &str, phone: &str) -> Value {
    let mut body = dispute("健身房停业退款纠纷");
    body["facts"] = json!("健身店停业，预付卡余额未退，申请人要求退款。");
    body["parties"][0] = person(name);
    body["parties"][0]["phone"] = json!(phone);
    body
}

async fn register(by: &Person<'_>, body: &Value) -> Uuid {
    by.post("/api/v1/cases").json(body).await.created().id()
}

async fn duplicates(by: &Person<'_>, case: Uuid) -> Answer {
    by.get(&format!("/api/v1/cases/{case}/probable-duplicates")).await.ok()
}

fn found(answer: &Answer) -> Vec<Uuid> {
    let all = answer.body["duplicates"].as_array().unwrap();
    all.iter().map(|it| it["case_id"].as_str().unwrap().parse().unwrap()).collect()
}

fn reasons(answer: &Answer, place: usize) -> Vec<&str> {
    let all = answer.body["duplicates"][place]["reasons"].as_array().unwrap();
    all.iter().map(|it| it["reason"].as_str().unwrap()).collect()
}

/// Sends a write under the version that stands.
async fn write(by: &Person<'_>, case: Uuid, room: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/cases/{case}");
    let version = by.get(&path).await.ok().version();
    by.post(&format!("{path}{room}")).if_match(version).json(body).await
}

async fn decide(by: &Person<'_>, case: Uuid, other: Uuid, decision: &str) -> Answer {
    let body =
        json!({ "other_case_id": other, "decision": decision, "explanation": "经电话核实。" });
    write(by, case, "/duplicate-decisions", &body).await
}

async fn a_repeat_is_found_across_channels(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    assert!(found(&duplicates(&clerk, first).await).is_empty(), "nobody is like it yet");
    // Misspelt, and the shop as people call it.
    let second = register(&clerk, &call_of("陈小雯", Some("138 1616 8000"))).await;
    // Another customer of the same shop with the same story.
    register(&clerk, &visit_of("王强", "13900001111")).await;
    // The same customer about something else, elsewhere.
    let mut other = visit_of("陈晓雯", "13816168000");
    other["title"] = json!("牛排过期");
    other["facts"] = json!("购买的进口牛排已过保质期两天，要求十倍赔偿。");
    other["parties"][1] = shop("上海优鲜超市有限公司");
    register(&clerk, &other).await;

    for (case, expected) in [(first, second), (second, first)] {
        let answer = duplicates(&clerk, case).await;
        assert_eq!(found(&answer), [expected], "{}", answer.text);
        for reason in ["same_phone", "similar_applicant_name", "similar_respondent_name"] {
            assert!(reasons(&answer, 0).contains(&reason), "{reason}: {}", answer.text);
        }
        let one = &answer.body["duplicates"][0];
        let sum: i64 = one["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["weight"].as_i64().unwrap())
            .sum();
        assert_eq!(one["score"], sum);
        assert_eq!(one["linked"], false);
        assert_eq!(one["applicants"], json!(["陈**"]));
        for secret in ["陈晓雯", "陈小雯", "13816168000"] {
            assert!(!answer.text.contains(secret), "{secret}: {}", answer.text);
        }
        assert_eq!(answer.body["out_of_sight"], 0);
    }
    let english = clerk.get(&format!("/api/v1/cases/{first}/probable-duplicates")).language("en");
    assert!(english.await.ok().string("/notice").contains("no case is accepted"));
}

/// The hotline hands over a masked number: it cannot be stored as a phone, so there is none.
async fn half_a_phone_is_found_by_other_signs(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    let mut order = call_of("陈晓雯", None);
    order["external_number"] = json!("沪热20260301");
    let second = register(&clerk, &order).await;
    assert_eq!(found(&duplicates(&clerk, first).await), [second]);
    // The order again, through the platform, with nothing but its number and the shop.
    let mut again = call_of("匿名", None);
    again["channel"] = json!("platform_12315");
    again["external_number"] = json!("沪热20260301");
    again["parties"] = json!([shop("悦动健身")]);
    again["claims"] = json!([]);
    app.pass(TimeDelta::days(120));
    let third = register(&clerk, &again).await;
    let answer = duplicates(&clerk, third).await;
    assert_eq!(found(&answer), [second], "{}", answer.text);
    assert_eq!(reasons(&answer, 0)[0], "same_external_number");
}

async fn corrections_of_parties_are_followed(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    let mut unknown = call_of("王强", None);
    unknown["parties"] = json!([]);
    let second = register(&clerk, &unknown).await;
    assert!(found(&duplicates(&clerk, first).await).is_empty());
    let applicant = write(&clerk, second, "/parties", &person("陈晓雯")).await.created().id();
    write(&clerk, second, "/parties", &shop("上海悦动健身有限公司")).await.created();
    assert_eq!(found(&duplicates(&clerk, first).await), [second]);
    let path = format!("/api/v1/cases/{second}/parties/{applicant}");
    let version = clerk.get(&format!("/api/v1/cases/{second}")).await.ok().version();
    clerk.put(&path).if_match(version).json(&person("王强")).await.ok();
    assert!(found(&duplicates(&clerk, first).await).is_empty());
}

async fn what_is_out_of_sight_is_counted(app: &TestApp) {
    let first = register(&app.clerk(), &visit_of("陈晓雯", "13816168000")).await;
    let other = call_of("陈晓雯", Some("13816168000"));
    let elsewhere = register(&app.other_clerk(), &other).await;
    let answer = duplicates(&app.clerk(), first).await;
    assert!(found(&answer).is_empty());
    assert_eq!(answer.body["out_of_sight"], 1);
    assert!(answer.string("/notice").contains("站长"));
    assert!(!answer.text.contains(&elsewhere.to_string()), "{}", answer.text);
    decide(&app.clerk(), first, elsewhere, "linked").await.problem(422, "invalid");
    for person in [app.director(), app.supervisor()] {
        assert_eq!(found(&duplicates(&person, first).await), [elsewhere]);
    }
    app.mediator().get(&format!("/api/v1/cases/{first}/probable-duplicates")).await.status(404);
    decide(&app.director(), first, elsewhere, "linked").await.created();
    // Who sees one of the two hears of no decision that names the other.
    let answer = duplicates(&app.clerk(), first).await;
    assert_eq!(answer.body["decisions"], json!([]));
    assert_eq!(answer.body["out_of_sight"], 1);
    assert!(!answer.text.contains(&elsewhere.to_string()), "{}", answer.text);
}

async fn a_pair_is_decided_once_and_for_both(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    let second = register(&clerk, &call_of("陈晓雯", Some("13816168000"))).await;
    let third = register(&clerk, &call_of("陈晓雯", Some("13816168000"))).await;
    let unlike = register(&clerk, &dispute("另一件")).await;

    let before = crate::disputes::whole_chain(app).await;
    decide(&clerk, first, second, "dismissed").await.created();
    assert_eq!(crate::disputes::whole_chain(app).await, before + 1);
    let timeline = clerk.get(&format!("/api/v1/cases/{first}/timeline")).await.ok();
    assert_eq!(timeline.string("/items/0/kind"), "duplicate.dismissed");
    for (case, other) in [(first, second), (second, first)] {
        assert!(!found(&duplicates(&clerk, case).await).contains(&other));
        let answer = duplicates(&clerk, case).await;
        assert_eq!(answer.body["decisions"][0]["decision"], "dismissed");
        decide(&clerk, case, other, "linked").await.problem(409, "already_decided");
    }
    decide(&clerk, third, first, "linked").await.created();
    for (case, other) in [(first, third), (third, first)] {
        let answer = duplicates(&clerk, case).await;
        let place = found(&answer).iter().position(|it| *it == other).unwrap();
        assert_eq!(answer.body["duplicates"][place]["linked"], true);
    }
    // A person may know better than the score.
    decide(&clerk, unlike, third, "linked").await.created();
    assert_eq!(found(&duplicates(&clerk, unlike).await)[0], third);
    let itself = decide(&clerk, first, first, "linked").await.problem(422, "invalid");
    assert_eq!(itself.faults(), [("/other_case_id", "same_case")]);
    decide(&clerk, first, Uuid::now_v7(), "linked").await.problem(422, "invalid");
    for username in ["supervisor", "auditor", "admin", "mediator"] {
        let body = json!({ "other_case_id": second, "decision": "linked", "explanation": "无。" });
        let path = format!("/api/v1/cases/{first}/duplicate-decisions");
        app.person(username).post(&path).if_match(1).json(&body).await.problem(403, "forbidden");
    }
}

async fn two_people_decide_a_pair_at_once(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    let second = register(&clerk, &call_of("陈晓雯", None)).await;
    let officer = app.officer();
    let (one, other) = tokio::join!(
        decide(&clerk, first, second, "linked"),
        decide(&officer, second, first, "dismissed"),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text, other.text);
    let answer = duplicates(&clerk, first).await;
    assert_eq!(answer.body["decisions"].as_array().map(Vec::len), Some(1));
}

async fn a_score_changes_nothing(app: &TestApp) {
    let clerk = app.clerk();
    let actions = async |case: Uuid| {
        clerk.get(&format!("/api/v1/cases/{case}/next-actions")).await.ok().body["actions"].clone()
    };
    let first = register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    let before = actions(first).await.to_string();
    for _ in 0..3 {
        register(&clerk, &visit_of("陈晓雯", "13816168000")).await;
    }
    assert_eq!(found(&duplicates(&clerk, first).await).len(), 3);
    assert_eq!(actions(first).await.to_string(), before);
    clerk.post(&format!("/api/v1/cases/{first}/acceptance")).if_match(1).await.created();
}

const PEOPLE: [&str; 7] = ["赵文军", "钱静", "孙志华", "李雅芳", "周海涛", "吴佳宁", "郑思霞"];

fn complaint(name: &str) -> Value {
    let mut body = dispute("门店停业");
    body["parties"][0] = person(name);
    body
}

async fn found_events(app: &TestApp) -> usize {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let found = huijie::entity::event::Column::Kind.eq("cluster.found");
    let db = app.app.database.reader();
    huijie::entity::event::Entity::find().filter(found).all(db).await.unwrap().len()
}

async fn clusters(by: &Person<'_>) -> Vec<Value> {
    let answer = by.get("/api/v1/clusters").await.ok();
    answer.body["items"].as_array().unwrap().clone()
}

async fn many_applicants_are_a_cluster_once(app: &TestApp) {
    let clerk = app.clerk();
    // One person five times is no crowd, and what is long past does not count.
    for _ in 0..5 {
        register(&clerk, &complaint(PEOPLE[0])).await;
    }
    app.pass(TimeDelta::days(31));
    for name in &PEOPLE[1..5] {
        register(&clerk, &complaint(name)).await;
    }
    assert_eq!((clusters(&clerk).await.len(), found_events(app).await), (0, 0));
    app.pass(TimeDelta::days(3));
    let fifth = register(&clerk, &complaint(PEOPLE[5])).await;
    assert_eq!(found_events(app).await, 1);
    let all = clusters(&clerk).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0]["respondent"], "上海悦动健身有限公司");
    assert_eq!((&all[0]["cases"], &all[0]["applicants"]), (&json!(5), &json!(5)));
    assert_eq!(all[0]["case_ids"][0], json!(fifth));
    // It grows without another alert.
    app.pass(TimeDelta::days(20));
    register(&clerk, &complaint(PEOPLE[6])).await;
    let all = clusters(&clerk).await;
    assert_eq!((all.len(), found_events(app).await), (1, 1));
    assert_eq!(all[0]["applicants"], 6);
    // Of another shop nothing follows.
    let mut other = complaint("王强");
    other["parties"][1] = shop("上海优鲜超市有限公司");
    register(&clerk, &other).await;
    assert_eq!(clusters(&clerk).await.len(), 1);
}

async fn clusters_are_seen_as_far_as_their_cases(app: &TestApp) {
    for name in &PEOPLE[..4] {
        register(&app.clerk(), &complaint(name)).await;
    }
    let elsewhere = register(&app.other_clerk(), &complaint(PEOPLE[4])).await;
    let all = clusters(&app.director()).await;
    assert_eq!(all[0]["case_ids"].as_array().map(Vec::len), Some(5));
    assert_eq!(clusters(&app.other_clerk()).await[0]["case_ids"], json!([elsewhere]));
    let ours = clusters(&app.clerk()).await;
    assert_eq!(ours[0]["case_ids"].as_array().map(Vec::len), Some(4));
    assert_eq!(ours[0]["cases"], 5);
    assert!(clusters(&app.mediator()).await.is_empty());
    app.auditor().get("/api/v1/clusters").await.problem(403, "forbidden");
}

async fn a_case_leads_a_group(app: &TestApp) {
    let clerk = app.clerk();
    let mut cases = Vec::new();
    for name in &PEOPLE[..4] {
        cases.push(register(&clerk, &complaint(name)).await);
    }
    let group = async |case: Uuid| {
        clerk.get(&format!("/api/v1/cases/{case}/group-members")).await.ok().body
    };
    assert_eq!(group(cases[0]).await, json!({ "case_ids": [], "out_of_sight": 0 }));
    let before = clerk.get(&format!("/api/v1/cases/{}", cases[1])).await.ok();
    let two = json!({ "case_ids": [cases[1], cases[2]] });
    write(&clerk, cases[0], "/group-members", &two).await.created();
    let more = json!({ "case_ids": [cases[3]] });
    write(&clerk, cases[0], "/group-members", &more).await.created();
    let expected = json!({
        "leading_case_id": cases[0], "case_ids": [cases[1], cases[2], cases[3]], "out_of_sight": 0,
    });
    for case in &cases {
        assert_eq!(group(*case).await, expected);
    }
    // The parties stay where they are, and so does everything else of a case that is led.
    let after = clerk.get(&format!("/api/v1/cases/{}", cases[1])).await.ok();
    assert_eq!(after.text, before.text);
    // Who is led leads nobody, and is led by one.
    let other = register(&clerk, &complaint(PEOPLE[4])).await;
    let one = json!({ "case_ids": [other] });
    write(&clerk, cases[1], "/group-members", &one).await.problem(409, "led_by_another");
    let taken = json!({ "case_ids": [cases[1]] });
    let answer = write(&clerk, other, "/group-members", &taken).await.problem(422, "invalid");
    assert_eq!(answer.faults(), [("/case_ids/0", "already_grouped")]);
}

async fn a_group_has_one_respondent(app: &TestApp) {
    let clerk = app.clerk();
    let first = register(&clerk, &complaint(PEOPLE[0])).await;
    let fits = register(&clerk, &complaint(PEOPLE[1])).await;
    let mut body = complaint(PEOPLE[2]);
    body["parties"][1] = shop("上海优鲜超市有限公司");
    let other = register(&clerk, &body).await;
    let elsewhere = register(&app.other_clerk(), &complaint(PEOPLE[3])).await;
    let asked = json!({ "case_ids": [fits, other, elsewhere, first, fits] });
    let answer = write(&clerk, first, "/group-members", &asked).await.problem(422, "invalid");
    assert_eq!(
        answer.faults(),
        [
            ("/case_ids/1", "other_respondent"),
            ("/case_ids/2", "unknown_reference"),
            ("/case_ids/3", "named_twice"),
            ("/case_ids/4", "named_twice"),
        ]
    );
    let group = clerk.get(&format!("/api/v1/cases/{fits}/group-members")).await.ok();
    assert_eq!(group.body["case_ids"], json!([]), "nothing is half done");
    let asked = json!({ "case_ids": [fits, elsewhere] });
    write(&app.director(), first, "/group-members", &asked).await.created();
    let seen = clerk.get(&format!("/api/v1/cases/{first}/group-members")).await.ok();
    assert_eq!((&seen.body["case_ids"], &seen.body["out_of_sight"]), (&json!([fits]), &json!(1)));
}

/// A row of each table of the room, for tests that look at all of them.
pub async fn something_of_everything(app: &TestApp) {
    let clerk = app.clerk();
    let mut cases = Vec::new();
    for name in &PEOPLE[..5] {
        cases.push(register(&clerk, &complaint(name)).await);
    }
    decide(&clerk, cases[0], cases[1], "linked").await.created();
    let group = json!({ "case_ids": [cases[1]] });
    write(&clerk, cases[0], "/group-members", &group).await.created();
}
