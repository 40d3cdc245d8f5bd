//! Cases brought to a stage of their life over HTTP, each step by whoever takes it at the
//! station. For tests that need a case that is somewhere, not for tests of how it got there.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use huijie::clock::shanghai_day;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp};

/// How far a case has come, in the order of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// With two parties whose identities are verified, and a claim.
    Registered,
    Accepted,
    /// Everything is there that mediation needs: consents, notices, a presiding mediator.
    Prepared,
    Mediating,
    /// A hearing is to come, of which nobody was told.
    Scheduled,
    /// Everybody was told and the hearing has begun.
    Begun,
    Held,
    /// With minutes.
    Minuted,
    /// With a draft of a refund in two parts and an apology.
    Drafted,
    Locked,
    /// The agreement is in force.
    Performing,
    /// Every duty is performed.
    Performed,
    Closed,
    Archived,
}

const STAGES: [Stage; 14] = [
    Stage::Registered,
    Stage::Accepted,
    Stage::Prepared,
    Stage::Mediating,
    Stage::Scheduled,
    Stage::Begun,
    Stage::Held,
    Stage::Minuted,
    Stage::Drafted,
    Stage::Locked,
    Stage::Performing,
    Stage::Performed,
    Stage::Closed,
    Stage::Archived,
];

/// A case and what tests need to know of it.
pub struct Case<'a> {
    app: &'a TestApp,
    pub id: Uuid,
    pub applicant: Uuid,
    pub respondent: Uuid,
    /// The user name of who presides once the case is prepared.
    presiding: &'static str,
    stage: Stage,
}

impl<'a> Case<'a> {
    /// A case of the station's own office, registered by its clerk, mediated by `mediator`.
    pub async fn at(app: &'a TestApp, stage: Stage) -> Self {
        let mut case = Self::registered_by(&app.clerk(), app, "mediator").await;
        case.bring_to(stage).await;
        case
    }

    /// A case that `person` registered and `presiding` will mediate.
    pub async fn registered_by(
        person: &Person<'a>,
        app: &'a TestApp,
        presiding: &'static str,
    ) -> Self {
        Self::registered_as(&dispute(), person, app, presiding).await
    }

    /// The same with this content.
    pub async fn registered_as(
        content: &Value,
        person: &Person<'a>,
        app: &'a TestApp,
        presiding: &'static str,
    ) -> Self {
        let case = person.post("/api/v1/cases").json(content).await.created();
        let (applicant, respondent) = (case.uuid("/parties/0/id"), case.uuid("/parties/1/id"));
        let stage = Stage::Registered;
        Self { app, id: case.id(), applicant, respondent, presiding, stage }
    }

    /// The case stands at an earlier stage again: it came onto another track.
    pub fn continue_from(&mut self, stage: Stage) -> &mut Self {
        self.stage = stage;
        self
    }

