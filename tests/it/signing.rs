//! Signing in mixed modes: on paper with its scan, with a finger before a witness, on a tablet;
//! what is drawn is kept like evidence.

use std::fs;
use std::path::{Path, PathBuf};

use huijie::evidence::verify;
use huijie::settings::StoragePlace;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::evidence::{anything, picture_in};
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    each_signs_in_another_way,
    a_drawing_is_kept_like_evidence,
    a_refused_drawing_leaves_nothing,
    a_repeated_signature_is_the_first,
    a_scan_is_of_this_case,
);

/// A signature of a party by this method, without what the method asks for.
fn hand(party: Uuid, method: &str, text_hash: &str) -> Value {
    json!({
        "signer": "party", "party_id": party, "method": method, "place": "工作站",
        "text_hash": text_hash,
    })
}

/// Three strokes.
fn strokes() -> Value {
    let points = |all: &[(i32, i32)]| -> Value {
        all.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect()
    };
    json!({ "strokes": [
        { "points": points(&[(1_000, 4_000), (2_000, 3_000), (2_500, 5_000)]) },
        { "points": points(&[(3_000, 4_200), (5_000, 4_000)]) },
        { "points": points(&[(5_500, 3_000)]) },
    ]})
}

async fn sign(case: &Case<'_>, body: &Value) -> Answer {
    case.try_write(&case.presiding(), &case.path("/agreement/signatures"), body).await
}

