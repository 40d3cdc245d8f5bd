//! Whoever holds the paper of an agreement can see whether it is in force, and nothing else.

use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    a_paper_is_checked_by_anybody,
    whatever_is_wrong_is_answered_alike,
    the_page_says_the_same,
);

/// What is printed on the paper of a locked text.
async fn printed(case: &Case<'_>) -> Value {
    let agreement = case.director().get(&case.path("/agreement")).await.ok();
    agreement.body["paper_check"].clone()
}

async fn check(app: &TestApp, number: &str, hash: &str) -> Answer {
    let hash = hash.replace(' ', "%20");
    let number = number.replace(' ', "%20");
    app.stranger().get(&format!("/api/v1/agreement-checks/{number}?hash={hash}")).await
}

fn text<'a>(paper: &'a Value, member: &str) -> &'a str {
    paper[member].as_str().unwrap_or_else(|| panic!("{paper}"))
}

async fn a_paper_is_checked_by_anybody(app: &TestApp) {
    let mut case = Case::at(app, Stage::Drafted).await;
    assert_eq!(printed(&case).await, Value::Null, "a draft has no paper");
    case.bring_to(Stage::Locked).await;
    let (paper, whole) = (printed(&case).await, case.text_hash().await);
    let (number, short) = (text(&paper, "number"), text(&paper, "short_hash"));
    assert_eq!(number.len(), 19, "{paper}");
    assert_eq!(short, &whole[..16]);
    let not_yet = check(app, number, short).await.ok();
    assert_eq!(not_yet.body, json!({ "result": "not_in_force" }));

    case.bring_to(Stage::Performing).await;
    let spaced = format!("{} {}", &short[..8], &short[8..]);
    for (number, hash) in [
        (number.to_owned(), short.to_owned()),
        (number.to_owned(), whole.clone()),
        (number.replace('-', "").to_lowercase(), whole.to_uppercase()),
        (number.replace('-', " "), spaced),
    ] {
        let found = check(app, &number, &hash).await.ok();
        assert_eq!(found.body, json!({ "result": "in_force" }), "{number} {hash}");
        assert_eq!(found.header("cache-control"), "no-store");
    }
    // Once it is filed away it is in force still.
    case.bring_to(Stage::Archived).await;
    assert_eq!(check(app, number, short).await.ok().body["result"], "in_force");
}

async fn whatever_is_wrong_is_answered_alike(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let earlier = printed(&case).await;
    let put = app.mediator().put(&case.path("/agreement")).if_match(case.version().await);
    put.json(&case.agreement()).await.ok();
    let mut case = case;
    case.continue_from(Stage::Drafted).bring_to(Stage::Performing).await;
    let paper = printed(&case).await;
    let (number, hash) = (text(&paper, "number"), text(&paper, "short_hash"));
    assert_ne!(number, text(&earlier, "number"), "each revision has its own");
    let other = Case::at(app, Stage::Performing).await;
    let others = printed(&other).await;
    let constant = check(app, "0000-0000-0000-0000", &"0".repeat(64)).await.ok();
    assert_eq!(constant.body, json!({ "result": "not_in_force" }));
    for (what, number, hash) in [
        ("superseded", text(&earlier, "number"), text(&earlier, "short_hash")),
        ("superseded, by the new text", text(&earlier, "number"), hash),
        ("another's hash", number, text(&others, "short_hash")),
        ("another's number", text(&others, "number"), hash),
        ("a hash too short", number, &hash[..15]),
        ("no hash", number, ""),
        ("no number", "x", hash),
    ] {
        let found = check(app, number, hash).await.ok();
        assert_eq!(found.text, constant.text, "{what}");
    }
    assert_eq!(check(app, number, hash).await.ok().body["result"], "in_force");
}

async fn the_page_says_the_same(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let paper = printed(&case).await;
    let address = text(&paper, "address");
    let (_, path) = address.split_once("/verify/").unwrap();
    let page = app.stranger().get(&format!("/verify/{path}")).await.ok();
    assert!(page.header("content-type").starts_with("text/html"), "{:?}", page.headers);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(page.text.contains("已经生效"), "{}", page.text);
    for hidden in ["健身", "陈", "工作站", text(&paper, "number"), text(&paper, "short_hash")]
    {
        assert!(!page.text.contains(hidden), "{hidden}: {}", page.text);
    }
    let wrong = app.stranger().get("/verify/0000-0000-0000-0000/0123456789abcdef").await.ok();
    assert!(wrong.text.contains("未查到"), "{}", wrong.text);
    let odd = app.stranger().get("/verify/%3Cb%3E/%3Cscript%3E").await.ok();
    assert_eq!(odd.text, wrong.text, "nothing of what was asked comes back");
    // It is no operation of the API.
    let document = app.stranger().get("/api/v1/openapi.json").await.ok();
    assert!(!document.text.contains("/verify"));
}
