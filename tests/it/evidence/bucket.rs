//! The same files in a bucket: an S3 server in this process, spoken to as any other.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use huijie::evidence::verify;
use huijie::settings::{S3Place, StoragePlace};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{LIMIT, content, files, journey, nothing_left, places, sent, told};
use crate::harness::{TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(
    evidence_is_kept_in_a_bucket,
    a_large_file_is_kept_in_a_bucket,
    a_bucket_that_is_away_is_said_to_be_so,
);

/// Each as it goes in a folder, told there.
macro_rules! the_same_in_a_bucket {
    ($($name:ident),+ $(,)?) => {
        on_both_databases!($($name),+);
        $(async fn $name(app: &TestApp) {
            in_a_bucket(app, LIMIT, super::$name).await;
        })+
    };
}

the_same_in_a_bucket!(
    a_part_of_a_file_is_served,
    what_is_withdrawn_is_shown_to_few,
    who_does_not_see_the_case_sees_no_evidence,
    the_same_content_is_taken_once,
    a_repeat_is_the_same_file_under_the_same_name,
    bad_files_are_refused_and_leave_nothing,
    bad_names_are_refused_and_leave_nothing,
    the_limit_is_held,
    an_upload_cut_off_leaves_nothing,
    what_was_tampered_with_is_found,
    what_a_crash_leaves_is_found_and_taken_away,
    many_files_come_in_at_once,
);

const BUCKET: &str = "station";
const KEY: &str = "AKIATEST";
const SECRET: &str = "a-secret-of-the-test";

/// The folder below which a test's server has its buckets.
fn root(data_dir: &Path) -> PathBuf {
    data_dir.join("s3")
}

/// The folder in which that server has the objects of a place.
pub(super) fn objects(data_dir: &Path, place: &S3Place) -> PathBuf {
    root(data_dir).join(&place.bucket).join(&place.prefix)
}

fn place(server: SocketAddr, secret: &str) -> StoragePlace {
    StoragePlace::S3(S3Place {
        bucket: BUCKET.to_owned(),
        prefix: "evidence/xujiahui".to_owned(),
        endpoint: Some(format!("http://{server}")),
        region: "us-east-1".to_owned(),
        keys: Some((KEY.into(), secret.into())),
    })
}

/// Tells a story on a station whose files, at most so large, are in a bucket of a server of its
/// own.
async fn in_a_bucket(app: &TestApp, limit: u64, story: impl AsyncFnOnce(&TestApp)) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = place(listener.local_addr().unwrap(), SECRET);
    let app = app
        .another(|it| {
            it.storage = place;
            it.evidence_limit = limit;
        })
        .await;
    let server = serve(listener, &root(&app.app.settings.data_dir));
    story(&app).await;
    app.stop().await;
    server.abort();
}

/// Serves the buckets below `root`.
fn serve(listener: TcpListener, root: &Path) -> JoinHandle<()> {
    std::fs::create_dir_all(root.join(BUCKET)).unwrap();
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let builder = Builder::new(TokioExecutor::new());
                let served = builder.serve_connection(TokioIo::new(socket), service);
                let _ = served.await;
            });
        }
    })
}

async fn evidence_is_kept_in_a_bucket(app: &TestApp) {
    in_a_bucket(app, LIMIT, async |app| {
        let case = Case::at(app, Stage::Registered).await;
        journey(app, &case).await;
        let [objects, incoming] = places(app);
        assert_eq!(files(&objects).len(), 2, "{:?}", files(&root(&app.app.settings.data_dir)));
        assert!(files(&incoming).is_empty(), "nothing stays where it came in");
    })
    .await;
}

/// Beyond five megabytes a file goes to the bucket in parts.
async fn a_large_file_is_kept_in_a_bucket(app: &TestApp) {
    in_a_bucket(app, 20 * LIMIT, async |app| {
        let case = Case::at(app, Stage::Registered).await;
        let (clerk, path) = (app.clerk(), case.path("/evidence"));
        let large = "证据".repeat(2 << 20);
        let id = sent(&clerk, &path, "b.txt", large.clone()).await.created().id();
        assert_eq!(content(&clerk, &case, id).await.ok().bytes, large.as_bytes());
        sent(&clerk, &path, "b.txt", large).await.problem(409, "same_content");
        let [objects, incoming] = places(app);
        assert_eq!((files(&objects).len(), files(&incoming).len()), (1, 0));
        let checked = verify(&app.app, false, |_| ()).await.unwrap();
        assert_eq!((checked.objects, told(&checked)), (1, (0, 0)));
    })
    .await;
}

/// A server that is gone, and one that does not take the keys.
async fn a_bucket_that_is_away_is_said_to_be_so(app: &TestApp) {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap();
    let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let server = serve(listener, root.path());
    for place in [place(gone, SECRET), place(here, "another-secret")] {
        let app = app.another(|it| it.storage = place).await;
        let case = Case::at(&app, Stage::Registered).await;
        let answer = sent(&app.clerk(), &case.path("/evidence"), "a.txt", "x").await;
        let answer = answer.problem(503, "unavailable");
        for inner in [SECRET, KEY, BUCKET, "127.0.0.1"] {
            assert!(!answer.text.contains(inner), "{}", answer.text);
        }
        let list = app.clerk().get(&case.path("/evidence")).await.ok();
        assert_eq!(list.text, "[]");
        nothing_left(&app, "the bucket is away");
        app.stop().await;
    }
    server.abort();
}
