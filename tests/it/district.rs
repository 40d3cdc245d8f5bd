//! The district: where people find the station, what is near a place, the register of
//! enterprises and how it is imported, rooms, liaisons, visits.

mod imports;

use chrono::{Days, TimeDelta};
use huijie::clock::shanghai_day;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Answer, TestApp, on_both_databases};

on_both_databases!(
    service_points_change_under_their_version,
    what_a_service_point_cannot_be_is_refused,
    a_building_finds_the_nearest_service_point,
    a_place_finds_what_is_near,
    an_enterprise_is_its_credit_code,
    a_room_has_one_owner_and_hours,
    a_liaison_is_a_duty_and_no_person,
    visits_make_the_list_of_who_is_next,
    administration_keeps_places_and_the_auditor_reads_them,
);

/// Where most of it is.
const NETWORK: &str = "/api/v1/network";

/// A service point that may be changed before it is sent.
pub fn point(name: &str, latitude: f64, longitude: f64) -> Value {
    json!({
        "kind": "building_service_center", "name": name, "address": "上海市徐汇区虹桥路1号",
        "latitude": latitude, "longitude": longitude, "active": true,
        "opening_hours": [{ "weekday": "monday", "opens": "09:00", "closes": "17:30" }],
    })
}

fn building(name: &str, latitude: f64, longitude: f64) -> Value {
    json!({
        "name": name, "address": "上海市徐汇区漕溪北路", "latitude": latitude,
        "longitude": longitude, "active": true,
    })
}

