//! Which file may name what. The direction of the layers is in the file names; this is what
//! holds it. Tests beside the code may name what they like.

use std::fs;
use std::path::Path;

/// A file of the program.
pub struct Source {
    /// From the root of the repository.
    pub path: String,
    /// Without its tests.
    pub text: String,
}

/// Every file under `src/`.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(root, &root.join("src"), &mut found);
    assert!(found.len() > 80, "the program was found");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(root: &Path, directory: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push(Source { text: without_tests(&path, &text), path });
        }
    }
}

fn without_tests(path: &str, text: &str) -> String {
    let is_test = path.ends_with("/tests.rs") || path.ends_with("/fixture.rs");
    match text.split_once("\n#[cfg(test)]\nmod tests") {
        _ if is_test => text.lines().next().unwrap_or_default().to_owned(),
        Some((program, _tests)) => program.to_owned(),
        None => text.to_owned(),
    }
}

/// The lines without comments: what they say is said to people.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// What, and the only files that may name it: the end of a path or the beginning.
const RULES: &[(&str, &[&str])] = &[
    // Only the doors know HTTP.
    ("poem::", &["/api.rs", "src/http/", "src/operations.rs"]),
    // Only stores know the database. The personal values and the answers to repeats have stores
    // of their own, which hold what must never be read anywhere else.
    (
        "::Entity",
        &[
            "/store.rs",
            "src/entity/",
            "src/database/mod.rs",
            "src/database/lease.rs",
            "src/parties/sealed.rs",
            "src/idempotency.rs",
        ],
    ),
    (
        "ActiveModel",
        &[
            "/store.rs",
            "src/entity/",
            "src/database/mod.rs",
            "src/database/lease.rs",
            "src/idempotency.rs",
        ],
    ),
    ("::Column::", &["/store.rs", "src/parties/sealed.rs", "src/idempotency.rs"]),
    // One way to begin, one way to end.
    ("app.begin(", &["/service.rs", "src/identity/users.rs", "src/parties/unmasking.rs"]),
    (
        "begin_unattended(",
        &[
            "src/identity/",
            "src/app.rs",
            "src/database/work.rs",
            "src/calendars/service.rs",
            "src/deadlines/service.rs",
            "src/deadlines/running/sweep.rs",
            "src/messages/service.rs",
            "src/papers/volumes/service.rs",
        ],
    ),
    ("begin_with_options(", &["src/database/work.rs", "src/database/upkeep.rs"]),
    ("TransactionTrait", &["src/database/work.rs", "src/database/upkeep.rs"]),
    // What can be made again, and nothing else.
    ("begin_upkeep", &["src/database/", "src/search/service.rs"]),
    (".transaction.commit(", &["src/database/work.rs"]),
    // How far something is, beside them, is no use case and leaves no trace.
    (
        "database.writer()",
        &["src/database/", "src/parties/sealed.rs", "src/papers/volumes/service.rs"],
    ),
    // Only the door and who works without one ask the table; nobody else makes a proof.
    ("Allowed::check(", &["src/http/guard.rs", "src/demo/"]),
    ("Permit {", &["src/access.rs"]),
    ("Sight(", &["src/access.rs"]),
    ("Scope::", &["/store.rs", "src/access.rs"]),
    // Only the table decides a status.
    ("state::after(", &["src/cases/"]),
    ("CaseStatus::Registered", &["src/cases/", "src/intake/service.rs"]),
    // Time, chance and surroundings come in at one place each.
    ("Utc::now(", &["src/clock.rs"]),
    ("SystemTime", &["src/clock.rs"]),
    ("Instant::now(", &["src/http/middleware.rs"]),
    ("std::env::", &["src/settings.rs"]),
    // A person's values are opened by one file and by the answers to repeats.
    (
        ".open_bytes(",
        &[
            "src/personal_data/",
            "src/idempotency.rs",
            "src/identity/keys.rs",
            "src/parties/sealed.rs",
        ],
    ),
    // Facts of earlier complaints are shown to a person; nothing else may depend on them.
    ("shared_by_applicants", &["src/parties/", "src/intake/service.rs"]),
    ("facts::", &["src/intake/"]),
    // Statements are built, never written.
    ("execute_unprepared(", &["src/database/connect.rs"]),
    ("Statement::from_", &[]),
    // Errors meet HTTP once.
    ("StatusCode::", &["src/http/", "src/operations.rs"]),
];

