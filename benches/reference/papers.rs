//! Papers and files: one agreement set again and again, many uploads at once, and a long file.

use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use documents::{Agreement, Engine, Paper, SituationNote};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::ask::spread;

/// Milliseconds for one agreement as PDF: median, 95 of 100, longest. The names differ, so that
/// nothing but fonts and templates is remembered. Leaves the first one for other programs.
pub fn set(directory: &Path, times: usize) -> anyhow::Result<String> {
    ensure!(times > 1, "the first one warms up");
    let engine = Engine::new();
    std::fs::create_dir_all(directory)?;
    let first = Paper::from(Agreement::example());
    std::fs::write(directory.join("agreement.docx"), engine.docx(&first)?)?;
    std::fs::write(directory.join("data.json"), engine.data(&first)?)?;
    let mut took = Vec::new();
    for at in 0..times {
        let mut agreement = Agreement::example();
        agreement.facts = format!("{}第{at}次。", agreement.facts);
        let paper = Paper::from(agreement);
        let begun = Instant::now();
        engine.pdf(&paper)?;
        if at > 0 {
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(spread(took))
}

struct Person {
    client: Client,
    case: String,
    token: String,
}

impl Person {
    /// The director, at the newest case of the station.
    fn at(address: &str, station: &Path) -> anyhow::Result<Self> {
        let token = std::fs::read_to_string(station.join("director.token"))?;
        let cases = std::fs::read_to_string(station.join("cases.txt"))?;
        let case = cases.lines().next().context("the station has no cases")?;
        let case = format!("{address}/api/v1/cases/{case}");
        Ok(Self { client: Client::new(), case, token })
    }

    async fn add(&self, name: &str, content: Vec<u8>) -> anyhow::Result<()> {
        let url = format!("{}/evidence?kind=other&visibility=all_parties", self.case);
        let request = self.client.post(url).bearer_auth(&self.token);
        let request = request.header("Content-Type", "application/octet-stream");
        let answer = request.header("Huijie-File-Name", name).body(content).send().await?;
        expected(answer, StatusCode::CREATED).await.map(drop)
    }

    async fn volume(&self) -> anyhow::Result<Value> {
        let request = self.client.post(format!("{}/volumes", self.case)).json(&json!({}));
        let begun = request.bearer_auth(&self.token).send().await?;
        let begun = expected(begun, StatusCode::ACCEPTED).await?;
        let id = begun["id"].as_str().context("no id")?;
        let url = format!("{}/volumes/{id}", self.case);
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let state = self.client.get(&url).bearer_auth(&self.token).send().await?;
            let state = expected(state, StatusCode::OK).await?;
            match state["status"].as_str() {
                Some("running") => {}
                Some("finished") => return Ok(state),
                _ => bail!("{state}"),
            }
        }
    }
}

async fn expected(answer: Response, status: StatusCode) -> anyhow::Result<Value> {
    let got = answer.status();
    let text = answer.text().await?;
    ensure!(got == status, "{got}: {text}");
    Ok(serde_json::from_str(&text)?)
}

/// A PDF of one empty page and as many bytes beside it as are wanted.
fn large(size: usize, number: usize) -> Vec<u8> {
    let mut pdf = format!("%PDF-1.7\n% {number}\n").into_bytes();
    let stream = size.saturating_sub(400);
    pdf.extend(format!("4 0 obj\n<< /Length {stream} >>\nstream\n").bytes());
    pdf.extend((0..stream).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[2] | 0x80));
    pdf.extend_from_slice(
        b"\nendstream\nendobj\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
          2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
          3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n\
          trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n",
    );
    pdf
}

/// Seconds for all, and the longest of them.
pub async fn upload(
    address: &str,
    station: &Path,
    count: usize,
    size: usize,
) -> anyhow::Result<String> {
    let mut files: Vec<Vec<u8>> = (0..count).map(|number| large(size, number)).collect();
    let person = Person::at(address, station)?;
    let begun = Instant::now();
    let send = files.drain(..).enumerate().map(|(number, content)| {
        let person = &person;
        async move { person.add(&format!("{number}.pdf"), content).await }
    });
    futures_util::future::try_join_all(send).await?;
    let took = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = (count * size) as f64 / 1_000_000.0 / took;
    Ok(format!("{took:.1} {rate:.0}"))
}

/// A page as a scanner gives it, A4 at 150 dots an inch, with some noise.
fn scan(number: u32) -> anyhow::Result<Vec<u8>> {
    let mut seed = number + 1;
    let page = RgbImage::from_fn(1240, 1754, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 28) as u8;
        let gap = (x / 24 + y / 60 + number).is_multiple_of(3) || x % 24 >= 18;
        let ink = y % 60 < 26 && !gap;
        let shade = if ink { 40 + noise } else { 238 + noise };
        Rgb([shade, shade, shade.saturating_sub(6)])
    });
    let mut bytes = Vec::new();
    page.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg)?;
    Ok(bytes)
}

/// A document of many pages.
fn pages(engine: &Engine, number: usize, pages: usize) -> anyhow::Result<Vec<u8>> {
    let mut note = SituationNote::example();
    let line = format!("第{number}份材料的一行文字，说明事情经过与所附凭证。");
    note.text = vec![line; pages * 19].join("\n");
    Ok(engine.pdf(&Paper::from(note))?)
}

/// Seconds for the file, its pages, its size in megabytes, and the scans in it.
pub async fn bind(
    address: &str,
    station: &Path,
    scans: u32,
    wanted: usize,
) -> anyhow::Result<String> {
    let person = Person::at(address, station)?;
    for number in 0..scans {
        person.add(&format!("scan-{number}.jpg"), scan(number)?).await?;
    }
    let engine = Engine::new();
    let parts = 4;
    for number in 0..parts {
        let content =
            pages(&engine, number, wanted.saturating_sub(scans as usize).div_ceil(parts))?;
        person.add(&format!("document-{number}.pdf"), content).await?;
    }
    let begun = Instant::now();
    let state = person.volume().await?;
    let took = begun.elapsed().as_secs_f64();
    let size = state["pdf_size"].as_f64().unwrap_or_default() / 1_000_000.0;
    Ok(format!("{took:.1} {} {size:.0} {scans}", state["pages"]))
}
