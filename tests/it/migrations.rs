//! The schema: every step can be taken and taken back on both databases, every entity fits its
//! table, what must never change is refused by the database itself, and `migration/schema.sql`
//! shows the whole of it.

use std::fmt::Write as _;

use huijie::entity;
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, Statement};
use serde_json::json;
use tempfile::TempDir;

use crate::harness::{TestApp, on_both_databases};
use crate::postgres;
use crate::stages::{Case, Stage};

/// An empty database, and what it lives in.
struct Empty {
    connection: DatabaseConnection,
    _directory: Option<TempDir>,
}

async fn empty_sqlite() -> Empty {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let url = format!("sqlite://{}?mode=rwc", directory.path().join("empty.sqlite").display());
    let connection = Database::connect(url).await.unwrap();
    Empty { connection, _directory: Some(directory) }
}

async fn empty_databases() -> Vec<Empty> {
    let mut all = vec![empty_sqlite().await];
    if let Some(database) = postgres::database().await {
        let connection = Database::connect(database.url).await.unwrap();
        all.push(Empty { connection, _directory: None });
    }
    all
}

#[tokio::test]
async fn every_step_goes_up_and_down_and_up_again() {
    for Empty { connection, .. } in &empty_databases().await {
        let backend = connection.get_database_backend();
        Migrator::up(connection, None).await.unwrap();
        let first = schema(connection).await;
        assert!(first.len() > 50, "{backend:?} has a schema");

        // Step by step: whatever one leaves behind would be in the way of its next `up`.
        for _ in Migrator::migrations() {
            Migrator::down(connection, Some(1)).await.unwrap();
        }
        let left: Vec<String> =
            schema(connection).await.into_iter().filter(|it| !it.contains("seaql")).collect();
        assert_eq!(left, [""; 0], "{backend:?}: something was left behind");

        for _ in Migrator::migrations() {
            Migrator::up(connection, Some(1)).await.unwrap();
        }
        assert_eq!(schema(connection).await, first, "{backend:?}: the same schema again");
        Migrator::down(connection, None).await.unwrap();
        Migrator::up(connection, None).await.unwrap();
        assert_eq!(schema(connection).await, first, "{backend:?}: the same schema all at once");
        let pending = Migrator::get_pending_migrations(connection).await.unwrap();
        assert!(pending.is_empty(), "{backend:?}");
    }
}

/// Everything that a migration makes, in a fixed order.
async fn schema(connection: &DatabaseConnection) -> Vec<String> {
    let query = match connection.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        }
        _ => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
               FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) \
               FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
             UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
             UNION ALL SELECT proname || ' ' || prosrc \
               FROM pg_proc WHERE pronamespace = 'public'::regnamespace \
             ORDER BY 1"
        }
    };
    let query = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(query).await.unwrap();
    rows.iter().map(|it| it.try_get_by_index(0).unwrap()).collect()
}

/// For reading, and for the diff of a change. SQLite keeps the statements as they were written.
#[tokio::test]
async fn the_schema_is_printed() {
    let Empty { connection, _directory } = empty_sqlite().await;
    Migrator::up(&connection, None).await.unwrap();
    let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'seaql%' \
                 ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name";
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, query)).await;
    let mut printed = String::from(
        "-- The whole schema on SQLite, for reading. Written by a test from the migrations;\n\
         -- `EXPECTORATE=overwrite cargo test` accepts a change.\n",
    );
    for row in rows.unwrap() {
        let statement: String = row.try_get_by_index(0).unwrap();
        let _ = writeln!(printed, "\n{};", in_lines(&statement));
    }
    expectorate::assert_contents("migration/schema.sql", &printed);
}

/// One column a line; other statements as they are.
fn in_lines(statement: &str) -> String {
    let (Some(open), Some(close)) = (statement.find('('), statement.rfind(')')) else {
        return statement.to_owned();
    };
    if !statement.starts_with("CREATE TABLE") {
        return statement.to_owned();
    }
    let mut lines = format!("{}(\n   ", &statement[..open]);
    let mut depth = 0;
    for letter in statement[open + 1..close].chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        lines.push(letter);
        if letter == ',' && depth == 0 {
            lines.push_str("\n   ");
        }
    }
    format!("{}\n)", lines.trim_end())
}

