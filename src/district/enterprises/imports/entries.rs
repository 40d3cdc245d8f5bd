//! The rows of a sheet as entries of enterprises: each cell read as what its column holds. Pure.

use super::columns::{Column, Columns};
use super::sheet::{Cell, Loss, Row, RowFault, Sheet};
use crate::district::rules::public_phone;
use crate::language::Text;
use crate::personal_data::CreditCode;
use crate::personal_data::numbers::name_key;
use crate::words::{EnterpriseKind, EnterpriseStatus, EnterpriseTrade};

/// What a row says of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub row: usize,
    pub credit_code: String,
    pub name: String,
    /// None where the table does not say: as it was, or as it mostly is.
    pub kind: Option<EnterpriseKind>,
    pub trade: Option<EnterpriseTrade>,
    pub is_key: Option<bool>,
    pub status: Option<EnterpriseStatus>,
    pub building: Given<String>,
    pub floor: Given<String>,
    pub unit: Given<String>,
    pub phone: Given<String>,
}

/// What a table says of something that may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given<T> {
    /// The table has no such column: it stays as it was.
    NotAtAll,
    /// An empty cell takes away.
    As(Option<T>),
}

impl<T> Given<T> {
    /// What is to stand, where `kept` stands now.
    pub fn over(self, kept: Option<T>) -> Option<T> {
        match self {
            Self::NotAtAll => kept,
            Self::As(value) => value,
        }
    }
}

/// A sheet that was read.
#[derive(Debug)]
pub(super) struct Entries {
    pub columns: Columns,
    /// How many rows stand below the names of the columns.
    pub rows: usize,
    /// The names of the columns as the file has them.
    pub header: Vec<String>,
    pub found: Vec<Entry>,
    pub faults: Vec<RowFault>,
}

/// Reads the rows. Faults in the first row leave nothing to read.
pub(super) fn read(sheet: &Sheet) -> Result<Entries, Vec<RowFault>> {
    let Some((first, rows)) = sheet.rows.split_first() else {
        let detail = Text::new("表格是空的。", "The table is empty.");
        return Err(vec![RowFault::of_file("empty_table", detail)]);
    };
    let columns = Columns::of(first)?;
    let title = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    };
    let header = first.cells.iter().map(title).collect();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        let mut reading = Reading { row, columns: &columns, faults: Vec::new() };
        let entry = reading.entry();
        if reading.faults.is_empty() {
            found.extend(entry);
        }
        faults.append(&mut reading.faults);
    }
    Ok(Entries { columns, rows: rows.len(), header, found, faults })
}

/// One row being read.
struct Reading<'a> {
    row: &'a Row,
    columns: &'a Columns,
    faults: Vec<RowFault>,
}

