//! Bad input gets a specific problem, never a 500 and never half a write. Each table is read
//! like the document: what is sent, and the status, code and place that are answered.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use huijie::entity::{audit_entry, case, event};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::harness::{Answer, PASSWORD, TestApp, on_both_databases};
use crate::stages::{Case, Stage, dispute};

on_both_databases!(
    a_body_that_is_not_json_is_refused,
    a_body_that_cannot_be_meant_is_refused_at_its_place,
    every_fault_is_named_at_once,
    strange_but_true_values_are_kept,
    a_thing_of_another_case_is_unknown,
    a_step_out_of_order_is_refused,
    a_write_without_its_version_is_refused,
    a_repeated_key_answers_what_was_answered_first,
    a_key_that_failed_can_be_used_again,
    a_key_is_a_key_only_for_its_owner,
    a_body_that_is_too_large_is_refused,
    an_address_that_is_not_there_is_refused,
    a_parameter_that_nobody_knows_is_refused,
    head_answers_as_get_without_a_body,
    a_token_that_is_not_ours_is_refused,
    a_session_that_has_ended_is_out_at_once,
    a_wrong_login_tells_nothing,
    refusals_speak_the_callers_language,
);

impl Answer {
    /// A problem that names its request, the same in body and header.
    #[track_caller]
    fn refused(self, status: u16, code: &str) -> Self {
        let answer = self.problem(status, code);
        let trace = answer.string("/trace_id");
        assert!(!trace.is_empty() && trace == answer.header("x-request-id"), "{}", answer.text);
        assert_eq!(answer.body["type"], format!("urn:huijie:problem:{code}"));
        for text in ["/title", "/detail"] {
            assert!(!answer.string(text).is_empty(), "{}", answer.text);
        }
        answer
    }

    /// One fault and no other.
    #[track_caller]
    fn at(self, pointer: &str, code: &str) -> Self {
        assert_eq!(self.faults(), [(pointer, code)], "{}", self.text);
        self
    }
}

/// How much there is: cases, audit entries, events.
async fn rows(app: &TestApp) -> [u64; 3] {
    let db = app.app.database.reader();
    [
        case::Entity::find().count(db).await.unwrap(),
        audit_entry::Entity::find().count(db).await.unwrap(),
        event::Entity::find().count(db).await.unwrap(),
    ]
}