on_both_databases!(
    every_entity_fits_its_table,
    the_log_refuses_to_be_changed,
    a_proof_refuses_to_be_changed,
    a_decision_on_a_pair_refuses_to_be_changed,
    the_moment_of_the_request_refuses_to_be_changed,
    what_a_file_is_known_by_refuses_to_be_changed,
    a_paper_refuses_to_be_changed,
);

/// Names every entity once and reads one row of each, where there is one.
macro_rules! select_every {
    ($db:expr; $($entity:ident)*) => {
        &[$((stringify!($entity), entity::$entity::Entity::find().all($db).await.unwrap().len())),*]
    };
}

async fn every_entity_fits_its_table(app: &TestApp) {
    let case = Case::at(app, Stage::Archived).await;
    what_a_simple_life_leaves_out(app, &case).await;
    let db = app.app.database.reader();
    let found: &[(&str, usize)] = select_every!(db;
        office user session refresh_token signing_key
        audit_entry chain_head event idempotency_key counter sealed_value unmasking_approval
        case case_member party agent claim supplement
        calendar_year rule_set almanac_head
        evidence locality_correction referral_answer deadline suspension extension contact feedback lease
        consent rights_notice invitation assignment hearing hearing_notice attendance
        agreement term instalment signature route_notice performance revisit
        signing_code outgoing_message
        recusal interest clue judicial_confirmation court_answer track_move
        mediator_profile absence mediator_wish suggestion
        match_key duplicate_decision cluster case_group_member
        service_point building enterprise liaison room visit
        investigation paper volume
        booking room_hold party_time calendar_feed search_document);
    for (entity, rows) in found {
        assert!(*rows > 0, "no {entity} was read: nothing is known of its columns");
    }
    // The secret of the set-up is spent; the table is there.
    assert!(entity::setup_secret::Entity::find().all(db).await.unwrap().is_empty());

    let tables = crate::layers::sources();
    let declared: usize = tables
        .iter()
        .filter(|it| it.path.starts_with("src/entity/"))
        .map(|it| it.text.matches("\" {").count())
        .sum();
    assert_eq!(found.len() + 1, declared, "an entity is not looked at here");
}

/// Rows of the tables that the archived case has none in.
async fn what_a_simple_life_leaves_out(app: &TestApp, archived: &Case<'_>) {
    let director = app.director();
    let case = Case::at(app, Stage::Registered).await;
    let asked = json!({ "items": "付款凭证", "due_on": case.today(), "manner": "phone" });
    case.post(&director, "/supplements", &asked).await;
    let agent = json!({
        "kind": "lawyer", "power": "general", "name": "李国栋", "mandate_scope": "参加调解",
        "mandate_seen": true,
    });
    case.post(&director, &format!("/parties/{}/agents", case.respondent), &agent).await;
    let user_id = app.clerk().user_id().await;
    let approval = json!({ "user_id": user_id, "purpose": "联系监护人", "hours": 1 });
    let path = format!("/parties/{}/unmasking-approvals", archived.applicant);
    archived.post(&director, &path, &approval).await;
    let case = Case::at(app, Stage::Accepted).await;
    crate::papers::recorded(&case).await;
    let told = json!({ "party_id": case.applicant, "told_at": case.now(), "manner": "phone" });
    case.post(&director, "/route-notices", &told).await;
    let expert = json!({ "name": "周明德", "capacity": "expert" });
    case.post(&director, "/invitations", &expert).await;
    let seat = case.assign("mediator", "presiding").await;
    let unwanted = json!({
        "assignment_id": seat, "requested_by": case.applicant, "ground": "none_given",
        "requested_at": case.now(),
    });
    case.post(&director, "/recusals", &unwanted).await;
    crate::recusals::declare(app, "mediator", "上海商场管理有限公司").await;
    crate::suggestions::of_everything(app, &case).await;
    let clue = crate::clues::clue(&case, crate::clues::authority(app).await);
    case.post(&director, "/clues", &clue).await;
    let case = Case::at(app, Stage::Performing).await;
    let application = crate::confirmation::application(&case);
    case.post(&director, "/judicial-confirmation", &application).await;
    let taken = json!({ "answer": "accepted", "answered_on": case.today() });
    case.post(&director, "/judicial-confirmation/answers", &taken).await;
    crate::localities::corrected_and_referred(app).await;
    crate::evidence::picture_in(&case).await;
    crate::papers::volume_in(&case).await;
    crate::papers::paper_in(&case).await;
    crate::deadlines::what_moves_the_clocks(app).await;
    let case = Case::at(app, Stage::Locked).await;
    let signer = json!({ "party_id": case.applicant });
    case.post(&director, "/agreement/signing-codes", &signer).await.created();
    let case = crate::tracks::of_authority(app, Stage::Accepted).await;
    crate::tracks::consents(&case, "entrustment").await;
    let entrusted = json!({ "explanation": "双方同意由调解委员会调解。" });
    case.post(&director, "/entrustment", &entrusted).await.created();
    crate::district::something_of_everything(app).await;
    crate::hearings::times_and_links(app).await;
    crate::duplicates::something_of_everything(app).await;
}

