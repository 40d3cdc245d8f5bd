//! The JSON body of a request. It is read strictly, and when it is not what the document asks
//! for the caller hears of every fault at once. Nothing here knows what a body means.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, PoisonError, RwLock};

use poem::http::StatusCode;
use poem::{Request, RequestBody, Result};
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::ParseFromJSON;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::{Error, Fault};
use crate::http::faults::{self, Known};
use crate::http::framework;
use crate::http::problem::{Outline, Problem};
use crate::language::Text;

/// What serde says of a member that stands twice.
const TWICE: &str = "a member stands twice";

/// A JSON body, checked against the schema of `T` before `T` sees it.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: ParseFromJSON> Payload for Body<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn check_content_type(content_type: &str) -> bool {
        let mut parts = content_type.split(';').map(str::trim);
        let json = parts.next().is_some_and(|it| it.eq_ignore_ascii_case(Self::CONTENT_TYPE));
        json && parts.all(|it| {
            it.split_once('=').is_some_and(|(name, value)| {
                name.trim().eq_ignore_ascii_case("charset")
                    && value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
            })
        })
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ParseFromJSON + 'static> ParsePayload for Body<T> {
    const IS_REQUIRED: bool = T::IS_REQUIRED;

    async fn from_request(request: &Request, body: &mut RequestBody) -> Result<Self> {
        let bytes = body.take()?.into_bytes().await?;
        if bytes.is_empty() {
            if Self::IS_REQUIRED {
                return Err(empty().into());
            }
        } else {
            let media_type = request.content_type();
            if !media_type.is_some_and(Self::check_content_type) {
                return Err(framework::media_type(media_type.is_some()).into());
            }
        }
        Ok(Self(read(&bytes)?))
    }
}

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: Self::CONTENT_TYPE,
                schema: T::schema_ref(),
            }],
            required: Self::IS_REQUIRED,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        <Self as ParsePayload>::from_request(request, body).await
    }
}

/// Reads `bytes` as `T`. An empty body is an absent one.
fn read<T: ParseFromJSON + 'static>(bytes: &[u8]) -> Result<T> {
    let value = if bytes.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice::<Strict>(bytes).map_err(|error| malformed(&error))?.0
    };
    if T::IS_REQUIRED || !value.is_null() {
        let faults = faults::find(known::<T>(), &value);
        if !faults.is_empty() {
            return Err(Problem(Error::Invalid(faults)).into());
        }
    }
    T::parse_from_json(Some(value))
        .map_err(|error| Problem(Error::Invalid(vec![beyond_schema(error.message())])).into())
}

/// The schema of `T`, registered once for the life of the program.
fn known<T: ParseFromJSON + 'static>() -> &'static Known {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, &'static Known>>> =
        LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return known;
    }
    let mut registry = Registry::new();
    T::register(&mut registry);
    let known = Box::new(Known { registry, root: T::schema_ref() });
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert(Box::leak(known))
}

/// What only the type itself can tell: validators of our own. poem-openapi names the member.
fn beyond_schema(message: &str) -> Fault {
    let found = message
        .split_once("field `")
        .and_then(|(_, rest)| rest.split_once("` verification failed. "))
        .map(|(name, rule)| {
            let rule = rule.split(" (occurred while parsing").next().unwrap_or(rule);
            (format!("/{name}"), rule)
        });
    match found {
        Some((pointer, rule)) => Fault::new(
            pointer,
            "not_allowed",
            Text::new(format!("不符合要求：{rule}"), format!("This is not allowed: {rule}")),
        ),
        None => Fault::new(
            "",
            "not_allowed",
            Text::new(
                "内容不符合要求，请对照 /docs 中的接口文档。",
                "The content is not what is asked for; see the document at /docs.",
            ),
        ),
    }
}

fn empty() -> Outline {
    Outline::new(
        StatusCode::BAD_REQUEST,
        "empty_body",
        Text::new("请求内容为空，请提交 JSON 内容。", "The body is empty; send JSON."),
    )
}

