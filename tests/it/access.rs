//! Who may do what, at the doors. Every operation of the served document is tried without a
//! token, with a wrong one and as every role, and the answers are compared with the table; then
//! with real cases: one's own, one's office's, another office's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use huijie::access::{Action, Guarded, Reach, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp, on_both_databases};
use crate::openapi::{FILES, OF_A_CASE, Operation, PUBLIC, operations};
use crate::stages::{Case, Stage};

on_both_databases!(
    every_operation_turns_a_stranger_away,
    every_operation_turns_a_wrong_token_away,
    the_doors_do_what_the_table_says,
    a_person_reaches_as_far_as_the_table_says,
    an_officer_sits_on_the_panel_of_another_office,
    a_case_out_of_sight_is_one_that_does_not_exist,
    lists_hold_what_is_in_sight,
    administration_and_audit_never_meet_a_case,
    everybody_is_told_their_own_row,
);

/// One person of each role.
const PEOPLE: [(&str, Role); 7] = [
    ("clerk", Role::Clerk),
    ("mediator", Role::Mediator),
    ("officer", Role::Officer),
    ("director", Role::Director),
    ("supervisor", Role::Supervisor),
    ("admin", Role::Admin),
    ("auditor", Role::Auditor),
];

fn nowhere(_name: &str) -> String {
    Uuid::nil().to_string()
}

/// A path of nil ids; a code list has a name.
fn bare_path(operation: &Operation) -> String {
    operation.path_with(|name| if name == "name" { "roles".to_owned() } else { nowhere(name) })
}

#[test]
fn the_permission_table_is_printed() {
    let mut table = format!("{:<28}", "");
    for role in Role::ALL {
        let _ = write!(table, "{:<12}", role.to_string());
    }
    table = format!("{}\n", table.trim_end());
    for action in Action::ALL {
        let mut row = format!("{:<28}", action.to_string());
        for role in Role::ALL {
            let reach = match action.reach(*role) {
                Reach::None => "-",
                Reach::Own => "own",
                Reach::Office => "office",
                Reach::Any => "any",
            };
            let _ = write!(row, "{reach:<12}");
        }
        let _ = writeln!(table, "{}", row.trim_end());
    }
    expectorate::assert_contents("tests/it/snapshots/permissions.txt", &table);
}

async fn every_operation_turns_a_stranger_away(app: &TestApp) {
    for operation in not_public(app).await {
        let request = app.stranger().send(operation.method.clone(), &bare_path(&operation));
        let answer = request.if_match(1).await.problem(401, "no_token");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", operation.id);
    }
}

async fn every_operation_turns_a_wrong_token_away(app: &TestApp) {
    for operation in not_public(app).await {
        let request = app.bearer("a.b.c").send(operation.method.clone(), &bare_path(&operation));
        let answer = request.if_match(1).await.problem(401, "invalid_token");
        assert!(answer.header("www-authenticate").contains("invalid_token"), "{}", operation.id);
    }
}

async fn not_public(app: &TestApp) -> Vec<Operation> {
    let mut all = operations(app).await;
    all.retain(|it| !PUBLIC.contains(&it.id.as_str()));
    all
}

/// Nothing but the table: no body, no such case. Whoever may come in gets as far as that.
async fn the_doors_do_what_the_table_says(app: &TestApp) {
    for operation in not_public(app).await {
        let action = operation.action().expect("an action");
        for (username, role) in PEOPLE {
            // Its answer ends the session, so it is one of its own.
            let person = match action {
                Action::LogOut => app.bearer(&fresh_token(app, username).await),
                _ => app.person(username),
            };
            let request = person.send(operation.method.clone(), &bare_path(&operation));
            let answer = request.if_match(1).await;
            if action.reach(role) == Reach::None {
                answer.problem(403, "forbidden");
            } else {
                assert_ne!(answer.status, 401, "{action} {role}: {}", answer.text);
                assert_ne!(answer.status, 403, "{action} {role}: {}", answer.text);
                if operation.is_about_a_case() {
                    let wants_body =
                        operation.example.is_some() || FILES.contains(&operation.id.as_str());
                    let expected = if wants_body { 400 } else { 404 };
                    assert_eq!(answer.status, expected, "{action} {role}: {}", answer.text);
                }
            }
        }
    }
}

