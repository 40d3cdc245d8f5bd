//! Access tokens (JWT, ES256) and opaque secrets. A token says who called and in which session,
//! and nothing about rights: those are read anew at each request.
//!
//! Only this service's own algorithm, issuer and audience are accepted, and time is the time
//! the caller gives, so that tests and the service agree on it. Nothing here reads a database.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Error, Result, Stranger};
use crate::personal_data::Sensitive;

const ISSUER: &str = "huijie";
const AUDIENCE: &str = "huijie-api";
/// Ours have some 500 bytes.
const LARGEST_TOKEN: usize = 4096;
/// Entries of the memory of verified tokens; some 100 bytes each.
const MOST_VERIFIED: usize = 10_000;

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The account.
    pub sub: Uuid,
    /// The session, which may have been ended since.
    pub sid: Uuid,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// Good until just before this second.
    pub exp: i64,
    /// The token itself.
    pub jti: Uuid,
}

impl Claims {
    pub fn new(user: Uuid, session: Uuid, now: DateTime<Utc>, lifetime: TimeDelta) -> Self {
        let exp = (now + lifetime).timestamp();
        Self { sub: user, sid: session, iat: now.timestamp(), exp, jti: random_id() }
    }
}

/// The claims as they travel.
#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(flatten)]
    claims: Claims,
    iss: String,
    aud: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

/// A key others can check our tokens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its thumbprint (RFC 7638), by which tokens name it.
    pub kid: String,
    /// The point on P-256, each coordinate 32 bytes in base64url.
    pub x: String,
    pub y: String,
}

impl PublicKey {
    fn decoding_key(&self) -> Result<DecodingKey> {
        let whole = |it: &str| URL_SAFE_NO_PAD.decode(it).is_ok_and(|bytes| bytes.len() == 32);
        if !whole(&self.x) || !whole(&self.y) {
            return Err(Error::internal(format_args!("the public key {} is damaged", self.kid)));
        }
        DecodingKey::from_ec_components(&self.x, &self.y).map_err(Error::internal)
    }

    fn jwk(&self) -> serde_json::Value {
        serde_json::json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
            "kid": self.kid, "x": self.x, "y": self.y,
        })
    }
}

/// A key that signs tokens. The private half is stored sealed.
#[derive(Clone)]
pub struct SigningKey {
    pub public: PublicKey,
    pub private_pkcs8: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

impl SigningKey {
    pub fn generate() -> Result<Self> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .map_err(|_| Error::internal("no signing key could be made"))?;
        let document =
            pair.to_pkcs8v1().map_err(|_| Error::internal("a signing key could not be written"))?;
        Self::from_pkcs8(document.as_ref())
    }

    /// The key as it was stored: the public half and its name follow from the private one.
    pub fn from_pkcs8(private: &[u8]) -> Result<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private)
            .map_err(|_| Error::internal("a stored signing key is damaged"))?;
        // 0x04 and the two coordinates.
        let &[0x04, ref point @ ..] = pair.public_key().as_ref() else {
            return Err(Error::internal("a signing key has no plain point"));
        };
        let (x, y) = point.split_at(point.len() / 2);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        // The members in the order RFC 7638 demands.
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(members));
        let private_pkcs8 = Zeroizing::new(private.to_vec());
        Ok(Self { public: PublicKey { kid, x, y }, private_pkcs8 })
    }
}

/// Issues and verifies access tokens with the keys it was last given.
#[derive(Default)]
pub struct Tokens {
    ring: RwLock<Arc<Ring>>,
}

