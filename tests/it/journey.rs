//! The life of a case as the station would tell it, each step by its own person. Before every
//! step the person asks for the next actions and then does what was offered, at the address
//! that was offered; and at each stage something is tried that the law forbids, which
//! `next-actions` has to have said beforehand, in the same words.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Asia::Shanghai;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, Person, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    the_whole_life_of_a_case,
    an_oral_agreement_is_in_force_when_it_is_reached,
    a_declined_case_goes_to_the_archive,
    mediation_fails_once_everybody_knows_the_other_routes,
    a_refusal_of_a_party_ends_mediation,
    an_applicant_withdraws_at_any_stage,
    the_parties_settle_by_themselves,
    a_case_for_another_desk_is_referred,
);

/// An hour in Shanghai in 2026.
fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Shanghai.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap().to_utc()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A case and whoever works on it.
struct Journey<'a> {
    app: &'a TestApp,
    case: Uuid,
}

impl<'a> Journey<'a> {
    /// Takes a step that is offered.
    async fn step(&self, who: &Person<'a>, action: &str, body: Value) -> Answer {
        self.step_on(who, action, None, body).await
    }

    /// Takes a step that is offered on one of several things.
    async fn step_on(
        &self,
        who: &Person<'a>,
        action: &str,
        target: Option<Uuid>,
        body: Value,
    ) -> Answer {
        let (version, offer) = self.offer(who, action, target).await;
        assert_eq!(offer["possible"], true, "{action}: {offer:#}");
        assert_eq!(offer["missing"], json!([]), "{action}");
        send(who, &offer, &version, &body).await.success()
    }

    /// Tries a step that is shut: `next-actions` says what is missing and under which article,
    /// and the real call refuses with the same.
    async fn shut(
        &self,
        who: &Person<'a>,
        action: &str,
        body: Value,
        missing: &[&str],
        law: &[&str],
    ) {
        let (version, offer) = self.offer(who, action, None).await;
        assert_eq!(offer["possible"], false, "{action}: {offer:#}");
        assert_eq!(codes(&offer["missing"]), missing, "{action}: {offer:#}");

        let refusal = send(who, &offer, &version, &body).await.status(409);
        assert_eq!(codes(&refusal.body["errors"]), missing, "{action}");
        let details = |list: &Value| members(list, "detail");
        assert_eq!(details(&refusal.body["errors"]), details(&offer["missing"]), "{action}");
        let one = missing.len() == 1;
        let code = if one { missing[0] } else { "step_refused" };
        assert_eq!(refusal.body["code"], code, "{action}");
        assert_eq!(codes(&refusal.body["law"]), law, "{action}");
        let mut foretold: Vec<String> = Vec::new();
        for article in offer["missing"].as_array().unwrap().iter().flat_map(|it| codes(&it["law"]))
        {
            if !foretold.contains(&article) {
                foretold.push(article);
            }
        }
        assert_eq!(foretold, law, "{action}: what next-actions said");
    }

    /// The one offer of this action, and the version it was made at.
    async fn offer(&self, who: &Person<'a>, action: &str, target: Option<Uuid>) -> (String, Value) {
        let path = format!("/api/v1/cases/{}/next-actions", self.case);
        let answer = who.get(&path).await.ok();
        let offers = answer.body["actions"].as_array().unwrap();
        let wanted = |it: &&Value| {
            it["action"] == action && target.is_none_or(|id| it["target_id"] == json!(id))
        };
        let found: Vec<&Value> = offers.iter().filter(wanted).collect();
        assert_eq!(found.len(), 1, "offers of {action} among\n{}", answer.text);
        (answer.version(), found[0].clone())
    }

    /// Nothing of the kind is offered.
    async fn not_offered(&self, who: &Person<'a>, action: &str) {
        let path = format!("/api/v1/cases/{}/next-actions", self.case);
        let answer = who.get(&path).await.ok();
        let offers = answer.body["actions"].as_array().unwrap();
        assert!(offers.iter().all(|it| it["action"] != action), "{action}: {}", answer.text);
    }

    /// Tries something at any address of this case.
    async fn try_post(&self, who: &Person<'a>, rest: &str, body: &Value) -> Answer {
        let version = self.read(who).await.version();
        let path = format!("/api/v1/cases/{}{rest}", self.case);
        let request = who.post(&path).if_match(version);
        if body.is_null() { request.await } else { request.json(body).await }
    }

    async fn read(&self, who: &Person<'a>) -> Answer {
        who.get(&format!("/api/v1/cases/{}", self.case)).await.ok()
    }

    async fn get(&self, who: &Person<'a>, rest: &str) -> Answer {
        who.get(&format!("/api/v1/cases/{}{rest}", self.case)).await.ok()
    }

    fn clock(&self, instant: DateTime<Utc>) {
        assert!(instant > self.now(), "time only goes on");
        self.app.app.clock.set(instant);
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.app.clock.now()
    }
}