fn malformed(error: &serde_json::Error) -> Outline {
    let (line, column) = (error.line(), error.column());
    let (code, zh, en) = if error.is_data() && error.to_string().starts_with(TWICE) {
        ("duplicate_member", "同一成员出现了两次", "a member stands twice")
    } else {
        ("malformed_json", "JSON 格式有误", "this is not JSON")
    };
    Outline::new(
        StatusCode::BAD_REQUEST,
        code,
        Text::new(
            format!("第 {line} 行第 {column} 列附近：{zh}，请更正后重新提交。"),
            format!("Near line {line}, column {column}: {en}; mend it and send again."),
        ),
    )
}

/// A JSON value in which no member stands twice. serde's own keeps the last one silently, and
/// two programs may then read one body differently.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Strict, E> {
        Ok(Strict(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Strict(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let mut all = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            all.push(item);
        }
        Ok(Strict(Value::Array(all)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Strict, A::Error> {
        let mut all = Map::new();
        while let Some((name, Strict(member))) = members.next_entry::<String, Strict>()? {
            if all.insert(name, member).is_some() {
                return Err(de::Error::custom(TWICE));
            }
        }
        Ok(Strict(Value::Object(all)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use poem_openapi::{Enum, Object, Union, types::Any};
    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Enum)]
    #[oai(rename_all = "snake_case")]
    enum Color {
        Red,
        DarkBlue,
    }

    #[derive(Debug, Object)]
    #[oai(deny_unknown_fields)]
    struct Inner {
        id: Uuid,
        #[oai(validator(max_length = 3))]
        tags: Vec<String>,
    }

    #[derive(Debug, Object)]
    struct Square {
        side: i32,
    }

    #[derive(Debug, Object)]
    struct Circle {
        radius: u64,
    }

    #[derive(Debug, Union)]
    #[oai(discriminator_name = "kind", rename_all = "snake_case")]
    enum Shape {
        Square(Square),
        Circle(Circle),
    }

    struct Even;

    impl fmt::Display for Even {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("even")
        }
    }

    impl poem_openapi::Validator<i64> for Even {
        fn check(&self, value: &i64) -> bool {
            value % 2 == 0
        }
    }

    #[derive(Debug, Object)]
    #[oai(deny_unknown_fields)]
    struct Everything {
        #[oai(validator(min_length = 2, max_length = 5, pattern = "^[a-z]+$"))]
        name: String,
        #[oai(validator(minimum(value = "1"), maximum(value = "10")))]
        count: u32,
        color: Color,
        day: Option<NaiveDate>,
        at: Option<DateTime<Utc>>,
        #[oai(validator(max_items = 2))]
        inner: Option<Vec<Inner>>,
        shape: Option<Shape>,
        #[oai(validator(custom = "Even"))]
        even: Option<i64>,
        free: Option<Any<Value>>,
        #[oai(default)]
        flag: bool,
        nested: Option<Box<Everything>>,
    }

    fn good() -> Value {
        json!({ "name": "abc", "count": 3, "color": "dark_blue" })
    }

    fn faults(change: &[(&str, Value)]) -> Vec<(String, &'static str)> {
        let mut body = good();
        for (name, value) in change {
            body[*name] = value.clone();
        }
        faults_of(&body.to_string())
    }

    fn faults_of(body: &str) -> Vec<(String, &'static str)> {
        match read::<Everything>(body.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(error) => match error.downcast_ref::<Problem>() {
                Some(Problem(Error::Invalid(faults))) => {
                    faults.iter().map(|it| (it.pointer.clone(), it.code)).collect()
                }
                _ => vec![(String::new(), error.downcast_ref::<Outline>().unwrap().code)],
            },
        }
    }

    fn one(pointer: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(pointer.to_owned(), code)]
    }

    #[test]
    fn a_good_body_passes() {
        assert_eq!(faults(&[]), []);
        assert_eq!(
            faults(&[
                ("day", json!("2026-02-28")),
                ("at", json!("2026-02-28T09:00:00+08:00")),
                ("shape", json!({ "kind": "circle", "radius": 3 })),
                ("inner", json!([{ "id": Uuid::nil(), "tags": ["abc"] }])),
                ("free", json!({ "anything": [1, null] })),
                ("even", json!(null)),
                ("flag", json!(null)),
                ("nested", good()),
            ]),
            []
        );
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        for (member, value, pointer, code) in [
            ("name", json!(5), "/name", "wrong_type"),
            ("name", json!(null), "/name", "wrong_type"),
            ("name", json!("a"), "/name", "too_short"),
            ("name", json!("abcdef"), "/name", "too_long"),
            ("name", json!("ABC"), "/name", "pattern"),
            ("count", json!(0), "/count", "out_of_range"),
            ("count", json!(11), "/count", "out_of_range"),
            ("count", json!(3.5), "/count", "wrong_type"),
            ("count", json!(-1), "/count", "out_of_range"),
            ("count", json!(u64::MAX), "/count", "out_of_range"),
            ("color", json!("green"), "/color", "not_in_list"),
            ("day", json!("2026-02-30"), "/day", "wrong_format"),
            ("day", json!("2026-2-3"), "/day", "wrong_format"),
            ("at", json!("2026-02-28T09:00:00"), "/at", "wrong_format"),
            ("inner", json!({}), "/inner", "wrong_type"),
            ("inner", json!([{ "id": "x", "tags": [] }]), "/inner/0/id", "wrong_format"),
            ("inner", json!([{ "tags": [] }]), "/inner/0/id", "missing"),
            (
                "inner",
                json!([{ "id": Uuid::nil(), "tags": ["abcd"] }]),
                "/inner/0/tags/0",
                "too_long",
            ),
            (
                "inner",
                json!([{ "id": Uuid::nil(), "tags": [], "~/": 1 }]),
                "/inner/0/~0~1",
                "unknown_member",
            ),
            ("shape", json!({ "kind": "cube" }), "/shape/kind", "not_in_list"),
            ("shape", json!({}), "/shape/kind", "not_in_list"),
            ("shape", json!({ "kind": "square" }), "/shape/side", "missing"),
            ("shape", json!({ "kind": "square", "side": 1, "x": 1 }), "/shape/x", "unknown_member"),
            (
                "shape",
                json!({ "kind": "circle", "radius": u64::MAX }),
                "/shape/radius",
                "out_of_range",
            ),
            ("even", json!(3), "/even", "not_allowed"),
            ("other", json!(3), "/other", "unknown_member"),
            ("nested", json!({ "name": "abc", "count": 3 }), "/nested/color", "missing"),
            ("free", json!(["a\0b"]), "/free/0", "control_character"),
        ] {
            assert_eq!(faults(&[(member, value.clone())]), one(pointer, code), "{member}: {value}");
        }
    }

    #[test]
    fn all_faults_come_at_once() {
        assert_eq!(
            faults_of("{\"name\":\"A\",\"count\":99,\"extra\":1}"),
            [
                ("/color".to_owned(), "missing"),
                ("/count".to_owned(), "out_of_range"),
                ("/extra".to_owned(), "unknown_member"),
                ("/name".to_owned(), "too_short"),
                ("/name".to_owned(), "pattern"),
            ]
        );
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (body, code) in [
            ("{", "malformed_json"),
            ("{\"a\":1,\"a\":2}", "duplicate_member"),
            ("{\"a\":1e999}", "malformed_json"),
            ("\u{feff}{}", "malformed_json"),
            ("{} {}", "malformed_json"),
            ("\"\\ud800\"", "malformed_json"),
        ] {
            assert_eq!(faults_of(body), one("", code), "{body}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(faults_of(&deep), one("", "malformed_json"));
        assert_eq!(faults_of("[]"), one("", "wrong_type"));
    }

    #[test]
    fn only_json_in_utf8_is_taken() {
        for (given, taken) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=gbk", false),
            ("application/merge-patch+json", false),
            ("text/plain", false),
            ("", false),
        ] {
            assert_eq!(Body::<Everything>::check_content_type(given), taken, "{given}");
        }
    }

    proptest! {
        #[test]
        fn no_body_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read::<Everything>(&bytes);
        }

        #[test]
        fn no_json_panics(name in ".*", count in any::<f64>(), tag in "[a-z]{0,8}") {
            let body = json!({ "name": name, "count": count, "color": tag, "shape": { "kind": tag },
                "inner": [tag, null, { "id": tag }], "even": count, "day": tag, "at": name });
            let _ = read::<Everything>(body.to_string().as_bytes());
        }
    }
}
