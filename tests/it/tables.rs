//! The tables of law, printed so that a lawyer can read them, and a walk that sees every row of
//! the gates shut over HTTP.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{Days, TimeDelta};
use huijie::access::Action;
use huijie::cases::gates::{Requirement, requirements};
use huijie::law::Law;
use huijie::tracks::{self, destination};
use huijie::words::{MoveKind, Track};
use serde_json::json;
use uuid::Uuid;

use crate::disputes::person;
use crate::harness::{TestApp, on_both_databases};
use crate::stages::{Case, Stage};
use crate::tracks::{consents, of_authority};

on_both_databases!(every_gate_is_seen_shut);

/// `NobodyRefused` as `nobody refused`.
fn words(name: &impl std::fmt::Debug) -> String {
    let mut text = String::new();
    for letter in format!("{name:?}").chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn citations(law: &[Law]) -> String {
    law.iter().map(|it| it.citation().zh.into_owned()).collect::<Vec<_>>().join("；")
}

/// Each action with what must be there before it, and the article that asks for it.
#[test]
fn the_gates_are_printed() {
    let mut table = String::from(
        "What must be there before a step (办理条件), with the article that asks for it.\n\
         On the authority's tracks only its own articles (第121号令) are cited, on the people's \
         track only the others.\n",
    );
    for action in Action::ALL {
        let all = requirements(*action);
        if all.is_empty() {
            continue;
        }
        let _ = writeln!(table, "\n{action}");
        for requirement in all {
            let law = citations(requirement.law());
            let law = if law.is_empty() { "（程序所需）".to_owned() } else { law };
            let _ = writeln!(table, "    {:<28}{law}", words(requirement));
        }
    }
    expectorate::assert_contents("tests/it/snapshots/gates.txt", &table);
}

/// What follows from each track.
#[test]
fn the_tracks_are_printed() {
    let mut table = String::from("What follows from the track of a case (程序).\n");
    for track in Track::ALL {
        let row = tracks::rules(*track);
        let _ = writeln!(table, "\n{track}  {}", track.term());
        let mut line = |name: &str, what: String, law: &[Law]| {
            let law = citations(law);
            let law = if law.is_empty() { law } else { format!("    {law}") };
            let _ = writeln!(table, "    {name:<24}{what}{law}");
        };
        let join = |all: Vec<String>| all.join(", ");
        line("handled by", join(row.handled_by.iter().map(|it| it.term().into()).collect()), &[]);
        line("paper", row.paper.term().into(), &[row.paper_law]);
        line("seal", row.seal.term().into(), &[row.paper_law]);
        line("signed by", words(&row.signers), &[row.paper_law]);
        line("without paper", words(&row.document), &[row.paper_law]);
        let roles = |all: &[huijie::access::Role]| {
            join(all.iter().map(|it| it.term().to_owned()).collect())
        };
        line("decides", roles(row.deciders), &[row.deciders_law]);
        line("presides", roles(row.presiding), &[row.deciders_law]);
        line("ends by", words(&row.ending), &[]);
        line("recusal", words(&row.recusal), &[row.recusal_law]);
        line("confirmation", if row.confirmation { "offered" } else { "not offered" }.into(), &[]);
        line("clock of acceptance", row.acceptance_clock.unwrap_or("none").into(), &[]);
        line("clock of mediation", row.mediation_clock.into(), &[]);
        line("when a court sent it", row.referred_mediation_clock.into(), &[]);
        line("clock of the notice", row.termination_clock.unwrap_or("none").into(), &[]);
        for kind in MoveKind::ALL {
            if let Some(to) = destination(*track, *kind, Some(MoveKind::HandOver)) {
                line("moves", format!("{} → {}", kind.term(), to.term()), &[]);
            }
        }
        for (reason, law) in row.decline_reasons {
            line("declined for", format!("{reason} {}", reason.term()), &[*law]);
        }
        for (reason, law) in row.termination_reasons {
            line("ended for", format!("{reason} {}", reason.term()), &[*law]);
        }
    }
    expectorate::assert_contents("tests/it/snapshots/tracks.txt", &table);
}

/// How each requirement says that it is not met.
fn codes(requirement: Requirement) -> &'static [&'static str] {
    use Requirement::*;
    match requirement {
        ApplicantNamed => &["no_applicant"],
        RespondentNamed => &["no_respondent"],
        ClaimStated => &["no_claim"],
        SupplementsAnswered => &["supplement_open"],
        SupplementOpen => &["no_open_supplement"],
        EvidenceStands => &["evidence_withdrawn"],
        AgentOffRecord => &["agent_on_record"],
        RepresentedConsented => &["represented_consent_missing"],
        NobodyRefused => &["party_refused"],
        EveryPartyConsented => &["consent_missing"],
        RightsTold | RightsOnFile => &["rights_not_told"],
        MinorsRepresented => &["guardian_missing"],
        PanelComplete => {
            &["no_presiding_mediator", "presiding_not_of_this_track", "assignment_not_answered"]
        }
        AssignmentIsMine => &["no_open_assignment"],
        AssignmentStands => &["assignment_ended"],
        HearingScheduled => &["no_hearing_scheduled"],
        HearingAnnounced => &["hearing_not_announced"],
        HearingBegun => &["hearing_not_begun"],
        HearingHeld => &["hearing_not_held"],
        MinutesOpen => &["minutes_recorded"],
        NoHearingScheduled => &["hearing_pending"],
        MinutesComplete => &["minutes_missing"],
        HearingOnRecord => &["no_hearing_held"],
        IdentitiesVerified => &["identity_not_verified"],
        AgreementDrafted => &["no_draft"],
        AgreementLocked => &["agreement_not_locked"],
        AgreementUnsealed => &["already_sealed"],
        AgreementNotLocked => &["agreement_locked"],
        RoutesTold => &["routes_not_told"],
        DutyOpen => &["no_duty_open"],
        DutiesSettled => &["duty_open"],
        Revisited => &["no_revisit"],
        NoOpenRecusal => &["recusal_open"],
        RecusalOpen => &["no_open_recusal"],
        PanelWithoutInterest => &["interest_found"],
        ConfirmationOffered => &["confirmation_not_offered"],
        AgreementInForce => &["no_agreement_in_force"],
        ConfirmationNotAsked => &["confirmation_asked"],
        CourtWaitedFor => &["no_application_open"],
        DeciderEntitled => &["not_the_decider"],
        MoveFits => &["wrong_track"],
        MoveConsented => &["consent_to_move_missing"],
        MayBeEntrusted => &["clue_open", "complex_case", "sensitive_case", "entrusted_before"],
        TerminationOpen => &["termination_decided"],
        TerminationIsDecided => &["no_decision_needed"],
        TerminationDecided => &["termination_not_decided"],
        NotSuspended => &["suspended"],
        Suspended => &["not_suspended"],
        MediationExtensible => &["not_extensible"],
        ExtensionConsented => &["consent_to_extension_missing"],
        FromHotline => &["not_from_hotline"],
        HotlineWaits => &["answered_finally"],
        ReferralOpen => &["no_open_referral"],
    }
}