async fn send(who: &Person<'_>, offer: &Value, version: &str, body: &Value) -> Answer {
    let text = |name: &str| offer[name].as_str().unwrap();
    let method: Method = text("method").parse().unwrap();
    let request = who.send(method, text("href")).if_match(version);
    if body.is_null() { request.await } else { request.json(body).await }
}

fn members(list: &Value, name: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|it| it[name].as_str().unwrap().to_owned()).collect()
}

fn codes(list: &Value) -> Vec<String> {
    members(list, "code")
}

/// A refusal that depends on what was sent, with its article.
#[track_caller]
fn refused(answer: Answer, code: &str, law: &[&str]) {
    let answer = answer.problem(409, code);
    assert_eq!(codes(&answer.body["law"]), law, "{code}");
}

/// A boy's mother comes to the counter: the gym where he has a card has closed.
fn the_dispute() -> Value {
    json!({
        "channel": "walk_in", "legal_basis": "applied",
        "title": "健身房停业，未成年人预付卡退款纠纷",
        "facts": "申请人于 2026 年 1 月购买健身年卡，支付 4296 元。门店 2 月停业，余额未退。",
        "category": "prepaid_card", "subject_kind": "service", "subject_name": "健身年卡",
        "purchased_on": "2026-01-10", "price_fen": 429_600, "prepaid_card": true,
        "parties": [
            {
                "role": "applicant", "kind": "natural_person", "name": "周小宝",
                "identity_document": "resident_id_card", "id_number": "310104201005010035",
                "identity_verified": true, "phone": "13816168000",
                "address": "上海市徐汇区天钥桥路 1 号",
            },
            {
                "role": "respondent", "kind": "organization", "name": "上海悦动健身有限公司",
                "identity_document": "business_license", "credit_code": "91350100M000100Y43",
                "legal_representative": "周建国", "phone": "021-64381234",
            },
        ],
    })
}

async fn the_whole_life_of_a_case(app: &TestApp) {
    let (clerk, director) = (app.clerk(), app.director());
    let (wang, li, zhou) = (app.mediator(), app.second_mediator(), app.officer());

    // Monday, 2 March: the dispute comes in.
    let registered = clerk.post("/api/v1/cases").json(&the_dispute()).await.created();
    assert_eq!(registered.body["status"], "registered");
    assert_eq!(registered.body["track"], "people_mediation");
    assert_eq!(registered.body["parties"][0]["minor"], true);
    assert_eq!(registered.body["parties"][0]["name"], "周**");
    assert!(!registered.text.contains("310104201005010035"), "{}", registered.text);
    let (boy, gym) = (registered.uuid("/parties/0/id"), registered.uuid("/parties/1/id"));
    let it = Journey { app, case: registered.id() };
    app.other_clerk().get(&format!("/api/v1/cases/{}", it.case)).await.problem(404, "not_found");

    it.shut(&clerk, "accept_case", Value::Null, &["no_claim"], &["O121-10"]).await;
    let claim =
        json!({ "kind": "refund", "amount_fen": 358_000, "description": "退还剩余十个月。" });
    it.step(&clerk, "add_claim", claim).await.created();

    // The receipts are at home.
    let asked =
        json!({ "items": "购卡合同、付款凭证", "due_on": day(3, 6), "manner": "in_person" });
    it.step(&clerk, "request_supplement", asked).await.created();
    it.shut(&clerk, "accept_case", Value::Null, &["supplement_open"], &["O121-10"]).await;
    it.clock(at(3, 3, 9, 0));
    let answer = json!({ "answer": "已提交购卡合同和付款截图。" });
    it.step(&clerk, "answer_supplement", answer).await.ok();

    let accepted = it.step(&clerk, "accept_case", Value::Null).await.created();
    assert_eq!(accepted.body["case_number"], "（2026）徐消人调字第00001号");
    assert_eq!(accepted.body["status"], "accepted");
    it.not_offered(&clerk, "accept_case").await;
    it.try_post(&clerk, "/acceptance", &Value::Null).await.problem(409, "wrong_status");

    the_parties_and_their_agents(&it, boy, gym).await;
    let lawyer = agent_of(&it, gym).await;

    // Everything that mediation needs is still missing, and the director is told all of it.
    it.shut(
        &director,
        "start_mediation",
        Value::Null,
        &[
            "consent_missing",
            "consent_missing",
            "rights_not_told",
            "rights_not_told",
            "guardian_missing",
            "no_presiding_mediator",
        ],
        &["PML-17", "PML-23", "RULES2002-30", "CC-17", "CC-23", "PML-19"],
    )
    .await;
    let guardian = guardian_of(&it, boy).await;
    what_mediation_needs(&it, [boy, gym]).await;
    the_panel(&it).await;

    // Only who is on the panel sees the case; who declined does not any more.
    li.get(&format!("/api/v1/cases/{}", it.case)).await.problem(404, "not_found");
    it.not_offered(&clerk, "start_mediation").await;
    it.try_post(&clerk, "/mediation-start", &Value::Null).await.problem(403, "forbidden");
    let started = it.step(&wang, "start_mediation", Value::Null).await.created();
    assert_eq!(started.body["status"], "mediating");

    let panel = [wang.user_id().await, zhou.user_id().await];
    the_first_hearing(&it, &Sides { boy, guardian, gym, lawyer, panel }).await;
    a_second_hearing_that_is_not_held(&it).await;
    let text_hash = the_text(&it, boy, gym).await;
    the_signatures(&it, &Sides { boy, guardian, gym, lawyer, panel }, &text_hash).await;
    what_was_agreed_is_done(&it).await;
    the_file_is_closed(&it).await;
    nothing_is_lost(&it).await;
}

