//! Evidence: streamed in and out, told by content, never overwritten; what is refused, broken off
//! or tampered with. The same in a folder and in a bucket.

mod bucket;

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use huijie::evidence::{Checked, verify};
use huijie::settings::StoragePlace;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use uuid::Uuid;

use crate::harness::{Answer, Person, Request, TestApp, on_both_databases};
use crate::process::Premises;
use crate::stages::{Case, Stage};

on_both_databases!(
    evidence_is_kept_as_it_was_sent,
    a_part_of_a_file_is_served,
    what_is_withdrawn_is_shown_to_few,
    the_same_content_is_taken_once,
    a_repeat_is_the_same_file_under_the_same_name,
    who_may_add_and_when,
    who_does_not_see_the_case_sees_no_evidence,
    bad_files_are_refused_and_leave_nothing,
    bad_names_are_refused_and_leave_nothing,
    a_file_beyond_the_limit_leaves_nothing,
    an_upload_cut_off_leaves_nothing,
    what_was_tampered_with_is_found,
    what_a_crash_leaves_is_found_and_taken_away,
    many_files_come_in_at_once,
);

/// The limit of the stations with a small one.
const LIMIT: u64 = 1_000_000;

const BYTES: &str = "application/octet-stream";

/// Everything that is not plain, percent-encoded.
pub fn encoded(text: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"._-".contains(&it);
    text.bytes()
        .map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") })
        .collect()
}

/// A file that is being sent to an address.
pub fn sent<'a>(by: &Person<'a>, path: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Request<'a> {
    let path = format!("{path}?kind=photo&visibility=all_parties");
    by.post(&path).bytes(BYTES, bytes).header("huijie-file-name", encoded(name))
}

/// A file like no other, for tests of who may.
pub fn anything<'a>(by: &Person<'a>, path: &str) -> Request<'a> {
    sent(by, path, "note.txt", format!("记录 {}", Uuid::now_v7()))
}

/// A small picture in a case.
pub async fn picture_in(case: &Case<'_>) -> Uuid {
    let bytes = jpeg(40, 30, case.id.as_bytes()[15]);
    sent(&case.director(), &case.path("/evidence"), "a.jpg", bytes).await.created().id()
}

fn jpeg(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let small = |it: u32| u8::try_from(it % 256).unwrap();
    let pixels =
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade, small(x), small(y)]));
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {text}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n").into_bytes()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Where the objects are, and where files come in.
fn places(app: &TestApp) -> [PathBuf; 2] {
    let data = &app.app.settings.data_dir;
    match &app.app.settings.storage {
        StoragePlace::Folder(folder) => [folder.join("objects"), folder.join("incoming")],
        StoragePlace::S3(it) => [bucket::objects(data, it), data.join("incoming")],
    }
}

/// Every file of evidence there is, wherever it stands.
pub fn kept(app: &TestApp) -> Vec<PathBuf> {
    places(app).iter().flat_map(|it| files(it)).collect()
}

/// Every file below a folder.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    // What is not there yet, or gone meanwhile, has no files.
    for entry in fs::read_dir(root).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

async fn listed(case: &Case<'_>) -> Vec<Value> {
    let list = case.director().get(&case.path("/evidence")).await.ok();
    list.body.as_array().unwrap().clone()
}

/// A step of the clerk's on the version that stands.
async fn attempt(case: &Case<'_>, rest: &str, body: &Value) -> Answer {
    case.try_write(&case.director(), &case.path(rest), body).await
}

/// Nothing on the disk and nothing in the case.
#[track_caller]
fn nothing_left(app: &TestApp, what: &str) {
    assert_eq!(kept(app), Vec::<PathBuf>::new(), "{what}");
}

async fn content(by: &Person<'_>, case: &Case<'_>, id: Uuid) -> Answer {
    by.get(&case.path(&format!("/evidence/{id}/content"))).await
}

async fn evidence_is_kept_as_it_was_sent(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    journey(app, &case).await;
    // Two objects, of names that tell nothing; what came in is gone from where it came in.
    let [objects, incoming] = places(app);
    let names = files(&objects);
    assert_eq!((names.len(), files(&incoming).len()), (2, 0), "{names:?}");
    assert!(!format!("{names:?}").contains("收据"));
}

