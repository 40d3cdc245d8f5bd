//! The program as the operating system sees it: the built binary with its own data directory
//! and database, run to its end or served until it is stopped or killed. Whatever is still
//! running when a test ends, also by a panic, is killed by its process id.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{PASSWORD, TestApp};
use crate::postgres;

/// How long the program may take for anything; it needs a fraction even where many tests run.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the program keeps: a data directory and perhaps a database of its own.
pub struct Premises {
    data: TempDir,
    database: Option<postgres::Database>,
}

impl Premises {
    /// The station that every test finds, on SQLite, with nobody serving it.
    pub async fn on_sqlite() -> Self {
        let (data, database) = TestApp::on_sqlite().await.stop().await;
        Self { data, database }
    }

    /// The same on PostgreSQL; `None` when that is not installed and may be missing.
    pub async fn on_postgres() -> Option<Self> {
        let (data, database) = TestApp::on_postgres().await?.stop().await;
        Some(Self { data, database })
    }

    /// What a running station leaves once it has ended.
    pub async fn of(app: TestApp) -> Self {
        let (data, database) = app.stop().await;
        Self { data, database }
    }

    /// A machine on which the program has never run.
    pub fn untouched() -> Self {
        let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        Self { data, database: None }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    pub fn database_url(&self) -> String {
        match &self.database {
            Some(database) => database.url.clone(),
            None => format!("sqlite://{}", self.path("huijie.sqlite").display()),
        }
    }

    /// The binary with the settings of these premises, and nothing else in its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huijie"));
        command
            .env_clear()
            .current_dir(self.data.path())
            .env("HUIJIE_DATA_DIR", self.data.path())
            .env("HUIJIE_DATABASE_URL", self.database_url())
            .env("HUIJIE_LISTEN", "127.0.0.1:0")
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    /// Runs a subcommand to its end.
    pub async fn run(&self, arguments: &[&str]) -> Told {
        ended(self.command(arguments), "").await
    }

    /// The same with something on its standard input.
    pub async fn run_with(&self, arguments: &[&str], input: &str) -> Told {
        ended(self.command(arguments), input).await
    }

    /// Starts `huijie serve` and waits until it is ready.
    pub async fn serve(&self) -> Served {
        Served::start(self.command(&["serve"]), self.data.path()).await
    }
}

/// What a subcommand that has ended said.
#[derive(Debug)]
pub struct Told {
    pub success: bool,
    pub output: String,
    pub errors: String,
}

impl Told {
    #[track_caller]
    pub fn success(self) -> Self {
        assert!(self.success, "{self:?}");
        self
    }

    #[track_caller]
    pub fn failure(self) -> Self {
        assert!(!self.success, "{self:?}");
        self
    }
}

/// Runs `command` to its end, which comes within a minute or by force.
pub async fn ended(mut command: Command, input: &str) -> Told {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running(command.spawn().expect("the program can be started"));
    let mut stdin = child.0.stdin.take().expect("it is piped");
    let input = input.to_owned();
    let (output, errors) = (child.0.stdout.take().unwrap(), child.0.stderr.take().unwrap());
    tokio::task::spawn_blocking(move || {
        // A program that does not read may be gone already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let errors = std::thread::spawn(move || std::io::read_to_string(errors).unwrap());
        let output = std::thread::spawn(move || std::io::read_to_string(output).unwrap());
        let status = child.wait();
        Told {
            success: status.is_some_and(|it| it.success()),
            output: output.join().unwrap(),
            errors: errors.join().unwrap(),
        }
    })
    .await
    .unwrap()
}

/// A child process that never outlives its owner.
struct Running(Child);

impl Running {
    /// Waits for the end; kills what does not end in time.
    fn wait(&mut self) -> Option<std::process::ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some(status);
            }
            pause();
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
        None
    }
}

#[expect(clippy::disallowed_methods, reason = "on a thread of its own, where nobody else waits")]
fn pause() {
    std::thread::sleep(Duration::from_millis(2));
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A serving process.
pub struct Served {
    child: Mutex<Running>,
    address: String,
    /// What it printed when it started.
    pub greeting: String,
    log: PathBuf,
    http: reqwest::Client,
}

impl Served {
    /// Starts the command and waits until it says where it serves and answers there.
    pub async fn start(mut command: Command, logs: &Path) -> Self {
        let log = logs.join("server.log");
        let errors = File::options().create(true).append(true).open(&log).unwrap();
        command.stdout(Stdio::piped()).stderr(errors);
        let mut child = Running(command.spawn().expect("the program can be started"));
        let output = child.0.stdout.take().expect("it is piped");
        let (tell, told) = tokio::sync::oneshot::channel();
        // Reads on to the end, so that the program never waits for a reader.
        std::thread::spawn(move || {
            let (mut greeting, mut tell) = (String::new(), Some(tell));
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                greeting.push_str(&line);
                greeting.push('\n');
                // The last line of both greetings.
                if line.starts_with("Try: ") || line.starts_with("Send it with ") {
                    tell.take().map(|it| it.send(greeting.clone()));
                }
            }
        });
        let greeting = tokio::time::timeout(PATIENCE, told).await;
        let Ok(Ok(greeting)) = greeting else {
            panic!("the server does not start: {}", fs::read_to_string(&log).unwrap_or_default());
        };
        let address = greeting.lines().find_map(|it| it.strip_prefix("Huijie is serving on "));
        let address = address.expect("the greeting names the address").to_owned();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let child = Mutex::new(child);
        let served = Self { child, address, greeting, log, http };
        served.wait_until_ready().await;
        served
    }

    async fn wait_until_ready(&self) {
        let begun = Instant::now();
        let url = format!("{}/ready", self.address);
        loop {
            let answer = self.http.get(&url).send().await;
            if answer.is_ok_and(|it| it.status() == StatusCode::OK) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "not ready in time: {}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// Everything it has logged so far, and its predecessors in the same place.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn process_id(&self) -> u32 {
        self.child.lock().unwrap().0.id()
    }

    /// `kill -9`: nothing is finished, nothing is flushed. Returns when the process is gone.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.0.kill().unwrap();
        child.0.wait().unwrap();
    }

    /// Asks it to end, as a service manager does.
    pub fn terminate(&self) {
        let id = self.child.lock().unwrap().0.id().to_string();
        let sent = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end; tells whether it ended in peace.
    pub async fn end(self) -> bool {
        let ended = move || self.child.lock().unwrap().wait().is_some_and(|it| it.success());
        tokio::task::spawn_blocking(ended).await.unwrap()
    }

    /// A request to it; `Err` when the connection broke.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.address))
    }

    /// A GET that succeeds.
    pub async fn get(&self, token: &str, path: &str) -> Value {
        let answer = self.request(Method::GET, path).bearer_auth(token).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    }

    /// A POST and what came back.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(Method::POST, path).json(body);
        let request = if token.is_empty() { request } else { request.bearer_auth(token) };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// The access token of a login.
    pub async fn log_in(&self, username: &str) -> String {
        let credentials = json!({ "username": username, "password": PASSWORD });
        let (status, body) = self.post("", "/api/v1/auth/login", &credentials).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }
}
