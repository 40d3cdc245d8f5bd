//! Hearings in rooms: within the hours, never two at once for a room, a mediator or a party,
//! held for a while before they are booked.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::concurrency::{at_once, send_at_once};
use crate::disputes::{dispute, hire, whole_chain};
use crate::harness::{Answer, TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    of_two_hundred_for_ten_slots_ten_are_booked,
    a_room_is_booked_within_its_hours,
    people_are_at_one_hearing_at_a_time,
    what_is_called_off_is_free_again,
    whoever_holds_a_room_books_it,
    a_hearing_is_a_calendar_file,
    a_secret_link_shows_a_calendar,
    parties_say_when_they_can_come,
);

/// A Monday to come.
fn monday(hour: u32, minute: u32) -> DateTime<Utc> {
    format!("2026-03-09T{hour:02}:{minute:02}:00+08:00")
        .parse::<DateTime<chrono::FixedOffset>>()
        .unwrap()
        .to_utc()
}

/// A room of a service point, open on Mondays from nine to five.
async fn make_room(app: &TestApp, name: &str) -> Uuid {
    let point = crate::district::point(name, 31.19, 121.43);
    let point = crate::district::make(app, "service-points", &point).await;
    crate::district::make(app, "rooms", &crate::district::room("service_point_id", point)).await
}

/// A hold of a room, for those who look at every table.
pub async fn something_in(app: &TestApp, room: Uuid) {
    let path = format!("/api/v1/network/rooms/{room}/holds");
    let next = monday(9, 0) + TimeDelta::weeks(520);
    let times = json!({ "starts_at": next, "ends_at": next + TimeDelta::hours(1) });
    app.director().post(&path).json(&times).await.created();
}

fn in_room(room: Uuid, starts_at: DateTime<Utc>, minutes: i64) -> Value {
    let ends_at = starts_at + TimeDelta::minutes(minutes);
    json!({ "mode": "on_site", "room_id": room, "starts_at": starts_at, "ends_at": ends_at })
}

fn by_phone(starts_at: DateTime<Utc>, minutes: i64) -> Value {
    let ends_at = starts_at + TimeDelta::minutes(minutes);
    json!({ "mode": "phone", "starts_at": starts_at, "ends_at": ends_at })
}

/// A case of strangers in mediation, which this person mediates.
async fn mediated_by(app: &TestApp, mediator: &str, mediator_id: Uuid) -> (Uuid, String) {
    let director = app.director();
    let case = director.post("/api/v1/cases").json(&dispute("同日排期")).await.created();
    let parties = [case.uuid("/parties/0/id"), case.uuid("/parties/1/id")];
    let (path, mut version) = (format!("/api/v1/cases/{}", case.id()), case.version());
    let mut steps = vec![("acceptance", Value::Null)];
    for party_id in parties {
        let consent = json!({
            "party_id": party_id, "subject": "mediation", "decision": "given",
            "declared_at": app.app.clock.now(), "manner": "phone",
        });
        let notice = json!({
            "party_id": party_id, "told_at": app.app.clock.now(), "manner": "phone",
            "acknowledged": true,
        });
        steps.extend([("consents", consent), ("rights-notices", notice)]);
    }
    let seat = json!({ "mediator_id": mediator_id, "seat": "presiding", "origin": "designated" });
    steps.push(("assignments", seat));
    let mut last = None;
    for (room, body) in steps {
        let request = director.post(&format!("{path}/{room}")).if_match(&version);
        let answer = if body.is_null() { request.await } else { request.json(&body).await };
        version = answer.version();
        last = Some(answer.created());
    }
    let seat = last.expect("a seat").id();
    let answer = json!({ "answer": "accept" });
    let response = format!("/api/v1/assignments/{seat}/response");
    let request = app.person(mediator).post(&response).if_match(&version).json(&answer);
    version = request.await.success().version();
    let start = director.post(&format!("{path}/mediation-start")).if_match(&version);
    (case.id(), start.await.success().version())
}