/// Who takes part.
struct Sides {
    boy: Uuid,
    guardian: Uuid,
    gym: Uuid,
    lawyer: Uuid,
    panel: [Uuid; 2],
}

/// The gym sends a lawyer, and somebody wants to telephone the boy.
async fn the_parties_and_their_agents(it: &Journey<'_>, boy: Uuid, gym: Uuid) {
    let clerk = it.app.clerk();
    let agents = format!("/parties/{gym}/agents");
    let mut lawyer = json!({
        "kind": "lawyer", "power": "settlement", "name": "李国栋",
        "organization": "上海衡山律师事务所",
        "mandate_scope": "代为参加调解，代为承认、放弃、变更诉求，进行和解。",
        "mandate_from": day(3, 1), "mandate_until": day(12, 31),
    });
    let refusal = it.try_post(&clerk, &agents, &lawyer).await;
    refused(refusal, "mandate_not_seen", &["O121-11", "CC-165"]);
    lawyer["mandate_seen"] = json!(true);
    it.step_on(&clerk, "add_agent", Some(gym), lawyer).await.created();

    // A minor's data is read only with a director's approval.
    let unmasking = format!("/api/v1/cases/{}/parties/{boy}/unmasking", it.case);
    let purpose = json!({ "purpose": "核对身份证号码" });
    let refusal = clerk.post(&unmasking).json(&purpose).await;
    refused(refusal, "minor_needs_approval", &["MINORS-NET-36"]);
    let approval = json!({ "user_id": clerk.user_id().await, "purpose": "核对身份", "hours": 1 });
    it.app.director().post(&format!("{unmasking}-approvals")).json(&approval).await.created();
    let plain = clerk.post(&unmasking).json(&purpose).await.ok();
    assert_eq!(plain.body["id_number"], "310104201005010035");
    assert_eq!(plain.body["name"], "周小宝");
    it.clock(it.now() + TimeDelta::minutes(61));
    clerk.post(&unmasking).json(&purpose).await.problem(409, "minor_needs_approval");
}

async fn agent_of(it: &Journey<'_>, party: Uuid) -> Uuid {
    let parties = it.get(&it.app.clerk(), "/parties").await;
    let parties = parties.body.as_array().unwrap();
    let party = parties.iter().find(|it| it["id"] == json!(party)).unwrap();
    party["agents"][0]["id"].as_str().unwrap().parse().unwrap()
}

/// His mother acts for the boy.
async fn guardian_of(it: &Journey<'_>, boy: Uuid) -> Uuid {
    let mother = json!({
        "kind": "guardian", "power": "settlement", "name": "周敏",
        "id_number": "310104198506120027", "phone": "13901234567",
    });
    it.step_on(&it.app.clerk(), "add_agent", Some(boy), mother).await.created().id()
}

/// Consent and the notice of rights, party by party.
async fn what_mediation_needs(it: &Journey<'_>, parties: [Uuid; 2]) {
    let (clerk, director) = (it.app.clerk(), it.app.director());
    for party_id in parties {
        let consent = json!({
            "party_id": party_id, "subject": "mediation", "decision": "given",
            "declared_at": it.now(), "manner": "phone",
        });
        it.step(&clerk, "record_consent", consent).await.created();
    }
    let notice = |party_id: Uuid, acknowledged: bool| {
        json!({
            "party_id": party_id, "told_at": it.now(), "manner": "written",
            "acknowledged": acknowledged,
        })
    };
    it.step(&clerk, "record_rights_notice", notice(parties[0], true)).await.created();
    // A notice without acknowledgement opens nothing.
    it.step(&clerk, "record_rights_notice", notice(parties[1], false)).await.created();
    it.shut(
        &director,
        "start_mediation",
        Value::Null,
        &["rights_not_told", "no_presiding_mediator"],
        &["PML-23", "RULES2002-30", "PML-19"],
    )
    .await;
    it.step(&clerk, "record_rights_notice", notice(parties[1], true)).await.created();
}

