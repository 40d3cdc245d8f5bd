//! Papers: filled from the record, the same for the same data, refused with what is missing; and
//! the whole file of a case with its hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use huijie::evidence::verify;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::evidence::{picture_in, sent};
use crate::harness::{Answer, Person, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    every_form_can_be_made_of_some_case,
    a_paper_says_what_the_record_says,
    the_same_data_gives_the_same_paper,
    personal_values_are_printed_in_full_for_a_purpose,
    what_cannot_be_made_says_why,
    a_character_without_a_font_is_named,
    a_calculation_is_printed_with_its_steps,
    who_may_make_and_read_papers,
    the_whole_file_holds_everything_in_order,
    a_changed_paper_is_found,
    an_investigation_is_recorded_and_printed,
);

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Makes a paper.
async fn made(person: &Person<'_>, case: &Case<'_>, body: &Value) -> Answer {
    person.post(&case.path("/papers")).json(body).await
}

/// A paper for the tables of who may what.
pub async fn paper_in(case: &Case<'_>) -> Uuid {
    made(&case.director(), case, &json!({ "form": "application" })).await.created().id()
}

/// A finished file of the case.
pub async fn volume_in(case: &Case<'_>) -> Uuid {
    let begun = case.director().post(&case.path("/volumes")).json(&json!({})).await.status(202);
    finished(case, begun.id()).await.id()
}

/// Asks until the file is there.
async fn finished(case: &Case<'_>, id: Uuid) -> Answer {
    loop {
        let path = case.path(&format!("/volumes/{id}"));
        let state = case.director().get(&path).await.ok();
        match state.string("/status").as_str() {
            "running" => tokio::task::yield_now().await,
            "finished" => return state,
            other => panic!("{other}: {}", state.text),
        }
    }
}

async fn bytes(person: &Person<'_>, path: &str) -> Vec<u8> {
    let answer = person.get(path).await.ok();
    assert_eq!(answer.header("etag"), format!("\"{}\"", sha256(&answer.bytes)));
    answer.bytes
}

fn member(archive: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut content = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
    content
}

/// The words of a DOCX without its marks.
fn words(docx: &[u8]) -> String {
    let document = String::from_utf8(member(docx, "word/document.xml")).unwrap();
    let mut words = String::new();
    let mut inside = false;
    for it in document.chars() {
        match it {
            '<' => inside = true,
            '>' => inside = false,
            it if !inside => words.push(it),
            _ => {}
        }
    }
    words
}

async fn printed(person: &Person<'_>, case: &Case<'_>, body: &Value) -> String {
    let paper = made(person, case, body).await.created();
    let path = case.path(&format!("/papers/{}", paper.id()));
    let pdf = bytes(person, &format!("{path}/pdf")).await;
    assert!(pdf.starts_with(b"%PDF-1.7"), "{:?}", &pdf[..20]);
    assert_eq!(paper.string("/pdf_sha256"), sha256(&pdf));
    words(&bytes(person, &format!("{path}/docx")).await)
}

async fn forms(case: &Case<'_>) -> Vec<Value> {
    let list = case.director().get(&case.path("/paper-forms")).await.ok();
    list.body.as_array().unwrap().clone()
}

async fn every_form_can_be_made_of_some_case(app: &TestApp) {
    let closed = Case::at(app, Stage::Closed).await;
    let agent = json!({
        "kind": "lawyer", "power": "settlement", "name": "李国栋", "mandate_scope": "参加调解、和解",
        "mandate_seen": true,
    });
    let performing = Case::at(app, Stage::Performing).await;
    let accepted = Case::at(app, Stage::Accepted).await;
    let mandated = format!("/parties/{}/agents", accepted.applicant);
    accepted.post(&accepted.director(), &mandated, &agent).await;
    recorded(&accepted).await;
    let oral = Case::at(app, Stage::Minuted).await;
    let mut reached = oral.agreement();
    reached["reached_at"] = json!(oral.now());
    oral.post(&app.mediator(), "/oral-agreement", &reached).await;
    let declined = declined(app).await;
    let failed = failed(app).await;
    let mut seen = BTreeSet::new();
    for case in [&closed, &performing, &accepted, &oral, &declined, &failed] {
        for form in forms(case).await.iter().filter(|it| it["ready"] == true) {
            let name = form["form"].as_str().unwrap().to_owned();
            let none = vec![Value::Null];
            let subjects = form["subject_ids"].as_array().unwrap_or(&none);
            for subject in subjects {
                let mut body = json!({ "form": name });
                if !subject.is_null() {
                    body["subject_id"] = subject.clone();
                }
                match name.as_str() {
                    "situation_note" => body["text"] = json!("缺付款凭证原件，已注明原因。"),
                    "calculation_sheet" => body["calculation"] = ten_lessons(),
                    _ => {}
                }
                let words = printed(&case.director(), case, &body).await;
                assert!(!words.is_empty(), "{name}");
            }
            seen.insert(name);
        }
    }
    let list = forms(&closed).await;
    let all: BTreeSet<String> =
        list.iter().map(|it| it["form"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen, all, "a form was never ready");
}

async fn declined(app: &TestApp) -> Case<'_> {
    let case = Case::at(app, Stage::Registered).await;
    let reason = json!({
        "reason": "handled_elsewhere", "explanation": "同一纠纷已由法院立案受理。",
        "told_at": case.now(), "manner": "phone",
    });
    case.post(&app.clerk(), "/declination", &reason).await;
    case
}

