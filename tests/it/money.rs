//! The calculators of sums through HTTP: worked examples with their articles, both languages,
//! what is refused, and that they leave nothing behind.

use huijie::entity::{audit_entry, event};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, on_both_databases};

on_both_databases!(
    a_prepaid_card_is_counted_in_both_ways,
    punitive_damages_have_floors_and_exceptions,
    a_return_says_until_when_and_why,
    interest_goes_by_days_and_rate,
    words_and_figures_are_compared,
    a_calculation_that_cannot_be_meant_is_refused,
    a_calculation_is_for_everybody_and_leaves_nothing,
);

async fn calculate(app: &TestApp, name: &str, asked: &Value) -> Answer {
    app.clerk().post(&format!("/api/v1/calculators/{name}")).json(asked).await
}

fn codes(all: &Value) -> Vec<&str> {
    all.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

/// Domain §7.6: ten sessions for 1,000 yuan, one used, list price 298.
async fn a_prepaid_card_is_counted_in_both_ways(app: &TestApp) {
    let mut asked = json!({
        "paid_fen": 100_000,
        "times_card": { "times_bought": 10, "times_used": 1, "price_before_discount_fen": 29_800 },
    });
    let open = calculate(app, "prepaid-refund", &asked).await.ok();
    assert!(open.body.get("refund_fen").is_none(), "the cause decides: {}", open.text);
    for (cause, expected, words, law) in [
        ("operator", 90_000, "人民币玖佰元整", "SPC-PREPAID-18"),
        ("neither", 90_000, "人民币玖佰元整", "SPC-PREPAID-18"),
        ("consumer", 70_200, "人民币柒佰零贰元整", "SPC-PREPAID-19"),
    ] {
        asked["cause"] = json!(cause);
        let answer = calculate(app, "prepaid-refund", &asked).await.ok();
        assert_eq!(answer.body["refund_fen"], expected, "{cause}");
        assert_eq!(answer.body["refund_in_words"], words, "{cause}");
        assert_eq!(answer.body["not_consumers_cause"]["refund_fen"], 90_000);
        assert_eq!(answer.body["consumers_cause"]["refund_fen"], 70_200);
        assert!(codes(&answer.body["working"]["law"]).contains(&law), "{}", answer.text);
    }
    asked["cause"] = json!("operator");
    asked["paid_on"] = json!("2026-03-02");
    asked["rescinded_on"] = json!("2026-06-01");
    asked["interest_until"] = json!("2026-09-09");
    let answer = calculate(app, "prepaid-refund", &asked).await.ok();
    assert_eq!(answer.body["interest_fen"], 740, "{}", answer.text);
    assert_eq!(answer.body["total_fen"], 90_740);
    assert_eq!(answer.body["not_consumers_cause"]["annual_rate_basis_points"], 300);
    assert_eq!(answer.string("/seven_days/until/last_on"), "2026-03-09");
    let steps = answer.body["working"]["steps"].as_array().unwrap();
    assert!(steps.iter().any(|it| it["formula"] == "1,000.00 − 100.00 = 900.00"));
    assert!(steps.iter().all(|it| it["label"]["zh"].is_string() && it["label"]["en"].is_string()));
    assert!(!answer.body["working"]["undecided"].as_array().unwrap().is_empty());
}

async fn punitive_damages_have_floors_and_exceptions(app: &TestApp) {
    for (asked, amount, at_most, excluded) in [
        (json!({ "basis": "fraud", "price_fen": 12_800 }), 50_000, false, false),
        (json!({ "basis": "fraud", "price_fen": 128_000 }), 384_000, false, false),
        (json!({ "basis": "known_defect", "losses_fen": 300_000 }), 600_000, true, false),
        (json!({ "basis": "food_below_standard", "price_fen": 3_500 }), 100_000, false, false),
        (
            json!({ "basis": "food_below_standard", "price_fen": 3_500, "losses_fen": 80_000 }),
            240_000,
            false,
            false,
        ),
        (
            json!({ "basis": "food_below_standard", "price_fen": 3_500, "harmless_flaw_only": true }),
            0,
            false,
            true,
        ),
        (
            json!({ "basis": "food_below_standard", "price_fen": 900_000, "bought_knowingly": true,
                "reasonable_price_fen": 30_000 }),
            300_000,
            false,
            false,
        ),
    ] {
        let answer = calculate(app, "punitive-damages", &asked).await.ok();
        let found = (&answer.body["amount_fen"], &answer.body["at_most"], &answer.body["excluded"]);
        assert_eq!(found, (&json!(amount), &json!(at_most), &json!(excluded)), "{asked}");
    }
}

async fn a_return_says_until_when_and_why(app: &TestApp) {
    let asked = json!({
        "channel": "internet", "goods": "ordinary", "received_on": "2026-09-18",
        "notice_on": "2026-09-27", "returned_on": "2026-09-29", "intact": true,
    });
    let path = "/api/v1/calculators/seven-day-return";
    let answer = app.clerk().post(path).language("en").json(&asked).await.ok();
    // 09-25 to 09-27 is a holiday.
    assert_eq!(answer.string("/until/last_on"), "2026-09-28");
    assert_eq!(answer.body["in_time"], true);
    // 10-06 is in the National Day holiday.
    assert_eq!(answer.string("/refund_due/last_on"), "2026-10-08");
    assert_eq!(answer.body["freight"], "consumer");
    assert_eq!(answer.string("/working/law/0/citation"), "Consumer Rights Protection Law, art. 25");
    let excluded =
        json!({ "channel": "internet", "goods": "custom_made", "received_on": "2026-09-18" });
    let answer = calculate(app, "seven-day-return", &excluded).await.ok();
    assert_eq!(answer.body["may_return"], false);
    assert!(answer.body.get("until").is_none(), "{}", answer.text);
    // A day whose calendar is not published has a range.
    let far = json!({ "channel": "internet", "goods": "ordinary", "received_on": "2028-01-24" });
    let answer = calculate(app, "seven-day-return", &far).await.ok();
    assert_eq!(answer.body["until"]["provisional"], true);
    assert!(answer.string("/until/earliest_on") <= answer.string("/until/latest_on"));
}

async fn interest_goes_by_days_and_rate(app: &TestApp) {
    let mut asked = json!({
        "principal_fen": 1_000_000, "from": "2025-01-01", "until": "2026-01-01",
        "annual_rate_basis_points": 300,
    });
    let answer = calculate(app, "interest", &asked).await.ok();
    assert_eq!((&answer.body["days"], &answer.body["interest_fen"]), (&json!(365), &json!(30_000)));
    assert_eq!(answer.body["total_fen"], 1_030_000);
    asked["days_per_year"] = json!(360);
    let answer = calculate(app, "interest", &asked).await.ok();
    assert_eq!(answer.body["interest_fen"], 30_417);
    let asked = json!({
        "principal_fen": 1_000_000, "from": "2025-01-01", "until": "2026-01-01",
        "reference_rate": "one_year_lpr",
    });
    let answer = calculate(app, "interest", &asked).await.ok();
    assert_eq!(answer.body["annual_rate_basis_points"], 310);
    assert!(answer.string("/rate_source/zh").contains("2024年10月21日"), "{}", answer.text);
}

async fn words_and_figures_are_compared(app: &TestApp) {
    for (asked, fen, words, equal, by_the_rules) in [
        (
            json!({ "amount_fen": 358_000 }),
            358_000,
            "人民币叁仟伍佰捌拾元整",
            json!(null),
            json!(null),
        ),
        (
            json!({ "words": "叁仟伍佰捌拾圆正" }),
            358_000,
            "人民币叁仟伍佰捌拾元整",
            json!(null),
            json!(false),
        ),
        (
            json!({ "amount_fen": 105, "words": "人民币壹元零伍分" }),
            105,
            "人民币壹元零伍分",
            json!(true),
            json!(true),
        ),
        (
            json!({ "amount_fen": 150, "words": "壹元零伍分" }),
            150,
            "人民币壹元伍角整",
            json!(false),
            json!(true),
        ),
    ] {
        let answer = calculate(app, "amount-in-words", &asked).await.ok();
        let found = |name: &str| answer.body.get(name).cloned().unwrap_or_default();
        assert_eq!(found("amount_fen"), fen, "{asked}");
        assert_eq!(found("words"), words, "{asked}");
        assert_eq!(found("equal"), equal, "{asked}");
        assert_eq!(found("written_by_the_rules"), by_the_rules, "{asked}");
    }
}

/// A thousand billion yuan and a fen, and other sums nobody means.
const TOO_MUCH: i64 = 100_000_000_000_001;

async fn a_calculation_that_cannot_be_meant_is_refused(app: &TestApp) {
    let prepaid = |member: &str, value: Value| {
        let mut asked = json!({ "paid_fen": 100_000, "amount_card": { "used_fen": 0 } });
        asked[member] = value;
        asked
    };
    let interest = |member: &str, value: Value| {
        let mut asked = json!({ "principal_fen": 100, "from": "2026-01-01", "until": "2026-02-01",
            "annual_rate_basis_points": 300 });
        asked[member] = value;
        asked
    };
    let back = |received: &str, notice: &str| {
        json!({ "channel": "internet", "goods": "ordinary", "received_on": received,
            "notice_on": notice })
    };
    for (name, asked, pointer, code) in [
        ("prepaid-refund", prepaid("paid_fen", json!(0)), "/paid_fen", "out_of_range"),
        ("prepaid-refund", prepaid("paid_fen", json!(-1)), "/paid_fen", "out_of_range"),
        ("prepaid-refund", prepaid("paid_fen", json!(TOO_MUCH)), "/paid_fen", "out_of_range"),
        ("prepaid-refund", json!({ "paid_fen": 1 }), "", "one_card_only"),
        (
            "prepaid-refund",
            prepaid("amount_card", json!({ "used_fen": 100_001 })),
            "/amount_card/used_fen",
            "more_than_was_on_it",
        ),
        (
            "prepaid-refund",
            prepaid("amount_card", json!({ "used_fen": -1 })),
            "/amount_card/used_fen",
            "out_of_range",
        ),
        ("prepaid-refund", prepaid("paid_on", json!("2101-01-01")), "/paid_on", "out_of_range"),
        ("prepaid-refund", prepaid("more", json!(1)), "/more", "unknown_member"),
        ("punitive-damages", json!({ "basis": "fraud" }), "/price_fen", "missing"),
        ("punitive-damages", json!({ "basis": "known_defect" }), "/losses_fen", "missing"),
        (
            "punitive-damages",
            json!({ "basis": "fraud", "price_fen": 0 }),
            "/price_fen",
            "out_of_range",
        ),
        (
            "punitive-damages",
            json!({ "basis": "fraud", "price_fen": TOO_MUCH }),
            "/price_fen",
            "out_of_range",
        ),
        (
            "seven-day-return",
            back("2026-03-02", "2026-03-01"),
            "/notice_on",
            "ends_before_it_begins",
        ),
        ("seven-day-return", back("2101-03-02", "2101-03-03"), "/received_on", "out_of_range"),
        ("interest", interest("principal_fen", json!(0)), "/principal_fen", "out_of_range"),
        ("interest", interest("principal_fen", json!(TOO_MUCH)), "/principal_fen", "out_of_range"),
        ("interest", interest("until", json!("2025-12-31")), "/until", "ends_before_it_begins"),
        ("interest", interest("until", json!("2101-01-01")), "/until", "out_of_range"),
        (
            "interest",
            interest("reference_rate", json!("one_year_lpr")),
            "/reference_rate",
            "one_rate_only",
        ),
        (
            "interest",
            interest("annual_rate_basis_points", json!(0)),
            "/annual_rate_basis_points",
            "out_of_range",
        ),
        ("amount-in-words", json!({ "amount_fen": 0 }), "/amount_fen", "out_of_range"),
        ("amount-in-words", json!({ "amount_fen": -5 }), "/amount_fen", "out_of_range"),
        ("amount-in-words", json!({ "amount_fen": TOO_MUCH }), "/amount_fen", "out_of_range"),
        ("amount-in-words", json!({ "words": "三千元" }), "/words", "not_an_amount"),
        ("amount-in-words", json!({ "words": "零元整" }), "/words", "not_an_amount"),
        ("amount-in-words", json!({}), "/amount_fen", "missing"),
    ] {
        let answer = calculate(app, name, &asked).await.problem(422, "invalid");
        let faults = answer.faults();
        assert!(faults.contains(&(pointer, code)), "{name} {asked}: {}", answer.text);
    }
    let late = json!({ "principal_fen": 100, "from": "2026-11-01", "until": "2026-11-02",
        "reference_rate": "one_year_lpr" });
    let answer = calculate(app, "interest", &late).await.problem(422, "invalid");
    assert_eq!(answer.faults(), [("/annual_rate_basis_points", "rate_not_known")]);
}

async fn a_calculation_is_for_everybody_and_leaves_nothing(app: &TestApp) {
    let db = app.app.database.reader();
    let people = ["clerk", "mediator", "officer", "director", "supervisor", "admin", "auditor"];
    for username in people {
        app.person(username).token().await;
    }
    let rows = async || {
        let entries = audit_entry::Entity::find().count(db).await.unwrap();
        (entries, event::Entity::find().count(db).await.unwrap())
    };
    let before = rows().await;
    let asked = json!({ "amount_fen": 358_000 });
    let path = "/api/v1/calculators/amount-in-words";
    for username in people {
        app.person(username).post(path).json(&asked).await.ok();
    }
    app.stranger().post(path).json(&asked).await.problem(401, "no_token");
    assert_eq!(rows().await, before);
}
