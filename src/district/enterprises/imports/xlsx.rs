//! The first sheet of an XLSX file. A file that would grow without measure when it is unpacked is
//! refused before it is read. Pure.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

use super::sheet::{Cell, Loss, MOST_COLUMNS, MOST_ROWS, Row, RowFault, Sheet};
use super::sheet::{not_xlsx, too_many_columns, too_many_rows};
use crate::language::Text;
use crate::words::FileForm;

/// How large a file may be when it is unpacked: 9,000 enterprises are some 10 MB.
const UNPACKED: u64 = 128 << 20;

/// Numbers from here on have lost digits: a spreadsheet keeps fifteen.
const EXACT: f64 = 1e15;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Vec<RowFault>> {
    refuse_what_grows(bytes).map_err(|fault| vec![fault])?;
    cells(bytes).map_err(|_| vec![not_xlsx()])?
}

fn too_large() -> RowFault {
    RowFault::of_file(
        "too_large_unpacked",
        Text::new("文件解压后过大。", "The file is too large when it is unpacked."),
    )
}

/// Unpacks everything into nothing and counts; sizes that a file tells of itself are not believed.
fn refuse_what_grows(bytes: &[u8]) -> Result<(), RowFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_xlsx())?;
    let mut left = UNPACKED;
    for place in 0..archive.len() {
        let member = archive.by_index(place).map_err(|_| not_xlsx())?;
        let name = member.name().map_err(|_| not_xlsx())?.to_ascii_lowercase();
        let tells_of_strings = name.ends_with("sharedstrings.xml");
        let mut unpacked = Vec::new();
        let size = member.take(left + 1).read_to_end(&mut unpacked).map_err(|_| not_xlsx())?;
        left = left.checked_sub(size as u64).ok_or_else(too_large)?;
        if tells_of_strings && promises_too_much(&unpacked) {
            return Err(too_large());
        }
    }
    Ok(())
}

/// The reader makes room for as many strings as the file promises. A string takes at least five
/// bytes (`<si/>`); text of another width than the reader's ASCII is not looked through.
fn promises_too_much(strings: &[u8]) -> bool {
    let name = b"uniqueCount";
    if strings.starts_with(&[0xFE, 0xFF]) || strings.starts_with(&[0xFF, 0xFE]) {
        return true;
    }
    let Some(at) = strings.windows(name.len()).position(|it| it == name) else { return false };
    let value = strings[at + name.len()..].iter();
    let digits: String = value
        .skip_while(|it| it.is_ascii_whitespace() || matches!(it, b'=' | b'"' | b'\''))
        .take_while(|it| it.is_ascii_digit())
        .map(|it| char::from(*it))
        .collect();
    !digits.is_empty() && digits.parse().unwrap_or(usize::MAX) > strings.len()
}

/// The cells of the first sheet; the outer error is the reader's.
fn cells(bytes: &[u8]) -> Result<Result<Sheet, Vec<RowFault>>, calamine::XlsxError> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))?;
    let Some(name) = book.sheet_names().first().cloned() else { return Ok(Err(vec![not_xlsx()])) };
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(found) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = found.pos;
        let cell = match found.formula {
            Some(_) => Cell::Formula,
            None => cell(&found.value),
        };
        if cell.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Ok(Err(vec![too_many_columns(number(row))]));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Text(String::new()));
        }
        cells[column] = cell;
        // One more for the names of the columns.
        if rows.len() > MOST_ROWS + 1 {
            return Ok(Err(vec![too_many_rows()]));
        }
    }
    let row = |(row, cells)| Row { number: number(row), cells };
    Ok(Ok(Sheet { form: FileForm::Xlsx, rows: rows.into_iter().map(row).collect() }))
}

fn number(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Text(String::new()),
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Bool(truth) => Cell::Text(if *truth { "是" } else { "否" }.to_owned()),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) if number.abs() >= EXACT => Cell::Lost(Loss::Digits),
        // A whole one is shown without its point.
        DataRef::Float(number) => Cell::Text(number.to_string()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Cell::Lost(Loss::Date)
        }
        DataRef::Error(_) => Cell::Lost(Loss::Error),
    }
}

#[cfg(test)]
mod tests;
