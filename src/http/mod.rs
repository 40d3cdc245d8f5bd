//! The API put together, and the server that answers it. No rule of the field and no query is
//! ever here.

mod answers;
mod calendar_file;
mod check_page;
pub mod docs;
pub mod document;
mod faults;
mod framework;
mod guard;
pub mod middleware;
mod payload;
pub mod problem;
mod routes;
mod stored_file;
mod table_file;
mod upload;

use std::time::Duration;

use chrono::{DateTime, Utc};
use poem::{Endpoint, EndpointExt, Route};
use poem_openapi::{Object, OpenApiService, Tags};
use uuid::Uuid;

pub use answers::{Begun, Created, Done, Page, Plain, Versioned};
pub use calendar_file::CalendarFile;
pub use guard::{Facts, href_of};
pub use payload::Body;
pub use problem::Problem;
pub use stored_file::{Content, Picture, PngPicture, StoredFile};
pub use table_file::{TableFile, TableMedia};
pub use upload::Upload;

use crate::access::{Action, Guarded, Reach, Role};
use crate::app::App;
use crate::language::{Language, Text};
use crate::law::Law;
use document::{DocumentVersion, OperationFacts, Rooms};

/// Where the API is mounted.
pub const BASE: &str = "/api/v1";

/// An id for examples.
pub const EXAMPLE_ID: Uuid = Uuid::from_u128(0x019a_b000_0000_7000_8000_0000_0000_0001);

/// A past instant for examples.
pub fn example_instant() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).unwrap_or_default()
}

/// The sections of the document, in the order in which a case meets them.
#[derive(Debug, Tags)]
pub enum Tag {
    /// Logging in, one's own account, the first run.
    Authentication,
    /// Reading cases: one, a list, what can be done next, what has happened.
    Cases,
    /// A dispute comes in: registering, parties, claims, supplements, personal data.
    Intake,
    /// Accepted, declined, referred, withdrawn, settled in private.
    Acceptance,
    /// Consents, notices of rights, the panel, the start of mediation.
    Preparation,
    /// Files of evidence: streamed in and out, never overwritten.
    Evidence,
    /// Mediation sessions with attendance and minutes.
    Hearings,
    /// Agreements, their signatures and seal; endings without one.
    Outcome,
    /// Official forms as PDF and DOCX, and the whole file of a case.
    Papers,
    /// Performance, revisits, closing, the archive.
    Aftercare,
    /// The three legal tracks and the moves between them.
    Tracks,
    /// Clues of illegality: reported from a case, verified in a register of their own.
    Clues,
    /// Calendars and rules that deadlines are counted by, and the calculator.
    Deadlines,
    /// Refunds, damages, returns, interest and amounts in words, counted step by step with the
    /// articles. Nothing is written.
    Calculators,
    /// The district around the station: service points, buildings, enterprises, liaisons, shared
    /// rooms, visits.
    District,
    /// Accounts, offices, code lists.
    Administration,
    /// The log that nobody can rewrite.
    Audit,
}

/// An article of law as it is answered.
#[derive(Debug, Object)]
pub struct LawView {
    /// Law and article, for programs.
    code: String,
    /// The citation as it is printed.
    citation: String,
}

impl LawView {
    pub fn new(law: Law, language: Language) -> Self {
        let citation = law.citation().in_language(language).to_owned();
        Self { code: law.code().to_owned(), citation }
    }
}

/// Something said in both languages: for papers that carry both.
#[derive(Debug, Object)]
#[oai(rename = "BothLanguages")]
pub struct TextView {
    /// Chinese.
    zh: String,
    /// English.
    en: String,
}

impl From<Text> for TextView {
    fn from(it: Text) -> Self {
        Self { zh: it.zh.into_owned(), en: it.en.into_owned() }
    }
}

/// Every room with an API, in the order in which a case walks through them.
pub type AllRooms = Rooms<(
    (
        crate::identity::AuthenticationApi,
        crate::identity::SetupApi,
        crate::identity::MeApi,
        crate::identity::UsersApi,
        crate::offices::OfficesApi,
        crate::codes::CodesApi,
        crate::audit::AuditApi,
    ),
    (
        crate::cases::CasesApi,
        crate::intake::IntakeApi,
        crate::parties::PartiesApi,
        crate::acceptance::AcceptanceApi,
        crate::consents::ConsentsApi,
        crate::assignment::AssignmentApi,
        crate::hearings::HearingsApi,
    ),
    (
        crate::agreements::AgreementsApi,
        crate::agreements::AgreementChecksApi,
        crate::outcomes::OutcomesApi,
        crate::performance::PerformanceApi,
        crate::archive::ArchiveApi,
        crate::tracks::TracksApi,
        crate::recusals::RecusalsApi,
        crate::interests::InterestsApi,
        crate::clues::CluesApi,
        crate::confirmation::ConfirmationApi,
    ),
    (
        crate::calendars::CalendarsApi,
        crate::deadlines::DeadlinesApi,
        crate::deadlines::RunningDeadlinesApi,
        crate::calculators::CalculatorsApi,
        crate::suspensions::SuspensionsApi,
        crate::contacts::ContactsApi,
        crate::feedbacks::FeedbacksApi,
        crate::localities::LocalitiesApi,
        crate::referrals::ReferralsApi,
        crate::evidence::EvidenceApi,
    ),
    (crate::investigations::InvestigationsApi, crate::papers::PapersApi, crate::papers::VolumesApi),
    (
        crate::mediators::MediatorsApi,
        crate::assignment::WishesApi,
        crate::assignment::SuggestionsApi,
        crate::district::DistrictApi,
        crate::hearings::HoldsApi,
        crate::hearings::FeedsApi,
        crate::hearings::TimesApi,
        crate::duplicates::DuplicatesApi,
        crate::search::SearchApi,
    ),
)>;

