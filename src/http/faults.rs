//! Compares a JSON body with the schema the document publishes for it and names every fault
//! with its place. The published schema is the law here: what it does not allow is refused,
//! even where the parser behind it would be content.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use regex::Regex;
use serde_json::Value;
use uuid::Uuid;

use crate::error::Fault;
use crate::language::Text;

/// More faults than this help nobody.
const MOST_FAULTS: usize = 100;

/// References and `allOf` nested deeper than this are a circle.
const DEEPEST_SCHEMA: usize = 16;

/// A type as it is registered: its schema and everything it refers to.
pub struct Known {
    pub registry: Registry,
    pub root: MetaSchemaRef,
}

/// Every fault of `value`, in the order of the body.
pub fn find(known: &'static Known, value: &Value) -> Vec<Fault> {
    let mut walk = Walk { registry: &known.registry, pointer: String::new(), faults: Vec::new() };
    walk.strings(value);
    walk.value(&known.root, value);
    walk.faults
}

struct Walk {
    registry: &'static Registry,
    pointer: String,
    faults: Vec<Fault>,
}

impl Walk {
    fn fault(&mut self, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        if self.faults.len() < MOST_FAULTS {
            let detail = Text::new(zh.into(), en.into());
            self.faults.push(Fault::new(self.pointer.clone(), code, detail));
        }
    }

    /// Does `work` one step down in the body.
    fn below(&mut self, step: &str, work: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        work(self);
        self.pointer.truncate(length);
    }