/// Wang presides; Li declines, because the owner of the gym is her cousin; Zhou of market
/// supervision takes her seat.
async fn the_panel(it: &Journey<'_>) {
    let director = it.app.director();
    let (wang, li, zhou) = (it.app.mediator(), it.app.second_mediator(), it.app.officer());
    let seat = async |who: &Person<'_>, seat: &str, origin: &str| {
        let body = json!({ "mediator_id": who.user_id().await, "seat": seat, "origin": origin });
        it.step(&director, "assign_mediator", body).await.created().id()
    };
    let presiding = seat(&wang, "presiding", "chosen_by_parties").await;
    let member = seat(&li, "member", "designated").await;
    let second = json!({
        "mediator_id": zhou.user_id().await, "seat": "presiding", "origin": "designated",
    });
    refused(
        it.try_post(&director, "/assignments", &second).await,
        "presiding_seat_taken",
        &["PML-19"],
    );

    let unanswered = &["assignment_not_answered"];
    it.shut(&director, "start_mediation", Value::Null, unanswered, &["PML-19"]).await;
    let accept = json!({ "answer": "accept" });
    it.step_on(&wang, "respond_to_assignment", Some(presiding), accept.clone()).await.ok();
    let reason = "与被申请人法定代表人有亲属关系";
    let decline = json!({ "answer": "decline", "reason": reason });
    it.step_on(&li, "respond_to_assignment", Some(member), decline).await.ok();

    let member = seat(&zhou, "member", "designated").await;
    it.shut(&director, "start_mediation", Value::Null, unanswered, &["PML-19"]).await;
    it.step_on(&zhou, "respond_to_assignment", Some(member), accept).await.ok();
    let seats = it.get(&director, "/assignments").await;
    assert_eq!(members(&seats.body, "status"), ["accepted", "declined", "accepted"]);
}

/// Both sides are told, but one of them of a time that was given up; an expert comes.
async fn the_first_hearing(it: &Journey<'_>, sides: &Sides) {
    let (clerk, wang) = (it.app.clerk(), it.app.mediator());
    let hours = |day: u32, from: u32| {
        json!({
            "mode": "on_site", "place": "徐家汇街道司法所二号调解室",
            "starts_at": at(3, day, from, 0), "ends_at": at(3, day, from + 2, 0),
        })
    };
    let hearing = it.step(&clerk, "schedule_hearing", hours(5, 9)).await.created().id();
    let told =
        |party_id: Uuid| json!({ "party_id": party_id, "told_at": it.now(), "manner": "phone" });
    it.step(&wang, "notify_of_hearing", told(sides.boy)).await.created();
    // The room is taken: the afternoon instead. The boy's notice no longer counts.
    it.step(&clerk, "reschedule_hearing", hours(5, 14)).await.ok();
    it.step(&wang, "notify_of_hearing", told(sides.gym)).await.created();

    let expert = json!({
        "name": "周明德", "organization": "上海市质量监督检验技术研究院", "capacity": "expert",
    });
    let expert = it.step(&wang, "invite_participant", expert).await.created().id();
    let attendees = attendance(sides, expert);
    it.shut(
        &wang,
        "record_attendance",
        attendees.clone(),
        &["hearing_not_announced", "hearing_not_begun"],
        &["O121-20"],
    )
    .await;
    it.step(&wang, "notify_of_hearing", told(sides.boy)).await.created();
    it.shut(&wang, "record_attendance", attendees.clone(), &["hearing_not_begun"], &[]).await;

    it.clock(at(3, 5, 14, 5));
    let path = format!("/api/v1/hearings/{hearing}/attendance");
    let version = it.read(&wang).await.version();
    let refusal = wang.post(&path).if_match(version).json(&attendees).await.status(409);
    assert_eq!(codes(&refusal.body["errors"]), ["invitation_not_consented"; 2]);
    assert_eq!(codes(&refusal.body["law"]), ["PML-20"]);
    for party_id in [sides.boy, sides.gym] {
        let consent = json!({
            "party_id": party_id, "subject": "invitation", "invitation_id": expert,
            "decision": "given", "declared_at": it.now(), "manner": "in_person",
        });
        it.step(&wang, "record_consent", consent).await.created();
    }
    let held = it.step(&wang, "record_attendance", attendees).await.created();
    assert_eq!(held.body["status"], "held");

    it.shut_lock(&["minutes_missing"], &["PML-27"]).await;
    let minutes = json!({
        "content": "双方核对记录，剩余十个月，合计 3580 元。被申请人同意退款，付款时间待定。",
        "result": "continue", "read_back": true,
    });
    let held = it.step(&it.app.officer(), "record_minutes", minutes).await.created();
    assert_eq!(held.body["result"], "continue");
    it.not_offered(&wang, "record_minutes").await;
}

