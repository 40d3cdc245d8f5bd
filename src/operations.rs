//! What the operator's tools ask: alive, ready, metrics; and the public keys of the tokens.
//! No case content, no login.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use poem::http::StatusCode;
use poem::web::{Data, Json};
use poem::{IntoResponse, Response, Route, get, handler};
use serde_json::json;

use crate::app::App;

/// Seconds that answers are sorted by.
const BUCKETS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The recorder of this process; the first call installs it.
fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .expect("the list of buckets is not empty");
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Whoever embeds the library may have a recorder of their own; then ours stays empty.
        let _ = metrics::set_global_recorder(recorder);
        handle
    })
}

/// Alive: the process answers.
#[handler]
fn health() -> Json<serde_json::Value> {
    Json(json!({ "status": "alive" }))
}

/// Ready: requests are served, the database is there and migrated.
#[handler]
async fn ready(Data(app): Data<&App>) -> Response {
    if app.database.ready().await {
        Json(json!({ "status": "ready" })).into_response()
    } else {
        let body = Json(json!({ "status": "database_unavailable" }));
        body.with_status(StatusCode::SERVICE_UNAVAILABLE).into_response()
    }
}

/// Prometheus text format.
#[handler]
fn metrics_text() -> Response {
    let handle = recorder();
    handle.run_upkeep();
    Response::builder().content_type("text/plain; version=0.0.4").body(handle.render())
}

/// Public keys of the access tokens (RFC 7517).
#[handler]
fn jwks(Data(app): Data<&App>) -> Json<serde_json::Value> {
    Json(app.tokens.jwks())
}

/// Adds these addresses to `route`.
pub fn mount(route: Route) -> Route {
    recorder();
    route
        .at("/health", get(health))
        .at("/ready", get(ready))
        .at("/metrics", get(metrics_text))
        .at("/.well-known/jwks.json", get(jwks))
}