async fn of_two_hundred_for_ten_slots_ten_are_booked(app: &TestApp) {
    const SLOTS: i64 = 10;
    const MINUTES: i64 = 45;
    let room = make_room(app, "汇金大厦").await;
    let mut mediators = Vec::new();
    for n in 0..20 {
        let name = format!("mediator_{n}");
        let id = hire(app, &name, "mediator").await;
        mediators.push((name, id));
    }
    // One case of every mediator for every slot: only the room is wanted twice.
    let prepare = async |(name, id): &(String, Uuid)| {
        let mut cases = Vec::new();
        for slot in 0..SLOTS {
            cases.push((slot, mediated_by(app, name, *id).await));
        }
        cases
    };
    let cases: Vec<_> =
        at_once(mediators.iter().map(prepare)).await.into_iter().flatten().collect();
    let before = whole_chain(app).await;

    let slot = |n: i64| monday(9, 0) + TimeDelta::minutes(MINUTES * n);
    let book = |(n, (case, version)): &(i64, (Uuid, String))| {
        let path = format!("/api/v1/cases/{case}/hearings");
        app.director().post(&path).if_match(version).json(&in_room(room, slot(*n), MINUTES))
    };
    let answers = send_at_once(cases.iter().map(book)).await;

    let mut booked = Vec::new();
    for ((n, _), answer) in cases.iter().zip(&answers) {
        if answer.status == 201 {
            booked.push(*n);
            continue;
        }
        assert_eq!((answer.status.as_u16(), &answer.body["code"]), (409, &json!("room_taken")));
        assert!(next_free(answer) > slot(*n), "{}", answer.text);
    }
    booked.sort_unstable();
    assert_eq!(booked, (0..SLOTS).collect::<Vec<_>>(), "each slot once");
    assert_eq!(whole_chain(app).await - before, SLOTS);

    // What is told to be free is.
    let place = answers.iter().position(|it| it.status == 409).expect("somebody came too late");
    let (_, (case, version)) = &cases[place];
    let path = format!("/api/v1/cases/{case}/hearings");
    let book = async |starts_at: DateTime<Utc>| {
        let body = in_room(room, starts_at, MINUTES);
        app.director().post(&path).if_match(version).json(&body).await
    };
    let free = next_free(&book(slot(0)).await.problem(409, "room_taken"));
    assert_eq!(free, monday(9, 0) + TimeDelta::weeks(1));
    book(free).await.created();
}

fn next_free(answer: &Answer) -> DateTime<Utc> {
    answer.string("/next_free_at").parse().unwrap()
}

async fn a_room_is_booked_within_its_hours(app: &TestApp) {
    let room = make_room(app, "汇金大厦").await;
    let case = Case::at(app, Stage::Mediating).await;
    let path = case.path("/hearings");
    let director = app.director();
    let mut with_place = in_room(room, monday(9, 0), 60);
    with_place["place"] = json!("别处");
    for (body, faults) in [
        (in_room(room, monday(8, 0), 60), vec![("/starts_at", "outside_opening_hours")]),
        (in_room(room, monday(16, 30), 60), vec![("/starts_at", "outside_opening_hours")]),
        (
            in_room(room, monday(9, 0) + TimeDelta::days(1), 60),
            vec![("/starts_at", "outside_opening_hours")],
        ),
        (in_room(room, monday(9, 0), 0), vec![("/ends_at", "zero_length")]),
        (in_room(room, monday(9, 0), -5), vec![("/ends_at", "not_after_start")]),
        (by_phone(monday(9, 0), 8 * 60 + 1), vec![("/ends_at", "lasts_too_long")]),
        (by_phone(monday(23, 30), 60), vec![("/ends_at", "over_midnight")]),
        (in_room(room, monday(9, 0) - TimeDelta::weeks(1), 60), vec![("/starts_at", "in_past")]),
        (with_place, vec![("/place", "room_is_the_place")]),
        (in_room(case.id, monday(9, 0), 60), vec![("/room_id", "unknown_reference")]),
    ] {
        let answer = case.try_write(&director, &path, &body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), faults, "{body}");
    }
    let hearing = case.write(&director, &path, &in_room(room, monday(9, 0), 60)).await.created();
    assert_eq!(hearing.string("/room_id"), room.to_string());
    assert_eq!(hearing.string("/place"), "汇金大厦（上海市徐汇区虹桥路1号）一号调解室");

    let kept = format!("/api/v1/network/rooms/{room}");
    let found = director.get(&kept).await.ok();
    let mut closed = crate::district::room("service_point_id", found.uuid("/service_point_id"));
    closed["active"] = json!(false);
    director.put(&kept).if_match(found.version()).json(&closed).await.ok();
    let late = in_room(room, monday(13, 0), 60);
    let answer = case.try_write(&director, &path, &late).await.problem(422, "invalid");
    assert_eq!(answer.faults(), [("/room_id", "room_not_active")]);
}

