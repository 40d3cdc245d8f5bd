//! The outermost layer. Every request gets its facts here and every answer its form: one trace
//! id, one language, problems for errors, headers for browsers, one log line, one measurement.
//! It never looks at who is calling or what is wanted.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::middleware::{CatchPanic, CatchPanicEndpoint, PanicHandler};
use poem::{Endpoint, Middleware, PathPattern, Request, Response, Result};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use uuid::{NoContext, Timestamp, Uuid};

use crate::clock::Clock;
use crate::http::framework;
use crate::http::problem::{self, Outline, Problem};
use crate::http::routes::Routes;
use crate::language::{Language, Text};
use crate::request::{IdempotencyKey, IfMatch, RequestFacts};

/// How large a body may be, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    pub ordinary: u64,
    /// Of what is imported whole.
    pub imports: u64,
}

impl BodyLimits {
    fn of(self, request: &Request) -> u64 {
        if request.uri().path().ends_with("/imports") { self.imports } else { self.ordinary }
    }
}

/// Whether the body is a file that the handler reads as it comes; the room keeps its limit.
fn is_streamed(request: &Request) -> bool {
    *request.method() == Method::POST && request.uri().path().ends_with("/evidence")
}

/// How long a caller may take to send a body.
const BODY_TIME: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Set unless the answer brings its own.
const SECURITY_HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
];

/// The outermost layer.
#[derive(Debug, Clone)]
pub struct Edge {
    clock: Clock,
    routes: Arc<Routes>,
    limits: BodyLimits,
}

impl Edge {
    /// `routes` are the paths of the API as they are mounted.
    pub fn new(clock: Clock, routes: Routes, limits: BodyLimits) -> Self {
        Self { clock, routes: Arc::new(routes), limits }
    }
}

impl<E: Endpoint> Middleware<E> for Edge {
    type Output = EdgeEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        let inner = CatchPanic::new().with_handler(Panicked).transform(inner);
        EdgeEndpoint { inner, edge: self.clone() }
    }
}

/// An endpoint behind the edge.
pub struct EdgeEndpoint<E> {
    inner: CatchPanicEndpoint<E, Panicked>,
    edge: Edge,
}

/// A panic is a fault of ours; the panic hook has written where it happened.
#[derive(Debug, Clone, Copy)]
pub struct Panicked;

impl PanicHandler for Panicked {
    type Response = StatusCode;

    fn get_response(&self, _cause: Box<dyn Any + Send + 'static>) -> StatusCode {
        tracing::error!("a handler panicked");
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

impl<E: Endpoint> Endpoint for EdgeEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let begun = Instant::now();
        let trace_id = trace_id(request.headers(), &self.edge.clock);
        let language = Language::from_accept_language(request.header(header::ACCEPT_LANGUAGE));
        let method = request.method().clone();
        let is_api = request.uri().path().starts_with("/api/");
        let span = tracing::info_span!("request", trace_id);

        let outcome = match self.edge.prepare(&mut request, &trace_id, language).await {
            Ok(()) => self.inner.call(request).instrument(span).await,
            Err(outline) => Err((*outline).into()),
        };
        let (mut response, route) = self.edge.shape(outcome, language, &trace_id);

        finish(response.headers_mut(), &trace_id, is_api);
        if method == Method::HEAD {
            response.set_body(());
        }
        record(&method, &route, response.status(), begun.elapsed(), &trace_id);
        Ok(response)
    }
}

impl Edge {
    /// Reads what the handlers will want to know and keeps it with the request.
    async fn prepare(
        &self,
        request: &mut Request,
        trace_id: &str,
        language: Language,
    ) -> Result<(), Box<Outline>> {
        refuse_nul(request)?;
        let writes = matches!(
            *request.method(),
            Method::POST | Method::PUT | Method::PATCH | Method::DELETE
        );
        let key = if *request.method() == Method::POST {
            idempotency_key(request.headers())?
        } else {
            None
        };
        let if_match = if writes { if_match(request.headers())? } else { None };
        let hash = key.as_ref().map(|_| fingerprint_of_head(request));
        let hash = self.read_body(request, writes, hash).await?;
        let idempotency = key
            .zip(hash)
            .map(|(key, hash)| IdempotencyKey { key, fingerprint: hex::encode(hash.finalize()) });
        let client_address = match request.remote_addr().as_socket_addr() {
            Some(address) => address.ip().to_string(),
            None => request.remote_addr().to_string(),
        };
        let user_agent =
            request.header(header::USER_AGENT).map(|it| it.chars().take(256).collect());
        request.set_data(RequestFacts {
            trace_id: trace_id.to_owned(),
            language,
            client_address,
            user_agent,
            idempotency,
            if_match,
        });
        Ok(())
    }

