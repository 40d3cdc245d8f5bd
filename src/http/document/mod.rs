//! The published OpenAPI document. poem-openapi writes something near 3.0; this makes of it one
//! clean 3.0.3 and one clean 3.1.0 document, the same bytes for the same code. It never adds an
//! operation and never changes what one means.

mod operations;
mod raw;
mod rooms;
mod schemas;

pub use operations::OperationFacts;
pub use raw::raw;
pub use rooms::{Rooms, refuse_unknown_parameters};

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Where the API is mounted.
const SERVER: &str = "/api/v1";

/// A version of the OpenAPI specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentVersion {
    /// 3.0.3, for generators that know no other.
    V3_0,
    /// 3.1.0.
    V3_1,
}

/// The document in the order a person reads it. Inside, names stand in alphabetical order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    openapi: &'static str,
    info: Value,
    servers: Value,
    tags: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_docs: Option<Value>,
    paths: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhooks: Option<Value>,
    components: Value,
}

/// Cleans what [`raw()`] or the `spec()` of a service wrote. `facts` tells of each operation, by its id, what
/// stands in the permission table and not in the handler.
pub fn document(
    raw: &str,
    version: DocumentVersion,
    facts: &dyn Fn(&str) -> OperationFacts,
) -> String {
    let raw: Value = serde_json::from_str(raw).expect("poem-openapi writes JSON");
    let take = |name: &str| raw.get(name).cloned();
    let mut components = object(take("components"));
    let mut paths = object(take("paths"));

    let used = operations::clean(&mut paths, version, facts);
    components.extend(used);
    schemas::close_requests(&paths, &mut components);
    if let Some(Value::Object(schemas)) = components.get_mut("schemas") {
        schemas::clean_components(schemas, version);
    }
    let mut webhooks = (version == DocumentVersion::V3_1).then(|| take("webhooks")).flatten();
    if let Some(Value::Object(webhooks)) = &mut webhooks {
        operations::clean_webhooks(webhooks, version);
    }

    let document = Document {
        openapi: match version {
            DocumentVersion::V3_0 => "3.0.3",
            DocumentVersion::V3_1 => "3.1.0",
        },
        info: info(object(take("info")), version),
        servers: take("servers")
            .filter(|it| it.as_array().is_some_and(|it| !it.is_empty()))
            .unwrap_or_else(|| json!([{ "url": SERVER }])),
        tags: take("tags").unwrap_or_else(|| json!([])),
        external_docs: take("externalDocs"),
        paths: paths.into(),
        webhooks,
        components: components.into(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("values are JSON");
    text.push('\n');
    text
}

/// `summary` and a license's `identifier` came with 3.1, where `identifier` excludes `url`.
fn info(mut info: Map<String, Value>, version: DocumentVersion) -> Value {
    if version == DocumentVersion::V3_0 {
        info.remove("summary");
    }
    if let Some(Value::Object(license)) = info.get_mut("license") {
        match version {
            DocumentVersion::V3_0 => license.remove("identifier"),
            DocumentVersion::V3_1 if license.contains_key("identifier") => license.remove("url"),
            DocumentVersion::V3_1 => None,
        };
    }
    info.into()
}

fn object(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests;
