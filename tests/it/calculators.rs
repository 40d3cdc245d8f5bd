//! The calculator through HTTP: the vectors of the law, both languages, what is refused, and
//! that it leaves nothing behind.

use huijie::entity::audit_entry;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, on_both_databases};

on_both_databases!(
    the_vectors_come_out_of_the_api,
    every_day_is_accounted_for,
    an_unpublished_year_makes_a_date_provisional,
    a_pause_without_an_end_has_no_last_day,
    what_cannot_be_meant_is_refused,
    everybody_may_calculate_and_nothing_is_written,
);

const CALCULATOR: &str = "/api/v1/calculators/deadline";

async fn calculate(app: &TestApp, asked: Value) -> Answer {
    app.clerk().post(CALCULATOR).json(&asked).await
}

/// Anchors, Appendix B, and rows of domain §9.5 that a rule in force reaches.
async fn the_vectors_come_out_of_the_api(app: &TestApp) {
    for (rule, start, due_on, strict, used) in [
        ("samr.accept", "2026-04-27", "2026-05-09", "2026-05-09", "samr.accept"),
        ("samr.accept", "2026-02-13", "2026-03-02", "2026-03-02", "samr.accept.old"),
        ("samr.mediate.old", "2026-04-14", "2026-06-18", "2026-06-18", "samr.mediate.old"),
        ("samr.mediate.new", "2026-04-15", "2026-06-15", "2026-06-14", "samr.mediate.new"),
        ("samr.mediate.new", "2026-08-02", "2026-10-08", "2026-10-08", "samr.mediate.new"),
        ("samr.mediate", "2026-04-14", "2026-06-18", "2026-06-18", "samr.mediate.old"),
        ("samr.mediate", "2026-06-17", "2026-08-17", "2026-08-16", "samr.mediate.new"),
        ("pml.confirm", "2026-09-24", "2026-10-26", "2026-10-26", "pml.confirm"),
        ("hotline.12345", "2026-09-30", "2026-10-13", "2026-10-13", "hotline.12345"),
        (
            "hotline.12345.complex",
            "2025-01-24",
            "2025-02-20",
            "2025-02-20",
            "hotline.12345.complex",
        ),
        ("jiefen.contact", "2026-09-18", "2026-09-20", "2026-09-20", "jiefen.contact"),
        (
            "court.ref.mediator_accept",
            "2026-02-13",
            "2026-02-25",
            "2026-02-25",
            "court.ref.mediator_accept",
        ),
    ] {
        let answer = calculate(app, json!({ "rule": rule, "start_date": start })).await.ok();
        let found =
            (answer.string("/due_on"), answer.string("/due_on_strict"), answer.string("/rule"));
        assert_eq!(
            found,
            (due_on.to_owned(), strict.to_owned(), used.to_owned()),
            "{rule} {start}"
        );
        assert_eq!(answer.body["provisional"], false, "{rule} {start}");
        assert!(answer.body.get("earliest_on").is_none(), "{}", answer.text);
    }
}

async fn every_day_is_accounted_for(app: &TestApp) {
    let asked = json!({ "rule": "samr.accept", "start_date": "2026-04-27", "extension_days": 0, "pauses": [] });
    let answer = app.supervisor().post(CALCULATOR).language("en").json(&asked).await.ok();
    let days = answer.body["counted"].as_array().unwrap();
    assert_eq!(days.len(), 13);
    assert_eq!(days[0]["why"], "start_day");
    assert_eq!(
        days[4],
        json!({ "date": "2026-05-01", "counted": false, "why": "public_holiday",
        "name": "劳动节", "provisional": false })
    );
    assert_eq!(
        days[12],
        json!({ "date": "2026-05-09", "counted": true, "number": 7,
        "why": "make_up_day", "name": "劳动节", "provisional": false })
    );
    assert_eq!(answer.body["law"][0]["code"], "O121-15");
    assert_eq!(answer.string("/title"), "Market supervision decides whether to accept a complaint");
    assert_eq!(answer.string("/warn_on"), "2026-05-07");
    assert!(
        answer.string("/text/zh").contains("调休上班，为第7个工作日。到期日2026-05-09（周六）")
    );
    assert!(answer.string("/text/en").contains("The last day is Sat 2026-05-09."));
    assert_eq!(answer.body["rule_set_version"], 1);
    assert_eq!(answer.body["calendars"], json!([{ "year": 2026, "revision": 1 }]));
}

