//! Whoever copies an example out of the document gets an answer, not a refusal: every request
//! example is sent as it stands, only with the ids that are there instead of the made-up ones.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use huijie::http::{EXAMPLE_ID, example_instant};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp, on_both_databases};
use crate::openapi::{Operation, operations};
use crate::stages::{Case, Stage};

on_both_databases!(
    every_example_of_a_case_works,
    every_example_of_an_account_works,
    every_example_of_a_register_works,
    every_example_about_deadlines_works,
    every_example_of_a_calculator_works,
    every_example_of_the_district_works,
);

/// Who sends the example, and how far the case has to be.
fn occasion(operation_id: &str) -> Option<(&'static str, Stage)> {
    Some(match operation_id {
        "register_case" | "update_case" | "add_party" | "update_party" | "add_agent"
        | "add_claim" | "request_supplement" | "answer_supplement" | "unmask_party"
        | "decline_case" | "refer_case" => ("clerk", Stage::Registered),
        "withdraw_case"
        | "record_settlement"
        | "record_consent"
        | "record_rights_notice"
        | "record_route_notice" => ("clerk", Stage::Accepted),
        "approve_unmasking" | "assign_mediator" | "release_mediator" | "suggest_mediators" => {
            ("director", Stage::Accepted)
        }
        "record_mediator_wish" | "record_party_time" => ("clerk", Stage::Accepted),
        "respond_to_assignment" => ("mediator", Stage::Accepted),
        "schedule_hearing" => ("clerk", Stage::Mediating),
        "invite_participant" | "draft_agreement" | "preview_agreement" => {
            ("mediator", Stage::Mediating)
        }
        "reschedule_hearing" | "notify_of_hearing" | "cancel_hearing" => {
            ("clerk", Stage::Scheduled)
        }
        "adjourn_hearing" => ("mediator", Stage::Scheduled),
        "record_attendance" => ("mediator", Stage::Begun),
        "record_minutes" => ("mediator", Stage::Held),
        "record_oral_agreement" | "conclude_mediation" => ("mediator", Stage::Minuted),
        "sign_agreement" | "send_signing_code" => ("mediator", Stage::Locked),
        "record_performance" | "record_revisit" => ("mediator", Stage::Performing),
        "archive_case" => ("clerk", Stage::Closed),
        "entrust_case" | "recall_case" | "hand_over_case" | "return_case"
        | "decide_termination" => ("director", Stage::Accepted),
        "seal_agreement" => ("director", Stage::Locked),
        "request_recusal" => ("clerk", Stage::Accepted),
        "decide_recusal" => ("director", Stage::Accepted),
        "suspend_mediation" | "resume_mediation" | "extend_mediation" => {
            ("director", Stage::Accepted)
        }
        "record_contact" | "record_feedback" | "correct_locality" | "answer_referral"
        | "withdraw_evidence" | "make_paper" | "make_volume" => ("clerk", Stage::Registered),
        "record_investigation" => ("mediator", Stage::Prepared),
        "decide_duplicate" | "add_group_members" => ("clerk", Stage::Registered),
        "report_clue" => ("mediator", Stage::Prepared),
        "apply_for_confirmation" | "record_court_answer" => ("clerk", Stage::Performing),
        _ => return None,
    })
}

/// Examples that are not about a case; the other test sends them in their order.
const OF_ACCOUNTS: &[&str] = &[
    "set_up_station",
    "log_in",
    "refresh_tokens",
    "change_my_password",
    "create_user",
    "update_user",
    "reset_user_password",
    "create_office",
    "update_office",
    // What deadlines are counted by.
    "import_calendar",
    "assess_rule_set",
    "create_rule_set",
    "calculate_deadline",
];

/// Examples of the calculators, with the last part of their paths.
const OF_CALCULATORS: &[(&str, &str)] = &[
    ("calculate_prepaid_refund", "prepaid-refund"),
    ("calculate_punitive_damages", "punitive-damages"),
    ("calculate_seven_day_return", "seven-day-return"),
    ("calculate_interest", "interest"),
    ("calculate_amount_in_words", "amount-in-words"),
];

