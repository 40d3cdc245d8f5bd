//! A recorded statement with holes for what must be new at each run. Pure.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the server sent for one request of each kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recording {
    pub create: Vec<Template>,
    pub read: Vec<Template>,
}

impl Recording {
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
    }
}

/// One statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Template {
    /// With `$1` for parameters, as PostgreSQL has them.
    pub sql: String,
    pub parameters: Vec<Parameter>,
}

/// A parameter as PostgreSQL types and prints it. In the text `{name}` stands for an id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    pub kind: String,
    pub text: Option<String>,
    /// The column it is written to, if the statement is an insert.
    pub column: Option<String>,
}

/// The ids that stand for the names in one run.
pub type Names = HashMap<String, Uuid>;

/// A value to bind.
#[derive(Debug, Clone)]
pub enum Value {
    Id(Option<Uuid>),
    Text(Option<String>),
    Long(Option<i64>),
    Short(Option<i32>),
    Truth(Option<bool>),
    Instant(Option<DateTime<Utc>>),
    Day(Option<NaiveDate>),
    Bytes(Option<Vec<u8>>),
}

impl Template {
    /// The statement as SQLite writes parameters.
    pub fn sql_for_sqlite(&self) -> String {
        let mut sql = String::new();
        let mut rest = self.sql.as_str();
        while let Some((before, after)) = rest.split_once('$') {
            sql.push_str(before);
            sql.push('?');
            rest = after.trim_start_matches(|it: char| it.is_ascii_digit());
        }
        sql + rest
    }

    /// The names that no station gives: new ids for each run.
    pub fn fresh_names(templates: &[Self]) -> Vec<String> {
        let texts =
            templates.iter().flat_map(|it| &it.parameters).filter_map(|it| it.text.as_ref());
        let mut found: Vec<String> = texts
            .flat_map(|it| it.split('{').skip(1))
            .filter_map(|it| it.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .filter(|it| it.starts_with("new"))
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

impl Parameter {
    /// The value with its holes filled.
    pub fn value(&self, names: &Names) -> anyhow::Result<Value> {
        let text = self.text.as_deref().map(|it| fill(it, names));
        let text = text.as_deref();
        Ok(match self.kind.as_str() {
            "UUID" => Value::Id(text.map(str::parse).transpose()?),
            "INT8" => Value::Long(text.map(str::parse).transpose()?),
            "INT4" => Value::Short(text.map(str::parse).transpose()?),
            "BOOL" => Value::Truth(text.map(|it| it == "t")),
            "DATE" => Value::Day(text.map(str::parse).transpose()?),
            "TIMESTAMPTZ" => Value::Instant(
                text.map(|it| DateTime::parse_from_str(it, "%Y-%m-%d %H:%M:%S%.f%#z"))
                    .transpose()?
                    .map(|it| it.with_timezone(&Utc)),
            ),
            "BYTEA" => {
                Value::Bytes(text.map(|it| hex::decode(it.trim_start_matches("\\x"))).transpose()?)
            }
            "TEXT" | "VARCHAR" => Value::Text(text.map(str::to_owned)),
            other => anyhow::bail!("a parameter of the type {other}"),
        })
    }
}

fn fill(text: &str, names: &Names) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    if text == "{hash}" {
        // A key or hash of 64 digits: new each time.
        return format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple());
    }
    let mut filled = text.to_owned();
    for (name, id) in names {
        let hole = format!("{{{name}}}");
        if filled.contains(&hole) {
            filled = filled.replace(&hole, &id.to_string());
        }
    }
    filled
}
