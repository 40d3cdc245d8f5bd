//! Personal data: never in clear in an answer, a file, a dump or a log, and shown for a purpose
//! that stands in the audit log.
//!
//! The values are canaries: they occur nowhere else, so every place where one is found is a leak.

mod at_rest;

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::disputes::{account, dispute, hire, shop, whole_chain};
use crate::harness::{Answer, Person, Request, TestApp, on_both_databases};

on_both_databases!(
    no_answer_shows_personal_data,
    a_repeated_request_shows_no_more_than_the_first,
    unmasking_has_a_purpose_and_leaves_a_trace,
    a_minors_data_needs_an_approval_that_runs_out,
);

const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13816168765";
const ADDRESS: &str = "上海市徐汇区天钥桥路98765号";
const ACCOUNT: &str = "6222021001116245703";
const AGENTS_NUMBER: &str = "110101199003070046";
const AGENTS_PHONE: &str = "13901239876";
const SHOPS_PHONE: &str = "021-64389876";
const SHOPS_ADDRESS: &str = "上海市徐汇区肇嘉浜路98765号";

/// What must be found nowhere: each value, also as it was typed, and the hidden parts alone.
const CANARIES: &[&str] = &[
    NUMBER,
    "19491231002",
    PHONE,
    "138 1616 8765",
    "16168765",
    "天钥桥路98765",
    ACCOUNT,
    "6222021001",
    AGENTS_NUMBER,
    "19900307",
    AGENTS_PHONE,
    "01239876",
    SHOPS_PHONE,
    "02164389876",
    "64389876",
    "肇嘉浜路98765",
];

#[track_caller]
fn free_of_canaries(what: &str, bytes: &[u8]) {
    for canary in CANARIES {
        let spellings = [canary.as_bytes().to_vec(), hex::encode(canary).into_bytes()];
        for spelling in spellings {
            let found = bytes.windows(spelling.len()).position(|it| it == spelling);
            if let Some(place) = found {
                let around = &bytes[place.saturating_sub(80)..bytes.len().min(place + 80)];
                panic!("{what} shows {canary}: …{}…", String::from_utf8_lossy(around));
            }
        }
    }
}

fn applicant() -> Value {
    json!({
        "role": "applicant", "kind": "natural_person", "name": "陈晓雯",
        "identity_document": "resident_id_card", "id_number": NUMBER, "identity_verified": true,
        "phone": "138 1616 8765", "address": ADDRESS, "bank_account": "6222 0210 0111 6245 703",
    })
}

fn lawyer() -> Value {
    json!({
        "kind": "lawyer", "power": "settlement", "name": "李国栋", "mandate_scope": "参加调解",
        "mandate_seen": true, "id_number": AGENTS_NUMBER, "phone": AGENTS_PHONE,
    })
}

fn case_with_canaries() -> Value {
    let mut respondent = shop("上海悦动健身有限公司");
    respondent["phone"] = SHOPS_PHONE.into();
    respondent["address"] = SHOPS_ADDRESS.into();
    let mut case = dispute("个人信息");
    case["parties"] = json!([applicant(), respondent]);
    case
}

/// A case with a person, a shop and a lawyer, and the id of the person.
struct Arranged {
    case: Uuid,
    person: String,
}

async fn arrange(app: &TestApp) -> Arranged {
    let clerk = app.clerk();
    let case = clerk.post("/api/v1/cases").json(&case_with_canaries()).await.created();
    let person = case.string("/parties/0/id");
    free_of_canaries("the answer to a registration", case.text.as_bytes());
    let agents = format!("/api/v1/cases/{}/parties/{person}/agents", case.id());
    let agent = clerk.post(&agents).if_match(1).json(&lawyer()).await.created();
    free_of_canaries("the answer to a new agent", agent.text.as_bytes());
    Arranged { case: case.id(), person }
}

