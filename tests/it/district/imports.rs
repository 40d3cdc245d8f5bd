//! Importing enterprises: every form a file may have, every fault with its row and column, all or
//! nothing, and nine thousand rows at once.

use std::fmt::Write as _;

use rust_xlsxwriter::{Formula, Workbook};
use serde_json::{Value, json};

use super::{NETWORK, building, credit_code, left_behind, make};
use crate::harness::{Answer, Person, Request, TestApp, on_both_databases};

on_both_databases!(
    every_form_of_a_file_says_the_same,
    a_dry_run_tells_and_writes_nothing,
    what_is_faulty_is_named_and_nothing_is_written,
    a_file_that_cannot_be_read_is_told_apart,
    only_what_is_different_is_changed,
    an_import_is_one_write_and_a_repeat_is_none,
    nine_thousand_rows_are_taken_over,
    a_file_may_be_larger_than_other_bodies,
);

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn send<'a>(by: &Person<'a>, dry: bool, media: &str, bytes: impl Into<Vec<u8>>) -> Request<'a> {
    let path = format!("{NETWORK}/enterprises/imports?dry_run={dry}");
    by.post(&path).bytes(media, bytes)
}

async fn tried(app: &TestApp, table: &str) -> Value {
    send(&app.clerk(), true, CSV, table).await.ok().body
}

async fn known(app: &TestApp) -> Vec<Value> {
    let path = format!("{NETWORK}/enterprises?limit=200");
    app.clerk().get(&path).await.ok().body["items"].as_array().unwrap().clone()
}

/// Row, column and code of what a report names.
fn told(report: &Value, member: &str) -> Vec<(u64, String, String)> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let faults = report[member].as_array().unwrap().iter();
    faults
        .map(|it| (it["row"].as_u64().unwrap_or(0), text(&it["column"]), text(&it["code"])))
        .collect()
}

fn counts(report: &Value) -> [u64; 5] {
    ["rows", "new", "changed", "unchanged", "faulty"].map(|it| report[it].as_u64().unwrap())
}

const ROWS: usize = 3;

fn cells(n: usize) -> [String; 4] {
    [format!("上海第{n}号面馆，徐汇"), credit_code(n), "餐饮".to_owned(), "汇金大厦".to_owned()]
}

const HEADER: [&str; 4] = ["企业名称", "统一社会信用代码", "行业", "楼宇"];

fn csv() -> String {
    let mut table = HEADER.join(",") + "\r\n";
    for n in 1..=ROWS {
        table += &(cells(n).join(",") + "\r\n");
    }
    table
}

