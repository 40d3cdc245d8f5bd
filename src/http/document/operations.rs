//! Operations of the document: parameters, bodies and answers. Which errors an operation can
//! answer with is one table, [`may_answer`].

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::http::document::{DocumentVersion, schemas};
use crate::http::problem::{PROBLEM_JSON, STATUSES};

/// What the permission table knows of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct OperationFacts {
    /// It writes on something that has a version: `If-Match` is required.
    pub versioned: bool,
    /// Who may call it, for people; appended to the description.
    pub security_text: Option<String>,
    /// A repeat with the same `Idempotency-Key` gets the first answer.
    pub idempotent: bool,
    /// Too many failed attempts lock it for a while.
    pub locks: bool,
    /// It serves parts of a file on request.
    pub ranged: bool,
}

/// What the table of errors asks about an operation.
#[expect(clippy::struct_excessive_bools, reason = "each answers one question of the table")]
struct Traits<'a> {
    method: &'a str,
    facts: &'a OperationFacts,
    secured: bool,
    has_body: bool,
    has_parameter: bool,
    has_path_parameter: bool,
}

/// The errors an operation can answer with.
fn may_answer(status: u16, it: &Traits<'_>) -> bool {
    let writes = it.method != "get";
    // Login, refresh and set-up bring their secret in the body.
    let asks_for_secret = !it.secured && it.method == "post";
    match status {
        400 => it.has_body || it.has_parameter || writes,
        401 => it.secured || asks_for_secret,
        403 => it.secured,
        404 => it.has_path_parameter,
        409 => writes,
        412 | 428 => it.facts.versioned,
        413 | 415 => it.has_body,
        // A query parameter nobody knows is refused everywhere.
        422 | 500 | 503 => true,
        416 => it.facts.ranged,
        429 => asks_for_secret || it.facts.locks,
        _ => true,
    }
}

/// Cleans every operation and returns the components they now refer to.
pub fn clean(
    paths: &mut Map<String, Value>,
    version: DocumentVersion,
    facts: &dyn Fn(&str) -> OperationFacts,
) -> Map<String, Value> {
    let mut used = Used::default();
    for (path, methods) in paths.iter_mut() {
        let Value::Object(methods) = methods else { continue };
        for (method, operation) in methods.iter_mut() {
            let Value::Object(operation) = operation else { continue };
            let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
            let facts = facts(id);
            let of = Traits {
                method,
                facts: &facts,
                secured: is_filled(operation.get("security")),
                has_body: operation.contains_key("requestBody"),
                has_parameter: is_filled(operation.get("parameters")),
                has_path_parameter: path.contains('{'),
            };
            clean_operation(operation, path, version, &of, &mut used);
        }
    }
    used.components(version)
}

/// A webhook is an operation of the receiver: only its form is cleaned.
pub fn clean_webhooks(webhooks: &mut Map<String, Value>, version: DocumentVersion) {
    for (_, methods) in webhooks.iter_mut() {
        for (_, operation) in methods.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                clean_body(operation, version);
                for (_, response) in members(operation, "responses") {
                    clean_response(response, version);
                }
            }
        }
    }
}

/// The shared components some operation refers to.
#[derive(Default)]
struct Used {
    if_match: bool,
    idempotency_key: bool,
    problems: BTreeSet<u16>,
}

fn clean_operation(
    operation: &mut Map<String, Value>,
    path: &str,
    version: DocumentVersion,
    of: &Traits<'_>,
    used: &mut Used,
) {
    // Nothing is open by omission.
    operation.entry("security").or_insert_with(|| json!([]));
    if operation.get("deprecated") == Some(&Value::Bool(false)) {
        operation.remove("deprecated");
    }
    if let Some(text) = &of.facts.security_text {
        let own = operation.get("description").and_then(Value::as_str).unwrap_or_default();
        let gap = if own.is_empty() { "" } else { "\n\n" };
        let all = format!("{own}{gap}{text}");
        operation.insert("description".to_owned(), all.into());
    }
    clean_parameters(operation, path, version, of, used);
    clean_body(operation, version);
    if let Some(Value::Object(responses)) = operation.get_mut("responses") {
        clean_responses(responses, version, of, used);
    }
}

