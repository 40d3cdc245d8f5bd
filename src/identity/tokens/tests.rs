//! The rules of tokens, each as a sentence that could be false.

use serde_json::{Value, json};

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn tokens() -> (Tokens, SigningKey) {
    let (tokens, key) = (Tokens::default(), SigningKey::generate().unwrap());
    tokens.replace(&key, &[]).unwrap();
    (tokens, key)
}

fn claims(now: i64) -> Claims {
    Claims::new(Uuid::from_u128(1), Uuid::from_u128(2), at(now), TimeDelta::minutes(15))
}

/// Signs anything at all with the service's own key.
fn forge(key: &SigningKey, header: &Header, payload: &Value) -> String {
    let key = EncodingKey::from_ec_der(&key.private_pkcs8);
    jsonwebtoken::encode(header, payload, &key).unwrap()
}

fn header(key: &SigningKey) -> Header {
    Header { kid: Some(key.public.kid.clone()), ..Header::new(Algorithm::ES256) }
}

fn payload() -> Value {
    json!({
        "sub": Uuid::from_u128(1), "sid": Uuid::from_u128(2), "jti": Uuid::from_u128(3),
        "iat": 1000, "exp": 1900, "iss": "huijie", "aud": "huijie-api",
    })
}

#[test]
fn a_token_is_good_until_it_expires_by_the_given_time() {
    let (tokens, _) = tokens();
    let issued = claims(1000);
    let token = tokens.issue(issued).unwrap();
    assert!(token.len() < 1024, "{}", token.len());
    for _from_memory in [false, true] {
        assert_eq!(tokens.verify(&token, at(1000)), Ok(issued));
        assert_eq!(tokens.verify(&token, at(1899)), Ok(issued));
        assert_eq!(tokens.verify(&token, at(1900)), Err(Stranger::ExpiredToken));
    }
    assert_ne!(issued.jti, claims(1000).jti);
}

#[test]
fn claims_that_are_missing_or_for_others_are_refused() {
    let (tokens, key) = tokens();
    assert!(tokens.verify(&forge(&key, &header(&key), &payload()), at(1000)).is_ok());
    for name in ["sub", "sid", "jti", "iat", "exp", "iss", "aud"] {
        let mut payload = payload();
        payload.as_object_mut().unwrap().remove(name);
        let token = forge(&key, &header(&key), &payload);
        assert_eq!(tokens.verify(&token, at(1000)), Err(Stranger::BadToken), "no {name}");
    }
    for (name, value) in [
        ("iss", json!("another")),
        ("aud", json!("another")),
        ("aud", json!(["another"])),
        ("sub", json!("nobody")),
        ("exp", json!("1900")),
        ("nbf", json!(1001)),
    ] {
        let mut payload = payload();
        payload[name] = value.clone();
        let token = forge(&key, &header(&key), &payload);
        assert_eq!(tokens.verify(&token, at(1000)), Err(Stranger::BadToken), "{name} {value}");
    }
}

#[test]
fn other_algorithms_keys_and_headers_are_refused() {
    let (tokens, key) = tokens();
    let part = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
    let unsigned =
        format!("{}.{}.", part(&json!({"alg": "none", "kid": key.public.kid})), part(&payload()));
    // The old trick: the public key, known to all, as the secret of an HMAC.
    let confused = jsonwebtoken::encode(
        &Header { kid: Some(key.public.kid.clone()), ..Header::new(Algorithm::HS256) },
        &payload(),
        &EncodingKey::from_secret(key.public.x.as_bytes()),
    );
    let stranger = SigningKey::generate().unwrap();
    let good = tokens.issue(claims(1000)).unwrap();
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let changed = format!("{}.{}.{signature}", signed.split('.').next().unwrap(), part(&payload()));
    for (why, token) in [
        ("alg none", unsigned),
        ("alg HS256", confused.unwrap()),
        ("unknown kid", forge(&stranger, &header(&stranger), &payload())),
        ("another's signature", forge(&stranger, &header(&key), &payload())),
        ("no kid", forge(&key, &Header::new(Algorithm::ES256), &payload())),
        ("crit", {
            let crit = Some(vec!["exp".to_owned()]);
            forge(&key, &Header { crit, ..header(&key) }, &payload())
        }),
        ("changed payload", changed),
        ("no signature", format!("{signed}.")),
        ("four parts", format!("{good}.x")),
        ("huge", format!("{good}{}", "A".repeat(LARGEST_TOKEN))),
        ("empty", String::new()),
        ("not ASCII", "令.牌.牌".to_owned()),
    ] {
        assert_eq!(tokens.verify(&token, at(1000)), Err(Stranger::BadToken), "{why}");
    }
    assert!(tokens.ring().verified.read().unwrap().is_empty(), "nothing bad is remembered");
}