/// Examples of what is not part of a case; a test of their own sends them in their order.
const OF_REGISTERS: &[&str] = &[
    "declare_interest",
    "end_interest",
    "extend_clue",
    "decide_clue",
    "update_mediator_profile",
    "record_absence",
    "end_absence",
    "hold_room",
    "create_calendar_feed",
    "search_cases",
    "search_enterprises",
];

/// Examples of the district, in the order in which one needs another.
const OF_THE_DISTRICT: &[(&str, &str)] = &[
    ("service_point", "service-points"),
    ("building", "buildings"),
    ("liaison", "liaisons"),
    ("room", "rooms"),
    ("enterprise", "enterprises"),
];

fn is_of_the_district(id: &str) -> bool {
    let writes = |noun: &str| [format!("create_{noun}"), format!("update_{noun}")];
    id == "record_visit"
        || OF_THE_DISTRICT.iter().any(|(noun, _)| writes(noun).iter().any(|it| it == id))
}

/// Examples were written in the second hour of the first day.
fn let_the_examples_happen(app: &TestApp) {
    app.app.clock.set(example_instant() + TimeDelta::hours(1));
}

async fn every_example_of_a_case_works(app: &TestApp) {
    let_the_examples_happen(app);
    let mut sent = BTreeSet::new();
    for operation in operations(app).await {
        let Some(example) = operation.example.clone() else { continue };
        let Some((username, stage)) = occasion(&operation.id) else {
            let known = OF_ACCOUNTS.iter().chain(OF_REGISTERS).any(|it| *it == operation.id)
                || OF_CALCULATORS.iter().any(|(id, _)| *id == operation.id)
                || is_of_the_district(&operation.id);
            assert!(known, "nobody knows how to bring about {}", operation.id);
            continue;
        };
        let case = Case::at(app, stage).await;
        let ids = Ids::of(app, &case, &operation.id).await;
        let body = ids.put_into(example);
        let path = operation.path_with(|name| ids.named(name));
        let request = app.person(username).send(operation.method.clone(), &path);
        let answer = request.if_match(case.version().await).json(&body).await;
        assert!(answer.status.is_success(), "{}: {}\n{body:#}", operation.id, answer.text);
        if operation.id.ends_with("_hearing") {
            // The next example has the same time and the same people.
            case.call_off().await;
        }
        sent.insert(operation.id);
    }
    assert!(sent.len() > 30, "{sent:?}");
}

/// What the made-up ids stand for.
struct Ids {
    office: Uuid,
    /// Who can sit on the panel.
    mediator: Uuid,
    /// Who may be allowed to read a minor's data.
    user: Uuid,
    case: Uuid,
    /// Another case like it.
    other: Option<Uuid>,
    applicant: Uuid,
    respondent: Uuid,
    assignment: Option<Uuid>,
    hearing: Option<Uuid>,
    supplement: Option<Uuid>,
    recusal: Option<Uuid>,
    suspension: Option<Uuid>,
    evidence: Option<Uuid>,
    /// A term that is not paid in parts.
    term: Option<Uuid>,
    text_hash: Option<String>,
}

