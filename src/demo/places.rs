//! The places around the demo's station: its service points and the buildings between them as
//! they lie in Xujiahui (coordinates to about fifty metres), with enterprises, liaisons, rooms
//! and visits that are made up. Also what its mediators are good at.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::dice::Dice;
use super::invent::{self, Shops};
use super::people::{District, Office, Staff};
use crate::access::{Allowed, can};
use crate::app::App;
use crate::clock::shanghai_day;
use crate::district::{
    self, RecordVisit, WriteBuilding, WriteLiaison, WriteRoom, WriteServicePoint, working_days,
};
use crate::error::Result;
use crate::http::{TableFile, TableMedia};
use crate::mediators::{self, UpdateMediatorProfile};
use crate::words::{
    Category, MediatorKind, RoomEquipment, RosterState, ServicePointKind, SpokenLanguage,
    VisitPurpose,
};

/// The same places in every run.
const SEED: u64 = 20_260_416;

struct Point {
    kind: ServicePointKind,
    name: &'static str,
    address: &'static str,
    at: (f64, f64),
    office: Option<Office>,
}

const fn point(
    kind: ServicePointKind,
    name: &'static str,
    address: &'static str,
    at: (f64, f64),
    office: Option<Office>,
) -> Point {
    Point { kind, name, address, at, office }
}

const CENTER: ServicePointKind = ServicePointKind::BuildingServiceCenter;

const POINTS: [Point; 7] = [
    point(
        ServicePointKind::MainSeat,
        "徐家汇消费纠纷联合人民调解工作站",
        "上海市徐汇区广元西路",
        (31.1968, 121.4329),
        Some(Office::COMMITTEE),
    ),
    point(
        ServicePointKind::StreetPoint,
        "徐家汇街道社区服务点",
        "上海市徐汇区南丹东路",
        (31.1898, 121.4373),
        Some(Office::JUDICIAL),
    ),
    point(
        CENTER,
        "乐在美罗楼宇服务中心",
        "上海市徐汇区肇嘉浜路",
        (31.1926, 121.4400),
        Some(Office::LEZAI_MEILUO),
    ),
    point(CENTER, "聚在申通楼宇服务中心", "上海市徐汇区淮海西路", (31.2010, 121.4358), None),
    point(CENTER, "爱在建汇楼宇服务中心", "上海市徐汇区漕溪北路", (31.1877, 121.4365), None),
    point(CENTER, "创在腾飞楼宇服务中心", "上海市徐汇区天钥桥路", (31.1890, 121.4413), None),
    point(CENTER, "荟在港汇楼宇服务中心", "上海市徐汇区虹桥路", (31.1946, 121.4343), None),
];

/// Buildings with the street they stand at and where that is.
const BUILDINGS: [(&str, &str, (f64, f64)); 40] = [
    ("港汇恒隆广场", "虹桥路", (31.1948, 121.4341)),
    ("港汇办公楼北座", "虹桥路", (31.1953, 121.4345)),
    ("港汇办公楼南座", "虹桥路", (31.1943, 121.4340)),
    ("美罗城", "肇嘉浜路", (31.1926, 121.4402)),
    ("美罗大厦", "天钥桥路", (31.1921, 121.4405)),
    ("六百广场", "肇嘉浜路", (31.1931, 121.4395)),
    ("东方商厦", "漕溪北路", (31.1932, 121.4372)),
    ("汇金百货", "肇嘉浜路", (31.1937, 121.4413)),
    ("汇联商厦", "漕溪北路", (31.1922, 121.4374)),
    ("百脑汇", "漕溪北路", (31.1916, 121.4377)),
    ("太平洋数码广场", "漕溪北路", (31.1927, 121.4381)),
    ("实业大厦", "漕溪北路", (31.1919, 121.4370)),
    ("圣爱大厦", "漕溪北路", (31.1908, 121.4372)),
    ("汇阳广场", "漕溪北路", (31.1900, 121.4371)),
    ("建汇大厦", "漕溪北路", (31.1878, 121.4367)),
    ("华亭宾馆", "漕溪北路", (31.1848, 121.4362)),
    ("中金国际广场", "漕溪北路", (31.1890, 121.4362)),
    ("飞洲国际广场", "零陵路", (31.1866, 121.4408)),
    ("腾飞元创大厦", "天钥桥路", (31.1889, 121.4414)),
    ("嘉汇广场", "天钥桥路", (31.1903, 121.4420)),
    ("永新坊", "天钥桥路", (31.1913, 121.4410)),
    ("辛耕大厦", "辛耕路", (31.1908, 121.4426)),
    ("宏汇国际广场", "南丹东路", (31.1894, 121.4392)),
    ("光启大厦", "南丹路", (31.1897, 121.4348)),
    ("汇智大厦", "虹桥路", (31.1950, 121.4313)),
    ("徐家汇中心", "虹桥路", (31.1957, 121.4299)),
    ("国贸汇", "恭城路", (31.1969, 121.4290)),
    ("世纪商贸广场", "虹桥路", (31.1942, 121.4300)),
    ("捷运大厦", "虹桥路", (31.1938, 121.4277)),
    ("南洋大厦", "华山路", (31.1972, 121.4366)),
    ("交大慧谷科技大厦", "乐山路", (31.1995, 121.4297)),
    ("申通信息广场", "淮海西路", (31.2011, 121.4359)),
    ("淮海国际广场", "淮海西路", (31.2019, 121.4380)),
    ("新华铂金大厦", "番禺路", (31.2016, 121.4286)),
    ("衡山坊", "衡山路", (31.1998, 121.4423)),
    ("衡山大厦", "衡山路", (31.1991, 121.4408)),
    ("徐汇商务大厦", "肇嘉浜路", (31.1955, 121.4447)),
    ("均瑶广场", "肇嘉浜路", (31.1949, 121.4433)),
    ("青松城", "肇嘉浜路", (31.1969, 121.4470)),
    ("上海体育场商务区", "天钥桥路", (31.1836, 121.4390)),
];

