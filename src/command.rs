//! The command line: one binary, one subcommand a task. Each one opens the station, does its
//! task and says what it did.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};

use crate::app::App;
use crate::assignment;
use crate::audit;
use crate::calendars;
use crate::clock::Clock;
use crate::database::Database;
use crate::deadlines;
use crate::demo;
use crate::evidence;
use crate::http::{self, document::DocumentVersion};
use crate::identity::{self, CreateUser, ShellChange};
use crate::messages;
use crate::parties;
use crate::search;
use crate::settings::{GivenSettings, LogFormat, Settings};
use crate::words::Role;

/// Huijie 汇解: case management of a consumer-dispute joint people's mediation workstation.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    settings: GivenSettings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (the default); makes what is missing.
    Serve,
    /// Fill an empty database with a realistic district and a year of cases.
    Demo {
        /// How many cases.
        #[arg(long, default_value_t = 300)]
        cases: u32,
        /// One password for all demo people; made up and printed when it is not given.
        #[arg(long)]
        password: Option<String>,
    },
    /// Bring the schema to the newest step.
    Migrate,
    /// Print the OpenAPI document, or write both versions to a directory.
    Openapi {
        /// Version to print: 3.0 or 3.1.
        #[arg(long, default_value = "3.0", value_parser = ["3.0", "3.1"])]
        version: String,
        /// Write openapi.json (3.0.3) and openapi-3.1.json there instead.
        #[arg(long)]
        write: Option<PathBuf>,
    },
    /// Manage accounts from the shell.
    #[command(subcommand)]
    User(UserCommand),
    /// Check or export the audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Check how mediators were suggested.
    #[command(subcommand)]
    Assignment(AssignmentCommand),
    /// Rotate keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Count deadlines again where calendar or rules have changed, and announce what comes due;
    /// a running server does it by itself.
    Sweep,
    /// List or load the calendars that deadlines are counted by.
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Check the index of search, or make it again from what it was made of.
    #[command(subcommand)]
    Search(SearchCommand),
    /// Check the files of evidence.
    #[command(subcommand)]
    Evidence(EvidenceCommand),
}

#[derive(Debug, Subcommand)]
enum EvidenceCommand {
    /// Read every file and compare size and SHA-256; ends with 1 if one is missing or altered, or
    /// if a crash has left something.
    Verify {
        /// Take away what a crash has left. What is missing or altered stays as it is.
        #[arg(long)]
        mend: bool,
    },
}

