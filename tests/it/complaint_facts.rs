//! Facts of earlier complaints (O121 17; domain §2.9): counts for who decides on acceptance, and
//! nothing that names another case or a person, or changes what can be done.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};
use crate::stages::{Case, dispute};

on_both_databases!(earlier_complaints_are_counted, whoever_decides_reads_them, they_change_nothing,);

async fn registered(app: &TestApp, username: &str, change: impl Fn(&mut Value)) -> String {
    let mut body = dispute();
    change(&mut body);
    let case = app.person(username).post("/api/v1/cases").json(&body).await.created();
    format!("/api/v1/cases/{}", case.id())
}

/// The counts in the order of the document: phone, address, number, applicant, respondent, kind.
async fn counts(app: &TestApp, case: &str) -> Vec<u64> {
    let facts = app.clerk().get(&format!("{case}/complaint-facts")).await.ok();
    let names: Vec<&str> = facts.body["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["fact"].as_str().unwrap())
        .collect();
    let expected = [
        "same_phone",
        "same_address",
        "same_id_number",
        "same_applicant",
        "same_applicant_and_respondent",
        "same_applicant_and_category",
    ];
    assert_eq!(names, expected);
    let facts = facts.body["facts"].as_array().unwrap();
    facts.iter().map(|it| it["count"].as_u64().unwrap()).collect()
}

async fn earlier_complaints_are_counted(app: &TestApp) {
    let bare = |body: &mut Value| {
        let person = body["parties"][0].as_object_mut().unwrap();
        for member in ["identity_document", "id_number", "phone"] {
            person.remove(member);
        }
    };
    // Too long ago to count.
    let old =
        registered(app, "clerk", |body| body["requested_at"] = json!("2025-03-01T00:00:00Z")).await;
    let case =
        registered(app, "clerk", |body| body["parties"][0]["address"] = json!("天钥桥路 1 号"))
            .await;
    assert_eq!(counts(app, &case).await, [0; 6]);
    assert_eq!(counts(app, &old).await, [1, 0, 1, 1, 1, 1], "what came after it counts");

    // The same shop, without anything of the person but the name.
    registered(app, "clerk", bare).await;
    assert_eq!(counts(app, &case).await, [0; 6]);
    // Of another office, against another shop, about something else.
    registered(app, "other_clerk", |body| {
        body["category"] = json!("quality");
        body["parties"][1]["name"] = json!("另一家");
        body["parties"][1].as_object_mut().unwrap().remove("credit_code");
    })
    .await;
    assert_eq!(counts(app, &case).await, [1, 0, 1, 1, 0, 0]);
    // Another person with the same phone and address.
    registered(app, "clerk", |body| {
        bare(body);
        body["parties"][0]["name"] = json!("李四");
        body["parties"][0]["phone"] = json!("138 1616 8000");
        body["parties"][0]["address"] = json!("天钥桥路 1 号");
    })
    .await;
    assert_eq!(counts(app, &case).await, [2, 1, 1, 1, 0, 0]);
    // The same person by name and phone, the shop under its code.
    registered(app, "clerk", |body| {
        bare(body);
        body["parties"][0]["phone"] = json!("13816168000");
        body["parties"][1]["name"] = json!("悦动健身");
    })
    .await;
    assert_eq!(counts(app, &case).await, [3, 1, 1, 2, 1, 1]);
    // A shop's phone is nobody's sign.
    registered(app, "clerk", |body| {
        bare(body);
        body["parties"][1]["phone"] = json!("13816168000");
    })
    .await;
    assert_eq!(counts(app, &case).await, [3, 1, 1, 2, 1, 1]);
    app.pass(TimeDelta::days(366));
    assert_eq!(counts(app, &case).await, [0; 6], "a year later");
}

async fn whoever_decides_reads_them(app: &TestApp) {
    let other = Case::registered_by(&app.other_clerk(), app, "mediator").await;
    let case = registered(app, "clerk", |_| {}).await;
    let path = format!("{case}/complaint-facts");
    for username in ["clerk", "officer", "director"] {
        let found = app.person(username).get(&path).await.ok();
        assert_eq!(found.body["facts"][0]["law"]["code"], "O121-17");
        assert_eq!(found.body["facts"][0]["count"], 1);
        assert!(found.string("/notice").contains("不决定是否受理"), "{username}");
        for secret in [other.id.to_string(), "陈晓雯".to_owned(), "13816168000".to_owned()] {
            assert!(!found.text.contains(&secret), "{secret}: {}", found.text);
        }
    }
    let english = app.clerk().get(&path).language("en").await.ok();
    assert!(english.string("/notice").contains("decide nothing"));
    for username in ["mediator", "supervisor", "admin", "auditor"] {
        app.person(username).get(&path).await.problem(403, "forbidden");
    }
    app.other_clerk().get(&path).await.problem(404, "not_found");
}

/// What can be done, and what the call then does, is the same with and without them.
async fn they_change_nothing(app: &TestApp) {
    let actions = async |case: &str| {
        let found = app.clerk().get(&format!("{case}/next-actions")).await.ok();
        let all = found.body["actions"].as_array().unwrap().iter();
        all.map(|it| (it["action"].clone(), it["missing"].clone())).collect::<Vec<_>>()
    };
    let first = registered(app, "clerk", |_| {}).await;
    let before = actions(&first).await;
    for _ in 0..5 {
        registered(app, "clerk", |_| {}).await;
    }
    assert_eq!(counts(app, &first).await, [5, 0, 5, 5, 5, 5]);
    assert_eq!(actions(&first).await, before);
    app.clerk().post(&format!("{first}/acceptance")).if_match(1).await.created();
}