/// A picture is added, found and read again.
async fn journey(app: &TestApp, case: &Case<'_>) -> Uuid {
    let (clerk, bytes) = (app.clerk(), jpeg(640, 480, 7));
    let before = case.version().await;
    let path = format!(
        "{}?kind=payment&visibility=panel&submitted_by={}",
        case.path("/evidence"),
        case.applicant
    );
    let request = clerk.post(&path).bytes(BYTES, bytes.clone());
    let request = request
        .header("huijie-file-name", encoded("付款 收据.jpg"))
        .header("huijie-title", encoded("六月五日的收据"));
    let added = request.await.created();
    let id = added.id();
    assert_eq!(added.header("location"), case.path(&format!("/evidence/{id}")));
    assert_ne!(case.version().await, before, "the case has changed");
    let expected = json!({
        "id": id, "case_id": case.id, "kind": "payment", "title": "六月五日的收据",
        "file_name": "付款 收据.jpg", "file_type": "jpeg", "media_type": "image/jpeg",
        "size": bytes.len(), "sha256": sha256(&bytes), "visibility": "panel",
        "submitted_by": case.applicant, "has_thumbnail": true,
        "added_by": clerk.user_id().await, "added_at": added.body["added_at"],
    });
    assert_eq!(added.body, expected);
    let read = clerk.get(&case.path(&format!("/evidence/{id}"))).await.ok();
    assert_eq!(read.body, expected);
    assert_eq!(read.version(), case.version().await);
    assert_eq!(listed(case).await, [expected]);

    let whole = content(&app.mediator(), case, id).await;
    whole.problem(404, "not_found");
    let whole = content(&app.supervisor(), case, id).await.ok();
    assert_eq!(whole.bytes, bytes);
    for (name, expected) in [
        ("content-type", "image/jpeg".to_owned()),
        ("content-length", bytes.len().to_string()),
        ("accept-ranges", "bytes".to_owned()),
        ("etag", format!("\"{}\"", sha256(&bytes))),
        ("x-content-type-options", "nosniff".to_owned()),
        ("cache-control", "no-store".to_owned()),
        (
            "content-disposition",
            format!(
                "attachment; filename=\"__ __.jpg\"; filename*=UTF-8''{}",
                encoded("付款 收据.jpg")
            ),
        ),
    ] {
        assert_eq!(whole.header(name), expected, "{name}");
    }
    let small = clerk.get(&case.path(&format!("/evidence/{id}/thumbnail"))).await.ok();
    assert_eq!(small.header("content-type"), "image/jpeg");
    let small = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!((small.width(), small.height()), (320, 240));

    let events = clerk.get(&case.path("/timeline")).await.ok();
    assert_eq!(events.body["items"][0]["kind"], "evidence.added", "{}", events.text);
    let checked = verify(&app.app, false, |_| ()).await.unwrap();
    assert_eq!((checked.objects, told(&checked)), (2, (0, 0)));
    id
}

fn told(checked: &Checked) -> (usize, usize) {
    (checked.differences.len(), checked.leftovers.len())
}

async fn a_part_of_a_file_is_served(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let (clerk, text) = (app.clerk(), "0123456789");
    let id = sent(&clerk, &case.path("/evidence"), "a.txt", text).await.created().id();
    parts(&clerk, &case, id).await;
    let tag = format!("\"{}\"", sha256(text.as_bytes()));
    for (if_range, status) in [(tag.as_str(), 206), ("\"another\"", 200)] {
        let path = case.path(&format!("/evidence/{id}/content"));
        let request = clerk.get(&path).header("range", "bytes=0-1").header("if-range", if_range);
        request.await.status(status);
    }
    let none = clerk.get(&case.path(&format!("/evidence/{id}/thumbnail"))).await;
    none.problem(404, "no_thumbnail");
}

