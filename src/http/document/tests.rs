//! A small API with everything that needs cleaning.
#![expect(clippy::unused_async, reason = "poem-openapi wants async operations")]

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use poem::http::Method;
use poem::{EndpointExt, Request};
use poem_openapi::auth::Bearer;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::types::Example;
use poem_openapi::{
    ContactObject, Enum, LicenseObject, Object, OpenApi, OpenApiService, SecurityScheme, Tags,
    Union,
};
use uuid::Uuid;

use super::*;
use crate::http::answers::{Created, Done, Page, Plain, Versioned};
use crate::http::payload::Body;
use crate::http::problem::Problem;

#[derive(Tags)]
enum Tag {
    /// Things to try.
    Things,
}

#[derive(SecurityScheme)]
#[oai(ty = "bearer", bearer_format = "JWT")]
struct Token(#[expect(dead_code, reason = "only its scheme is wanted")] Bearer);

/// A color.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum Color {
    Red,
    Blue,
}

/// A round one.
#[derive(Debug, Object)]
struct Circle {
    /// Half its width.
    radius: u32,
}

/// A square one.
#[derive(Debug, Object)]
struct Square {
    /// Its side.
    side: i16,
}

/// A shape.
#[derive(Debug, Union)]
#[oai(discriminator_name = "kind", rename_all = "snake_case")]
enum Shape {
    Circle(Circle),
    Square(Square),
}

/// Where it came from.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
struct Origin {
    /// The place.
    place: String,
}

/// A thing.
#[derive(Debug, Object)]
#[oai(example, skip_serializing_if_is_none)]
struct Thing {
    /// Its id.
    id: Uuid,
    /// The day it was made.
    made_on: NaiveDate,
    /// When it was seen last.
    seen_at: Option<DateTime<Utc>>,
    /// Its weight.
    weight: u64,
    /// Its color.
    #[oai(nullable)]
    color: Option<Color>,
    /// A note, or null.
    #[oai(nullable)]
    note: Option<String>,
    /// Words about it.
    words: HashMap<String, String>,
}

impl Example for Thing {
    fn example() -> Self {
        Self {
            id: Uuid::nil(),
            made_on: NaiveDate::default(),
            seen_at: None,
            weight: 3,
            color: None,
            note: None,
            words: HashMap::new(),
        }
    }
}

/// What is told of a new thing.
#[derive(Debug, Object)]
#[oai(deny_unknown_fields)]
struct NewThing {
    /// Its weight.
    #[oai(validator(minimum(value = "1"), maximum(value = "9", exclusive = true)))]
    weight: u64,
    /// Its shape.
    shape: Shape,
    /// Where it came from.
    origin: Option<Origin>,
}

struct Reading;

#[OpenApi(prefix_path = "/things", tag = "Tag::Things")]
impl Reading {
    /// List things
    ///
    /// Newest first.
    #[oai(path = "/", method = "get", operation_id = "list_things")]
    async fn list(
        &self,
        _token: Token,
        limit: Query<Option<u32>>,
        #[oai(name = "X-TRACE")] trace: Header<Option<String>>,
        colors: Query<Vec<Color>>,
    ) -> Result<Plain<Page<Thing>>, Problem> {
        let _ = (limit, trace, colors);
        Ok(Plain(Page { items: Vec::new(), next_cursor: None }))
    }

    /// Show a thing
    ///
    /// As it is now.
    #[oai(path = "/:thing_id", method = "get", operation_id = "show_thing")]
    async fn show(&self, _token: Token, thing_id: Path<Uuid>) -> Result<Versioned<Thing>, Problem> {
        let _ = thing_id;
        Ok(Versioned { version: Some(1), body: Thing::example() })
    }
}

struct Writing;

#[OpenApi(prefix_path = "/things", tag = "Tag::Things")]
impl Writing {
    /// Make a thing
    ///
    /// It is kept.
    #[oai(path = "/", method = "post", operation_id = "make_thing")]
    async fn make(&self, _token: Token, body: Body<NewThing>) -> Result<Created<Thing>, Problem> {
        let _ = body;
        Ok(Created { location: None, version: None, body: Thing::example() })
    }

    /// Take a thing away
    ///
    /// For good.
    #[oai(path = "/:thing_id", method = "delete", operation_id = "remove_thing")]
    async fn remove(&self, _token: Token, thing_id: Path<Uuid>) -> Result<Done, Problem> {
        let _ = thing_id;
        Ok(Done)
    }

    /// Log in
    ///
    /// With what is known.
    #[oai(path = "/login", method = "post", operation_id = "log_in")]
    async fn log_in(&self, body: Body<Origin>) -> Result<Done, Problem> {
        let _ = body;
        Ok(Done)
    }
}

fn facts(id: &str) -> OperationFacts {
    match id {
        "make_thing" => OperationFacts {
            versioned: false,
            security_text: Some("For: Clerk.".to_owned()),
            idempotent: true,
            locks: false,
            ranged: false,
        },
        "remove_thing" => OperationFacts { versioned: true, ..OperationFacts::default() },
        _ => OperationFacts::default(),
    }
}

fn service() -> OpenApiService<Rooms<(Reading, Writing)>, ()> {
    OpenApiService::new(Rooms((Reading, Writing)), "Things", "1.0.0")
        .summary("Things in a few words")
        .description("All about things.")
        .license(
            LicenseObject::new("MIT").identifier("MIT").url("https://opensource.org/license/mit"),
        )
        .contact(ContactObject::new().name("The station"))
        .server("/api/v1")
}

fn written(version: DocumentVersion) -> Value {
    serde_json::from_str(&document(&service().spec(), version, &facts)).unwrap()
}

