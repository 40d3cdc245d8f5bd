//! One person who asks one question after another, and how long each answer took.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::json;

use super::town;

/// Milliseconds at the median, at 95 of 100, and the longest.
pub async fn run(
    address: &str,
    station: &Path,
    person: &str,
    what: &str,
    times: usize,
) -> anyhow::Result<String> {
    let token = std::fs::read_to_string(station.join(format!("{person}.token")))?;
    let cases = std::fs::read_to_string(station.join("cases.txt"))?;
    let cases: Vec<&str> = cases.lines().collect();
    ensure!(!cases.is_empty() && times > 1, "nothing to ask");
    let client = Client::new();
    let url = |path: &str| format!("{address}/api/v1/{path}");
    let requests: Vec<RequestBuilder> = match what {
        "suggestion" => (0..times)
            .map(|at| cases[at % cases.len()])
            .map(|case| client.post(url(&format!("cases/{case}/mediator-suggestions"))))
            .map(|it| it.header("If-Match", "\"1\"").json(&json!({ "seat": "presiding" })))
            .collect(),
        "month" => (0..times)
            .map(|_| client.get(url("hearings?from=2020-01-01T00:00:00Z&limit=200")))
            .collect(),
        // A paper of each case in turn, so that none is the one that was there before.
        "paper" => (0..times)
            .map(|at| cases[at % cases.len()])
            .map(|case| client.post(url(&format!("cases/{case}/papers"))))
            .map(|it| it.json(&json!({ "form": "application" })))
            .collect(),
        characters => town::questions(characters.parse().context("WHAT is unknown")?, times)
            .into_iter()
            .map(|text| client.post(url("searches/cases")).json(&json!({ "text": text })))
            .collect(),
    };
    let mut took = Vec::new();
    for (place, request) in requests.into_iter().enumerate() {
        let begun = Instant::now();
        let answer = request.bearer_auth(&token).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(matches!(status, StatusCode::OK | StatusCode::CREATED), "{status}: {text}");
        // The first one warms up.
        if place > 0 {
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(spread(took))
}

/// The median, what 95 of 100 stay below, and the longest.
pub fn spread(mut took: Vec<f64>) -> String {
    took.sort_by(f64::total_cmp);
    let at = |hundredth: usize| took[(took.len() * hundredth / 100).min(took.len() - 1)];
    format!("{:.2} {:.2} {:.2}", at(50), at(95), at(100))
}