impl Ids {
    /// Makes what the operation is about and the stage does not bring along.
    async fn of(app: &TestApp, case: &Case<'_>, operation_id: &str) -> Self {
        let director = app.director();
        let mut ids = Self {
            office: app.clerk().get("/api/v1/me").await.ok().uuid("/office_id"),
            mediator: app.mediator().user_id().await,
            user: app.clerk().user_id().await,
            case: case.id,
            other: None,
            applicant: case.applicant,
            respondent: case.respondent,
            assignment: None,
            hearing: None,
            supplement: None,
            recusal: None,
            suspension: None,
            evidence: None,
            term: None,
            text_hash: None,
        };
        match operation_id {
            "answer_supplement" => {
                let asked = json!({ "items": "凭证", "due_on": case.today(), "manner": "phone" });
                ids.supplement = Some(case.post(&director, "/supplements", &asked).await.id());
            }
            "respond_to_assignment" | "release_mediator" => {
                ids.assignment = Some(case.assign("mediator", "presiding").await);
            }
            "request_recusal" => {
                ids.assignment = Some(case.assign("mediator", "presiding").await);
            }
            "decide_recusal" => {
                let seat = case.assign("mediator", "presiding").await;
                crate::recusals::on_the_authoritys_track(app, case).await;
                let request = crate::recusals::request(case, seat);
                ids.recusal = Some(case.post(&director, "/recusals", &request).await.id());
            }
            "entrust_case" | "hand_over_case" | "decide_termination" => {
                for subject in ["entrustment", "hand_over"] {
                    crate::tracks::consents(case, subject).await;
                }
                crate::recusals::on_track(app, case, "administrative_mediation").await;
            }
            "recall_case" | "return_case" => {
                crate::recusals::on_track(app, case, "entrusted_mediation").await;
            }
            "record_court_answer" => {
                let asked = crate::confirmation::application(case);
                case.post(&director, "/judicial-confirmation", &asked).await.created();
            }
            "resume_mediation" => {
                let still =
                    json!({ "reason": "illness", "from": case.today(), "explanation": "住院。" });
                ids.suspension = Some(case.post(&director, "/suspensions", &still).await.id());
            }
            "answer_referral" => {
                let desk = json!({ "office_id": ids.office, "explanation": "不属于受理范围。" });
                case.post(&director, "/referral", &desk).await;
            }
            "withdraw_evidence" => {
                ids.evidence = Some(crate::evidence::picture_in(case).await);
            }
            "extend_mediation" => crate::tracks::consents(case, "extension").await,
            "decide_duplicate" | "add_group_members" => {
                ids.other = Some(Case::at(app, Stage::Registered).await.id);
            }
            "record_feedback" => crate::deadlines::as_order(app, case).await,
            "report_clue" => ids.office = crate::clues::authority(app).await,
            "conclude_mediation" => {
                for party_id in [case.applicant, case.respondent] {
                    let told =
                        json!({ "party_id": party_id, "told_at": case.now(), "manner": "post" });
                    case.post(&director, "/route-notices", &told).await;
                }
            }
            "sign_agreement" => ids.text_hash = Some(case.text_hash().await),
            "record_performance" => {
                let whole = |it: &&Value| it["instalment_id"].is_null();
                let duties = case.duties().await;
                let duty = duties.iter().find(whole).expect("a duty without parts");
                ids.term = Some(duty["term_id"].as_str().unwrap().parse().unwrap());
            }
            _ => {}
        }
        if occasion(operation_id).is_some_and(|(_, stage)| stage >= Stage::Scheduled) {
            ids.hearing = Some(case.hearing().await);
        }
        ids
    }

    /// The id that a member or a parameter of this name means.
    fn named(&self, name: &str) -> String {
        let id = match name {
            "case_id" => Some(self.case),
            "other_case_id" => self.other,
            "party_id" | "obligee_id" | "requested_by" => Some(self.applicant),
            "obligor_id" | "respondent_id" => Some(self.respondent),
            "office_id" => Some(self.office),
            "mediator_id" => Some(self.mediator),
            "user_id" => Some(self.user),
            "assignment_id" => self.assignment,
            "hearing_id" => self.hearing,
            "supplement_id" => self.supplement,
            "recusal_id" => self.recusal,
            "suspension_id" => self.suspension,
            "evidence_id" => self.evidence,
            "term_id" => self.term,
            _ => None,
        };
        id.unwrap_or_else(|| panic!("nobody knows what {name} is here")).to_string()
    }

