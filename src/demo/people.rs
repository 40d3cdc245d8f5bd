//! The district's offices and the people who work in them. They are made as a real station
//! makes them: the first administrator with the one-time secret, then everybody else by that
//! administrator.

use anyhow::Context as _;
use uuid::Uuid;

use crate::access::{Actor, Allowed, Can, can};
use crate::app::App;
use crate::error::{Error, Result};
use crate::identity::{self, CreateUser, SetUpStation};
use crate::offices::{self, CreateOffice};
use crate::request::{IfMatch, RequestFacts};
use crate::words::{OfficeKind, Role};

/// An office, by its place in [`OFFICES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Office(usize);

impl Office {
    pub const COMMITTEE: Self = Self(0);
    pub const MARKET_SUPERVISION: Self = Self(1);
    pub const JUDICIAL: Self = Self(2);
    pub const CONSUMER_COUNCIL: Self = Self(3);
    pub const LEZAI_MEILUO: Self = Self(4);
    pub const COURT: Self = Self(9);
    pub const HOTLINE: Self = Self(10);
    pub const LABOR: Self = Self(11);
    pub const JUSTICE_BUREAU: Self = Self(12);
    pub const MARKET_BUREAU: Self = Self(13);
}

/// The station's network. The committee comes first: the station is set up with it.
const OFFICES: [(OfficeKind, &str); 14] = [
    (OfficeKind::MediationCommittee, "徐家汇街道消费纠纷人民调解委员会"),
    (OfficeKind::MarketSupervisionOffice, "徐家汇市场监督管理所"),
    (OfficeKind::JudicialOffice, "徐家汇街道司法所"),
    (OfficeKind::ConsumerCouncil, "消保委徐家汇联络点"),
    (OfficeKind::BuildingServiceCenter, "乐在美罗楼宇服务中心"),
    (OfficeKind::BuildingServiceCenter, "聚在申通楼宇服务中心"),
    (OfficeKind::BuildingServiceCenter, "爱在建汇楼宇服务中心"),
    (OfficeKind::BuildingServiceCenter, "创在腾飞楼宇服务中心"),
    (OfficeKind::BuildingServiceCenter, "荟在港汇楼宇服务中心"),
    (OfficeKind::Court, "徐汇区人民法院诉调对接中心"),
    (OfficeKind::Hotline, "徐家汇街道城运中心（12345 热线）"),
    (OfficeKind::Other, "徐汇区劳动人事争议调解中心"),
    (OfficeKind::Other, "徐汇区司法局"),
    (OfficeKind::Other, "徐汇区市场监督管理局"),
];

/// Somebody who works at the station, by their place in [`STAFF`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Staff(usize);

impl Staff {
    pub const ADMIN: Self = Self(0);
    pub const DIRECTOR: Self = Self(2);
    pub const DEPUTY_DIRECTOR: Self = Self(3);
    pub const CLERK: Self = Self(6);
    pub const MARKET_CLERK: Self = Self(7);
    pub const JUDICIAL_CLERK: Self = Self(8);
    pub const BUILDING_CLERK: Self = Self(9);
    pub const OFFICERS: [Self; 2] = [Self(10), Self(11)];
    /// Mediators of the committee, who walk through the district.
    pub const WALKERS: [Self; 4] = [Self(12), Self(13), Self(14), Self(15)];
    pub const MEDIATORS: [Self; 6] = [Self(12), Self(13), Self(14), Self(15), Self(16), Self(17)];
}

struct Post {
    username: &'static str,
    name: &'static str,
    role: Role,
    office: Office,
}

const fn post(username: &'static str, name: &'static str, role: Role, office: Office) -> Post {
    Post { username, name, role, office }
}

/// The administrator comes first: the station is set up by this account.
const STAFF: [Post; 18] = [
    post("admin", "许志远", Role::Admin, Office::COMMITTEE),
    post("auditor", "徐亮", Role::Auditor, Office::JUDICIAL),
    post("director", "顾明远", Role::Director, Office::COMMITTEE),
    post("director2", "方敏", Role::Director, Office::MARKET_SUPERVISION),
    post("supervisor", "沈芳", Role::Supervisor, Office::JUSTICE_BUREAU),
    post("supervisor2", "宋启航", Role::Supervisor, Office::MARKET_BUREAU),
    post("clerk", "陈静", Role::Clerk, Office::COMMITTEE),
    post("clerk2", "俞晓燕", Role::Clerk, Office::MARKET_SUPERVISION),
    post("clerk3", "郑洁", Role::Clerk, Office::JUDICIAL),
    post("clerk4", "蒋雯", Role::Clerk, Office::LEZAI_MEILUO),
    post("officer", "周海波", Role::Officer, Office::MARKET_SUPERVISION),
    post("officer2", "陆晨", Role::Officer, Office::MARKET_SUPERVISION),
    post("mediator", "王建国", Role::Mediator, Office::COMMITTEE),
    post("mediator2", "李梅", Role::Mediator, Office::COMMITTEE),
    post("mediator3", "吴国强", Role::Mediator, Office::COMMITTEE),
    post("mediator4", "施美华", Role::Mediator, Office::COMMITTEE),
    post("mediator5", "潘志刚", Role::Mediator, Office::JUDICIAL),
    post("mediator6", "唐婉青", Role::Mediator, Office::JUDICIAL),
];

