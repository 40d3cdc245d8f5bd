//! Search: what is found and where, in which order, by whom, the same on both databases; and
//! that the index follows every step.

use huijie::search::{Rebuilt, rebuild};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::disputes::{dispute, person, shop};
use crate::district::credit_code;
use crate::harness::{Answer, Person, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    names_come_before_titles_before_the_rest,
    two_characters_are_enough_everywhere,
    all_words_must_be_found,
    what_was_found_is_shown_and_persons_stay_masked,
    the_index_follows_every_step,
    nobody_finds_what_is_out_of_sight,
    pages_follow_each_other,
    what_cannot_be_asked_is_refused,
    enterprises_are_found_by_name_initials_and_code,
    the_index_can_be_made_again,
);

async fn ask(by: &Person<'_>, body: Value) -> Answer {
    by.post("/api/v1/searches/cases").json(&body).await
}

async fn find(by: &Person<'_>, text: &str) -> Vec<Uuid> {
    ids(&ask(by, json!({ "text": text })).await.ok())
}

fn ids(answer: &Answer) -> Vec<Uuid> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|it| it["case"]["id"].as_str().unwrap().parse().unwrap()).collect()
}

async fn register(by: &Person<'_>, title: &str, facts: &str, name: &str) -> Uuid {
    let mut body = dispute(title);
    body["facts"] = json!(facts);
    body["parties"] = json!([person(name), shop("上海悦动健身有限公司")]);
    by.post("/api/v1/cases").json(&body).await.created().id()
}

async fn names_come_before_titles_before_the_rest(app: &TestApp) {
    let clerk = app.clerk();
    let in_facts = register(&clerk, "预付卡余额", "她说郑秋华可以作证。", "陈晓雯").await;
    let in_title = register(&clerk, "郑秋华办卡纠纷", "办卡后停业。", "陈晓雯").await;
    let in_name = register(&clerk, "预付卡余额", "办卡后停业。", "郑秋华").await;
    let newer = register(&clerk, "预付卡余额", "郑秋华也在场。", "陈晓雯").await;
    assert_eq!(find(&clerk, "郑秋华").await, [in_name, in_title, newer, in_facts]);
    assert_eq!(find(&clerk, "秋华").await, [in_name, in_title, newer, in_facts]);
}

async fn two_characters_are_enough_everywhere(app: &TestApp) {
    let clerk = app.clerk();
    let case = register(&clerk, "ＡＢＣ英语培训退费", "共 24 节课，用了3节。", "欧阳娜娜").await;
    for text in ["阳娜", "欧阳娜娜", "oynn", "OY", "abc", "英语", "24", "退费", "悦动", "ydjs"]
    {
        assert_eq!(find(&clerk, text).await, [case], "{text}");
    }
    for text in ["娜阳", "语英", "bc", "不存在的", "' OR 1=1 --", "\"英语zz\"*", "NOT 英语"]
    {
        assert!(find(&clerk, text).await.is_empty(), "{text}");
    }
}

async fn all_words_must_be_found(app: &TestApp) {
    let clerk = app.clerk();
    let both = register(&clerk, "健身卡", "押金不退。", "陈晓雯").await;
    let one = register(&clerk, "健身卡", "停业。", "陈晓雯").await;
    assert_eq!(find(&clerk, "健身卡 押金").await, [both]);
    assert_eq!(find(&clerk, "押金　健身卡").await, [both]);
    assert_eq!(find(&clerk, "健身卡").await, [one, both]);
    // Pairs of characters that stand apart are not the words.
    register(&clerk, "甲乙与乙丙", "停业。", "陈晓雯").await;
    assert!(find(&clerk, "甲乙丙").await.is_empty());
}