/// The boy with his mother, the gym by its lawyer, the panel, the expert.
fn attendance(sides: &Sides, expert: Uuid) -> Value {
    let there = |kind: &str, id: Uuid| json!({ "kind": kind, "person_id": id, "present": true });
    json!({ "attendees": [
        there("party", sides.boy),
        there("agent", sides.guardian),
        json!({ "kind": "party", "person_id": sides.gym, "present": false }),
        there("agent", sides.lawyer),
        there("mediator", sides.panel[0]),
        there("mediator", sides.panel[1]),
        there("invited", expert),
    ]})
}

impl Journey<'_> {
    /// Tries to lock a text before there is one: what is missing besides is `more`. The gym's
    /// papers have not been looked at either.
    async fn shut_lock(&self, more: &[&str], law: &[&str]) {
        let missing = [&["identity_not_verified"], more, &["no_draft"]].concat();
        let law = [law, &["PML-29"]].concat();
        self.shut(&self.app.mediator(), "lock_agreement", Value::Null, &missing, &law).await;
    }
}

/// A second hearing online is put off, and cancelled when the parties have agreed meanwhile.
async fn a_second_hearing_that_is_not_held(it: &Journey<'_>) {
    let wang = it.app.mediator();
    let online = json!({
        "mode": "online", "link": "https://meeting.example.cn/xjh/12",
        "starts_at": at(3, 12, 10, 0), "ends_at": at(3, 12, 11, 0),
    });
    let hearing = it.step(&wang, "schedule_hearing", online).await.created().id();
    it.shut_lock(&["hearing_pending"], &["PML-27"]).await;
    let later = json!({
        "reason": "被申请人需要时间核对账目。",
        "starts_at": at(3, 16, 10, 0), "ends_at": at(3, 16, 11, 0),
    });
    let adjourned = it.step_on(&wang, "adjourn_hearing", Some(hearing), later).await.ok();
    assert_eq!(adjourned.body["hearing"]["status"], "adjourned");
    let successor = adjourned.uuid("/successor/id");
    it.clock(at(3, 11, 9, 0));
    let reason = json!({ "reason": "双方已就付款时间达成一致，无需再次开会。" });
    it.step_on(&wang, "cancel_hearing", Some(successor), reason).await.ok();
    let hearings = it.get(&wang, "/hearings").await;
    assert_eq!(members(&hearings.body, "status"), ["held", "adjourned", "cancelled"]);
}

fn draft(boy: Uuid, gym: Uuid, second_part: NaiveDate) -> Value {
    json!({
        "facts": "申请人在被申请人处购买健身年卡，使用两个月后门店停业。",
        "disputed_matters": "剩余十个月费用是否退还，以及何时退还。",
        "responsibilities": "被申请人未能继续提供服务，应退还未履行部分的费用。",
        "terms": [
            {
                "kind": "refund", "obligor_id": gym, "obligee_id": boy, "amount_fen": 358_000,
                "due_on": second_part, "manner": "银行转账", "description": "退还剩余费用。",
                "instalments": [
                    { "amount_fen": 200_000, "due_on": day(4, 1) },
                    { "amount_fen": 158_000, "due_on": second_part },
                ],
            },
            {
                "kind": "apology", "obligor_id": gym, "obligee_id": boy, "due_on": day(3, 20),
                "manner": "当面", "description": "就停业未提前告知表示歉意。",
            },
        ],
    })
}

/// Drafted, locked, changed and locked again; what somebody may have signed before is worth
/// nothing. Answers the hash of the text that counts.
async fn the_text(it: &Journey<'_>, boy: Uuid, gym: Uuid) -> String {
    let (clerk, wang) = (it.app.clerk(), it.app.mediator());
    it.step(&wang, "draft_agreement", draft(boy, gym, day(5, 1))).await.ok();
    let unseen = &["identity_not_verified"];
    it.shut(&wang, "lock_agreement", Value::Null, unseen, &["PML-27"]).await;
    let mut papers = the_dispute()["parties"][1].clone();
    papers["identity_verified"] = json!(true);
    it.step_on(&clerk, "update_party", Some(gym), papers).await.ok();
    let first = it.step(&wang, "lock_agreement", Value::Null).await.ok();
    assert_eq!(first.body["status"], "locked");
    assert!(!first.text.contains("周小宝"), "the text calls parties by side: {}", first.text);

    // One more week for the second part: a new revision of which nothing is signed.
    it.step(&wang, "draft_agreement", draft(boy, gym, day(5, 8))).await.ok();
    let hand = signature("party", Some(gym), None, &first.string("/text_hash"));
    it.shut(&wang, "sign_agreement", hand.clone(), &["agreement_not_locked"], &["PML-29"]).await;
    let second = it.step(&wang, "lock_agreement", Value::Null).await.ok();
    assert_eq!(second.body["revision"], 2);
    refused(it.try_post(&wang, "/agreement/signatures", &hand).await, "text_changed", &["PML-29"]);
    second.string("/text_hash")
}

