//! Signing by a code that comes to a phone: who is sent one, what it is good for, and how the
//! message leaves; with a gateway on this machine.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use huijie::entity;
use huijie::messages::{Carried, carry, reseal};
use huijie::settings::MessageGateway;
use sea_orm::{ConnectionTrait as _, EntityTrait as _, Statement};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    a_code_comes_to_a_phone_and_signs_once,
    wrong_tries_are_counted_and_so_are_codes,
    a_code_is_of_its_time_its_text_and_its_person,
    nobody_is_sent_a_code_in_vain,
    a_message_is_tried_until_it_is_taken_or_over,
    several_processes_send_a_message_once,
    a_message_that_waits_is_sealed_again_with_a_new_key,
);

/// What the gateway was sent.
#[derive(Debug, Clone)]
struct Received {
    token: String,
    key: String,
    body: Value,
}

/// A gateway that keeps what it is sent and answers what it is told to.
struct Gateway {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
    status: Arc<Mutex<u16>>,
}

impl Gateway {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/messages", listener.local_addr().unwrap());
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let status = Arc::new(Mutex::new(202));
        let (keeps, answers) = (Arc::clone(&received), Arc::clone(&status));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let message = answered(stream, &answers).await;
                keeps.lock().unwrap().push(message);
            }
        });
        Self { url, received, status }
    }

    fn answer(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The code of the last message.
    fn code(&self) -> String {
        let received = self.received();
        let text = received.last().expect("a message").body["text"].as_str().unwrap().to_owned();
        let (_, rest) = text.split_once("签署码 ").expect("the code is named");
        rest.chars().take(6).collect()
    }

    fn place(&self) -> MessageGateway {
        MessageGateway { url: self.url.clone(), token: Some("the gateway's token".into()) }
    }
}

