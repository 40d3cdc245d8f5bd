//! Which column of a table is what, by its name in the first row. Pure.

use super::sheet::{Cell, Row, RowFault};
use crate::language::Text;
use crate::personal_data::numbers::name_key;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    CreditCode,
    Kind,
    Trade,
    Building,
    Floor,
    Unit,
    IsKey,
    Status,
    Phone,
}

/// Each column with the names it goes by, the station's own first.
const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Name, &["企业名称", "name", "名称", "单位名称"]),
    (Column::CreditCode, &["统一社会信用代码", "credit_code", "信用代码"]),
    (Column::Kind, &["企业类型", "kind", "主体类型"]),
    (Column::Trade, &["行业", "trade", "所属行业"]),
    (Column::Building, &["楼宇", "building", "楼宇名称"]),
    (Column::Floor, &["楼层", "floor"]),
    (Column::Unit, &["房号", "unit", "室号"]),
    (Column::IsKey, &["重点企业", "is_key", "是否重点企业"]),
    (Column::Status, &["状态", "status", "经营状态"]),
    (Column::Phone, &["公开电话", "phone"]),
];

const REQUIRED: [Column; 2] = [Column::Name, Column::CreditCode];

impl Column {
    /// The station's own name of it.
    pub fn title(self) -> &'static str {
        COLUMNS.iter().find(|it| it.0 == self).map_or("", |it| it.1[0])
    }

    fn named(name: &str) -> Option<Self> {
        let key = name_key(name);
        COLUMNS.iter().find(|it| it.1.iter().any(|known| name_key(known) == key)).map(|it| it.0)
    }
}

/// Where each column of a table stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns(Vec<(Column, usize)>);

impl Columns {
    /// Reads the first row: what is missing, unknown or there twice is told at once.
    pub fn of(row: &Row) -> Result<Self, Vec<RowFault>> {
        let mut found: Vec<(Column, usize)> = Vec::new();
        let mut faults = Vec::new();
        for (place, cell) in row.cells.iter().enumerate() {
            let name = match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => text.as_str(),
                Cell::Formula | Cell::Lost(_) => "?",
            };
            match Column::named(name) {
                Some(column) if found.iter().any(|it| it.0 == column) => {
                    let title = column.title();
                    let detail = Text::new(
                        format!("“{title}”一列出现了两次。"),
                        format!("The column {title} stands twice."),
                    );
                    let code = "duplicate_column";
                    faults.push(RowFault::of_cell(row.number, place, code, detail));
                }
                Some(column) => found.push((column, place)),
                None => faults.push(unknown(row.number, place, name)),
            }
        }
        for column in REQUIRED {
            if !found.iter().any(|it| it.0 == column) {
                let title = column.title();
                let detail = Text::new(
                    format!("缺少“{title}”一列。"),
                    format!("The column {title} is missing."),
                );
                faults.push(RowFault::of_row(row.number, "missing_column", detail));
            }
        }
        if faults.is_empty() { Ok(Self(found)) } else { Err(faults) }
    }

    /// Where a column stands, if the table has it.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0.iter().find(|it| it.0 == column).map(|it| it.1)
    }

    /// Which column stands there.
    pub fn at(&self, place: usize) -> Option<Column> {
        self.0.iter().find(|it| it.1 == place).map(|it| it.0)
    }
}

fn unknown(row: usize, place: usize, name: &str) -> RowFault {
    let known: Vec<&str> = COLUMNS.iter().map(|it| it.1[0]).collect();
    let name: String = name.chars().take(30).collect();
    RowFault::of_cell(
        row,
        place,
        "unknown_column",
        Text::new(
            format!("没有名为“{name}”的列，可用的有：{}。", known.join("、")),
            format!("There is no column «{name}»; there are: {}.", known.join(", ")),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(names: &[&str]) -> Row {
        Row { number: 1, cells: names.iter().map(|it| Cell::of_text(it)).collect() }
    }

    #[test]
    fn columns_stand_in_any_order_and_go_by_either_language() {
        let columns = Columns::of(&row(&["楼 宇", "", "CREDIT_CODE", "企业名称"])).unwrap();
        assert_eq!(columns.place(Column::Building), Some(0));
        assert_eq!(columns.place(Column::CreditCode), Some(2));
        assert_eq!(columns.place(Column::Name), Some(3));
        assert_eq!(columns.place(Column::Phone), None);
        assert_eq!((columns.at(3), columns.at(1)), (Some(Column::Name), None));
    }

    #[test]
    fn every_fault_of_the_first_row_is_told() {
        for (names, expected) in [
            (&["企业名称"][..], &[(None, "missing_column")][..]),
            (&["电话号码", "名称", "信用代码"], &[(Some(0), "unknown_column")]),
            (&["name", "credit_code", "名称"], &[(Some(2), "duplicate_column")]),
            (&["=A1", "name", "credit_code"], &[(Some(0), "unknown_column")]),
            (
                &["x"],
                &[(Some(0), "unknown_column"), (None, "missing_column"), (None, "missing_column")],
            ),
        ] {
            let faults = Columns::of(&row(names)).unwrap_err();
            let found: Vec<_> = faults.iter().map(|it| (it.column, it.code)).collect();
            assert_eq!(found, expected, "{names:?}");
        }
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let names: Vec<String> =
            COLUMNS.iter().flat_map(|it| it.1).map(|it| name_key(it)).collect();
        for (place, name) in names.iter().enumerate() {
            assert!(!names[..place].contains(name), "{name}");
        }
    }
}