async fn failed(app: &TestApp) -> Case<'_> {
    let case = Case::at(app, Stage::Minuted).await;
    for party_id in [case.applicant, case.respondent] {
        let told = json!({ "party_id": party_id, "told_at": case.now(), "manner": "in_person" });
        case.post(&app.mediator(), "/route-notices", &told).await;
    }
    let reason = json!({
        "outcome": "failed", "reason": "no_agreement", "explanation": "双方对金额分歧较大。",
    });
    case.post(&app.mediator(), "/conclusion", &reason).await;
    case
}

async fn a_paper_says_what_the_record_says(app: &TestApp) {
    let case = Case::at(app, Stage::Performing).await;
    let director = case.director();

    let words = printed(&director, &case, &json!({ "form": "agreement" })).await;

    let file = director.get(&case.path("")).await.ok();
    let agreement = director.get(&case.path("/agreement")).await.ok();
    let text = agreement.string("/text");
    let duties: Vec<&str> =
        text.lines().filter_map(|it| it.split_once("）：").map(|(_, duty)| duty)).collect();
    assert!(duties.len() >= 2, "{text}");
    let mut expected = vec![
        file.string("/case_number"),
        file.string("/parties/0/name"),
        file.string("/parties/1/name"),
        agreement.string("/facts"),
        "人民调解协议书".to_owned(),
    ];
    expected.extend(duties.iter().map(|it| (*it).to_owned()));
    for it in expected {
        assert!(words.contains(&it), "{it} is missing in\n{words}");
    }
}

async fn the_same_data_gives_the_same_paper(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let director = case.director();
    let body = json!({ "form": "application" });
    let first = made(&director, &case, &body).await.created();
    let again = made(&director, &case, &body).await.created();
    assert_eq!(first.body, again.body);
    // What is made of the case changes nothing of it.
    assert_eq!(first.body["case_version"].to_string(), case.version().await);

    let renamed = json!({ "facts": "门店停业，余额未退，另有两次投诉。" });
    let path = case.path("");
    director.patch(&path).if_match(case.version().await).json(&renamed).await.ok();
    let changed = made(&director, &case, &body).await.created();
    assert_ne!(first.string("/data_hash"), changed.string("/data_hash"));
    assert_ne!(first.string("/pdf_sha256"), changed.string("/pdf_sha256"));

    let list = director.get(&case.path("/papers")).await.ok();
    assert_eq!(list.body.as_array().unwrap().len(), 2);
}

async fn personal_values_are_printed_in_full_for_a_purpose(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let clerk = app.clerk();
    let unmask = format!("/parties/{}/unmasking", case.applicant);
    let plain = clerk.post(&case.path(&unmask)).json(&json!({ "purpose": "核对电话" })).await;
    let phone = plain.success().string("/phone");

    let masked = printed(&clerk, &case, &json!({ "form": "application" })).await;
    assert!(!masked.contains(&phone), "{masked}");

    let body = json!({ "form": "application", "purpose": "打印申请书" });
    let full = printed(&clerk, &case, &body).await;
    assert!(full.contains(&phone), "{full}");

    let log = app.director().get(&case.path("/audit")).await.ok();
    let purposes: Vec<&str> = log.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["purpose"].as_str())
        .collect();
    assert!(purposes.contains(&"打印申请书"), "{purposes:?}");
    let timeline = app.director().get(&case.path("/timeline")).await.ok();
    assert!(timeline.text.contains("party.unmasked"), "{}", timeline.text);
}

