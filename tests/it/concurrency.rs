//! Many at once: numbers without gap, one write for one key, one winner for one version, and
//! nobody is ever told that the database is locked.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use serde_json::json;
use uuid::Uuid;

use crate::disputes::{dispute, hire, registered, whole_chain};
use crate::harness::{Answer, Request, TestApp, on_both_databases};

on_both_databases!(
    acceptances_at_once_get_numbers_without_gap,
    a_key_sent_many_times_at_once_is_one_write,
    of_two_directors_one_wins,
    many_writes_and_reads_are_never_turned_away,
);

/// Runs all of them at the same time and answers their results in order.
pub async fn at_once<T>(futures: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<Pin<Box<_>>> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, done) in waiting.iter_mut().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(result) = future.as_mut().poll(context)
            {
                *done = Some(result);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

pub async fn send_at_once<'a>(requests: impl IntoIterator<Item = Request<'a>>) -> Vec<Answer> {
    at_once(requests.into_iter().map(IntoFuture::into_future)).await
}

async fn acceptances_at_once_get_numbers_without_gap(app: &TestApp) {
    const CASES: usize = 64;
    let clerk = app.clerk();
    let mut cases = Vec::new();
    for place in 0..CASES {
        cases.push(registered(&clerk, &format!("第{place}件")).await.id());
    }
    let before = whole_chain(app).await;

    let accept = |id: &Uuid| clerk.post(&format!("/api/v1/cases/{id}/acceptance")).if_match(1);
    let answers = send_at_once(cases.iter().map(accept)).await;

    let mut numbers: Vec<String> =
        answers.into_iter().map(|it| it.created().string("/case_number")).collect();
    numbers.sort();
    let expected: Vec<String> =
        (1..=CASES).map(|it| format!("（2026）徐消人调字第{it:05}号")).collect();
    assert_eq!(numbers, expected);
    assert_eq!(whole_chain(app).await - before, 64);
}

async fn a_key_sent_many_times_at_once_is_one_write(app: &TestApp) {
    let clerk = app.clerk();
    clerk.token().await;
    let before = whole_chain(app).await;
    let key = Uuid::now_v7();

    let body = dispute("同一请求");
    let register = |_| clerk.post("/api/v1/cases").idempotency_key(key).json(&body);
    let answers = send_at_once((0..16).map(register)).await;

    let said = |it: &Answer| {
        (it.status, it.text.clone(), it.header("etag").to_owned(), it.header("location").to_owned())
    };
    let first = said(&answers[0]);
    assert_eq!(first.0, 201, "{}", first.1);
    assert!(answers.iter().all(|it| said(it) == first), "{answers:#?}");
    let replayed = answers.iter().filter(|it| it.header("idempotency-replayed") == "true").count();
    assert_eq!(replayed, 15);
    let cases = clerk.get("/api/v1/cases").await.ok();
    assert_eq!(cases.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(whole_chain(app).await - before, 1);
}

/// Every kind of step is tried, because each writes other rows before the case itself.
async fn of_two_directors_one_wins(app: &TestApp) {
    hire(app, "second_director", "director").await;
    let directors = [app.director(), app.person("second_director")];
    for director in &directors {
        director.token().await;
    }
    let case = registered(&app.clerk(), "两位站长同时办理").await;
    let path = format!("/api/v1/cases/{}", case.id());
    let steps = [
        ("", json!({ "title": "更正" })),
        ("/claims", json!({ "kind": "apology", "description": "赔礼道歉。" })),
        ("/parties", json!({ "role": "third_party", "kind": "organization", "name": "商场" })),
        ("/supplements", json!({ "items": "合同", "due_on": "2026-12-31", "manner": "phone" })),
    ];
    for round in 0..6 {
        for (room, body) in &steps {
            let path = format!("{path}{room}");
            let version =
                app.director().get(&format!("/api/v1/cases/{}", case.id())).await.version();
            let both = directors.iter().map(|it| {
                let request = if room.is_empty() { it.patch(&path) } else { it.post(&path) };
                request.if_match(&version).json(body)
            });
            let answers = send_at_once(both.collect::<Vec<_>>()).await;
            let won = answers.iter().filter(|it| it.status.is_success()).count();
            let stale = answers.iter().filter(|it| it.status == 412).count();
            assert_eq!((won, stale), (1, 1), "round {round}, {path}: {answers:#?}");
        }
    }
    whole_chain(app).await;
}

async fn many_writes_and_reads_are_never_turned_away(app: &TestApp) {
    let people = [app.clerk(), app.director(), app.other_clerk()];
    for person in &people {
        person.token().await;
    }
    let case = registered(&app.clerk(), "众人同时").await.id();
    let before = whole_chain(app).await;

    let body = dispute("众人同时");
    let requests = (0..100).map(|place: usize| match place % 4 {
        0 | 2 => people[place % 3].post("/api/v1/cases").json(&body),
        1 => app.director().get("/api/v1/cases"),
        _ => app.director().get(&format!("/api/v1/cases/{case}/next-actions")),
    });
    let answers = send_at_once(requests.collect::<Vec<_>>()).await;

    for (place, answer) in answers.into_iter().enumerate() {
        assert!(!answer.text.contains("locked"), "{}", answer.text);
        answer.status(if place % 2 == 0 { 201 } else { 200 });
    }
    assert_eq!(whole_chain(app).await - before, 50);
}
