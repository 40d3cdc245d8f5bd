//! Schemas of the document: formats that exist, numbers that are whole, null said the way each
//! version says it, and request bodies closed against members nobody knows.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::http::document::DocumentVersion;

/// Every schema by name. A reference to a nullable one needs the type behind it.
pub fn clean_components(schemas: &mut Map<String, Value>, version: DocumentVersion) {
    for (name, schema) in schemas.iter_mut() {
        clean(schema, version);
        // poem-openapi repeats the name as the title.
        if schema["title"] == name.as_str() {
            schema.as_object_mut().map(|it| it.remove("title"));
        }
    }
}

/// One schema and all within it.
pub fn clean(schema: &mut Value, version: DocumentVersion) {
    let Some(members) = schema.as_object_mut() else { return };
    gather_annotations(members);
    for_each_inner(members, &mut |inner| clean(inner, version));
    clean_format(members);
    for name in ["minimum", "maximum", "multipleOf"] {
        if let Some(number) = members.get_mut(name) {
            *number = whole(number);
        }
    }
    if members.get("deprecated") == Some(&false.into()) {
        members.remove("deprecated");
    }
    for name in ["example", "default"] {
        if let Some(value) = members.get_mut(name) {
            drop_nulls(value);
            if value.is_null() {
                members.remove(name);
            }
        }
    }
    match version {
        DocumentVersion::V3_0 => {}
        DocumentVersion::V3_1 => modernize(members),
    }
}

/// poem-openapi puts a member's description both beside `allOf` and into it, next to the
/// reference. Beside is enough.
fn gather_annotations(members: &mut Map<String, Value>) {
    let Some(Value::Array(parts)) = members.get_mut("allOf") else { return };
    let (annotations, parts): (Vec<_>, Vec<_>) =
        std::mem::take(parts).into_iter().partition(is_annotation);
    for annotation in annotations {
        if let Value::Object(annotation) = annotation {
            for (name, value) in annotation {
                members.entry(name).or_insert(value);
            }
        }
    }
    members.insert("allOf".to_owned(), parts.into());
}

fn is_annotation(part: &Value) -> bool {
    part.as_object().is_some_and(|it| {
        !["$ref", "type", "properties", "allOf", "anyOf", "oneOf"]
            .iter()
            .any(|name| it.contains_key(*name))
    })
}

/// Formats nobody else knows become those of the registry, with the bounds they stood for.
fn clean_format(members: &mut Map<String, Value>) {
    let known: (&str, Option<i64>, Option<i64>) =
        match members.get("format").and_then(Value::as_str).unwrap_or_default() {
            "naive-date" => ("date", None, None),
            "naive-time" => ("time", None, None),
            "uint64" => ("int64", Some(0), None),
            "uint32" => ("int64", Some(0), Some(u32::MAX.into())),
            "uint16" => ("int32", Some(0), Some(u16::MAX.into())),
            "uint8" => ("int32", Some(0), Some(u8::MAX.into())),
            "int16" => ("int32", Some(i16::MIN.into()), Some(i16::MAX.into())),
            "int8" => ("int32", Some(i8::MIN.into()), Some(i8::MAX.into())),
            "naive-date-time" => {
                members.remove("format");
                return;
            }
            _ => return,
        };
    let (format, least, most) = known;
    members.insert("format".to_owned(), format.into());
    for (name, bound) in [("minimum", least), ("maximum", most)] {
        if let Some(bound) = bound {
            members.entry(name).or_insert_with(|| bound.into());
        }
    }
}

/// `1.0` as `1`.
fn whole(number: &Value) -> Value {
    let Some(value) = number.as_f64() else { return number.clone() };
    // 2^53: beyond it a float does not know its last digit anyway.
    let exact = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
    if exact {
        format!("{value:.0}").parse::<i64>().map_or(number.clone(), Value::from)
    } else {
        number.clone()
    }
}

/// A member that is absent must not stand in an example as `null`.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, it| !it.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// 3.1 is JSON Schema: null is a type, exclusive bounds are numbers, examples are a list and a
/// reference may have neighbors.
fn modernize(members: &mut Map<String, Value>) {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if members.remove(flag) == Some(true.into())
            && let Some(number) = members.remove(bound)
        {
            members.insert(flag.to_owned(), number);
        }
    }
    if let Some(example) = members.remove("example") {
        members.insert("examples".to_owned(), json!([example]));
    }
    let nullable = members.remove("nullable") == Some(true.into());
    let reference = match members.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) if only.get("$ref").is_some() => Some(only["$ref"].clone()),
        _ => None,
    };
    if let Some(reference) = reference {
        members.remove("allOf");
        if nullable {
            members.remove("type");
            let either = json!([{ "$ref": reference }, { "type": "null" }]);
            members.insert("anyOf".to_owned(), either);
        } else {
            members.insert("$ref".to_owned(), reference);
        }
    } else if nullable && let Some(kind) = members.get("type").cloned() {
        members.insert("type".to_owned(), json!([kind, "null"]));
        if let Some(Value::Array(listed)) = members.get_mut("enum")
            && !listed.contains(&Value::Null)
        {
            listed.push(Value::Null);
        }
    }
}