async fn parts(clerk: &Person<'_>, case: &Case<'_>, id: Uuid) {
    for (range, status, expected, told) in [
        ("bytes=0-0", 206, "0", "bytes 0-0/10"),
        ("bytes=3-5", 206, "345", "bytes 3-5/10"),
        ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=5-99", 206, "56789", "bytes 5-9/10"),
        ("bytes=0-1,4-5", 200, "0123456789", ""),
        ("nonsense", 200, "0123456789", ""),
    ] {
        let path = case.path(&format!("/evidence/{id}/content"));
        let part = clerk.get(&path).header("range", range).await.status(status);
        assert_eq!((part.text.as_str(), part.header("content-range")), (expected, told), "{range}");
        assert_eq!(part.header("content-length"), expected.len().to_string(), "{range}");
    }
    let path = case.path(&format!("/evidence/{id}/content"));
    let outside = clerk.get(&path).header("range", "bytes=10-").await;
    assert_eq!(outside.header("content-range"), "bytes */10");
    outside.problem(416, "range_not_satisfiable");
}

async fn what_is_withdrawn_is_shown_to_few(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    case.assign("mediator", "presiding").await;
    let clerk = app.clerk();
    let bytes = jpeg(40, 30, 9);
    let add = || sent(&clerk, &case.path("/evidence"), "a.jpg", bytes.clone());
    let id = add().await.created().id();
    content(&app.mediator(), &case, id).await.ok();

    let withdrawal = case.path(&format!("/evidence/{id}/withdrawal"));
    let reason = json!({ "reason": "误传他人材料。" });
    clerk.post(&withdrawal).json(&reason).await.problem(428, "version_required");
    clerk.post(&withdrawal).if_match(1).json(&reason).await.problem(412, "stale");
    let path = format!("/evidence/{}/withdrawal", Uuid::now_v7());
    attempt(&case, &path, &reason).await.problem(404, "not_found");
    let path = format!("/evidence/{id}/withdrawal");
    let withdrawn = attempt(&case, &path, &reason).await.ok();
    assert_eq!(withdrawn.string("/withdrawal_reason"), "误传他人材料。");
    assert_eq!(listed(&case).await, [withdrawn.body]);
    attempt(&case, &path, &reason).await.problem(409, "evidence_withdrawn");

    for person in [app.clerk(), app.mediator()] {
        content(&person, &case, id).await.problem(403, "evidence_withheld");
        let small = person.get(&case.path(&format!("/evidence/{id}/thumbnail"))).await;
        small.problem(403, "evidence_withheld");
        person.get(&case.path(&format!("/evidence/{id}"))).await.ok();
    }
    for person in [app.director(), app.supervisor()] {
        assert_eq!(content(&person, &case, id).await.ok().bytes, bytes);
    }
    // Withdrawn by mistake it may come again.
    assert_ne!(add().await.created().id(), id);
}

async fn the_same_content_is_taken_once(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    let first = sent(&clerk, &case.path("/evidence"), "a.pdf", pdf("x")).await.created().id();
    let again = sent(&clerk, &case.path("/evidence"), "b.pdf", pdf("x")).await;
    assert_eq!(again.problem(409, "same_content").body["existing_id"], json!(first));
    assert_eq!(kept(app).len(), 1, "nothing is left of the second");
    // Another case knows nothing of it.
    let other = Case::at(app, Stage::Registered).await;
    sent(&clerk, &other.path("/evidence"), "a.pdf", pdf("x")).await.created();
}

async fn a_repeat_is_the_same_file_under_the_same_name(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    let send = |name: &'static str, text: &'static str| {
        sent(&clerk, &case.path("/evidence"), name, pdf(text)).idempotency_key("one")
    };
    let first = send("a.pdf", "x").await.created();
    let again = send("a.pdf", "x").await.created();
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.body, first.body);
    for (name, text) in [("a.pdf", "y"), ("b.pdf", "x")] {
        send(name, text).await.problem(422, "idempotency_key_reused");
    }
    assert_eq!((listed(&case).await.len(), kept(app).len()), (1, 1));
}