/// The user names of everybody.
pub(super) fn usernames() -> impl Iterator<Item = &'static str> {
    STAFF.iter().map(|it| it.username)
}

/// Somebody who can log in.
#[derive(Debug, Clone)]
pub struct Person {
    pub username: &'static str,
    pub display_name: &'static str,
    pub role: Role,
    /// Name of the office.
    pub office: &'static str,
}

/// Everybody, as the table that is printed.
pub(super) fn everybody() -> Vec<Person> {
    let person = |it: &Post| Person {
        username: it.username,
        display_name: it.name,
        role: it.role,
        office: OFFICES[it.office.0].1,
    };
    STAFF.iter().map(person).collect()
}

/// What a demo step says of itself in the audit log.
fn facts(version: Option<i64>) -> RequestFacts {
    RequestFacts {
        trace_id: "demo".to_owned(),
        if_match: version.map(|version| IfMatch { version }),
        ..RequestFacts::internal()
    }
}

/// The offices, people and rooms as the database knows them.
#[derive(Debug)]
pub(super) struct District {
    offices: Vec<Uuid>,
    actors: Vec<Actor>,
    /// In which hearings are held; there once `places` has made them.
    rooms: Vec<Uuid>,
}

impl District {
    /// Sets the station up: offices and accounts, all with one password.
    pub async fn make(app: &App, password: &str) -> anyhow::Result<Self> {
        let mut district = Self::set_up(app, password).await?;
        for (kind, name) in OFFICES.into_iter().skip(1) {
            let call: Allowed<can::CreateOffice> = district.allowed(Staff::ADMIN, None)?;
            let office = CreateOffice { kind, name: name.to_owned() };
            district.offices.push(offices::create(app, &call, office).await?.body.id);
        }
        for Post { username, name, role, office } in STAFF.into_iter().skip(1) {
            let call: Allowed<can::CreateUser> = district.allowed(Staff::ADMIN, None)?;
            let office_id = district.office(office);
            let input = CreateUser {
                username: username.to_owned(),
                display_name: name.to_owned(),
                role,
                office_id,
                password: password.to_owned(),
            };
            let id = identity::create_user(app, &call, input).await?.body.id;
            district.actors.push(Actor { id, role, office_id, session_id: Uuid::nil() });
        }
        Ok(district)
    }

    async fn set_up(app: &App, password: &str) -> anyhow::Result<Self> {
        let secret = identity::announce_setup(app).await?;
        let (office_kind, office_name) = OFFICES[0];
        let Post { username, name, .. } = STAFF[0];
        let input = SetUpStation {
            setup_secret: secret.context("the station is set up already")?,
            office_name: office_name.to_owned(),
            office_kind,
            username: username.to_owned(),
            display_name: name.to_owned(),
            password: password.to_owned(),
        };
        let admin = identity::set_up(app, &facts(None), input).await?;
        let (role, office_id) = (admin.role, admin.office_id);
        let actor = Actor { id: admin.id, role, office_id, session_id: Uuid::nil() };
        Ok(Self { offices: vec![office_id], actors: vec![actor], rooms: Vec::new() })
    }

    pub fn office(&self, office: Office) -> Uuid {
        self.offices[office.0]
    }

    /// Gives the station its rooms.
    pub fn furnish(&mut self, rooms: Vec<Uuid>) {
        self.rooms = rooms;
    }

    pub fn room(&self, place: usize) -> Result<Uuid> {
        let room = self.rooms.get(place).copied();
        room.ok_or_else(|| Error::internal("the story names a room that is not there"))
    }

    pub fn id(&self, person: Staff) -> Uuid {
        self.actors[person.0].id
    }

    /// Asks the permission table in this person's name, as the bearer guard does.
    pub fn allowed<A: Can>(&self, person: Staff, version: Option<i64>) -> Result<Allowed<A>> {
        Allowed::check(self.actors[person.0], facts(version))
    }
}
