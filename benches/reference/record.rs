//! Lets the server answer one request of each kind in this process, and reads from the log of
//! PostgreSQL what it was sent: these very statements are the reference.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use huijie::app::App;
use poem::http::Method;
use poem::{Endpoint, Request};
use poem_openapi::types::{Example as _, ToJSON as _};
use regex::Regex;
use sea_orm::sqlx::{self, Executor as _, Row as _, Statement as _, TypeInfo as _};
use uuid::Uuid;

use super::station;
use super::template::{Parameter, Recording, Template};

pub async fn run(target: &Path, url: &str) -> anyhow::Result<()> {
    let directory = target.with_extension("station");
    let app = station::open(&directory, Some(url)).await?;
    station::make(&app).await?;
    app.database.clone().close().await?;

    let admin = sqlx::PgPool::connect(url).await?;
    let (_, database) = url.rsplit_once('/').context("a URL without a database")?;
    let verbose = format!("ALTER DATABASE \"{database}\" SET log_statement = 'all'");
    admin.execute(sqlx::AssertSqlSafe(verbose)).await?;
    let row = admin.fetch_one("SHOW data_directory").await?;
    let log = PathBuf::from(row.try_get::<String, _>(0)?).with_file_name("log");

    let app = station::open(&directory, Some(url)).await?;
    let recording = watch(&app, &admin, &log).await?;
    std::fs::write(target, serde_json::to_string_pretty(&recording)?)?;
    super::say(format_args!(
        "recorded: {} statements of a create, {} of a read",
        recording.create.len(),
        recording.read.len()
    ));
    Ok(())
}

async fn watch(app: &App, admin: &sqlx::PgPool, log: &Path) -> anyhow::Result<Recording> {
    let clerk = station::user(app, "clerk0").await?;
    let token = station::log_in(app, "clerk0").await?;
    let endpoint = huijie::http::endpoint(app);
    let session = station::session(app, clerk.id).await?;
    let known = [(clerk.id, "user"), (clerk.office_id, "office"), (session, "session")];
    let mut names: HashMap<Uuid, String> =
        known.into_iter().map(|(id, name)| (id, name.to_owned())).collect();

    // The first one also loads what later ones find in memory.
    create(&endpoint, &token).await?;
    let begin = std::fs::metadata(log)?.len();
    let case_id = create(&endpoint, &token).await?;
    let written = since(log, begin)?;
    let begin = std::fs::metadata(log)?.len();
    let request = request(Method::GET, &format!("/api/v1/cases/{case_id}"), &token);
    let status = endpoint.get_response(request.finish()).await.status();
    ensure!(status == 200, "reading a case was answered with {status}");
    let read = since(log, begin)?;

    let transaction = written.split("statement: BEGIN").nth(1).context("no transaction")?;
    let (transaction, _) = transaction.split_once("statement: COMMIT").context("no commit")?;
    let mut create = templates(admin, transaction).await?;
    // The index of search is written in each database's own words; and what looks for clusters
    // would find more of the same case each time, which the server does not once there is one.
    create.retain(|it| !it.sql.contains("search_"));
    create.retain(|it| !(it.sql.starts_with("SELECT") && it.sql.contains("\"match_keys\"")));
    let mut read = templates(admin, &read).await?;
    ensure!(!create.is_empty() && !read.is_empty(), "the log holds no statements");
    for parameter in create.iter_mut().flat_map(|it| &mut it.parameters) {
        cut_holes(parameter, &mut names)?;
    }
    names.insert(case_id, "case".to_owned());
    for parameter in read.iter_mut().flat_map(|it| &mut it.parameters) {
        cut_holes(parameter, &mut names)?;
    }
    Ok(Recording { create, read })
}

fn request(method: Method, path: &str, token: &str) -> poem::RequestBuilder {
    Request::builder()
        .method(method)
        .uri_str(path)
        .header("authorization", format!("Bearer {token}"))
}

async fn create(endpoint: &impl Endpoint, token: &str) -> anyhow::Result<Uuid> {
    let request = request(Method::POST, "/api/v1/cases", token)
        .content_type("application/json")
        .header("idempotency-key", Uuid::now_v7().to_string())
        .body(huijie::intake::RegisterCase::example().to_json_string());
    let response = endpoint.get_response(request).await;
    ensure!(response.status() == 201, "a create was answered with {}", response.status());
    let location = response.header("location").context("no location")?;
    Ok(location.rsplit('/').next().unwrap_or_default().parse()?)
}

fn since(log: &Path, begin: u64) -> anyhow::Result<String> {
    let bytes = std::fs::read(log)?;
    Ok(String::from_utf8_lossy(&bytes[usize::try_from(begin)?..]).into_owned())
}

/// The statements of a piece of the log: a line for the text, one for the parameters.
async fn templates(admin: &sqlx::PgPool, log: &str) -> anyhow::Result<Vec<Template>> {
    let execute = Regex::new(r"LOG:  execute [^:]*: (.*)$")?;
    let details = Regex::new(r"DETAIL:  [Pp]arameters: (.*)$")?;
    let mut found: Vec<Template> = Vec::new();
    for line in log.lines() {
        if let Some(hit) = execute.captures(line) {
            found.push(Template { sql: hit[1].to_owned(), parameters: Vec::new() });
        } else if let (Some(hit), Some(last)) = (details.captures(line), found.last_mut()) {
            last.parameters = parameters(admin, &last.sql, &hit[1]).await?;
        }
    }
    Ok(found)
}

async fn parameters(admin: &sqlx::PgPool, sql: &str, text: &str) -> anyhow::Result<Vec<Parameter>> {
    let one = Regex::new(r"\$\d+ = (NULL|'((?:[^']|'')*)')")?;
    let prepared = admin.prepare(sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(sql))).await?;
    let Some(sqlx::Either::Left(types)) = prepared.parameters() else { bail!("no types: {sql}") };
    let columns: Vec<&str> = sql
        .strip_prefix("INSERT INTO ")
        .and_then(|it| it.split_once('(')?.1.split_once(')'))
        .map(|(columns, _)| columns.split(", ").map(|it| it.trim_matches('"')).collect())
        .unwrap_or_default();
    let found: Vec<Parameter> = one
        .captures_iter(text)
        .zip(types)
        .enumerate()
        .map(|(place, (hit, kind))| Parameter {
            kind: kind.name().to_owned(),
            text: hit.get(2).map(|it| it.as_str().replace("''", "'")),
            column: (!columns.is_empty()).then(|| columns[place % columns.len()].to_owned()),
        })
        .collect();
    ensure!(found.len() == types.len(), "parameters were not understood: {sql}: {text}");
    Ok(found)
}

/// Puts names in the places of ids, also inside of texts, and `{hash}` for 64 digits.
fn cut_holes(parameter: &mut Parameter, names: &mut HashMap<Uuid, String>) -> anyhow::Result<()> {
    let id = Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")?;
    let Some(text) = &mut parameter.text else { return Ok(()) };
    let mut cut = text.clone();
    for hit in id.find_iter(text) {
        let known = names.len();
        let name = names.entry(hit.as_str().parse()?).or_insert_with(|| format!("new{known}"));
        cut = cut.replace(hit.as_str(), &format!("{{{name}}}"));
    }
    let is_hash = text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit());
    *text = if is_hash { "{hash}".to_owned() } else { cut };
    Ok(())
}