/// Every address that can be read, with the ids of this case and person.
async fn readable(app: &TestApp, case: Uuid, user: Uuid) -> Vec<String> {
    let document = app.stranger().get("/api/v1/openapi.json").await.ok();
    let paths = document.body["paths"].as_object().unwrap();
    let of_the_district = ["service_point", "building", "liaison", "room", "enterprise", "visit"];
    let fill = |path: &String| {
        let path = of_the_district.iter().fold(path.clone(), |path, noun| {
            path.replace(&format!("{{{noun}_id}}"), &Uuid::nil().to_string())
        });
        path.replace("{case_id}", &case.to_string())
            .replace("{user_id}", &user.to_string())
            .replace("{name}", "channels")
            .replace("{hearing_id}", &Uuid::nil().to_string())
            .replace("{mediator_id}", &Uuid::nil().to_string())
            .replace("{signature_id}", &Uuid::nil().to_string())
            .replace("{check_number}", "0000-0000-0000-0000")
            .replace("{clue_id}", &Uuid::nil().to_string())
            .replace("{evidence_id}", &Uuid::nil().to_string())
            .replace("{deadline_id}", &Uuid::nil().to_string())
            .replace("{year}", "2026")
            .replace("{version}", "1")
            .replace("{token}", "nobody")
    };
    let gets = paths.iter().filter(|(_, it)| it.get("get").is_some());
    let found: Vec<String> = gets.map(|(path, _)| format!("/api/v1{}", fill(path))).collect();
    assert!(found.len() > 25 && found.iter().all(|it| !it.contains('{')), "{found:?}");
    found
}

async fn no_answer_shows_personal_data(app: &TestApp) {
    let Arranged { case, person } = arrange(app).await;
    let clerk = app.clerk();
    let paths = readable(app, case, account(app, "clerk").await).await;
    // The masked forms are there: what is checked is not an empty answer.
    let shown = clerk.get(&format!("/api/v1/cases/{case}/parties")).await.ok();
    for (member, masked) in [
        ("id_number", "110105********002X"),
        ("phone", "138****8765"),
        ("address", "上海市徐汇区***"),
        ("bank_account", "**** 5703"),
        ("name", "陈**"),
    ] {
        assert_eq!(shown.body[0][member], masked, "{}", shown.text);
    }
    assert_eq!(shown.body[0]["agents"][0]["phone"], "139****9876");
    for someone in [
        app.clerk(),
        app.mediator(),
        app.officer(),
        app.director(),
        app.supervisor(),
        app.admin(),
        app.auditor(),
        app.other_clerk(),
        app.stranger(),
    ] {
        for path in &paths {
            let answer = someone.get(path).await;
            free_of_canaries(path, answer.text.as_bytes());
        }
    }
    // Refusals quote nothing of what was sent.
    let mut wrong = applicant();
    wrong["id_number"] = "110105194912310021".into();
    wrong["phone"] = format!("{PHONE}x").into();
    wrong["extra"] = ACCOUNT.into();
    let path = format!("/api/v1/cases/{case}/parties/{person}");
    let refused = clerk.put(&path).if_match(2).json(&wrong).await.status(422);
    free_of_canaries("a refusal", refused.text.as_bytes());
}

async fn a_repeated_request_shows_no_more_than_the_first(app: &TestApp) {
    let (clerk, key) = (app.clerk(), Uuid::now_v7());
    let body = case_with_canaries();
    let register = || clerk.post("/api/v1/cases").idempotency_key(key).json(&body);
    let first = register().await.created();
    let again = register().await.created();
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.text, again.text);
    free_of_canaries("a repeat", again.text.as_bytes());
}

fn unmask<'a>(by: &Person<'a>, case: Uuid, party: &str, purpose: &str) -> Request<'a> {
    let path = format!("/api/v1/cases/{case}/parties/{party}/unmasking");
    by.post(&path).json(&json!({ "purpose": purpose }))
}

