//! The station as a plain model: where a case stands and what ended it, from design §4 and not
//! from the program. It knows no gate; whether a step may be taken is `next-actions`' to say.

use std::collections::BTreeSet;

use serde_json::Value;

/// What the model knows of one case.
#[derive(Debug)]
pub struct Plain {
    pub id: String,
    pub status: &'static str,
    pub outcome: Option<String>,
    parties: BTreeSet<String>,
    panel: Vec<Seat>,
    paper: Option<Paper>,
}

#[derive(Debug)]
struct Seat {
    id: String,
    mediator: String,
    presiding: bool,
    accepted: bool,
}

/// A locked text with what has come under it.
#[derive(Debug, Default)]
struct Paper {
    hands: BTreeSet<String>,
    sealed: bool,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Plain {
    /// A case as the answer to its registration shows it.
    pub fn registered(case: &Value) -> Self {
        let parties = case["parties"].as_array().into_iter().flatten();
        Self {
            id: text(&case["id"]),
            status: "registered",
            outcome: None,
            parties: parties.map(|it| text(&it["id"])).collect(),
            panel: Vec::new(),
            paper: None,
        }
    }

    /// Takes a step that the station has accepted. `by` is the account of who took it.
    pub fn take(&mut self, step: &str, target: Option<&str>, by: &str, body: &Value, said: &Value) {
        match step {
            "accept_case" => self.status = "accepted",
            "start_mediation" => self.status = "mediating",
            "decline_case" => self.close("declined"),
            "refer_case" => self.close("referred"),
            "withdraw_case" => self.close("withdrawn"),
            "record_settlement" => self.close("settled_privately"),
            "conclude_mediation" => self.close(&text(&body["outcome"])),
            "record_oral_agreement" => self.perform("oral_agreement"),
            "close_case" => self.status = "closed",
            "archive_case" => self.status = "archived",
            "add_party" => drop(self.parties.insert(text(&said["id"]))),
            "remove_party" => drop(self.parties.remove(target.unwrap_or_default())),
            "assign_mediator" => self.panel.push(Seat {
                id: text(&said["id"]),
                mediator: text(&body["mediator_id"]),
                presiding: body["seat"] == "presiding",
                accepted: false,
            }),
            "respond_to_assignment" if body["answer"] == "accept" => {
                for seat in self.panel.iter_mut().filter(|it| Some(it.id.as_str()) == target) {
                    seat.accepted = true;
                }
            }
            "respond_to_assignment" | "release_mediator" => {
                self.panel.retain(|it| Some(it.id.as_str()) != target);
            }
            // On the people's track whoever is objected to goes, and so does who withdraws.
            "request_recusal" => {
                let seat = text(&body["assignment_id"]);
                self.panel.retain(|it| it.id != seat);
            }
            "draft_agreement" => self.paper = None,
            "lock_agreement" => self.paper = Some(Paper::default()),
            "sign_agreement" => self.sign(match body["signer"].as_str() {
                Some("party") => text(&body["party_id"]),
                _ => by.to_owned(),
            }),
            "seal_agreement" => {
                if let Some(paper) = &mut self.paper {
                    paper.sealed = true;
                }
                self.take_effect();
            }
            _ => {}
        }
    }

    fn close(&mut self, outcome: &str) {
        (self.status, self.outcome) = ("closed", Some(outcome.to_owned()));
    }

    fn perform(&mut self, outcome: &str) {
        (self.status, self.outcome) = ("performing", Some(outcome.to_owned()));
    }

    fn sign(&mut self, hand: String) {
        if let Some(paper) = &mut self.paper {
            paper.hands.insert(hand);
        }
        self.take_effect();
    }

    /// A written agreement takes effect once every party and the presiding mediator have signed
    /// and the seal is on it, in whatever order.
    fn take_effect(&mut self) {
        let Some(paper) = &self.paper else { return };
        let presiding = self.panel.iter().find(|it| it.presiding && it.accepted);
        let by_mediator = presiding.is_some_and(|it| paper.hands.contains(&it.mediator));
        if paper.sealed && by_mediator && self.parties.is_subset(&paper.hands) {
            self.perform("agreement");
        }
    }

    /// Whether the step has a place where the case stands.
    pub fn has_place(&self, step: &str) -> bool {
        let before = matches!(self.status, "registered" | "accepted" | "mediating");
        let preparing = matches!(self.status, "accepted" | "mediating");
        match step {
            "accept_case" | "decline_case" | "refer_case" | "remove_party"
            | "request_supplement" | "answer_supplement" => self.status == "registered",
            "update_case" | "add_party" | "add_agent" | "remove_agent" | "add_claim"
            | "remove_claim" | "record_consent" | "withdraw_case" | "record_settlement" => before,
            "update_party" => self.status != "archived",
            "record_rights_notice"
            | "invite_participant"
            | "assign_mediator"
            | "respond_to_assignment"
            | "release_mediator"
            | "conclude_mediation"
            | "decide_termination"
            | "entrust_case"
            | "recall_case"
            | "hand_over_case"
            | "return_case" => preparing,
            "start_mediation" => self.status == "accepted",
            "schedule_hearing"
            | "reschedule_hearing"
            | "notify_of_hearing"
            | "record_attendance"
            | "adjourn_hearing"
            | "cancel_hearing"
            | "draft_agreement"
            | "lock_agreement"
            | "sign_agreement"
            | "send_signing_code"
            | "seal_agreement"
            | "record_oral_agreement" => self.status == "mediating",
            "record_minutes" => matches!(self.status, "mediating" | "performing" | "closed"),
            "record_route_notice" => preparing || self.status == "performing",
            "record_performance" | "close_case" => self.status == "performing",
            "record_revisit" => matches!(self.status, "performing" | "closed"),
            "archive_case" => self.status == "closed",
            "request_recusal" | "decide_recusal" | "suspend_mediation" | "resume_mediation"
            | "extend_mediation" => preparing,
            "record_contact" => before,
            "record_investigation" => preparing,
            "correct_locality" | "add_evidence" | "withdraw_evidence" => self.status != "archived",
            "answer_referral" => self.status == "closed",
            "record_feedback" => self.status != "archived",
            "record_mediator_wish" | "suggest_mediators" | "record_party_time" => preparing,
            "decide_duplicate" => self.status != "archived",
            "add_group_members" => before,
            "report_clue" => self.status != "archived",
            "apply_for_confirmation" | "record_court_answer" => {
                matches!(self.status, "performing" | "closed")
            }
            _ => false,
        }
    }
}
