//! CSV as a sheet: UTF-8 with or without a mark, else GB18030, of which GBK is a part. Pure.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use super::sheet::{Cell, MOST_COLUMNS, MOST_ROWS, Row, RowFault, Sheet};
use super::sheet::{too_many_columns, too_many_rows};
use crate::language::Text;
use crate::words::FileForm;

/// Reads a CSV file; `charset` is what the sender says of it, if anything.
pub(super) fn read(bytes: &[u8], charset: Option<&str>) -> Result<Sheet, Vec<RowFault>> {
    let (form, text) = decode(bytes, charset).map_err(|fault| vec![fault])?;
    // The reader counts lines by their last character, and a row behind `\r\n` begins before it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|_| vec![unreadable()])?;
        let number = record.position().map_or(0, ::csv::Position::line);
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let cells: Vec<Cell> = record.iter().map(Cell::of_text).collect();
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        if cells.len() > MOST_COLUMNS {
            faults.push(too_many_columns(number));
            continue;
        }
        rows.push(Row { number, cells });
        // One more for the names of the columns.
        if rows.len() > MOST_ROWS + 1 {
            return Err(vec![too_many_rows()]);
        }
    }
    if faults.is_empty() { Ok(Sheet { form, rows }) } else { Err(faults) }
}

fn unreadable() -> RowFault {
    RowFault::of_file("not_csv", Text::new("CSV 格式有误。", "This is not CSV."))
}

fn decode<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
) -> Result<(FileForm, Cow<'a, str>), RowFault> {
    let (marked, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), &bytes[length..]),
        None => (None, bytes),
    };
    let named = match charset {
        Some(name) => Some(Encoding::for_label(name.as_bytes()).ok_or_else(unsupported)?),
        None => None,
    };
    // The mark is in the file and knows better than whoever sent it.
    match marked.or(named) {
        Some(encoding) if encoding == UTF_8 => utf_8(bytes).ok_or_else(|| undecodable(bytes)),
        Some(encoding) if encoding == GBK || encoding == GB18030 => {
            gb18030(bytes).ok_or_else(|| undecodable(bytes))
        }
        Some(_) => Err(unsupported()),
        None => utf_8(bytes).or_else(|| gb18030(bytes)).ok_or_else(|| undecodable(bytes)),
    }
}

fn utf_8(bytes: &[u8]) -> Option<(FileForm, Cow<'_, str>)> {
    std::str::from_utf8(bytes).ok().map(|it| (FileForm::CsvUtf8, Cow::Borrowed(it)))
}

fn gb18030(bytes: &[u8]) -> Option<(FileForm, Cow<'_, str>)> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((FileForm::CsvGb18030, text))
}

fn unsupported() -> RowFault {
    RowFault::of_file(
        "unsupported_encoding",
        Text::new(
            "只接受 UTF-8 或 GB18030（GBK）编码的 CSV，请另存为“CSV UTF-8”。",
            "CSV must be UTF-8 or GB18030 (GBK); save it as «CSV UTF-8».",
        ),
    )
}

/// Names the row with the first byte that is not UTF-8: there the trouble is mostly seen.
fn undecodable(bytes: &[u8]) -> RowFault {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let row = bytes[..good].split(|it| *it == b'\n').count();
    RowFault::of_row(
        row,
        "undecodable",
        Text::new(
            "此处起既不是 UTF-8 也不是 GB18030（GBK）编码，请另存为“CSV UTF-8”。",
            "From here on it is neither UTF-8 nor GB18030 (GBK); save it as «CSV UTF-8».",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "企业名称,统一社会信用代码\r\n\"上海悦动,健身\",91350100M000100Y43\r\n";

    fn texts(sheet: &Sheet) -> Vec<(usize, Vec<&str>)> {
        fn text(cell: &Cell) -> &str {
            match cell {
                Cell::Text(text) => text,
                _ => "?",
            }
        }
        sheet.rows.iter().map(|it| (it.number, it.cells.iter().map(text).collect())).collect()
    }

    #[test]
    fn every_way_to_write_it_is_read_alike() {
        let (gbk, _, _) = GBK.encode(TABLE);
        let marked = [b"\xEF\xBB\xBF", TABLE.as_bytes()].concat();
        for (bytes, charset, form) in [
            (TABLE.as_bytes(), None, FileForm::CsvUtf8),
            (&marked, None, FileForm::CsvUtf8),
            (&marked, Some("gbk"), FileForm::CsvUtf8),
            (TABLE.as_bytes(), Some("UTF-8"), FileForm::CsvUtf8),
            (&gbk, None, FileForm::CsvGb18030),
            (&gbk, Some("GB2312"), FileForm::CsvGb18030),
            (&gbk, Some("gb18030"), FileForm::CsvGb18030),
        ] {
            let sheet = read(bytes, charset).unwrap();
            assert_eq!(sheet.form, form, "{charset:?}");
            let expected = [
                (1, vec!["企业名称", "统一社会信用代码"]),
                (2, vec!["上海悦动,健身", "91350100M000100Y43"]),
            ];
            assert_eq!(texts(&sheet), expected, "{charset:?}");
        }
    }

    #[test]
    fn a_rare_character_needs_four_bytes_and_is_read() {
        let (bytes, _, _) = GB18030.encode("企业名称\n㐂家面馆𠮷\n");
        assert_eq!(texts(&read(&bytes, None).unwrap())[1].1, ["㐂家面馆𠮷"]);
    }

    #[test]
    fn rows_keep_the_numbers_of_the_file() {
        for end in ["\n", "\r\n", "\r"] {
            let table = ["a,b", "", " , ", "1,2", "3,4"].join(end);
            let sheet = read(table.as_bytes(), None).unwrap();
            let expected = [(1, vec!["a", "b"]), (4, vec!["1", "2"]), (5, vec!["3", "4"])];
            assert_eq!(texts(&sheet), expected, "{end:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_row() {
        let utf_16 = b"\xFF\xFEa\0,\0".as_slice();
        let neither = b"name\n\xE4\xB8\xAD\n\xFF\xFF\xFF".as_slice();
        let (gbk, _, _) = GBK.encode(TABLE);
        let wide = "x,".repeat(MOST_COLUMNS + 1);
        let long = "x\n".repeat(MOST_ROWS + 2);
        for (bytes, charset, row, code) in [
            (utf_16, None, None, "unsupported_encoding"),
            (TABLE.as_bytes(), Some("big5"), None, "unsupported_encoding"),
            (TABLE.as_bytes(), Some("klingon"), None, "unsupported_encoding"),
            (neither, None, Some(3), "undecodable"),
            (&gbk, Some("utf-8"), Some(1), "undecodable"),
            (wide.as_bytes(), None, Some(1), "too_many_columns"),
            (long.as_bytes(), None, None, "too_many_rows"),
        ] {
            let faults = read(bytes, charset).unwrap_err();
            assert_eq!((faults[0].row, faults[0].code), (row, code));
        }
    }
}