    /// Reads the body whole, counting as it comes, and puts it back; one that is streamed is left
    /// as it is.
    async fn read_body(
        &self,
        request: &mut Request,
        writes: bool,
        hash: Option<Sha256>,
    ) -> Result<Option<Sha256>, Box<Outline>> {
        if is_streamed(request) {
            return Ok(hash);
        }
        let limit = self.limits.of(request);
        let announced = request.header(header::CONTENT_LENGTH).and_then(|it| it.parse().ok());
        if announced.is_some_and(|it: u64| it > limit) {
            return Err(Box::new(framework::by_status(StatusCode::PAYLOAD_TOO_LARGE)));
        }
        let body = request.take_body();
        if !writes || body.is_empty() {
            request.set_body(body);
            return Ok(hash);
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let read = tokio::time::timeout(BODY_TIME, body.into_bytes_limit(limit)).await;
        let bytes = read
            .map_err(|_| Box::new(framework::by_status(StatusCode::REQUEST_TIMEOUT)))?
            .map_err(|error| Box::new(framework::outline(&error.into(), None)))?;
        let hash = hash.map(|it| it.chain_update(&bytes));
        request.set_body(bytes);
        Ok(hash)
    }

    /// Makes every outcome a response and finds the route it came from.
    fn shape(
        &self,
        outcome: Result<Response>,
        language: Language,
        trace_id: &str,
    ) -> (Response, RouteName<'_>) {
        let pattern = match &outcome {
            Ok(response) => response.data::<PathPattern>(),
            Err(error) => error.data::<PathPattern>(),
        };
        let pattern = pattern.map(|it| Arc::clone(&it.0));
        let route = pattern.as_deref().and_then(|it| self.routes.get(it));
        let response = match outcome {
            Err(error) if error.is_from_response() => error.into_response(),
            Err(error) => {
                if let Some(Problem(error)) = error.downcast_ref() {
                    problem::render(error, language, trace_id)
                } else {
                    if error.status().is_server_error() {
                        tracing::error!(trace_id, %error, "framework error");
                    }
                    framework::outline(&error, route).into_response(language, trace_id)
                }
            }
            Ok(response) => response,
        };
        let response = if is_bare_error(&response) {
            framework::by_status(response.status()).into_response(language, trace_id)
        } else {
            response
        };
        let name = match (route, pattern) {
            (Some(route), _) => RouteName::Known(route.path()),
            (None, Some(pattern)) => RouteName::Pattern(pattern),
            (None, None) => RouteName::None,
        };
        (response, name)
    }
}

/// The route of a request, never its path: paths hold ids.
enum RouteName<'a> {
    Known(&'a str),
    Pattern(Arc<str>),
    None,
}

impl RouteName<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Known(path) => path,
            Self::Pattern(pattern) => pattern,
            Self::None => "unmatched",
        }
    }
}

/// An error in plain text was written by the framework, for programmers.
fn is_bare_error(response: &Response) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && response.content_type().is_none_or(|it| it.starts_with("text/plain"))
}

fn finish(headers: &mut HeaderMap, trace_id: &str, is_api: bool) {
    if let Ok(value) = HeaderValue::from_str(trace_id) {
        headers.insert(REQUEST_ID, value);
    }
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
}