async fn who_may_add_and_when(app: &TestApp) {
    let mut case = Case::at(app, Stage::Registered).await;
    let path = case.path("/evidence");
    anything(&app.stranger(), &path).await.problem(401, "no_token");
    anything(&app.supervisor(), &path).await.problem(403, "forbidden");
    anything(&app.other_clerk(), &path).await.problem(404, "not_found");
    anything(&app.mediator(), &path).await.problem(404, "not_found");
    let stray = format!("{path}?kind=photo&submitted_by={}", Uuid::now_v7());
    let request = app.clerk().post(&stray).bytes(BYTES, "x").header("huijie-file-name", "a.txt");
    assert_eq!(request.await.problem(422, "invalid").faults()[0].0, "?submitted_by");
    let unnamed = app.clerk().post(&format!("{path}?kind=photo")).bytes(BYTES, "x").await;
    unnamed.problem(400, "invalid_parameter");
    let form = sent(&app.clerk(), &path, "a.txt", "x").bytes("text/plain", "x").await;
    form.problem(415, "unsupported_media_type");
    nothing_left(app, "refused before it was read");
    for stage in [Stage::Registered, Stage::Mediating, Stage::Performing, Stage::Closed] {
        case.bring_to(stage).await;
        anything(&app.clerk(), &path).await.created();
    }
    // What is in the file is under its seal; nothing comes in after it.
    case.bring_to(Stage::Archived).await;
    anything(&app.clerk(), &path).await.problem(409, "wrong_status");
    let archive = app.director().get(&case.path("/completeness")).await.ok();
    assert_eq!(archive.body["intact"], true, "{}", archive.text);
}

async fn who_does_not_see_the_case_sees_no_evidence(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    case.assign("mediator", "presiding").await;
    let id = picture_in(&case).await;
    let one = format!("/evidence/{id}");
    let paths = [&one, &format!("{one}/content"), &format!("{one}/thumbnail"), "/evidence"];
    let reason = json!({ "reason": "误传他人材料。" });
    for person in [app.other_clerk(), app.second_mediator()] {
        for path in paths {
            person.get(&case.path(path)).await.problem(404, "not_found");
        }
        let withdrawal = person.post(&case.path(&format!("{one}/withdrawal"))).json(&reason);
        withdrawal.if_match(case.version().await).await.problem(404, "not_found");
        anything(&person, &case.path("/evidence")).await.problem(404, "not_found");
    }
    for person in [app.admin(), app.auditor()] {
        for path in paths {
            person.get(&case.path(path)).await.problem(403, "forbidden");
        }
    }
    // Nor is it found by way of another case that is seen.
    let other = Case::at(app, Stage::Accepted).await;
    for path in &paths[..3] {
        app.clerk().get(&other.path(path)).await.problem(404, "not_found");
    }
    attempt(&other, &format!("{one}/withdrawal"), &reason).await.problem(404, "not_found");
    content(&app.mediator(), &case, id).await.ok();
    assert_eq!((listed(&case).await.len(), kept(app).len()), (1, 2));
}

/// Each bad file with what it is told.
fn bad_files() -> Vec<(&'static str, &'static str, Vec<u8>, &'static str)> {
    let picture = || jpeg(400, 300, 1);
    let zeros = vec![0; 24 << 20];
    let bomb = |name| archive(&[("[Content_Types].xml", &b"x"[..]), (name, &zeros)]);
    let half = picture()[..2000].to_vec();
    let both = [picture(), archive(&[("a", b"x")])].concat();
    vec![
        ("zero bytes", "a.pdf", Vec::new(), "empty_file"),
        ("a PDF named .jpg", "a.jpg", pdf("x"), "type_mismatch"),
        ("a broken picture", "a.jpg", half, "broken_file"),
        ("two things at once", "a.jpg", both, "polyglot"),
        ("a bomb", "a.docx", bomb("word/document.xml"), "unpacks_too_large"),
        ("a bomb in a workbook", "a.xlsx", bomb("xl/workbook.xml"), "unpacks_too_large"),
        ("an archive", "a.zip", archive(&[("a", b"x")]), "type_not_allowed"),
        ("a program", "a.txt", b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), "type_not_allowed"),
        ("a page", "a.txt", b"<html></html>".to_vec(), "type_not_allowed"),
    ]
}