/// Keys together with what they verified: both go together when the keys are replaced, and no
/// late verification can slip an old answer into the new memory.
#[derive(Default)]
struct Ring {
    active: Option<(String, EncodingKey)>,
    public: HashMap<String, DecodingKey>,
    published: Vec<serde_json::Value>,
    verified: RwLock<HashMap<[u8; 32], Claims>>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl Tokens {
    /// Takes other keys: new tokens are signed with `active`; tokens of `others` stay valid.
    /// What was verified before is forgotten. A damaged key is refused and nothing changes.
    pub fn replace(&self, active: &SigningKey, others: &[PublicKey]) -> Result<()> {
        let mut ring = Ring::default();
        for key in std::iter::once(&active.public).chain(others) {
            ring.public.insert(key.kid.clone(), key.decoding_key()?);
            ring.published.push(key.jwk());
        }
        let signing = EncodingKey::from_ec_der(&active.private_pkcs8);
        ring.active = Some((active.public.kid.clone(), signing));
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        Ok(())
    }

    /// Signs a token.
    pub fn issue(&self, claims: Claims) -> Result<String> {
        let ring = self.ring();
        let (kid, key) =
            ring.active.as_ref().ok_or_else(|| Error::internal("no signing key is loaded"))?;
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::ES256) };
        let envelope =
            Envelope { claims, iss: ISSUER.to_owned(), aud: AUDIENCE.to_owned(), nbf: None };
        jsonwebtoken::encode(&header, &envelope, key).map_err(Error::internal)
    }

    /// Whom a token speaks for. Ended sessions are not known here: ask for `sid` as well.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, Stranger> {
        if token.len() > LARGEST_TOKEN {
            return Err(Stranger::BadToken);
        }
        let ring = self.ring();
        let digest: [u8; 32] = Sha256::digest(token).into();
        let now = now.timestamp();
        let known = ring.remembered(&digest);
        let claims = match known {
            Some(claims) => claims,
            None => ring.check(token, now)?,
        };
        if claims.exp <= now {
            return Err(Stranger::ExpiredToken);
        }
        if known.is_none() {
            ring.remember(digest, claims, now);
        }
        Ok(claims)
    }

    /// The public keys for others (RFC 7517), the active one first.
    pub fn jwks(&self) -> serde_json::Value {
        serde_json::json!({ "keys": self.ring().published })
    }

    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ring {
    /// Everything but `exp`, which the memory needs checked each time.
    fn check(&self, token: &str, now: i64) -> Result<Claims, Stranger> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Stranger::BadToken)?;
        // A critical extension must be understood (RFC 7515, 4.1.11); we know none.
        if header.alg != Algorithm::ES256 || header.crit.is_some() {
            return Err(Stranger::BadToken);
        }
        let kid = header.kid.ok_or(Stranger::BadToken)?;
        let key = self.public.get(&kid).ok_or(Stranger::BadToken)?;
        let envelope = jsonwebtoken::decode::<Envelope>(token, key, &validation())
            .map_err(|_| Stranger::BadToken)?
            .claims;
        match envelope.nbf {
            Some(from) if from > now => Err(Stranger::BadToken),
            _ => Ok(envelope.claims),
        }
    }

    fn remembered(&self, digest: &[u8; 32]) -> Option<Claims> {
        self.verified.read().unwrap_or_else(PoisonError::into_inner).get(digest).copied()
    }

    fn remember(&self, digest: [u8; 32], claims: Claims, now: i64) {
        let mut verified = self.verified.write().unwrap_or_else(PoisonError::into_inner);
        if verified.len() >= MOST_VERIFIED {
            verified.retain(|_, claims| claims.exp > now);
        }
        if verified.len() >= MOST_VERIFIED {
            // Forgetting all is rare and costs one check a token; sorting by age is not worth it.
            verified.clear();
        }
        verified.insert(digest, claims);
    }
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.leeway = 0;
    // The library knows only the system's clock; `verify` checks both against the given time.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

/// A secret for its bearer (refresh tokens, the set-up secret). With 256 random bits a plain
/// hash of it is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecret {
    /// Given out once: base64url of 32 bytes.
    pub plain: Sensitive,
    /// Stored: SHA-256 in hex.
    pub hash: String,
}

pub fn new_secret() -> NewSecret {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut bytes[..]).expect("the operating system gives random bytes");
    let plain = Sensitive::new(URL_SAFE_NO_PAD.encode(&bytes[..]));
    NewSecret { hash: secret_hash(plain.reveal()), plain }
}

/// A fresh secret to be told once as part of a link, and its hash.
pub(crate) fn link_secret() -> (String, String) {
    let NewSecret { plain, hash } = new_secret();
    (plain.reveal().to_owned(), hash)
}

/// What is stored of a secret, and what it is found by.
pub fn secret_hash(plain: &str) -> String {
    hex::encode(Sha256::digest(plain))
}

/// Whether this is the secret of that hash; takes the same time wherever they differ.
pub fn secret_matches(plain: &str, hash: &str) -> bool {
    verify_slices_are_equal(secret_hash(plain).as_bytes(), hash.as_bytes()).is_ok()
}

fn random_id() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests;