fn xlsx(rows: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, name) in HEADER.iter().enumerate() {
        sheet.write(0, u16::try_from(place).unwrap(), *name).unwrap();
    }
    for n in 1..=rows {
        for (place, cell) in cells(n).iter().enumerate() {
            let row = u32::try_from(n).unwrap();
            sheet.write(row, u16::try_from(place).unwrap(), cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

async fn every_form_of_a_file_says_the_same(app: &TestApp) {
    let place = make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let (gbk, _, lossy) = encoding_rs::GBK.encode(Box::leak(csv().into_boxed_str()));
    assert!(!lossy);
    let marked = format!("\u{FEFF}{}", csv());
    let files: [(&str, Vec<u8>, &str); 5] = [
        (CSV, csv().into_bytes(), "csv_utf_8"),
        (CSV, marked.into_bytes(), "csv_utf_8"),
        (CSV, gbk.to_vec(), "csv_gb18030"),
        ("text/csv; charset=gb2312", gbk.to_vec(), "csv_gb18030"),
        (XLSX, xlsx(ROWS), "xlsx"),
    ];
    for (media, bytes, form) in &files {
        let report = send(&app.officer(), true, media, bytes.clone()).await.ok().body;
        assert_eq!(report["form"], *form, "{media}");
        assert_eq!(counts(&report), [3, 3, 0, 0, 0], "{media}: {report}");
    }
    assert!(known(app).await.is_empty(), "nothing was written yet");
    for (at, (media, bytes, _)) in files.into_iter().enumerate() {
        let report = send(&app.officer(), false, media, bytes).await.ok().body;
        let expected = if at == 0 { [3, 3, 0, 0, 0] } else { [3, 0, 0, 3, 0] };
        assert_eq!(counts(&report), expected, "{media}: {report}");
        assert_eq!(report["dry_run"], false);
    }
    let found = known(app).await;
    assert_eq!(found.len(), 3);
    assert_eq!(found[0]["name"], "上海第1号面馆，徐汇");
    assert_eq!(found[0]["trade"], "catering");
    assert_eq!(found[0]["building_id"], json!(place));
    assert_eq!((&found[0]["kind"], &found[0]["status"]), (&json!("company"), &json!("operating")));
}

async fn a_dry_run_tells_and_writes_nothing(app: &TestApp) {
    let before = left_behind(app).await;
    let table = format!("名称,信用代码\n甲,{}\n乙,{}\n", credit_code(1), credit_code(2));
    let report = tried(app, &table).await;
    assert_eq!((&report["dry_run"], &report["faults"]), (&json!(true), &json!([])));
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    assert_eq!(left_behind(app).await, before);
    assert!(known(app).await.is_empty());
    app.mediator()
        .post(&format!("{NETWORK}/enterprises/imports"))
        .bytes(CSV, table)
        .await
        .problem(403, "forbidden");
}

async fn what_is_faulty_is_named_and_nothing_is_written(app: &TestApp) {
    make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let (one, two, three) = (credit_code(1), credit_code(2), credit_code(3));
    let table = format!(
        "企业名称,统一社会信用代码,楼宇,公开电话,行业\n\
         甲,{one},汇金大厦,64070000,餐饮\n\
         乙,{two},金汇大厦,,\n\
         丙,{one},,,\n\
         =HYPERLINK(1),{three},,,\n\
         丁,91350100M000100Y44,,13816168000,矿业\n\
         ,{three},,,\n"
    );
    // As a spreadsheet on Windows ends its lines.
    let table = table.replace('\n', "\r\n");
    let report = tried(app, &table).await;
    let expected = [
        (3, "C", "unknown_building"),
        (4, "B", "duplicate_in_file"),
        (5, "A", "formula_cell"),
        (6, "B", "wrong_checksum"),
        (6, "D", "not_a_public_phone"),
        (6, "E", "unknown_word"),
        (7, "A", "missing_value"),
    ]
    .map(|(row, column, code)| (row, column.to_owned(), code.to_owned()));
    assert_eq!(told(&report, "faults"), expected);
    assert_eq!(counts(&report), [6, 1, 0, 0, 5]);
    assert_eq!(report["fault_count"], 7);
    assert_eq!(report["faults"][0]["header"], "楼宇");
    let in_english = send(&app.clerk(), true, CSV, table.clone()).language("en").await.ok();
    assert_eq!(in_english.body["faults"][1]["detail"], "The credit code stands in row 2 already.");
    let in_chinese = &report["faults"][1]["detail"];
    assert_eq!(*in_chinese, "该统一社会信用代码在第2行已经出现。");

    let before = left_behind(app).await;
    let refused = send(&app.clerk(), false, CSV, table).await.problem(422, "invalid");
    let pointers: Vec<(&str, &str)> = refused.faults();
    let expected: Vec<(String, &str)> =
        expected.iter().map(|it| (format!("/{}/{}", it.0, it.1), it.2.as_str())).collect();
    let expected: Vec<(&str, &str)> = expected.iter().map(|it| (it.0.as_str(), it.1)).collect();
    assert_eq!(pointers, expected);
    assert!(refused.text.contains("第3行C列："), "{}", refused.text);
    assert!(!refused.text.contains("13816168000"), "a refusal quotes no phone");
    assert_eq!(left_behind(app).await, before);
    assert!(known(app).await.is_empty(), "not even the row that was right");

    // Columns that are missing, unknown or twice.
    let report = tried(app, "名称,行业,老板,行业\n甲,餐饮,王,餐饮\n").await;
    let expected =
        [(1, "C", "unknown_column"), (1, "D", "duplicate_column"), (1, "", "missing_column")];
    let expected = expected.map(|(row, column, code)| (row, column.to_owned(), code.to_owned()));
    assert_eq!(told(&report, "faults"), expected);

    // A formula in a workbook, whatever it shows.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "name").unwrap().write(0, 1, "credit_code").unwrap();
    sheet.write(1, 0, Formula::new("=\"甲\"&\"店\"").set_result("甲店")).unwrap();
    sheet.write(1, 1, &one).unwrap();
    let report = send(&app.clerk(), true, XLSX, book.save_to_buffer().unwrap()).await.ok().body;
    assert_eq!(told(&report, "faults"), [(2, "A".to_owned(), "formula_cell".to_owned())]);
}

async fn a_file_that_cannot_be_read_is_told_apart(app: &TestApp) {
    let utf_16: Vec<u8> = b"\xFF\xFEn\0".to_vec();
    let workbook = xlsx(1);
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    for (media, bytes, code) in [
        (CSV, utf_16, "unsupported_encoding"),
        ("text/csv; charset=big5", csv().into_bytes(), "unsupported_encoding"),
        (CSV, b"name\n\xFF\xFF".to_vec(), "undecodable"),
        (CSV, workbook.clone(), "not_csv"),
        (XLSX, csv().into_bytes(), "not_xlsx"),
        (XLSX, workbook[..workbook.len() / 2].to_vec(), "not_xlsx"),
        (XLSX, old, "old_or_locked_workbook"),
        (CSV, b"\n\n".to_vec(), "empty_table"),
        (CSV, "x\n".repeat(20_002).into_bytes(), "too_many_rows"),
    ] {
        let report = send(&app.clerk(), true, media, bytes.clone()).await.ok().body;
        assert_eq!(report["faults"][0]["code"], code, "{report}");
        assert_eq!(counts(&report), [0; 5]);
        let refused = send(&app.clerk(), false, media, bytes).await.problem(422, "invalid");
        assert_eq!(refused.faults()[0].1, code);
    }
    let path = format!("{NETWORK}/enterprises/imports");
    app.clerk().post(&path).bytes(CSV, "").await.problem(400, "empty_body");
    let json = app.clerk().post(&path).json(&json!({ "rows": [] })).await;
    json.problem(415, "unsupported_media_type");
    let maybe = app.clerk().post(&format!("{path}?dry_run=maybe")).bytes(CSV, csv()).await;
    maybe.problem(400, "invalid_parameter");
}

async fn only_what_is_different_is_changed(app: &TestApp) {
    let (one, two) = (credit_code(1), credit_code(2));
    let table = format!("名称,信用代码,楼层,重点企业\n甲,{one},1,是\n乙,{two},2,否\n");
    send(&app.clerk(), false, CSV, table).await.ok();
    let table = format!("名称,信用代码,楼层\n甲,{one},1\n乙分店,{two},\n丙,{}\n", credit_code(3));
    let report = send(&app.clerk(), false, CSV, table.clone()).await.ok().body;
    assert_eq!(counts(&report), [3, 1, 1, 1, 0]);
    let found = known(app).await;
    let read = |at: usize| {
        let it = &found[at];
        (it["name"].as_str().unwrap(), it["version"].as_i64().unwrap(), it["is_key"] == true)
    };
    assert_eq!(
        [read(0), read(1), read(2)],
        [("甲", 1, true), ("乙分店", 2, false), ("丙", 1, false)]
    );
    assert!(found[1].get("floor").is_none(), "an empty cell takes away");
    let again = send(&app.clerk(), false, CSV, table).await.ok().body;
    assert_eq!(counts(&again), [3, 0, 0, 3, 0]);
    // One name under two codes is told and keeps nothing out.
    let report = tried(app, &format!("名称,信用代码\n甲,{}\n", credit_code(4))).await;
    assert_eq!(told(&report, "notices"), [(2, "A".to_owned(), "same_name_other_code".to_owned())]);
    assert_eq!(counts(&report), [1, 1, 0, 0, 0]);
}

async fn an_import_is_one_write_and_a_repeat_is_none(app: &TestApp) {
    make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let before = left_behind(app).await;
    let key = uuid::Uuid::now_v7();
    // A workbook says when it was made: the repeat sends the same one.
    let book = xlsx(ROWS);
    let import = || send(&app.director(), false, XLSX, book.clone()).idempotency_key(key);
    let first = import().await.ok();
    assert_eq!(left_behind(app).await, (before.0 + 1, before.1 + 1), "one entry, one event");
    let again: Answer = import().await.ok();
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!(left_behind(app).await, (before.0 + 1, before.1 + 1));
    let other = send(&app.director(), false, XLSX, xlsx(1)).idempotency_key(key).await;
    other.status(422);
    let verdict = app.auditor().get("/api/v1/audit/verification").await.ok();
    assert_eq!(verdict.body["whole"], true);
}

async fn nine_thousand_rows_are_taken_over(app: &TestApp) {
    make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let rows = 9_000;
    let workbook = xlsx(rows);
    let report = send(&app.clerk(), false, XLSX, workbook).await.ok().body;
    assert_eq!(counts(&report), [9_000, 9_000, 0, 0, 0]);
    let mut table = HEADER.join(",") + "\n";
    for n in 1..=rows {
        let [name, code, _, place] = cells(n);
        let _ = writeln!(table, "{name},{code},零售,{place}");
    }
    assert!(table.len() < 8 << 20);
    let report = send(&app.clerk(), false, CSV, table).await.ok().body;
    assert_eq!(counts(&report), [9_000, 0, 9_000, 0, 0]);
    let list = app.clerk().get(&format!("{NETWORK}/visit-suggestions?limit=200")).await.ok();
    assert_eq!(list.body["items"].as_array().unwrap().len(), 200);
    let page = app.clerk().get(&format!("{NETWORK}/enterprises?limit=1")).await.ok();
    assert_eq!(page.body["items"][0]["trade"], "retail");
    assert_eq!(page.body["items"][0]["version"], 2);
}

async fn a_file_may_be_larger_than_other_bodies(app: &TestApp) {
    let limits = &app.app.settings;
    assert!(limits.import_limit > limits.body_limit);
    let wide = |bytes: u64| {
        let mut table = "名称,信用代码\n".to_owned();
        table += &",\n".repeat((usize::try_from(bytes).unwrap() - table.len()) / 2);
        table
    };
    let report = send(&app.clerk(), true, CSV, wide(limits.body_limit + 10)).await.ok().body;
    assert_eq!(counts(&report), [0; 5], "only blank rows");
}