/// The credit code of the n-th enterprise: made up, with the right check character.
pub fn credit_code(n: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let head = format!("91310104MA{n:07}");
    let (mut weight, mut sum) = (1, 0);
    for it in head.bytes() {
        sum += ALPHABET.iter().position(|known| *known == it).unwrap() * weight;
        weight = weight * 3 % 31;
    }
    format!("{head}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

fn enterprise(n: usize, name: &str) -> Value {
    json!({
        "credit_code": credit_code(n), "name": name, "kind": "company", "trade": "fitness",
        "is_key": false, "status": "operating",
    })
}

pub fn room(owner: &str, id: Uuid) -> Value {
    json!({
        "name": "一号调解室", owner: id, "capacity": 8, "equipment": ["printer", "screen"],
        "opening_hours": [{ "weekday": "monday", "opens": "09:00", "closes": "17:00" }],
        "active": true,
    })
}

pub async fn make(app: &TestApp, room: &str, body: &Value) -> Uuid {
    app.director().post(&format!("{NETWORK}/{room}")).json(body).await.created().id()
}

/// One of everything the district has, for those who look at every table.
pub async fn something_of_everything(app: &TestApp) {
    let point = make(app, "service-points", &point("聚在申通", 31.19, 121.43)).await;
    let building = make(app, "buildings", &building("汇金大厦", 31.191, 121.431)).await;
    let enterprise = make(app, "enterprises", &enterprise(1, "上海悦动健身有限公司")).await;
    let room = make(app, "rooms", &room("service_point_id", point)).await;
    crate::hearings::something_in(app, room).await;
    let liaison = json!({
        "building_id": building, "organization": "物业公司", "duty": "客服", "active": true,
    });
    make(app, "liaisons", &liaison).await;
    make(app, "visits", &visit(app, enterprise)).await;
}

fn visit(app: &TestApp, enterprise: Uuid) -> Value {
    json!({
        "enterprise_id": enterprise, "visited_on": shanghai_day(app.app.clock.now()),
        "purpose": "routine", "findings": "退费规则已公示。",
    })
}

/// The audit entries and events there are.
async fn left_behind(app: &TestApp) -> (i64, usize) {
    use sea_orm::{EntityTrait as _, PaginatorTrait as _};
    let db = app.app.database.reader();
    let entries = huijie::entity::audit_entry::Entity::find().count(db).await.unwrap();
    let events = huijie::entity::event::Entity::find().count(db).await.unwrap();
    (i64::try_from(entries).unwrap(), usize::try_from(events).unwrap())
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    let owned = |(pointer, code): (&str, &str)| (pointer.to_owned(), code.to_owned());
    answer.faults().into_iter().map(owned).collect()
}

async fn service_points_change_under_their_version(app: &TestApp) {
    let director = app.director();
    let path = format!("{NETWORK}/service-points");
    let before = left_behind(app).await;
    let mut body = point(" 荟在港汇 ", 31.194_432, 121.434_281);
    body["phone"] = json!("021-6407 0000");
    let made = director.post(&path).json(&body).await.created();
    assert_eq!(left_behind(app).await, (before.0 + 1, before.1 + 1), "one entry, one event");
    assert_eq!(made.body["name"], "荟在港汇");
    assert_eq!(made.body["phone"], "02164070000");
    assert_eq!(made.body["radius_m"], 500);
    assert_eq!(made.body["latitude"], 31.194_432);
    assert_eq!(made.body["longitude"], 121.434_281);
    assert_eq!(made.body["opening_hours"], body["opening_hours"]);
    assert_eq!(made.header("location"), format!("{path}/{}", made.id()));
    let own = format!("{path}/{}", made.id());
    assert_eq!(app.mediator().get(&own).await.ok().body, made.body);

    director.post(&path).json(&body).await.problem(409, "duplicate");
    body["name"] = json!("荟在港汇二");
    body["radius_m"] = json!(800);
    director.put(&own).json(&body).await.problem(428, "version_required");
    director.put(&own).if_match(7).json(&body).await.problem(412, "stale");
    let changed = director.put(&own).if_match(1).json(&body).await.ok();
    assert_eq!((changed.version().as_str(), &changed.body["radius_m"]), ("2", &json!(800)));
    director.put(&own).if_match(1).json(&body).await.problem(412, "stale");
    // Its own name is not taken.
    director.put(&own).if_match(2).json(&body).await.ok();
    let nowhere = format!("{path}/{}", Uuid::nil());
    director.get(&nowhere).await.problem(404, "not_found");
    director.put(&nowhere).if_match(1).json(&body).await.problem(404, "not_found");

    // Page by page, the oldest first.
    let second = make(app, "service-points", &point("爱在建汇", 31.19, 121.44)).await;
    let mut inactive = point("旧址", 31.19, 121.44);
    inactive["active"] = json!(false);
    let third = make(app, "service-points", &inactive).await;
    let mut seen = Vec::new();
    let mut next = format!("{path}?limit=2");
    loop {
        let page = app.auditor().get(&next).await.ok();
        let items = page.body["items"].as_array().unwrap().iter();
        seen.extend(items.map(|it| it["id"].clone()));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        next = format!("{path}?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, [json!(made.id()), json!(second), json!(third)]);
    let active = app.clerk().get(&format!("{path}?active=false")).await.ok();
    assert_eq!(active.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(active.body["items"][0]["id"], json!(third));
}

async fn what_a_service_point_cannot_be_is_refused(app: &TestApp) {
    let good = point("创在腾飞", 31.19, 121.43);
    let hours = |opens: &str, closes: &str| json!([{ "weekday": "friday", "opens": opens, "closes": closes }]);
    let twice = json!([
        { "weekday": "friday", "opens": "09:00", "closes": "12:00" },
        { "weekday": "friday", "opens": "11:00", "closes": "17:00" },
    ]);
    for (member, value, pointer, code) in [
        ("latitude", json!(39.9), "/latitude", "outside_district"),
        ("longitude", json!(116.4), "/longitude", "outside_district"),
        ("latitude", json!(91), "/latitude", "outside_district"),
        ("radius_m", json!(10), "/radius_m", "out_of_range"),
        ("opening_hours", hours("09:00", "09:00"), "/opening_hours/0/closes", "not_after_opening"),
        ("opening_hours", hours("22:00", "02:00"), "/opening_hours/0/closes", "not_after_opening"),
        ("opening_hours", hours("9:00", "17:00"), "/opening_hours/0/opens", "pattern"),
        ("opening_hours", hours("09:00", "24:00"), "/opening_hours/0/closes", "pattern"),
        ("opening_hours", twice, "/opening_hours/1", "overlapping_hours"),
        ("name", json!(" "), "/name", "blank"),
        ("phone", json!("13816168000"), "/phone", "not_a_public_phone"),
        ("office_id", json!(Uuid::nil()), "/office_id", "unknown_reference"),
    ] {
        let mut body = good.clone();
        body[member] = value;
        let request = app.director().post(&format!("{NETWORK}/service-points")).json(&body);
        let answer = request.await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    // Everything at once, in the caller's language.
    let mut body = good.clone();
    body["latitude"] = json!(1);
    body["phone"] = json!("13816168000");
    let path = format!("{NETWORK}/service-points");
    let answer =
        app.director().post(&path).json(&body).language("en").await.problem(422, "invalid");
    assert_eq!(answer.faults().len(), 2);
    assert!(answer.text.contains("must be between 31.08 and 31.24 degrees"), "{}", answer.text);
    assert!(!answer.text.contains("13816168000"), "a refusal quotes nothing");
    let listed = app.director().get(&path).await.ok();
    assert_eq!(listed.body["items"], json!([]));
}

async fn a_building_finds_the_nearest_service_point(app: &TestApp) {
    let path = format!("{NETWORK}/buildings");
    let body = building("港汇恒隆广场", 31.1946, 121.4345);
    let made = app.admin().post(&path).json(&body).await.created();
    assert!(made.body.get("service_point").is_none(), "there is none yet: {}", made.text);
    app.director().post(&path).json(&body).await.problem(409, "duplicate");

    let near = make(app, "service-points", &point("荟在港汇", 31.1944, 121.4343)).await;
    let far = make(app, "service-points", &point("华泾", 31.11, 121.45)).await;
    let own = format!("{path}/{}", made.id());
    let found = app.clerk().get(&own).await.ok().body["service_point"].clone();
    assert_eq!(found["id"], json!(near));
    assert!(found["distance_m"].as_u64().unwrap() < 50, "{found}");
    assert_eq!((&found["within_circle"], &found["open_now"]), (&json!(true), &json!(true)));
    let listed = app.clerk().get(&path).await.ok();
    assert_eq!(listed.body["items"][0]["service_point"], found);

    // Where nobody is sent any more is not the nearest.
    let mut closed = point("荟在港汇", 31.1944, 121.4343);
    closed["active"] = json!(false);
    let path = format!("{NETWORK}/service-points/{near}");
    app.director().put(&path).if_match(1).json(&closed).await.ok();
    let found = app.clerk().get(&own).await.ok().body["service_point"].clone();
    assert_eq!(found["id"], json!(far));
    assert!(found["distance_m"].as_u64().unwrap() > 9_000, "{found}");
    assert_eq!(found["within_circle"], false);

    let moved = building("港汇恒隆广场", 31.1101, 121.4501);
    let moved = app.director().put(&own).if_match(1).json(&moved).await.ok();
    assert_eq!(moved.body["service_point"]["within_circle"], true);
    let mut elsewhere = building("东方明珠", 31.2397, 121.4998);
    let answer = app.director().put(&own).if_match(2).json(&elsewhere).await;
    assert_eq!(answer.problem(422, "invalid").faults(), [("/longitude", "outside_district")]);
    elsewhere["managing_company"] = json!("  ");
    let path = format!("{NETWORK}/buildings");
    let answer = app.director().post(&path).json(&elsewhere).await.problem(422, "invalid");
    let expected = [("/longitude", "outside_district"), ("/managing_company", "blank")];
    assert_eq!(answer.faults(), expected);
}

async fn a_place_finds_what_is_near(app: &TestApp) {
    let at = |latitude: &str, longitude: &str| {
        format!("{NETWORK}/location?latitude={latitude}&longitude={longitude}")
    };
    let empty = app.clerk().get(&at("31.1944", "121.4343")).await.ok();
    assert_eq!(empty.body["buildings"], json!([]));
    assert!(empty.body.get("service_point").is_none());

    let here = make(app, "service-points", &point("荟在港汇", 31.1944, 121.4343)).await;
    make(app, "service-points", &point("华泾", 31.11, 121.45)).await;
    for place in 0..7_u32 {
        let latitude = 31.1950 + f64::from(place) / 1000.0;
        make(app, "buildings", &building(&format!("{place}号楼"), latitude, 121.4343)).await;
    }
    let found = app.supervisor().get(&at("31.1955", "121.4343")).await.ok();
    assert_eq!(found.body["latitude"], 31.1955);
    let point = &found.body["service_point"];
    assert_eq!((&point["id"], &point["name"]), (&json!(here), &json!("荟在港汇")));
    // 0.0011 degrees to the north: 122.3 metres on the sphere.
    assert_eq!((&point["distance_m"], &point["within_circle"]), (&json!(122), &json!(true)));
    let names: Vec<&str> = found.body["buildings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 5);
    assert_eq!(names[2..], ["2号楼", "3号楼", "4号楼"]);
    let beyond = app.clerk().get(&at("31.2000", "121.4343")).await.ok();
    assert_eq!(beyond.body["service_point"]["within_circle"], false);
    // It closes at half past five.
    app.pass(TimeDelta::hours(9));
    let later = app.clerk().get(&at("31.1955", "121.4343")).await.ok();
    assert_eq!(later.body["service_point"]["open_now"], false);

    for (latitude, longitude, expected) in [
        ("39.9042", "116.4074", &["?latitude", "?longitude"][..]),
        ("121.4343", "31.1944", &["?latitude", "?longitude"]),
        ("31.1944", "121.5", &["?longitude"]),
        ("NaN", "121.4343", &["?latitude"]),
    ] {
        let answer = app.clerk().get(&at(latitude, longitude)).await.problem(422, "invalid");
        let found: Vec<&str> = answer.faults().iter().map(|it| it.0).collect();
        assert_eq!(found, expected);
        assert!(answer.faults().iter().all(|it| it.1 == "outside_district"));
    }
    app.clerk().get(&at("north", "121.4")).await.problem(400, "invalid_parameter");
    let half = format!("{NETWORK}/location?latitude=31.19");
    app.clerk().get(&half).await.problem(400, "invalid_parameter");
}

async fn an_enterprise_is_its_credit_code(app: &TestApp) {
    let path = format!("{NETWORK}/enterprises");
    let place = make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let mut body = enterprise(1, "上海悦动健身有限公司");
    body["credit_code"] = json!(format!(" {} ", credit_code(1).to_lowercase()));
    body["building_id"] = json!(place);
    let made = app.clerk().post(&path).json(&body).await.created();
    assert_eq!(made.body["credit_code"], json!(credit_code(1)));
    app.officer().post(&path).json(&body).await.problem(409, "duplicate");
    app.mediator().post(&path).json(&body).await.problem(403, "forbidden");
    let second = make(app, "enterprises", &enterprise(2, "味道餐饮")).await;

    let own = format!("{path}/{}", made.id());
    body["is_key"] = json!(true);
    let changed = app.officer().put(&own).if_match(1).json(&body).await.ok();
    assert_eq!(changed.body["is_key"], true);
    app.officer().put(&own).if_match(1).json(&body).await.problem(412, "stale");
    body["credit_code"] = json!(credit_code(2));
    app.officer().put(&own).if_match(2).json(&body).await.problem(409, "duplicate");

    for (member, value, pointer, code) in [
        ("credit_code", json!("91350100M000100Y44"), "/credit_code", "wrong_checksum"),
        ("phone", json!("139 1817 9876"), "/phone", "not_a_public_phone"),
        ("building_id", json!(Uuid::nil()), "/building_id", "unknown_reference"),
        ("name", json!("　"), "/name", "blank"),
        ("floor", json!(" "), "/floor", "blank"),
    ] {
        let mut body = enterprise(3, "另一家");
        body[member] = value;
        let answer = app.clerk().post(&path).json(&body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    let listed = async |query: &str| -> Vec<Value> {
        let found = app.mediator().get(&format!("{path}{query}")).await.ok();
        found.body["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect()
    };
    assert_eq!(listed("").await, [json!(made.id()), json!(second)]);
    assert_eq!(listed(&format!("?building_id={place}")).await, [json!(made.id())]);
    assert_eq!(listed("?is_key=false").await, [json!(second)]);
    assert_eq!(listed("?status=left").await, [json!(null); 0]);
    assert_eq!(listed(&format!("?credit_code={}", credit_code(2))).await, [json!(second)]);
    let wrong = app.clerk().get(&format!("{path}?credit_code=x")).await.problem(422, "invalid");
    assert_eq!(faults(&wrong), [("?credit_code".to_owned(), "wrong_length".to_owned())]);
}

async fn a_room_has_one_owner_and_hours(app: &TestApp) {
    let path = format!("{NETWORK}/rooms");
    let point = make(app, "service-points", &point("聚在申通", 31.19, 121.43)).await;
    let lender = make(app, "enterprises", &enterprise(1, "港汇物业")).await;
    let made = app.admin().post(&path).json(&room("service_point_id", point)).await.created();
    assert_eq!(made.body["equipment"], json!(["screen", "printer"]));
    app.director()
        .post(&path)
        .json(&room("service_point_id", point))
        .await
        .problem(409, "duplicate");
    // Another owner has rooms of its own.
    let lent = make(app, "rooms", &room("enterprise_id", lender)).await;
    let of_lender = app.mediator().get(&format!("{path}?enterprise_id={lender}")).await.ok();
    assert_eq!(of_lender.body["items"][0]["id"], json!(lent));
    assert_eq!(of_lender.body["items"].as_array().unwrap().len(), 1);

    let mut both = room("service_point_id", point);
    both["enterprise_id"] = json!(lender);
    let mut nobody = room("service_point_id", point);
    nobody.as_object_mut().unwrap().remove("service_point_id");
    for body in [both, nobody] {
        let answer = app.director().post(&path).json(&body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [("/service_point_id", "one_owner")]);
    }
    for (member, value, pointer, code) in [
        ("service_point_id", json!(Uuid::nil()), "/service_point_id", "unknown_reference"),
        ("capacity", json!(1), "/capacity", "out_of_range"),
        ("equipment", json!(["screen", "screen"]), "/equipment", "not_unique"),
        (
            "opening_hours",
            json!([{ "weekday": "monday", "opens": "17:00", "closes": "09:00" }]),
            "/opening_hours/0/closes",
            "not_after_opening",
        ),
    ] {
        let mut body = room("service_point_id", point);
        body["name"] = json!("二号调解室");
        body[member] = value;
        let answer = app.director().post(&path).json(&body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    let own = format!("{path}/{}", made.id());
    let mut closed = room("service_point_id", point);
    closed["active"] = json!(false);
    let changed = app.director().put(&own).if_match(1).json(&closed).await.ok();
    assert_eq!(changed.version(), "2");
    assert_eq!(app.officer().get(&own).await.ok().body["active"], false);
    let active = app.officer().get(&format!("{path}?active=true")).await.ok();
    assert_eq!(active.body["items"].as_array().unwrap().len(), 1);
    app.clerk().put(&own).if_match(2).json(&closed).await.problem(403, "forbidden");
}

async fn a_liaison_is_a_duty_and_no_person(app: &TestApp) {
    let path = format!("{NETWORK}/liaisons");
    let place = make(app, "buildings", &building("汇金大厦", 31.19, 121.43)).await;
    let other = make(app, "buildings", &building("建汇大厦", 31.19, 121.44)).await;
    let colleague = app.clerk().user_id().await;
    let mut body = json!({
        "building_id": place, "organization": "汇金物业", "duty": "客户服务主管",
        "phone": "64070001", "user_id": colleague, "active": true,
    });
    let made = app.director().post(&path).json(&body).await.created();
    let listed = app.mediator().get(&format!("{path}?building_id={place}")).await.ok();
    assert_eq!(listed.body["items"][0], made.body);
    let none = app.mediator().get(&format!("{path}?building_id={other}")).await.ok();
    assert_eq!(none.body["items"], json!([]));
    for (member, value, pointer, code) in [
        ("phone", json!("+86 139 1817 9876"), "/phone", "not_a_public_phone"),
        ("building_id", json!(Uuid::nil()), "/building_id", "unknown_reference"),
        ("user_id", json!(Uuid::nil()), "/user_id", "unknown_reference"),
        ("duty", json!(" "), "/duty", "blank"),
    ] {
        let mut body = body.clone();
        body[member] = value;
        let answer = app.director().post(&path).json(&body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    body["active"] = json!(false);
    let own = format!("{path}/{}", made.id());
    let changed = app.admin().put(&own).if_match(1).json(&body).await.ok();
    assert_eq!(changed.body["active"], false);
    app.auditor().get(&own).await.problem(403, "forbidden");
}

async fn visits_make_the_list_of_who_is_next(app: &TestApp) {
    let today = shanghai_day(app.app.clock.now());
    let plain = make(app, "enterprises", &enterprise(1, "甲店")).await;
    let mut body = enterprise(2, "乙店");
    body["is_key"] = json!(true);
    let key = make(app, "enterprises", &body).await;
    let promised = make(app, "enterprises", &enterprise(3, "丙店")).await;
    let seen = make(app, "enterprises", &enterprise(4, "丁店")).await;
    let mut body = enterprise(5, "戊店");
    body["status"] = json!("left");
    make(app, "enterprises", &body).await;

    let path = format!("{NETWORK}/visits");
    let mut body = visit(app, promised);
    body["visited_on"] = json!(today - Days::new(30));
    body["follow_up_on"] = json!(today);
    let before = left_behind(app).await;
    let recorded = app.officer().post(&path).json(&body).await.created();
    assert_eq!(left_behind(app).await, (before.0 + 1, before.1 + 1), "one entry, one event");
    assert_eq!(recorded.body["visited_by"], json!(app.officer().user_id().await));
    assert_eq!(app.mediator().get(recorded.header("location")).await.ok().body, recorded.body);
    let mut body = visit(app, seen);
    body["visited_on"] = json!(today - Days::new(7));
    body["visited_by"] = json!(app.mediator().user_id().await);
    app.clerk().post(&path).json(&body).await.created();

    let list = format!("{NETWORK}/visit-suggestions");
    let whole = app.mediator().get(&list).await.ok();
    let order: Vec<&Value> =
        whole.body["items"].as_array().unwrap().iter().map(|it| &it["enterprise_id"]).collect();
    let expected = [promised, key, plain, seen].map(|it| json!(it));
    assert_eq!(order, expected.iter().collect::<Vec<_>>());
    let item = |place: usize| &whole.body["items"][place];
    assert_eq!(item(0)["reasons"], json!(["follow_up_due"]));
    assert_eq!(item(0)["days_since"], 30);
    assert_eq!(item(1)["reasons"], json!(["key_enterprise", "never_visited"]));
    assert!(item(1).get("last_visited_on").is_none());
    assert_eq!((&item(3)["reasons"], &item(3)["days_since"]), (&json!([]), &json!(7)));
    // Cut into pages it is the same.
    let (mut pages, mut next) = (Vec::new(), format!("{list}?limit=1"));
    loop {
        let page = app.supervisor().get(&next).await.ok();
        pages.extend(page.body["items"].as_array().unwrap().clone());
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        next = format!("{list}?limit=1&cursor={cursor}");
    }
    assert_eq!(json!(pages), whole.body["items"]);

    // Who came as agreed is not due any more.
    app.clerk().post(&path).json(&visit(app, promised)).await.created();
    let after = app.mediator().get(&list).await.ok();
    assert_eq!(after.body["items"][0]["enterprise_id"], json!(key));
    assert_eq!(after.body["items"][3]["enterprise_id"], json!(promised));
    let visits = app.clerk().get(&format!("{path}?enterprise_id={promised}")).await.ok();
    assert_eq!(visits.body["items"].as_array().unwrap().len(), 2);

    for (member, value, pointer, code) in [
        ("visited_on", json!(today + Days::new(1)), "/visited_on", "in_future"),
        ("follow_up_on", json!(today), "/follow_up_on", "before_visit"),
        ("enterprise_id", json!(Uuid::nil()), "/enterprise_id", "unknown_reference"),
        ("visited_by", json!(Uuid::nil()), "/visited_by", "unknown_reference"),
        ("findings", json!("\n"), "/findings", "blank"),
    ] {
        let mut body = visit(app, plain);
        body[member] = value;
        let answer = app.clerk().post(&path).json(&body).await.problem(422, "invalid");
        assert_eq!(answer.faults(), [(pointer, code)], "{body}");
    }
    app.mediator().post(&path).json(&visit(app, plain)).await.problem(403, "forbidden");
    app.admin().get(&path).await.problem(403, "forbidden");
}

async fn administration_keeps_places_and_the_auditor_reads_them(app: &TestApp) {
    something_of_everything(app).await;
    for room in ["service-points", "buildings", "rooms"] {
        let path = format!("{NETWORK}/{room}");
        for person in [app.admin(), app.auditor(), app.other_clerk()] {
            let found = person.get(&path).await.ok();
            assert_eq!(found.body["items"].as_array().unwrap().len(), 1, "{room}");
        }
        for person in [app.clerk(), app.mediator(), app.officer(), app.supervisor(), app.auditor()]
        {
            person.post(&path).json(&json!({})).await.problem(403, "forbidden");
        }
    }
    for room in ["enterprises", "liaisons", "visits", "visit-suggestions"] {
        let path = format!("{NETWORK}/{room}");
        app.auditor().get(&path).await.problem(403, "forbidden");
        app.supervisor().get(&path).await.ok();
    }
}
