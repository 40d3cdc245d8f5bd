//! The README is kept true: its first case is run as it is printed.

use std::process::Command;

use crate::process::{Premises, ended};

const README: &str = include_str!("../../README.md");

/// The shell block behind the marker, to the letter.
fn first_case() -> &'static str {
    let (_, rest) = README.split_once("<!-- first-case -->\n```sh\n").expect("the marker is there");
    rest.split_once("```").expect("the block ends").0
}

/// The password that the README gives the demo.
fn password() -> &'static str {
    let (_, rest) = README.split_once("demo --password ").expect("the demo is named");
    rest.split_whitespace().next().expect("with a password")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_case_in_five_calls_works_as_printed() {
    let premises = Premises::untouched();
    premises.run(&["demo", "--cases", "3", "--password", password()]).await.success();
    let station = premises.serve().await;
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", first_case()]).env("HUIJIE", station.address());
    let told = ended(shell, "").await.success();
    let answers: Vec<serde_json::Value> =
        told.output.lines().filter_map(|it| serde_json::from_str(it).ok()).collect();
    let [next_actions, case, timeline] = &answers[..] else { panic!("{told:?}") };
    let possible = |name: &str| {
        next_actions["actions"]
            .as_array()
            .is_some_and(|it| it.iter().any(|it| it["action"] == name && it["possible"] == true))
    };
    assert!(possible("accept_case"), "{next_actions}");
    assert_eq!(case["status"], "accepted", "{case}");
    assert!(case["case_number"].as_str().is_some_and(|it| it.contains("徐消人调字第")), "{case}");
    assert_eq!(case["parties"][0]["phone"], "138****8000", "{case}");
    assert_eq!(timeline["items"].as_array().map(Vec::len), Some(3), "{timeline}");
}