async fn bad_files_are_refused_and_leave_nothing(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let before = case.version().await;
    for (what, name, bytes, code) in bad_files() {
        let answer = sent(&app.clerk(), &case.path("/evidence"), name, bytes).await;
        let answer = answer.problem(422, "invalid");
        assert_eq!(answer.faults()[0].1, code, "{what}: {}", answer.text);
        nothing_left(app, what);
    }
    assert_eq!((listed(&case).await.len(), case.version().await), (0, before));
}

async fn bad_names_are_refused_and_leave_nothing(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let long = format!("{}.pdf", "收".repeat(300));
    for (name, code) in [
        ("../../etc/passwd.pdf", "not_a_plain_name"),
        ("..\\a.pdf", "not_a_plain_name"),
        ("a\n.pdf", "control_character"),
        ("a\0.pdf", "control_character"),
        (&long, "too_long"),
        ("pdf", "no_ending"),
    ] {
        let answer = sent(&app.clerk(), &case.path("/evidence"), name, pdf("x")).await;
        let answer = answer.problem(422, "invalid");
        assert_eq!(answer.faults(), [("?huijie-file-name", code)], "{name}: {}", answer.text);
        nothing_left(app, name);
    }
    let request = sent(&app.clerk(), &case.path("/evidence"), "a.pdf", pdf("x"));
    let answer = request.header("huijie-title", "%ZZ").await.problem(422, "invalid");
    assert_eq!(answer.faults(), [("?huijie-title", "not_percent_encoded")]);
    assert!(listed(&case).await.is_empty());
}

async fn a_file_beyond_the_limit_leaves_nothing(app: &TestApp) {
    let small = app.another(|it| it.evidence_limit = LIMIT).await;
    the_limit_is_held(&small).await;
    small.stop().await;
}

