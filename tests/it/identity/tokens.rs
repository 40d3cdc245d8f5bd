//! Access tokens: only ours, only while their key is known.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use huijie::identity::rotate_signing_key;
use serde_json::{Value, json};
use sha2::Sha256;

use super::pair;
use crate::disputes::account;
use crate::harness::{TestApp, on_both_databases};

on_both_databases!(old_tokens_outlive_the_rotation_of_the_signing_key, forged_tokens_are_refused,);

fn part(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

async fn published(app: &TestApp) -> Vec<String> {
    let keys = app.stranger().get("/.well-known/jwks.json").await.ok();
    let keys = keys.body["keys"].as_array().unwrap().clone();
    assert!(keys.iter().all(|it| it.get("d").is_none()), "a private key is published");
    keys.iter().map(|it| it["kid"].as_str().unwrap().to_owned()).collect()
}

async fn old_tokens_outlive_the_rotation_of_the_signing_key(app: &TestApp) {
    let (old, _) = pair(app, "clerk").await;
    let old_key = part(&old, 0)["kid"].as_str().unwrap().to_owned();
    assert_eq!(published(app).await, std::slice::from_ref(&old_key));

    let new_key = rotate_signing_key(&app.app).await.unwrap();

    let (new, _) = pair(app, "clerk").await;
    assert_eq!(part(&new, 0)["kid"], new_key.as_str());
    assert_eq!(part(&new, 0)["alg"], "ES256");
    assert_eq!(published(app).await, [new_key.clone(), old_key.clone()]);
    for token in [&old, &new] {
        app.bearer(token).get("/api/v1/me").await.ok();
    }
    // Once no token of it can live any more, the oldest key is not published any more.
    app.pass(TimeDelta::hours(1));
    let newest_key = rotate_signing_key(&app.app).await.unwrap();
    assert_eq!(published(app).await, [newest_key, new_key]);
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn forged_tokens_are_refused(app: &TestApp) {
    let (token, _) = pair(app, "clerk").await;
    let (header, claims) = (part(&token, 0), part(&token, 1));
    let signature = token.split('.').nth(2).unwrap();
    let keys = app.stranger().get("/.well-known/jwks.json").await.ok();
    let admin = account(app, "admin").await;
    let changed = |of: &Value, member: &str, value: Value| {
        let mut changed = of.clone();
        changed[member] = value;
        encoded(&changed)
    };
    let (whole_header, whole_claims) = (encoded(&header), encoded(&claims));
    let mut forgeries = vec![
        ("no signature", format!("{whole_header}.{whole_claims}.")),
        ("alg none", format!("{}.{whole_claims}.", changed(&header, "alg", json!("none")))),
        (
            "alg none with the signature",
            format!("{}.{whole_claims}.{signature}", changed(&header, "alg", json!("none"))),
        ),
        (
            "unknown kid",
            format!("{}.{whole_claims}.{signature}", changed(&header, "kid", json!("x"))),
        ),
        (
            "somebody else",
            format!("{whole_header}.{}.{signature}", changed(&claims, "sub", json!(admin))),
        ),
        (
            "a longer life",
            format!(
                "{whole_header}.{}.{signature}",
                changed(&claims, "exp", json!(4_000_000_000_i64))
            ),
        ),
        ("two parts", format!("{whole_header}.{whole_claims}")),
        ("too long", "a".repeat(6000)),
        ("nonsense", "a.b.c".to_owned()),
    ];
    // HMAC with what everybody knows as its key: the public key in every spelling.
    let jwk = &keys.body["keys"][0];
    let (x, y) = (jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
    let point = |it: &str| URL_SAFE_NO_PAD.decode(it).unwrap();
    let raw = [vec![4], point(x), point(y)].concat();
    for key in [raw, x.as_bytes().to_vec(), jwk.to_string().into_bytes(), Vec::new()] {
        let head = changed(&header, "alg", json!("HS256"));
        let mut code = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        code.update(format!("{head}.{whole_claims}").as_bytes());
        let code = URL_SAFE_NO_PAD.encode(code.finalize().into_bytes());
        forgeries.push(("HS256 with the public key", format!("{head}.{whole_claims}.{code}")));
    }
    for (what, forgery) in forgeries {
        let answer = app.bearer(&forgery).get("/api/v1/me").await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        let answer = answer.problem(401, "invalid_token");
        assert!(answer.header("www-authenticate").contains("invalid_token"), "{what}");
    }
    app.bearer(&token).get("/api/v1/me").await.ok();
}