/// Rows that `next-actions` cannot show, because it lists a thing only where the step could be
/// taken: what a call about another thing is told instead is tested where the thing is.
const ABOUT_ANOTHER_THING: &[(&str, &str)] = &[
    ("answer_supplement", "no_open_supplement"),
    ("withdraw_evidence", "evidence_withdrawn"),
    ("respond_to_assignment", "no_open_assignment"),
    ("release_mediator", "assignment_ended"),
    ("reschedule_hearing", "no_hearing_scheduled"),
    ("notify_of_hearing", "no_hearing_scheduled"),
    ("cancel_hearing", "no_hearing_scheduled"),
    ("adjourn_hearing", "no_hearing_scheduled"),
    ("record_attendance", "no_hearing_scheduled"),
    ("record_minutes", "hearing_not_held"),
    ("record_minutes", "minutes_recorded"),
    ("decide_recusal", "no_open_recusal"),
    ("resume_mediation", "not_suspended"),
];

/// What was seen: the step, and what it lacked; without a code, that it was possible.
#[derive(Default)]
struct Seen(BTreeSet<(String, String)>);

impl Seen {
    /// Looks at a case as everybody who may.
    async fn look(&mut self, app: &TestApp, case: &Case<'_>) {
        for username in ["clerk", "mediator", "director", "inspector", "authority_clerk"] {
            let asked = app.person(username).get(&case.path("/next-actions")).await;
            for it in asked.body["actions"].as_array().into_iter().flatten() {
                let step = it["action"].as_str().unwrap().to_owned();
                let missing = it["missing"].as_array().unwrap();
                if missing.is_empty() {
                    self.0.insert((step.clone(), String::new()));
                }
                for it in missing {
                    self.0.insert((step.clone(), it["code"].as_str().unwrap().to_owned()));
                }
            }
        }
    }
}

