//! A valid body for every step, from the real ids of the case, as a front end would have them.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use huijie::clock::shanghai_day;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::disputes::{person, shop};
use crate::harness::TestApp;
use crate::stages::on_one_day;

/// What to send; `Empty` for a step without a body.
pub enum Sent {
    Body(Value),
    Empty,
    /// Nothing that could be sent would be accepted, whatever the gates say: everybody has
    /// signed already, everybody sits on the panel already.
    Nothing,
}

/// One step somebody is about to take.
pub struct Occasion<'a> {
    pub app: &'a TestApp,
    pub case: &'a str,
    pub step: &'a str,
    pub target: Option<&'a str>,
    /// The account of who takes it.
    pub by: &'a str,
    /// Chooses among equally valid bodies.
    pub roll: usize,
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

impl Occasion<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.app.app.clock.now()
    }

    /// What the director reads of the case; an empty list where there is nothing.
    async fn read(&self, room: &str) -> Value {
        let path = format!("/api/v1/cases/{}{room}", self.case);
        self.app.director().get(&path).await.body
    }

    async fn list(&self, room: &str) -> Vec<Value> {
        self.read(room).await.as_array().cloned().unwrap_or_default()
    }

    /// The party that nothing of this kind is recorded of yet, or any.
    async fn party(&self, recorded: &[Value]) -> String {
        let parties = self.list("/parties").await;
        let lacks = |it: &&Value| !recorded.iter().any(|other| other["party_id"] == it["id"]);
        let party = parties.iter().find(lacks).or(parties.get(self.roll % parties.len().max(1)));
        let id = party.and_then(|it| it["id"].as_str());
        id.map_or_else(|| Uuid::nil().to_string(), str::to_owned)
    }

    /// Anything of the case that the step could be about, also where it has no place.
    pub async fn candidates(&self) -> Vec<String> {
        let rows = match self.step {
            "reschedule_hearing" | "notify_of_hearing" | "record_attendance"
            | "adjourn_hearing" | "cancel_hearing" | "record_minutes" => {
                self.list("/hearings").await
            }
            "respond_to_assignment" | "release_mediator" => self.list("/assignments").await,
            "answer_supplement" => self.list("/supplements").await,
            "update_party" | "remove_party" | "add_agent" => self.list("/parties").await,
            "remove_claim" => self.list("/claims").await,
            "decide_recusal" => self.list("/recusals").await,
            "resume_mediation" => self.list("/suspensions").await,
            "remove_agent" => {
                let parties = self.list("/parties").await;
                parties.iter().flat_map(|it| it["agents"].as_array().unwrap().clone()).collect()
            }
            _ => Vec::new(),
        };
        rows.iter().filter_map(|it| it["id"].as_str()).map(str::to_owned).collect()
    }

    pub async fn body(&self) -> Sent {
        let now = instant(self.now());
        Sent::Body(match self.step {
            "accept_case" | "start_mediation" | "lock_agreement" | "close_case"
            | "remove_party" | "remove_agent" | "remove_claim" => {
                return Sent::Empty;
            }
            "update_case" => json!({ "title": format!("更正{}", self.roll) }),
            "add_party" => self.new_party(),
            "update_party" => self.changed_party().await,
            "add_agent" => self.new_agent().await,
            "add_claim" => json!({ "kind": "apology", "description": "赔礼道歉。" }),
            "request_supplement" => {
                json!({ "items": "合同", "due_on": "2099-12-31", "manner": "phone" })
            }
            "answer_supplement" => json!({ "answer": "已提交。" }),
            "decline_case" => json!({
                "reason": "other", "explanation": "不属于受理范围。", "told_at": now,
                "manner": "phone",
            }),
            "refer_case" => {
                let offices = self.app.director().get("/api/v1/offices").await.ok();
                json!({ "office_id": offices.string("/items/0/id"), "explanation": "转送。" })
            }
            "withdraw_case" | "record_settlement" => json!({ "explanation": "双方已了结。" }),
            "record_consent" => json!({
                "party_id": self.party(&self.list("/consents").await).await,
                "subject": "mediation", "declared_at": now, "manner": "phone",
                "decision": if self.roll.is_multiple_of(17) { "refused" } else { "given" },
            }),
            "record_rights_notice" => json!({
                "party_id": self.party(&self.list("/rights-notices").await).await,
                "told_at": now, "manner": "in_person",
                "acknowledged": !self.roll.is_multiple_of(9),
            }),
            "record_route_notice" => json!({
                "party_id": self.party(&self.list("/route-notices").await).await,
                "told_at": now, "manner": "in_person",
            }),
            "invite_participant" => json!({ "name": "周明德", "capacity": "expert" }),
            "assign_mediator" => return self.assignment().await,
            "suggest_mediators" => return self.suggestion().await,
            "record_mediator_wish" => return self.wish().await,
            "record_party_time" => self.party_time().await,
            "respond_to_assignment" if self.roll.is_multiple_of(7) => {
                json!({ "answer": "decline", "reason": "与申请人相识。" })
            }
            "respond_to_assignment" => json!({ "answer": "accept" }),
            "release_mediator" => json!({ "reason": "当事人要求更换。" }),
            "schedule_hearing" | "reschedule_hearing" => self.appointment().await,
            "notify_of_hearing" => self.notice().await,
            "record_attendance" => self.attendance().await,
            "record_minutes" => {
                json!({ "content": "双方陈述。", "result": "continue", "read_back": true })
            }
            "adjourn_hearing" => json!({ "reason": "需核对账目。" }),
            "cancel_hearing" => json!({ "reason": "双方已和解。" }),
            "draft_agreement" => self.content().await,
            "record_oral_agreement" => {
                let mut content = self.content().await;
                content["reached_at"] = now.into();
                content
            }
            "sign_agreement" => return self.signature().await,
            // So many go out within an hour; `signing_codes` tells what comes of them.
            "send_signing_code" => return Sent::Nothing,
            "conclude_mediation" => json!({
                "outcome": if self.roll.is_multiple_of(2) { "failed" } else { "terminated" },
                "reason": "no_agreement", "explanation": "分歧较大。",
            }),
            "decide_termination" => {
                json!({ "reason": "no_agreement", "explanation": "分歧较大。" })
            }
            "entrust_case" | "recall_case" => json!({ "explanation": "双方同意。" }),
            "hand_over_case" => {
                json!({ "office_id": self.office().await, "explanation": "双方同意。" })
            }
            "return_case" => json!({ "reason": "no_consent", "explanation": "不同意。" }),
            "seal_agreement" => json!({ "office_id": self.office().await }),
            "record_performance" => self.performance().await,
            "record_revisit" => {
                json!({ "visited_at": now, "manner": "phone", "findings": "已履行。" })
            }
            "archive_case" => json!({ "retention": "ten_years", "page_count": 24 }),
            "request_recusal" => return self.recusal().await,
            "decide_recusal" => json!({ "decision": "upheld", "reason": "属实。" }),
            "suspend_mediation" => return self.suspension().await,
            "resume_mediation" => json!({ "to": shanghai_day(self.now()) }),
            "extend_mediation" => json!({ "days": 15, "explanation": "双方同意。" }),
            "correct_locality" => json!({ "explanation": "仅网上经营。" }),
            "answer_referral" => json!({ "answer": "已受理。", "answered_at": now }),
            "record_contact" => json!({
                "party_id": self.party(&self.list("/contacts").await).await,
                "tried_at": now, "manner": "phone", "reached": !self.roll.is_multiple_of(3),
            }),
            "record_investigation" => json!({
                "starts_at": self.now() - TimeDelta::minutes(2), "ends_at": now,
                "place": "工作站", "respondent": "店长", "content": "问：情况如何？",
            }),
            "record_feedback" => {
                json!({ "kind": "interim", "content": "正在调解。", "given_at": now })
            }
            "report_clue" => self.clue().await,
            // Another case of the station each; `duplicates` tells what comes of these.
            "decide_duplicate" => return self.decision().await,
            // A file is no JSON; `evidence` tells what comes of one.
            "add_group_members" | "add_evidence" => return Sent::Nothing,
            "withdraw_evidence" => json!({ "reason": "误传。" }),
            "apply_for_confirmation" => self.application().await,
            "record_court_answer" => self.court_answer().await,
            other => panic!("no body is known for {other}"),
        })
    }

    /// The court takes what it has not taken yet, and then decides one way or another.
    async fn court_answer(&self) -> Value {
        let stands = self.read("/judicial-confirmation").await;
        let answers = stands["application"]["answers"].as_array().cloned().unwrap_or_default();
        let taken = answers.iter().any(|it| it["answer"] == "accepted");
        let ends = ["valid", "rejected", "withdrawn", "treated_as_withdrawn"];
        let answer = match taken {
            false if self.roll.is_multiple_of(3) => "not_accepted",
            false => "accepted",
            true => ends[self.roll % ends.len()],
        };
        json!({
            "answer": answer, "answered_on": shanghai_day(self.now()),
            "court_number": "（2026）沪0104诉前调确1号",
        })
    }

    /// From today on, unless today is the last day of another.
    async fn suspension(&self) -> Sent {
        let today = shanghai_day(self.now());
        let last = self.list("/suspensions").await;
        let covered = last.iter().any(|it| it["to"] == json!(today));
        let from = if covered { return Sent::Nothing } else { today };
        Sent::Body(json!({ "reason": "appraisal", "from": from, "explanation": "送检。" }))
    }

    /// A seat that is held and waits for no decision, and a party that does not want it so; or
    /// any seat where nothing would be accepted anyway.
    async fn recusal(&self) -> Sent {
        let recusals = self.list("/recusals").await;
        let assignments = self.list("/assignments").await;
        let waits = |id: &Value| {
            recusals.iter().any(|it| it["assignment_id"] == *id && it["status"] == "open")
        };
        let held = |it: &&Value| {
            (it["status"] == "proposed" || it["status"] == "accepted") && !waits(&it["id"])
        };
        let seat = assignments.iter().find(held).or(assignments.first());
        let parties = self.list("/parties").await;
        let Some(party) = parties.get(self.roll % parties.len().max(1)) else {
            return Sent::Nothing;
        };
        Sent::Body(json!({
            "assignment_id": seat.map_or(json!(Uuid::nil()), |it| it["id"].clone()),
            "requested_by": party["id"], "ground": "none_given",
            "requested_at": instant(self.now()),
        }))
    }

    /// Of a case of the same office that nothing was decided on with this one.
    async fn decision(&self) -> Sent {
        let office = self.read("").await["office_id"].clone();
        let decided = self.read("/probable-duplicates").await["decisions"].clone();
        let is_open = |id: &Value| {
            let decided = decided.as_array().into_iter().flatten();
            decided.into_iter().all(|it| it["case_id"] != *id && it["other_case_id"] != *id)
        };
        let cases = self.app.director().get("/api/v1/cases?limit=200").await.ok();
        let mut others =
            cases.body["items"].as_array().unwrap().iter().filter(|it| {
                it["office_id"] == office && it["id"] != self.case && is_open(&it["id"])
            });
        let Some(other) = others.next() else { return Sent::Nothing };
        Sent::Body(json!({
            "other_case_id": other["id"], "explanation": "经核实。",
            "decision": if self.roll.is_multiple_of(2) { "linked" } else { "dismissed" },
        }))
    }

    async fn clue(&self) -> Value {
        let offices = self.app.director().get("/api/v1/offices").await.ok();
        let mut offices = offices.body["items"].as_array().unwrap().iter();
        let authority = offices.find(|it| it["kind"] == "market_supervision_office");
        json!({
            "office_id": authority.map_or(json!(Uuid::nil()), |it| it["id"].clone()),
            "description": "未备案发行预付卡。", "discovered_on": shanghai_day(self.now()),
        })
    }

    async fn application(&self) -> Value {
        let parties = self.list("/parties").await;
        let ids: Vec<&Value> = parties.iter().map(|it| &it["id"]).collect();
        json!({
            "court": "上海市徐汇区人民法院", "applied_on": shanghai_day(self.now()),
            "party_ids": ids,
        })
    }

    fn new_party(&self) -> Value {
        let mut party = match self.roll % 3 {
            0 => person("陈小雨"),
            1 => person("王强"),
            _ => shop("上海商场管理有限公司"),
        };
        party["role"] = "third_party".into();
        if self.roll.is_multiple_of(3) {
            party["born_on"] = "2014-05-06".into();
        }
        party
    }

    async fn changed_party(&self) -> Value {
        let parties = self.list("/parties").await;
        let Some(old) = parties.iter().find(|it| it["id"].as_str() == self.target) else {
            return person("无此人");
        };
        let mut party = json!({
            "role": old["role"], "kind": old["kind"], "name": "更名", "identity_verified": true,
        });
        if old["minor"] == true {
            party["born_on"] = "2014-05-06".into();
        }
        party
    }

    async fn new_agent(&self) -> Value {
        let parties = self.list("/parties").await;
        let party = parties.iter().find(|it| it["id"].as_str() == self.target);
        if party.is_some_and(|it| it["minor"] == true) {
            return json!({ "kind": "guardian", "power": "settlement", "name": "陈大明" });
        }
        json!({
            "kind": "lawyer", "power": "settlement", "name": "李国栋",
            "mandate_scope": "参加调解。", "mandate_seen": true,
        })
    }

    /// For the seat that is free, as long as somebody is left whom nothing excludes.
    async fn suggestion(&self) -> Sent {
        let mediators = self.app.director().get("/api/v1/mediators").await.ok();
        let (assignments, recusals) =
            (self.list("/assignments").await, self.list("/recusals").await);
        let mediators = mediators.body["items"].as_array().unwrap();
        let is_out = |id: &Value| {
            let seats = assignments.iter().chain(&recusals);
            seats.into_iter().any(|it| it["mediator_id"] == *id)
        };
        let left = mediators.iter().any(|it| !is_out(&it["id"]) && it["available"] == true);
        let mut held = assignments.iter().filter(|it| {
            it["seat"] == "presiding" && (it["status"] == "proposed" || it["status"] == "accepted")
        });
        let seat = if held.next().is_some() { "member" } else { "presiding" };
        if left { Sent::Body(json!({ "seat": seat })) } else { Sent::Nothing }
    }

    async fn wish(&self) -> Sent {
        let mediators = self.app.director().get("/api/v1/mediators").await.ok();
        let mediators = mediators.body["items"].as_array().unwrap();
        let parties = self.list("/parties").await;
        let Some(party) = parties.get(self.roll % parties.len().max(1)) else {
            return Sent::Nothing;
        };
        Sent::Body(json!({
            "party_id": party["id"],
            "mediator_id": mediators[self.roll % mediators.len()]["id"],
            "stance": "chosen", "declared_at": instant(self.now()), "manner": "phone",
        }))
    }

    async fn assignment(&self) -> Sent {
        let mediators = self.app.director().get("/api/v1/mediators").await.ok();
        let assignments = self.list("/assignments").await;
        let recusals = self.list("/recusals").await;
        let panel = || {
            assignments.iter().filter(|it| it["status"] == "proposed" || it["status"] == "accepted")
        };
        let free: Vec<&Value> = mediators.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["available"] == true)
            .filter(|it| !panel().any(|seat| seat["mediator_id"] == it["id"]))
            .filter(|it| !recusals.iter().any(|gone| gone["mediator_id"] == it["id"]))
            .collect();
        let Some(chosen) = free.get(self.roll % free.len().max(1)) else { return Sent::Nothing };
        let presided = panel().any(|it| it["seat"] == "presiding");
        Sent::Body(json!({
            "mediator_id": chosen["id"], "origin": "designated",
            "seat": if presided { "member" } else { "presiding" },
            "explanation": "由站长指定。",
        }))
    }

    /// At the next time at which the people of the case are not taken: by its other hearings, or by
    /// a time that a party wants avoided.
    async fn appointment(&self) -> Value {
        let length = TimeDelta::minutes(20);
        let hearings = self.list("/hearings").await;
        let times = self.list("/party-times").await;
        let others = hearings.iter().filter(|it| it["id"].as_str() != self.target);
        let avoided = times.iter().filter(|it| it["stance"] == "avoided");
        let read = |it: &Value| it.as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
        let mut taken: Vec<(DateTime<Utc>, DateTime<Utc>)> = others
            .chain(avoided)
            .filter_map(|it| read(&it["starts_at"]).zip(read(&it["ends_at"])))
            .collect();
        taken.sort_unstable();
        let mut starts_at = on_one_day(self.now() + TimeDelta::minutes(10), length);
        for (begins, ends) in taken {
            if begins < starts_at + length && starts_at < ends {
                starts_at = on_one_day(ends, length);
            }
        }
        json!({
            "mode": "on_site", "place": "二号调解室",
            "starts_at": instant(starts_at), "ends_at": instant(starts_at + length),
        })
    }

    async fn party_time(&self) -> Value {
        let starts_at = self.now() + TimeDelta::days(1);
        json!({
            "party_id": self.party(&[]).await,
            "stance": if self.roll.is_multiple_of(2) { "proposed" } else { "avoided" },
            "starts_at": instant(starts_at), "ends_at": instant(starts_at + TimeDelta::hours(2)),
        })
    }

    /// The office that handles the case: the committee.
    async fn office(&self) -> Value {
        self.read("").await["office_id"].clone()
    }

    async fn hearing(&self) -> Value {
        let id = self.target.unwrap_or_default();
        self.app.director().get(&format!("/api/v1/hearings/{id}")).await.body
    }

    async fn notice(&self) -> Value {
        let hearing = self.hearing().await;
        let starts_at = hearing["starts_at"].as_str().and_then(|it| it.parse().ok());
        let starts_at: DateTime<Utc> = starts_at.unwrap_or_else(|| self.now());
        let notices = hearing["notices"].as_array().cloned().unwrap_or_default();
        let counting: Vec<Value> =
            notices.into_iter().filter(|it| it["announced_for"] == hearing["starts_at"]).collect();
        let told_at = self.now().min(starts_at - TimeDelta::seconds(1));
        let party = self.party(&counting).await;
        json!({ "party_id": party, "told_at": instant(told_at), "manner": "sms" })
    }

    async fn attendance(&self) -> Value {
        let parties = self.list("/parties").await;
        let assignments = self.list("/assignments").await;
        let accepted = assignments.iter().filter(|it| it["status"] == "accepted");
        let parties = parties.iter().map(|it| ("party", it["id"].clone()));
        let there = parties.chain(accepted.map(|it| ("mediator", it["mediator_id"].clone())));
        let entry = |(kind, id)| json!({ "kind": kind, "person_id": id, "present": true });
        let mut attendees: Vec<Value> = there.map(entry).collect();
        if attendees.is_empty() {
            // A case from which every party was removed; its hearing has no place anyway.
            attendees.push(entry(("party", json!(Uuid::nil()))));
        }
        json!({ "attendees": attendees })
    }

    async fn content(&self) -> Value {
        let parties = self.list("/parties").await;
        let side = |role: &str| {
            let party = parties.iter().find(|it| it["role"] == role);
            party.map_or(json!(Uuid::nil()), |it| it["id"].clone())
        };
        let day = self.now().date_naive() + TimeDelta::days(30);
        let term = |kind: &str, amount: Option<i64>| {
            let mut term = json!({
                "kind": kind, "obligor_id": side("respondent"), "obligee_id": side("applicant"),
                "due_on": day, "manner": "原路退回", "description": "履行。",
            });
            if let Some(amount) = amount {
                term["amount_fen"] = amount.into();
            }
            term
        };
        let mut refund = term("refund", Some(3000));
        if self.roll.is_multiple_of(2) {
            refund["instalments"] = json!([
                { "amount_fen": 1000, "due_on": day - TimeDelta::days(9) },
                { "amount_fen": 2000, "due_on": day },
            ]);
        }
        json!({
            "facts": "门店停业。", "disputed_matters": "余额是否退还。",
            "responsibilities": "被申请人退还余额。", "terms": [refund, term("apology", None)],
        })
    }

    /// The next hand that is missing: a party's, or the presiding mediator's own.
    async fn signature(&self) -> Sent {
        let agreement = self.read("/agreement").await;
        let missing = agreement["missing"].as_array().cloned().unwrap_or_default();
        let hash = agreement["text_hash"].as_str().map_or_else(|| "0".repeat(64), str::to_owned);
        let place = "工作站第一调解室";
        if let Some(gap) = missing.iter().find(|it| it["act"] == "party_signature") {
            let parties = self.list("/parties").await;
            let party = parties.iter().find(|it| it["id"] == gap["party_id"]).unwrap();
            let mut body = json!({
                "signer": "party", "party_id": party["id"], "method": "pen", "place": place,
                "text_hash": hash,
            });
            if party["minor"] == true {
                let mut agents = party["agents"].as_array().unwrap().iter();
                match agents.find(|it| it["kind"] == "guardian") {
                    Some(guardian) => body["agent_id"] = guardian["id"].clone(),
                    None => return Sent::Nothing,
                }
            }
            return Sent::Body(body);
        }
        let assignments = self.list("/assignments").await;
        let presides = assignments.iter().any(|it| {
            it["status"] == "accepted" && it["seat"] == "presiding" && it["mediator_id"] == self.by
        });
        let unsigned = missing.iter().any(|it| it["act"] == "mediator_signature");
        let nothing_is_locked = agreement["status"] != "locked";
        if (presides && unsigned) || nothing_is_locked {
            let body = json!({
                "signer": "mediator", "method": "pen", "place": place, "text_hash": hash,
            });
            return Sent::Body(body);
        }
        Sent::Nothing
    }

    async fn performance(&self) -> Value {
        let performances = self.read("/performances").await;
        let mut duties = performances["duties"].as_array().into_iter().flatten();
        let open = duties.find(|it| it["status"] != "performed");
        let mut body = json!({
            "term_id": open.map_or(json!(Uuid::nil()), |it| it["term_id"].clone()),
            "happened_on": self.now().date_naive(),
            "kind": if self.roll.is_multiple_of(5) { "defaulted" } else { "performed" },
            "advice": "已督促履行，告知可申请司法确认。",
        });
        if let Some(instalment) = open.map(|it| &it["instalment_id"]).filter(|it| it.is_string()) {
            body["instalment_id"] = instalment.clone();
        }
        body
    }
}

/// Moves an appointment to another start; it lasts as long as before.
pub fn move_to(body: &mut Value, starts_at: &str) {
    let instant_of = |it: &Value| -> DateTime<Utc> { it.as_str().unwrap().parse().unwrap() };
    let length = instant_of(&body["ends_at"]) - instant_of(&body["starts_at"]);
    let starts_at: DateTime<Utc> = starts_at.parse().unwrap();
    body["starts_at"] = json!(instant(starts_at));
    body["ends_at"] = json!(instant(starts_at + length));
}
