//! The vault: seals personal data with AES-256-GCM before it reaches the database and makes
//! blind indexes (HMAC-SHA-256) for finding it again. The keys live in one file beside the
//! service, never in the database, so that a stolen database tells nothing.
//!
//! A sealed value is bound to its place (`table.column:row id`): copied to another row or
//! column it does not open. Its layout is `0x01 | key number (2, big endian) | nonce (12) |
//! ciphertext and tag`; the first byte names the algorithm, so that another one (SM4) can
//! follow. The nonce is random: one data key is good for some 2^32 values, then `rotate`.
//!
//! A lost key file is lost data: nothing here makes a new one where one is expected, and
//! whoever calls `open_or_create` must refuse a new file over a database that holds data.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_file::{Key, KeyFile, VaultError, fill_random};
use crate::error::Error;

const ALGORITHM_AES_256_GCM: u8 = 1;
const NONCE_LENGTH: usize = 12;
const HEADER_LENGTH: usize = 3 + NONCE_LENGTH;

/// Seals and opens personal data. Clones share the keys.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<RwLock<Arc<Keys>>>,
}

struct Keys {
    active: u16,
    ciphers: BTreeMap<u16, Aes256Gcm>,
    index: Key,
}

impl Keys {
    fn read(path: &Path) -> Result<Self, VaultError> {
        let file = KeyFile::read(path)?;
        let ciphers =
            file.keys.iter().map(|(number, key)| (*number, Aes256Gcm::new((&key.0).into())));
        Ok(Self { active: file.active, ciphers: ciphers.collect(), index: file.index_key })
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the key file, or makes one with fresh keys at the first run. The flag tells
    /// whether this call made it. Processes that start together end with the same file.
    pub fn open_or_create(path: &Path) -> Result<(Self, bool), VaultError> {
        match Self::open_file(path) {
            Err(VaultError::Missing(_)) => {
                let created = KeyFile::fresh().create(path)?;
                Ok((Self::open_file(path)?, created))
            }
            opened => Ok((opened?, false)),
        }
    }

    /// Opens an existing key file.
    pub fn open_file(path: &Path) -> Result<Self, VaultError> {
        let keys = Keys::read(path)?;
        Ok(Self { keys: Arc::new(RwLock::new(Arc::new(keys))) })
    }

    /// Takes the keys from the file again, after another process changed them.
    pub fn reload(&self, path: &Path) -> Result<(), VaultError> {
        let keys = Keys::read(path)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(())
    }

    /// Adds a data key and makes it the active one; older values still open. Returns its
    /// number. Other processes must `reload` before they meet values sealed with it.
    pub fn rotate(&self, path: &Path) -> Result<u16, VaultError> {
        let mut number = 0;
        KeyFile::change(path, |file| {
            let last = file.keys.keys().next_back().copied().unwrap_or(0);
            number = last.checked_add(1).ok_or(VaultError::NumbersExhausted)?;
            file.keys.insert(number, Key::fresh());
            file.active = number;
            Ok(())
        })?;
        self.reload(path)?;
        Ok(number)
    }

    /// Removes a data key for ever. The caller has made sure that nothing is sealed with it:
    /// such values, backups included, could never be opened again.
    pub fn retire(&self, path: &Path, number: u16) -> Result<(), VaultError> {
        KeyFile::change(path, |file| {
            if number == file.active {
                return Err(VaultError::ActiveKey(number));
            }
            file.keys.remove(&number).map(drop).ok_or(VaultError::UnknownKey(number))
        })?;
        self.reload(path)
    }

    /// Seals a text for one place, such as `parties.phone:<row id>`.
    pub fn seal(&self, place: &str, plain: &str) -> Vec<u8> {
        self.seal_bytes(place, plain.as_bytes())
    }

    /// Opens a text sealed for this place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<String, Error> {
        String::from_utf8(self.open_bytes(place, sealed)?).map_err(|fault| {
            drop(Zeroizing::new(fault.into_bytes()));
            unreadable(place, "it is not text")
        })
    }

