//! The station that is measured: six offices, in each a clerk and a mediator, one director.

use std::path::Path;

use anyhow::{Context as _, ensure};
use huijie::access::{Actor, Allowed, can};
use huijie::app::App;
use huijie::clock::Clock;
use huijie::entity::{case, office, session, user};
use huijie::identity::{self, CreateUser, SetUpStation};
use huijie::offices::{self, CreateOffice};
use huijie::request::RequestFacts;
use huijie::settings::{GivenSettings, Settings};
use huijie::words::{OfficeKind, Role};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

const PASSWORD: &str = "Measured-twice-2026";

/// How many offices share the cases.
pub const OFFICES: usize = 6;

pub async fn open(directory: &Path, url: Option<&str>) -> anyhow::Result<App> {
    let given = GivenSettings {
        data_dir: Some(directory.to_owned()),
        database_url: url.map(str::to_owned),
        database_connections: Some(16),
        access_token_minutes: Some(60),
        ..GivenSettings::default()
    };
    App::open(Settings::load(given)?, Clock::System).await
}

/// Sets up an empty station with its people.
pub async fn make(app: &App) -> anyhow::Result<()> {
    let facts = RequestFacts::internal();
    let secret = identity::announce_setup(app).await?.context("the station is not empty")?;
    let input = SetUpStation {
        setup_secret: secret,
        office_name: "工作站 0".to_owned(),
        office_kind: OfficeKind::BuildingServiceCenter,
        username: "admin".to_owned(),
        display_name: "管理员".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let admin = identity::set_up(app, &facts, input).await?;
    let actor = Actor {
        id: admin.id,
        role: admin.role,
        office_id: admin.office_id,
        session_id: Uuid::nil(),
    };
    for number in 1..OFFICES {
        let call = Allowed::<can::CreateOffice>::check(actor, facts.clone())?;
        let name = format!("工作站 {number}");
        offices::create(app, &call, CreateOffice { kind: OfficeKind::BuildingServiceCenter, name })
            .await?;
    }
    for (number, office) in all_offices(app).await?.into_iter().enumerate() {
        person(app, format!("clerk{number}"), Role::Clerk, office).await?;
        person(app, format!("mediator{number}"), Role::Mediator, office).await?;
    }
    person(app, "director".to_owned(), Role::Director, admin.office_id).await
}

async fn person(app: &App, name: String, role: Role, office_id: Uuid) -> anyhow::Result<()> {
    let display_name = name.clone();
    let password = PASSWORD.to_owned();
    let input = CreateUser { username: name, display_name, role, office_id, password };
    identity::create_user_from_shell(app, input).await?;
    Ok(())
}

pub async fn all_offices(app: &App) -> anyhow::Result<Vec<Uuid>> {
    let found = office::Entity::find().order_by_asc(office::Column::Id);
    let found = found.all(app.database.reader()).await?;
    Ok(found.into_iter().map(|it| it.id).collect())
}

pub async fn user(app: &App, name: &str) -> anyhow::Result<user::Model> {
    let found = user::Entity::find().filter(user::Column::Username.eq(name));
    found.one(app.database.reader()).await?.with_context(|| format!("no user {name}"))
}

/// A new access token.
pub async fn log_in(app: &App, name: &str) -> anyhow::Result<String> {
    let session = identity::log_in(app, &RequestFacts::internal(), name, PASSWORD).await?;
    Ok(session.access_token)
}

/// The newest session of a user.
pub async fn session(app: &App, user_id: Uuid) -> anyhow::Result<Uuid> {
    let found = session::Entity::find()
        .filter(session::Column::UserId.eq(user_id))
        .order_by_desc(session::Column::Id);
    Ok(found.one(app.database.reader()).await?.context("nobody has logged in")?.id)
}

/// The newest cases that the first clerk can see.
pub async fn some_cases(app: &App, many: u64) -> anyhow::Result<Vec<Uuid>> {
    let clerk = user(app, "clerk0").await?;
    let found = case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(case::Column::OfficeId.eq(clerk.office_id))
        .order_by_desc(case::Column::Id)
        .limit(many)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    Ok(found)
}

/// Writes what the load generator needs into the directory of the station: tokens, ids of
/// cases, and the body of a case to register.
pub async fn write_down(app: &App) -> anyhow::Result<()> {
    use poem_openapi::types::{Example as _, ToJSON as _};
    let directory = &app.settings.data_dir;
    for name in ["clerk0", "mediator0", "director"] {
        std::fs::write(directory.join(format!("{name}.token")), log_in(app, name).await?)?;
    }
    let cases = some_cases(app, 1000).await?;
    ensure!(!cases.is_empty(), "the station has no cases");
    let lines: Vec<String> = cases.iter().map(Uuid::to_string).collect();
    std::fs::write(directory.join("cases.txt"), lines.join("\n"))?;
    let body = huijie::intake::RegisterCase::example().to_json_string();
    std::fs::write(directory.join("case.json"), body)?;
    Ok(())
}