fn record(
    method: &Method,
    route: &RouteName<'_>,
    status: StatusCode,
    took: Duration,
    trace_id: &str,
) {
    let method = match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        // Anybody may invent methods; the metrics must not grow with them.
        _ => "OTHER",
    };
    let (route, status) = (route.as_str(), status.as_u16());
    let milliseconds = took.as_secs_f64() * 1000.0;
    tracing::info!(method, route, status, milliseconds, trace_id, "answered");
    metrics::histogram!(
        "http_request_duration_seconds",
        "method" => method,
        "route" => route.to_owned(),
        "status" => status.to_string(),
    )
    .record(took);
}

/// The caller's own id when it is harmless, else a new one.
fn trace_id(headers: &HeaderMap, clock: &Clock) -> String {
    let harmless = |it: &&str| {
        (1..=64).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"._-".contains(&it))
    };
    let own = headers.get(REQUEST_ID).and_then(|it| it.to_str().ok()).filter(harmless);
    own.map_or_else(|| new_id(clock), str::to_owned)
}

fn new_id(clock: &Clock) -> String {
    let now = clock.now();
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let timestamp = Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos());
    Uuid::new_v7(timestamp).to_string()
}

/// A header that may stand at most once, as text. `Err` when it is not.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        _ => Err(()),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Box<Outline>> {
    let refuse = || {
        Box::new(Outline::new(
            StatusCode::BAD_REQUEST,
            "invalid_idempotency_key",
            Text::new(
                "Idempotency-Key 应为 1 至 255 个可见 ASCII 字符，建议使用 UUID。",
                "Idempotency-Key must be 1 to 255 visible ASCII characters; use a UUID.",
            ),
        ))
    };
    let Some(key) = single(headers, &IDEMPOTENCY_KEY).map_err(|()| refuse())? else {
        return Ok(None);
    };
    let visible = (1..=255).contains(&key.len()) && key.bytes().all(|it| it.is_ascii_graphic());
    if visible { Ok(Some(key.to_owned())) } else { Err(refuse()) }
}

fn if_match(headers: &HeaderMap) -> Result<Option<IfMatch>, Box<Outline>> {
    let refuse = || {
        Box::new(Outline::new(
            StatusCode::BAD_REQUEST,
            "invalid_if_match",
            Text::new(
                "If-Match 应为读取时得到的单个 ETag，例如 \"3\"。",
                "If-Match must be the one ETag that was read, such as \"3\".",
            ),
        ))
    };
    let Some(tag) = single(headers, &header::IF_MATCH).map_err(|()| refuse())? else {
        return Ok(None);
    };
    let version = tag
        .trim()
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .filter(|it| it.bytes().all(|it| it.is_ascii_digit()))
        .and_then(|it| it.parse().ok());
    version.map(|version| Some(IfMatch { version })).ok_or_else(refuse)
}

/// PostgreSQL cannot store or compare NUL; no id, filter or cursor ever holds it.
fn refuse_nul(request: &Request) -> Result<(), Box<Outline>> {
    let uri = request.uri();
    if !uri.path().contains("%00") && !uri.query().is_some_and(|it| it.contains("%00")) {
        return Ok(());
    }
    Err(Box::new(Outline::new(
        StatusCode::BAD_REQUEST,
        "control_character",
        Text::new(
            "地址中含有空字符（%00），请删除。",
            "The address holds the character U+0000; remove it.",
        ),
    )))
}

