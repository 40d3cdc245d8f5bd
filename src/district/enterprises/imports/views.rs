//! What is answered about an import.

use poem_openapi::Object;

use super::plan::Plan;
use super::sheet::{RowFault, letters};
use crate::language::Language;
use crate::words::FileForm;

/// How many faults and notices are told one by one.
pub(super) const TOLD: usize = 500;

/// Something about a cell, a row or the file.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RowReport {
    /// As a spreadsheet counts, from 1; absent where the whole file is meant.
    pub row: Option<u64>,
    /// The letters over the column, such as `B`; absent where the whole row is meant.
    pub column: Option<String>,
    /// The name of the column as the file has it.
    pub header: Option<String>,
    /// Stable name for programs.
    pub code: String,
    /// What is wrong and what would be right, in the caller's language.
    pub detail: String,
}

/// What an import did, or would do.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ImportReport {
    /// Nothing was written.
    pub dry_run: bool,
    /// How the file was read; absent where it could not be.
    pub form: Option<FileForm>,
    /// Rows below the names of the columns.
    pub rows: u64,
    /// Enterprises that were not in the register.
    pub new: u64,
    /// Enterprises of which something is different now.
    pub changed: u64,
    /// Enterprises that are as they were.
    pub unchanged: u64,
    /// Rows with a fault. While there is a fault, nothing can be imported.
    pub faulty: u64,
    /// All faults there are.
    pub fault_count: u64,
    /// The first 500 of them.
    pub faults: Vec<RowReport>,
    /// What keeps nothing out and should be looked at, such as one name under two codes; the
    /// first 500.
    pub notices: Vec<RowReport>,
}

fn count(it: usize) -> u64 {
    it as u64
}

fn told(faults: &[RowFault], header: &[String], language: Language) -> Vec<RowReport> {
    let one = |it: &RowFault| RowReport {
        row: it.row.map(count),
        column: it.column.map(letters),
        header: it.column.and_then(|place| header.get(place)).filter(|it| !it.is_empty()).cloned(),
        code: it.code.to_owned(),
        detail: it.detail.in_language(language).to_owned(),
    };
    faults.iter().take(TOLD).map(one).collect()
}

impl ImportReport {
    /// Of a file that could be read.
    pub(super) fn of(
        plan: &Plan,
        form: FileForm,
        rows: usize,
        header: &[String],
        dry_run: bool,
        language: Language,
    ) -> Self {
        Self {
            dry_run,
            form: Some(form),
            rows: count(rows),
            new: count(plan.new.len()),
            changed: count(plan.changed.len()),
            unchanged: count(plan.unchanged),
            faulty: count(plan.faulty_rows()),
            fault_count: count(plan.faults.len()),
            faults: told(&plan.faults, header, language),
            notices: told(&plan.notices, header, language),
        }
    }

    /// Of a dry run over a file that could not.
    pub(super) fn unread(faults: &[RowFault], language: Language) -> Self {
        Self {
            dry_run: true,
            form: None,
            rows: 0,
            new: 0,
            changed: 0,
            unchanged: 0,
            faulty: 0,
            fault_count: count(faults.len()),
            faults: told(faults, &[], language),
            notices: Vec::new(),
        }
    }
}