async fn an_unpublished_year_makes_a_date_provisional(app: &TestApp) {
    let asked = json!({ "rule": "samr.accept", "start_date": "2026-12-28" });
    let answer = calculate(app, asked).await.ok();
    assert_eq!(answer.body["provisional"], true);
    let [earliest, due, latest] =
        ["/earliest_on", "/due_on", "/latest_on"].map(|it| answer.string(it));
    assert!(earliest < due && due < latest, "{}", answer.text);
    assert_eq!(answer.body["counted"][1]["provisional"], true);
    assert!(answer.string("/text/zh").contains("到期日为暂定"));
}

async fn a_pause_without_an_end_has_no_last_day(app: &TestApp) {
    let pause = |pause: Value| json!({ "rule": "samr.mediate.new", "start_date": "2026-04-15", "pauses": [pause] });
    let answer = calculate(app, pause(json!({ "from": "2026-04-20" }))).await.ok();
    assert!(answer.body.get("due_on").is_none(), "{}", answer.text);
    assert_eq!((&answer.body["counted_days"], &answer.body["length"]), (&json!(4), &json!(60)));
    let ended = json!({ "from": "2026-04-20", "to": "2026-04-24", "reason": "appraisal" });
    let answer = calculate(app, pause(ended)).await.ok();
    assert_eq!(answer.string("/due_on"), "2026-06-22");
    assert_eq!(answer.string("/due_on_strict"), "2026-06-22", "06-19 to 21 is a holiday");
}

async fn what_cannot_be_meant_is_refused(app: &TestApp) {
    let asked = |member: &str, value: Value| {
        let mut asked = json!({ "rule": "samr.mediate.new", "start_date": "2026-04-15" });
        asked[member] = value;
        asked
    };
    let pauses = |pauses: Value| asked("pauses", pauses);
    for (body, pointer, code) in [
        (asked("rule", json!("samr.nothing")), "/rule", "unknown_rule"),
        (asked("rule", json!("samr.mediate.old")), "/rule", "rule_not_in_force"),
        (asked("start_date", json!("2026-04-14")), "/rule", "rule_not_in_force"),
        (asked("start_date", json!("2026-02-30")), "/start_date", "wrong_format"),
        (asked("start_date", json!("9999-01-01")), "/start_date", "out_of_range"),
        (asked("extension_days", json!(3651)), "/extension_days", "out_of_range"),
        (asked("extension_days", json!(-1)), "/extension_days", "out_of_range"),
        (asked("extension_days", json!(1)), "/extension_days", "not_extensible"),
        (asked("more", json!(1)), "/more", "unknown_member"),
        (
            pauses(json!([{ "from": "2026-05-02", "to": "2026-05-01" }])),
            "/pauses/0/to",
            "pause_ends_before_it_begins",
        ),
        (
            pauses(json!([{ "from": "2026-04-01", "to": "2026-05-01" }])),
            "/pauses/0/from",
            "pause_before_start",
        ),
        (
            pauses(
                json!([{ "from": "2026-05-01", "to": "2026-05-05" }, { "from": "2026-05-05", "to": "2026-05-06" }]),
            ),
            "/pauses/1/from",
            "overlapping_pauses",
        ),
        (
            pauses(json!([{ "from": "2026-05-01", "reason": "illness" }])),
            "/pauses/0/reason",
            "not_a_reason_to_pause",
        ),
    ] {
        let answer = calculate(app, body.clone()).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    let asked = json!({ "rule": "samr.mediate.old", "start_date": "2026-04-15" });
    let answer = app.clerk().post(CALCULATOR).language("en").json(&asked).await;
    assert!(answer.string("/errors/0/detail").contains("Use the rule samr.mediate.new"));
}

async fn everybody_may_calculate_and_nothing_is_written(app: &TestApp) {
    let asked = json!({ "rule": "pml.general", "start_date": "2026-03-02", "extension_days": 15 });
    let entries = || audit_entry::Entity::find().count(app.app.database.reader());
    let people = ["clerk", "mediator", "officer", "director", "supervisor", "admin", "auditor"];
    for username in people {
        app.person(username).token().await;
    }
    let before = entries().await.unwrap();
    for username in people {
        let answer = app.person(username).post(CALCULATOR).json(&asked).await.ok();
        assert_eq!(answer.string("/due_on"), "2026-04-16", "{username}");
    }
    app.stranger().post(CALCULATOR).json(&asked).await.problem(401, "no_token");
    assert_eq!(entries().await.unwrap(), before);
}