async fn unmasking_has_a_purpose_and_leaves_a_trace(app: &TestApp) {
    let Arranged { case, person } = arrange(app).await;
    let before = whole_chain(app).await;
    let path = format!("/api/v1/cases/{case}/parties/{person}/unmasking");
    for body in [json!({}), json!({ "purpose": "" }), json!({ "purpose": null })] {
        app.clerk().post(&path).json(&body).await.status(422);
    }
    unmask(&app.other_clerk(), case, &person, "好奇").await.problem(404, "not_found");
    unmask(&app.mediator(), case, &person, "好奇").await.problem(404, "not_found");
    for someone in [app.supervisor(), app.admin(), app.auditor()] {
        unmask(&someone, case, &person, "好奇").await.problem(403, "forbidden");
    }
    assert_eq!(whole_chain(app).await, before, "nothing was shown, nothing is recorded");

    let shown = unmask(&app.clerk(), case, &person, "电话通知调解时间").await.ok();

    for (pointer, value) in [
        ("/name", "陈晓雯"),
        ("/id_number", NUMBER),
        ("/phone", PHONE),
        ("/address", ADDRESS),
        ("/bank_account", ACCOUNT),
        ("/agents/0/id_number", AGENTS_NUMBER),
        ("/agents/0/phone", AGENTS_PHONE),
        ("/agents/0/name", "李国栋"),
    ] {
        assert_eq!(shown.string(pointer), value);
    }
    assert_eq!(whole_chain(app).await, before + 1);
    let trail = app.director().get(&format!("/api/v1/cases/{case}/audit")).await.ok();
    let entry = &trail.body["items"][0];
    assert_eq!(entry["action"], "unmask_party");
    assert_eq!(entry["purpose"], "电话通知调解时间");
    assert_eq!(entry["subject_id"], person.as_str());
    assert_eq!(entry["actor_id"], account(app, "clerk").await.to_string());
    let timeline = app.director().get(&format!("/api/v1/cases/{case}/timeline")).await.ok();
    assert_eq!(timeline.body["items"][0]["kind"], "party.unmasked");
    free_of_canaries("the trail", trail.text.as_bytes());
    free_of_canaries("the timeline", timeline.text.as_bytes());
}

async fn a_minors_data_needs_an_approval_that_runs_out(app: &TestApp) {
    let mut case = dispute("未成年人充值");
    case["parties"] = json!([
        {
            "role": "applicant", "kind": "natural_person", "name": "陈小雨",
            "born_on": "2014-05-06", "phone": PHONE,
        },
        shop("上海游戏有限公司"),
    ]);
    let case = app.clerk().post("/api/v1/cases").json(&case).await.created();
    let (case, child) = (case.id(), case.string("/parties/0/id"));
    let clerk_id = account(app, "clerk").await;
    hire(app, "second_clerk", "clerk").await;
    let read =
        async |by: Person<'_>| -> Answer { unmask(&by, case, &child, "联系监护人").await };

    let refused = read(app.clerk()).await.problem(409, "minor_needs_approval");
    assert_eq!(refused.body["law"][0]["code"], "MINORS-NET-36");

    let approvals = format!("/api/v1/cases/{case}/parties/{child}/unmasking-approvals");
    let approval = json!({ "user_id": clerk_id, "purpose": "联系监护人", "hours": 2 });
    app.clerk().post(&approvals).json(&approval).await.problem(403, "forbidden");
    for (hours, user) in [(0, clerk_id), (73, clerk_id), (2, Uuid::nil())] {
        let wrong = json!({ "user_id": user, "purpose": "联系监护人", "hours": hours });
        app.director().post(&approvals).json(&wrong).await.status(422);
    }
    read(app.clerk()).await.problem(409, "minor_needs_approval");
    app.director().post(&approvals).json(&approval).await.created();

    assert_eq!(read(app.clerk()).await.ok().string("/phone"), PHONE);
    read(app.person("second_clerk")).await.problem(409, "minor_needs_approval");
    read(app.director()).await.ok();

    app.pass(TimeDelta::hours(2) - TimeDelta::seconds(1));
    // With one key for all of them: looking again is not a repeat that is answered from memory.
    let clerk = app.clerk();
    let look_again = || unmask(&clerk, case, &child, "联系监护人").idempotency_key("again");
    clerk.token().await;
    let before = whole_chain(app).await;
    look_again().await.ok();
    look_again().await.ok();
    assert_eq!(whole_chain(app).await, before + 2, "each look is in the log");
    app.pass(TimeDelta::seconds(1));
    look_again().await.problem(409, "minor_needs_approval");
    read(app.clerk()).await.problem(409, "minor_needs_approval");
    whole_chain(app).await;
}