fn clean_parameters(
    operation: &mut Map<String, Value>,
    path: &str,
    version: DocumentVersion,
    of: &Traits<'_>,
    used: &mut Used,
) {
    let mut parameters = match operation.remove("parameters") {
        Some(Value::Array(parameters)) => parameters,
        _ => Vec::new(),
    };
    for parameter in parameters.iter_mut().filter_map(Value::as_object_mut) {
        clean_parameter(parameter, version);
    }
    parameters.sort_by_cached_key(|parameter| place(parameter, path));
    if of.facts.idempotent && of.method == "post" {
        used.idempotency_key = true;
        parameters.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
    }
    if of.facts.versioned {
        used.if_match = true;
        parameters.push(json!({ "$ref": "#/components/parameters/IfMatch" }));
    }
    if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), parameters.into());
    }
}

/// Path parameters in the order of the path, then the others by place and name.
fn place(parameter: &Value, path: &str) -> (usize, usize, String) {
    let name = parameter["name"].as_str().unwrap_or_default();
    match parameter["in"].as_str() {
        Some("path") => (0, path.find(&format!("{{{name}}}")).unwrap_or_default(), String::new()),
        Some("query") => (1, 0, name.to_owned()),
        Some("header") => (2, 0, name.to_owned()),
        _ => (3, 0, name.to_owned()),
    }
}

fn clean_parameter(parameter: &mut Map<String, Value>, version: DocumentVersion) {
    let place = parameter.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_list = parameter["schema"].get("type") == Some(&"array".into());
    // `explode` says something of lists in the query only, and `true` is what nobody needs to say.
    if place != "query" || !is_list || parameter.get("explode") == Some(&true.into()) {
        parameter.remove("explode");
    }
    if parameter.get("deprecated") == Some(&false.into()) {
        parameter.remove("deprecated");
    }
    if place == "header"
        && let Some(Value::String(name)) = parameter.get_mut("name")
    {
        *name = header_name(name);
    }
    if let Some(schema) = parameter.get_mut("schema") {
        schemas::clean(schema, version);
    }
}

fn clean_body(operation: &mut Map<String, Value>, version: DocumentVersion) {
    if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
        if body.get("required") == Some(&false.into()) {
            body.remove("required");
        }
        clean_content(body, version);
    }
}

fn clean_responses(
    responses: &mut Map<String, Value>,
    version: DocumentVersion,
    of: &Traits<'_>,
    used: &mut Used,
) {
    responses.retain(|status, response| {
        let status = status.parse().unwrap_or_default();
        !is_problem(response) || may_answer(status, of)
    });
    for (status, response) in responses.iter_mut() {
        if is_problem(response) {
            used.problems.insert(status.parse().unwrap_or_default());
            *response = json!({ "$ref": format!("#/components/responses/Problem{status}") });
        } else {
            clean_response(response, version);
        }
    }
}

fn is_problem(response: &Value) -> bool {
    response["content"].get(PROBLEM_JSON).is_some()
}

fn clean_response(response: &mut Value, version: DocumentVersion) {
    let Some(response) = response.as_object_mut() else { return };
    let description = response.entry("description").or_insert_with(|| "".into());
    if description.as_str().is_none_or(str::is_empty) {
        *description = "Done.".into();
    }
    if let Some(Value::Object(headers)) = response.get_mut("headers") {
        *headers = std::mem::take(headers)
            .into_iter()
            .map(|(name, mut header)| {
                if header["deprecated"] == false {
                    header.as_object_mut().map(|it| it.remove("deprecated"));
                }
                if let Some(schema) = header.get_mut("schema") {
                    schemas::clean(schema, version);
                }
                (header_name(&name), header)
            })
            .collect();
    }
    clean_content(response, version);
}