async fn what_was_found_is_shown_and_persons_stay_masked(app: &TestApp) {
    let clerk = app.clerk();
    register(&clerk, "办卡纠纷", "她要求退款，商家拒绝退款。", "郑秋华").await;
    let found = ask(&clerk, json!({ "text": "郑秋华 退款 悦动" })).await.ok();
    let item = &found.body["items"][0];
    assert_eq!(item["parties"][0]["name"], "郑**");
    let expected = json!([
        { "field": "party", "excerpt": [] },
        { "field": "party", "excerpt": [
            { "text": "上海", "found": false },
            { "text": "悦动", "found": true },
            { "text": "健身有限公司", "found": false },
        ] },
        { "field": "facts", "excerpt": [
            { "text": "她要求", "found": false },
            { "text": "退款", "found": true },
            { "text": "，商家拒绝", "found": false },
            { "text": "退款", "found": true },
            { "text": "。", "found": false },
        ] },
    ]);
    assert_eq!(item["places"], expected);
    assert!(!found.text.contains("郑秋华"), "a person's name is never answered");
}

async fn the_index_follows_every_step(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    assert!(find(&clerk, "郑秋华").await.is_empty());
    let party = case.post(&clerk, "/parties", &person("郑秋华")).await.created().id();
    assert_eq!(find(&clerk, "郑秋华").await, [case.id]);
    let place = case.path(&format!("/parties/{party}"));
    let renamed = clerk.put(&place).if_match(case.version().await).json(&person("秦玉兰"));
    renamed.await.ok();
    assert!(find(&clerk, "郑秋华").await.is_empty());
    assert_eq!(find(&clerk, "qyl").await, [case.id]);
    let title = json!({ "title": "窗帘尺寸不符" });
    clerk.patch(&case.path("")).if_match(case.version().await).json(&title).await.ok();
    assert_eq!(find(&clerk, "窗帘").await, [case.id]);
    let claim = json!({ "kind": "repair", "description": "重新裁剪。" });
    case.post(&clerk, "/claims", &claim).await.created();
    assert_eq!(find(&clerk, "裁剪").await, [case.id]);

    let accepted = Case::at(app, Stage::Accepted).await;
    let number = accepted.read().await.body["case_number"].as_str().unwrap().to_owned();
    assert_eq!(find(&clerk, &number).await.first(), Some(&accepted.id));
}

async fn nobody_finds_what_is_out_of_sight(app: &TestApp) {
    let ours = Case::at(app, Stage::Prepared).await;
    let theirs = Case::registered_by(&app.other_clerk(), app, "mediator").await;
    let word = ours.read().await.string("/subject_name");
    let (ours, theirs) = (ours.id, theirs.id);
    for (username, expected) in [
        ("clerk", vec![ours]),
        ("mediator", vec![ours]),
        ("other_clerk", vec![theirs]),
        ("second_mediator", vec![]),
        ("officer", vec![ours]),
        ("director", vec![theirs, ours]),
        ("supervisor", vec![theirs, ours]),
    ] {
        assert_eq!(find(&app.person(username), &word).await, expected, "{username}");
    }
    for username in ["admin", "auditor"] {
        let person = app.person(username);
        ask(&person, json!({ "text": word })).await.problem(403, "forbidden");
    }
}

async fn pages_follow_each_other(app: &TestApp) {
    let clerk = app.clerk();
    let mut all = Vec::new();
    for place in 0..7 {
        // Over all three kinds of places.
        let title = if place % 3 == 0 { "扫地机器人故障" } else { "家电故障" };
        let facts = if place % 3 == 1 { "扫地机器人不动。" } else { "不动。" };
        let name = if place % 3 == 2 { "扫地机" } else { "陈晓雯" };
        all.push(register(&clerk, title, facts, name).await);
    }
    let whole = find(&clerk, "扫地").await;
    assert_eq!(whole.len(), 7);
    let mut read = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let body = json!({ "text": "扫地", "limit": 2, "cursor": cursor });
        let page = ask(&clerk, body).await.ok();
        read.extend(ids(&page));
        cursor = page.body["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
        // Whoever comes meanwhile does not shift what was read.
        register(&clerk, "家电故障", "不动。", "扫地僧").await;
    }
    assert_eq!(read, whole);
    let accepted = json!({ "text": "扫地", "status": "accepted" });
    assert!(ids(&ask(&clerk, accepted).await.ok()).is_empty());
}

