//! The recorded statements sent by the driver alone, over the same pools with the same options
//! as the server's: what an ideal program would reach that says the same to the database.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use huijie::app::App;
use sea_orm::DbBackend;
use uuid::Uuid;

use super::station;
use super::template::{Names, Template};

/// What a run needs to know about its station.
pub struct Plan {
    statements: Vec<Statement>,
    fresh: Vec<String>,
    people: Vec<Person>,
    cases: Vec<Uuid>,
    session: Option<Uuid>,
    next: AtomicUsize,
}

struct Statement {
    sql: &'static str,
    template: Template,
    /// Answers rows.
    answers: bool,
    /// The answer holds the numbers for the log and the outbox.
    is_head: bool,
}

struct Person {
    user: Uuid,
    office: Uuid,
}

impl Plan {
    async fn new(app: &App, templates: Vec<Template>, everybody: bool) -> anyhow::Result<Self> {
        let sqlite = app.database.backend() == DbBackend::Sqlite;
        let fresh = Template::fresh_names(&templates);
        let statements = templates.into_iter().map(|template| {
            let sql = if sqlite { template.sql_for_sqlite() } else { template.sql.clone() };
            let answers = sql.starts_with("SELECT") || sql.contains(" RETURNING ");
            let is_head = answers && sql.starts_with("UPDATE \"chain_heads\"");
            Statement { sql: sql.leak(), template, answers, is_head }
        });
        let mut people = Vec::new();
        for number in 0..station::OFFICES {
            for name in ["clerk", "mediator"] {
                let it = station::user(app, &format!("{name}{number}")).await?;
                people.push(Person { user: it.id, office: it.office_id });
            }
        }
        if !everybody {
            people.truncate(1);
        }
        let (mut cases, mut session) = (Vec::new(), None);
        if !everybody {
            cases = station::some_cases(app, 1000).await?;
            session = Some(station::session(app, people[0].user).await?);
        }
        let statements = statements.collect();
        Ok(Self { statements, fresh, people, cases, session, next: AtomicUsize::new(0) })
    }

    fn names(&self) -> Names {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let person = &self.people[number % self.people.len()];
        let mut names: Names = self.fresh.iter().map(|it| (it.clone(), Uuid::now_v7())).collect();
        names.insert("user".to_owned(), person.user);
        names.insert("office".to_owned(), person.office);
        names.extend(self.session.map(|it| ("session".to_owned(), it)));
        if let Some(case) = self.cases.get(number % self.cases.len().max(1)) {
            names.insert("case".to_owned(), *case);
        }
        names
    }
}

macro_rules! for_database {
    ($module:ident, $database:ident, $begin:literal) => {
        mod $module {
            use anyhow::Context as _;
            use sea_orm::sqlx::query::Query;
            use sea_orm::sqlx::{
                self, Connection as _, Database, Executor as _, Row as _, $database,
            };

            use super::Plan;
            use crate::template::Value;

            type Bound = Query<'static, $database, <$database as Database>::Arguments>;

            fn bind(query: Bound, value: Value) -> Bound {
                match value {
                    Value::Id(it) => query.bind(it),
                    Value::Text(it) => query.bind(it),
                    Value::Long(it) => query.bind(it),
                    Value::Short(it) => query.bind(it),
                    Value::Truth(it) => query.bind(it),
                    Value::Instant(it) => query.bind(it),
                    Value::Day(it) => query.bind(it),
                    Value::Bytes(it) => query.bind(it),
                }
            }

            /// Every statement once.
            pub async fn send(
                connection: &mut <$database as Database>::Connection,
                plan: &Plan,
                filling: bool,
            ) -> anyhow::Result<()> {
                let names = plan.names();
                let mut head = (0_i64, 0_i64);
                for it in &plan.statements {
                    // What takes away rows takes away none in an empty place.
                    if filling && it.sql.starts_with("DELETE") {
                        continue;
                    }
                    let mut query = sqlx::query(it.sql);
                    for parameter in &it.template.parameters {
                        let value = match (parameter.column.as_deref(), it.sql) {
                            (Some("audit_seq"), _) => Value::Long(Some(head.0)),
                            (Some("seq"), sql) if sql.contains("\"audit_entries\"") => {
                                Value::Long(Some(head.0))
                            }
                            (Some("seq"), _) => Value::Long(Some(head.1)),
                            _ => parameter.value(&names)?,
                        };
                        query = bind(query, value);
                    }
                    if it.is_head {
                        let row = connection.fetch_one(query).await.context(it.sql)?;
                        head = (row.try_get("audit_seq")?, row.try_get("event_seq")?);
                    } else if it.answers {
                        connection.fetch_all(query).await.context(it.sql)?;
                    } else {
                        connection.execute(query).await.context(it.sql)?;
                    }
                }
                Ok(())
            }

            /// One transaction with every statement `times`.
            pub async fn write(
                pool: &sqlx::Pool<$database>,
                plan: &Plan,
                times: usize,
            ) -> anyhow::Result<()> {
                let mut connection = pool.acquire().await?;
                let mut transaction = connection.begin_with($begin).await?;
                for _ in 0..times {
                    send(&mut transaction, plan, times > 1).await?;
                }
                Ok(transaction.commit().await?)
            }

            /// Every statement by itself, as the server reads.
            pub async fn read(pool: &sqlx::Pool<$database>, plan: &Plan) -> anyhow::Result<()> {
                let mut connection = pool.acquire().await?;
                send(&mut connection, plan, false).await
            }
        }
    };
}

for_database!(sqlite, Sqlite, "BEGIN IMMEDIATE");
for_database!(postgres, Postgres, "BEGIN");

async fn write(app: &App, plan: &Plan, times: usize) -> anyhow::Result<()> {
    let writer = app.database.writer();
    match app.database.backend() {
        DbBackend::Sqlite => sqlite::write(writer.get_sqlite_connection_pool(), plan, times).await,
        _ => postgres::write(writer.get_postgres_connection_pool(), plan, times).await,
    }
}

async fn read(app: &App, plan: &Plan) -> anyhow::Result<()> {
    let reader = app.database.reader();
    match app.database.backend() {
        DbBackend::Sqlite => sqlite::read(reader.get_sqlite_connection_pool(), plan).await,
        _ => postgres::read(reader.get_postgres_connection_pool(), plan).await,
    }
}

/// Cases of every office, many in one transaction.
pub async fn fill(app: &App, templates: &[Template], cases: usize) -> anyhow::Result<()> {
    let plan = Plan::new(app, templates.to_vec(), true).await?;
    let mut left = cases;
    while left > 0 {
        let now = left.min(1000);
        write(app, &plan, now).await?;
        left -= now;
    }
    if app.database.backend() != DbBackend::Sqlite {
        use sea_orm::ConnectionTrait as _;
        app.database.writer().execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

/// How often a second `connections` at once get it done.
pub async fn rate(
    app: &App,
    templates: Vec<Template>,
    writes: bool,
    connections: usize,
    time: Duration,
) -> anyhow::Result<f64> {
    let plan = std::sync::Arc::new(Plan::new(app, templates, false).await?);
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (app, plan) = (app.clone(), plan.clone());
        tasks.spawn(async move {
            let mut done = 0_u32;
            while begun.elapsed() < time {
                if writes {
                    write(&app, &plan, 1).await?;
                } else {
                    read(&app, &plan).await?;
                }
                done += 1;
            }
            anyhow::Ok(done)
        });
    }
    let mut done = 0;
    while let Some(ended) = tasks.join_next().await {
        done += ended.context("a task panicked")??;
    }
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}