async fn people_are_at_one_hearing_at_a_time(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let director = app.director();
    case.post(&director, "/hearings", &by_phone(monday(9, 0), 60)).await.created();
    // Again in the same case: everybody is needed twice.
    let (path, body) = (case.path("/hearings"), by_phone(monday(9, 30), 60));
    let twice = case.try_write(&director, &path, &body).await;
    assert_eq!(twice.status, 409);
    let codes: Vec<&str> = twice.faults().iter().map(|it| it.1).collect();
    assert_eq!(codes, ["mediator_taken", "party_taken"]);
    assert_eq!(next_free(&twice), monday(10, 0));

    // The same mediator in a case of other people.
    let mediator = app.mediator().user_id().await;
    let (other, version) = mediated_by(app, "mediator", mediator).await;
    let path = format!("/api/v1/cases/{other}/hearings");
    let book = async |body: &Value| director.post(&path).if_match(&version).json(body).await;
    let taken = book(&by_phone(monday(8, 30), 60)).await.problem(409, "mediator_taken");
    assert_eq!(next_free(&taken), monday(10, 0));
    book(&by_phone(monday(10, 0), 60)).await.created();

    // The same shop in a case of another mediator.
    let mut third = Case::registered_by(&director, app, "second_mediator").await;
    third.bring_to(Stage::Mediating).await;
    let path = third.path("/hearings");
    let taken = third.try_write(&director, &path, &by_phone(monday(9, 0), 30)).await;
    assert_eq!(next_free(&taken.problem(409, "party_taken")), monday(10, 0));

    // Who has another hearing cannot take a seat for the same time.
    third.write(&director, &path, &by_phone(monday(10, 15), 30)).await.created();
    let seat = third.assign("mediator", "member").await;
    let response = format!("/api/v1/assignments/{seat}/response");
    let accept = json!({ "answer": "accept" });
    let taken = third.try_write(&app.mediator(), &response, &accept).await;
    assert_eq!(next_free(&taken.problem(409, "mediator_taken")), monday(11, 0));
}

async fn what_is_called_off_is_free_again(app: &TestApp) {
    let room = make_room(app, "汇金大厦").await;
    let mediator = app.mediator().user_id().await;
    let director = app.director();
    let one = Case::at(app, Stage::Mediating).await;
    let (other, version) = mediated_by(app, "mediator", mediator).await;
    let path = format!("/api/v1/cases/{other}/hearings");
    let taken = async |body: &Value| {
        let answer = director.post(&path).if_match(&version).json(body).await;
        answer.problem(409, "room_taken");
    };

    let body = in_room(room, monday(9, 0), 60);
    let hearing = one.post(&director, "/hearings", &body).await.created().id();
    taken(&body).await;
    // A little later, over its own time.
    let hearing_path = format!("/api/v1/hearings/{hearing}");
    let later = in_room(room, monday(9, 30), 60);
    one.write(&director, &format!("{hearing_path}/rescheduling"), &later).await.ok();
    taken(&in_room(room, monday(10, 15), 60)).await;
    let put_off = json!({
        "reason": "核对账目。", "starts_at": monday(14, 0), "ends_at": monday(15, 0),
    });
    let next = one.write(&director, &format!("{hearing_path}/adjournment"), &put_off).await.ok();
    assert_eq!(next.string("/successor/room_id"), room.to_string());
    taken(&in_room(room, monday(14, 30), 60)).await;
    one.call_off().await;
    let answer = director.post(&path).if_match(&version).json(&in_room(room, monday(9, 0), 480));
    answer.await.created();
}

