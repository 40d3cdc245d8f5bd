//! What people try, chosen at random and found again from its seed.

use std::collections::BTreeSet;

use proptest::prelude::*;

/// Who tries, more often whoever can do more.
pub const PEOPLE: &[(u32, &str)] = &[
    (4, "clerk"),
    (5, "mediator"),
    (3, "second_mediator"),
    (3, "officer"),
    (8, "director"),
    (1, "supervisor"),
    (1, "admin"),
    (1, "auditor"),
    (2, "other_clerk"),
];

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Something that is listed as possible; else something that is not.
    Possible,
    /// Something that is listed with what is missing.
    Shut,
    /// Something that is not listed.
    Unlisted,
    /// Nothing: time passes.
    Wait,
}

#[derive(Debug, Clone, Copy)]
pub struct Try {
    pub who: &'static str,
    pub way: Way,
    /// Chooses among what can be tried.
    pub pick: usize,
    /// Chooses among the ways to do it.
    pub roll: usize,
    /// The other office's case, and not the station's.
    pub elsewhere: bool,
}

pub fn any_walk(most: usize) -> impl Strategy<Value = Walk> {
    let who = PEOPLE.iter().map(|(weight, name)| (*weight, Just(*name).boxed()));
    let who = proptest::strategy::Union::new_weighted(who.collect());
    let way = prop_oneof![
        18 => Just(Way::Possible),
        3 => Just(Way::Shut),
        2 => Just(Way::Unlisted),
        3 => Just(Way::Wait),
    ];
    let one = (who, way, 0..10_000_usize, 0..10_000_usize, prop::bool::weighted(0.1));
    let one =
        one.prop_map(|(who, way, pick, roll, elsewhere)| Try { who, way, pick, roll, elsewhere });
    let tries = prop::collection::vec(one, most / 2..=most);
    (0..=STRAIGHT.len(), tries).prop_map(|(straight, tries)| Walk { straight, tries })
}

/// The straight way to the archive. Each walk begins with some of it, so that the random steps
/// meet every moment of a case.
pub const STRAIGHT: &[(&str, &str)] = &[
    ("clerk", "accept_case"),
    ("clerk", "record_consent"),
    ("officer", "record_consent"),
    ("clerk", "record_rights_notice"),
    ("clerk", "record_rights_notice"),
    ("director", "assign_mediator"),
    ("mediator", "respond_to_assignment"),
    ("mediator", "start_mediation"),
    ("clerk", "schedule_hearing"),
    ("clerk", "notify_of_hearing"),
    ("mediator", "notify_of_hearing"),
    ("", "time passes"),
    ("mediator", "record_attendance"),
    ("mediator", "record_minutes"),
    ("mediator", "draft_agreement"),
    ("mediator", "lock_agreement"),
    ("mediator", "sign_agreement"),
    ("director", "sign_agreement"),
    ("mediator", "sign_agreement"),
    ("director", "seal_agreement"),
    ("clerk", "record_performance"),
    ("mediator", "record_performance"),
    ("clerk", "record_revisit"),
    ("mediator", "close_case"),
    ("clerk", "archive_case"),
];

/// A walk: how much of the straight way, and what is tried from there.
#[derive(Debug, Clone)]
pub struct Walk {
    pub straight: usize,
    pub tries: Vec<Try>,
}

/// How often something possible is chosen: what leads on, or mends what keeps another step
/// shut, often; endings seldom, else no case would come far.
pub fn weight(step: &str, mending: &BTreeSet<String>) -> usize {
    match step {
        "decline_case"
        | "refer_case"
        | "withdraw_case"
        | "record_settlement"
        | "conclude_mediation"
        | "release_mediator"
        | "cancel_hearing"
        | "adjourn_hearing"
        | "remove_party"
        | "add_party"
        | "update_party"
        | "remove_agent"
        | "request_recusal"
        | "report_clue"
        | "decide_duplicate"
        | "add_group_members"
        | "suspend_mediation"
        | "record_contact"
        | "record_investigation"
        | "record_feedback"
        | "correct_locality"
        | "add_evidence"
        | "withdraw_evidence"
        | "suggest_mediators"
        | "record_mediator_wish"
        | "record_party_time" => 1,
        "start_mediation"
        | "record_attendance"
        | "record_minutes"
        | "lock_agreement"
        | "sign_agreement"
        | "seal_agreement"
        | "close_case"
        | "archive_case"
        | "respond_to_assignment"
        | "notify_of_hearing" => 60,
        step if mending.contains(step) => 40,
        "accept_case" | "schedule_hearing" => 15,
        _ => 3,
    }
}
