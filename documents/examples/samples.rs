//! Writes every form with its example, and a case file of them, into a directory to be looked at:
//! `cargo run -p documents --example samples -- target/samples`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use documents::*;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap_or("target/samples".to_owned()));
    fs::create_dir_all(&directory)?;
    let start = Instant::now();
    let engine = Engine::new();
    println!("{:<28}{:>8.1?}", "fonts and templates", start.elapsed());
    let mut items = Vec::new();
    for paper in Paper::examples() {
        let start = Instant::now();
        let pdf = engine.pdf(&paper)?;
        let (set, start) = (start.elapsed(), Instant::now());
        let docx = engine.docx(&paper)?;
        let name = paper.form();
        println!(
            "{name:<28}{set:>8.1?} {:>4} kB PDF {:>8.1?} {:>4} kB DOCX",
            pdf.len() / 1024,
            start.elapsed(),
            docx.len() / 1024
        );
        fs::write(directory.join(format!("{name}.pdf")), pdf)?;
        fs::write(directory.join(format!("{name}.docx")), docx)?;
        items.push(Item {
            title: paper.title(),
            remark: String::new(),
            content: Content::Paper(Box::new(paper)),
        });
    }
    for path in std::env::args().skip(2) {
        let bytes = fs::read(&path)?;
        let content =
            if bytes.starts_with(b"%PDF") { Content::Pdf(bytes) } else { Content::Picture(bytes) };
        items.push(Item { title: path, remark: "附件".to_owned(), content });
    }
    let data = CaseFileData { cover: Cover::example(), items, back_cover: BackCover::example() };
    let start = Instant::now();
    let file = case_file(&engine, &data, |_| {})?;
    println!("{:<28}{:>8.1?} {} pages", "case file", start.elapsed(), file.pages);
    fs::write(directory.join("case_file.pdf"), file.pdf)?;
    Ok(())
}