    /// Replaces only what cannot be known beforehand.
    fn put_into(&self, mut example: Value) -> Value {
        let mut parties = [self.applicant, self.respondent].into_iter();
        let attendees = example.get_mut("attendees").and_then(Value::as_array_mut);
        for attendee in attendees.into_iter().flatten() {
            attendee["person_id"] = match attendee["kind"].as_str() {
                Some("party") => json!(parties.next().expect("two parties")),
                Some("mediator") => json!(self.mediator),
                other => panic!("nobody knows who the {other:?} is"),
            };
        }
        if let Some(all) = example.get_mut("party_ids") {
            *all = json!([self.applicant, self.respondent]);
        }
        if let Some(all) = example.get_mut("case_ids") {
            *all = json!([self.other.expect("another case")]);
        }
        self.replace(&mut example);
        if let (Some(hash), Some(place)) = (&self.text_hash, example.get_mut("text_hash")) {
            *place = json!(hash);
        }
        example
    }

    fn replace(&self, value: &mut Value) {
        let made_up = json!(EXAMPLE_ID);
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if *member == made_up {
                        *member = json!(self.named(name));
                    } else {
                        self.replace(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|it| self.replace(it)),
            _ => {}
        }
    }
}

/// The example of one operation.
fn example(operations: &[Operation], id: &str) -> Value {
    let operation = operations.iter().find(|it| it.id == id).expect("the operation");
    operation.example.clone().expect("it has an example")
}

async fn every_example_of_an_account_works(app: &TestApp) {
    let all = operations(app).await;
    let admin = app.admin();
    let post = async |person: &Person<'_>, path: &str, body: &Value| -> Answer {
        person.post(path).json(body).await.success()
    };
    let made = post(&admin, "/api/v1/offices", &example(&all, "create_office")).await.created();
    let office = format!("/api/v1/offices/{}", made.id());
    let name = example(&all, "update_office");
    admin.patch(&office).if_match(made.version()).json(&name).await.ok();

    let mut newcomer = example(&all, "create_user");
    newcomer["office_id"] = json!(made.id());
    let made = post(&admin, "/api/v1/users", &newcomer).await.created();
    let user = format!("/api/v1/users/{}", made.id());
    let change = example(&all, "update_user");
    let changed = admin.patch(&user).if_match(made.version()).json(&change).await.ok();
    let reset = admin.post(&format!("{user}/password")).if_match(changed.version());
    reset.json(&example(&all, "reset_user_password")).await.ok();

    // The clerk of the examples, with the password of the examples.
    let clerk = format!("/api/v1/users/{}", app.clerk().user_id().await);
    let credentials = example(&all, "log_in");
    let password = json!({ "password": credentials["password"] });
    let version = admin.get(&clerk).await.ok().version();
    let reset = admin.post(&format!("{clerk}/password")).if_match(version);
    reset.json(&password).await.ok();
    let pair = post(&app.stranger(), "/api/v1/auth/login", &credentials).await;
    let mut refresh = example(&all, "refresh_tokens");
    refresh["refresh_token"] = pair.body["refresh_token"].clone();
    let pair = post(&app.stranger(), "/api/v1/auth/refresh", &refresh).await;
    let clerk = app.bearer(&pair.string("/access_token"));
    post(&clerk, "/api/v1/me/password", &example(&all, "change_my_password")).await.no_content();
}

