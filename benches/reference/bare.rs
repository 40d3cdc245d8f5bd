//! poem by itself: the same answer, status, headers and JSON, made anew for each request from a
//! value in memory, with nothing asked and nobody checked.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use poem::http::{HeaderMap, HeaderName, HeaderValue, header};
use poem::listener::TcpListener;
use poem::web::Data;
use poem::{EndpointExt as _, Response, Route, Server, get, handler};

struct Answer {
    headers: HeaderMap,
    body: serde_json::Value,
}

#[handler]
fn answer(Data(answer): Data<&Arc<Answer>>) -> Response {
    let body = serde_json::to_vec(&answer.body).unwrap_or_default();
    let mut response = Response::builder().body(body);
    for (name, value) in &answer.headers {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// Reads what `curl -i` wrote.
fn read(text: &str) -> anyhow::Result<Answer> {
    let (head, body) = text.split_once("\r\n\r\n").context("no empty line after the headers")?;
    let mut headers = HeaderMap::new();
    for line in head.lines().skip(1) {
        let (name, value) = line.split_once(':').context("a header without a colon")?;
        let name: HeaderName = name.parse()?;
        // hyper writes these two itself.
        if name != header::CONTENT_LENGTH && name != header::DATE {
            headers.append(name, HeaderValue::from_str(value.trim())?);
        }
    }
    Ok(Answer { headers, body: serde_json::from_str(body)? })
}

pub async fn run(address: &str, file: &Path) -> anyhow::Result<()> {
    let answer_to_give = Arc::new(read(&std::fs::read_to_string(file)?)?);
    let route = Route::new().at("/*any", get(answer)).data(answer_to_give);
    Server::new(TcpListener::bind(address)).run(route).await?;
    Ok(())
}