fn signature(signer: &str, party: Option<Uuid>, agent: Option<Uuid>, text_hash: &str) -> Value {
    let mut body = json!({
        "signer": signer, "method": "pen", "place": "工作站第一调解室", "text_hash": text_hash,
    });
    if let Some(party) = party {
        body["party_id"] = json!(party);
    }
    if let Some(agent) = agent {
        body["agent_id"] = json!(agent);
    }
    body
}

/// The mother signs for the boy, the lawyer for the gym, the presiding mediator in person, and
/// the director's seal comes a day later: that is the day it takes effect.
async fn the_signatures(it: &Journey<'_>, sides: &Sides, text_hash: &str) {
    let (wang, zhou, director) = (it.app.mediator(), it.app.officer(), it.app.director());
    let signatures = "/agreement/signatures";
    it.clock(at(3, 13, 14, 0));
    let alone = signature("party", Some(sides.boy), None, text_hash);
    let refusal = it.try_post(&wang, signatures, &alone).await;
    refused(refusal, "guardian_must_sign", &["CC-17", "CC-23"]);
    let member = signature("mediator", None, None, text_hash);
    refused(it.try_post(&zhou, signatures, &member).await, "not_presiding", &["PML-29"]);

    for hand in [
        signature("party", Some(sides.boy), Some(sides.guardian), text_hash),
        signature("party", Some(sides.gym), Some(sides.lawyer), text_hash),
        signature("mediator", None, None, text_hash),
    ] {
        let signed = it.step(&wang, "sign_agreement", hand).await.created();
        assert_eq!(signed.body["status"], "locked", "without the seal it is not in force");
    }
    let again = signature("party", Some(sides.gym), Some(sides.lawyer), text_hash);
    refused(it.try_post(&wang, signatures, &again).await, "already_signed", &["PML-29"]);
    let agreement = it.get(&wang, "/agreement").await;
    assert_eq!(agreement.body["missing"], json!([{ "act": "seal" }]));
    let seal = json!({ "office_id": it.read(&director).await.body["office_id"] });
    it.try_post(&wang, "/agreement/seal", &seal).await.problem(403, "forbidden");
    it.not_offered(&wang, "seal_agreement").await;
    it.not_offered(&wang, "record_performance").await;

    it.clock(at(3, 14, 9, 30));
    let sealed = it.step(&director, "seal_agreement", seal).await.ok();
    assert_eq!(sealed.body["status"], "in_force");
    assert_eq!(sealed.body["effective_on"], json!(day(3, 14)));
    assert_eq!(sealed.body["missing"], json!([]));
    let case = it.read(&director).await;
    assert_eq!(case.body["status"], "performing");
    assert_eq!(case.body["outcome"], "agreement");
}

/// The apology and the first part come in time, the second does not.
async fn what_was_agreed_is_done(it: &Journey<'_>) {
    let (clerk, wang) = (it.app.clerk(), it.app.mediator());
    let duties = it.get(&wang, "/performances").await.body["duties"].clone();
    assert_eq!(members(&duties, "status"), ["open"; 3]);
    let record = |index: usize, kind: &str, on: NaiveDate| {
        let mut body = json!({
            "term_id": duties[index]["term_id"], "kind": kind, "happened_on": on,
            "proof": "申请人提供的到账截图。",
        });
        if duties[index]["instalment_id"].is_string() {
            body["instalment_id"] = duties[index]["instalment_id"].clone();
        }
        body
    };
    let open = &["duty_open", "duty_open", "duty_open", "no_revisit"];
    it.shut(&wang, "close_case", Value::Null, open, &["PML-31"]).await;
    it.clock(at(3, 20, 16, 0));
    it.step(&wang, "record_performance", record(2, "performed", day(3, 20))).await.created();
    it.clock(at(4, 1, 10, 0));
    it.step(&clerk, "record_performance", record(0, "performed", day(4, 1))).await.created();
    let again = record(0, "performed", day(4, 1));
    refused(it.try_post(&clerk, "/performances", &again).await, "already_performed", &["PML-31"]);

    it.clock(at(5, 11, 9, 0));
    let duties = it.get(&wang, "/performances").await.body["duties"].clone();
    assert_eq!(members(&duties, "status"), ["performed", "overdue", "performed"]);
    let mut default = record(1, "defaulted", day(5, 9));
    let silent = it.try_post(&wang, "/performances", &default).await.problem(422, "invalid");
    assert_eq!(silent.faults(), [("/advice", "missing")]);
    default["advice"] = json!("已督促被申请人，并告知申请人可以申请司法确认或者起诉。");
    it.step(&wang, "record_performance", default).await.created();
}