async fn every_example_of_a_register_works(app: &TestApp) {
    let all = operations(app).await;
    let mediator = app.mediator();
    let path = format!("/api/v1/mediators/{}/interests", mediator.user_id().await);
    let made = mediator.post(&path).json(&example(&all, "declare_interest")).await.created();
    let path = format!("/api/v1/interests/{}/end", made.id());
    mediator.post(&path).json(&example(&all, "end_interest")).await.ok();

    let of_mediator = format!("/api/v1/mediators/{}", mediator.user_id().await);
    let profile = example(&all, "update_mediator_profile");
    let path = format!("{of_mediator}/profile");
    app.director().put(&path).if_match(0).json(&profile).await.ok();
    let path = format!("{of_mediator}/absences");
    let made = mediator.post(&path).json(&example(&all, "record_absence")).await.created();
    let path = format!("/api/v1/absences/{}/end", made.id());
    mediator.post(&path).json(&example(&all, "end_absence")).await.ok();

    for what in ["cases", "enterprises"] {
        let asked = example(&all, &format!("search_{what}"));
        app.clerk().post(&format!("/api/v1/searches/{what}")).json(&asked).await.ok();
    }

    let case = Case::at(app, Stage::Registered).await;
    let director = app.director();
    let clue = crate::clues::clue(&case, crate::clues::authority(app).await);
    let clue = case.post(&director, "/clues", &clue).await.id();
    let step = async |name: &str, body: Option<Value>| {
        let path = format!("/api/v1/clues/{clue}");
        let version = director.get(&path).await.ok().version();
        let request = director.post(&format!("{path}/{name}")).if_match(version);
        match body {
            Some(body) => request.json(&body).await.ok(),
            None => request.await.ok(),
        }
    };
    step("receipt", None).await;
    step("extension", Some(example(&all, "extend_clue"))).await;
    step("decision", Some(example(&all, "decide_clue"))).await;
}

async fn every_example_about_deadlines_works(app: &TestApp) {
    let all = operations(app).await;
    let admin = app.admin();
    let calendar = example(&all, "import_calendar");
    let path = format!("/api/v1/calendars/{}", calendar["year"]);
    admin.put(&path).if_match(0).json(&calendar).await.ok();
    let rules = example(&all, "create_rule_set");
    let thought = example(&all, "assess_rule_set");
    admin.post("/api/v1/rule-sets/impact").json(&thought).await.ok();
    admin.post("/api/v1/rule-sets").json(&rules).await.created();
    let asked = example(&all, "calculate_deadline");
    app.clerk().post("/api/v1/calculators/deadline").json(&asked).await.ok();
}

async fn every_example_of_a_calculator_works(app: &TestApp) {
    let all = operations(app).await;
    for (id, path) in OF_CALCULATORS {
        let path = format!("/api/v1/calculators/{path}");
        app.clerk().post(&path).json(&example(&all, id)).await.ok();
    }
}

async fn every_example_of_the_district_works(app: &TestApp) {
    let_the_examples_happen(app);
    let all = operations(app).await;
    let director = app.director();
    let mut made: std::collections::BTreeMap<String, Uuid> = std::collections::BTreeMap::new();
    let with_ids = |example: Value, made: &std::collections::BTreeMap<String, Uuid>| {
        let mut example = example;
        for (name, member) in example.as_object_mut().expect("an object") {
            if *member == json!(EXAMPLE_ID) {
                *member = json!(made[name]);
            }
        }
        example
    };
    for (noun, path) in OF_THE_DISTRICT {
        let path = format!("/api/v1/network/{path}");
        let body = with_ids(example(&all, &format!("create_{noun}")), &made);
        let created = director.post(&path).json(&body).await.created();
        made.insert(format!("{noun}_id"), created.id());
        let body = with_ids(example(&all, &format!("update_{noun}")), &made);
        let path = format!("{path}/{}", created.id());
        director.put(&path).if_match(created.version()).json(&body).await.ok();
    }
    let mut link = example(&all, "create_calendar_feed");
    link["mediator_id"] = json!(app.mediator().user_id().await);
    director.post("/api/v1/calendar-feeds").json(&link).await.created();
    let path = format!("/api/v1/network/rooms/{}/holds", made["room_id"]);
    director.post(&path).json(&example(&all, "hold_room")).await.created();
    let body = with_ids(example(&all, "record_visit"), &made);
    director.post("/api/v1/network/visits").json(&body).await.created();
}

#[tokio::test]
async fn the_example_of_the_set_up_works() {
    let app = TestApp::not_set_up().await;
    let mut set_up = example(&operations(&app).await, "set_up_station");
    let secret = huijie::identity::announce_setup(&app.app).await.unwrap();
    set_up["setup_secret"] = json!(secret.expect("a new station has a secret"));
    app.stranger().post("/api/v1/setup").json(&set_up).await.created();
    app.stop().await;
}