/// What trades are called at the end of a shop's name, and in the register.
const TRADES: [(&str, &str); 12] = [
    ("健身", "健身"),
    ("餐", "餐饮"),
    ("食品", "餐饮"),
    ("教育", "教育培训"),
    ("培训", "教育培训"),
    ("美容", "美容美发"),
    ("美发", "美容美发"),
    ("酒店", "住宿"),
    ("口腔", "医疗健康"),
    ("维修", "维修"),
    ("网络", "网络零售"),
    ("电子商务", "网络零售"),
];

/// Everything that stands before the first case comes in.
pub(super) async fn make(
    app: &App,
    district: &mut District,
    shops: &Shops,
    cases: u32,
) -> Result<()> {
    let mut dice = Dice::new(SEED);
    let points = service_points(app, district).await?;
    let buildings = buildings(app, district, &mut dice).await?;
    let rooms = rooms(app, district, &points).await?;
    district.furnish(rooms);
    liaisons(app, district, &buildings).await?;
    let call: Allowed<can::ImportEnterprises> = district.allowed(Staff::CLERK, None)?;
    let bytes = register(&mut dice, shops).into_bytes();
    let file = TableFile { media: TableMedia::Csv(None), bytes };
    district::import_enterprises(app, &call, false, file).await?;
    profiles(app, district, cases).await
}

async fn service_points(app: &App, district: &District) -> Result<Vec<Uuid>> {
    let mut made = Vec::new();
    for Point { kind, name, address, at, office } in &POINTS {
        let call: Allowed<can::CreateServicePoint> = district.allowed(Staff::DIRECTOR, None)?;
        let point = WriteServicePoint {
            kind: *kind,
            name: (*name).to_owned(),
            address: (*address).to_owned(),
            latitude: at.0,
            longitude: at.1,
            radius_m: None,
            opening_hours: working_days("09:00", "17:30"),
            phone: Some("12345".to_owned()),
            office_id: office.map(|it| district.office(it)),
            active: true,
        };
        made.push(district::create_point(app, &call, point).await?.body.id);
    }
    Ok(made)
}

async fn buildings(app: &App, district: &District, dice: &mut Dice) -> Result<Vec<Uuid>> {
    let mut made = Vec::new();
    for (name, street, (latitude, longitude)) in BUILDINGS {
        let call: Allowed<can::CreateBuilding> = district.allowed(Staff::DIRECTOR, None)?;
        let building = WriteBuilding {
            name: name.to_owned(),
            address: format!("上海市徐汇区{street}"),
            latitude,
            longitude,
            managing_company: Some(format!("上海{}物业管理有限公司", invent::brand(dice))),
            active: true,
        };
        made.push(district::create_building(app, &call, building).await?.body.id);
    }
    Ok(made)
}

/// How many rooms there are for hearings.
pub(super) const ROOMS: usize = POINTS.len() + 1;

/// One room at each point and a second one at the main seat.
async fn rooms(app: &App, district: &District, points: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut made = Vec::with_capacity(ROOMS);
    let names =
        points.iter().map(|it| (*it, "调解室")).chain(points.first().map(|it| (*it, "圆桌调解室")));
    for (point, name) in names {
        let call: Allowed<can::CreateRoom> = district.allowed(Staff::DIRECTOR, None)?;
        let room = WriteRoom {
            name: name.to_owned(),
            service_point_id: Some(point),
            enterprise_id: None,
            place: None,
            capacity: 8,
            opening_hours: working_days("09:00", "17:00"),
            equipment: vec![RoomEquipment::Recorder, RoomEquipment::Printer],
            active: true,
        };
        made.push(district::create_room(app, &call, room).await?.body.id);
    }
    Ok(made)
}