async fn a_body_that_is_not_json_is_refused(app: &TestApp) {
    let clerk = app.clerk();
    clerk.get("/api/v1/me").await.ok();
    let before = rows(app).await;
    let json = "application/json";
    let deep = format!("{{\"title\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let huge = "{\"price_fen\":1e400}".to_owned();
    let table: &[(&str, Vec<u8>, u16, &str)] = &[
        (json, b"{".to_vec(), 400, "malformed_json"),
        (json, b"{\"title\":\"a\",}".to_vec(), 400, "malformed_json"),
        (json, b"{'title':'a'}".to_vec(), 400, "malformed_json"),
        (json, b"{} {}".to_vec(), 400, "malformed_json"),
        (json, b"\xff\xfe{\x00}\x00".to_vec(), 400, "malformed_json"),
        (json, b"{\"title\":\"\xff\"}".to_vec(), 400, "malformed_json"),
        (json, b"\xef\xbb\xbf{}".to_vec(), 400, "malformed_json"),
        (json, b"{\"title\":\"\\ud800\"}".to_vec(), 400, "malformed_json"),
        (json, deep.into_bytes(), 400, "malformed_json"),
        (json, huge.into_bytes(), 400, "malformed_json"),
        (json, b"{\"title\":\"a\",\"title\":\"b\"}".to_vec(), 400, "duplicate_member"),
        (
            json,
            b"{\"claims\":[{\"kind\":\"other\",\"kind\":\"repair\"}]}".to_vec(),
            400,
            "duplicate_member",
        ),
        (json, Vec::new(), 400, "empty_body"),
        (json, b" ".to_vec(), 400, "malformed_json"),
        ("text/plain", b"{}".to_vec(), 415, "unsupported_media_type"),
        ("application/xml", b"<case/>".to_vec(), 415, "unsupported_media_type"),
        ("application/json; charset=gbk", b"{}".to_vec(), 415, "unsupported_media_type"),
        ("application/merge-patch+json", b"{}".to_vec(), 415, "unsupported_media_type"),
        ("multipart/form-data; boundary=a", b"--a--".to_vec(), 415, "unsupported_media_type"),
        ("application/x-www-form-urlencoded", b"title=a".to_vec(), 415, "unsupported_media_type"),
    ];
    for (media_type, body, status, code) in table {
        let sent = clerk.post("/api/v1/cases").bytes(media_type, body.clone()).await;
        sent.refused(*status, code);
    }
    let unnamed = clerk.post("/api/v1/cases").bytes(json, "{}").without("content-type").await;
    unnamed.refused(415, "unsupported_media_type");
    let nothing = clerk.post("/api/v1/cases").await;
    nothing.refused(400, "empty_body");
    assert_eq!(rows(app).await, before, "nothing was written");
}

/// The dispute with one value put in at a JSON pointer; `null` takes the member away.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = dispute();
    let (place, member) = pointer.rsplit_once('/').expect("a pointer");
    let place = body.pointer_mut(place).expect("the place is there");
    match place {
        Value::Object(members) if value.is_null() => drop(members.remove(member)),
        Value::Object(members) => drop(members.insert(member.to_owned(), value)),
        other => panic!("{pointer} is not in an object: {other}"),
    }
    body
}

async fn a_body_that_cannot_be_meant_is_refused_at_its_place(app: &TestApp) {
    let clerk = app.clerk();
    clerk.get("/api/v1/me").await.ok();
    let before = rows(app).await;
    let (person, shop) = ("/parties/0", "/parties/1");
    let person_at = |member: &str| format!("{person}/{member}");
    let shop_at = |member: &str| format!("{shop}/{member}");
    let table: &[(&str, Value, &str)] = &[
        // Types.
        ("/title", json!(5), "wrong_type"),
        ("/title", json!(["a"]), "wrong_type"),
        ("/parties", json!({}), "wrong_type"),
        ("/prepaid_card", json!("yes"), "wrong_type"),
        ("/price_fen", json!("100"), "wrong_type"),
        ("/price_fen", json!(100.5), "wrong_type"),
        ("/office_id", json!("x"), "wrong_format"),
        ("/office_id", json!("{019ab000-0000-7000-8000-000000000001}"), "wrong_format"),
        // What must be there, and what must not.
        ("/title", Value::Null, "missing"),
        ("/category", Value::Null, "missing"),
        ("/status", json!("archived"), "unknown_member"),
        ("/id", json!(Uuid::nil()), "unknown_member"),
        ("/parties/0/minor", json!(true), "unknown_member"),
        ("/channel", json!("fax"), "not_in_list"),
        ("/channel", json!("WalkIn"), "not_in_list"),
        // Sizes and numbers.
        ("/title", json!(""), "too_short"),
        ("/title", json!("长".repeat(101)), "too_long"),
        ("/facts", json!("长".repeat(5001)), "too_long"),
        ("/external_number", json!("9".repeat(65)), "too_long"),
        ("/price_fen", json!(-1), "out_of_range"),
        ("/price_fen", json!(100_000_000_001_i64), "out_of_range"),
        ("/price_fen", json!(u64::MAX), "out_of_range"),
        ("/claims/0/amount_fen", json!(0), "out_of_range"),
        // Days and instants.
        ("/purchased_on", json!("2026-02-30"), "wrong_format"),
        ("/purchased_on", json!("2026-13-01"), "wrong_format"),
        ("/purchased_on", json!("01.03.2026"), "wrong_format"),
        ("/purchased_on", json!("2026-03-03"), "in_future"),
        ("/requested_at", json!("2026-03-02 09:00"), "wrong_format"),
        ("/requested_at", json!("2026-03-02T09:00:00"), "wrong_format"),
        ("/requested_at", json!("2026-03-02T25:00:00Z"), "wrong_format"),
        ("/requested_at", json!("2026-03-02T01:00:01Z"), "in_future"),
        ("/parties/0/born_on", json!("2025-02-29"), "wrong_format"),
        // What a database could not keep.
        ("/title", json!("a\0b"), "control_character"),
        ("/parties/0/name", json!("\0"), "control_character"),
        // Numbers with checksums.
        (&person_at("id_number"), json!("110105194912310021"), "wrong_checksum"),
        (&person_at("id_number"), json!("11010519491231002"), "wrong_length"),
        (&person_at("id_number"), json!("110105194913310021"), "impossible_birth_date"),
        (&person_at("id_number"), json!("1101051949123100AX"), "wrong_character"),
        (&person_at("id_number"), json!("110105203001010028"), "birth_date_in_future"),
        (&person_at("phone"), json!("12"), "wrong_length"),
        (&shop_at("credit_code"), json!("91350100M000100Y44"), "wrong_checksum"),
        (&shop_at("credit_code"), json!("91350100M000100Y4"), "wrong_length"),
        (&shop_at("credit_code"), json!("91350100M000100I43"), "wrong_character"),
        // What contradicts itself.
        (&person_at("name"), json!("  "), "blank"),
        (&person_at("identity_document"), Value::Null, "document_kind_missing"),
        (&person_at("born_on"), json!("1950-01-01"), "birth_date_differs"),
        (&person_at("credit_code"), json!("91350100M000100Y43"), "not_for_persons"),
        (&person_at("legal_representative"), json!("张三"), "not_for_persons"),
        (&shop_at("gender"), json!("male"), "not_for_organizations"),
        (&shop_at("born_on"), json!("2000-01-01"), "not_for_organizations"),
        ("/claims/0/amount_fen", Value::Null, "missing"),
    ];
    let mut wrong = Vec::new();
    for (pointer, value, code) in table {
        let answer = clerk.post("/api/v1/cases").json(&with(pointer, value.clone())).await;
        let answer = answer.refused(422, "invalid");
        if answer.faults() != [(*pointer, *code)] {
            wrong.push(format!("{pointer} {value}: {:?}, not {code}", answer.faults()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    let many = json!(vec![dispute()["parties"][0].clone(); 21]);
    let answer = clerk.post("/api/v1/cases").json(&with("/parties", many)).await;
    answer.refused(422, "invalid").at("/parties", "too_long");
    let elsewhere = app.other_clerk().get("/api/v1/me").await.ok().string("/office_id");
    let answer = clerk.post("/api/v1/cases").json(&with("/office_id", json!(elsewhere))).await;
    answer.refused(422, "invalid").at("/office_id", "not_your_office");
    let nowhere = with("/office_id", json!(Uuid::nil()));
    let answer = app.director().post("/api/v1/cases").json(&nowhere).await;
    answer.refused(422, "invalid").at("/office_id", "unknown_reference");
    for body in ["[]", "1", "\"text\"", "null"] {
        let answer = clerk.post("/api/v1/cases").bytes("application/json", body).await;
        answer.refused(422, "invalid").at("", "wrong_type");
    }
    assert_eq!(rows(app).await, before, "nothing was written");
}

async fn every_fault_is_named_at_once(app: &TestApp) {
    let mut body = with("/purchased_on", json!("2026-12-31"));
    body["requested_at"] = json!("2026-12-31T00:00:00Z");
    body["parties"][0]["id_number"] = json!("110105194912310021");
    body["parties"][1]["credit_code"] = json!("91350100M000100Y44");
    body["parties"][1]["gender"] = json!("female");
    body["claims"][0]["amount_fen"] = Value::Null;

    let answer = app.clerk().post("/api/v1/cases").json(&body).await.refused(422, "invalid");

    let mut faults = answer.faults();
    faults.sort_unstable();
    assert_eq!(
        faults,
        [
            ("/claims/0/amount_fen", "missing"),
            ("/parties/0/id_number", "wrong_checksum"),
            ("/parties/1/credit_code", "wrong_checksum"),
            ("/parties/1/gender", "not_for_organizations"),
            ("/purchased_on", "in_future"),
            ("/requested_at", "in_future"),
        ]
    );
}

async fn strange_but_true_values_are_kept(app: &TestApp) {
    let clerk = app.clerk();
    for (pointer, value) in [
        ("/requested_at", json!("2016-12-31T23:59:60Z")),
        ("/requested_at", json!("2026-03-01T09:30:00.123456789+08:00")),
        ("/requested_at", json!("0001-01-01T00:00:00Z")),
        ("/purchased_on", json!("0001-01-01")),
        ("/purchased_on", json!("2024-02-29")),
        ("/title", json!("'; DROP TABLE cases; --")),
        ("/title", json!("𠮷野家 👩‍👩‍👧 \u{202e}abc")),
        ("/facts", json!("长".repeat(5000))),
        ("/price_fen", json!(0)),
        ("/price_fen", json!(100_000_000_000_i64)),
    ] {
        let made = clerk.post("/api/v1/cases").json(&with(pointer, value.clone())).await.created();
        let mut read = clerk.get(&format!("/api/v1/cases/{}", made.id())).await.ok().body;
        if pointer != "/requested_at" {
            assert_eq!(read.pointer(pointer), Some(&value), "{pointer}");
        }
        // PostgreSQL keeps microseconds and knows no leap seconds.
        read["requested_at"] = made.body["requested_at"].clone();
        assert_eq!(read, made.body, "{pointer} {value}: what was answered is what is kept");
    }
}

async fn a_thing_of_another_case_is_unknown(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let other = Case::at(app, Stage::Mediating).await;
    let director = app.director();
    let said = json!({
        "party_id": other.applicant, "subject": "mediation", "decision": "given",
        "declared_at": case.now(), "manner": "phone",
    });
    let answer = case.try_write(&director, &case.path("/consents"), &said).await;
    answer.refused(422, "invalid").at("/party_id", "unknown_reference");

    let mut draft = case.agreement();
    draft["terms"][1]["obligor_id"] = json!(other.respondent);
    let put = app.mediator().put(&case.path("/agreement")).if_match(case.version().await);
    let answer = put.json(&draft).await;
    answer.refused(422, "invalid").at("/terms/1/obligor_id", "unknown_reference");

    let party = format!("/parties/{}", other.applicant);
    let put = director.put(&case.path(&party)).if_match(case.version().await);
    put.json(&dispute()["parties"][0]).await.refused(404, "not_found");
    let claim = director.get(&other.path("/claims")).await.uuid("/0/id");
    let delete = director.delete(&case.path(&format!("/claims/{claim}")));
    delete.if_match(case.version().await).await.refused(404, "not_found");
}

async fn a_step_out_of_order_is_refused(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let director = app.director();
    let hearing = json!({
        "mode": "phone", "starts_at": "2026-03-09T02:00:00Z", "ends_at": "2026-03-09T03:00:00Z",
    });
    let filed = json!({ "retention": "ten_years", "page_count": 3 });
    let revisit = json!({ "visited_at": case.now(), "manner": "phone", "findings": "无。" });
    let seal = case.seal().await;
    let before = rows(app).await;
    for (rest, body) in [
        ("/mediation-start", &Value::Null),
        ("/hearings", &hearing),
        ("/agreement/lock", &Value::Null),
        ("/agreement/seal", &seal),
        ("/closure", &Value::Null),
        ("/archive", &filed),
        ("/revisits", &revisit),
    ] {
        let answer = case.try_write(&director, &case.path(rest), body).await;
        answer.refused(409, "wrong_status").at("", "wrong_status");
    }
    assert_eq!(rows(app).await, before, "nothing was written");
    case.post(&director, "/acceptance", &Value::Null).await;
    let again = case.try_write(&director, &case.path("/acceptance"), &Value::Null).await;
    again.refused(409, "wrong_status");
}

async fn a_write_without_its_version_is_refused(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    let path = case.path("/acceptance");
    let version: i64 = case.version().await.parse().unwrap();
    clerk.post(&path).await.refused(428, "version_required");
    for stale in [version - 1, version + 1, 0, i64::MAX] {
        clerk.post(&path).if_match(stale).await.refused(412, "stale");
    }
    for bad in
        ["*", "1", "W/\"1\"", "\"\"", "\"x\"", "\"-1\"", "\"1\", \"2\"", "\"99999999999999999999\""]
    {
        clerk.post(&path).header("if-match", bad).await.refused(400, "invalid_if_match");
    }
    // The same version serves once: who comes second reads again.
    let claim = json!({ "kind": "apology", "description": "赔礼道歉。" });
    let claims = case.path("/claims");
    clerk.post(&claims).if_match(version).json(&claim).await.created();
    clerk.post(&claims).if_match(version).json(&claim).await.refused(412, "stale");
    clerk.post(&path).if_match(version + 1).await.created();

    let office = app.admin().get("/api/v1/offices").await.ok().string("/items/0/id");
    let office = format!("/api/v1/offices/{office}");
    let name = json!({ "name": "徐家汇工作站" });
    app.admin().patch(&office).json(&name).await.refused(428, "version_required");
    app.admin().patch(&office).if_match(7).json(&name).await.refused(412, "stale");
}

async fn a_repeated_key_answers_what_was_answered_first(app: &TestApp) {
    let clerk = app.clerk();
    let body = dispute();
    let first = clerk.post("/api/v1/cases").idempotency_key("k-1").json(&body).await.created();
    let before = rows(app).await;

    let again = clerk.post("/api/v1/cases").idempotency_key("k-1").json(&body).await.created();

    assert_eq!(again.text, first.text);
    for name in ["location", "etag", "content-type"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(rows(app).await, before, "nothing was written twice");

    // Another body, another address, another version of the same wish: another request.
    let other = with("/title", json!("另一件"));
    let answer = clerk.post("/api/v1/cases").idempotency_key("k-1").json(&other).await;
    answer.refused(422, "idempotency_key_reused");
    let path = format!("/api/v1/cases/{}/acceptance", first.id());
    let answer = clerk.post(&path).idempotency_key("k-1").if_match(1).await;
    answer.refused(422, "idempotency_key_reused");
    assert_eq!(rows(app).await, before, "nothing was written");

    // A step that was taken is not refused as stale when the answer got lost.
    let accepted = clerk.post(&path).idempotency_key("k-2").if_match(1).await.created();
    let again = clerk.post(&path).idempotency_key("k-2").if_match(1).await.created();
    assert_eq!(again.text, accepted.text);

    for bad in ["", "a b", &"x".repeat(256)] {
        let answer = clerk.post("/api/v1/cases").idempotency_key(bad).json(&body).await;
        answer.refused(400, "invalid_idempotency_key");
    }
}

async fn a_key_that_failed_can_be_used_again(app: &TestApp) {
    let clerk = app.clerk();
    let case = Case::at(app, Stage::Registered).await;
    let path = case.path("/acceptance");
    clerk.post(&path).idempotency_key("k").if_match(7).await.refused(412, "stale");
    clerk.post(&path).idempotency_key("k").if_match(1).await.created();
}

async fn a_key_is_a_key_only_for_its_owner(app: &TestApp) {
    let body = dispute();
    let mine = app.clerk().post("/api/v1/cases").idempotency_key("k").json(&body).await.created();
    let other = app.director().post("/api/v1/cases").idempotency_key("k").json(&body).await;
    assert_ne!(mine.id(), other.created().id());
}

/// Sent by hand: a client that is told "too large" while it still sends may miss the answer.
async fn a_body_that_is_too_large_is_refused(app: &TestApp) {
    let token = app.clerk().token().await.unwrap();
    let head = |more: &str| {
        format!(
            "POST /api/v1/cases HTTP/1.1\r\nHost: station\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\n{more}\r\n"
        )
    };
    let limit = usize::try_from(app.app.settings.body_limit).unwrap();
    let announced = head(&format!("Content-Length: {}\r\n", limit + 1));
    // One byte too much, in a chunk that never ends.
    let chunked = head("Transfer-Encoding: chunked\r\n");
    let chunk = format!("{:x}\r\n{}", limit + 16, " ".repeat(limit + 1));
    for bytes in [announced.into_bytes(), [chunked, chunk].concat().into_bytes()] {
        let answer = by_hand(app, bytes).await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        assert!(head.starts_with("HTTP/1.1 413 "), "{head}");
        let head = head.to_ascii_lowercase();
        assert!(head.contains("content-type: application/problem+json"), "{head}");
        let (begin, end) = (body.find('{').unwrap(), body.rfind('}').unwrap());
        let body: Value = serde_json::from_str(&body[begin..=end]).unwrap();
        assert_eq!(body["code"], "too_large");
        let trace = body["trace_id"].as_str().unwrap();
        assert!(head.contains(&format!("x-request-id: {trace}")), "{head}");
    }
    // What just fits is read, and found to be no case.
    let filler = " ".repeat(limit - 2);
    let fits = app.clerk().post("/api/v1/cases").bytes("application/json", format!("{{{filler}}}"));
    fits.await.refused(422, "invalid");
}

async fn by_hand(app: &TestApp, bytes: Vec<u8>) -> String {
    let address = app.address().trim_start_matches("http://").to_owned();
    let exchange = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(&bytes).unwrap();
        let mut answer = Vec::new();
        // The end of the connection may be rough: the body was not read to its end.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    });
    exchange.await.unwrap()
}

async fn an_address_that_is_not_there_is_refused(app: &TestApp) {
    let clerk = app.clerk();
    for path in
        ["/", "/api", "/api/v1", "/api/v1/", "/api/v2/cases", "/api/v1/nothing", "/api/v1/cases/"]
    {
        clerk.get(path).await.refused(404, "no_such_route");
    }
    clerk
        .get("/api/v1/cases/7")
        .await
        .refused(400, "invalid_parameter")
        .at("?case_id", "wrong_type");
    clerk.get("/api/v1/cases/%00").await.refused(400, "control_character");
    let nil = Uuid::nil();
    clerk.get(&format!("/api/v1/cases/{nil}")).await.refused(404, "not_found");
    clerk
        .get("/api/v1/code-lists/colors")
        .await
        .refused(400, "invalid_parameter")
        .at("?name", "wrong_type");
    for (method, path, allow) in [
        (Method::DELETE, "/api/v1/cases".to_owned(), "GET, HEAD, POST"),
        (Method::PUT, format!("/api/v1/cases/{nil}"), "GET, HEAD, PATCH"),
        (Method::GET, "/api/v1/auth/login".to_owned(), "POST"),
        (Method::PATCH, format!("/api/v1/cases/{nil}/agreement"), "GET, HEAD, PUT"),
    ] {
        let answer = clerk.send(method, &path).await.refused(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), allow, "{path}");
    }
}

async fn a_parameter_that_nobody_knows_is_refused(app: &TestApp) {
    let clerk = app.clerk();
    let unknown =
        |answer: Answer, name: &str| answer.refused(422, "invalid").at(name, "unknown_parameter");
    unknown(clerk.get("/api/v1/cases?offset=3").await, "?offset");
    unknown(clerk.get("/api/v1/cases?Status=closed").await, "?Status");
    unknown(clerk.get("/api/v1/me?verbose=1").await, "?verbose");
    unknown(app.stranger().post("/api/v1/auth/login?next=x").json(&json!({})).await, "?next");
    for (query, name, code) in [
        ("limit=x", "?limit", "wrong_type"),
        ("limit=-1", "?limit", "wrong_type"),
        ("limit=18446744073709551616", "?limit", "wrong_type"),
        ("status=lost", "?status", "wrong_type"),
        ("office_id=7", "?office_id", "wrong_type"),
    ] {
        let answer = clerk.get(&format!("/api/v1/cases?{query}")).await;
        answer.refused(400, "invalid_parameter").at(name, code);
    }
    for (list, who) in [
        ("/api/v1/cases", &clerk),
        ("/api/v1/hearings", &clerk),
        ("/api/v1/offices", &clerk),
        ("/api/v1/mediators", &clerk),
        ("/api/v1/users", &app.admin()),
        ("/api/v1/audit", &app.auditor()),
    ] {
        for limit in [0, 201] {
            let answer = who.get(&format!("{list}?limit={limit}")).await;
            answer.refused(422, "invalid").at("?limit", "out_of_range");
        }
        // Not ours, not decodable, of another list.
        let foreign = URL_SAFE_NO_PAD.encode("{\"page\":2}");
        for cursor in ["x", "%F0%9F%98%80", "AAAA", &foreign] {
            let answer = who.get(&format!("{list}?cursor={cursor}")).await;
            answer.refused(422, "invalid").at("?cursor", "bad_cursor");
        }
        who.get(&format!("{list}?limit=200")).await.ok();
    }
}

async fn head_answers_as_get_without_a_body(app: &TestApp) {
    for (path, status) in
        [("/api/v1/me", 200), ("/api/v1/cases", 200), ("/api/v1/nothing", 404), ("/health", 200)]
    {
        let answer = app.clerk().send(Method::HEAD, path).await.status(status);
        assert_eq!(answer.text, "", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    app.stranger().send(Method::HEAD, "/api/v1/me").await.status(401);
}

/// A token cut into its parts, which can be put together otherwise.
struct Cut {
    header: Value,
    claims: Value,
    signature: String,
}

impl Cut {
    fn of(token: &str) -> Self {
        let parts: Vec<&str> = token.split('.').collect();
        let json =
            |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let signature = parts[2].to_owned();
        Self { header: json(parts[0]), claims: json(parts[1]), signature }
    }

    fn head(&self) -> String {
        let part = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    fn with_signature(&self, signature: &str) -> String {
        format!("{}.{signature}", self.head())
    }

    /// Signed with the public key as if it were a shared secret.
    fn with_hmac(&self, secret: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(self.head().as_bytes());
        self.with_signature(&URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }
}

async fn a_token_that_is_not_ours_is_refused(app: &TestApp) {
    let real = app.clerk().token().await.unwrap();
    app.bearer(&real).get("/api/v1/me").await.ok();
    let jwks = app.stranger().get("/.well-known/jwks.json").await.ok();
    let published = &jwks.body["keys"][0];
    let point: Vec<u8> = ["x", "y"]
        .iter()
        .flat_map(|it| URL_SAFE_NO_PAD.decode(published[*it].as_str().unwrap()).unwrap())
        .collect();

    let mut forged = vec![
        String::new(),
        "x".to_owned(),
        real[..real.len() - 1].to_owned(),
        format!("{real}A"),
        real.replace('.', ""),
        "a".repeat(5000),
    ];
    let cut = || Cut::of(&real);
    // Somebody else's name over the same signature.
    let mut other = cut();
    other.claims["sub"] = json!(app.admin().user_id().await);
    forged.push(other.with_signature(&other.signature));
    let mut longer = cut();
    longer.claims["exp"] = json!(4_000_000_000_i64);
    forged.push(longer.with_signature(&longer.signature));
    // Without any signature.
    for algorithm in ["none", "None", "NONE", ""] {
        let mut none = cut();
        none.header["alg"] = json!(algorithm);
        forged.push(none.with_signature(""));
        forged.push(none.with_signature(&none.signature));
    }
    // The public key as a shared secret, in every way somebody may write it.
    let uncompressed = [&[0x04][..], &point].concat();
    let jwk = published.to_string().into_bytes();
    for algorithm in ["HS256", "ES256"] {
        for secret in [&point, &uncompressed, &jwk] {
            let mut shared = cut();
            shared.header["alg"] = json!(algorithm);
            forged.push(shared.with_hmac(secret));
        }
    }
    // A key of one's own under our name, under its own name, and brought along.
    let own = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let own = EncodingKey::from_ec_der(own.to_pkcs8v1().unwrap().as_ref());
    let sign =
        |header: Header, claims: &Value| jsonwebtoken::encode(&header, claims, &own).unwrap();
    let claims = cut().claims;
    for kid in [published["kid"].as_str().unwrap(), "ours"] {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        forged.push(sign(header, &claims));
    }
    forged.push(sign(Header::new(Algorithm::ES256), &claims));
    let mut unnamed = cut();
    unnamed.header.as_object_mut().unwrap().remove("kid");
    forged.push(unnamed.with_signature(&unnamed.signature));

    for token in forged {
        let answer = app.bearer(&token).get("/api/v1/me").await;
        let code = if token.is_empty() { "no_token" } else { "invalid_token" };
        let answer = if answer.body["code"] == "no_token" && token.is_empty() {
            answer
        } else {
            answer.refused(401, code)
        };
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{token}");
    }
    for scheme in ["Basic", "Token", "bearer:"] {
        let answer =
            app.stranger().get("/api/v1/me").header("authorization", format!("{scheme} {real}"));
        answer.await.refused(401, "no_token");
    }
    // Claims that are right but not signed by us for this.
    app.pass(TimeDelta::minutes(15));
    let answer = app.bearer(&real).get("/api/v1/me").await.refused(401, "expired_token");
    assert!(answer.header("www-authenticate").contains("invalid_token"));
}

async fn log_in(app: &TestApp, username: &str) -> Answer {
    let credentials = json!({ "username": username, "password": PASSWORD });
    app.stranger().post("/api/v1/auth/login").json(&credentials).await
}

async fn a_session_that_has_ended_is_out_at_once(app: &TestApp) {
    let admin = app.admin();
    let pair = log_in(app, "clerk").await.ok();
    let token = pair.string("/access_token");
    let refresh = json!({ "refresh_token": pair.string("/refresh_token") });
    let me = app.bearer(&token).get("/api/v1/me").await.ok().id();

    // Logged out: neither token is worth anything.
    app.bearer(&token).post("/api/v1/auth/logout").await.no_content();
    app.bearer(&token).get("/api/v1/me").await.refused(401, "session_ended");
    let answer = app.stranger().post("/api/v1/auth/refresh").json(&refresh).await;
    answer.refused(401, "invalid_refresh_token");

    // A refresh token works once; when it comes again the whole family goes.
    let pair = log_in(app, "clerk").await.ok();
    let refresh = json!({ "refresh_token": pair.string("/refresh_token") });
    let renewed = app.stranger().post("/api/v1/auth/refresh").json(&refresh).await.ok();
    let renewed = renewed.string("/access_token");
    app.bearer(&renewed).get("/api/v1/me").await.ok();
    let answer = app.stranger().post("/api/v1/auth/refresh").json(&refresh).await;
    answer.refused(401, "invalid_refresh_token");
    app.bearer(&renewed).get("/api/v1/me").await.refused(401, "session_ended");

    // Disabled: out with the next request, and not in again.
    let token = log_in(app, "clerk").await.ok().string("/access_token");
    let user = format!("/api/v1/users/{me}");
    let version = admin.get(&user).await.ok().version();
    admin.post(&format!("{user}/disabling")).if_match(version).await.ok();
    app.bearer(&token).get("/api/v1/me").await.refused(401, "session_ended");
    log_in(app, "clerk").await.refused(401, "wrong_credentials");
    let version = admin.get(&user).await.ok().version();
    admin.post(&format!("{user}/enabling")).if_match(version).await.ok();
    app.bearer(&token).get("/api/v1/me").await.refused(401, "session_ended");
    log_in(app, "clerk").await.ok();
}

async fn a_wrong_login_tells_nothing(app: &TestApp) {
    let attempt = |username: &str, password: &str| {
        let credentials = json!({ "username": username, "password": password });
        app.stranger().post("/api/v1/auth/login").json(&credentials)
    };
    let nobody = attempt("nobody", "x").await.refused(401, "wrong_credentials");
    for _ in 0..5 {
        let wrong = attempt("clerk", "x").await.refused(401, "wrong_credentials");
        assert_eq!(wrong.body["detail"], nobody.body["detail"]);
    }
    // Locked, also for the right password, until time has passed.
    let locked = attempt("clerk", PASSWORD).await.refused(429, "locked");
    assert_eq!(locked.header("retry-after"), "900");
    app.pass(TimeDelta::minutes(15));
    attempt("clerk", PASSWORD).await.ok();
    let weak = json!({ "current_password": PASSWORD, "new_password": "clerkclerk" });
    let answer = app.clerk().post("/api/v1/me/password").json(&weak).await.refused(422, "invalid");
    assert_eq!(
        answer.faults(),
        [
            ("/new_password", "password_too_simple"),
            ("/new_password", "password_contains_user_name"),
        ]
    );
}

async fn refusals_speak_the_callers_language(app: &TestApp) {
    let is_chinese = |text: &str| text.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
    let case = Case::at(app, Stage::Accepted).await;
    let version = case.version().await;
    for (tag, content_language, chinese) in [
        ("", "zh-CN", true),
        ("zh", "zh-CN", true),
        ("fr", "zh-CN", true),
        ("en", "en", false),
        ("en-US,zh;q=0.5", "en", false),
    ] {
        let director = app.director();
        let answers = [
            director
                .post(&case.path("/mediation-start"))
                .if_match(&version)
                .language(tag)
                .await
                .refused(409, "step_refused"),
            director.get("/nowhere").language(tag).await.refused(404, "no_such_route"),
            director.delete("/api/v1/cases").language(tag).await.refused(405, "method_not_allowed"),
            director
                .post("/api/v1/cases")
                .json(&json!({}))
                .language(tag)
                .await
                .refused(422, "invalid"),
            director.get("/api/v1/cases?limit=0").language(tag).await.refused(422, "invalid"),
            app.stranger().get("/api/v1/me").language(tag).await.refused(401, "no_token"),
        ];
        for answer in answers {
            assert_eq!(answer.header("content-language"), content_language, "{}", answer.text);
            let mut texts = vec![answer.string("/title"), answer.string("/detail")];
            for list in ["errors", "law"] {
                let members = answer.body[list].as_array().unwrap().iter();
                let said = members.map(|it| it.get("detail").or(it.get("citation")));
                texts.extend(said.flatten().map(|it| it.as_str().unwrap().to_owned()));
            }
            for text in texts {
                assert_eq!(is_chinese(&text), chinese, "{tag}: {text}");
            }
        }
    }
}
