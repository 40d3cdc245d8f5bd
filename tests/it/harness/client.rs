//! The people as HTTP clients, and what they are answered. A failing expectation prints the
//! whole answer.

use std::fmt::Display;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use chrono::TimeDelta;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{PASSWORD, TestApp, Token};

pub fn http() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    client.build().expect("a client without TLS needs nothing")
}

/// One person, or a program, at the door of the server.
#[derive(Clone)]
pub struct Person<'a> {
    app: &'a TestApp,
    badge: Badge,
}

#[derive(Clone)]
enum Badge {
    None,
    Token(String),
    Username(String),
}

impl<'a> Person<'a> {
    pub(super) fn named(app: &'a TestApp, username: &str) -> Self {
        Self { app, badge: Badge::Username(username.to_owned()) }
    }

    pub(super) fn stranger(app: &'a TestApp) -> Self {
        Self { app, badge: Badge::None }
    }

    pub(super) fn bearer(app: &'a TestApp, token: &str) -> Self {
        Self { app, badge: Badge::Token(token.to_owned()) }
    }

    pub fn get(&self, path: &str) -> Request<'a> {
        self.send(Method::GET, path)
    }

    /// A POST with a fresh `Idempotency-Key`.
    pub fn post(&self, path: &str) -> Request<'a> {
        self.send(Method::POST, path)
    }

    pub fn put(&self, path: &str) -> Request<'a> {
        self.send(Method::PUT, path)
    }

    pub fn patch(&self, path: &str) -> Request<'a> {
        self.send(Method::PATCH, path)
    }

    pub fn delete(&self, path: &str) -> Request<'a> {
        self.send(Method::DELETE, path)
    }

    /// Any method; `path` is the whole path with its query.
    pub fn send(&self, method: Method, path: &str) -> Request<'a> {
        let mut headers = HeaderMap::new();
        if method == Method::POST {
            headers.insert("idempotency-key", value(Uuid::now_v7()));
        }
        Request { person: self.clone(), method, path: path.to_owned(), headers, body: None }
    }

    /// The access token this person sends, from a login when none is at hand that still lasts.
    pub async fn token(&self) -> Option<String> {
        let username = match &self.badge {
            Badge::None => return None,
            Badge::Token(token) => return Some(token.clone()),
            Badge::Username(username) => username,
        };
        let now = self.app.app.clock.now();
        let kept = self.app.tokens.lock().unwrap().get(username).cloned();
        if let Some(token) = kept.filter(|it| now < it.expires) {
            return Some(token.access);
        }
        let token = log_in(self.app, username).await;
        self.app.tokens.lock().unwrap().insert(username.clone(), token.clone());
        Some(token.access)
    }
}

async fn log_in(app: &TestApp, username: &str) -> Token {
    let credentials = json!({ "username": username, "password": PASSWORD });
    let answer = app.stranger().post("/api/v1/auth/login").json(&credentials).await.success();
    let lasts = answer.body["expires_in"].as_i64().expect("seconds");
    Token {
        access: answer.string("/access_token"),
        expires: app.app.clock.now() + TimeDelta::seconds(lasts - 30),
    }
}

/// A request being written; `.await` sends it.
#[must_use = "a request is sent by awaiting it"]
pub struct Request<'a> {
    person: Person<'a>,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Request<'_> {
    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string())
    }

    /// A body as it is, for what is not JSON or not well-formed.
    pub fn bytes(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.header("content-type", content_type)
    }

    /// The version the caller has read ([`Answer::version`]).
    pub fn if_match(self, version: impl Display) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    pub fn idempotency_key(self, key: impl Display) -> Self {
        self.header("idempotency-key", key)
    }

    pub fn language(self, tag: &str) -> Self {
        self.header("accept-language", tag)
    }

    pub fn header(mut self, name: &'static str, content: impl Display) -> Self {
        self.headers.insert(HeaderName::from_static(name), value(content));
        self
    }

    pub fn without(mut self, name: &'static str) -> Self {
        self.headers.remove(name);
        self
    }
}