    /// Who may do most.
    pub fn director(&self) -> Person<'a> {
        self.app.director()
    }

    /// Takes the steps that are left until `stage`.
    pub async fn bring_to(&mut self, stage: Stage) {
        for next in STAGES.into_iter().filter(|it| self.stage < *it && *it <= stage) {
            self.take(next).await;
        }
        self.stage = self.stage.max(stage);
    }

    async fn take(&self, stage: Stage) {
        let (clerk, director) = (self.app.clerk(), self.app.director());
        let presiding = self.presiding();
        match stage {
            Stage::Registered => {}
            Stage::Accepted => drop(self.post(&director, "/acceptance", &Value::Null).await),
            Stage::Prepared => self.prepare().await,
            Stage::Mediating => {
                self.post(&presiding, "/mediation-start", &Value::Null).await;
            }
            Stage::Scheduled => drop(self.schedule().await),
            Stage::Begun => self.announce().await,
            Stage::Held => self.hold().await,
            Stage::Minuted => {
                let hearing = self.hearing().await;
                let minutes = json!({ "content": "双方同意分两期退款。", "result": "agreement", "read_back": true });
                self.write(&presiding, &format!("/api/v1/hearings/{hearing}/minutes"), &minutes)
                    .await;
            }
            Stage::Drafted => {
                let path = self.path("/agreement");
                let put = presiding.put(&path).if_match(self.version().await);
                put.json(&self.agreement()).await.ok();
            }
            Stage::Locked => drop(self.post(&presiding, "/agreement/lock", &Value::Null).await),
            Stage::Performing => self.put_in_force().await,
            Stage::Performed => self.perform().await,
            Stage::Closed => {
                let revisit = json!({ "visited_at": self.now(), "manner": "phone", "findings": "均已履行。" });
                self.post(&presiding, "/revisits", &revisit).await;
                self.post(&presiding, "/closure", &Value::Null).await;
            }
            Stage::Archived => {
                let filed = json!({ "retention": "thirty_years", "page_count": 24 });
                let who = if self.seen_by(&clerk).await { clerk } else { director };
                self.post(&who, "/archive", &filed).await;
            }
        }
    }

    async fn prepare(&self) {
        let director = self.app.director();
        for party_id in [self.applicant, self.respondent] {
            let consent = json!({
                "party_id": party_id, "subject": "mediation", "decision": "given",
                "declared_at": self.now(), "manner": "in_person",
            });
            self.post(&director, "/consents", &consent).await;
            let notice = json!({
                "party_id": party_id, "told_at": self.now(), "manner": "in_person",
                "acknowledged": true,
            });
            self.post(&director, "/rights-notices", &notice).await;
        }
        let assignment = self.assign(self.presiding, "presiding").await;
        self.accept_assignment(self.presiding, assignment).await;
    }

    /// Proposes a seat.
    pub async fn assign(&self, username: &str, seat: &str) -> Uuid {
        let mediator_id = self.app.person(username).user_id().await;
        let body = json!({ "mediator_id": mediator_id, "seat": seat, "origin": "designated" });
        self.post(&self.app.director(), "/assignments", &body).await.created().id()
    }

    pub async fn accept_assignment(&self, username: &str, assignment: Uuid) {
        let path = format!("/api/v1/assignments/{assignment}/response");
        self.write(&self.app.person(username), &path, &json!({ "answer": "accept" })).await;
    }

    /// Schedules a hearing in five minutes, or as soon after as everybody is free.
    pub async fn schedule(&self) -> Uuid {
        let body = |starts_at: DateTime<Utc>| {
            json!({
                "mode": "on_site", "place": "徐家汇街道司法所二号调解室",
                "starts_at": starts_at, "ends_at": starts_at + TimeDelta::minutes(20),
            })
        };
        let soon = self.now() + TimeDelta::minutes(5);
        let soon = on_one_day(soon, TimeDelta::minutes(20));
        let path = self.path("/hearings");
        let answer = self.try_write(&self.presiding(), &path, &body(soon)).await;
        let free = answer.body["next_free_at"].as_str().map(|it| it.parse().unwrap());
        match free {
            Some(free) => self.write(&self.presiding(), &path, &body(free)).await.created().id(),
            None => answer.created().id(),
        }
    }

    /// Cancels whatever is scheduled.
    pub async fn call_off(&self) {
        let hearings = self.director().get(&self.path("/hearings")).await.ok();
        for it in hearings.body.as_array().unwrap().iter().filter(|it| it["status"] == "scheduled")
        {
            let path = format!("/api/v1/hearings/{}/cancellation", it["id"].as_str().unwrap());
            self.write(&self.director(), &path, &json!({ "reason": "另行安排。" })).await;
        }
    }

    async fn announce(&self) {
        let path = format!("/api/v1/hearings/{}", self.hearing().await);
        let starts_at = self.director().get(&path).await.ok().string("/starts_at");
        let starts_at: DateTime<Utc> = starts_at.parse().unwrap();
        let path = format!("{path}/notices");
        for party_id in self.parties().await {
            let notice = json!({ "party_id": party_id, "told_at": self.now(), "manner": "phone" });
            self.write(&self.presiding(), &path, &notice).await;
        }
        self.app.pass(starts_at + TimeDelta::minutes(1) - self.now());
    }

    async fn hold(&self) {
        let path = format!("/api/v1/hearings/{}/attendance", self.hearing().await);
        let mediator = self.presiding().user_id().await;
        let present =
            |kind: &str, id: Uuid| json!({ "kind": kind, "person_id": id, "present": true });
        let mut all = vec![present("mediator", mediator)];
        all.extend(self.parties().await.into_iter().map(|it| present("party", it)));
        let attendees = json!({ "attendees": all });
        self.write(&self.presiding(), &path, &attendees).await;
    }

    async fn put_in_force(&self) {
        let hash = self.text_hash().await;
        let presiding = self.presiding();
        let sign = |signer: &str, party_id: Option<Uuid>| {
            let mut body = json!({
                "signer": signer, "method": "pen", "place": "工作站", "text_hash": &hash,
            });
            if let Some(party_id) = party_id {
                body["party_id"] = json!(party_id);
            }
            body
        };
        for party_id in [self.applicant, self.respondent] {
            self.post(&presiding, "/agreement/signatures", &sign("party", Some(party_id))).await;
        }
        self.post(&presiding, "/agreement/signatures", &sign("mediator", None)).await;
        self.post(&self.app.director(), "/agreement/seal", &self.seal().await).await;
    }

    /// The seal of the office that handles the case.
    pub async fn seal(&self) -> Value {
        json!({ "office_id": self.read().await.body["office_id"] })
    }

    async fn perform(&self) {
        for duty in self.duties().await {
            let mut body = json!({
                "term_id": duty["term_id"], "kind": "performed", "happened_on": self.today(),
            });
            if duty["instalment_id"].is_string() {
                body["instalment_id"] = duty["instalment_id"].clone();
            }
            self.post(&self.presiding(), "/performances", &body).await;
        }
    }

    /// A refund in two parts and an apology, due in the weeks to come.
    pub fn agreement(&self) -> Value {
        let day = |weeks: u64| self.today() + Days::new(7 * weeks);
        json!({
            "facts": "申请人购买健身年卡后门店停业。",
            "disputed_matters": "剩余费用何时退还。",
            "responsibilities": "被申请人退还未履行部分的费用。",
            "terms": [
                {
                    "kind": "refund", "obligor_id": self.respondent, "obligee_id": self.applicant,
                    "amount_fen": 358_000, "due_on": day(8), "manner": "银行转账",
                    "description": "退还剩余费用。",
                    "instalments": [
                        { "amount_fen": 200_000, "due_on": day(4) },
                        { "amount_fen": 158_000, "due_on": day(8) },
                    ],
                },
                {
                    "kind": "apology", "obligor_id": self.respondent, "obligee_id": self.applicant,
                    "due_on": day(2), "manner": "当面", "description": "表示歉意。",
                },
            ],
        })
    }

    /// The duties of the agreement in force, with how they stand.
    pub async fn duties(&self) -> Vec<Value> {
        let path = self.path("/performances");
        let found = self.app.director().get(&path).await.ok();
        found.body["duties"].as_array().cloned().unwrap_or_default()
    }

    pub async fn text_hash(&self) -> String {
        self.app.director().get(&self.path("/agreement")).await.ok().string("/text_hash")
    }

    /// The last hearing.
    pub async fn hearing(&self) -> Uuid {
        let hearings = self.app.director().get(&self.path("/hearings")).await.ok();
        let last = hearings.body.as_array().and_then(|it| it.last()).expect("a hearing");
        last["id"].as_str().expect("an id").parse().unwrap()
    }

    /// Everybody in dispute.
    async fn parties(&self) -> Vec<Uuid> {
        let all = self.app.director().get(&self.path("/parties")).await.ok();
        let id = |it: &Value| it["id"].as_str().unwrap().parse().unwrap();
        all.body.as_array().unwrap().iter().map(id).collect()
    }

    async fn seen_by(&self, person: &Person<'_>) -> bool {
        person.get(&self.path("")).await.status == 200
    }

    /// Who presides.
    pub fn presiding(&self) -> Person<'a> {
        self.app.person(self.presiding)
    }

    /// The address of something of this case.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/cases/{}{rest}", self.id)
    }

    /// The case as the director reads it.
    pub async fn read(&self) -> Answer {
        self.app.director().get(&self.path("")).await.ok()
    }

    pub async fn version(&self) -> String {
        self.read().await.version()
    }

    /// A step below the case's own address, which must succeed.
    pub async fn post(&self, person: &Person<'a>, rest: &str, body: &Value) -> Answer {
        self.write(person, &self.path(rest), body).await
    }

    /// A step at any address on the version that stands, which must succeed.
    pub async fn write(&self, person: &Person<'a>, path: &str, body: &Value) -> Answer {
        self.try_write(person, path, body).await.success()
    }

    /// The same, whatever is answered.
    pub async fn try_write(&self, person: &Person<'a>, path: &str, body: &Value) -> Answer {
        let request = person.send(Method::POST, path).if_match(self.version().await);
        if body.is_null() { request.await } else { request.json(body).await }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.app.clock.now()
    }

    pub fn today(&self) -> NaiveDate {
        shanghai_day(self.now())
    }
}