    pub fn seal_bytes(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let keys = self.keys();
        let cipher = keys.ciphers.get(&keys.active).expect("the active key was checked on reading");
        let mut nonce = [0; NONCE_LENGTH];
        fill_random(&mut nonce);
        let ciphertext = cipher
            .encrypt(&nonce.into(), Payload { msg: plain, aad: place.as_bytes() })
            .expect("only 64 GiB or more at once cannot be sealed");
        [&[ALGORITHM_AES_256_GCM][..], &keys.active.to_be_bytes(), &nonce, &ciphertext].concat()
    }

    pub fn open_bytes(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let Some((header, ciphertext)) = sealed.split_at_checked(HEADER_LENGTH) else {
            return Err(unreadable(place, "it is too short"));
        };
        let number = key_number(header).ok_or_else(|| unreadable(place, "unknown algorithm"))?;
        let keys = self.keys();
        let Some(cipher) = keys.ciphers.get(&number) else {
            return Err(unreadable(
                place,
                format_args!("data key {number} is not in the key file"),
            ));
        };
        let nonce: [u8; NONCE_LENGTH] =
            header[3..].try_into().expect("the header is split at its length");
        cipher
            .decrypt(&nonce.into(), Payload { msg: ciphertext, aad: place.as_bytes() })
            .map_err(|_| unreadable(place, "it was changed, or sealed for another place or file"))
    }

    /// Whether a value should be opened and sealed again: its key is not the active one, or it
    /// is no sealed value at all, which opening it will then tell.
    pub fn needs_reseal(&self, sealed: &[u8]) -> bool {
        key_number(sealed) != Some(self.keys().active)
    }