fn value(content: impl Display) -> HeaderValue {
    HeaderValue::from_str(&content.to_string()).expect("a header of visible characters")
}

impl<'a> IntoFuture for Request<'a> {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { person, method, path, headers, body } = self;
            let asked = format!("{method} {path}");
            let url = format!("{}{path}", person.app.address());
            let mut request = person.app.http.request(method, url).headers(headers);
            if let Some(token) = person.token().await {
                request = request.bearer_auth(token);
            }
            if let Some(body) = body {
                request = request.body(body);
            }
            let response = request.send().await.unwrap_or_else(|it| panic!("{asked}: {it}"));
            let (status, headers) = (response.status(), response.headers().clone());
            let bytes = response.bytes().await.unwrap_or_else(|it| panic!("{asked}: {it}"));
            let (bytes, text) = (bytes.to_vec(), String::from_utf8_lossy(&bytes).into_owned());
            let body = serde_json::from_str(&text).unwrap_or(Value::Null);
            let answer = Answer { asked, status, headers, body, text, bytes };
            answer.assert(status != StatusCode::INTERNAL_SERVER_ERROR, "no fault of ours");
            answer
        })
    }
}

/// What came back. A 500 never gets here: it fails the test at once.
#[derive(Debug, Clone)]
pub struct Answer {
    asked: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// `null` when the body is not JSON.
    pub body: Value,
    pub text: String,
    /// As it came, for what is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    #[track_caller]
    fn assert(&self, holds: bool, expected: &str) {
        let Self { asked, status, headers, text, .. } = self;
        assert!(holds, "{asked}: expected {expected}, got {status}\n{headers:#?}\n{text}");
    }

    /// Any 2xx.
    #[track_caller]
    pub fn success(self) -> Self {
        self.assert(self.status.is_success(), "success");
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        self.status(200)
    }

    /// 201 with the address of what was made.
    #[track_caller]
    pub fn created(self) -> Self {
        let answer = self.status(201);
        answer.assert(answer.headers.contains_key("location"), "a Location");
        answer
    }

    #[track_caller]
    pub fn no_content(self) -> Self {
        let answer = self.status(204);
        answer.assert(answer.text.is_empty(), "an empty body");
        answer
    }

    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        self.assert(self.status == status, &status.to_string());
        self
    }

    /// A problem (RFC 9457) with this status and code, in the right media type.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.status(status);
        answer.assert(answer.header("content-type") == "application/problem+json", "a problem");
        answer.assert(answer.body["status"] == status, "the status in the problem");
        answer.assert(answer.body["code"] == code, &format!("the code {code}"));
        answer
    }

    /// The JSON pointers and codes of the faults, in their order.
    #[track_caller]
    pub fn faults(&self) -> Vec<(&str, &str)> {
        let faults = self.body["errors"].as_array();
        self.assert(faults.is_some(), "errors in the problem");
        let member = |fault: &'_ Value, name: &str| fault[name].as_str().is_some();
        let faults = faults.into_iter().flatten();
        let faults = faults.inspect(|it| {
            self.assert(member(it, "pointer") && member(it, "code"), "a pointer and a code");
        });
        faults.filter_map(|it| Some((it["pointer"].as_str()?, it["code"].as_str()?))).collect()
    }

    /// A header's text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The version from the `ETag`, for [`Request::if_match`].
    #[track_caller]
    pub fn version(&self) -> String {
        let version = self.header("etag").strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        self.assert(version.is_some(), "a strong ETag");
        version.unwrap_or_default().to_owned()
    }

    /// The text at a JSON pointer.
    #[track_caller]
    pub fn string(&self, pointer: &str) -> String {
        let text = self.body.pointer(pointer).and_then(Value::as_str);
        self.assert(text.is_some(), &format!("text at {pointer}"));
        text.unwrap_or_default().to_owned()
    }

    /// The `id` of what was answered.
    #[track_caller]
    pub fn id(&self) -> Uuid {
        let id = self.string("/id").parse();
        self.assert(id.is_ok(), "a UUID at /id");
        id.unwrap_or_default()
    }
}