#[derive(Debug, Subcommand)]
enum SearchCommand {
    /// Hold the index against the cases and enterprises; ends with 1 if anything differs.
    Verify,
    /// Write again whatever differs. The server may go on meanwhile.
    Rebuild,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// List the accounts.
    List,
    /// Make an account; the password is read from standard input.
    Add {
        username: String,
        #[arg(long)]
        display_name: String,
        /// clerk, mediator, officer, director, supervisor, admin or auditor.
        #[arg(long)]
        role: String,
        /// Id of the office; see `huijie user offices`.
        #[arg(long)]
        office: uuid::Uuid,
    },
    /// List the offices with their ids.
    Offices,
    /// Disable an account; its sessions end at once.
    Disable { username: String },
    /// Enable an account again.
    Enable { username: String },
    /// Unlock an account after failed logins.
    Unlock { username: String },
    /// Set a new password, read from standard input; sessions end.
    SetPassword { username: String },
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Check the chain in the database, or in an export without any database.
    Verify {
        /// A file written by `huijie audit export`.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Write every entry as a JSON line to standard output.
    Export,
}

#[derive(Debug, Subcommand)]
enum AssignmentCommand {
    /// Compute the proof of every suggestion again.
    Verify {
        /// Only those of the case with this id.
        #[arg(long)]
        case: Option<uuid::Uuid>,
    },
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a new key for personal data and seal everything with it again.
    RotateData,
    /// Make a new key for access tokens; tokens already given out run out by themselves.
    RotateSigning,
}

#[derive(Debug, Subcommand)]
enum CalendarCommand {
    /// List the loaded years.
    List,
    /// Load or correct a year from a file of the form of NateScarlet/holiday-cn.
    Import {
        /// A JSON file with year, papers and days.
        file: PathBuf,
    },
}

/// Runs the command line to its end.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let command = arguments.command.unwrap_or(Command::Serve);
    if let Command::Openapi { version, write } = command {
        return openapi(&version, write);
    }
    if let Command::Audit(AuditCommand::Verify { file: Some(file) }) = command {
        let input = std::fs::File::open(&file).with_context(|| file.display().to_string())?;
        return tell(&audit::verify_file(BufReader::new(input))?);
    }
    let settings = Settings::load(arguments.settings)?;
    start_logging(&settings)?;
    match command {
        Command::Serve => serve(settings).await,
        // Its whole year of cases is one large future: keep it off the stack.
        Command::Demo { cases, password } => Box::pin(demo::run(settings, cases, password)).await,
        Command::Migrate => {
            let url = &settings.database_url;
            Database::connect(url, settings.database_connections).await?.migrate().await?;
            say("The schema is at its newest step.");
            Ok(())
        }
        Command::User(command) => user(&App::open(settings, Clock::System).await?, command).await,
        Command::Audit(AuditCommand::Export) => {
            let app = App::open(settings, Clock::System).await?;
            audit::export(&app.database, &mut std::io::stdout().lock()).await?;
            Ok(())
        }
        Command::Audit(AuditCommand::Verify { .. }) => {
            let app = App::open(settings, Clock::System).await?;
            tell(&audit::verify_stored(&app.database).await?)
        }
        Command::Assignment(AssignmentCommand::Verify { case }) => {
            let app = App::open(settings, Clock::System).await?;
            tell_proofs(&assignment::verify_stored(&app, case).await?)
        }
        Command::Key(command) => key(&App::open(settings, Clock::System).await?, command).await,
        Command::Sweep => sweep(&App::open(settings, Clock::System).await?).await,
        Command::Calendar(command) => {
            calendar(&App::open(settings, Clock::System).await?, command).await
        }
        Command::Search(command) => {
            search_index(&App::open(settings, Clock::System).await?, &command).await
        }
        Command::Evidence(EvidenceCommand::Verify { mend }) => {
            evidence_files(&App::open(settings, Clock::System).await?, mend).await
        }
        Command::Openapi { .. } => Ok(()),
    }
}

async fn evidence_files(app: &App, mend: bool) -> anyhow::Result<()> {
    let progress = |read| say(format_args!("{read} files read."));
    let evidence::Checked { objects, differences, leftovers } =
        evidence::verify(app, mend, progress).await?;
    for it in &differences {
        let (case, noun, id, key) = (it.case_id, it.noun, it.id, &it.key);
        say(format_args!("Case {case}, {noun} {id}, object {key}: {}.", it.what));
    }
    let done = if mend { "taken away" } else { "left by a crash" };
    for it in &leftovers {
        say(format_args!("{it}: {done}."));
    }
    if !differences.is_empty() {
        bail!("Of {objects} files, {} are not as they were sent.", differences.len());
    }
    if !mend && !leftovers.is_empty() {
        bail!("{} files belong to nothing; `--mend` takes them away.", leftovers.len());
    }
    say(format_args!("Every file is as it was sent: {objects} files."));
    Ok(())
}

async fn search_index(app: &App, command: &SearchCommand) -> anyhow::Result<()> {
    let mend = matches!(command, SearchCommand::Rebuild);
    let done = search::rebuild(&app.database, mend, |it| {
        if it.looked_at % 10_000 == 0 {
            say(format!("{} looked at.", it.looked_at));
        }
    })
    .await?;
    let search::Rebuilt { looked_at, stale } = done;
    say(match (mend, stale) {
        (_, 0) => format!("The index says what {looked_at} cases and enterprises say."),
        (true, _) => format!("{looked_at} cases and enterprises, {stale} written again."),
        (false, _) => format!("{looked_at} cases and enterprises, {stale} differ."),
    });
    if !mend && stale > 0 {
        bail!("The index differs; `huijie search rebuild` mends it");
    }
    Ok(())
}