async fn the_log_refuses_to_be_changed(app: &TestApp) {
    Case::at(app, Stage::Registered).await;
    for table in ["audit_entries", "events"] {
        for statement in [
            format!("UPDATE {table} SET at = at"),
            format!("UPDATE {table} SET subject_kind = 'nothing' WHERE seq = 1"),
            format!("DELETE FROM {table} WHERE seq = 1"),
            format!("DELETE FROM {table}"),
        ] {
            refuses(app, &statement, &format!("{table} may not be changed")).await;
        }
    }
    if app.app.database.backend() == DbBackend::Postgres {
        for table in ["audit_entries", "events"] {
            let expected = format!("{table} may not be changed");
            refuses(app, &format!("TRUNCATE {table}"), &expected).await;
        }
    }
    let verdict = app.auditor().get("/api/v1/audit/verification").await.ok();
    assert_eq!(verdict.body["whole"], true);
}

async fn a_proof_refuses_to_be_changed(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    case.post(&app.director(), "/mediator-suggestions", &json!({ "seat": "presiding" })).await;
    for statement in ["UPDATE suggestions SET proof = '{}'", "DELETE FROM suggestions"] {
        refuses(app, statement, "suggestions may not be changed").await;
    }
}

async fn a_paper_refuses_to_be_changed(app: &TestApp) {
    let case = Case::at(app, Stage::Accepted).await;
    crate::papers::paper_in(&case).await;
    for statement in ["UPDATE papers SET data_hash = ''", "DELETE FROM papers"] {
        refuses(app, statement, "papers may not be changed").await;
    }
}

async fn a_decision_on_a_pair_refuses_to_be_changed(app: &TestApp) {
    crate::duplicates::something_of_everything(app).await;
    for statement in
        ["UPDATE duplicate_decisions SET explanation = ''", "DELETE FROM duplicate_decisions"]
    {
        refuses(app, statement, "duplicate_decisions may not be changed").await;
    }
}

async fn what_a_file_is_known_by_refuses_to_be_changed(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    crate::evidence::picture_in(&case).await;
    for change in ["sha256 = 'x'", "size = size + 1", "object_key = 'x'"] {
        let statement = format!("UPDATE evidence SET {change}");
        refuses(app, &statement, "evidence may not be changed").await;
    }
}

async fn the_moment_of_the_request_refuses_to_be_changed(app: &TestApp) {
    let case = Case::at(app, Stage::Registered).await;
    let before = case.read().await;
    let earlier = match app.app.database.backend() {
        DbBackend::Postgres => "requested_at - interval '1 day'",
        _ => "datetime(requested_at, '-1 day')",
    };
    let statement = format!("UPDATE cases SET requested_at = {earlier}");
    refuses(app, &statement, "cases may not be changed").await;
    // Other columns move, and the same value is no change.
    let db = app.app.database.writer();
    let same = "UPDATE cases SET requested_at = requested_at, title = 'x'";
    assert_eq!(db.execute_unprepared(same).await.unwrap().rows_affected(), 1);
    assert_eq!(case.read().await.body["requested_at"], before.body["requested_at"]);
}

async fn refuses(app: &TestApp, statement: &str, because: &str) {
    let answer = app.app.database.writer().execute_unprepared(statement).await;
    let error = answer.expect_err(statement).to_string();
    assert!(error.contains(because), "{statement}: {error}");
}