async fn what_cannot_be_made_says_why(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let clerk = app.clerk();
    for form in [
        "cover",
        "acceptance_register",
        "power_of_attorney",
        "investigation_record",
        "minutes",
        "agreement",
        "oral_register",
        "non_acceptance_notice",
        "termination_notice",
        "revisit_record",
        "confirmation_application",
        "confirmation_pack",
        "closing_sheet",
        "back_cover",
    ] {
        let answer = made(&clerk, &case, &json!({ "form": form })).await;
        answer.problem(409, "paper_not_ready");
    }
    for (body, pointer, code) in [
        (json!({ "form": "situation_note" }), "/text", "missing"),
        (json!({ "form": "calculation_sheet" }), "/calculation", "missing"),
        (json!({ "form": "application", "text": "说明" }), "/text", "not_of_this_form"),
        (json!({ "form": "application", "court": "徐汇法院" }), "/court", "not_of_this_form"),
        (
            json!({ "form": "application", "subject_id": Uuid::nil() }),
            "/subject_id",
            "unknown_reference",
        ),
    ] {
        let answer = made(&clerk, &case, &body).await;
        assert_eq!(answer.status, 422, "{}", answer.text);
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    made(&clerk, &case, &json!({ "form": "banner" })).await.status(422);
    assert!(clerk.get(&case.path("/papers")).await.ok().body.as_array().unwrap().is_empty());

    let several = Case::at(app, Stage::Accepted).await;
    recorded(&several).await;
    recorded(&several).await;
    let answer =
        made(&several.director(), &several, &json!({ "form": "investigation_record" })).await;
    assert_eq!(answer.faults(), [("/subject_id", "several_subjects")], "{}", answer.text);
}

async fn a_character_without_a_font_is_named(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let director = case.director();
    let note = json!({ "form": "situation_note", "text": "一个私用字符：\u{e000}" });
    let refused = made(&director, &case, &note).await;
    refused.problem(409, "character_not_printable");
    assert!(director.get(&case.path("/papers")).await.ok().body.as_array().unwrap().is_empty());
}

/// 1,000 yuan for ten times, one used, closed by the operator: 900 (domain §7.6).
fn ten_lessons() -> Value {
    json!({ "prepaid_refund": {
        "paid_fen": 100_000, "cause": "operator",
        "times_card": { "times_bought": 10, "times_used": 1, "price_before_discount_fen": 29_800 },
    }})
}

async fn a_calculation_is_printed_with_its_steps(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let director = case.director();
    let sheet = json!({ "form": "calculation_sheet", "calculation": ten_lessons() });

    let words = printed(&director, &case, &sheet).await;

    for it in ["900.00", "玖佰元", "1,000.00", "预付款退款计算书", "第十八条"] {
        assert!(words.contains(it), "{it} is missing in\n{words}");
    }
    let mut wrong = sheet.clone();
    wrong["calculation"]["prepaid_refund"]["times_card"]["times_used"] = json!(11);
    let refused = made(&director, &case, &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    let faults = refused.faults();
    assert!(faults.iter().all(|it| it.0.starts_with("/calculation/prepaid_refund/")), "{faults:?}");
    let none = json!({ "form": "calculation_sheet", "calculation": {} });
    let refused = made(&director, &case, &none).await;
    assert_eq!(refused.faults(), [("/calculation", "not_exactly_one")]);
}

async fn who_may_make_and_read_papers(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let body = json!({ "form": "application" });
    let paper = paper_in(&case).await;
    let path = case.path(&format!("/papers/{paper}"));
    made(&app.supervisor(), &case, &body).await.status(403);
    made(&app.auditor(), &case, &body).await.status(403);
    made(&app.other_clerk(), &case, &body).await.problem(404, "not_found");
    app.supervisor().get(&path).await.ok();
    app.supervisor().get(&format!("{path}/pdf")).await.status(403);
    app.other_clerk().get(&format!("{path}/pdf")).await.problem(404, "not_found");
    // A paper of another case is none of this one.
    let other = Case::at(app, Stage::Accepted).await;
    let strange = other.path(&format!("/papers/{paper}/pdf"));
    app.director().get(&strange).await.problem(404, "not_found");
}

async fn the_whole_file_holds_everything_in_order(app: &TestApp) {
    let mut case = Case::at(app, Stage::Accepted).await;
    let director = case.director();
    recorded(&case).await;
    picture_in(&case).await;
    sent(&director, &case.path("/evidence"), "说明 一.txt", "录音内容摘要").await.created();
    let withdrawn = sent(&director, &case.path("/evidence"), "误传.txt", "无关").await.created();
    let path = format!("/evidence/{}/withdrawal", withdrawn.id());
    case.post(&director, &path, &json!({ "reason": "误传" })).await;
    case.bring_to(Stage::Closed).await;
    let note = json!({ "form": "situation_note", "text": "缺送达回证一份。" });
    made(&director, &case, &note).await.created();
    let version = case.version().await;

    let begun = director.post(&case.path("/volumes")).json(&json!({})).await.status(202);
    let volume = finished(&case, begun.id()).await;

    assert_eq!(case.version().await, version, "making a file changes nothing of the case");
    assert_eq!(volume.body["archival"], true, "papers and pictures alone are PDF/A");
    let contents = volume.body["contents"].as_array().unwrap();
    let parts: Vec<&str> = contents.iter().map(|it| it["part"].as_str().unwrap()).collect();
    assert_eq!(
        parts,
        [
            "application",
            "application",
            "rights_notices",
            "investigations",
            "evidence",
            "evidence",
            "minutes",
            "agreement",
            "revisits",
            "file_note",
            "file_note",
        ],
    );
    let mut next = 1;
    for it in contents {
        assert_eq!(it["first_page"], next, "{contents:#?}");
        next = it["last_page"].as_i64().unwrap() + 1;
    }

    let path = case.path(&format!("/volumes/{}", begun.id()));
    let pdf = bytes(&director, &format!("{path}/pdf")).await;
    assert_eq!(volume.string("/pdf_sha256"), sha256(&pdf));
    let zip = bytes(&director, &format!("{path}/zip")).await;
    let sums = String::from_utf8(member(&zip, "SHA256SUMS")).unwrap();
    let mut listed = BTreeMap::new();
    for line in sums.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        assert_eq!(hash, sha256(&member(&zip, name)), "{name}");
        listed.insert(name.to_owned(), hash.to_owned());
    }
    let archive = zip::ZipArchive::new(Cursor::new(&zip)).unwrap();
    assert_eq!(archive.len(), listed.len() + 1, "{sums}");
    assert!(listed.keys().any(|it| it.ends_with("说明 一.txt")), "{sums}");
    assert!(!sums.contains("误传.txt"), "{sums}");
    assert!(listed.values().any(|it| *it == sha256(&pdf)), "{sums}");

    // A part of it, as a viewer asks for it.
    let part = director.get(&format!("{path}/pdf")).header("range", "bytes=0-7").await.status(206);
    assert_eq!(part.bytes, &pdf[..8]);
    let list = director.get(&case.path("/volumes")).await.ok();
    assert_eq!(list.body.as_array().unwrap().len(), 1);
}

async fn a_changed_paper_is_found(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let paper = paper_in(&case).await;
    volume_in(&case).await;
    let checked = verify(&app.app, false, |_| {}).await.unwrap();
    assert_eq!((checked.objects, checked.differences.len(), checked.leftovers.len()), (4, 0, 0));

    let row = case.director().get(&case.path(&format!("/papers/{paper}"))).await.ok();
    let files = crate::evidence::kept(app);
    let holds = |path: &&std::path::PathBuf| {
        sha256(&std::fs::read(path).unwrap()) == row.string("/docx_sha256")
    };
    let place = files.iter().find(holds).unwrap();
    std::fs::write(place, b"changed").unwrap();

    let checked = verify(&app.app, false, |_| {}).await.unwrap();
    let found: Vec<Uuid> = checked.differences.iter().map(|it| it.id).collect();
    assert_eq!(found, [paper]);
}

/// An investigation of the day.
pub async fn recorded(case: &Case<'_>) -> Uuid {
    let director = case.director();
    case.post(&director, "/investigations", &asked(case)).await.id()
}

fn asked(case: &Case<'_>) -> Value {
    let now = case.now();
    json!({
        "starts_at": now - chrono::TimeDelta::minutes(2), "ends_at": now - chrono::TimeDelta::minutes(1),
        "place": "楼宇服务中心", "respondent": "店长沈某", "participants": "王某、李某",
        "content": "问：已上几节课？\n答：系统记录四节。\n沈某出示记录。",
    })
}

async fn an_investigation_is_recorded_and_printed(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let director = case.director();
    for (member, value, code) in [
        ("ends_at", json!(case.now() - chrono::TimeDelta::minutes(9)), "ends_before_start"),
        ("ends_at", json!(case.now() + chrono::TimeDelta::minutes(9)), "in_future"),
        ("starts_at", json!(case.now() - chrono::TimeDelta::days(2)), "not_one_day"),
    ] {
        let mut wrong = asked(&case);
        wrong[member] = value;
        let refused = case.try_write(&director, &case.path("/investigations"), &wrong).await;
        assert_eq!(refused.faults(), [("/ends_at", code)], "{}", refused.text);
    }
    recorded(&case).await;
    let list = director.get(&case.path("/investigations")).await.ok();
    assert_eq!(list.string("/0/respondent"), "店长沈某");
    let complete = director.get(&case.path("/completeness")).await.ok();
    let items = complete.body["items"].as_array().unwrap();
    assert!(items.iter().any(|it| it["item"] == "investigations" && it["present"] == true));

    let words = printed(&director, &case, &json!({ "form": "investigation_record" })).await;
    for it in ["店长沈某", "已上几节课？", "系统记录四节。", "王某、李某"] {
        assert!(words.contains(it), "{it} is missing in\n{words}");
    }
    let late = Case::at(app, Stage::Performing).await;
    let refused = late.try_write(&director, &late.path("/investigations"), &asked(&late)).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
}