fn statuses(operation: &Value) -> Vec<&str> {
    operation["responses"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_same_code_writes_the_same_document() {
    for version in [DocumentVersion::V3_0, DocumentVersion::V3_1] {
        let first = document(&service().spec(), version, &facts);
        assert_eq!(first, document(&service().spec(), version, &facts));
        assert!(first.starts_with("{\n  \"openapi\": \"3."));
        assert!(first.ends_with("}\n"));
    }
}

#[test]
fn a_path_of_two_rooms_stands_once() {
    let spec = service().spec();
    assert_eq!(spec.matches("\"/things/{thing_id}\"").count(), 1);
    let document = written(DocumentVersion::V3_0);
    let methods: Vec<_> = document["paths"]["/things"].as_object().unwrap().keys().collect();
    assert_eq!(methods, ["get", "post"]);
}

#[test]
fn an_operation_lists_the_errors_it_can_answer_with() {
    let document = written(DocumentVersion::V3_0);
    let paths = &document["paths"];
    let list = ["200", "400", "401", "403", "422", "500", "503"];
    assert_eq!(statuses(&paths["/things"]["get"]), list);
    let make = ["201", "400", "401", "403", "409", "413", "415", "422", "500", "503"];
    assert_eq!(statuses(&paths["/things"]["post"]), make);
    let remove = ["204", "400", "401", "403", "404", "409", "412", "422", "428", "500", "503"];
    assert_eq!(statuses(&paths["/things/{thing_id}"]["delete"]), remove);
    let log_in = ["204", "400", "401", "409", "413", "415", "422", "429", "500", "503"];
    assert_eq!(statuses(&paths["/things/login"]["post"]), log_in);
    assert_eq!(
        paths["/things/login"]["post"]["responses"]["429"],
        json!({ "$ref": "#/components/responses/Problem429" })
    );
}

#[test]
fn headers_and_parameters_are_written_as_they_are_sent() {
    let document = written(DocumentVersion::V3_0);
    let list = &document["paths"]["/things"]["get"];
    let names: Vec<_> =
        list["parameters"].as_array().unwrap().iter().map(|it| it["name"].as_str()).collect();
    assert_eq!(names, [Some("colors"), Some("limit"), Some("X-Trace")]);
    let make = &document["paths"]["/things"]["post"];
    assert_eq!(make["parameters"][0]["$ref"], "#/components/parameters/IdempotencyKey");
    assert_eq!(make["description"], "It is kept.\n\nFor: Clerk.");
    let created = make["responses"]["201"]["headers"].as_object().unwrap();
    assert_eq!(created.keys().collect::<Vec<_>>(), ["ETag", "Location"]);
    let remove = &document["paths"]["/things/{thing_id}"]["delete"];
    assert_eq!(remove["parameters"][1]["$ref"], "#/components/parameters/IfMatch");
    assert_eq!(document["paths"]["/things/login"]["post"]["security"], json!([]));
}

#[test]
fn schemas_say_what_is_sent() {
    let old = written(DocumentVersion::V3_0);
    let thing = &old["components"]["schemas"]["Thing"];
    assert_eq!(thing["properties"]["made_on"]["format"], "date");
    assert_eq!(
        thing["properties"]["weight"],
        json!({ "type": "integer", "format": "int64", "minimum": 0, "description": "Its weight." })
    );
    assert_eq!(
        thing["properties"]["color"],
        json!({
            "allOf": [{ "$ref": "#/components/schemas/Color" }],
            "nullable": true, "type": "string", "description": "Its color."
        })
    );
    assert!(thing["example"].get("note").is_none());
    assert!(thing.get("additionalProperties").is_none());
    assert!(thing.get("title").is_none());

    let new = written(DocumentVersion::V3_1);
    let thing = &new["components"]["schemas"]["Thing"];
    assert_eq!(thing["properties"]["note"]["type"], json!(["string", "null"]));
    assert_eq!(
        thing["properties"]["color"],
        json!({
            "anyOf": [{ "$ref": "#/components/schemas/Color" }, { "type": "null" }],
            "description": "Its color."
        })
    );
    assert_eq!(
        new["components"]["schemas"]["NewThing"]["properties"]["weight"]["exclusiveMaximum"],
        9
    );
    assert_eq!(new["info"]["license"], json!({ "name": "MIT", "identifier": "MIT" }));
    assert_eq!(old["info"].get("summary"), None);
}

#[test]
fn only_requests_are_closed_and_parts_of_a_union_stay_open() {
    let document = written(DocumentVersion::V3_0);
    let closed = |name: &str| document["components"]["schemas"][name].get("additionalProperties");
    assert_eq!(closed("NewThing"), Some(&json!(false)));
    assert_eq!(closed("Origin"), Some(&json!(false)));
    assert_eq!(closed("Circle"), None);
    assert_eq!(closed("Shape"), None);
    assert_eq!(closed("Page_Thing"), None);
}

/// Where there is a guard it refuses first: a stranger learns nothing of parameters.
#[tokio::test]
async fn a_query_parameter_nobody_knows_is_refused() {
    let station = poem::Route::new().nest("/", service()).map_to_response();
    for (method, target, status) in [
        (Method::GET, "/things?limti=4", 401),
        (Method::POST, "/things/login?next=4", 422),
        (Method::POST, "/things/login", 400),
    ] {
        let request = Request::builder().method(method).uri_str(target).finish();
        let response = poem::Endpoint::get_response(&station, request).await;
        assert_eq!(response.status().as_u16(), status, "{target}");
    }
}

#[test]
fn the_types_alone_write_the_document() {
    let text = document(&raw::<Rooms<(Reading, Writing)>>(), DocumentVersion::V3_1, &facts);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["paths"], written(DocumentVersion::V3_1)["paths"]);
    assert_eq!(document["servers"][0]["url"], SERVER);
}
