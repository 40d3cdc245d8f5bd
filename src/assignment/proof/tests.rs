//! What verification names.

use super::*;
use crate::assignment::suggestion::tests::{candidate, inputs};

fn stored() -> (String, String) {
    let proof = Proof::of(inputs((1..=3).map(candidate).collect()));
    let text = proof.text();
    let stored_hash = hash(&text);
    (text, stored_hash)
}

#[test]
fn a_proof_is_the_same_however_often_it_is_computed() {
    assert_eq!(stored(), stored());
    let (text, stored_hash) = stored();
    let proof = verify(&text, &stored_hash).unwrap();
    assert_eq!(proof.text(), text);
    assert!(text.starts_with("{\"method\":\"fair-share-1\",\"inputs\":{\"case_id\":"), "{text}");
}

#[test]
fn what_was_changed_is_named() {
    let (text, stored_hash) = stored();
    let winner = Proof::of(inputs((1..=3).map(candidate).collect())).outcome.ranking[0].mediator_id;
    let other = inputs((1..=3).map(candidate).collect()).candidates;
    let other = other.iter().find(|it| it.mediator_id != winner).unwrap().mediator_id;
    let proposed =
        |it: &str| format!("\"proposed\":[{{\"seat\":\"presiding\",\"mediator_id\":\"{it}\"}}]");
    let first_load = "\"recent_load\":0,\"available_days\":90";
    for (from, to, place) in [
        // The outcome does not follow from the inputs.
        (
            proposed(&winner.to_string()),
            proposed(&other.to_string()),
            "/outcome/proposed/0/mediator_id",
        ),
        // The inputs were changed, and something else follows from them.
        (first_load.to_owned(), first_load.replace(":0,", ":9,"), "/outcome/"),
        ("\"weight\":10".to_owned(), "\"weight\":11".to_owned(), "/outcome/ranking/0/load_after"),
        // What nothing follows from is found by the hash.
        ("\"case_version\":3".to_owned(), "\"case_version\":4".to_owned(), "the hash"),
        // The same content, written otherwise.
        ("\"seed_entry\":7".to_owned(), "\"seed_entry\": 7".to_owned(), "byte "),
        ("\"inputs\"".to_owned(), "\"input\"".to_owned(), "the text"),
        ("fair-share-1".to_owned(), "fair-share-2".to_owned(), "/method"),
    ] {
        assert!(text.contains(&from), "{from}");
        let found = verify(&text.replacen(&from, &to, 1), &stored_hash).unwrap_err();
        assert!(found.place.starts_with(place), "{from}: {found}");
    }
    let found = verify(&text, &hash("something else")).unwrap_err();
    assert_eq!(found.place, "the hash");
}

/// Each byte of a proof, one after another.
#[test]
fn every_flipped_byte_is_found() {
    let (text, stored_hash) = stored();
    for place in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        let flipped = String::from_utf8(bytes).unwrap();
        assert!(verify(&flipped, &stored_hash).is_err(), "byte {place}");
    }
}