    /// The blind index of a normalized value: equal for equal values of a kind, and nothing
    /// else can be learned from it without the index key.
    pub fn blind(&self, kind: &str, normalized: &str) -> String {
        let mut code = Hmac::<Sha256>::new_from_slice(&self.keys().index.0)
            .expect("HMAC takes a key of any length");
        code.update(kind.as_bytes());
        code.update(&[0]);
        code.update(normalized.as_bytes());
        hex::encode(&code.finalize().into_bytes()[..16])
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn key_number(sealed: &[u8]) -> Option<u16> {
    match sealed {
        [ALGORITHM_AES_256_GCM, high, low, ..] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

fn unreadable(place: &str, cause: impl fmt::Display) -> Error {
    Error::internal(format_args!("the value sealed for {place} does not open: {cause}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    const PLACE: &str = "parties.phone:0192f0c1-0000-7000-8000-000000000001";

    fn vault() -> (tempfile::TempDir, std::path::PathBuf, Vault) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys.json");
        let (vault, created) = Vault::open_or_create(&path).unwrap();
        assert!(created);
        (directory, path, vault)
    }

    #[test]
    fn a_value_opens_only_at_its_place_and_unchanged() {
        let (_directory, _, vault) = vault();
        let sealed = vault.seal(PLACE, "13800138000");
        assert_eq!(vault.open(PLACE, &sealed).unwrap(), "13800138000");
        assert_eq!(sealed.len(), HEADER_LENGTH + 11 + 16);
        assert_eq!(sealed[..3], [1, 0, 1]);
        assert!(vault.open("parties.phone:another row", &sealed).is_err());
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(vault.open(PLACE, &changed).is_err(), "byte {index}");
            assert!(vault.open(PLACE, &sealed[..index]).is_err(), "length {index}");
        }
        assert_ne!(sealed, vault.seal(PLACE, "13800138000"), "the nonce is new each time");
    }

    #[test]
    fn an_error_tells_the_place_and_no_content() {
        let (_directory, _, vault) = vault();
        let sealed = vault.seal_bytes(PLACE, b"secret\xff");
        let message = vault.open(PLACE, &sealed).unwrap_err().to_string();
        assert!(message.contains(PLACE) && !message.contains("secret"), "{message}");
        assert_eq!(format!("{vault:?}"), "Vault { .. }");
    }

    #[test]
    fn another_file_opens_nothing() {
        let (_one, _, first) = vault();
        let (_two, _, second) = vault();
        assert!(second.open(PLACE, &first.seal(PLACE, "x")).is_err());
        assert_ne!(first.blind("phone", "1"), second.blind("phone", "1"));
    }

    #[test]
    fn a_blind_index_depends_on_kind_and_value_and_survives_rotation() {
        let (_directory, path, vault) = vault();
        let index = vault.blind("phone", "13800138000");
        assert_eq!(index.len(), 32);
        assert_ne!(index, vault.blind("phone", "13800138001"));
        assert_ne!(index, vault.blind("id", "13800138000"));
        assert_ne!(vault.blind("a", "bc"), vault.blind("ab", "c"));
        vault.rotate(&path).unwrap();
        assert_eq!(index, vault.blind("phone", "13800138000"));
        assert_eq!(index, Vault::open_file(&path).unwrap().blind("phone", "13800138000"));
    }

    #[test]
    fn rotation_keeps_old_values_readable_and_asks_for_a_new_seal() {
        let (_directory, path, vault) = vault();
        let clone = vault.clone();
        let (other_process, created) = Vault::open_or_create(&path).unwrap();
        assert!(!created);
        let old = vault.seal(PLACE, "x");
        assert!(!vault.needs_reseal(&old));

        assert_eq!(vault.rotate(&path).unwrap(), 2);
        let new = clone.seal(PLACE, "x");
        assert_eq!(new[..3], [1, 0, 2]);
        assert!(vault.needs_reseal(&old) && !vault.needs_reseal(&new));
        assert!(vault.needs_reseal(b"") && vault.needs_reseal(b"\x02\x00\x02"));
        assert_eq!(vault.open(PLACE, &old).unwrap(), "x");
        assert!(other_process.open(PLACE, &new).is_err());
        other_process.reload(&path).unwrap();
        assert_eq!(other_process.open(PLACE, &new).unwrap(), "x");

        assert!(matches!(vault.retire(&path, 2), Err(VaultError::ActiveKey(2))));
        assert!(matches!(vault.retire(&path, 9), Err(VaultError::UnknownKey(9))));
        vault.retire(&path, 1).unwrap();
        assert!(vault.open(PLACE, &old).is_err());
        assert_eq!(vault.open(PLACE, &new).unwrap(), "x");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn processes_that_start_together_end_with_the_same_keys() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("keys.json");
        let opened = std::thread::scope(|scope| {
            let starts: Vec<_> =
                (0..16).map(|_| scope.spawn(|| Vault::open_or_create(&path).unwrap())).collect();
            starts.into_iter().map(|it| it.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(opened.iter().filter(|(_, created)| *created).count(), 1);
        let sealed = opened[0].0.seal(PLACE, "x");
        assert!(opened.iter().all(|(vault, _)| vault.open(PLACE, &sealed).is_ok()));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no draft is left");
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens_again(place: String, text: String, bytes: Vec<u8>) {
            static VAULT: std::sync::LazyLock<(tempfile::TempDir, std::path::PathBuf, Vault)> =
                std::sync::LazyLock::new(vault);
            let vault = &VAULT.2;
            prop_assert_eq!(vault.open(&place, &vault.seal(&place, &text)).unwrap(), text);
            let sealed = vault.seal_bytes(&place, &bytes);
            prop_assert_eq!(vault.open_bytes(&place, &sealed).unwrap(), bytes);
        }

        #[test]
        fn no_bytes_make_opening_panic(bytes: Vec<u8>) {
            let (_directory, _, vault) = vault();
            prop_assert!(vault.open_bytes(PLACE, &bytes).is_err());
            vault.needs_reseal(&bytes);
        }
    }
}