async fn whoever_holds_a_room_books_it(app: &TestApp) {
    let room = make_room(app, "汇金大厦").await;
    let case = Case::at(app, Stage::Mediating).await;
    let (clerk, director) = (app.clerk(), app.director());
    let holds = format!("/api/v1/network/rooms/{room}/holds");
    let times = |starts_at: DateTime<Utc>| json!({ "starts_at": starts_at, "ends_at": starts_at + TimeDelta::hours(1) });
    clerk.post(&holds).json(&times(monday(9, 0))).await.created();
    let late = director.post(&holds).json(&times(monday(9, 30))).await;
    assert_eq!(next_free(&late.problem(409, "room_taken")), monday(10, 0));
    let path = case.path("/hearings");
    let body = in_room(room, monday(9, 0), 60);
    case.try_write(&director, &path, &body).await.problem(409, "room_taken");
    let hearing = case.write(&clerk, &path, &body).await.created().id();
    let cancel = format!("/api/v1/hearings/{hearing}/cancellation");
    case.write(&clerk, &cancel, &json!({ "reason": "改期。" })).await.ok();
    // The hold was used up.
    let again = director.post(&holds).json(&times(monday(9, 0))).await.created().id();

    // Given back by its holder only, and by time.
    let path = format!("/api/v1/room-holds/{again}");
    clerk.delete(&path).await.problem(404, "not_found");
    director.delete(&path).await.no_content();
    director.delete(&path).await.problem(404, "not_found");
    clerk.post(&holds).json(&times(monday(9, 0))).await.created();
    director.post(&holds).json(&times(monday(9, 0))).await.problem(409, "room_taken");
    app.pass(TimeDelta::minutes(15));
    director.post(&holds).json(&times(monday(9, 0))).await.created();
    let early = director.post(&holds).json(&times(monday(8, 0))).await.problem(422, "invalid");
    assert_eq!(early.faults(), [("/starts_at", "outside_opening_hours")]);
}

/// A link to a calendar and a party's time, for those who look at every table.
pub async fn times_and_links(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    let starts_at = monday(9, 0) + TimeDelta::weeks(520);
    let time = json!({
        "party_id": case.applicant, "stance": "avoided", "starts_at": starts_at,
        "ends_at": starts_at + TimeDelta::hours(2), "note": "当天上班。",
    });
    case.post(&app.director(), "/party-times", &time).await.created();
    let own = json!({ "mediator_id": app.mediator().user_id().await });
    app.mediator().post("/api/v1/calendar-feeds").json(&own).await.created();
}

