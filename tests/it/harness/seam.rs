//! The one place of the tests that knows how the program is put together.

use std::net::SocketAddr;
use std::path::Path;

use huijie::app::App;
use huijie::clock::Clock;
use huijie::settings::Settings;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::station::Colleague;
use super::{FIRST_DAY, PASSWORD, TestApp};

/// A serving task and the way to end it.
pub struct Server {
    pub address: SocketAddr,
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn stop(self) {
        let _ = self.end.send(());
        self.task.await.expect("the server ends without a panic");
    }
}

/// Opens the program on this data and database and serves it on a free port.
pub async fn serve(
    data: &Path,
    database_url: Option<String>,
    change: impl FnOnce(&mut Settings),
) -> (App, Server) {
    let mut settings = Settings::for_tests(data, database_url);
    change(&mut settings);
    let app = App::open(settings, Clock::at(*FIRST_DAY)).await.expect("the program starts");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("it is bound");
    let (end, ended) = oneshot::channel();
    let served = huijie::http::serve(app.clone(), listener, async {
        let _ = ended.await;
    });
    let task = tokio::spawn(async { served.await.expect("the server serves") });
    (app, Server { address, end, task })
}

/// Closes the connections, so that the database can be copied.
pub async fn close(app: App) {
    app.database.clone().close().await.expect("the connections end in peace");
}

/// What the person who installs the program does, through the API: the first administrator
/// with the one-time secret, then the offices and everybody else.
pub async fn set_up(app: &TestApp, people: &[Colleague]) {
    let secret = huijie::identity::announce_setup(&app.app).await.expect("the database answers");
    let station = json!({
        "setup_secret": secret.expect("a new station has one"),
        "office_name": "徐家汇消费纠纷联合人民调解工作站",
        "office_kind": "mediation_committee",
        "username": "admin",
        "display_name": "许管理",
        "password": PASSWORD,
    });
    app.stranger().post("/api/v1/setup").json(&station).await.success();
    let station = app.admin().get("/api/v1/me").await.ok().string("/office_id");
    let center = json!({ "name": "港汇楼宇服务中心", "kind": "building_service_center" });
    let center = app.admin().post("/api/v1/offices").json(&center).await.created().string("/id");
    for Colleague { username, role, display_name, elsewhere } in people {
        let user = json!({
            "username": username,
            "display_name": display_name,
            "role": role,
            "office_id": if *elsewhere { &center } else { &station },
            "password": PASSWORD,
        });
        app.admin().post("/api/v1/users").json(&user).await.created();
    }
}