/// Each building is spoken to through its managing company (定楼定点定人).
async fn liaisons(app: &App, district: &District, buildings: &[Uuid]) -> Result<()> {
    for (place, building_id) in buildings.iter().enumerate() {
        let call: Allowed<can::CreateLiaison> = district.allowed(Staff::DIRECTOR, None)?;
        let walker = Staff::WALKERS[place % Staff::WALKERS.len()];
        let liaison = WriteLiaison {
            building_id: *building_id,
            organization: "楼宇物业管理处".to_owned(),
            duty: "客户服务主管".to_owned(),
            phone: None,
            user_id: Some(district.id(walker)),
            active: true,
        };
        district::create_liaison(app, &call, liaison).await?;
    }
    Ok(())
}

/// The register as a table: the shops that people complain about, and their neighbours.
fn register(dice: &mut Dice, shops: &Shops) -> String {
    let mut table = "企业名称,统一社会信用代码,行业,楼宇,楼层,重点企业,状态\n".to_owned();
    let mut row = |dice: &mut Dice, name: &str, code: &str| {
        let trade = TRADES.iter().find(|it| name.contains(it.0)).map_or("零售", |it| it.1);
        let (building, _, _) = BUILDINGS[dice.index(BUILDINGS.len())];
        let floor = dice.between(1, 28);
        let key = if dice.chance(8) { "是" } else { "否" };
        let _ = writeln!(table, "{name},{code},{trade},{building},{floor},{key},在业");
    };
    for (name, code) in shops.names_and_codes() {
        row(dice, name, code);
    }
    for _ in 0..120 {
        let (name, code) = invent::neighbour(dice);
        row(dice, &name, &code);
    }
    table
}

/// What each mediator knows, and how much at once; enough for the cases of the demo.
async fn profiles(app: &App, district: &District, cases: u32) -> Result<()> {
    let knows: [&[Category]; 4] = [
        &[Category::PrepaidCard, Category::Contract],
        &[Category::Quality, Category::AfterSales],
        &[Category::FalseAdvertising, Category::Price],
        &[Category::FoodSafety],
    ];
    let capacity = i32::try_from(cases / 10).unwrap_or(1000).clamp(40, 1000);
    let engaged_from = shanghai_day(app.clock.now());
    let people = Staff::MEDIATORS.iter().map(|it| (*it, MediatorKind::FullTime));
    let officers = Staff::OFFICERS.iter().map(|it| (*it, MediatorKind::Officer));
    for (place, (person, kind)) in people.chain(officers).enumerate() {
        let call: Allowed<can::UpdateMediatorProfile> =
            district.allowed(Staff::DIRECTOR, Some(0))?;
        let mut languages = vec![SpokenLanguage::Mandarin, SpokenLanguage::Shanghainese];
        if place % 3 == 0 {
            languages.push(SpokenLanguage::English);
        }
        let profile = UpdateMediatorProfile {
            kind,
            engaged_from,
            engaged_until: None,
            roster_state: RosterState::Listed,
            specialities: knows[place % knows.len()].to_vec(),
            languages,
            capacity,
        };
        mediators::update_profile(app, &call, district.id(person), profile).await?;
    }
    Ok(())
}

/// Visits of the year that has passed, told when it is over.
pub(super) async fn visit(app: &App, district: &District) -> Result<()> {
    let mut dice = Dice::new(SEED + 1);
    let today = shanghai_day(app.clock.now());
    let call: Allowed<can::ListEnterprises> = district.allowed(Staff::CLERK, None)?;
    let any = (None, None, None);
    let enterprises = district::list_enterprises(app, &call, any, None, None, Some(30)).await?;
    for (place, enterprise) in enterprises.items.into_iter().enumerate() {
        let days = u64::try_from(dice.between(5, 330)).unwrap_or(5);
        let visited_on: NaiveDate = today - Days::new(days);
        let purpose = dice.pick(&[
            VisitPurpose::Routine,
            VisitPurpose::KeyEnterprise,
            VisitPurpose::LegalEducation,
        ]);
        let call: Allowed<can::RecordVisit> = district.allowed(Staff::DIRECTOR, None)?;
        let visit = RecordVisit {
            enterprise_id: enterprise.id,
            visited_on,
            visited_by: Some(district.id(Staff::WALKERS[place % Staff::WALKERS.len()])),
            purpose,
            findings: "查看预付卡公示和退费流程，发放消费维权联系卡。".to_owned(),
            follow_up_on: dice.chance(40).then(|| visited_on + Days::new(90)),
        };
        district::record_visit(app, &call, visit).await?;
    }
    Ok(())
}
