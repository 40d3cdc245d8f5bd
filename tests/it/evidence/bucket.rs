//! The same files in a bucket: an S3 server in this process, spoken to as any other.

use std::path::Path;

use huijie::evidence::verify;
use huijie::settings::{S3Place, StoragePlace};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{content, files, journey, parts, sent, told};
use crate::harness::{TestApp, on_both_databases};
use crate::stages::{Case, Stage};

on_both_databases!(evidence_is_kept_in_a_bucket, a_bucket_that_is_away_is_said_to_be_so);

const BUCKET: &str = "station";
const KEY: &str = "AKIATEST";
const SECRET: &str = "a-secret-of-the-test";

/// A server of the buckets below `root`, and its address.
async fn s3(root: &Path) -> (String, JoinHandle<()>) {
    std::fs::create_dir_all(root.join(BUCKET)).unwrap();
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let builder = Builder::new(TokioExecutor::new());
                let served = builder.serve_connection(TokioIo::new(socket), service);
                let _ = served.await;
            });
        }
    });
    (address, task)
}

fn place(endpoint: String) -> StoragePlace {
    StoragePlace::S3(S3Place {
        bucket: BUCKET.to_owned(),
        prefix: "evidence/xujiahui".to_owned(),
        endpoint: Some(endpoint),
        region: "us-east-1".to_owned(),
        keys: Some((KEY.into(), SECRET.into())),
    })
}

async fn evidence_is_kept_in_a_bucket(app: &TestApp) {
    let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (endpoint, server) = s3(root.path()).await;
    let app = app.another(|it| it.storage = place(endpoint)).await;
    let case = Case::at(&app, Stage::Registered).await;
    journey(&app, &case).await;
    let clerk = app.clerk();
    let path = case.path("/evidence");
    let small = sent(&clerk, &path, "a.txt", "0123456789").await.created().id();
    parts(&clerk, &case, small).await;
    // Sent to the bucket in parts.
    let large = "证据".repeat(2 << 20);
    let id = sent(&clerk, &path, "b.txt", large.clone()).await.created().id();
    assert_eq!(content(&clerk, &case, id).await.ok().bytes, large.as_bytes());
    sent(&clerk, &path, "b.txt", large).await.problem(409, "same_content");
    sent(&clerk, &path, "a.jpg", "x").await.problem(422, "invalid");

    let kept = root.path().join(BUCKET).join("evidence/xujiahui");
    assert_eq!(files(&kept).len(), 4, "{:?}", files(root.path()));
    let incoming = app.app.settings.data_dir.join("incoming");
    assert!(files(&incoming).is_empty(), "nothing stays where it came in");
    let checked = verify(&app.app, false, |_| ()).await.unwrap();
    assert_eq!((checked.objects, told(&checked)), (4, (0, 0)));

    for path in files(&kept) {
        if std::fs::read(&path).unwrap() == b"0123456789" {
            std::fs::write(path, "012345678X").unwrap();
        } else if path.metadata().unwrap().len() > 1 << 20 {
            std::fs::remove_file(path).unwrap();
        }
    }
    let checked = verify(&app.app, false, |_| ()).await.unwrap();
    let found: Vec<_> = checked.differences.iter().map(|it| it.id).collect();
    assert_eq!(found, [small, id], "{checked:?}");
    app.stop().await;
    server.abort();
}

async fn a_bucket_that_is_away_is_said_to_be_so(app: &TestApp) {
    let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // Its bucket is not there.
    let (endpoint, server) = s3(root.path()).await;
    std::fs::remove_dir(root.path().join(BUCKET)).unwrap();
    let app = app.another(|it| it.storage = place(endpoint)).await;
    let case = Case::at(&app, Stage::Registered).await;
    let answer = sent(&app.clerk(), &case.path("/evidence"), "a.txt", "x").await;
    let answer = answer.problem(503, "unavailable");
    assert!(!answer.text.contains(SECRET) && !answer.text.contains(KEY));
    let list = app.clerk().get(&case.path("/evidence")).await.ok();
    assert_eq!(list.text, "[]");
    app.stop().await;
    server.abort();
}