/// Revisited, closed, filed; then nothing moves any more.
async fn the_file_is_closed(it: &Journey<'_>) {
    let (clerk, wang, director) = (it.app.clerk(), it.app.mediator(), it.app.director());
    it.shut(&wang, "close_case", Value::Null, &["no_revisit"], &["PML-31"]).await;
    let revisit = json!({
        "visited_at": it.now(), "manner": "phone", "satisfaction": 4,
        "findings": "第二期款项未付，申请人准备申请强制执行；无其他争议。",
    });
    it.step(&wang, "record_revisit", revisit).await.created();
    let closed = it.step(&wang, "close_case", Value::Null).await.created();
    assert_eq!(closed.body["status"], "closed");

    let complete = it.get(&clerk, "/completeness").await;
    assert_eq!(complete.body["complete"], true, "{}", complete.text);
    let filed = json!({ "retention": "thirty_years", "page_count": 38 });
    it.not_offered(&wang, "archive_case").await;
    it.try_post(&wang, "/archive", &filed).await.problem(403, "forbidden");
    it.clock(at(5, 15, 9, 0));
    let archived = it.step(&clerk, "archive_case", filed).await.created();
    assert_eq!(archived.body["status"], "archived");
    assert_eq!(archived.string("/file_hash").len(), 64);
    assert_eq!(it.get(&clerk, "/completeness").await.body["intact"], true);

    for who in [&clerk, &wang, &director] {
        assert_eq!(it.get(who, "/next-actions").await.body["actions"], json!([]));
    }
    let late = json!({ "explanation": "商家已全额退款。" });
    it.try_post(&director, "/withdrawal", &late).await.problem(409, "wrong_status");
}

/// The story stands in the timeline, and who did it in the log.
async fn nothing_is_lost(it: &Journey<'_>) {
    let director = it.app.director();
    let told = it.get(&director, "/timeline?limit=200").await;
    let kinds = members(&told.body["items"], "kind");
    assert_eq!(kinds.first().map(String::as_str), Some("case.archived"));
    assert_eq!(kinds.last().map(String::as_str), Some("case.registered"));
    assert!(kinds.iter().any(|it| it == "agreement.took_effect"), "{kinds:?}");
    assert!(!told.text.contains("周小宝"), "no names in events");

    let log = it.get(&director, "/audit?limit=200").await;
    let actions = members(&log.body["items"], "action");
    let version = it.read(&director).await.version();
    // Every step made one version and one entry; personal data was approved once and read once.
    assert_eq!(actions.len().to_string(), (version.parse::<usize>().unwrap() + 2).to_string());
    let unmasking = actions.iter().filter(|it| *it == "unmask_party").count();
    assert_eq!(unmasking, 1, "{actions:?}");
    let verdict = it.app.auditor().get("/api/v1/audit/verification").await.ok();
    assert_eq!(verdict.body["whole"], true, "{}", verdict.text);
}

async fn an_oral_agreement_is_in_force_when_it_is_reached(app: &TestApp) {
    let case = Case::at(app, Stage::Held).await;
    let it = Journey { app, case: case.id };
    let wang = app.mediator();
    let mut oral = case.agreement();
    oral["reached_at"] = json!(case.now());
    let missing = &["minutes_missing"];
    it.shut(&wang, "record_oral_agreement", oral.clone(), missing, &["PML-27"]).await;
    let minutes =
        json!({ "content": "双方当场达成一致。", "result": "agreement", "read_back": true });
    it.step(&wang, "record_minutes", minutes).await.created();
    it.clock(case.now() + TimeDelta::days(1));

    let agreement = it.step(&wang, "record_oral_agreement", oral).await.created();

    assert_eq!(agreement.body["form"], "oral");
    assert_eq!(agreement.body["status"], "in_force");
    assert_eq!(agreement.body["effective_on"], json!(day(3, 2)), "not the day of the record");
    let read = it.read(&wang).await;
    assert_eq!(read.body["status"], "performing");
    assert_eq!(read.body["outcome"], "oral_agreement");
}

async fn a_declined_case_goes_to_the_archive(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let it = Journey { app, case: case.id };
    let clerk = app.clerk();
    let declined = json!({
        "reason": "handled_elsewhere", "explanation": "同一纠纷已由徐汇区人民法院立案受理。",
        "told_at": case.now(), "manner": "phone",
    });

    let closed = it.step(&clerk, "decline_case", declined).await.created();

    assert_eq!(closed.body["status"], "closed");
    assert_eq!(closed.body["outcome"], "declined");
    assert_eq!(closed.body["outcome_reason"], "handled_elsewhere");
    assert!(closed.body.get("case_number").is_none(), "a number is given at acceptance");
    let told = it.get(&clerk, "/route-notices").await;
    assert_eq!(members(&told.body, "party_id"), [case.applicant.to_string()]);
    let filed = json!({ "retention": "ten_years", "page_count": 3 });
    it.step(&clerk, "archive_case", filed).await.created();
}