/// A party signs on a tablet; the id of the signature.
pub async fn drawn_by(case: &Case<'_>, party: Uuid) -> Uuid {
    let mut body = hand(party, "tablet", &case.text_hash().await);
    body["drawing"] = strokes();
    let signed = sign(case, &body).await.created();
    let all = signed.body["signatures"].as_array().unwrap();
    all.last().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn stored(app: &TestApp) -> Vec<PathBuf> {
    match &app.app.settings.storage {
        StoragePlace::Folder(folder) => files(folder),
        StoragePlace::S3(_) => panic!("the files are in a bucket"),
    }
}

/// PML 29: the applicant's finger before a witness, the shop's stamp on paper that is scanned, the
/// mediator on a tablet, the seal; in force on the day of the last of them.
async fn each_signs_in_another_way(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let hash = case.text_hash().await;
    let scan = picture_in(&case).await;

    let mut finger = hand(case.applicant, "fingerprint", &hash);
    let refused = sign(&case, &finger).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/witness", "missing")]);
    finger["witness"] = "周玉兰".into();
    let signed = sign(&case, &finger).await.created();
    let shown = &signed.body["signatures"][0];
    assert_eq!((&shown["method"], &shown["witness"]), (&json!("fingerprint"), &json!("周**")));

    let mut stamp = hand(case.respondent, "stamp", &hash);
    stamp["drawing"] = strokes();
    let refused = sign(&case, &stamp).await.problem(422, "invalid");
    assert_eq!(refused.faults(), [("/drawing", "not_for_this_method")]);
    stamp.as_object_mut().unwrap().remove("drawing");
    stamp["scan_evidence_id"] = json!(scan);
    let signed = sign(&case, &stamp).await.created();
    assert_eq!(signed.body["signatures"][1]["scan_evidence_id"], json!(scan));

    let mut mediator = hand(case.applicant, "fingerprint", &hash);
    mediator["signer"] = "mediator".into();
    mediator.as_object_mut().unwrap().remove("party_id");
    mediator["witness"] = "周玉兰".into();
    sign(&case, &mediator).await.problem(409, "mediator_must_sign");
    mediator["method"] = "tablet".into();
    mediator["drawing"] = strokes();
    let signed = sign(&case, &mediator).await.created();
    assert_eq!(signed.body["status"], "locked");
    app.pass(chrono::TimeDelta::days(1));
    let sealed = case.post(&app.director(), "/agreement/seal", &case.seal().await).await.ok();
    assert_eq!(sealed.body["status"], "in_force");
    assert_eq!(sealed.body["effective_on"], json!(case.today()));
}

async fn a_drawing_is_kept_like_evidence(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let signature = drawn_by(&case, case.applicant).await;
    let agreement = app.clerk().get(&case.path("/agreement")).await.ok();
    let sha256 = agreement.string("/signatures/0/drawing_sha256");

    let path = case.path(&format!("/agreement/signatures/{signature}/drawing"));
    let drawing = app.clerk().get(&path).await.ok();
    assert_eq!(drawing.header("content-type"), "image/png");
    assert_eq!(drawing.header("etag"), format!("\"{sha256}\""));
    assert_eq!(hex::encode(Sha256::digest(&drawing.bytes)), sha256);
    assert!(drawing.bytes.starts_with(b"\x89PNG"));
    let nobody = case.path(&format!("/agreement/signatures/{}/drawing", Uuid::nil()));
    app.clerk().get(&nobody).await.problem(404, "not_found");

    // Under an earlier text it is kept, and the new text asks for it again (domain §6.10).
    let put = app.mediator().put(&case.path("/agreement")).if_match(case.version().await);
    put.json(&case.agreement()).await.ok();
    app.clerk().get(&path).await.ok();
    let agreement = app.clerk().get(&case.path("/agreement")).await.ok();
    assert_eq!(agreement.body["signatures"], json!([]));

    let checked = verify(&app.app, true, |_| ()).await.unwrap();
    assert_eq!((checked.objects, checked.differences.len(), checked.leftovers.len()), (1, 0, 0));
    let [object] = &stored(app)[..] else { panic!("one object") };
    fs::write(object, "another").unwrap();
    let checked = verify(&app.app, true, |_| ()).await.unwrap();
    let [found] = &checked.differences[..] else { panic!("{checked:?}") };
    assert_eq!((found.case_id, found.noun, found.id), (case.id, "signature", signature));
    assert!(object.exists(), "what is altered stays as it is");
}

async fn a_refused_drawing_leaves_nothing(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let hash = case.text_hash().await;
    let with = |drawing: Value| {
        let mut body = hand(case.applicant, "tablet", &hash);
        body["drawing"] = drawing;
        body
    };
    for (drawing, fault) in [
        (json!({}), ("/drawing", "png_or_strokes")),
        (json!({ "png": "AAAA" }), ("/drawing/png", "broken_picture")),
        (
            json!({ "strokes": [{ "points": [{ "x": 1, "y": 1 }] }] }),
            ("/drawing/strokes", "blank_drawing"),
        ),
    ] {
        let refused = sign(&case, &with(drawing)).await.problem(422, "invalid");
        assert_eq!(refused.faults(), [fault]);
    }
    let outside =
        json!({ "strokes": [{ "points": [{ "x": 10_001, "y": 0 }, { "x": 0, "y": 0 }] }] });
    sign(&case, &with(outside)).await.status(422);
    // A good drawing under another text, on an old version, by somebody who does not see it.
    let mut other = with(strokes());
    other["text_hash"] = "0".repeat(64).into();
    sign(&case, &other).await.problem(409, "text_changed");
    let path = case.path("/agreement/signatures");
    let stale = app.mediator().post(&path).if_match(1).json(&with(strokes())).await;
    stale.problem(412, "stale");
    let stranger = app.second_mediator().post(&path).if_match(1).json(&with(strokes())).await;
    stranger.problem(404, "not_found");
    app.clerk().post(&path).if_match(1).json(&with(strokes())).await.problem(403, "forbidden");
    assert_eq!(stored(app), Vec::<PathBuf>::new());
}

/// The last signature moves the case on; its repeat is answered all the same, and keeps nothing.
async fn a_repeated_signature_is_the_first(app: &TestApp) {
    let case = Case::at(app, Stage::Locked).await;
    let hash = case.text_hash().await;
    case.post(&app.director(), "/agreement/seal", &case.seal().await).await;
    for party in [case.applicant, case.respondent] {
        sign(&case, &hand(party, "pen", &hash)).await.created();
    }
    let mut last = hand(case.applicant, "tablet", &hash);
    last["signer"] = "mediator".into();
    last.as_object_mut().unwrap().remove("party_id");
    last["drawing"] = strokes();
    let (mediator, version) = (app.mediator(), case.version().await);
    let path = case.path("/agreement/signatures");
    let send = || mediator.post(&path).idempotency_key("last").if_match(&version).json(&last);
    let first = send().await.created();
    assert_eq!(first.body["status"], "in_force");
    let again = send().await.created();
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.text, again.text);
    assert_eq!(stored(app).len(), 1);
}

async fn a_scan_is_of_this_case(app: &TestApp) {
    let (case, other) = (Case::at(app, Stage::Locked).await, Case::at(app, Stage::Locked).await);
    let hash = case.text_hash().await;
    let with = |scan: Uuid| {
        let mut body = hand(case.applicant, "pen", &hash);
        body["scan_evidence_id"] = json!(scan);
        body
    };
    let theirs = picture_in(&other).await;
    let note = anything(&app.director(), &case.path("/evidence")).await.created().id();
    let withdrawn = picture_in(&case).await;
    let path = format!("/evidence/{withdrawn}/withdrawal");
    case.post(&app.director(), &path, &json!({ "reason": "误传。" })).await.ok();
    for (scan, code) in
        [(theirs, "unknown_reference"), (note, "not_a_scan"), (withdrawn, "evidence_withdrawn")]
    {
        let refused = sign(&case, &with(scan)).await.problem(422, "invalid");
        assert_eq!(refused.faults(), [("/scan_evidence_id", code)]);
    }
}