    /// PostgreSQL cannot store NUL, so no string may hold it, wherever it stands.
    fn strings(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.contains('\0') => self.fault(
                "control_character",
                "文本中含有空字符（U+0000），请删除。",
                "The text holds the character U+0000; remove it.",
            ),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if !matches!(item, Value::Number(_) | Value::Bool(_) | Value::Null) {
                        self.below(&index.to_string(), |walk| walk.strings(item));
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    if name.contains('\0') {
                        self.fault(
                            "control_character",
                            "成员名称中含有空字符（U+0000），请删除。",
                            "A member's name holds the character U+0000; remove it.",
                        );
                    }
                    if !matches!(member, Value::Number(_) | Value::Bool(_) | Value::Null) {
                        self.below(name, |walk| walk.strings(member));
                    }
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, schema: &'static MetaSchemaRef, value: &Value) {
        let mut views = Vec::new();
        self.flatten(schema, DEEPEST_SCHEMA, &mut views);
        if value.is_null() && views.iter().any(|it| it.nullable) {
            return;
        }
        let wanted = views.iter().map(|it| it.ty).find(|it| !it.is_empty());
        if let Some(wanted) = wanted
            && !is_of_type(wanted, value)
        {
            self.wrong_type(wanted);
            return;
        }
        self.variants(&views, value);
        match value {
            Value::Object(members) => self.object(&views, members),
            Value::Array(items) => self.array(&views, items),
            Value::String(text) => self.text(&views, text),
            Value::Number(number) => self.number(&views, number),
            _ => {}
        }
        self.listed(&views, value);
    }

    /// The schema itself and everything `allOf` adds to it.
    fn flatten(
        &self,
        schema: &'static MetaSchemaRef,
        depth: usize,
        into: &mut Vec<&'static MetaSchema>,
    ) {
        let found = match schema {
            MetaSchemaRef::Inline(schema) => Some(&**schema),
            MetaSchemaRef::Reference(name) => self.registry.schemas.get(name),
        };
        if let Some(schema) = found.filter(|_| depth > 0) {
            into.push(schema);
            for part in &schema.all_of {
                self.flatten(part, depth - 1, into);
            }
        }
    }

    fn wrong_type(&mut self, wanted: &str) {
        let (zh, en) = match wanted {
            "object" => ("一个对象", "an object"),
            "array" => ("一个列表", "a list"),
            "string" => ("一段文本", "a string"),
            "integer" => ("一个整数", "an integer"),
            "number" => ("一个数字", "a number"),
            "boolean" => ("true 或 false", "true or false"),
            other => (other, other),
        };
        self.fault("wrong_type", format!("此处应为{zh}。"), format!("This must be {en}."));
    }

    /// `oneOf` and `anyOf`: the variant the discriminator names, or the one that fits best.
    fn variants(&mut self, views: &[&'static MetaSchema], value: &Value) {
        for schema in views {
            let variants = || schema.one_of.iter().chain(&schema.any_of);
            if variants().next().is_none() {
                continue;
            }
            if let Some(discriminator) = &schema.discriminator {
                let tag = value.get(discriminator.property_name).and_then(Value::as_str);
                let reference = discriminator
                    .mapping
                    .iter()
                    .find(|(name, _)| Some(name.as_str()) == tag)
                    .and_then(|(_, reference)| reference.rsplit('/').next());
                let variant = variants()
                    .find(|it| matches!((it, reference), (MetaSchemaRef::Reference(it), Some(name)) if it == name));
                if let Some(variant) = variant {
                    self.value(variant, value);
                } else {
                    let names = join(discriminator.mapping.iter().map(|(name, _)| name.as_str()));
                    self.below(discriminator.property_name, |walk| walk.unlisted(&names));
                }
                continue;
            }
            let best = variants()
                .map(|variant| {
                    let mut trial = Self {
                        registry: self.registry,
                        pointer: self.pointer.clone(),
                        faults: Vec::new(),
                    };
                    trial.value(variant, value);
                    trial.faults
                })
                .min_by_key(Vec::len);
            self.faults.extend(best.unwrap_or_default());
        }
    }

    fn object(&mut self, views: &[&'static MetaSchema], members: &serde_json::Map<String, Value>) {
        let required = |name: &str| views.iter().any(|it| it.required.contains(&name));
        let mut known = HashMap::new();
        for (name, schema) in views.iter().flat_map(|it| &it.properties) {
            if known.insert(*name, schema).is_none()
                && required(name)
                && !members.contains_key(*name)
            {
                self.below(name, |walk| {
                    walk.fault("missing", "缺少此项，请补充。", "This member is missing; add it.");
                });
            }
        }
        let free = views.iter().find_map(|it| it.additional_properties.as_deref());
        // A union names its members in its variants, which are looked at one by one.
        let is_union = |it: &&MetaSchema| !it.one_of.is_empty() || !it.any_of.is_empty();
        let open = known.is_empty()
            && (views.iter().any(is_union) || views.iter().all(|it| it.ty.is_empty()));
        for (name, member) in members {
            match known.get(name.as_str()) {
                Some(schema) => self.member(schema, required(name), name, member),
                None if free.is_some() => {
                    if let Some(schema) = free {
                        self.below(name, |walk| walk.value(schema, member));
                    }
                }
                None if open => {}
                None => self.below(name, |walk| {
                    walk.fault(
                        "unknown_member",
                        "没有这一项，请删除或核对名称。",
                        "There is no such member; remove it or check its name.",
                    );
                }),
            }
        }
        let count = members.len();
        self.bounds(views, count, |it| (it.min_properties, it.max_properties), ("项", "members"));
    }

    fn member(
        &mut self,
        schema: &'static MetaSchemaRef,
        required: bool,
        name: &str,
        value: &Value,
    ) {
        self.below(name, |walk| {
            let mut views = Vec::new();
            walk.flatten(schema, DEEPEST_SCHEMA, &mut views);
            if views.iter().any(|it| it.read_only) {
                walk.fault(
                    "read_only",
                    "此项只读，请勿提交。",
                    "This member is read only; remove it.",
                );
            } else if required || !value.is_null() {
                walk.value(schema, value);
            }
        });
    }

    fn array(&mut self, views: &[&'static MetaSchema], items: &[Value]) {
        if let Some(schema) = views.iter().find_map(|it| it.items.as_deref()) {
            for (index, item) in items.iter().enumerate() {
                self.below(&index.to_string(), |walk| walk.value(schema, item));
            }
        }
        self.bounds(views, items.len(), |it| (it.min_items, it.max_items), ("项", "items"));
        let unique = views.iter().any(|it| it.unique_items == Some(true));
        let twice = || items.iter().enumerate().any(|(at, item)| items[..at].contains(item));
        if unique && items.len() <= 1000 && twice() {
            self.fault(
                "not_unique",
                "列表中有重复项，请删除。",
                "An item stands here twice; remove one.",
            );
        }
    }

    fn text(&mut self, views: &[&'static MetaSchema], text: &str) {
        let count = text.chars().count();
        self.bounds(views, count, |it| (it.min_length, it.max_length), ("个字", "characters"));
        for schema in views {
            if let Some(format) = schema.format
                && !is_of_format(format, text)
            {
                self.wrong_format(format);
            }
            if let Some(pattern) = &schema.pattern
                && !fits(pattern, text)
            {
                self.fault(
                    "pattern",
                    format!("写法不符合要求，应匹配 {pattern}。"),
                    format!("This must match {pattern}."),
                );
            }
        }
    }

    fn wrong_format(&mut self, format: &str) {
        let (zh, en) = match format {
            "uuid" => ("编号（UUID）", "an id (UUID) with hyphens"),
            "date" | "naive-date" => {
                ("存在的日期，例如 2026-03-01", "a date that exists, such as 2026-03-01")
            }
            "date-time" => (
                "带时区的时间，例如 2026-03-01T09:30:00+08:00",
                "an instant with its offset, such as 2026-03-01T09:30:00+08:00",
            ),
            other => (other, other),
        };
        self.fault("wrong_format", format!("此处应为{zh}。"), format!("This must be {en}."));
    }

    fn number(&mut self, views: &[&'static MetaSchema], number: &serde_json::Number) {
        let value = number.as_f64().unwrap_or(f64::NAN);
        for schema in views {
            let (format_low, format_high) = integer_range(schema.format.unwrap_or_default());
            let exact = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
            let in_format = schema.ty != "integer"
                || exact.is_some_and(|it| (format_low..=format_high).contains(&it));
            let above = schema.minimum.is_none_or(|it| {
                if schema.exclusive_minimum == Some(true) { value > it } else { value >= it }
            });
            let below = schema.maximum.is_none_or(|it| {
                if schema.exclusive_maximum == Some(true) { value < it } else { value <= it }
            });
            if !(in_format && above && below) {
                self.out_of_range(schema, format_low, format_high);
            }
            if let Some(step) = schema.multiple_of
                && value % step != 0.0
            {
                self.fault(
                    "not_a_multiple",
                    format!("应为 {step} 的整数倍。"),
                    format!("This must be a multiple of {step}."),
                );
            }
        }
    }

    fn out_of_range(&mut self, schema: &MetaSchema, low: i128, high: i128) {
        let bound = |own: Option<f64>, format: i128| match own {
            Some(own) => own.to_string(),
            None if schema.ty == "integer" => format.to_string(),
            None => "…".to_owned(),
        };
        let (low, high) = (bound(schema.minimum, low), bound(schema.maximum, high));
        self.fault(
            "out_of_range",
            format!("应在 {low} 至 {high} 之间。"),
            format!("This must be between {low} and {high}."),
        );
    }

    fn listed(&mut self, views: &[&'static MetaSchema], value: &Value) {
        for schema in views {
            if !schema.enum_items.is_empty() && !schema.enum_items.contains(value) {
                let names = join(schema.enum_items.iter().map(|it| it.as_str().unwrap_or("…")));
                self.unlisted(&names);
            }
        }
    }

    fn unlisted(&mut self, names: &str) {
        self.fault(
            "not_in_list",
            format!("应为以下之一：{names}。"),
            format!("This must be one of: {names}."),
        );
    }

    fn bounds(
        &mut self,
        views: &[&'static MetaSchema],
        count: usize,
        limits: impl Fn(&MetaSchema) -> (Option<usize>, Option<usize>),
        (zh, en): (&str, &str),
    ) {
        for schema in views {
            let (least, most) = limits(schema);
            if let Some(least) = least.filter(|it| count < *it) {
                self.fault(
                    "too_short",
                    format!("至少 {least} {zh}，现有 {count}。"),
                    format!("At least {least} {en} are needed, {count} given."),
                );
            }
            if let Some(most) = most.filter(|it| count > *it) {
                self.fault(
                    "too_long",
                    format!("至多 {most} {zh}，现有 {count}。"),
                    format!("At most {most} {en} are allowed, {count} given."),
                );
            }
        }
    }
}

fn is_of_type(wanted: &str, value: &Value) -> bool {
    match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => true,
    }
}

fn is_of_format(format: &str, text: &str) -> bool {
    match format {
        "uuid" => text.len() == 36 && Uuid::parse_str(text).is_ok(),
        "date" | "naive-date" => {
            text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
        }
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        _ => true,
    }
}

/// What the type behind an integer format can hold; poem-openapi reads every one as `i64`.
fn integer_range(format: &str) -> (i128, i128) {
    match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, i64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// Patterns come from our own types; each is compiled once.
fn fits(pattern: &'static str, text: &str) -> bool {
    static COMPILED: LazyLock<RwLock<HashMap<&'static str, Option<Regex>>>> =
        LazyLock::new(RwLock::default);
    let matches = |it: &Option<Regex>| it.as_ref().is_none_or(|it| it.is_match(text));
    if let Some(known) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return matches(known);
    }
    let compiled = Regex::new(pattern).ok();
    let result = matches(&compiled);
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, compiled);
    result
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for name in names {
        let comma = if all.is_empty() { "" } else { ", " };
        let _ = write!(all, "{comma}{name}");
    }
    all
}
