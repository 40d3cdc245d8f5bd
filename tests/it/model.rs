//! Random people try random things on cases, and a plain model says after each step how the
//! station must stand. What `next-actions` says beforehand is what the call then does; every
//! accepted write is one entry of the audit log and every refused one is none.

mod bodies;
mod plain;
mod walks;

use std::collections::BTreeSet;
use std::sync::Mutex;

use chrono::TimeDelta;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use reqwest::Method;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::disputes::{account, dispute, whole_chain};
use crate::harness::{Answer, Person, TestApp};
use crate::openapi::OF_A_CASE;
use bodies::{Occasion, Sent};
use plain::Plain;
use walks::{PEOPLE, STRAIGHT, Try, Walk, Way, any_walk, weight};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_station_is_its_model_on_sqlite() {
    let app = TestApp::on_sqlite().await;
    let seen = walk_often(&app, 24, 40).await;
    let statuses: Vec<&str> = seen.iter().filter_map(|it| it.strip_prefix("status ")).collect();
    assert_eq!(
        statuses,
        ["accepted", "archived", "closed", "mediating", "performing", "registered"],
        "the walks come too short to mean anything: {seen:#?}"
    );
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_station_is_its_model_on_postgres() {
    let Some(app) = TestApp::on_postgres().await else { return };
    walk_often(&app, 8, 40).await;
    app.stop().await;
}

/// Walks and, when one fails, looks for a shorter walk that fails too. Answers what was met.
async fn walk_often(app: &TestApp, walks: u32, most: usize) -> BTreeSet<String> {
    let world = World::look(app).await;
    let config = ProptestConfig {
        cases: walks,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    };
    // The same walks at every run: a failure is found again.
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = tokio::task::block_in_place(|| {
        runner.run(&any_walk(most), |walk| {
            let walked = Handle::current().block_on(world.walk(&walk));
            walked.map_err(TestCaseError::fail)
        })
    });
    match result {
        Ok(()) => world.seen.into_inner().unwrap(),
        Err(TestError::Fail(reason, walk)) => panic!("{reason}\nthe shortest walk: {walk:#?}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// The station and how its steps are called.
struct World<'a> {
    app: &'a TestApp,
    /// Action, method and address of every step on a case.
    operations: Vec<(String, Method, String)>,
    accounts: Vec<(&'static str, String)>,
    seen: Mutex<BTreeSet<String>>,
}

/// One line of `next-actions`, or something that is not on it.
#[derive(Debug, Clone)]
struct Choice {
    step: String,
    target: Option<String>,
    method: Method,
    href: String,
    /// None: it is not listed. Else what is missing.
    missing: Option<Vec<String>>,
    /// The steps that are said to mend it.
    mended_by: Vec<String>,
}

/// What happened on a walk; told when it fails, also by a panic.
struct Trail(Vec<String>);

impl Drop for Trail {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the walk so far:\n{}", self.0.join("\n"));
        }
    }
}

impl<'a> World<'a> {
    async fn look(app: &'a TestApp) -> Self {
        let document = app.stranger().get("/api/v1/openapi.json").await.ok();
        let mut operations = Vec::new();
        for (path, methods) in document.body["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let about_a_case = OF_A_CASE.iter().any(|it| path.contains(&format!("{{{it}}}")));
                let step = operation["operationId"].as_str().unwrap_or_default();
                // Looking at personal data, and trying out a text, is no step of the case.
                let looks = [
                    "unmask_party",
                    "approve_unmasking",
                    "preview_agreement",
                    "make_paper",
                    "make_volume",
                ];
                let step_of_case = !looks.contains(&step);
                if about_a_case && method != "get" && step_of_case && !step.is_empty() {
                    let method = method.to_uppercase().parse().unwrap();
                    operations.push((step.to_owned(), method, format!("/api/v1{path}")));
                }
            }
        }
        assert!(operations.len() > 35, "{operations:?}");
        // Where clues are reported to.
        crate::clues::authority(app).await;
        let mut accounts = Vec::new();
        for (_, who) in PEOPLE {
            accounts.push((*who, account(app, who).await.to_string()));
        }
        Self { app, operations, accounts, seen: Mutex::default() }
    }

    async fn walk(&self, walk: &Walk) -> Result<(), String> {
        let mut trail = Trail(Vec::new());
        let told = self.take_steps(walk, &mut trail).await;
        told.map_err(|reason| format!("{reason}\nthe walk:\n{}", trail.0.join("\n")))
    }

    async fn take_steps(&self, walk: &Walk, trail: &mut Trail) -> Result<(), String> {
        let here = self.app.clerk().post("/api/v1/cases").json(&dispute("这里")).await.created();
        let there =
            self.app.other_clerk().post("/api/v1/cases").json(&dispute("那里")).await.created();
        let mut cases = [Plain::registered(&here.body), Plain::registered(&there.body)];
        for &(who, step) in &STRAIGHT[..walk.straight] {
            self.go_straight(&mut cases[0], who, step, trail).await?;
        }
        for it in &walk.tries {
            let case = &mut cases[usize::from(it.elsewhere)];
            if it.way == Way::Wait {
                trail.0.push("time passes".to_owned());
                self.app.pass(TimeDelta::minutes(11));
                continue;
            }
            self.attempt(case, *it, trail).await?;
        }
        for case in &cases {
            self.compare(case).await?;
        }
        whole_chain(self.app).await;
        Ok(())
    }

    /// One step of the straight way: it is listed as possible, and done.
    async fn go_straight(
        &self,
        case: &mut Plain,
        who: &'static str,
        step: &str,
        trail: &mut Trail,
    ) -> Result<(), String> {
        if who.is_empty() {
            self.until_it_begins(case).await;
            return Ok(());
        }
        let listed = self.listed(&self.app.person(who), case).await?;
        let open = |it: &&Choice| it.step == step && it.missing.as_ref().is_some_and(Vec::is_empty);
        let choice = listed.iter().find(open).cloned();
        let choice =
            choice.ok_or_else(|| format!("{step} is not possible for {who}: {listed:#?}"))?;
        // Of several bodies, the one that leads on.
        self.carry_out(case, who, 3, choice, trail).await
    }

    /// Lets pass what is left until the hearing of this case.
    async fn until_it_begins(&self, case: &Plain) {
        let path = format!("/api/v1/cases/{}/hearings", case.id);
        let hearings = self.app.director().get(&path).await.ok();
        let starts = hearings.body.as_array().unwrap().iter().filter_map(|it| {
            let starts_at: chrono::DateTime<chrono::Utc> =
                it["starts_at"].as_str()?.parse().ok()?;
            (it["status"] == "scheduled").then_some(starts_at)
        });
        let now = self.app.app.clock.now();
        let left = starts.max().map_or(TimeDelta::zero(), |it| it - now);
        self.app.pass(left.max(TimeDelta::minutes(10)) + TimeDelta::minutes(1));
    }

    /// One try of one person on one case.
    async fn attempt(&self, case: &mut Plain, it: Try, trail: &mut Trail) -> Result<(), String> {
        let listed = self.listed(&self.app.person(it.who), case).await?;
        let choice = self.choose(case, &listed, it).await;
        self.carry_out(case, it.who, it.roll, choice, trail).await
    }

    /// Sends what was chosen and compares what comes of it.
    async fn carry_out(
        &self,
        case: &mut Plain,
        who: &'static str,
        roll: usize,
        choice: Choice,
        trail: &mut Trail,
    ) -> Result<(), String> {
        let person = self.app.person(who);
        let by = &self.accounts.iter().find(|(known, _)| *known == who).expect("all are known").1;
        let Choice { step, target, .. } = &choice;
        let occasion =
            Occasion { app: self.app, case: &case.id, step, target: target.as_deref(), by, roll };
        let mut body = match occasion.body().await {
            Sent::Body(body) => Some(body),
            Sent::Empty => None,
            Sent::Nothing => return Ok(()),
        };
        let path = format!("/api/v1/cases/{}", case.id);
        let version = self.app.director().get(&path).await.ok().version();
        let key = Uuid::now_v7();
        let send = async |body: &Option<Value>| {
            let request = person.send(choice.method.clone(), &choice.href).if_match(&version);
            let request =
                if choice.method == Method::POST { request.idempotency_key(key) } else { request };
            match body {
                Some(body) => request.json(body).await,
                None => request.await,
            }
        };
        let before = self.entries().await;
        let mut answer = send(&body).await;
        // Somebody is at a hearing of another case then, of which this model knows nothing: the
        // time that is told to be free is taken, or the step is left.
        if let Some(free) = answer.body["next_free_at"].as_str() {
            if self.entries().await != before {
                return Err(format!("{step}: refused and written: {}", answer.text));
            }
            let Some(body) = body.as_mut().filter(|it| it.get("starts_at").is_some()) else {
                return Ok(());
            };
            bodies::move_to(body, free);
            answer = send(&Some(body.clone())).await;
        }
        let written = self.entries().await - before;
        trail.0.push(format!(
            "{}: {step} {} -> {} ({}) listed: {:?}",
            who,
            body.clone().unwrap_or_default(),
            answer.status,
            answer.body["code"],
            choice.missing
        ));
        judge(&choice, &answer, written)?;
        if answer.status.is_success() {
            if choice.method == Method::POST && roll.is_multiple_of(4) {
                let again = send(&body).await;
                let same = again.status == answer.status && again.text == answer.text;
                if !same || self.entries().await != before + 1 {
                    return Err(format!("{step}: the repeat was not the same: {again:?}"));
                }
            }
            self.seen.lock().unwrap().insert(format!("step {step}"));
            let asked = body.unwrap_or(Value::Null);
            case.take(step, target.as_deref(), by, &asked, &answer.body);
        }
        self.compare(case).await
    }

    /// What the person is told they can do; nothing where they may not ask.
    async fn listed(&self, person: &Person<'_>, case: &Plain) -> Result<Vec<Choice>, String> {
        let answer = person.get(&format!("/api/v1/cases/{}/next-actions", case.id)).await;
        if matches!(answer.status.as_u16(), 403 | 404) {
            return Ok(Vec::new());
        }
        let answer = answer.ok();
        if answer.body["status"] != case.status {
            return Err(format!(
                "the status told is {}, not {}",
                answer.body["status"], case.status
            ));
        }
        let mut found = Vec::new();
        for it in answer.body["actions"].as_array().unwrap() {
            let step = it["action"].as_str().unwrap().to_owned();
            if !case.has_place(&step) {
                return Err(format!("{step} is listed and has no place in {}", case.status));
            }
            let texts = |it: &Value| -> Vec<String> {
                let all = it.as_array().expect("a list").iter();
                all.map(|it| it.as_str().expect("a name").to_owned()).collect()
            };
            let lacks = it["missing"].as_array().expect("a list");
            let missing: Vec<String> =
                lacks.iter().map(|it| it["code"].as_str().expect("a name").to_owned()).collect();
            if it["possible"] != missing.is_empty() {
                return Err(format!("{step} is possible and not: {it}"));
            }
            found.push(Choice {
                target: it["target_id"].as_str().map(str::to_owned),
                method: it["method"].as_str().unwrap().parse().unwrap(),
                href: it["href"].as_str().unwrap().to_owned(),
                mended_by: lacks.iter().flat_map(|it| texts(&it["mended_by"])).collect(),
                missing: Some(missing),
                step,
            });
        }
        Ok(found)
    }

    async fn choose(&self, case: &Plain, listed: &[Choice], it: Try) -> Choice {
        let is_possible = |it: &&Choice| it.missing.as_ref().is_some_and(Vec::is_empty);
        let possible: Vec<&Choice> = listed.iter().filter(is_possible).collect();
        let shut: Vec<&Choice> = listed.iter().filter(|it| !is_possible(it)).collect();
        match it.way {
            Way::Possible if !possible.is_empty() => {
                let mending = shut.iter().flat_map(|it| it.mended_by.clone()).collect();
                let sum: usize = possible.iter().map(|it| weight(&it.step, &mending)).sum();
                let mut left = it.pick % sum;
                let chosen = possible.iter().find(|it| {
                    let here = left < weight(&it.step, &mending);
                    left = left.saturating_sub(weight(&it.step, &mending));
                    here
                });
                (*chosen.expect("the pick is below the sum")).clone()
            }
            Way::Shut if !shut.is_empty() => shut[it.pick % shut.len()].clone(),
            _ => self.choose_unlisted(case, listed, it).await,
        }
    }

    /// Something that is not on the list: of another role, status, or thing.
    async fn choose_unlisted(&self, case: &Plain, listed: &[Choice], it: Try) -> Choice {
        let count = self.operations.len();
        for place in it.pick..it.pick + count {
            let (step, method, path) = &self.operations[place % count];
            let on_list = |target: Option<&str>| {
                listed.iter().any(|it| it.step == *step && it.target.as_deref() == target)
            };
            let path = path.replace("{case_id}", &case.id);
            let chosen = |target: Option<String>, href: String| Choice {
                step: step.clone(),
                target,
                method: method.clone(),
                href,
                missing: None,
                mended_by: Vec::new(),
            };
            let Some(begin) = path.find('{') else {
                if on_list(None) {
                    continue;
                }
                return chosen(None, path);
            };
            let occasion = Occasion {
                app: self.app,
                case: &case.id,
                step,
                target: None,
                by: "",
                roll: it.roll,
            };
            let mut candidates = occasion.candidates().await;
            candidates.push(Uuid::nil().to_string());
            let target = candidates.into_iter().find(|it| !on_list(Some(it)));
            let target = target.expect("nothing has the nil id");
            let end = begin + path[begin..].find('}').expect("a name in braces");
            let href = format!("{}{target}{}", &path[..begin], &path[end + 1..]);
            return chosen(Some(target), href);
        }
        unreachable!("a case does not have every step at once")
    }

    /// How many entries the audit log has.
    async fn entries(&self) -> i64 {
        let database = self.app.app.database.reader();
        let query = "SELECT audit_seq FROM chain_heads";
        let query = Statement::from_string(database.get_database_backend(), query);
        database.query_one_raw(query).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    async fn compare(&self, case: &Plain) -> Result<(), String> {
        let found = self.app.director().get(&format!("/api/v1/cases/{}", case.id)).await.ok();
        self.seen.lock().unwrap().insert(format!("status {}", case.status));
        let expected = (json!(case.status), case.outcome.clone().map_or(Value::Null, Value::from));
        let outcome = found.body.get("outcome").cloned().unwrap_or_default();
        if (found.body["status"].clone(), outcome) == expected {
            Ok(())
        } else {
            Err(format!("the case is {}, the model says {expected:?}", found.text))
        }
    }
}

/// Whether the answer is what the list said it would be.
fn judge(choice: &Choice, answer: &Answer, written: i64) -> Result<(), String> {
    let status = answer.status.as_u16();
    let fits = match &choice.missing {
        Some(missing) if missing.is_empty() => answer.status.is_success(),
        Some(missing) => {
            let errors = answer.body["errors"].as_array().into_iter().flatten();
            let codes: Vec<&str> = errors.filter_map(|it| it["code"].as_str()).collect();
            status == 409 && codes == *missing
        }
        None => matches!(status, 403 | 404 | 409),
    };
    if !fits {
        return Err(format!("{choice:?} was answered {status} {}", answer.text));
    }
    if written != i64::from(answer.status.is_success()) {
        return Err(format!("{choice:?} was answered {status} and left {written} entries"));
    }
    Ok(())
}