/// This start, or the first after it from which so long is not over midnight.
pub fn on_one_day(starts_at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    let same = shanghai_day(starts_at) == shanghai_day(starts_at + length);
    if same { starts_at } else { starts_at + length }
}

impl Person<'_> {
    /// The id of this person's account.
    pub async fn user_id(&self) -> Uuid {
        self.get("/api/v1/me").await.ok().id()
    }
}

impl Answer {
    /// The id at a JSON pointer.
    #[track_caller]
    pub fn uuid(&self, pointer: &str) -> Uuid {
        self.string(pointer).parse().unwrap_or_else(|it| panic!("{pointer}: {it}\n{}", self.text))
    }
}

/// A dispute with everything that acceptance needs.
pub fn dispute() -> Value {
    json!({
        "channel": "walk_in", "legal_basis": "applied",
        "title": "健身房停业，预付卡余额退款纠纷",
        "facts": "申请人购买健身年卡后门店停业，余额未退。",
        "category": "prepaid_card", "subject_kind": "service", "subject_name": "健身年卡",
        "price_fen": 429_600, "prepaid_card": true,
        "parties": [
            {
                "role": "applicant", "kind": "natural_person", "name": "陈晓雯",
                "identity_document": "resident_id_card", "id_number": "11010519491231002X",
                "identity_verified": true, "phone": "13816168000",
            },
            {
                "role": "respondent", "kind": "organization", "name": "上海悦动健身有限公司",
                "identity_document": "business_license", "identity_verified": true,
                "credit_code": "91350100M000100Y43", "phone": "021-64381234",
            },
        ],
        "claims": [{ "kind": "refund", "amount_fen": 358_000, "description": "退还剩余费用。" }],
    })
}