/// The part of the fingerprint that stands before the body.
fn fingerprint_of_head(request: &Request) -> Sha256 {
    let uri = request.uri();
    let target = uri.path_and_query().map_or(uri.path(), |it| it.as_str());
    Sha256::new()
        .chain_update(request.method().as_str())
        .chain_update(b"\n")
        .chain_update(target)
        .chain_update(b"\n")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unused_async, reason = "poem-openapi wants async operations")]

    use poem::{EndpointExt, Route, RouteMethod, endpoint::make, endpoint::make_sync};
    use poem_openapi::param::{Path, Query};
    use poem_openapi::{Object, OpenApi, OpenApiService};
    use serde_json::Value;

    use super::*;
    use crate::error::Error;
    use crate::http::answers::Plain;
    use crate::http::payload::Body;

    struct Api;

    const LIMITS: BodyLimits = BodyLimits { ordinary: 64, imports: 128 };

    #[derive(Debug, Object)]
    #[oai(deny_unknown_fields)]
    struct Note {
        text: String,
    }

    #[OpenApi]
    impl Api {
        /// Shows
        #[oai(path = "/notes/:note_id", method = "get", operation_id = "show_note")]
        async fn show(
            &self,
            note_id: Path<Uuid>,
            #[oai(validator(maximum(value = "200")))] limit: Query<Option<u32>>,
        ) -> Result<Plain<String>, Problem> {
            if limit.0 == Some(13) {
                return Err(Error::NotFound.into());
            }
            Ok(Plain(note_id.to_string()))
        }

        /// Writes
        #[oai(path = "/notes", method = "post", operation_id = "write_note")]
        async fn write(&self, body: Body<Note>) -> Result<Plain<String>, Problem> {
            match body.0.text.as_str() {
                "panic" => panic!("secret of the panic"),
                "internal" => Err(Error::internal("secret of the database").into()),
                text => Ok(Plain(text.to_owned())),
            }
        }
    }

    fn station() -> impl Endpoint<Output = Response> {
        let facts = make(|request: Request| async move {
            Ok::<_, poem::Error>(format!("{:?}", request.data::<RequestFacts>()))
        });
        let own = make_sync(|_| {
            Response::builder().header("content-security-policy", "default-src 'self'").body("page")
        });
        Route::new()
            .nest("/api/v1", OpenApiService::new(Api, "test", "1"))
            .at("/facts", RouteMethod::new().post(facts))
            .at("/page", own)
            .with(Edge::new(Clock::System, Routes::of::<Api>("/api/v1"), LIMITS))
    }

    async fn send(request: Request) -> (Response, Value) {
        let mut response = station().get_response(request).await;
        let body = response.take_body().into_string().await.unwrap();
        let value = serde_json::from_str(&body).unwrap_or(Value::String(body));
        (response, value)
    }

    fn get(path: &str) -> poem::RequestBuilder {
        Request::builder().method(Method::GET).uri_str(path)
    }

    fn post(path: &str) -> poem::RequestBuilder {
        Request::builder().method(Method::POST).uri_str(path).content_type("application/json")
    }

    async fn code(request: Request) -> (u16, String) {
        let (response, body) = send(request).await;
        assert_eq!(response.content_type(), Some(problem::PROBLEM_JSON), "{body}");
        assert!(!body.to_string().contains("secret"), "{body}");
        assert_eq!(response.header("x-request-id"), body["trace_id"].as_str());
        (response.status().as_u16(), body["code"].as_str().unwrap_or_default().to_owned())
    }

    #[tokio::test]
    async fn every_error_is_a_problem() {
        for (request, status, expected) in [
            (get("/nowhere").finish(), 404, "no_such_route"),
            (get("/api/v1/nowhere").finish(), 404, "no_such_route"),
            (get("/api/v1/notes").finish(), 405, "method_not_allowed"),
            (get("/api/v1/notes/x").finish(), 400, "invalid_parameter"),
            (
                get(&format!("/api/v1/notes/{}?limit=999", Uuid::nil())).finish(),
                400,
                "invalid_parameter",
            ),
            (
                get(&format!("/api/v1/notes/{}?limit=x", Uuid::nil())).finish(),
                400,
                "invalid_parameter",
            ),
            (get(&format!("/api/v1/notes/{}?limit=13", Uuid::nil())).finish(), 404, "not_found"),
            (get("/page?q=a%00").finish(), 400, "control_character"),
            (post("/api/v1/notes").finish(), 400, "empty_body"),
            (
                post("/api/v1/notes").content_type("text/plain").body("{}"),
                415,
                "unsupported_media_type",
            ),
            (post("/api/v1/notes").body("{"), 400, "malformed_json"),
            (post("/api/v1/notes").body("{}"), 422, "invalid"),
            (post("/api/v1/notes").body("{\"text\":\"panic\"}"), 500, "internal"),
            (post("/api/v1/notes").body("{\"text\":\"internal\"}"), 500, "internal"),
            (post("/api/v1/notes").body("x".repeat(65)), 413, "too_large"),
            (post("/api/v1/notes").header("content-length", "65").finish(), 413, "too_large"),
            // What is imported may be larger; here nobody imports.
            (post("/api/v1/notes/imports").body("x".repeat(128)), 405, "method_not_allowed"),
            (post("/api/v1/notes/imports").body("x".repeat(129)), 413, "too_large"),
            (
                post("/facts").header("idempotency-key", "a b").finish(),
                400,
                "invalid_idempotency_key",
            ),
            (
                post("/facts").header("idempotency-key", "x".repeat(256)).finish(),
                400,
                "invalid_idempotency_key",
            ),
            (post("/facts").header("if-match", "*").finish(), 400, "invalid_if_match"),
            (post("/facts").header("if-match", "\"1\", \"2\"").finish(), 400, "invalid_if_match"),
            (post("/facts").header("if-match", "W/\"1\"").finish(), 400, "invalid_if_match"),
            (post("/facts").header("if-match", "\"\"").finish(), 400, "invalid_if_match"),
        ] {
            let shown = format!("{} {}", request.method(), request.uri());
            assert_eq!(code(request).await, (status, expected.to_owned()), "{shown}");
        }
    }

    #[tokio::test]
    async fn a_wrong_path_parameter_is_named() {
        let (_, body) = send(get("/api/v1/notes/x").finish()).await;
        assert_eq!(body["errors"][0]["pointer"], "?note_id");
    }

    #[tokio::test]
    async fn a_wrong_method_is_told_the_right_ones() {
        let (response, _) = send(get("/api/v1/notes").finish()).await;
        assert_eq!(response.header("allow"), Some("POST"));
    }

    #[tokio::test]
    async fn the_handler_finds_the_facts() {
        let request = post("/facts")
            .header("idempotency-key", "k-1")
            .header("if-match", "\"7\"")
            .header("x-request-id", "abc.DEF_1-2")
            .header("accept-language", "en")
            .body("hello");
        let (response, body) = send(request).await;
        let facts = body.as_str().unwrap();
        assert_eq!(response.header("x-request-id"), Some("abc.DEF_1-2"));
        for part in ["abc.DEF_1-2", "English", "k-1", "version: 7"] {
            assert!(facts.contains(part), "{part}: {facts}");
        }
        let whole = hex::encode(Sha256::digest(b"POST\n/facts\nhello"));
        assert!(facts.contains(&whole), "{facts}");
    }

    #[tokio::test]
    async fn a_strange_request_id_is_replaced() {
        let (response, _) = send(get("/page").header("x-request-id", "a b").finish()).await;
        let id = response.header("x-request-id").unwrap();
        assert_eq!(Uuid::parse_str(id).map(|it| it.get_version_num()), Ok(7));
    }

    #[tokio::test]
    async fn browsers_are_told_to_be_careful() {
        let (response, _) = send(post("/api/v1/notes").body("{\"text\":\"a\"}")).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        let (response, _) = send(get("/page").finish()).await;
        assert_eq!(response.header("content-security-policy"), Some("default-src 'self'"));
        assert_eq!(response.header("cache-control"), None);
    }

    #[tokio::test]
    async fn head_has_no_body() {
        for (path, status) in
            [(format!("/api/v1/notes/{}", Uuid::nil()), 200), ("/nowhere".to_owned(), 404)]
        {
            let request = Request::builder().method(Method::HEAD).uri_str(path).finish();
            let (response, body) = send(request).await;
            assert_eq!((response.status().as_u16(), body), (status, Value::String(String::new())));
        }
    }

    #[tokio::test]
    async fn the_route_of_an_answer_is_its_path_in_the_document() {
        let edge = Edge::new(Clock::System, Routes::of::<Api>("/api/v1"), LIMITS);
        let inner = Route::new().nest("/api/v1", OpenApiService::new(Api, "test", "1"));
        let request = get(&format!("/api/v1/notes/{}", Uuid::nil())).finish();
        let (_, route) = edge.shape(inner.call(request).await, Language::English, "t");
        assert_eq!(route.as_str(), "/api/v1/notes/{note_id}");
        let (_, route) = edge.shape(inner.call(get("/x").finish()).await, Language::English, "t");
        assert_eq!(route.as_str(), "unmatched");
    }
}