#[test]
fn every_file_names_only_what_it_may() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, places) in RULES {
            let may =
                places.iter().any(|it| source.path.ends_with(it) || source.path.starts_with(it));
            for (line, _) in code(&source.text).filter(|(_, line)| !may && line.contains(name)) {
                let path = &source.path;
                faults.push(format!("{path}:{} names `{name}`; only {places:?} may", line + 1));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Files that hold rules: they read what they are given and wait for nothing.
const RULE_FILES: &[&str] = &[
    "/rules.rs",
    "/state.rs",
    "/gates.rs",
    "/file.rs",
    "/views.rs",
    "/input.rs",
    "/signing.rs",
    "/text.rs",
    "/number.rs",
    "/chain.rs",
    "/check.rs",
    "/suggestion.rs",
    "/proof.rs",
    "/facts.rs",
    "/integrity.rs",
    "/calendar.rs",
    "/notice.rs",
    "/rule_set.rs",
    "/counting.rs",
    "/bounds.rs",
    "/explanation.rs",
    "/plan.rs",
    "/settle.rs",
    "/clocks.rs",
    "/table.rs",
    "/calculator.rs",
    "/geo.rs",
    "/hours.rs",
    "/sheet.rs",
    "/csv.rs",
    "/xlsx.rs",
    "/columns.rs",
    "/score.rs",
    "/names.rs",
    "/content.rs",
    "/media.rs",
    "/ooxml.rs",
    "/pictures.rs",
    "/range.rs",
    "/clusters.rs",
    "/entries.rs",
    "/plan.rs",
    "/findings.rs",
    "/drawing.rs",
    "src/calculators/amount.rs",
    "src/calculators/capitals.rs",
    "src/calculators/checks.rs",
    "src/calculators/interest.rs",
    "src/calculators/prepaid.rs",
    "src/calculators/punitive.rs",
    "src/calculators/rates.rs",
    "src/calculators/returns.rs",
    "src/calculators/seven_days.rs",
    "src/calculators/working.rs",
    "src/access.rs",
    "src/law.rs",
    "src/words.rs",
    "src/error.rs",
    "src/language.rs",
    "src/personal_data/numbers.rs",
    "src/personal_data/mask.rs",
    "src/personal_data/phones.rs",
];

/// The definition of a rule here.
#[test]
fn rules_wait_for_nothing() {
    let mut faults = Vec::new();
    for source in sources() {
        if !RULE_FILES.iter().any(|it| source.path.ends_with(it)) {
            continue;
        }
        let named = ["async ", ".await", "sea_orm::Connection", "DatabaseConnection", "App"];
        for (line, text) in code(&source.text) {
            if let Some(name) = named.iter().find(|it| mentions(text, it)) {
                faults.push(format!("{}:{} names `{name}`", source.path, line + 1));
            }
        }
    }
    assert!(faults.is_empty(), "a rule waits or looks around:\n{}", faults.join("\n"));
}

/// `App` as a word of its own.
fn mentions(text: &str, name: &str) -> bool {
    if name != "App" {
        return text.contains(name);
    }
    text.split(|it: char| !it.is_alphanumeric() && it != '_').any(|it| it == "App")
}

/// `api.rs` unpacks and wraps. What is decided is decided behind it.
#[test]
fn handlers_decide_nothing() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| it.path.ends_with("/api.rs")) {
        let handlers = source.text.split("#[OpenApi(").skip(1);
        for line in handlers.flat_map(str::lines).map(str::trim) {
            if ["if ", "match ", "} else", "while "].iter().any(|it| line.starts_with(it)) {
                faults.push(format!("{}: {line}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for directory in ["src", "tests", "migration", "benches"] {
        let mut found = Vec::new();
        if root.join(directory).is_dir() {
            collect(root, &root.join(directory), &mut found);
        }
        // A dated step of the schema is told by its name and its comments.
        let named = |it: &&Source| !it.path.starts_with("migration/src/m2");
        let silent = found.iter().filter(named).filter(|it| !it.text.starts_with("//!"));
        faults.extend(silent.map(|it| it.path.clone()));
    }
    assert!(faults.is_empty(), "without a word at the top: {faults:#?}");
}

/// Longer files hide rooms.
#[test]
fn no_file_is_too_long() {
    let longest = |it: &Source| it.text.lines().count() > 600;
    let long: Vec<String> = sources().into_iter().filter(longest).map(|it| it.path).collect();
    assert!(long.is_empty(), "{long:?}");
}
