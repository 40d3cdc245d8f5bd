//! Files as a spreadsheet writes them, and files nobody writes by accident.

use std::io::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn texts(sheet: &Sheet) -> Vec<(usize, Vec<Cell>)> {
    sheet.rows.iter().map(|it| (it.number, it.cells.clone())).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn cells_are_read_as_they_were_meant() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "企业名称").unwrap();
    sheet.write(0, 1, " 统一社会信用代码 ").unwrap();
    sheet.write(2, 1, 5).unwrap();
    sheet.write(3, 0, 5.25).unwrap();
    sheet.write(3, 1, 913_101_040_000_000_000_f64).unwrap();
    sheet.write(4, 0, true).unwrap();
    sheet.write(5, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write(5, 1, "=1+1 as text").unwrap();
    let day = ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
    sheet.write_with_format(6, 0, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    sheet.write_blank(9, 30, &Format::new().set_bold()).unwrap();
    book.add_worksheet().write(0, 0, "另一张表").unwrap();

    let read = read(&book.save_to_buffer().unwrap()).unwrap();

    assert_eq!(read.form, FileForm::Xlsx);
    let expected = [
        (1, vec![text("企业名称"), text("统一社会信用代码")]),
        (3, vec![text(""), text("5")]),
        (4, vec![text("5.25"), Cell::Lost(Loss::Digits)]),
        (5, vec![text("是")]),
        (6, vec![Cell::Formula, Cell::Formula]),
        (7, vec![Cell::Lost(Loss::Date)]),
    ];
    assert_eq!(texts(&read), expected);
}

#[test]
fn too_many_columns_and_rows_are_refused() {
    let mut book = Workbook::new();
    book.add_worksheet().write(4, 40, "x").unwrap();
    let faults = read(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!((faults[0].row, faults[0].code), (Some(5), "too_many_columns"));

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..=20_001 {
        sheet.write(row, 0, 1).unwrap();
    }
    let faults = read(&book.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(faults[0].code, "too_many_rows");
}

/// The same file with one member written anew.
fn with_member(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let member = archive.by_index(place).unwrap();
        if member.name().unwrap() != name {
            writer.raw_copy_file(member).unwrap();
        }
    }
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

fn plain() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "企业名称").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_file_that_grows_without_measure_is_refused() {
    let zeros = vec![b' '; usize::try_from(UNPACKED).unwrap() + 1];
    let bomb = with_member(&plain(), "xl/media/image1.png", &zeros);
    assert!(bomb.len() < 1 << 20, "it is small as it comes: {}", bomb.len());
    assert_eq!(read(&bomb).unwrap_err()[0].code, "too_large_unpacked");

    for promise in ["uniqueCount=\"99999999999999\"", "uniqueCount = '99999999999999999999999'"] {
        let strings = format!("<?xml version=\"1.0\"?><sst {promise}><si><t>x</t></si></sst>");
        let greedy = with_member(&plain(), "xl/sharedStrings.xml", strings.as_bytes());
        assert_eq!(read(&greedy).unwrap_err()[0].code, "too_large_unpacked", "{promise}");
    }
}

#[test]
fn what_is_no_workbook_is_refused() {
    let whole = plain();
    let broken = with_member(&whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row");
    for bytes in [&b"PK\x03\x04 and nothing"[..], &whole[..whole.len() / 2], &broken] {
        assert_eq!(read(bytes).unwrap_err()[0].code, "not_xlsx");
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("readme.txt", SimpleFileOptions::default()).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    assert_eq!(read(&zip).unwrap_err()[0].code, "not_xlsx");
}
