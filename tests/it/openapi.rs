//! The document of the API: the committed files are what the program serves, and the house
//! rules hold, checked over the JSON and not by memory. `EXPECTORATE=overwrite cargo test`
//! accepts a changed document; its diff is the review.

use std::collections::BTreeSet;

use huijie::access::Action;
use huijie::http::BASE;
use huijie::http::document::DocumentVersion;
use huijie::http::document_text;
use reqwest::Method;
use serde_json::{Map, Value};

use crate::harness::{TestApp, on_both_databases};

/// Operations whose body is a file and not JSON. Grows only by a deliberate edit here.
pub const FILES: &[&str] = &["import_enterprises", "add_evidence"];

/// Operations open to anyone. Grows only by a deliberate edit here.
pub const PUBLIC: &[&str] =
    &["log_in", "refresh_tokens", "set_up_station", "read_calendar_feed", "check_agreement"];

/// One operation, as the document tells it.
pub struct Operation {
    pub id: String,
    pub method: Method,
    /// Whole, with `{name}` for parameters.
    pub path: String,
    /// The body that the document shows.
    pub example: Option<Value>,
    body: Value,
}

impl Operation {
    /// The permission it needs; None when it is open to anyone.
    pub fn action(&self) -> Option<Action> {
        self.id.parse().ok()
    }

    /// The path with every parameter filled in by `value`.
    pub fn path_with(&self, value: impl Fn(&str) -> String) -> String {
        let fill = |segment: &str| match segment.strip_prefix('{') {
            Some(name) => value(name.trim_end_matches('}')),
            None => segment.to_owned(),
        };
        self.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    /// Whether it is about one case.
    pub fn is_about_a_case(&self) -> bool {
        OF_A_CASE.iter().any(|it| self.path.contains(&format!("{{{it}}}")))
    }
}

/// The parameters of a path that name a case or a part of one.
pub const OF_A_CASE: &[&str] =
    &["case_id", "hearing_id", "assignment_id", "recusal_id", "suspension_id", "deadline_id"];

/// Every operation of the served document.
pub async fn operations(app: &TestApp) -> Vec<Operation> {
    let served = app.stranger().get(&format!("{BASE}/openapi.json")).await.ok();
    operations_of(&served.body)
}

fn operations_of(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, body) in methods.as_object().expect("operations") {
            let Ok(method) = method.to_uppercase().parse() else { continue };
            if !body["operationId"].is_string() {
                continue;
            }
            found.push(Operation {
                id: body["operationId"].as_str().unwrap().to_owned(),
                method,
                path: format!("{BASE}{path}"),
                example: example_of(document, body),
                body: body.clone(),
            });
        }
    }
    assert!(found.len() > 50, "the document has operations");
    found
}

/// The example stands with the media type or with the schema it refers to.
fn example_of(document: &Value, operation: &Value) -> Option<Value> {
    let media = operation.pointer("/requestBody/content/application~1json")?;
    let schema = resolve(document, &media["schema"]);
    let example = media.get("example").or_else(|| schema.get("example"));
    let in_list = || schema["examples"].get(0);
    example.or_else(in_list).cloned()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} leads nowhere")),
        None => schema,
    }
}

fn both_documents() -> [Value; 2] {
    [DocumentVersion::V3_0, DocumentVersion::V3_1]
        .map(|version| serde_json::from_str(&document_text(version)).expect("JSON"))
}

#[test]
fn the_committed_documents_are_up_to_date() {
    for (path, version) in [
        ("openapi/openapi.json", DocumentVersion::V3_0),
        ("openapi/openapi-3.1.json", DocumentVersion::V3_1),
    ] {
        expectorate::assert_contents(path, &document_text(version));
    }
}

on_both_databases!(what_is_served_is_what_is_committed);

async fn what_is_served_is_what_is_committed(app: &TestApp) {
    for (name, version) in
        [("openapi.json", DocumentVersion::V3_0), ("openapi-3.1.json", DocumentVersion::V3_1)]
    {
        let served = app.stranger().get(&format!("{BASE}/{name}")).await.ok();
        assert_eq!(served.text, document_text(version), "{name}");
    }
}