async fn what_cannot_be_asked_is_refused(app: &TestApp) {
    let clerk = app.clerk();
    for text in ["", "王", " ， ", "x"] {
        let answer = ask(&clerk, json!({ "text": text })).await.status(422);
        assert_eq!(answer.faults(), [("/text", "too_short")], "{text:?}");
    }
    for (body, fault) in [
        (json!({ "text": "字".repeat(101) }), ("/text", "too_long")),
        (json!({ "text": "退款", "limit": 0 }), ("?limit", "out_of_range")),
        (json!({ "text": "退款", "cursor": "?" }), ("?cursor", "bad_cursor")),
    ] {
        assert_eq!(ask(&clerk, body).await.status(422).faults(), [fault]);
    }
}

async fn enterprises_are_found_by_name_initials_and_code(app: &TestApp) {
    let director = app.director();
    let make = async |n: usize, name: &str| {
        let body = json!({
            "credit_code": credit_code(n), "name": name, "kind": "company", "trade": "retail",
            "is_key": false, "status": "operating",
        });
        director.post("/api/v1/network/enterprises").json(&body).await.created()
    };
    let gym = make(1, "上海悦动健身有限公司").await;
    make(2, "上海美罗餐饮有限公司").await;
    let find = async |text: &str| -> Vec<String> {
        let answer =
            director.post("/api/v1/searches/enterprises").json(&json!({ "text": text })).await.ok();
        let items = answer.body["items"].as_array().unwrap().clone();
        items.iter().map(|it| it["enterprise"]["name"].as_str().unwrap().to_owned()).collect()
    };
    for text in ["悦动", "ydjs", &credit_code(1), &credit_code(1)[..10].to_lowercase()] {
        assert!(find(text).await.contains(&"上海悦动健身有限公司".to_owned()), "{text}");
    }
    assert_eq!(find("上海").await.len(), 2);
    assert!(find("悦动餐饮").await.is_empty());
    let mut changed = gym.body.clone();
    for it in ["id", "version", "created_at"] {
        changed.as_object_mut().unwrap().remove(it);
    }
    changed["name"] = json!("上海跃动体育有限公司");
    let path = format!("/api/v1/network/enterprises/{}", gym.id());
    director.put(&path).if_match(gym.version()).json(&changed).await.ok();
    assert!(find("悦动").await.is_empty());
    assert_eq!(find("跃动").await, ["上海跃动体育有限公司"]);
}

async fn the_index_can_be_made_again(app: &TestApp) {
    let clerk = app.clerk();
    let case = Case::at(app, Stage::Closed).await;
    let other = register(&clerk, "扫地机器人故障", "不动。", "陈晓雯").await;
    let database = &app.app.database;
    let look = async |mend| rebuild(database, mend, |_| ()).await.unwrap();
    assert_eq!(look(false).await, Rebuilt { looked_at: 2, stale: 0 }, "no step forgot it");

    for statement in [
        format!("UPDATE search_documents SET fingerprint = '' WHERE subject_id = {}", sql(other)),
        "DELETE FROM search_terms".to_owned(),
    ] {
        let statement = match app.app.database.backend() {
            sea_orm::DbBackend::Sqlite => statement,
            _ => statement.replace("X'", "'"),
        };
        database.writer().execute_unprepared(&statement).await.unwrap();
    }
    assert!(find(&clerk, "扫地").await.is_empty());
    assert_eq!(look(false).await, Rebuilt { looked_at: 2, stale: 1 });
    assert_eq!(look(true).await, Rebuilt { looked_at: 2, stale: 1 });
    assert_eq!(find(&clerk, "扫地").await, [other]);
    assert_eq!(look(false).await, Rebuilt { looked_at: 2, stale: 0 });
    assert_ne!(case.id, other);
}

/// An id as SQLite writes it, and PostgreSQL without its `X`.
fn sql(id: Uuid) -> String {
    format!("X'{}'", id.simple())
}