/// On a station whose limit is [`LIMIT`].
async fn the_limit_is_held(app: &TestApp) {
    let limit = usize::try_from(LIMIT).unwrap();
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    let send = |size| sent(&clerk, &case.path("/evidence"), "a.txt", "x".repeat(size));
    send(limit + 1).await.problem(413, "file_too_large");
    nothing_left(app, "announced");
    // Without a length it is counted as it comes.
    let path = format!("{}?kind=photo", case.path("/evidence"));
    let token = clerk.token().await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: {BYTES}\r\nhuijie-file-name: a.txt\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let mut stream =
        tokio::net::TcpStream::connect(app.address().replace("http://", "")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    for size in [limit / 2, limit / 2, 1, 0] {
        let chunk = format!("{size:X}\r\n{}\r\n", "x".repeat(size));
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    let mut answer = vec![0; 400];
    let length = stream.read(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    nothing_left(app, "counted");
    assert!(listed(&case).await.is_empty());
    send(limit).await.created();
}

async fn an_upload_cut_off_leaves_nothing(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let token = app.clerk().token().await.unwrap();
    let path = format!("{}?kind=photo", case.path("/evidence"));
    let address = app.address().replace("http://", "");
    for (part, ending) in [(50_000, "closed"), (50_000, "reset"), (0, "closed")] {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
             content-type: {BYTES}\r\nhuijie-file-name: a.txt\r\ncontent-length: 1000000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all("x".repeat(part).as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        until(|| kept(app).len() == 1, "it has begun").await;
        if ending == "reset" {
            stream.set_zero_linger().unwrap();
        }
        drop(stream);
        until(|| kept(app).is_empty(), "nothing is left").await;
    }
    assert!(listed(&case).await.is_empty());
}

async fn until(holds: impl Fn() -> bool, what: &str) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("waited in vain: {what}");
}

async fn what_was_tampered_with_is_found(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    let mut ids = Vec::new();
    for text in ["whole", "altered", "shorter", "missing"] {
        let added = sent(&clerk, &case.path("/evidence"), "a.txt", text).await.created();
        ids.push((text, added.id()));
    }
    for path in kept(app) {
        match fs::read_to_string(&path).unwrap().as_str() {
            "altered" => fs::write(path, "alterED").unwrap(),
            "shorter" => fs::write(path, "short").unwrap(),
            "missing" => fs::remove_file(path).unwrap(),
            _ => {}
        }
    }
    let checked = verify(&app.app, true, |_| ()).await.unwrap();
    let found: Vec<(Uuid, &str)> =
        checked.differences.iter().map(|it| (it.id, it.what.as_str())).collect();
    let altered = format!("its SHA-256 is {}, not {}", sha256(b"alterED"), sha256(b"altered"));
    let expected = [
        (ids[1].1, altered.as_str()),
        (ids[2].1, "it has 5 bytes, not 7"),
        (ids[3].1, "it is missing"),
    ];
    assert_eq!(found, expected);
    assert_eq!((checked.objects, checked.leftovers.len()), (4, 0));
    assert!(checked.differences.iter().all(|it| it.case_id == case.id));
}

fn long_ago(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(24)).unwrap();
}

async fn what_a_crash_leaves_is_found_and_taken_away(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    anything(&app.clerk(), &case.path("/evidence")).await.created();
    for kept in kept(app) {
        long_ago(&kept, &fs::read_to_string(&kept).unwrap());
    }
    let [objects, incoming] = places(app);
    // What is young may still be on its way.
    fs::write(incoming.join("young"), "x").unwrap();
    long_ago(&objects.join("ab/abcd"), "an object without a row");
    long_ago(&incoming.join(".tmpold"), "half a file");
    for (mend, expected) in [(false, 2), (true, 2), (true, 0)] {
        let checked = verify(&app.app, mend, |_| ()).await.unwrap();
        assert_eq!(told(&checked), (0, expected), "{checked:?}");
    }
    assert_eq!(kept(app).len(), 2, "what is known and what is young");
}

async fn many_files_come_in_at_once(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let (clerk, path) = (app.clerk(), case.path("/evidence"));
    let all = (0..24).map(|it| {
        let mut text = format!("{it} ");
        text.push_str(&"一".repeat(300_000));
        let request = sent(&clerk, &path, "a.txt", text);
        async move { request.await.created() }
    });
    futures_util::future::join_all(all).await;
    assert_eq!(listed(&case).await.len(), 24);
    let checked = verify(&app.app, false, |_| ()).await.unwrap();
    assert_eq!((checked.objects, told(&checked)), (24, (0, 0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_tells_what_differs() {
    let app = TestApp::on_sqlite().await;
    let case = Case::at(&app, Stage::Registered).await;
    let id = anything(&app.clerk(), &case.path("/evidence")).await.created().id();
    let kept = kept(&app);
    let premises = Premises::of(app).await;
    let told = premises.run(&["evidence", "verify"]).await.success();
    assert!(told.output.contains("1 files"), "{told:?}");
    fs::write(&kept[0], "x").unwrap();
    let told = premises.run(&["evidence", "verify", "--mend"]).await.failure();
    assert!(told.output.contains(&id.to_string()), "{told:?}");
}

/// A large file goes through the program in a small part of its memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_takes_little_memory() {
    let app = TestApp::on_sqlite().await;
    let case = Case::at(&app, Stage::Registered).await.path("/evidence");
    let premises = Premises::of(app).await;
    let served = premises.serve().await;
    let token = served.log_in("clerk").await;
    let path = format!("{case}?kind=chat");
    let peak = || {
        let status = fs::read_to_string(format!("/proc/{}/status", served.process_id())).unwrap();
        let line = status.lines().find(|it| it.starts_with("VmHWM")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let before = peak();
    let size = 64 << 20;
    let request = served.request(reqwest::Method::POST, &path).bearer_auth(&token);
    let request = request.header("content-type", BYTES).header("huijie-file-name", "a.txt");
    let answer = request.body("x".repeat(size)).send().await.unwrap();
    assert_eq!(answer.status(), 201, "{:?}", answer.text().await);
    let added: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let path = format!("{case}/{}/content", added["id"].as_str().unwrap());
    let whole =
        served.request(reqwest::Method::GET, &path).bearer_auth(&token).send().await.unwrap();
    assert_eq!(whole.bytes().await.unwrap().len(), size);
    let grown = (peak() - before) / 1024;
    assert!(grown < 32, "{grown} MiB for a file of {} MiB", size >> 20);
}