#[test]
fn an_operation_is_its_action() {
    for document in both_documents() {
        let ids: Vec<String> = operations_of(&document).into_iter().map(|it| it.id).collect();
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
        let actions = Action::ALL.iter().map(ToString::to_string);
        let expected: BTreeSet<String> =
            actions.chain(PUBLIC.iter().map(|it| (*it).to_owned())).collect();
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

/// The id is also the name of the function, so that whoever reads the document finds the code.
#[test]
fn an_operation_is_its_function() {
    let sources = crate::layers::sources();
    let api = sources.iter().filter(|it| it.path.ends_with("/api.rs"));
    let text: String = api.map(|it| it.text.as_str()).collect();
    for operation in operations_of(&both_documents()[0]) {
        let function = format!("async fn {}(", operation.id);
        assert!(text.contains(&function), "no {function}…) in any api.rs");
    }
}

#[test]
fn every_operation_is_explained() {
    for operation in both_documents().iter().flat_map(operations_of) {
        let Operation { id, body, .. } = operation;
        let text = |name: &str| body[name].as_str().unwrap_or_default().trim().to_owned();
        assert!(!text("summary").is_empty(), "{id} has no summary");
        assert!(!text("summary").ends_with('.'), "{id}: a summary is a title");
        let before_roles = text("description");
        let own = before_roles.split("Roles:").next().unwrap_or_default().trim();
        assert!(own.ends_with(['.', ')']), "{id} has no description of its own: {own:?}");
        assert_eq!(body["tags"].as_array().map(Vec::len), Some(1), "{id} has one tag");
        for (status, answer) in body["responses"].as_object().expect("answers") {
            let answer = answer["description"].as_str().or(answer["$ref"].as_str());
            assert!(answer.is_some_and(|it| !it.is_empty()), "{id} {status} says nothing");
        }
        for parameter in body["parameters"].as_array().into_iter().flatten() {
            let described = parameter["description"].is_string() || parameter["$ref"].is_string();
            assert!(described, "{id}: {parameter} is not described");
        }
    }
}

#[test]
fn every_error_is_a_problem() {
    for document in both_documents() {
        for Operation { id, body, .. } in operations_of(&document) {
            let answers = body["responses"].as_object().expect("answers");
            let errors = answers.iter().filter(|(status, _)| !status.starts_with('2'));
            for (status, answer) in errors {
                let answer = resolve(&document, answer);
                let types: Vec<&String> =
                    answer["content"].as_object().expect("content").keys().collect();
                assert_eq!(types, ["application/problem+json"], "{id} {status}");
            }
            let mut expected = vec!["500", "503"];
            if !PUBLIC.contains(&id.as_str()) {
                expected.extend(["401", "403"]);
            }
            if body["requestBody"].is_object() {
                expected.extend(["400", "413", "415", "422"]);
            }
            for status in expected {
                assert!(answers.contains_key(status), "{id} does not tell of {status}");
            }
        }
    }
}

#[test]
fn every_operation_but_the_public_ones_wants_a_token() {
    for operation in both_documents().iter().flat_map(operations_of) {
        let wants_token = operation.body["security"]
            .as_array()
            .is_some_and(|it| it.iter().any(|it| it["bearer"].is_array()));
        assert_eq!(wants_token, !PUBLIC.contains(&operation.id.as_str()), "{}", operation.id);
    }
}

#[test]
fn every_body_has_an_example_and_is_closed() {
    for document in both_documents() {
        for operation in operations_of(&document) {
            if !operation.body["requestBody"].is_object() {
                continue;
            }
            let id = &operation.id;
            let json = &operation.body["requestBody"]["content"]["application/json"];
            assert_eq!(json.is_null(), FILES.contains(&id.as_str()), "{id}: JSON or a file?");
            if json.is_null() {
                continue;
            }
            let example = operation.example.as_ref();
            let example = example.unwrap_or_else(|| panic!("{id} has no example"));
            assert!(example.as_object().is_some_and(|it| !it.is_empty()), "{id}: {example}");
            let media = operation.body.pointer("/requestBody/content/application~1json");
            let mut seen = BTreeSet::new();
            closed(&document, &media.expect("JSON")["schema"], id, &mut seen);
        }
    }
}

/// Every object that can be sent refuses members it does not know.
fn closed(document: &Value, schema: &Value, place: &str, seen: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str()
        && !seen.insert(reference.to_owned())
    {
        return;
    }
    let schema = resolve(document, schema);
    if let Some(members) = schema["properties"].as_object() {
        assert_eq!(schema["additionalProperties"], false, "{place} takes anything");
        for (name, member) in members {
            closed(document, member, &format!("{place}/{name}"), seen);
        }
    }
    if schema["items"].is_object() {
        closed(document, &schema["items"], &format!("{place}/*"), seen);
    }
    for part in ["allOf", "oneOf", "anyOf"].iter().filter_map(|it| schema[*it].as_array()).flatten()
    {
        closed(document, part, place, seen);
    }
}

/// `null` in an example says nothing to whoever copies it.
#[test]
fn no_example_holds_null() {
    for document in both_documents() {
        walk(&document, "", &mut |place, members| {
            for name in ["example", "examples", "default"] {
                if let Some(example) = members.get(name) {
                    assert!(!holds_null(example), "{place}/{name}: {example}");
                }
            }
        });
    }
}

fn walk(value: &Value, place: &str, visit: &mut impl FnMut(&str, &Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            visit(place, members);
            for (name, member) in members {
                walk(member, &format!("{place}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{place}/{index}"), visit);
            }
        }
        _ => {}
    }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}

/// Nouns of which there is one, or that have no plural of their own in a path.
const SINGULAR: &[&str] = &[
    "login",
    "logout",
    "refresh",
    "setup",
    "me",
    "password",
    "disabling",
    "enabling",
    "unlocking",
    "audit",
    "verification",
    "timeline",
    "answer",
    "acceptance",
    "declination",
    "referral",
    "withdrawal",
    "private-settlement",
    "unmasking",
    "response",
    "release",
    "mediation-start",
    "rescheduling",
    "attendance",
    "minutes",
    "adjournment",
    "cancellation",
    "agreement",
    "lock",
    "entrustment",
    "recall",
    "hand-over",
    "return",
    "termination-decision",
    "seal",
    "oral-agreement",
    "conclusion",
    "closure",
    "completeness",
    "archive",
    "auth",
    // Recusal, interests, clues, confirmation.
    "decision",
    "interest-check",
    "end",
    "receipt",
    "extension",
    "judicial-confirmation",
    "deadline",
    // Deadlines.
    "recount",
    "explanation",
    "impact",
    "resumption",
    "locality",
    // Evidence.
    "evidence",
    "content",
    "thumbnail",
    "drawing",
    // Papers.
    "pdf",
    "docx",
    "zip",
    // Hearings.
    "calendar",
    // Mediators.
    "profile",
    // Calculators and the agreement that is tried out.
    "prepaid-refund",
    "seven-day-return",
    "interest",
    "preview",
    // The district.
    "network",
    "location",
];

/// Countable things stand in the plural; what a step leaves behind is a noun of its own.
#[test]
fn paths_are_nouns() {
    for operation in operations_of(&both_documents()[0]) {
        for segment in operation.path.trim_start_matches(BASE).split('/').skip(1) {
            let name = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            if let Some(name) = name {
                let snake = name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
                assert!(snake, "{}: {segment}", operation.path);
                continue;
            }
            let kebab = segment.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
            assert!(kebab, "{}: {segment}", operation.path);
            let fine = segment.ends_with('s') || SINGULAR.contains(&segment);
            assert!(fine, "{}: is {segment} a plural?", operation.path);
        }
    }
}

/// Every operation on a case that is written under a version says so, and no other does.
#[test]
fn a_versioned_operation_wants_if_match() {
    for document in both_documents() {
        for operation in operations_of(&document) {
            let Some(action) = operation.action() else { continue };
            let guarded = action.guarded() == huijie::access::Guarded::Versioned;
            let names: Vec<&str> = operation.body["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| resolve(&document, it)["name"].as_str())
                .collect();
            let answers = &operation.body["responses"];
            assert_eq!(names.contains(&"If-Match"), guarded, "{}: {names:?}", operation.id);
            for status in ["412", "428"] {
                assert_eq!(answers[status].is_object(), guarded, "{} {status}", operation.id);
            }
            let key = operation.method == Method::POST;
            assert_eq!(names.contains(&"Idempotency-Key"), key, "{}: {names:?}", operation.id);
        }
    }
}