/// Prints a line for the person at the shell.
pub(crate) fn say(line: impl std::fmt::Display) {
    // A closed pipe is the reader's decision, not a fault.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn start_logging(settings: &Settings) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&settings.log)
        .with_context(|| format!("The setting log ({}) is not a filter", settings.log))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|cause| anyhow::anyhow!(cause))
}

fn openapi(version: &str, write: Option<PathBuf>) -> anyhow::Result<()> {
    let Some(directory) = write else {
        let version = if version == "3.1" { DocumentVersion::V3_1 } else { DocumentVersion::V3_0 };
        say(http::document_text(version).trim_end());
        return Ok(());
    };
    for (name, version) in
        [("openapi.json", DocumentVersion::V3_0), ("openapi-3.1.json", DocumentVersion::V3_1)]
    {
        let path = directory.join(name);
        std::fs::write(&path, http::document_text(version))?;
        say(format_args!("Wrote {}.", path.display()));
    }
    Ok(())
}

async fn serve(settings: Settings) -> anyhow::Result<()> {
    let listen = settings.listen;
    let app = App::open(settings, Clock::System).await?;
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .with_context(|| format!("Cannot listen on {listen}; choose another with --listen"))?;
    let address = listener.local_addr()?;
    let secret = identity::announce_setup(&app).await?;
    say(format_args!("Huijie is serving on http://{address}"));
    say(format_args!("  API       http://{address}/api/v1   document: /api/v1/openapi.json"));
    say(format_args!("  Docs      http://{address}/docs"));
    say(format_args!("  Database  {}", kind_of(&app.settings.database_url)));
    match secret {
        Some(secret) => {
            say("\nThere is no account yet. This secret makes the first administrator, once:\n");
            say(format_args!("  {secret}\n"));
            say("Send it with POST /api/v1/setup (see the README), or stop and run `huijie demo`.");
        }
        None => say(format_args!(
            "\nTry: curl -s http://{address}/api/v1/auth/login -H 'Content-Type: application/json' \
             -d '{{\"username\":\"clerk\",\"password\":\"…\"}}'"
        )),
    }
    let every = app.settings.sweep_interval;
    let sweeping = tokio::spawn(deadlines::watch(app.clone(), every));
    let carrying = tokio::spawn(messages::watch(app.clone()));
    let served = http::serve(app, listener, shutdown_signal()).await;
    // What they have begun is a transaction: it is kept whole or not at all.
    sweeping.abort();
    carrying.abort();
    served
}

/// The database without user name or password.
fn kind_of(url: &str) -> String {
    match url.split_once("://") {
        Some(("sqlite", file)) => format!("SQLite, {file}"),
        _ => "PostgreSQL".to_owned(),
    }
}

async fn shutdown_signal() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(cause) => {
                tracing::warn!(%cause, "cannot listen for SIGTERM");
                let _ = interrupted.await;
                return;
            }
        };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
    tracing::info!("stopping: finishing what has begun");
}

async fn user(app: &App, command: UserCommand) -> anyhow::Result<()> {
    let (username, change) = match command {
        UserCommand::List => {
            for it in identity::list_users_from_shell(app).await? {
                say(format_args!(
                    "{:<20} {:<12} {:<10} {}",
                    it.username, it.role, it.status, it.display_name
                ));
            }
            return Ok(());
        }
        UserCommand::Offices => {
            for it in crate::offices::list_from_shell(app).await? {
                say(format_args!("{} {:<26} {}", it.id, it.kind, it.name));
            }
            return Ok(());
        }
        UserCommand::Add { username, display_name, role, office } => {
            let Some(role) = Role::named(&role) else {
                let names: Vec<String> = Role::ALL.iter().map(|it| it.name()).collect();
                bail!("There is no role {role}; the roles are {}.", names.join(", "));
            };
            let password = read_password()?;
            let input = CreateUser { username, display_name, role, office_id: office, password };
            let user = identity::create_user_from_shell(app, input).await.map_err(readable)?;
            say(format_args!("Made the account {}.", user.username));
            return Ok(());
        }
        UserCommand::Disable { username } => (username, ShellChange::Disable),
        UserCommand::Enable { username } => (username, ShellChange::Enable),
        UserCommand::Unlock { username } => (username, ShellChange::Unlock),
        UserCommand::SetPassword { username } => {
            (username, ShellChange::SetPassword(read_password()?))
        }
    };
    identity::change_user_from_shell(app, &username, change).await.map_err(|it| match it {
        crate::error::Error::NotFound => anyhow::anyhow!("There is no account {username}."),
        other => readable(other),
    })?;
    say(format_args!("Changed the account {username}."));
    Ok(())
}