/// Reads one request and answers it.
async fn answered(stream: TcpStream, status: &Mutex<u16>) -> Received {
    let mut stream = BufReader::new(stream);
    let (mut token, mut key, mut length) = (String::new(), String::new(), 0);
    let mut first = true;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if std::mem::take(&mut first) {
            assert!(line.starts_with("POST /messages "), "{line}");
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => token = value.to_owned(),
            "idempotency-key" => key = value.to_owned(),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let status = *status.lock().unwrap();
    let answer = format!("HTTP/1.1 {status} -\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
    Received { token, key, body: serde_json::from_slice(&body).unwrap() }
}

/// A station with this gateway, on a database of the same kind.
async fn station(app: &TestApp, gateway: &Gateway) -> TestApp {
    app.another(|it| it.message_gateway = Some(gateway.place())).await
}

async fn ask(case: &Case<'_>, party: Uuid, agent: Option<Uuid>) -> Answer {
    let mut body = json!({ "party_id": party });
    if let Some(agent) = agent {
        body["agent_id"] = json!(agent);
    }
    case.try_write(&case.presiding(), &case.path("/agreement/signing-codes"), &body).await
}

async fn tell(case: &Case<'_>, party: Uuid, agent: Option<Uuid>, code: &str) -> Answer {
    let mut body = json!({
        "signer": "party", "party_id": party, "method": "phone_code", "place": "本人手机",
        "text_hash": case.text_hash().await, "code": code,
    });
    if let Some(agent) = agent {
        body["agent_id"] = json!(agent);
    }
    case.try_write(&case.presiding(), &case.path("/agreement/signatures"), &body).await
}

async fn carried(app: &TestApp) -> Carried {
    carry(&app.app).await.unwrap().expect("no other process carries")
}

fn sent(count: u64) -> Carried {
    Carried { sent: count, ..Carried::default() }
}

/// A code like no other.
fn other_than(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

/// Everything that is kept of messages and codes, of what happened, and of answers to repeats.
async fn everything_kept(app: &TestApp) -> String {
    let db = app.app.database.reader();
    let rows = (
        entity::signing_code::Entity::find().all(db).await.unwrap(),
        entity::outgoing_message::Entity::find().all(db).await.unwrap(),
        entity::event::Entity::find().all(db).await.unwrap(),
        entity::audit_entry::Entity::find().all(db).await.unwrap(),
        entity::signature::Entity::find().all(db).await.unwrap(),
    );
    format!("{rows:?}")
}

async fn a_code_comes_to_a_phone_and_signs_once(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let case = Case::at(app, Stage::Locked).await;
    let made = ask(&case, case.applicant, None).await.created();
    assert_eq!(made.body["number"], "138****8000");
    assert_eq!(made.body["text_hash"], json!(case.text_hash().await));
    let expires: chrono::DateTime<chrono::Utc> = made.string("/expires_at").parse().unwrap();
    assert_eq!(expires - case.now(), TimeDelta::minutes(10));
    let waiting = entity::outgoing_message::Entity::find().all(app.app.database.reader()).await;
    assert!(waiting.unwrap()[0].sealed_text.is_some());

    assert_eq!(carried(app).await, sent(1));
    let [message] = &gateway.received()[..] else { panic!("one message") };
    assert_eq!(message.token, "Bearer the gateway's token");
    assert_eq!(message.body["id"], made.body["message_id"]);
    assert_eq!(message.key, made.string("/message_id"));
    assert_eq!(message.body["to"], "13816168000");
    let text = message.body["text"].as_str().unwrap();
    let short = &case.text_hash().await[..16];
    assert!(text.contains(short) && text.contains("10分钟"), "{text}");
    assert_eq!(message.body.as_object().unwrap().len(), 3);
    assert_eq!(carried(app).await, Carried::default(), "it is sent once");

    let code = gateway.code();
    // Nothing of the content is left, and the code never stood anywhere else.
    let kept = everything_kept(app).await;
    assert!(!kept.contains(&code) && !kept.contains("13816168000"), "{kept}");
    assert!(!made.text.contains(&code));
    let message = entity::outgoing_message::Entity::find().one(app.app.database.reader()).await;
    let message = message.unwrap().unwrap();
    assert_eq!((message.sealed_text, message.sealed_number), (None, None));
    assert!(message.sent_at.is_some() && message.attempts == 1);

    let signed = tell(&case, case.applicant, None, &code).await.created();
    assert_eq!(signed.body["signatures"][0]["method"], "phone_code");
    assert!(!signed.text.contains(&format!("\"{code}\"")), "{}", signed.text);
    tell(&case, case.applicant, None, &code).await.problem(409, "already_signed");
    let timeline = app.clerk().get(&case.path("/timeline")).await.ok();
    let kinds: Vec<&Value> =
        timeline.body["items"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds[..3], ["agreement.signed", "message.sent", "signing_code.sent"]);
    assert!(!everything_kept(app).await.contains(&format!("\"{code}\"")));
}

async fn wrong_tries_are_counted_and_so_are_codes(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let case = Case::at(app, Stage::Locked).await;
    tell(&case, case.applicant, None, "123456").await.problem(409, "no_signing_code");
    ask(&case, case.applicant, None).await.created();
    carried(app).await;
    let code = gateway.code();
    let wrong = other_than(&code);
    let version = case.version().await;
    // One key for a wrong try and the right one after it: a refusal is no answer to repeat.
    for left in (0..5).rev() {
        let refused = tell(&case, case.applicant, None, &wrong).await.problem(409, "code_wrong");
        assert!(refused.body["detail"].as_str().unwrap().contains(&format!("{left}次")));
        assert_eq!(refused.body["law"][0]["code"], "ESL-13");
    }
    assert_eq!(case.version().await, version, "a wrong try changes nothing of the case");
    tell(&case, case.applicant, None, &code).await.problem(409, "code_spent");
    let timeline = app.clerk().get(&case.path("/timeline")).await.ok();
    let mistaken = |it: &&Value| it["kind"] == "signing_code.mistaken";
    let counted = timeline.body["items"].as_array().unwrap().iter().filter(mistaken).count();
    assert_eq!(counted, 5);
    let audit = app.director().get(&case.path("/audit")).await.ok();
    assert_eq!(audit.body["items"][0]["action"], "sign_agreement_refused");

    // Another code; the earlier one is nothing any more.
    ask(&case, case.applicant, None).await.created();
    carried(app).await;
    ask(&case, case.applicant, None).await.created();
    let refused = ask(&case, case.applicant, None).await.problem(409, "too_many_codes");
    assert!(refused.body["detail"].as_str().unwrap().contains("60分钟"), "{}", refused.text);
    let second = gateway.code();
    carried(app).await;
    let third = gateway.code();
    if second != third {
        tell(&case, case.applicant, None, &second).await.problem(409, "code_wrong");
    }
    // With one key: the wrong try was refused, so the right one is no repeat of it.
    let mut body = json!({
        "signer": "party", "party_id": case.applicant, "method": "phone_code",
        "place": "本人手机", "text_hash": case.text_hash().await, "code": other_than(&third),
    });
    let (mediator, version) = (case.presiding(), case.version().await);
    let path = case.path("/agreement/signatures");
    let send =
        |body: &Value| mediator.post(&path).idempotency_key("one").if_match(&version).json(body);
    send(&body).await.problem(409, "code_wrong");
    body["code"] = json!(third);
    send(&body).await.created();
    send(&body).await.created();

    // An hour later there are others.
    let other = Case::at(app, Stage::Locked).await;
    for _ in 0..3 {
        ask(&other, other.applicant, None).await.created();
    }
    ask(&other, other.applicant, None).await.problem(409, "too_many_codes");
    app.pass(TimeDelta::hours(1));
    ask(&other, other.applicant, None).await.created();
}

/// The shop's lawyer, with power to settle and a phone.
async fn lawyer(case: &Case<'_>, phone: Option<&str>) -> Uuid {
    let mut agent = json!({
        "kind": "lawyer", "power": "settlement", "name": "李国栋", "mandate_scope": "代为和解。",
        "mandate_seen": true,
    });
    if let Some(phone) = phone {
        agent["phone"] = phone.into();
    }
    let path = format!("/parties/{}/agents", case.respondent);
    case.post(&case.director(), &path, &agent).await.created().id()
}

async fn a_code_is_of_its_time_its_text_and_its_person(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let mut case = Case::at(app, Stage::Registered).await;
    let agent = lawyer(&case, Some("139 0123 9876")).await;
    case.bring_to(Stage::Locked).await;

    ask(&case, case.applicant, None).await.created();
    carried(app).await;
    let code = gateway.code();
    app.pass(TimeDelta::minutes(10));
    tell(&case, case.applicant, None, &code).await.problem(409, "code_expired");

    // The lawyer's own phone, the lawyer's own hand.
    ask(&case, case.respondent, Some(agent)).await.created();
    carried(app).await;
    assert_eq!(gateway.received().last().unwrap().body["to"], "13901239876");
    let of_lawyer = gateway.code();
    tell(&case, case.respondent, None, &of_lawyer).await.problem(409, "code_of_another_person");
    tell(&case, case.applicant, None, &of_lawyer).await.problem(409, "code_expired");
    let mut at = json!({
        "signer": "party", "party_id": case.respondent, "agent_id": agent, "place": "律师手机",
        "method": "phone_code", "text_hash": case.text_hash().await, "code": of_lawyer,
        "signed_at": case.now(),
    });
    let path = case.path("/agreement/signatures");
    let refused = case.try_write(&case.presiding(), &path, &at).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/signed_at", "not_for_this_method")]);
    at.as_object_mut().unwrap().remove("signed_at");
    at.as_object_mut().unwrap().remove("code");
    let refused = case.try_write(&case.presiding(), &path, &at).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/code", "missing")]);

    // Another text asks for another code.
    let put = app.mediator().put(&case.path("/agreement")).if_match(case.version().await);
    put.json(&case.agreement()).await.ok();
    ask(&case, case.respondent, Some(agent)).await.problem(409, "agreement_not_locked");
    case.continue_from(Stage::Drafted).bring_to(Stage::Locked).await;
    let refused = tell(&case, case.respondent, Some(agent), &of_lawyer).await;
    refused.problem(409, "code_of_another_text");
    ask(&case, case.respondent, Some(agent)).await.created();
    carried(app).await;
    tell(&case, case.respondent, Some(agent), &gateway.code()).await.created();
}

async fn nobody_is_sent_a_code_in_vain(app: &TestApp) {
    let mut case = Case::at(app, Stage::Registered).await;
    let agent = lawyer(&case, None).await;
    case.bring_to(Stage::Locked).await;
    let silent = ask(&case, case.respondent, Some(agent)).await;
    silent.problem(409, "no_phone_number");
    ask(&case, case.respondent, None).await.problem(409, "no_mobile_number");
    let stranger = ask(&case, Uuid::nil(), None).await.problem(422, "invalid");
    assert_eq!(stranger.faults(), [("/party_id", "unknown_reference")]);
    let body = json!({ "party_id": case.applicant });
    let path = case.path("/agreement/signing-codes");
    app.clerk().post(&path).if_match(1).json(&body).await.problem(403, "forbidden");
    app.mediator().post(&path).if_match(1).json(&body).await.problem(412, "stale");
    let none = entity::outgoing_message::Entity::find().all(app.app.database.reader()).await;
    assert!(none.unwrap().is_empty());

    // Without a gateway it is said which setting is missing, and how else one signs.
    let bare = app.another(|it| it.message_gateway = None).await;
    let case = Case::at(&bare, Stage::Locked).await;
    let refused = ask(&case, case.applicant, None).await.problem(409, "no_message_gateway");
    let detail = refused.string("/detail");
    for named in ["HUIJIE_MESSAGE_GATEWAY", "pen", "stamp", "fingerprint", "tablet"] {
        assert!(detail.contains(named), "{detail}");
    }
    let told = bare.mediator().get(&case.path("/next-actions")).await.ok();
    let actions = told.body["actions"].as_array().unwrap();
    let listed = actions.iter().find(|it| it["action"] == "send_signing_code").unwrap();
    assert_eq!(listed["possible"], false, "{listed}");
    assert_eq!(listed["missing"][0]["code"], "no_message_gateway");
    assert_eq!(listed["missing"][0]["mended_by"], json!(["sign_agreement"]));
    bare.stop().await;
}

async fn a_message_is_tried_until_it_is_taken_or_over(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let case = Case::at(app, Stage::Locked).await;
    gateway.answer(503);
    ask(&case, case.applicant, None).await.created();
    let failed = Carried { failed: 1, ..Carried::default() };
    assert_eq!(carried(app).await, failed);
    assert_eq!(carried(app).await, Carried::default(), "not at once again");
    app.pass(TimeDelta::seconds(5));
    assert_eq!(carried(app).await, failed);
    app.pass(TimeDelta::seconds(5));
    assert_eq!(carried(app).await, Carried::default(), "the pause grows");
    app.pass(TimeDelta::seconds(5));
    gateway.answer(200);
    assert_eq!(carried(app).await, sent(1));
    let all = gateway.received();
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|it| it.key == all[0].key && it.body == all[0].body), "one message");
    let told = entity::outgoing_message::Entity::find().one(app.app.database.reader()).await;
    let told = told.unwrap().unwrap();
    assert_eq!((told.attempts, told.last_error, told.sealed_text), (3, None, None));

    // What nobody takes is erased once it is worth nothing.
    gateway.answer(500);
    let case = Case::at(app, Stage::Locked).await;
    let made = ask(&case, case.applicant, None).await.created();
    assert_eq!(carried(app).await, failed);
    app.pass(TimeDelta::minutes(10));
    let expired = Carried { expired: 1, ..Carried::default() };
    assert_eq!(carried(app).await, expired);
    let id = made.uuid("/message_id");
    let told = entity::outgoing_message::Entity::find_by_id(id);
    let told = told.one(app.app.database.reader()).await.unwrap().unwrap();
    assert_eq!((told.sealed_text, told.sealed_number, told.sent_at), (None, None, None));
    assert_eq!(told.last_error.as_deref(), Some("the gateway answered 500"));
    let timeline = app.clerk().get(&case.path("/timeline")).await.ok();
    assert_eq!(timeline.body["items"][0]["kind"], "message.expired");
    assert_eq!(gateway.received().len(), 4, "it was not sent any more");
    let whole = app.auditor().get("/api/v1/audit/verification").await.ok();
    assert_eq!(whole.body["whole"], true);
}

/// One process has the work; another one waits until it gives it back or is gone.
async fn several_processes_send_a_message_once(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let case = Case::at(app, Stage::Locked).await;
    ask(&case, case.applicant, None).await.created();
    let other = huijie::app::App::open(app.app.settings.clone(), app.app.clock.clone());
    let other = other.await.unwrap();
    let both = tokio::join!(carry(&app.app), carry(&other));
    let sent = [both.0.unwrap(), both.1.unwrap()].into_iter().flatten().map(|it| it.sent);
    assert_eq!(sent.sum::<u64>(), 1);
    assert_eq!(gateway.received().len(), 1);

    // A third is at it.
    ask(&case, case.applicant, None).await.created();
    let until = app.app.clock.now() + TimeDelta::minutes(1);
    let db = app.app.database.writer();
    let held = "UPDATE leases SET holder = 'third', until = $1 WHERE name = 'messages'";
    let held = Statement::from_sql_and_values(db.get_database_backend(), held, [until.into()]);
    db.execute_raw(held).await.unwrap();
    assert_eq!(carry(&app.app).await.unwrap(), None);
    assert_eq!(carry(&other).await.unwrap(), None);
    app.pass(TimeDelta::minutes(1));
    assert_eq!(carry(&other).await.unwrap().unwrap().sent, 1, "the third is gone");
    other.database.clone().close().await.unwrap();
}

async fn a_message_that_waits_is_sealed_again_with_a_new_key(app: &TestApp) {
    let gateway = Gateway::open().await;
    let app = &station(app, &gateway).await;
    let case = Case::at(app, Stage::Locked).await;
    ask(&case, case.applicant, None).await.created();
    assert_eq!(reseal(&app.app).await.unwrap(), 0);
    let keys = app.app.settings.key_file.clone();
    app.app.vault.rotate(&keys).unwrap();
    assert_eq!(reseal(&app.app).await.unwrap(), 2);
    let kept = entity::outgoing_message::Entity::find().one(app.app.database.reader()).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!(kept.sealed_text.unwrap()[..3], [1, 0, 2]);
    assert_eq!(carried(app).await, sent(1));
    tell(&case, case.applicant, None, &gateway.code()).await.created();
}