async fn every_gate_is_seen_shut(app: &TestApp) {
    crate::clues::staffed_authority(app).await;
    crate::clues::hire_there(app, "authority_clerk", "clerk").await;
    let mut seen = Seen::default();
    let director = app.director();
    let people_of = |case: &Case<'_>| [case.applicant, case.respondent];

    // A case that comes in with nothing, and one with everything open.
    let case = Case::at(app, Stage::Registered).await;
    let claim = director.get(&case.path("/claims")).await.uuid("/0/id");
    let asked = json!({ "items": "付款凭证", "due_on": case.today(), "manner": "phone" });
    case.post(&director, "/supplements", &asked).await;
    refuse(&case).await;
    crate::evidence::picture_in(&case).await;
    seen.look(app, &case).await;
    delete(&case, &format!("/claims/{claim}")).await;
    for party in people_of(&case) {
        delete(&case, &format!("/parties/{party}")).await;
    }
    seen.look(app, &case).await;

    // Sent to another desk.
    let case = Case::at(app, Stage::Registered).await;
    let office = director.get("/api/v1/offices").await.ok().uuid("/items/0/id");
    let desk = json!({ "office_id": office, "explanation": "不属于受理范围。" });
    case.post(&director, "/referral", &desk).await;
    seen.look(app, &case).await;

    // As it comes in, also as the authority's own clerk sees it; declined with nobody in it.
    for of_authority_too in [false, true] {
        let case = if of_authority_too {
            of_authority(app, Stage::Registered).await
        } else {
            Case::at(app, Stage::Registered).await
        };
        seen.look(app, &case).await;
        let agent = json!({
            "kind": "lawyer", "power": "general", "name": "李国栋",
            "mandate_scope": "参加调解", "mandate_seen": true,
        });
        let path = format!("/parties/{}/agents", case.respondent);
        case.post(&director, &path, &agent).await;
        seen.look(app, &case).await;
        for party in people_of(&case) {
            delete(&case, &format!("/parties/{party}")).await;
        }
        let declined = json!({
            "reason": if of_authority_too { "other_by_law" } else { "other" },
            "explanation": "无当事人。", "told_at": case.now(), "manner": "phone",
        });
        case.post(&director, "/declination", &declined).await;
        seen.look(app, &case).await;
    }
    // Nearly begun, then everything that keeps it from beginning.
    for authority in [false, true] {
        let mut case = if authority {
            of_authority(app, Stage::Accepted).await
        } else {
            Case::at(app, Stage::Accepted).await
        };
        let presiding = if authority { "inspector" } else { "mediator" };
        let seat = case.assign(presiding, "presiding").await;
        seen.look(app, &case).await;
        let gone = json!({ "reason": "改派。" });
        case.write(&director, &format!("/api/v1/assignments/{seat}/release"), &gone).await;
        case.bring_to(Stage::Prepared).await;
        seen.look(app, &case).await;
        refuse(&case).await;
        let interest = crate::recusals::declare(app, presiding, "上海悦动健身有限公司").await;
        let assignments = director.get(&case.path("/assignments")).await.ok();
        let seat = assignments.body.as_array().unwrap().last().unwrap()["id"].clone();
        if authority {
            let request = crate::recusals::request(&case, seat.as_str().unwrap().parse().unwrap());
            case.post(&director, "/recusals", &request).await;
            let decision = json!({ "reason": "no_agreement", "explanation": "分歧较大。" });
            case.post(&director, "/termination-decision", &decision).await;
        }
        seen.look(app, &case).await;
        end_interest(app, presiding, interest).await;
    }
    // A lawyer who attended; routes told; a revisit; closed with somebody nobody knows.
    let mut case = Case::at(app, Stage::Registered).await;
    let agent = json!({
        "kind": "lawyer", "power": "general", "name": "李国栋", "mandate_scope": "参加调解",
        "mandate_seen": true,
    });
    let path = format!("/parties/{}/agents", case.respondent);
    let lawyer = case.post(&director, &path, &agent).await.id();
    case.bring_to(Stage::Begun).await;
    seen.look(app, &case).await;
    let mediator = app.mediator().user_id().await;
    let present = |kind: &str, id| json!({ "kind": kind, "person_id": id, "present": true });
    let attendees = json!({ "attendees": [
        present("party", case.applicant), present("party", case.respondent),
        present("agent", lawyer), present("mediator", mediator),
    ]});
    let path = format!("/api/v1/hearings/{}/attendance", case.hearing().await);
    case.write(&app.mediator(), &path, &attendees).await;
    seen.look(app, &case).await;
    case.continue_from(Stage::Held).bring_to(Stage::Minuted).await;
    for party_id in people_of(&case) {
        let told = json!({ "party_id": party_id, "told_at": case.now(), "manner": "phone" });
        case.post(&director, "/route-notices", &told).await;
    }
    seen.look(app, &case).await;
    let fellow = case.post(&director, "/parties", &person("王小兰")).await.created().id();
    let represented = json!({
        "kind": "representative", "power": "settlement", "name": "代表人",
        "representative_id": case.applicant, "mandate_scope": "代为调解。", "mandate_seen": true,
    });
    case.post(&director, &format!("/parties/{fellow}/agents"), &represented).await.created();
    seen.look(app, &case).await;
    let agreed = json!({
        "party_id": fellow, "subject": "settlement", "decision": "given",
        "declared_at": case.now(), "manner": "written",
    });
    case.post(&director, "/consents", &agreed).await;
    add_minor(&case).await;
    case.post(&director, "/withdrawal", &json!({ "explanation": "已了结。" })).await;
    seen.look(app, &case).await;
    let case = Case::at(app, Stage::Performed).await;
    let revisit = json!({ "visited_at": case.now(), "manner": "phone", "findings": "已履行。" });
    case.post(&director, "/revisits", &revisit).await;
    seen.look(app, &case).await;

    // Accepted and bare; a minor without a guardian; a hearing, a recusal, an interest.
    for authority in [false, true] {
        let mut case = if authority {
            of_authority(app, Stage::Accepted).await
        } else {
            Case::at(app, Stage::Accepted).await
        };
        add_minor(&case).await;
        seen.look(app, &case).await;
        case = if authority {
            of_authority(app, Stage::Mediating).await
        } else {
            Case::at(app, Stage::Mediating).await
        };
        seen.look(app, &case).await;
        case.schedule().await;
        let hurried = json!({ "reason": "illness", "from": case.today(), "explanation": "住院。" });
        case.post(&director, "/suspensions", &hurried).await;
        seen.look(app, &case).await;
        let presiding = if authority { "inspector" } else { "mediator" };
        let interest = crate::recusals::declare(app, presiding, "上海悦动健身有限公司").await;
        add_minor(&case).await;
        refuse(&case).await;
        seen.look(app, &case).await;
        let seat = director.get(&case.path("/assignments")).await.uuid("/0/id");
        let request = crate::recusals::request(&case, seat);
        case.post(&director, "/recusals", &request).await;
        seen.look(app, &case).await;
        if authority {
            let decision = json!({ "reason": "no_agreement", "explanation": "分歧较大。" });
            case.post(&director, "/termination-decision", &decision).await;
            case.post(
                &director,
                "/clues",
                &crate::clues::clue(&case, crate::clues::authority(app).await),
            )
            .await;
            seen.look(app, &case).await;
        }
        end_interest(app, presiding, interest).await;
    }
    // A draft, a locked text, one under seal; a hearing without minutes.
    for stage in [Stage::Held, Stage::Minuted, Stage::Drafted, Stage::Locked] {
        let case = Case::at(app, stage).await;
        seen.look(app, &case).await;
        if stage == Stage::Locked {
            case.post(&director, "/agreement/seal", &case.seal().await).await;
            let seat = director.get(&case.path("/assignments")).await.uuid("/0/id");
            seen.look(app, &case).await;
            let gone = json!({ "reason": "调离。" });
            case.write(&director, &format!("/api/v1/assignments/{seat}/release"), &gone).await;
            seen.look(app, &case).await;
        }
    }
    // On the authority's track: locked, objected to, then ended; and in force without a court.
    let mut case = of_authority(app, Stage::Locked).await;
    let seat = director.get(&case.path("/assignments")).await.uuid("/0/id");
    let request = crate::recusals::request(&case, seat);
    case.post(&director, "/recusals", &request).await;
    seen.look(app, &case).await;
    let decision = json!({ "reason": "no_agreement", "explanation": "分歧较大。" });
    case.post(&director, "/termination-decision", &decision).await;
    seen.look(app, &case).await;
    case = of_authority(app, Stage::Performing).await;
    seen.look(app, &case).await;
    let answered = crate::deadlines::feedback(&case, "final");
    case.post(&director, "/feedbacks", &answered).await;
    seen.look(app, &case).await;

    // Performing, performed, and a case that ended without an agreement.
    let mut case = Case::at(app, Stage::Performing).await;
    seen.look(app, &case).await;
    let application = crate::confirmation::application(&case);
    case.post(&director, "/judicial-confirmation", &application).await;
    case.bring_to(Stage::Performed).await;
    seen.look(app, &case).await;
    case.bring_to(Stage::Closed).await;
    seen.look(app, &case).await;
    let case = Case::at(app, Stage::Held).await;
    case.post(&director, "/withdrawal", &json!({ "explanation": "已了结。" })).await;
    seen.look(app, &case).await;
    let mut case = of_authority(app, Stage::Accepted).await;
    consents(&case, "entrustment").await;
    consents(&case, "hand_over").await;
    seen.look(app, &case).await;
    case.post(&director, "/entrustment", &json!({ "explanation": "双方同意。" })).await;
    case.bring_to(Stage::Accepted).await;
    seen.look(app, &case).await;
    consents(&case, "extension").await;
    let people = Case::at(app, Stage::Accepted).await;
    consents(&people, "extension").await;
    seen.look(app, &people).await;

    let mut unseen = Vec::new();
    for action in Action::ALL {
        let step = action.to_string();
        for requirement in requirements(*action) {
            let all = codes(*requirement);
            let elsewhere = ABOUT_ANOTHER_THING
                .iter()
                .any(|(action, code)| *action == step && all.contains(code));
            let shut = all.iter().any(|it| seen.0.contains(&(step.clone(), (*it).to_owned())));
            if shut == elsewhere {
                unseen.push(format!("{step} lacking {all:?}: {shut}"));
            }
        }
        let guarded = !requirements(*action).is_empty();
        if guarded && !seen.0.contains(&(step.clone(), String::new())) {
            unseen.push(format!("{step} open"));
        }
    }
    assert!(unseen.is_empty(), "never seen so:\n{}", unseen.join("\n"));
}

/// Today is its last day, and today is over.
async fn end_interest(app: &TestApp, username: &str, interest: Uuid) {
    let path = format!("/api/v1/interests/{interest}/end");
    let end = json!({ "until": huijie::clock::shanghai_day(app.app.clock.now()) });
    app.person(username).post(&path).json(&end).await.success();
    app.pass(TimeDelta::days(1));
}

async fn refuse(case: &Case<'_>) {
    let refused = json!({
        "party_id": case.applicant, "subject": "mediation", "decision": "refused",
        "declared_at": case.now(), "manner": "phone",
    });
    case.post(&case.director(), "/consents", &refused).await;
}

async fn delete(case: &Case<'_>, rest: &str) {
    let director = case.director();
    director.delete(&case.path(rest)).if_match(case.version().await).await.success();
}

async fn add_minor(case: &Case<'_>) {
    let mut child = person("王小宝");
    child["born_on"] = json!(case.today() - Days::new(3_000));
    child["identity_verified"] = json!(false);
    case.post(&case.director(), "/parties", &child).await;
}