/// What stands within a schema as a schema of its own; never examples or defaults.
fn for_each_inner(members: &mut Map<String, Value>, work: &mut dyn FnMut(&mut Value)) {
    for name in ["items", "additionalProperties", "not"] {
        if let Some(inner) = members.get_mut(name).filter(|it| it.is_object()) {
            work(inner);
        }
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        members
            .get_mut(name)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(&mut *work);
    }
    let properties = members.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flatten().for_each(|(_, inner)| work(inner));
}

/// Writes into the document what the parser does: a member nobody knows is refused. Parts of an
/// `allOf` stay open, for each knows only its own members. A reference to a nullable schema
/// gets the type 3.0 wants beside `nullable`.
pub fn close_requests(paths: &Map<String, Value>, components: &mut Map<String, Value>) {
    let Some(Value::Object(schemas)) = components.get_mut("schemas") else { return };
    for schema in schemas.values_mut() {
        if let Some(members) = schema.as_object_mut() {
            gather_all(members);
        }
    }
    let mut parts = BTreeSet::new();
    schemas.values().for_each(|it| parts_of_all_of(it, &mut parts));
    let mut seen = BTreeSet::new();
    let bodies = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(|it| it["requestBody"]["content"].as_object())
        .flat_map(Map::iter)
        .filter(|(media_type, _)| media_type.starts_with("application/json"));
    for (_, body) in bodies {
        references(&body["schema"], &mut seen);
    }
    let mut open: Vec<String> = seen.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let mut found = BTreeSet::new();
        schemas.get(&name).into_iter().for_each(|it| references(it, &mut found));
        open.extend(found.into_iter().filter(|it| seen.insert(it.clone())));
    }
    for name in seen.difference(&parts) {
        if let Some(Value::Object(schema)) = schemas.get_mut(name)
            && schema.get("type") == Some(&"object".into())
            && !["oneOf", "anyOf", "allOf"].iter().any(|it| schema.contains_key(*it))
        {
            schema.entry("additionalProperties").or_insert(Value::Bool(false));
        }
    }
    type_nullable_references(schemas);
}

fn gather_all(members: &mut Map<String, Value>) {
    gather_annotations(members);
    for_each_inner(members, &mut |inner| {
        if let Some(inner) = inner.as_object_mut() {
            gather_all(inner);
        }
    });
}

/// `nullable` says nothing in 3.0 without a type beside it.
fn type_nullable_references(schemas: &mut Map<String, Value>) {
    let types: Map<String, Value> = schemas
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), schema.get("type")?.clone())))
        .collect();
    schemas.values_mut().for_each(|it| add_type(it, &types));
}

fn add_type(schema: &mut Value, types: &Map<String, Value>) {
    let Some(members) = schema.as_object_mut() else { return };
    for_each_inner(members, &mut |inner| add_type(inner, types));
    let kind = members
        .get("allOf")
        .and_then(|it| it[0]["$ref"].as_str())
        .and_then(|it| types.get(name_of(it)))
        .cloned();
    if members.get("nullable") == Some(&true.into())
        && let Some(kind) = kind
    {
        members.entry("type").or_insert(kind);
    }
}

/// Names of schemas that are one of several parts of an `allOf`.
fn parts_of_all_of(schema: &Value, into: &mut BTreeSet<String>) {
    if let Some(parts) = schema["allOf"].as_array()
        && (parts.len() > 1 || schema.get("properties").is_some())
    {
        into.extend(
            parts.iter().filter_map(|it| it["$ref"].as_str()).map(|it| name_of(it).to_owned()),
        );
    }
    each_member(schema, &mut |inner| parts_of_all_of(inner, into));
}

fn references(schema: &Value, into: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        into.insert(name_of(reference).to_owned());
    }
    each_member(schema, &mut |inner| references(inner, into));
}

fn each_member(value: &Value, work: &mut dyn FnMut(&Value)) {
    match value {
        Value::Object(members) => members.values().for_each(work),
        Value::Array(items) => items.iter().for_each(work),
        _ => {}
    }
}

fn name_of(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