impl Reading<'_> {
    fn entry(&mut self) -> Option<Entry> {
        self.refuse_what_is_no_text();
        let credit_code = self.credit_code();
        let name = self.required(Column::Name, 100);
        let entry = Entry {
            row: self.row.number,
            kind: self.word(Column::Kind, EnterpriseKind::ALL, |it| (it.name(), it.term())),
            trade: self.word(Column::Trade, EnterpriseTrade::ALL, |it| (it.name(), it.term())),
            is_key: self.truth(),
            status: self.word(Column::Status, EnterpriseStatus::ALL, |it| (it.name(), it.term())),
            building: self.optional(Column::Building, 100),
            floor: self.optional(Column::Floor, 20),
            unit: self.optional(Column::Unit, 40),
            phone: self.phone(),
            credit_code: credit_code.unwrap_or_default(),
            name: name.unwrap_or_default(),
        };
        self.faults.is_empty().then_some(entry)
    }

    /// Formulas and what a spreadsheet has lost, wherever they stand; and cells beside the table.
    fn refuse_what_is_no_text(&mut self) {
        for (place, cell) in self.row.cells.iter().enumerate() {
            let (code, zh, en) = match cell {
                Cell::Formula => (
                    "formula_cell",
                    "不接受公式，也不接受以 =、+、-、@ 开头的内容，请改为普通文本。",
                    "Formulas are not taken, nor what begins with =, +, - or @; write plain text.",
                ),
                Cell::Lost(Loss::Date) => (
                    "date_cell",
                    "此单元格被识别为日期，请将其设为文本格式后重新填写。",
                    "The spreadsheet made a date of this; format the cell as text.",
                ),
                Cell::Lost(Loss::Digits) => (
                    "digits_lost",
                    "此数字过长，表格软件已丢失末位，请将单元格设为文本格式后重新填写。",
                    "The spreadsheet has lost the last digits; format the cell as text.",
                ),
                Cell::Lost(Loss::Error) => {
                    ("error_cell", "此单元格是错误值。", "The cell holds an error value.")
                }
                Cell::Text(text) if text.chars().any(char::is_control) => (
                    "control_character",
                    "内容中有换行或其他控制字符；CSV 中请检查引号是否成对。",
                    "It holds a line break or another control character; in CSV, look for a \
                     quotation mark without its pair.",
                ),
                Cell::Text(text) if !text.is_empty() && self.columns.at(place).is_none() => (
                    "cell_beside_table",
                    "此单元格所在的列没有列名。",
                    "The column of this cell has no name.",
                ),
                Cell::Text(_) => continue,
            };
            let fault = RowFault::of_cell(self.row.number, place, code, Text::new(zh, en));
            self.faults.push(fault);
        }
    }

    /// The text of a column; None where the table has no such column, or no text stands there,
    /// which was told before.
    fn text(&self, column: Column) -> Option<&str> {
        let place = self.columns.place(column)?;
        match self.row.cells.get(place) {
            Some(Cell::Text(text)) => Some(text),
            Some(_) => None,
            None => Some(""),
        }
    }

    fn refuse(&mut self, column: Column, code: &'static str, detail: Text) {
        let place = self.columns.place(column).unwrap_or_default();
        self.faults.push(RowFault::of_cell(self.row.number, place, code, detail));
    }

    fn required(&mut self, column: Column, longest: usize) -> Option<String> {
        let text = self.limited(column, longest)?;
        if text.is_empty() {
            let title = column.title();
            let detail =
                Text::new(format!("“{title}”不能为空。"), format!("{title} must not be empty."));
            self.refuse(column, "missing_value", detail);
            return None;
        }
        Some(text)
    }

    fn limited(&mut self, column: Column, longest: usize) -> Option<String> {
        let text = self.text(column)?.to_owned();
        if text.chars().count() > longest {
            let detail = Text::new(
                format!("最多{longest}个字符。"),
                format!("At most {longest} characters."),
            );
            self.refuse(column, "too_long", detail);
            return None;
        }
        Some(text)
    }

    fn optional(&mut self, column: Column, longest: usize) -> Given<String> {
        match self.limited(column, longest) {
            Some(text) => Given::As((!text.is_empty()).then_some(text)),
            None => Given::NotAtAll,
        }
    }

    fn credit_code(&mut self) -> Option<String> {
        let text = self.required(Column::CreditCode, 40)?;
        match CreditCode::parse(&text) {
            Ok(code) => Some(code.as_str().to_owned()),
            Err(fault) => {
                self.refuse(Column::CreditCode, fault.code, fault.detail);
                None
            }
        }
    }

    fn phone(&mut self) -> Given<String> {
        let given = self.optional(Column::Phone, 40);
        let Given::As(Some(text)) = given else { return given };
        match public_phone(&text) {
            Ok(phone) => Given::As(Some(phone)),
            Err((code, detail)) => {
                self.refuse(Column::Phone, code, detail);
                Given::NotAtAll
            }
        }
    }

    /// A word of a vocabulary, by its Chinese term or its name in the API.
    fn word<W: Copy>(
        &mut self,
        column: Column,
        all: &[W],
        told: impl Fn(W) -> (String, &'static str),
    ) -> Option<W> {
        let key = name_key(self.text(column)?);
        if key.is_empty() {
            return None;
        }
        let is_meant = |it: &&W| {
            let (name, term) = told(**it);
            name_key(&name) == key || name_key(term) == key
        };
        let found = all.iter().find(is_meant).copied();
        if found.is_none() {
            let terms: Vec<&str> = all.iter().map(|it| told(*it).1).collect();
            let names: Vec<String> = all.iter().map(|it| told(*it).0).collect();
            let detail = Text::new(
                format!("应为下列之一：{}。", terms.join("、")),
                format!("It must be one of: {}.", names.join(", ")),
            );
            self.refuse(column, "unknown_word", detail);
        }
        found
    }

    fn truth(&mut self) -> Option<bool> {
        match name_key(self.text(Column::IsKey)?).as_str() {
            "" => None,
            "是" | "TRUE" | "YES" | "1" => Some(true),
            "否" | "FALSE" | "NO" | "0" => Some(false),
            _ => {
                let detail = Text::new("应为“是”或“否”。", "It must be 是 or 否, true or false.");
                self.refuse(Column::IsKey, "unknown_word", detail);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::FileForm;

    const HEADER: &str =
        "企业名称,统一社会信用代码,企业类型,行业,楼宇,楼层,房号,重点企业,状态,公开电话";

    fn entries(rows: &str) -> Entries {
        let sheet = super::super::csv::read(format!("{HEADER}\n{rows}").as_bytes(), None).unwrap();
        assert_eq!(sheet.form, FileForm::CsvUtf8);
        read(&sheet).unwrap()
    }

    #[test]
    fn a_row_says_what_its_cells_say() {
        let read = entries(
            "悦动健身,9135 0100-M000100Y43,company,健身,港汇,5,501,是,在业,021-6407 0000\n\
             悦动健身,91350100M000100Y43,,,,,,,,\n",
        );
        assert!(read.faults.is_empty(), "{:?}", read.faults);
        let full = Entry {
            row: 2,
            credit_code: "91350100M000100Y43".to_owned(),
            name: "悦动健身".to_owned(),
            kind: Some(EnterpriseKind::Company),
            trade: Some(EnterpriseTrade::Fitness),
            is_key: Some(true),
            status: Some(EnterpriseStatus::Operating),
            building: Given::As(Some("港汇".to_owned())),
            floor: Given::As(Some("5".to_owned())),
            unit: Given::As(Some("501".to_owned())),
            phone: Given::As(Some("02164070000".to_owned())),
        };
        let bare = Entry {
            row: 3,
            kind: None,
            trade: None,
            is_key: None,
            status: None,
            building: Given::As(None),
            floor: Given::As(None),
            unit: Given::As(None),
            phone: Given::As(None),
            ..full.clone()
        };
        assert_eq!(read.found, [full, bare]);
    }

    #[test]
    fn what_a_table_has_no_column_for_is_not_said() {
        let sheet = "name,credit_code\n悦动,91350100M000100Y43\n";
        let sheet = super::super::csv::read(sheet.as_bytes(), None).unwrap();
        let entry = &read(&sheet).unwrap().found[0];
        assert_eq!(
            (&entry.building, &entry.phone, entry.is_key),
            (&Given::NotAtAll, &Given::NotAtAll, None)
        );
    }

    #[test]
    fn every_fault_is_told_with_its_cell() {
        let long = "长".repeat(101);
        for (row, expected) in [
            (",91350100M000100Y43", &[(0, "missing_value")][..]),
            ("悦动,", &[(1, "missing_value")]),
            ("悦动,91350100M000100Y44", &[(1, "wrong_checksum")]),
            ("悦动,123", &[(1, "wrong_length")]),
            ("=悦动,91350100M000100Y43", &[(0, "formula_cell")]),
            ("悦动,91350100M000100Y43,,,@港汇,-5", &[(4, "formula_cell"), (5, "formula_cell")]),
            ("\"悦\n动\",91350100M000100Y43", &[(0, "control_character")]),
            ("悦动,91350100M000100Y43,工厂,采矿", &[(2, "unknown_word"), (3, "unknown_word")]),
            ("悦动,91350100M000100Y43,,,,,,也许,关门", &[(7, "unknown_word"), (8, "unknown_word")]),
            ("悦动,91350100M000100Y43,,,,,,,,13816168000", &[(9, "not_a_public_phone")]),
            ("悦动,91350100M000100Y43,,,,,,,,,多余", &[(10, "cell_beside_table")]),
            (&format!("{long},1"), &[(1, "wrong_length"), (0, "too_long")]),
        ] {
            let read = entries(row);
            assert!(read.found.is_empty(), "{row}");
            let found: Vec<_> =
                read.faults.iter().map(|it| (it.column.unwrap(), it.code)).collect();
            assert_eq!(found, expected, "{row}");
            assert!(read.faults.iter().all(|it| it.row == Some(2)), "{row}");
        }
    }

    #[test]
    fn an_empty_table_is_told() {
        let sheet = super::super::csv::read(b"\n\n", None).unwrap();
        assert_eq!(read(&sheet).unwrap_err()[0].code, "empty_table");
        assert_eq!(entries("").rows, 0);
    }
}
