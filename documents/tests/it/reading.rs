//! Reading PDF and DOCX with libraries that had no part in writing them.

use std::io::{Cursor, Read};

use serde_json::Value;

/// The text of each page, without any white space: breaks of lines are no part of the data.
pub fn page_texts(pdf: &[u8]) -> Vec<String> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).unwrap();
    pages.iter().map(|it| squeezed(it)).collect()
}

/// The text of all pages without their feet, so that what runs over a page reads on.
pub fn running_text(pdf: &[u8]) -> String {
    let pages = page_texts(pdf);
    let count = pages.len();
    let foot = |at: usize| format!("第{}页共{count}页", at + 1);
    pages.iter().enumerate().map(|(at, it)| it.replace(&foot(at), "")).collect()
}

pub fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// The text of a DOCX, paragraph after paragraph, without white space.
pub fn docx_text(docx: &[u8]) -> String {
    let xml = docx_part(docx, "word/document.xml");
    let xml = roxmltree::Document::parse(&xml).unwrap();
    let text = xml.descendants().filter(|it| it.tag_name().name() == "t");
    squeezed(&text.filter_map(|it| it.text()).collect::<String>())
}

pub fn docx_part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every line of Chinese text in the data, without white space. Whose paper it is (`office`) is not
/// printed by every form, but is in the properties of the file.
pub fn lines_of(data: &Value) -> Vec<String> {
    match data {
        Value::String(text) => text
            .lines()
            .map(squeezed)
            .filter(|it| it.chars().any(|it| ('\u{3400}'..='\u{9FFF}').contains(&it)))
            .collect(),
        Value::Array(items) => items.iter().flat_map(lines_of).collect(),
        Value::Object(fields) => {
            let printed = fields.iter().filter(|(name, _)| *name != "office");
            printed.flat_map(|(_, it)| lines_of(it)).collect()
        }
        _ => Vec::new(),
    }
}