#[test]
fn replaced_keys_end_what_was_remembered() {
    let (tokens, old) = tokens();
    let token = tokens.issue(claims(1000)).unwrap();
    tokens.verify(&token, at(1000)).unwrap();
    let new = SigningKey::generate().unwrap();
    tokens.replace(&new, std::slice::from_ref(&old.public)).unwrap();
    assert!(tokens.verify(&token, at(1000)).is_ok(), "the old key still verifies");
    assert!(tokens.verify(&tokens.issue(claims(1000)).unwrap(), at(1000)).is_ok());
    tokens.replace(&new, &[]).unwrap();
    assert_eq!(tokens.verify(&token, at(1000)), Err(Stranger::BadToken));
}

#[test]
fn the_memory_of_verified_tokens_is_bounded() {
    let ring = Ring::default();
    let entry = |number: u32| {
        let mut digest = [0; 32];
        digest[..4].copy_from_slice(&number.to_be_bytes());
        digest
    };
    let most = u32::try_from(MOST_VERIFIED).unwrap();
    for number in 0..most {
        // Half of them run out at 1900, half at 2900.
        ring.remember(entry(number), claims(1000 + i64::from(number % 2) * 1000), 1000);
    }
    let held = || ring.verified.read().unwrap().len();
    assert_eq!(held(), MOST_VERIFIED);
    ring.remember(entry(most), claims(2000), 2000);
    assert_eq!(held(), MOST_VERIFIED / 2 + 1, "those that ran out went first");
    for number in most + 1..3 * most {
        ring.remember(entry(number), claims(2000), 2000);
        assert!(held() <= MOST_VERIFIED);
    }
}

#[test]
fn without_keys_nothing_is_issued_or_accepted() {
    let empty = Tokens::default();
    assert!(empty.issue(claims(1000)).is_err());
    let (full, _) = tokens();
    let token = full.issue(claims(1000)).unwrap();
    assert_eq!(empty.verify(&token, at(1000)), Err(Stranger::BadToken));
    assert_eq!(empty.jwks(), json!({ "keys": [] }));
}

#[test]
fn the_published_keys_verify_and_hold_nothing_private() {
    let (tokens, key) = tokens();
    let older = SigningKey::generate().unwrap().public;
    tokens.replace(&key, std::slice::from_ref(&older)).unwrap();
    let published = tokens.jwks();
    assert_eq!(published["keys"][0]["kid"], json!(key.public.kid));
    assert_eq!(published["keys"][1]["kid"], json!(older.kid));
    let mut names: Vec<_> = published["keys"][0].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);

    let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(published["keys"][0].clone()).unwrap();
    let token = tokens.issue(claims(1000)).unwrap();
    let read = DecodingKey::from_jwk(&jwk).unwrap();
    assert!(jsonwebtoken::decode::<Envelope>(&token, &read, &validation()).is_ok());
    assert!(!format!("{key:?} {tokens:?}").contains("pkcs8"));
}

#[test]
fn a_stored_key_is_the_same_key_and_a_damaged_one_is_refused() {
    let (tokens, key) = tokens();
    let token = tokens.issue(claims(1000)).unwrap();
    let stored = SigningKey::from_pkcs8(&key.private_pkcs8).unwrap();
    assert_eq!(stored.public, key.public);
    assert!(SigningKey::from_pkcs8(&key.private_pkcs8[1..]).is_err());
    assert!(SigningKey::from_pkcs8(b"").is_err());
    for x in ["", "AAAA", "not base64url!"] {
        let damaged = PublicKey { x: x.to_owned(), ..key.public.clone() };
        assert!(tokens.replace(&stored, &[damaged]).is_err(), "{x}");
    }
    assert!(tokens.verify(&token, at(1000)).is_ok(), "a refused replacement changes nothing");
}

#[test]
fn a_secret_matches_its_hash_only() {
    let secret = new_secret();
    assert_eq!((secret.plain.reveal().len(), secret.hash.len()), (43, 64));
    assert!(secret_matches(secret.plain.reveal(), &secret.hash));
    assert!(!secret_matches("", &secret.hash));
    assert!(!secret_matches(&secret.hash, &secret.hash), "the stored hash is no secret");
    assert!(!secret_matches(secret.plain.reveal(), ""));
    assert!(!secret_matches(secret.plain.reveal(), &new_secret().hash));
    assert!(!format!("{secret:?}").contains(secret.plain.reveal()));
    assert_eq!(
        secret_hash("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