/// An error as sentences for the shell.
fn readable(error: crate::error::Error) -> anyhow::Error {
    use crate::error::Error;
    match error {
        Error::Invalid(faults) => {
            let lines: Vec<String> =
                faults.into_iter().map(|it| it.detail.en.into_owned()).collect();
            anyhow::anyhow!(lines.join("\n"))
        }
        Error::Duplicate(text) | Error::Forbidden(text) => anyhow::anyhow!(text.en.into_owned()),
        other => other.into(),
    }
}

fn read_password() -> anyhow::Result<String> {
    say("Password (one line on standard input):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("No password was given on standard input.");
    }
    Ok(password.to_owned())
}

fn tell(verdict: &audit::Verdict) -> anyhow::Result<()> {
    match verdict.broken_at {
        None => {
            let hash = &verdict.last_hash;
            say(format_args!("The chain is whole: {} entries, last hash {hash}.", verdict.entries));
            Ok(())
        }
        Some(place) => bail!("The chain is broken at entry {place}."),
    }
}

fn tell_proofs(checked: &assignment::Checked) -> anyhow::Result<()> {
    if checked.faults.is_empty() {
        say(format_args!("Every suggestion is as it was computed: {} proofs.", checked.proofs));
        return Ok(());
    }
    for it in &checked.faults {
        let (case, suggestion) = (it.case_id, it.suggestion_id);
        say(format_args!("Case {case}, suggestion {suggestion}: {}.", it.difference));
    }
    bail!("Of {} proofs, {} are not as computed.", checked.proofs, checked.faults.len())
}

async fn key(app: &App, command: KeyCommand) -> anyhow::Result<()> {
    match command {
        KeyCommand::RotateSigning => {
            let kid = identity::rotate_signing_key(app).await?;
            say(format_args!("New tokens are signed with the key {kid}."));
            say("Restart other running processes so that they sign with it too.");
        }
        KeyCommand::RotateData => {
            let number = app.vault.rotate(&app.settings.key_file)?;
            let progress = |done| say(format_args!("  {done} values sealed again"));
            let done = parties::reseal(&app.database, &app.vault, progress).await?;
            let done = done + messages::reseal(app).await?;
            say(format_args!("Key {number} seals new values; {done} values were sealed again."));
            say("Restart running servers so that they read the new key file.");
        }
    }
    Ok(())
}

async fn sweep(app: &App) -> anyhow::Result<()> {
    let progress = |it: deadlines::Progress| {
        say(format_args!("  {} deadlines counted, {} to go", it.recounted, it.waiting));
    };
    match deadlines::sweep(app, progress).await? {
        None => say("Another process is sweeping the deadlines; nothing is left to do here."),
        Some(it) => say(format_args!(
            "{} deadlines were counted again, {} of them moved; {} came due or ran out.",
            it.recounted, it.moved, it.announced
        )),
    }
    Ok(())
}

async fn calendar(app: &App, command: CalendarCommand) -> anyhow::Result<()> {
    match command {
        CalendarCommand::List => {
            for it in calendars::list_from_shell(app).await? {
                say(format_args!(
                    "{} revision {:<3} {:>3} days off, {:>2} make-up days  {}",
                    it.year,
                    it.revision,
                    it.off_days,
                    it.make_up_days,
                    it.papers.join(" ")
                ));
            }
        }
        CalendarCommand::Import { file } => {
            let text =
                std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let it = calendars::import_from_shell(app, &text).await.map_err(readable)?;
            say(format_args!("Loaded the calendar of {}, revision {}.", it.year, it.revision));
            sweep(app).await?;
        }
    }
    Ok(())
}
