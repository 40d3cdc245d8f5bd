//! `kill -9` in the middle of writes, twenty times on each database: whatever was acknowledged
//! is there afterwards, whatever was not is there whole or not at all, and a repeat with the
//! same key settles which.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use crate::disputes::dispute;
use crate::process::{Premises, Served};

const KILLS: usize = 20;
const CLIENTS: usize = 4;
/// A client that was refused ends before the kill; a server that hangs is killed all the same.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_on_sqlite() {
    survive(Premises::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_on_postgres() {
    if let Some(premises) = Premises::on_postgres().await {
        survive(premises).await;
    }
}

/// One write as a client sent it, and what it was answered before the server died.
#[derive(Debug, Clone)]
struct Write {
    key: Uuid,
    path: String,
    /// None: an acceptance, which has no body.
    body: Option<Value>,
    answer: Option<Value>,
}

impl Write {
    fn registration() -> Self {
        let body = Some(dispute("写入途中断电"));
        Self { key: Uuid::now_v7(), path: "/api/v1/cases".to_owned(), body, answer: None }
    }

    fn acceptance(case_id: &str) -> Self {
        let path = format!("/api/v1/cases/{case_id}/acceptance");
        Self { key: Uuid::now_v7(), path, body: None, answer: None }
    }

    /// Sends it; None when the connection broke before the answer was whole.
    async fn send(&self, server: &Served, token: &str) -> Option<Value> {
        let mut request = server
            .request(Method::POST, &self.path)
            .bearer_auth(token)
            .header("idempotency-key", self.key.to_string());
        request = match &self.body {
            Some(body) => request.json(body),
            None => request.header("if-match", "\"1\""),
        };
        let answer = request.send().await.ok()?;
        let (status, text) = (answer.status(), answer.text().await.ok()?);
        assert_eq!(status.as_u16(), 201, "{} {text}", self.path);
        Some(serde_json::from_str(&text).expect("a whole answer is JSON"))
    }
}

/// What all clients have seen so far.
#[derive(Default)]
struct Memory {
    /// Registered cases, with the number of those that were accepted.
    cases: BTreeMap<String, Option<String>>,
}

impl Memory {
    fn learn(&mut self, answer: &Value) {
        let id = answer["id"].as_str().expect("an answer has an id").to_owned();
        let number = answer["case_number"].as_str().map(str::to_owned);
        let known = self.cases.entry(id).or_default();
        if number.is_some() {
            *known = number;
        }
    }
}

async fn survive(premises: Premises) {
    let mut server = premises.serve().await;
    let (clerk, auditor) = (server.log_in("clerk").await, server.log_in("auditor").await);
    let mut memory = Memory::default();
    for round in 0..KILLS {
        let sent = load_until_killed(server, &clerk, round).await;
        server = premises.serve().await;
        let verdict = server.get(&auditor, "/api/v1/audit/verification").await;
        assert_eq!(verdict["whole"], true, "round {round}: {verdict}");
        settle(&server, &clerk, sent, &mut memory).await;
        compare(&server, &clerk, &memory).await;
    }
    let verdict = server.get(&auditor, "/api/v1/audit/verification").await;
    assert_eq!(verdict["whole"], true, "{verdict}");
    let accepted = memory.cases.values().flatten().count();
    assert!(accepted >= KILLS, "too little was written to mean anything: {accepted}");
    server.kill();
}

/// Clients write until the server is killed under them; each round after another number of
/// answers, so that the kill meets every moment of a write.
async fn load_until_killed(server: Served, token: &str, round: usize) -> Vec<Write> {
    let server = Arc::new(server);
    let answered = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (server, answered) = (Arc::clone(&server), Arc::clone(&answered));
            tokio::spawn(write_until_broken(server, token.to_owned(), answered))
        })
        .collect();
    let begun = Instant::now();
    while answered.load(Ordering::SeqCst) < 6 + 5 * (round % 7) {
        let broken = clients.iter().any(tokio::task::JoinHandle::is_finished);
        if broken || begun.elapsed() > PATIENCE {
            break;
        }
        tokio::time::sleep(Duration::from_micros(300)).await;
    }
    server.kill();
    let mut sent = Vec::new();
    for client in clients {
        sent.extend(client.await.unwrap());
    }
    assert!(begun.elapsed() < PATIENCE, "the server does not keep up");
    sent
}

/// Registers a case, accepts it, and so on, until no answer comes any more.
async fn write_until_broken(
    server: Arc<Served>,
    token: String,
    answered: Arc<AtomicUsize>,
) -> Vec<Write> {
    let mut sent: Vec<Write> = Vec::new();
    loop {
        let last = sent.last().and_then(|it| it.answer.as_ref());
        let mut write = match last {
            Some(case) if case["status"] == "registered" => {
                Write::acceptance(case["id"].as_str().unwrap())
            }
            _ => Write::registration(),
        };
        write.answer = write.send(&server, &token).await;
        let broken = write.answer.is_none();
        sent.push(write);
        if broken {
            return sent;
        }
        answered.fetch_add(1, Ordering::SeqCst);
    }
}

/// Sends again what got no answer, twice, and one that did: each is one write in the end.
async fn settle(server: &Served, token: &str, sent: Vec<Write>, memory: &mut Memory) {
    let (answered, open): (Vec<_>, Vec<_>) = sent.into_iter().partition(|it| it.answer.is_some());
    for write in &answered {
        memory.learn(write.answer.as_ref().unwrap());
    }
    if let Some(write) = answered.last() {
        assert_eq!(write.send(server, token).await, write.answer, "a repeat says the same");
    }
    for write in open {
        let first = write.send(server, token).await.expect("the server is there again");
        let again = write.send(server, token).await;
        assert_eq!(again.as_ref(), Some(&first), "a repeat says the same");
        memory.learn(&first);
    }
}

/// The station holds what was acknowledged, and nothing besides.
async fn compare(server: &Served, token: &str, memory: &Memory) {
    let mut found = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page = server.get(token, &format!("/api/v1/cases?limit=200{cursor}")).await;
        for case in page["items"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap().to_owned();
            let number = case["case_number"].as_str().map(str::to_owned);
            assert!(found.insert(id, number).is_none(), "listed twice: {case}");
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, memory.cases);
    let mut numbers: Vec<usize> = found.values().flatten().map(|it| place_of(it)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "a gap or a double");
}

/// The place in `（2026）徐消人调字第00007号`.
fn place_of(number: &str) -> usize {
    let place = number.split('第').nth(1).and_then(|it| it.strip_suffix('号'));
    place.and_then(|it| it.parse().ok()).expect("a number of the usual pattern")
}