/// Media types without `charset`: JSON has none, and a key with one matches no request.
fn clean_content(holder: &mut Map<String, Value>, version: DocumentVersion) {
    if let Some(Value::Object(content)) = holder.get_mut("content") {
        *content = std::mem::take(content)
            .into_iter()
            .map(|(media_type, mut described)| {
                if let Some(schema) = described.get_mut("schema") {
                    schemas::clean(schema, version);
                }
                let bare = media_type.split(';').next().unwrap_or_default().trim();
                (bare.to_owned(), described)
            })
            .collect();
    }
}

impl Used {
    fn components(self, version: DocumentVersion) -> Map<String, Value> {
        let mut components = Map::new();
        let mut parameters = Map::new();
        if self.if_match {
            parameters.insert("IfMatch".to_owned(), if_match(version));
        }
        if self.idempotency_key {
            parameters.insert("IdempotencyKey".to_owned(), idempotency_key(version));
        }
        if !parameters.is_empty() {
            components.insert("parameters".to_owned(), parameters.into());
        }
        let responses: Map<String, Value> = STATUSES
            .iter()
            .filter(|(status, _)| self.problems.contains(status))
            .map(|(status, text)| (format!("Problem{status}"), problem(*status, text)))
            .collect();
        if !responses.is_empty() {
            components.insert("responses".to_owned(), responses.into());
        }
        components
    }
}

fn if_match(version: DocumentVersion) -> Value {
    let mut schema = json!({ "type": "string", "pattern": "^\"[0-9]+\"$", "example": "\"3\"" });
    schemas::clean(&mut schema, version);
    json!({
        "name": "If-Match",
        "in": "header",
        "required": true,
        "description": "The `ETag` of what was read: the write is refused when somebody changed \
                        it since. Missing: 428; not the present one: 412.",
        "schema": schema,
    })
}

fn idempotency_key(version: DocumentVersion) -> Value {
    let mut schema = json!({
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[!-~]+$",
        "example": "0198a2f0-7c1e-7b62-9a55-3f0f5b2f9d10",
    });
    schemas::clean(&mut schema, version);
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "A name of your own for this request, best a UUID. A repeat with the same \
                        key gets the first answer again, marked `Idempotency-Replayed: true`; \
                        the same key with another request is refused with 422.",
        "schema": schema,
    })
}

fn problem(status: u16, description: &str) -> Value {
    let mut response = json!({
        "description": description,
        "content": {
            PROBLEM_JSON: { "schema": { "$ref": "#/components/schemas/Problem" } }
        },
    });
    let text =
        |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    let seconds = json!({
        "description": "Seconds to wait before trying again.",
        "schema": { "type": "integer", "format": "int64", "minimum": 0 },
    });
    match status {
        401 => {
            response["headers"] = json!({ "WWW-Authenticate": text("The kind of token wanted.") });
        }
        429 | 503 => response["headers"] = json!({ "Retry-After": seconds }),
        _ => {}
    }
    response
}

/// poem-openapi writes header names in capitals.
fn header_name(name: &str) -> String {
    if name.chars().any(|it| it.is_ascii_lowercase()) {
        return name.to_owned();
    }
    let part = |part: &str| match part {
        "ETAG" => "ETag".to_owned(),
        "WWW" | "ID" | "CSRF" => part.to_owned(),
        _ => {
            let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
            format!("{first}{}", rest.to_ascii_lowercase())
        }
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

fn members<'a>(
    holder: &'a mut Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a mut Value)> {
    holder.get_mut(name).and_then(Value::as_object_mut).into_iter().flatten()
}

fn is_filled(list: Option<&Value>) -> bool {
    list.and_then(Value::as_array).is_some_and(|it| !it.is_empty())
}