async fn mediation_fails_once_everybody_knows_the_other_routes(app: &TestApp) {
    let case = Case::at(app, Stage::Minuted).await;
    let it = Journey { app, case: case.id };
    let wang = app.mediator();
    let failed = json!({
        "outcome": "failed", "reason": "no_agreement", "explanation": "双方对金额分歧较大。",
    });
    let law = &["PML-26"];
    let untold = &["routes_not_told", "routes_not_told"];
    it.shut(&wang, "conclude_mediation", failed.clone(), untold, law).await;
    let told = |party_id: Uuid| json!({ "party_id": party_id, "told_at": case.now(), "manner": "in_person" });
    it.step(&wang, "record_route_notice", told(case.applicant)).await.created();
    it.shut(&wang, "conclude_mediation", failed.clone(), &untold[..1], law).await;
    it.step(&wang, "record_route_notice", told(case.respondent)).await.created();

    let closed = it.step(&wang, "conclude_mediation", failed).await.created();

    assert_eq!(closed.body["status"], "closed");
    assert_eq!(closed.body["outcome"], "failed");
    assert_eq!(closed.body["outcome_reason"], "no_agreement");
    it.not_offered(&wang, "conclude_mediation").await;
}

async fn a_refusal_of_a_party_ends_mediation(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let it = Journey { app, case: case.id };
    let wang = app.mediator();
    let refusal = json!({
        "party_id": case.respondent, "subject": "mediation", "decision": "refused",
        "declared_at": case.now(), "manner": "phone",
    });
    it.clock(case.now() + TimeDelta::minutes(1));
    it.step(&wang, "record_consent", refusal).await.created();
    let hearing = json!({
        "mode": "phone", "starts_at": at(3, 9, 9, 0), "ends_at": at(3, 9, 10, 0),
    });
    it.shut(&wang, "schedule_hearing", hearing, &["party_refused"], &["PML-17"]).await;
    for party_id in [case.applicant, case.respondent] {
        let notice = json!({ "party_id": party_id, "told_at": case.now(), "manner": "phone" });
        it.step(&wang, "record_route_notice", notice).await.created();
    }
    let ended = json!({
        "outcome": "terminated", "reason": "party_refuses", "explanation": "被申请人拒绝调解。",
    });

    let closed = it.step(&wang, "conclude_mediation", ended).await.created();

    assert_eq!(closed.body["outcome"], "terminated");
}

async fn an_applicant_withdraws_at_any_stage(app: &TestApp) {
    let withdrawn = json!({ "explanation": "商家已全额退款，申请人不再要求调解。" });
    for stage in [Stage::Registered, Stage::Accepted, Stage::Mediating, Stage::Locked] {
        let case = Case::at(app, stage).await;
        let it = Journey { app, case: case.id };
        let closed = it.step(&app.clerk(), "withdraw_case", withdrawn.clone()).await.created();
        assert_eq!(closed.body["status"], "closed", "{stage:?}");
        assert_eq!(closed.body["outcome"], "withdrawn", "{stage:?}");
        if stage == Stage::Locked {
            let agreement = it.get(&app.clerk(), "/agreement").await;
            assert_eq!(agreement.body["status"], "superseded");
        }
    }
    // A hearing to come is cancelled first, so that nobody waits in vain.
    let case = Case::at(app, Stage::Scheduled).await;
    let it = Journey { app, case: case.id };
    it.shut(&app.clerk(), "withdraw_case", withdrawn, &["hearing_pending"], &[]).await;
    // After an agreement there is nothing to withdraw.
    let case = Case::at(app, Stage::Performing).await;
    Journey { app, case: case.id }.not_offered(&app.clerk(), "withdraw_case").await;
}

async fn the_parties_settle_by_themselves(app: &TestApp) {
    let case = Case::at(app, Stage::Scheduled).await;
    let it = Journey { app, case: case.id };
    let clerk = app.clerk();
    let settled = json!({ "explanation": "双方在电话中自行和解。" });
    it.shut(&clerk, "record_settlement", settled.clone(), &["hearing_pending"], &[]).await;
    let reason = json!({ "reason": "双方已自行和解。" });
    it.step(&clerk, "cancel_hearing", reason).await.ok();

    let closed = it.step(&clerk, "record_settlement", settled).await.created();

    assert_eq!(closed.body["status"], "closed");
    assert_eq!(closed.body["outcome"], "settled_privately");
}

async fn a_case_for_another_desk_is_referred(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let it = Journey { app, case: case.id };
    let center = app.other_clerk().get("/api/v1/me").await.ok().string("/office_id");
    let referral = json!({ "office_id": center, "explanation": "由楼宇服务中心就地协调。" });

    let closed = it.step(&app.clerk(), "refer_case", referral).await.created();

    assert_eq!(closed.body["status"], "closed");
    assert_eq!(closed.body["outcome"], "referred");
    assert_eq!(closed.string("/outcome_reason"), format!("referred_to:{center}"));
    it.not_offered(&app.clerk(), "accept_case").await;
}