async fn fresh_token(app: &TestApp, username: &str) -> String {
    let credentials = json!({ "username": username, "password": crate::harness::PASSWORD });
    let answer = app.stranger().post("/api/v1/auth/login").json(&credentials).await.ok();
    answer.string("/access_token")
}

/// A case with something of everything, and the addresses of it.
struct Subject<'a> {
    case: Case<'a>,
    ids: BTreeMap<&'static str, Uuid>,
    office: &'static str,
    members: &'static [&'static str],
}

/// The station's own office and the building service center.
const HERE: &str = "here";
const ELSEWHERE: &str = "elsewhere";

impl<'a> Subject<'a> {
    async fn new(
        app: &'a TestApp,
        registered_by: &'static str,
        presiding: &'static str,
        member: Option<&'static str>,
        (office, members): (&'static str, &'static [&'static str]),
    ) -> Self {
        let mut case = Case::registered_by(&app.person(registered_by), app, presiding).await;
        let director = app.director();
        let asked = json!({ "items": "付款凭证", "due_on": case.today(), "manner": "phone" });
        let supplement = case.post(&director, "/supplements", &asked).await.id();
        let answer = json!({ "answer": "已补。" });
        case.post(&director, &format!("/supplements/{supplement}/answer"), &answer).await;
        let agent = json!({
            "kind": "lawyer", "power": "general", "name": "李国栋", "mandate_scope": "参加调解",
            "mandate_seen": true,
        });
        let agents = format!("/parties/{}/agents", case.respondent);
        let agent = case.post(&director, &agents, &agent).await.id();
        case.bring_to(Stage::Prepared).await;
        if let Some(username) = member {
            let assignment = case.assign(username, "member").await;
            case.accept_assignment(username, assignment).await;
        }
        case.bring_to(Stage::Drafted).await;
        // Somebody sat there for a moment, whom a party did not want.
        let guest = if presiding == "mediator" { "second_mediator" } else { "mediator" };
        let seat = case.assign(guest, "member").await;
        let unwanted = json!({
            "assignment_id": seat, "requested_by": case.applicant, "ground": "none_given",
            "requested_at": case.now(),
        });
        let recusal = case.post(&director, "/recusals", &unwanted).await.id();
        let still = json!({ "reason": "illness", "from": case.today(), "explanation": "住院。" });
        let suspension = case.post(&director, "/suspensions", &still).await.id();
        let deadline = director.get(&case.path("/deadlines")).await.uuid("/0/id");
        let claim = director.get(&case.path("/claims")).await.uuid("/0/id");
        let assignment = director.get(&case.path("/assignments")).await.uuid("/0/id");
        let hearing = case.hearing().await;
        let evidence = crate::evidence::picture_in(&case).await;
        let paper = crate::papers::paper_in(&case).await;
        let volume = crate::papers::volume_in(&case).await;
        case.bring_to(Stage::Locked).await;
        let signature = crate::signing::drawn_by(&case, case.applicant).await;
        let ids = [
            ("case_id", case.id),
            ("party_id", case.applicant),
            ("supplement_id", supplement),
            ("agent_id", agent),
            ("claim_id", claim),
            ("assignment_id", assignment),
            ("hearing_id", hearing),
            ("recusal_id", recusal),
            ("suspension_id", suspension),
            ("deadline_id", deadline),
            ("evidence_id", evidence),
            ("paper_id", paper),
            ("volume_id", volume),
            ("signature_id", signature),
        ];
        Self { case, ids: ids.into(), office, members }
    }

    fn path(&self, operation: &Operation) -> String {
        operation.path_with(|name| self.ids[name].to_string())
    }

    /// Whether the table lets this person reach this case so far.
    fn is_reached(&self, reach: Reach, username: &str) -> bool {
        match reach {
            Reach::Any => true,
            // What is one's own is so wherever the office is.
            Reach::Office => self.office == office_of(username) || self.members.contains(&username),
            Reach::Own => self.members.contains(&username),
            Reach::None => false,
        }
    }
}

fn office_of(username: &str) -> &'static str {
    if username == "other_clerk" { ELSEWHERE } else { HERE }
}

/// Asks for the step with a version that is long past, so that nothing is changed: who may do
/// it hears of the version, and nobody else does.
async fn probe(person: &Person<'_>, operation: &Operation, path: &str, user: Uuid) -> Answer {
    let request = person.send(operation.method.clone(), path).if_match(999_999);
    match &operation.example {
        _ if operation.id == "add_evidence" => crate::evidence::anything(person, path).await,
        Some(example) => {
            let mut body = example.clone();
            if let Some(id) = body.get_mut("user_id") {
                *id = json!(user);
            }
            request.json(&body).await
        }
        None => request.await,
    }
}

async fn a_person_reaches_as_far_as_the_table_says(app: &TestApp) {
    let ours: &[&str] = &["clerk", "mediator", "officer"];
    let subjects = [
        Subject::new(app, "clerk", "mediator", Some("officer"), (HERE, ours)).await,
        Subject::new(app, "director", "second_mediator", None, (HERE, &["director"])).await,
        Subject::new(app, "other_clerk", "second_mediator", None, (ELSEWHERE, &["other_clerk"]))
            .await,
        // Mediators work for the whole station.
        Subject::new(
            app,
            "other_clerk",
            "mediator",
            None,
            (ELSEWHERE, &["other_clerk", "mediator"]),
        )
        .await,
    ];
    let user = app.clerk().user_id().await;
    let people = PEOPLE.into_iter().chain([("other_clerk", Role::Clerk)]);
    let about_cases: Vec<Operation> =
        not_public(app).await.into_iter().filter(Operation::is_about_a_case).collect();
    for (username, role) in people {
        let person = app.person(username);
        for subject in &subjects {
            for operation in &about_cases {
                let action = operation.action().expect("an action");
                let answer = probe(&person, operation, &subject.path(operation), user).await;
                let reach = |action: Action| subject.is_reached(action.reach(role), username);
                let expected = if action.reach(role) == Reach::None {
                    "403"
                } else if !reach(Action::ReadCase) {
                    "404"
                } else if !reach(action) {
                    "403"
                } else if action.guarded() == Guarded::Versioned {
                    "412"
                } else {
                    "2"
                };
                // Whoever asks for another file while one is being made could have had it.
                let under_way = answer.text.contains("volume_under_way");
                let status = if under_way { "202".into() } else { answer.status.to_string() };
                let members = subject.members;
                assert!(
                    status.starts_with(expected),
                    "{action} as {username}, {} {members:?}: expected {expected}, got {status}\n{}",
                    subject.office,
                    answer.text,
                );
            }
        }
    }
}

/// A joint panel: the officer comes from another office than the case.
async fn an_officer_sits_on_the_panel_of_another_office(app: &TestApp) {
    let mut case = Case::registered_by(&app.other_clerk(), app, "officer").await;
    app.officer().get(&case.path("")).await.problem(404, "not_found");

    case.bring_to(Stage::Locked).await;

    app.officer().get(&case.path("")).await.ok();
    // The list holds both, newest first, each once, also cut into pages.
    let ours = Case::at(app, Stage::Registered).await;
    let both = Case::registered_by(&app.clerk(), app, "officer").await;
    both.post(&app.director(), "/acceptance", &Value::Null).await;
    both.assign("officer", "presiding").await;
    let mut seen = Vec::new();
    let mut path = "/api/v1/cases?limit=1".to_owned();
    loop {
        let page = app.officer().get(&path).await.ok();
        seen.push(page.uuid("/items/0/id"));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        path = format!("/api/v1/cases?limit=1&cursor={cursor}");
    }
    assert_eq!(seen, [both.id, ours.id, case.id]);
    // Another officer's case stays out of sight.
    let other = Case::registered_by(&app.other_clerk(), app, "mediator").await;
    app.officer().get(&other.path("")).await.problem(404, "not_found");
}

async fn a_case_out_of_sight_is_one_that_does_not_exist(app: &TestApp) {
    let members = (HERE, &["clerk", "mediator"][..]);
    let subject = Subject::new(app, "clerk", "mediator", None, members).await;
    let user = app.clerk().user_id().await;
    for (username, role) in [("other_clerk", Role::Clerk), ("second_mediator", Role::Mediator)] {
        let person = app.person(username);
        for operation in not_public(app).await.iter().filter(|it| it.is_about_a_case()) {
            let real = probe(&person, operation, &subject.path(operation), user).await;
            let none = operation.path_with(|name| match name {
                name if OF_A_CASE.contains(&name) => Uuid::now_v7().to_string(),
                other => subject.ids[other].to_string(),
            });
            let none = probe(&person, operation, &none, user).await;
            let id = &operation.id;
            let expected = match operation.action().map(|it| it.reach(role)) {
                Some(Reach::None) => 403,
                _ => 404,
            };
            assert_eq!(real.status, expected, "{id} {username}: {}", real.text);
            assert_eq!(without_trace(&real), without_trace(&none), "{id} {username}");
        }
    }
}

/// Everything that somebody could compare.
fn without_trace(answer: &Answer) -> (u16, Value, BTreeMap<String, String>) {
    let mut body = answer.body.clone();
    assert!(body["trace_id"].is_string(), "{}", answer.text);
    body["trace_id"] = Value::Null;
    let mut headers = BTreeMap::new();
    for (name, value) in &answer.headers {
        if !["x-request-id", "date"].contains(&name.as_str()) {
            headers.insert(name.to_string(), value.to_str().unwrap().to_owned());
        }
    }
    (answer.status.as_u16(), body, headers)
}

async fn lists_hold_what_is_in_sight(app: &TestApp) {
    let ours = Case::at(app, Stage::Scheduled).await;
    let mut theirs = Case::registered_by(&app.other_clerk(), app, "second_mediator").await;
    theirs.bring_to(Stage::Scheduled).await;
    let both: &[Uuid] = &[ours.id, theirs.id];
    for (username, expected) in [
        ("clerk", &both[..1]),
        ("mediator", &both[..1]),
        ("officer", &both[..1]),
        ("other_clerk", &both[1..]),
        ("second_mediator", &both[1..]),
        ("director", both),
        ("supervisor", both),
    ] {
        for (list, member) in [("/api/v1/cases", "id"), ("/api/v1/hearings", "case_id")] {
            let found = app.person(username).get(list).await.ok();
            let items = found.body["items"].as_array().unwrap();
            let ids: BTreeSet<Uuid> =
                items.iter().map(|it| it[member].as_str().unwrap().parse().unwrap()).collect();
            assert_eq!(ids, expected.iter().copied().collect(), "{list} as {username}");
        }
    }
}

/// 三员分立. Also with the ids, the bodies and the version of a case that is there.
async fn administration_and_audit_never_meet_a_case(app: &TestApp) {
    let members = (HERE, &["clerk", "mediator"][..]);
    let subject = Subject::new(app, "clerk", "mediator", None, members).await;
    let version = subject.case.version().await;
    for operation in not_public(app).await {
        let lists = ["/api/v1/cases", "/api/v1/hearings"].contains(&operation.path.as_str());
        if !lists && !operation.is_about_a_case() {
            continue;
        }
        for person in [app.admin(), app.auditor()] {
            let request = person.send(operation.method.clone(), &subject.path(&operation));
            let request = request.if_match(&version);
            let answer = match &operation.example {
                Some(example) => request.json(example).await,
                None => request.await,
            };
            let answer = answer.problem(403, "forbidden");
            let id = subject.case.id.to_string();
            assert!(!answer.text.contains(&id), "{}: {}", operation.id, answer.text);
        }
    }
    assert_eq!(subject.case.version().await, version, "nothing was changed");
    // The log names a case by its id and tells nothing of it.
    let log = app.auditor().get("/api/v1/audit?limit=200").await.ok();
    assert!(!log.text.contains("健身"), "no case content in the log");
    assert!(!log.text.contains("陈晓雯"), "no names in the log");
}

async fn everybody_is_told_their_own_row(app: &TestApp) {
    for (username, role) in PEOPLE {
        let told = app.person(username).get("/api/v1/me/permissions").await.ok();
        let expected: Vec<Value> = Action::ALL
            .iter()
            .filter(|it| it.reach(role) != Reach::None)
            .map(|it| {
                json!({
                    "action": it.to_string(),
                    "reach": it.reach(role),
                    "needs_version": it.guarded() == Guarded::Versioned,
                })
            })
            .collect();
        assert_eq!(told.body, Value::Array(expected), "{role}");
    }
}
