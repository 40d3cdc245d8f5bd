//! What cannot be meant, whatever is calculated. Every fault is named at once. Pure.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, NaiveDate};

use crate::error::{Error, Fault, Result};
use crate::language::Text;

/// The years a calculation can have to do with.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// Collects the faults of a body.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<Fault>);

impl Checks {
    pub fn fault(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.0.push(Fault::new(pointer, code, Text::new(zh.into(), en.into())));
    }

    /// Something the question needs and does not say.
    pub fn missing(&mut self, pointer: &str, zh: &'static str, en: &'static str) {
        self.fault(pointer, "missing", zh, en);
    }

    /// A day of the years this is about.
    pub fn day(&mut self, pointer: &str, day: Option<NaiveDate>) {
        if day.is_some_and(|it| !YEARS.contains(&it.year())) {
            self.fault(
                pointer,
                "out_of_range",
                "日期应在 2000 年至 2100 年之间。",
                "The day must be in the years 2000 to 2100.",
            );
        }
    }

    /// Something that ends before it begins; the pointer is that of the end.
    pub fn order(&mut self, pointer: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.fault(
                pointer,
                "ends_before_it_begins",
                format!("该日期 {to} 早于开始的日期 {from}。"),
                format!("This day, {to}, is before the day it begins on, {from}."),
            );
        }
    }

    /// A year is counted as 365 or as 360 days.
    pub fn year(&mut self, pointer: &str, days: u32) {
        if days != 365 && days != 360 {
            self.fault(
                pointer,
                "not_allowed",
                "计息的一年只能按 365 天或者 360 天计算。",
                "A year of interest has 365 or 360 days.",
            );
        }
    }

    /// Nothing, or all faults.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}