/// The lines of a calendar, unfolded.
fn lines(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    answer.text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn has(lines: &[String], line: &str) -> bool {
    lines.iter().any(|it| it == line)
}

async fn a_hearing_is_a_calendar_file(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let director = app.director();
    let hearing = case.post(&director, "/hearings", &by_phone(monday(9, 0), 60)).await.created();
    let path = format!("/api/v1/hearings/{}", hearing.id());
    let calendar = format!("{path}/calendar");

    let found = director.get(&calendar).await.status(200);
    let shown = lines(&found);
    let number = case.read().await.string("/case_number");
    for line in [
        "DTSTART;TZID=Asia/Shanghai:20260309T090000".to_owned(),
        "DTEND;TZID=Asia/Shanghai:20260309T100000".to_owned(),
        format!("UID:{}@hearings.huijie", hearing.id()),
        format!("SEQUENCE:{}", case.read().await.body["version"]),
        format!("SUMMARY:调解会 {number} 电话"),
        "STATUS:CONFIRMED".to_owned(),
        "TZID:Asia/Shanghai".to_owned(),
    ] {
        assert!(has(&shown, &line), "{line}\n{}", found.text);
    }
    for name in ["陈晓雯", "上海悦动健身有限公司"] {
        assert!(!found.text.contains(name), "{}", found.text);
    }
    let cancel = json!({ "reason": "双方已和解。" });
    case.write(&director, &format!("{path}/cancellation"), &cancel).await.ok();
    assert!(has(&lines(&director.get(&calendar).await.status(200)), "STATUS:CANCELLED"));
    app.other_clerk().get(&calendar).await.problem(404, "not_found");
}

async fn a_secret_link_shows_a_calendar(app: &TestApp) {
    let room = make_room(app, "汇金大厦").await;
    let case = Case::at(app, Stage::Mediating).await;
    let (director, mediator) = (app.director(), app.mediator());
    let hearing = case.post(&director, "/hearings", &in_room(room, monday(9, 0), 60)).await.id();
    let feeds = "/api/v1/calendar-feeds";
    let of_mediator = json!({ "mediator_id": mediator.user_id().await });
    let of_room = json!({ "room_id": room });

    let made = mediator.post(feeds).json(&of_mediator).await.created();
    let for_room = director.post(feeds).json(&of_room).await.created();
    mediator.post(feeds).json(&of_room).await.problem(403, "forbidden");
    app.officer().post(feeds).json(&of_mediator).await.problem(403, "forbidden");
    let neither = director.post(feeds).json(&json!({})).await.problem(422, "invalid");
    assert_eq!(neither.faults(), [("", "one_subject")]);

    let uid = format!("UID:{hearing}@hearings.huijie");
    for path in [made.string("/path"), for_room.string("/path")] {
        let got = app.stranger().get(&path).await.status(200);
        let shown = lines(&got);
        assert!(has(&shown, &uid), "{shown:?}");
    }
    let second = app.second_mediator();
    let own = json!({ "mediator_id": second.user_id().await });
    let empty = second.post(feeds).json(&own).await.created().string("/path");
    let shown = lines(&app.stranger().get(&empty).await.status(200));
    assert!(!has(&shown, &uid) && has(&shown, "END:VCALENDAR"), "{shown:?}");

    // Told once, revoked by its owner, and then like one that never was.
    let listed = mediator.get(feeds).await.ok();
    assert_eq!(listed.body.as_array().unwrap().len(), 1);
    assert!(listed.body[0]["path"].is_null());
    let path = format!("{feeds}/{}", made.id());
    second.delete(&path).await.problem(404, "not_found");
    mediator.delete(&path).await.no_content();
    let gone = app.stranger().get(&made.string("/path")).await.problem(404, "not_found");
    let never = format!("{feeds}/{}/calendar", "A".repeat(43));
    let never = app.stranger().get(&never).await.problem(404, "not_found");
    assert_eq!(gone.body["detail"], never.body["detail"]);
    mediator.delete(&path).await.problem(404, "not_found");
}

async fn parties_say_when_they_can_come(app: &TestApp) {
    let case = Case::at(app, Stage::Mediating).await;
    let clerk = app.clerk();
    let time = |party_id: Uuid, stance: &str, starts_at: DateTime<Utc>, hours: i64| {
        json!({
            "party_id": party_id, "stance": stance, "starts_at": starts_at,
            "ends_at": starts_at + TimeDelta::hours(hours),
        })
    };
    let path = case.path("/party-times");
    case.write(&clerk, &path, &time(case.respondent, "avoided", monday(13, 0), 4)).await.created();
    case.write(&clerk, &path, &time(case.applicant, "proposed", monday(9, 0), 3)).await.created();
    let listed = clerk.get(&path).await.ok();
    let stances: Vec<&Value> =
        listed.body.as_array().unwrap().iter().map(|it| &it["stance"]).collect();
    assert_eq!(stances, ["proposed", "avoided"]);
    for (body, faults) in [
        (time(case.applicant, "proposed", monday(9, 0), 0), ("/ends_at", "not_after_start")),
        (
            time(case.applicant, "proposed", monday(9, 0) - TimeDelta::weeks(2), 2),
            ("/ends_at", "in_past"),
        ),
        (time(case.id, "proposed", monday(9, 0), 2), ("/party_id", "unknown_reference")),
    ] {
        let answer = case.try_write(&clerk, &path, &body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [faults], "{body}");
    }
}
