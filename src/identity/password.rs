//! Passwords: what a good one is, and how it is kept (Argon2id, PHC string). The plain text is
//! never stored, logged or returned. GB/T 22239-2019 asks for complex passwords; the classes
//! and the length are our choice, at least as strict as usual practice.
//!
//! Hashing takes 19 MiB and tens of milliseconds on purpose. `Passwords` runs it outside the
//! request threads and two at a time, so that a flood of logins cannot take all memory.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::error::{Error, Fault, Result};
use crate::language::Text;

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most characters of a password.
pub const LONGEST: usize = 128;

/// How many passwords are hashed at once.
const AT_ONCE: usize = 2;
/// A hash that no password is known for, with the parameters of all others.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Refuses a new password that breaks a rule, with every rule it breaks.
pub fn check(pointer: &str, password: &str, user_name: &str) -> Result<()> {
    let faults = faults(pointer, password, user_name);
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

fn faults(pointer: &str, password: &str, user_name: &str) -> Vec<Fault> {
    let length = password.chars().count();
    let contains_name = user_name.chars().count() > 1
        && password.to_lowercase().contains(&user_name.to_lowercase());
    let rules = [
        (
            length < SHORTEST,
            "password_too_short",
            "密码至少10个字符。",
            "A password has at least 10 characters.",
        ),
        (
            length > LONGEST,
            "password_too_long",
            "密码最多128个字符。",
            "A password has at most 128 characters.",
        ),
        (
            classes(password) < 3,
            "password_too_simple",
            "密码至少包含大写字母、小写字母、数字、其他字符中的三类。",
            "A password has at least three of capitals, small letters, digits and others.",
        ),
        (
            contains_name,
            "password_contains_user_name",
            "密码不得包含用户名。",
            "A password does not contain the user name.",
        ),
    ];
    rules
        .into_iter()
        .filter(|(broken, ..)| *broken)
        .map(|(_, code, zh, en)| Fault::new(pointer, code, Text::new(zh, en)))
        .collect()
}

/// How many of the four classes of characters occur.
fn classes(password: &str) -> usize {
    let other = |it: char| !it.is_ascii_alphanumeric();
    [
        password.contains(|it: char| it.is_ascii_uppercase()),
        password.contains(|it: char| it.is_ascii_lowercase()),
        password.contains(|it: char| it.is_ascii_digit()),
        password.contains(other),
    ]
    .into_iter()
    .filter(|it| *it)
    .count()
}

/// Hashes and checks passwords without holding up other requests. Clones share the limit.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    pub fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = Zeroizing::new(password.to_owned());
        self.apart(move || hash(&password)).await?
    }

    /// Whether this is the password of that PHC string.
    pub async fn verify(&self, password: &str, phc: &str) -> Result<bool> {
        let (password, phc) = (Zeroizing::new(password.to_owned()), phc.to_owned());
        self.apart(move || verify(&password, &phc)).await
    }

    /// Takes as long as `verify`: for a user who does not exist, so that the time of the answer
    /// does not tell which names do.
    pub async fn verify_nothing(&self, password: &str) -> Result<()> {
        let password = Zeroizing::new(password.to_owned());
        self.apart(move || verify_nothing(&password)).await
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.expect("nobody closes the semaphore");
        // The permit goes along: an abandoned request still works to the end.
        let work = move || {
            let _permit = permit;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}

fn argon2() -> Argon2<'static> {
    let parameters = Params::new(19 * 1024, 2, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

fn hash(password: &str) -> Result<String> {
    let hash = argon2().hash_password(password.as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

fn verify(password: &str, phc: &str) -> bool {
    if let Ok(known) = PasswordHash::new(phc) {
        return argon2().verify_password(password.as_bytes(), &known).is_ok();
    }
    // A damaged hash fits no password and costs the same.
    verify_nothing(password);
    false
}

fn verify_nothing(password: &str) {
    let nobody = PasswordHash::new(NOBODY).expect("the constant is a PHC string");
    let _ = std::hint::black_box(argon2().verify_password(password.as_bytes(), &nobody));
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn each_broken_rule_is_told() {
        let longest = format!("aA1{}", "!".repeat(125));
        for (password, expected) in [
            ("Tiaojie-2026", &[][..]),
            ("Abcdefgh12", &[]),
            ("调解工作站真好Aa一", &[]),
            (&longest, &[]),
            ("", &["password_too_short", "password_too_simple"]),
            ("Abcdefg12", &["password_too_short"]),
            ("abcdefgh12", &["password_too_simple"]),
            ("ABCDEFGH!!", &["password_too_simple"]),
            ("xLIWEI-2026", &["password_contains_user_name"]),
            (&format!("{longest}!"), &["password_too_long"]),
        ] {
            let found: Vec<_> =
                faults("/password", password, "liwei").into_iter().map(|it| it.code).collect();
            assert_eq!(found, expected, "{password}");
        }
        assert!(check("/password", "Tiaojie-2026", "a").is_ok(), "one letter is no name");
        assert!(check("/password", "Tiaojie-2026", "").is_ok());
        let Err(Error::Invalid(faults)) = check("/new_password", "", "liwei") else {
            panic!("an empty password was accepted");
        };
        assert!(faults.iter().all(|it| it.pointer == "/new_password"));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_only() {
        let passwords = Passwords::new();
        let phc = passwords.hash("Tiaojie-2026").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        for (password, stored, right) in [
            ("Tiaojie-2026", &*phc, true),
            ("tiaojie-2026", &*phc, false),
            ("", &*phc, false),
            ("Tiaojie-2026", "damaged", false),
            ("", NOBODY, false),
        ] {
            let found = passwords.verify(password, stored).await.unwrap();
            assert_eq!(found, right, "{password} {stored}");
        }
        let again = passwords.hash("Tiaojie-2026").await.unwrap();
        assert_ne!(phc, again, "the salt is new");
    }

    #[test]
    fn an_unknown_user_costs_as_much_as_a_known_one() {
        let phc = hash("Tiaojie-2026").unwrap();
        let timed = |work: &dyn Fn()| {
            let time = || {
                let start = Instant::now();
                work();
                start.elapsed()
            };
            (0..5).map(|_| time()).min().unwrap()
        };
        let known = timed(&|| assert!(!verify("wrong", &phc)));
        let unknown = timed(&|| verify_nothing("wrong"));
        assert!(unknown < known * 3 && known < unknown * 3, "{known:?} and {unknown:?}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_abandoned_request_keeps_its_permit_until_the_work_is_done() {
        let passwords = Passwords::new();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let clone = passwords.clone();
        let request = tokio::spawn(async move { clone.apart(move || held.recv()).await });
        while passwords.permits.available_permits() == AT_ONCE {
            tokio::task::yield_now().await;
        }
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        assert_eq!(passwords.permits.available_permits(), AT_ONCE - 1);
        drop(release);
        while passwords.permits.available_permits() < AT_ONCE {
            tokio::task::yield_now().await;
        }
    }
}