fn rooms(app: &App) -> AllRooms {
    let app = || app.clone();
    Rooms((
        (
            crate::identity::AuthenticationApi(app()),
            crate::identity::SetupApi(app()),
            crate::identity::MeApi(app()),
            crate::identity::UsersApi(app()),
            crate::offices::OfficesApi(app()),
            crate::codes::CodesApi(app()),
            crate::audit::AuditApi(app()),
        ),
        (
            crate::cases::CasesApi(app()),
            crate::intake::IntakeApi(app()),
            crate::parties::PartiesApi(app()),
            crate::acceptance::AcceptanceApi(app()),
            crate::consents::ConsentsApi(app()),
            crate::assignment::AssignmentApi(app()),
            crate::hearings::HearingsApi(app()),
        ),
        (
            crate::agreements::AgreementsApi(app()),
            crate::agreements::AgreementChecksApi(app()),
            crate::outcomes::OutcomesApi(app()),
            crate::performance::PerformanceApi(app()),
            crate::archive::ArchiveApi(app()),
            crate::tracks::TracksApi(app()),
            crate::recusals::RecusalsApi(app()),
            crate::interests::InterestsApi(app()),
            crate::clues::CluesApi(app()),
            crate::confirmation::ConfirmationApi(app()),
        ),
        (
            crate::calendars::CalendarsApi(app()),
            crate::deadlines::DeadlinesApi(app()),
            crate::deadlines::RunningDeadlinesApi(app()),
            crate::calculators::CalculatorsApi(app()),
            crate::suspensions::SuspensionsApi(app()),
            crate::contacts::ContactsApi(app()),
            crate::feedbacks::FeedbacksApi(app()),
            crate::localities::LocalitiesApi(app()),
            crate::referrals::ReferralsApi(app()),
            crate::evidence::EvidenceApi(app()),
        ),
        (
            crate::investigations::InvestigationsApi(app()),
            crate::papers::PapersApi(app()),
            crate::papers::VolumesApi(app()),
        ),
        (
            crate::mediators::MediatorsApi(app()),
            crate::assignment::WishesApi(app()),
            crate::assignment::SuggestionsApi(app()),
            crate::district::api(&app()),
            crate::hearings::HoldsApi(app()),
            crate::hearings::FeedsApi(app()),
            crate::hearings::TimesApi(app()),
            crate::duplicates::DuplicatesApi(app()),
            crate::search::SearchApi(app()),
        ),
    ))
}

/// What the document says of an operation beyond its types: all of it from the table.
fn operation_facts(operation_id: &str) -> OperationFacts {
    let Ok(action) = operation_id.parse::<Action>() else {
        return OperationFacts::default();
    };
    let reaches = |reach: Reach| {
        let roles: Vec<String> = Role::ALL
            .iter()
            .filter(|it| action.reach(**it) == reach)
            .map(|it| format!("`{it}`"))
            .collect();
        (!roles.is_empty()).then(|| roles.join(", "))
    };
    let rows = [
        (Reach::Any, "all of the station"),
        (Reach::Office, "what their office handles"),
        (Reach::Own, "what is their own"),
    ];
    let roles: Vec<String> = rows
        .into_iter()
        .filter_map(|(reach, text)| reaches(reach).map(|roles| format!("{roles} ({text})")))
        .collect();
    OperationFacts {
        versioned: action.guarded() == Guarded::Versioned,
        security_text: Some(format!("Roles: {}.", roles.join("; "))),
        idempotent: true,
        locks: action == Action::ChangeMyPassword,
        ranged: matches!(
            action,
            Action::ReadEvidenceContent
                | Action::ReadPaperPdf
                | Action::ReadPaperDocx
                | Action::ReadVolumePdf
                | Action::ReadVolumeZip
        ),
    }
}

/// The OpenAPI document as it is published; needs no running station.
pub fn document_text(version: DocumentVersion) -> String {
    document::document(&document::raw::<AllRooms>(), version, &operation_facts)
}

/// The whole endpoint of a station.
pub fn endpoint(app: &App) -> impl Endpoint + 'static {
    let service = OpenApiService::new(rooms(app), "Huijie", env!("CARGO_PKG_VERSION")).server(BASE);
    let routes = routes::Routes::of::<AllRooms>(BASE);
    let limits = middleware::BodyLimits {
        ordinary: app.settings.body_limit,
        imports: app.settings.import_limit,
    };
    let route = Route::new()
        .at(format!("{BASE}/openapi.json"), docs::document(document_text(DocumentVersion::V3_0)))
        .at(
            format!("{BASE}/openapi-3.1.json"),
            docs::document(document_text(DocumentVersion::V3_1)),
        )
        .nest("/docs", docs::docs_page())
        .at("/verify/:number/:hash", poem::get(check_page::page))
        .nest(BASE, service);
    crate::operations::mount(route).data(app.clone()).with(middleware::Edge::new(
        app.clock.clone(),
        routes,
        limits,
    ))
}

/// Answers requests until `stop` resolves, then finishes what has begun.
pub async fn serve(
    app: App,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let acceptor = poem::listener::TcpAcceptor::from_tokio(listener)?;
    poem::Server::new_with_acceptor(acceptor)
        .run_with_graceful_shutdown(endpoint(&app), stop, Some(Duration::from_secs(20)))
        .await?;
    Ok(())
}
