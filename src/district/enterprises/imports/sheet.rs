//! A sheet of cells, whatever file it came from, and what can be wrong in one. Pure.

use crate::error::Fault;
use crate::http::TableMedia;
use crate::language::Text;
use crate::words::FileForm;

/// Rows below the names of the columns.
pub(super) const MOST_ROWS: usize = 20_000;

/// Cells in a row.
pub(super) const MOST_COLUMNS: usize = 40;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Without the blanks around it; empty when nothing stands there.
    Text(String),
    /// Calculated: what it shows depends on who opens it.
    Formula,
    /// A value that is not what the person saw who typed it.
    Lost(Loss),
}

/// What a spreadsheet made of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    Date,
    /// A number of more digits than a spreadsheet keeps.
    Digits,
    /// `#N/A` and the like.
    Error,
}

impl Cell {
    /// A text as it was typed. A spreadsheet would calculate what begins like a formula, and so
    /// would one that opens what we export: neither comes in.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with(['=', '+', '-', '@']) {
            Self::Formula
        } else {
            Self::Text(text.to_owned())
        }
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

/// One row with its number as a spreadsheet shows it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// The rows of a file that are not empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub form: FileForm,
    pub rows: Vec<Row>,
}

/// Something wrong with a cell, a row, or the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFault {
    pub row: Option<usize>,
    /// The place of the cell in its row, from 0.
    pub column: Option<usize>,
    pub code: &'static str,
    pub detail: Text,
}

impl RowFault {
    pub fn of_file(code: &'static str, detail: Text) -> Self {
        Self { row: None, column: None, code, detail }
    }

    pub fn of_row(row: usize, code: &'static str, detail: Text) -> Self {
        Self { row: Some(row), column: None, code, detail }
    }

    pub fn of_cell(row: usize, column: usize, code: &'static str, detail: Text) -> Self {
        Self { row: Some(row), column: Some(column), code, detail }
    }

    /// As a fault of a request: `/7/B` is the cell B7.
    pub fn fault(&self) -> Fault {
        let row = self.row.map(|it| format!("/{it}")).unwrap_or_default();
        let column = self.column.map(|it| format!("/{}", letters(it))).unwrap_or_default();
        let place = match (self.row, self.column) {
            (Some(row), Some(column)) => {
                let letters = letters(column);
                (format!("第{row}行{letters}列："), format!("Row {row}, column {letters}: "))
            }
            (Some(row), None) => (format!("第{row}行："), format!("Row {row}: ")),
            (None, _) => (String::new(), String::new()),
        };
        let detail = Text::new(
            format!("{}{}", place.0, self.detail.zh),
            format!("{}{}", place.1, self.detail.en),
        );
        Fault::new(format!("{row}{column}"), self.code, detail)
    }
}

/// The letters over a column: A, B, …, Z, AA, …
pub(super) fn letters(column: usize) -> String {
    let mut rest = column;
    let mut found = Vec::new();
    loop {
        found.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 26]));
        match rest / 26 {
            0 => break,
            more => rest = more - 1,
        }
    }
    found.iter().rev().collect()
}

/// Too many rows to be read at all.
pub(super) fn too_many_rows() -> RowFault {
    RowFault::of_file(
        "too_many_rows",
        Text::new(
            format!("表格超过{MOST_ROWS}行，请拆分后分次导入。"),
            format!("The table has more than {MOST_ROWS} rows; divide it."),
        ),
    )
}

/// A row that is wider than any table of enterprises.
pub(super) fn too_many_columns(row: usize) -> RowFault {
    RowFault::of_row(
        row,
        "too_many_columns",
        Text::new(
            format!("超过{MOST_COLUMNS}列。"),
            format!("There are more than {MOST_COLUMNS} columns."),
        ),
    )
}

/// Reads a file as what its sender says it is.
pub(super) fn read(media: &TableMedia, bytes: &[u8]) -> Result<Sheet, Vec<RowFault>> {
    /// How a ZIP begins, and so an XLSX.
    const ZIP: &[u8] = b"PK\x03\x04";
    /// How the format before XLSX begins, and an XLSX under a password.
    const OLD: &[u8] = b"\xD0\xCF\x11\xE0";
    if bytes.starts_with(OLD) {
        return Err(vec![RowFault::of_file(
            "old_or_locked_workbook",
            Text::new(
                "这是旧格式（XLS）或者加密的工作簿，请另存为不加密的 XLSX 或 CSV。",
                "This is an XLS or a locked workbook; save it as XLSX or CSV without password.",
            ),
        )]);
    }
    let is_zip = bytes.starts_with(ZIP);
    match media {
        TableMedia::Csv(_) if is_zip => Err(vec![RowFault::of_file(
            "not_csv",
            Text::new(
                "这是 XLSX 文件，而请求头注明为 CSV，请更正 Content-Type。",
                "This is an XLSX file, but was sent as CSV; mend Content-Type.",
            ),
        )]),
        TableMedia::Csv(charset) => super::csv::read(bytes, charset.as_deref()),
        TableMedia::Xlsx if is_zip => super::xlsx::read(bytes),
        TableMedia::Xlsx => Err(vec![not_xlsx()]),
    }
}

pub(super) fn not_xlsx() -> RowFault {
    RowFault::of_file(
        "not_xlsx",
        Text::new("这不是可读取的 XLSX 文件。", "This is not an XLSX file that can be read."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let places =
            [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")];
        for (column, expected) in places {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_a_formula() {
        for text in ["=1+1", "+86 21", "-1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1"] {
            assert_eq!(Cell::of_text(text), Cell::Formula, "{text}");
        }
        assert_eq!(Cell::of_text(" 汇金=港汇 "), Cell::Text("汇金=港汇".to_owned()));
        assert!(Cell::of_text(" \u{3000}").is_empty());
    }

    #[test]
    fn a_fault_says_where_it_is() {
        let detail = Text::new("错。", "Wrong.");
        let fault = RowFault::of_cell(7, 1, "x", detail.clone()).fault();
        assert_eq!((fault.pointer.as_str(), &*fault.detail.zh), ("/7/B", "第7行B列：错。"));
        assert_eq!(&*fault.detail.en, "Row 7, column B: Wrong.");
        let fault = RowFault::of_file("x", detail).fault();
        assert_eq!((fault.pointer.as_str(), &*fault.detail.zh), ("", "错。"));
    }
}
